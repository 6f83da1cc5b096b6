package rounds

import (
	"context"
	"fmt"
	"time"

	"dalaba/broadcaster/internal/rounds/roundssql"
	"dalaba/broadcaster/internal/store"
	"dalaba/playlists"
	"dalaba/playlists/timetable"
)

// Cancellation calls off one firing of a round, beforehand.
type Cancellation struct {
	Round playlists.RoundID `json:"round"`
	Due   time.Time         `json:"due"`
	// Terminal is where it does not sound; empty means at every terminal that the round touches.
	Terminal playlists.TerminalID `json:"terminal,omitempty"`
	// Grid is the node for which By acted.
	Grid playlists.GridCode `json:"grid"`
	By   string             `json:"by"`
	At   time.Time          `json:"at"`
}

// Cancellations returns what was called off of firings due at since or later, in the order of due time.
func (r *Rounds) Cancellations(ctx context.Context, since time.Time) ([]Cancellation, error) {
	var all []Cancellation
	err := r.store.Read(ctx, func(tx *store.Tx) (err error) {
		all, err = cancellations(ctx, roundssql.New(tx.Tx), since)
		return err
	})
	return all, err
}

func cancellations(ctx context.Context, q *roundssql.Queries, since time.Time) ([]Cancellation, error) {
	rows, err := q.Cancellations(ctx, millis(since))
	if err != nil {
		return nil, fmt.Errorf("read cancellations: %w", err)
	}
	var all []Cancellation
	for _, row := range rows {
		all = append(all, Cancellation{
			Round: playlists.RoundID(row.Round), Due: moment(row.DueMs), Terminal: playlists.TerminalID(row.Terminal),
			Grid: playlists.GridCode(row.Grid), By: row.MadeBy, At: moment(row.MadeMs),
		})
	}
	return all, nil
}

func (b *book) readCancelled(ctx context.Context, q *roundssql.Queries) (err error) {
	b.cancelled, err = cancellations(ctx, q, b.kept)
	return err
}

// Cancel calls off the firing of c.Round that is due at c.Due, which must lie ahead. What is called off already stays
// as it is.
func (r *Rounds) Cancel(ctx context.Context, c Cancellation) error {
	return r.change(ctx, func(tx *store.Tx, b *book, q *roundssql.Queries) error {
		round := b.round(c.Round)
		if round == nil {
			return notFound("round_unknown")
		}
		if err := r.callOff(ctx, tx, b, q, round, &c); err != nil {
			return err
		}
		return r.publish(ctx, tx, c.at(round))
	})
}

// callOff keeps c and publishes nothing.
func (r *Rounds) callOff(ctx context.Context, tx *store.Tx, b *book, q *roundssql.Queries, round *Round, c *Cancellation) error {
	c.Due, c.At = moment(millis(c.Due)), tx.Now
	if err := r.checkCancel(ctx, tx, round, c); err != nil {
		return err
	}
	if b.called(c) != nil {
		return nil
	}
	has := count(b.cancelled, func(x *Cancellation) bool { return x.Grid == c.Grid })
	if err := checkRoom("cancellations_too_many", has, maxCancelledOf); err != nil {
		return err
	}
	if err := q.PutCancellation(ctx, roundssql.PutCancellationParams{
		Round: string(c.Round), DueMs: millis(c.Due), Terminal: string(c.Terminal), Grid: string(c.Grid),
		MadeBy: c.By, MadeMs: millis(c.At),
	}); err != nil {
		return fmt.Errorf("keep cancellation: %w", err)
	}
	return record(ctx, tx, q, c.change(ActCancelled, c.By, round), nil, c)
}

// checkCancel refuses what is no firing ahead, and a terminal that the round does not touch.
func (r *Rounds) checkCancel(ctx context.Context, tx *store.Tx, round *Round, c *Cancellation) error {
	if !c.Due.After(tx.Now) {
		return &playlists.Problem{Kind: playlists.Conflict, Code: "airing_over", Field: "due"}
	}
	next := timetable.Next(round.Timetable, r.zone, c.Due.Add(-time.Millisecond), 1, round.Holidays...)
	if len(next) == 0 || !next[0].Equal(c.Due) {
		return invalid("airing_unknown", "due", nil)
	}
	if c.Terminal == "" {
		return nil
	}
	found, err := r.choose(ctx, tx, c.at(round))
	if err != nil {
		return err
	}
	if len(found) == 0 {
		return invalid("terminal_unknown", "terminal", nil)
	}
	return nil
}

// Reinstate takes a cancellation back, whose firing must still lie ahead.
func (r *Rounds) Reinstate(ctx context.Context, c Cancellation, by string) error {
	return r.change(ctx, func(tx *store.Tx, b *book, q *roundssql.Queries) error {
		old, round := b.called(&c), b.round(c.Round)
		if old == nil || round == nil {
			return notFound("cancellation_unknown")
		}
		if !old.Due.After(tx.Now) {
			return &playlists.Problem{Kind: playlists.Conflict, Code: "airing_over", Field: "due"}
		}
		if err := q.DeleteCancellation(ctx, roundssql.DeleteCancellationParams{
			Round: string(old.Round), DueMs: millis(old.Due), Terminal: string(old.Terminal),
		}); err != nil {
			return fmt.Errorf("delete cancellation: %w", err)
		}
		if err := record(ctx, tx, q, old.change(ActReinstated, by, round), old, nil); err != nil {
			return err
		}
		return r.publish(ctx, tx, old.at(round))
	})
}

// called returns the book's cancellation of the same firing at the same terminals, or nil.
func (b *book) called(c *Cancellation) *Cancellation {
	for i := range b.cancelled {
		if old := &b.cancelled[i]; old.Round == c.Round && old.Due.Equal(c.Due) && old.Terminal == c.Terminal {
			return old
		}
	}
	return nil
}

// at chooses the terminals at which it holds.
func (c *Cancellation) at(round *Round) func(Terminal) bool {
	return func(t Terminal) bool {
		return (c.Terminal == "" || c.Terminal == t.ID) && touches(round.Targets, t)
	}
}

func (c *Cancellation) change(act Act, by string, round *Round) Change {
	return Change{By: by, Subject: SubjectCancellation, ID: string(c.Round), Name: round.Name, Grid: c.Grid, Act: act}
}

// cancelledFor returns what is called off at t of the rounds in p, each airing once.
func (b *book) cancelledFor(p *playlists.Programme, t Terminal) []playlists.Cancellation {
	if len(b.cancelled) == 0 {
		return nil
	}
	mine := make(map[playlists.RoundID]bool, len(p.Rounds))
	for i := range p.Rounds {
		mine[p.Rounds[i].ID] = true
	}
	seen := make(map[playlists.AiringID]bool)
	var all []playlists.Cancellation
	for i := range b.cancelled {
		c := &b.cancelled[i]
		id := playlists.NewAiringID(c.Round, c.Due, t.ID)
		if mine[c.Round] && (c.Terminal == "" || c.Terminal == t.ID) && !seen[id] {
			seen[id] = true
			all = append(all, playlists.Cancellation{Airing: id, By: c.By, Grid: c.Grid})
		}
	}
	return all
}
