package rounds

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"dalaba/broadcaster/internal/rounds/roundssql"
	"dalaba/broadcaster/internal/store"
	"dalaba/playlists"
	"dalaba/playlists/timetable"
)

// Bounds on what is traced for one answer.
const (
	maxTraced = 2000 // rounds in the history
	maxTraces = 20   // rounds that are looked at for the answer
	maxTold   = 5    // lines about them in it
)

// trace is a round as it stood at a moment, and what people had done to it last.
type trace struct {
	round Round
	// how says why it is in no programme: removed, paused, ended, or unpublished where no person is the reason.
	how string
	// by did it, at at; both are zero where that was before changes were written down, or nobody's act.
	by  string
	at  time.Time
	day playlists.Date
}

// traces returns the rounds that would have fallen due at the terminal of p in the minute from from on, and are not in p,
// with why they are not.
func (r *Rounds) traces(ctx context.Context, tx *store.Tx, b *book, p *playlists.Programme, from time.Time) ([]trace, error) {
	if p.Grid == "" {
		return nil, nil // the terminal was removed
	}
	all, err := roundsAt(ctx, tx, b, from.Add(time.Minute-time.Millisecond))
	if err != nil {
		return nil, err
	}
	here, err := r.placeOf(ctx, tx, p)
	if err != nil {
		return nil, err
	}
	var found []trace
	for _, t := range all {
		planned := slices.ContainsFunc(p.Rounds, func(round playlists.Round) bool { return round.ID == t.round.ID })
		if planned || !touches(t.round.Targets, here) {
			continue
		}
		if r.missing(&t, b, p, from) {
			t.day = playlists.DateOf(from.In(r.zone))
			if t.how == "ended" {
				t.day = t.round.Timetable.Until
			} else if !t.at.IsZero() {
				t.day = playlists.DateOf(t.at.In(r.zone))
			}
			found = append(found, t)
		}
		if len(found) == maxTraces {
			break
		}
	}
	return found, nil
}

// placeOf returns the terminal of p where it stood under p. With whom it was shared then no programme tells, so that is as
// it is now.
func (r *Rounds) placeOf(ctx context.Context, tx *store.Tx, p *playlists.Programme) (Terminal, error) {
	found, err := r.choose(ctx, tx, among([]playlists.TerminalID{p.Terminal}))
	here := Terminal{ID: p.Terminal}
	if len(found) > 0 {
		here = found[0]
	}
	here.Grid = p.Grid
	return here, err
}

// missing tells whether t would be due in the minute from from on if it were in p, and completes how.
func (r *Rounds) missing(t *trace, b *book, p *playlists.Programme, from time.Time) bool {
	b.useHolidays(&t.round)
	alone := &playlists.Programme{
		Terminal: p.Terminal, PlanVersion: timetable.Version, Zone: r.zone.String(), Grid: p.Grid, Dialects: p.Dialects,
		Rounds: []playlists.Round{t.round.Round}, Playlists: []playlists.Playlist{{ID: t.round.Playlist}},
		Holidays: t.round.Holidays,
	}
	answer, err := timetable.Why(alone, nil, from)
	if err != nil {
		return false // its holidays are gone: nobody can tell
	}
	if len(answer.Sounds)+len(answer.Absent) > 0 {
		return true
	}
	if len(answer.Idle) > 0 && answer.Idle[0].Off == timetable.OffEnded {
		t.how, t.by, t.at = string(timetable.OffEnded), "", time.Time{}
		return true
	}
	return false
}

// roundsAt returns every round as it stood at the moment at.
func roundsAt(ctx context.Context, tx *store.Tx, b *book, at time.Time) ([]trace, error) {
	q := roundssql.New(tx.Tx)
	earlier, err := q.LastRoundChanges(ctx, roundssql.LastRoundChangesParams{AtMs: millis(at), Limit: maxTraced})
	if err != nil {
		return nil, fmt.Errorf("read changes of rounds: %w", err)
	}
	later, err := q.FirstRoundChanges(ctx, roundssql.FirstRoundChangesParams{AtMs: millis(at), Limit: maxTraced})
	if err != nil {
		return nil, fmt.Errorf("read changes of rounds: %w", err)
	}
	known := make(map[playlists.RoundID]bool)
	var all []trace
	for _, row := range earlier {
		c := changeOf(row)
		t := trace{how: how(c.Act), by: c.By, at: c.At}
		text := c.After
		if c.Act == ActRemoved {
			text = c.Before
		}
		if err := json.Unmarshal(text, &t.round); err != nil {
			return nil, fmt.Errorf("read change %d: %w", c.Seq, err)
		}
		known[playlists.RoundID(c.ID)] = true
		all = append(all, t.settle())
	}
	for _, row := range later {
		c := changeOf(row)
		if known[playlists.RoundID(c.ID)] {
			continue
		}
		known[playlists.RoundID(c.ID)] = true
		if c.Before == nil {
			continue // it was made later
		}
		var t trace
		if err := json.Unmarshal(c.Before, &t.round); err != nil {
			return nil, fmt.Errorf("read change %d: %w", c.Seq, err)
		}
		all = append(all, t.settle())
	}
	for _, round := range b.rounds {
		if !known[round.ID] {
			all = append(all, trace{round: round}.settle())
		}
	}
	return all, nil
}

// how is the word for an act that takes a round out of programmes, or "".
func how(act Act) string {
	if act == ActRemoved || act == ActPaused {
		return string(act)
	}
	return ""
}

// settle says of a round that no act took away whether it is paused.
func (t trace) settle() trace {
	if t.how != "" {
		return t
	}
	t.by, t.at = "", time.Time{}
	t.how = either(t.round.Paused, "paused", "unpublished")
	return t
}
