package rounds

import (
	"context"
	"time"

	"dalaba/broadcaster/internal/rounds/roundssql"
	"dalaba/broadcaster/internal/store"
	"dalaba/playlists"
)

// Move puts one firing of the round id, the one that is due at due, at to instead, for by. Both must lie ahead. It is
// called off, and a new round like it, of the same owner, fires at to; a round that fires only at due is put at to
// itself. All of that happens, or nothing. Where single terminals were told not to sound it, they sound it at to.
func (r *Rounds) Move(ctx context.Context, id playlists.RoundID, due, to time.Time, by string) (Round, error) {
	var moved Round
	err := r.change(ctx, func(tx *store.Tx, b *book, q *roundssql.Queries) error {
		round := b.round(id)
		if round == nil {
			return notFound("round_unknown")
		}
		if due.Equal(to) {
			return invalid("moment_out_of_range", "to", nil)
		}
		moved = *round
		moved.Paused = false
		if err := r.onceAt(tx.Now, &moved, "to", to); err != nil {
			return err
		}
		c := Cancellation{Round: id, Due: due, Grid: round.Owner, By: by}
		if round.Once() {
			return r.postpone(ctx, tx, b, q, round, &moved, &c)
		}
		if err := r.callOff(ctx, tx, b, q, round, &c); err != nil {
			return err
		}
		moved.By = by
		return r.createRound(ctx, tx, b, q, &moved)
	})
	return moved, err
}

// postpone changes a round that fires only at c.Due into moved.
func (r *Rounds) postpone(ctx context.Context, tx *store.Tx, b *book, q *roundssql.Queries, round, moved *Round, c *Cancellation) error {
	if err := r.checkCancel(ctx, tx, round, c); err != nil {
		return err
	}
	moved.Since = tx.Now
	if err := r.checkRound(ctx, tx, b, moved); err != nil {
		return err
	}
	if err := putRound(ctx, q, moved); err != nil {
		return err
	}
	if err := record(ctx, tx, q, moved.change(ActChanged, c.By), round, moved); err != nil {
		return err
	}
	return r.publish(ctx, tx, within(round.Targets))
}
