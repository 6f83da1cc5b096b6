package rounds

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"time"

	"dalaba/broadcaster/internal/rounds/roundssql"
	"dalaba/broadcaster/internal/store"
	"dalaba/playlists"
)

// joined is since when rounds touch terminals that they came to touch after their own since.
type joined map[playlists.RoundID]map[playlists.TerminalID]time.Time

func (b *book) readJoined(ctx context.Context, q *roundssql.Queries) error {
	rows, err := q.Joined(ctx, millis(b.kept))
	if err != nil {
		return fmt.Errorf("read what terminals joined: %w", err)
	}
	b.joined = make(joined)
	for _, row := range rows {
		b.joined.add(playlists.RoundID(row.Round), playlists.TerminalID(row.Terminal), moment(row.SinceMs))
	}
	return nil
}

func (j joined) add(round playlists.RoundID, terminal playlists.TerminalID, since time.Time) {
	if j[round] == nil {
		j[round] = make(map[playlists.TerminalID]time.Time)
	}
	j[round][terminal] = since
}

// with returns j with terminals that join round at now.
func (j joined) with(terminals []Terminal, round *Round, now time.Time) joined {
	more := maps.Clone(j)
	more[round.ID] = maps.Clone(j[round.ID])
	for _, t := range terminals {
		more.add(round.ID, t.ID, now)
	}
	return more
}

// asks tells whether t has anything to do for round.
func (b *book) asks(round *Round, t Terminal) bool {
	return !round.Paused && !over(round, b.today) && touches(round.Targets, t)
}

// roundAt is round as the programme of t has it: it asks nothing for the time before it came to touch t.
func (b *book) roundAt(round *Round, t Terminal) playlists.Round {
	own := round.Round
	for _, since := range [...]time.Time{b.joined[round.ID][t.ID], t.Created} {
		if since.After(own.Since) {
			own.Since = since
		}
	}
	return own
}

// newcomers are those of terminals that round touches, and did not with its targets of before.
func newcomers(terminals []Terminal, before []playlists.GridCode, round *Round) []Terminal {
	return slices.DeleteFunc(slices.Clone(terminals), func(t Terminal) bool {
		return !touches(round.Targets, t) || touches(before, t)
	})
}

// joinTargets notes which terminals join round, which was old, because of its targets.
func (r *Rounds) joinTargets(ctx context.Context, tx *store.Tx, b *book, q *roundssql.Queries, old, round *Round) error {
	if slices.Equal(old.Targets, round.Targets) {
		return nil
	}
	touched, err := r.choose(ctx, tx, within(round.Targets))
	if err != nil {
		return err
	}
	for _, t := range newcomers(touched, old.Targets, round) {
		if err := putJoined(ctx, tx, q, round.ID, t.ID); err != nil {
			return err
		}
	}
	return forgetJoined(ctx, b, q)
}

// joinPlaces notes which rounds the terminals join because they were moved, or shared with other grids. Their newest
// programmes tell what they had to do before; one that has none is new.
func (r *Rounds) joinPlaces(ctx context.Context, tx *store.Tx, terminals []Terminal) error {
	b, err := r.open(ctx, tx)
	if err != nil {
		return err
	}
	q := roundssql.New(tx.Tx)
	for _, t := range terminals {
		head, err := q.Newest(ctx, string(t.ID))
		if errors.Is(err, sql.ErrNoRows) || err == nil && head.Body == "" {
			continue
		}
		if err != nil {
			return fmt.Errorf("read programme of terminal %s: %w", t.ID, err)
		}
		var before playlists.Programme
		if err := json.Unmarshal([]byte(head.Body), &before); err != nil {
			return fmt.Errorf("read revision %d of terminal %s: %w", head.Revision, t.ID, err)
		}
		known := make(map[playlists.RoundID]bool, len(before.Rounds))
		for i := range before.Rounds {
			known[before.Rounds[i].ID] = true
		}
		for i := range b.rounds {
			if round := &b.rounds[i]; b.asks(round, t) && !known[round.ID] {
				if err := putJoined(ctx, tx, q, round.ID, t.ID); err != nil {
					return err
				}
			}
		}
	}
	return forgetJoined(ctx, b, q)
}

func putJoined(ctx context.Context, tx *store.Tx, q *roundssql.Queries, round playlists.RoundID, terminal playlists.TerminalID) error {
	if err := q.PutJoined(ctx, roundssql.PutJoinedParams{
		Round: string(round), Terminal: string(terminal), SinceMs: millis(tx.Now),
	}); err != nil {
		return fmt.Errorf("keep that terminal %s joins round %s: %w", terminal, round, err)
	}
	return nil
}

func forgetJoined(ctx context.Context, b *book, q *roundssql.Queries) error {
	if err := q.DeleteJoined(ctx, millis(b.kept)); err != nil {
		return fmt.Errorf("forget what terminals joined: %w", err)
	}
	return nil
}
