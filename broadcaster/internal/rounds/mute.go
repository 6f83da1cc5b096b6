package rounds

import (
	"context"
	"errors"
	"fmt"
	"time"

	"dalaba/broadcaster/internal/rounds/roundssql"
	"dalaba/broadcaster/internal/store"
	"dalaba/playlists"
	"dalaba/playlists/grid"
)

// Mute is the silence of one terminal as it is kept. Where it was lifted, Until is when.
type Mute struct {
	ID       string               `json:"id"`
	Terminal playlists.TerminalID `json:"terminal"`
	playlists.Mute
	// EndedBy names who lifted it; empty while nobody has.
	EndedBy string `json:"ended_by,omitempty"`
}

// Open tells whether it was ordered until somebody lifts it: for as long as a mute may hold.
func (m *Mute) Open() bool { return m.Until.Sub(m.From) >= playlists.MaxMute }

// Holds tells whether it silences its terminal at now.
func (m *Mute) Holds(now time.Time) bool { return !m.From.After(now) && m.Until.After(now) }

// Mutes returns the mutes that ended after since, or are still to end, the latest first.
func (r *Rounds) Mutes(ctx context.Context, since time.Time) ([]Mute, error) {
	var all []Mute
	err := r.store.Read(ctx, func(tx *store.Tx) (err error) {
		all, err = mutes(ctx, roundssql.New(tx.Tx), since)
		return err
	})
	return all, err
}

func mutes(ctx context.Context, q *roundssql.Queries, since time.Time) ([]Mute, error) {
	rows, err := q.Mutes(ctx, millis(since))
	if err != nil {
		return nil, fmt.Errorf("read mutes: %w", err)
	}
	var all []Mute
	for _, row := range rows {
		all = append(all, Mute{
			ID: row.ID, Terminal: playlists.TerminalID(row.Terminal), EndedBy: row.EndedBy,
			Mute: playlists.Mute{
				From: moment(row.BeginMs), Until: moment(row.EndMs), By: row.MadeBy, Grid: playlists.GridCode(row.Grid), Reason: row.Reason,
			},
		})
	}
	return all, nil
}

func (b *book) readMutes(ctx context.Context, q *roundssql.Queries) (err error) {
	b.mutes, err = mutes(ctx, q, b.kept)
	return err
}

// AddMute silences m.Terminal, which stands at or below m.Grid, from now on until m.Until, for at most playlists.MaxMute; a
// zero Until is as late as that. A node mutes a terminal once: it is lifted before it is ordered anew.
func (r *Rounds) AddMute(ctx context.Context, m Mute) (Mute, error) {
	err := r.change(ctx, func(tx *store.Tx, b *book, q *roundssql.Queries) error {
		m.ID, m.From, m.EndedBy = newID(), moment(millis(tx.Now)), ""
		t, err := r.checkMute(ctx, tx, &m)
		if err != nil {
			return err
		}
		held := 0
		for i := range b.mutes {
			have := &b.mutes[i]
			if have.Terminal != m.Terminal || have.Grid != m.Grid {
				continue
			}
			if held++; have.Holds(tx.Now) {
				return conflict("muted_already", map[string]any{"by": have.By, "terminal": t.Name})
			}
		}
		if err := checkRoom("mutes_too_many", held, maxMutesOf); err != nil {
			return err
		}
		if err := q.InsertMute(ctx, roundssql.InsertMuteParams{
			ID: m.ID, Terminal: string(m.Terminal), Grid: string(m.Grid), Reason: m.Reason, BeginMs: millis(m.From),
			EndMs: millis(m.Until), MadeBy: m.By,
		}); err != nil {
			return fmt.Errorf("keep mute of terminal %s: %w", m.Terminal, err)
		}
		if err := record(ctx, tx, q, m.change(ActMade, t, m.By), nil, &m); err != nil {
			return err
		}
		return r.publish(ctx, tx, among([]playlists.TerminalID{m.Terminal}))
	})
	return m, err
}

// checkMute tells every mistake, brings m into the form in which it is kept, and returns its terminal.
func (r *Rounds) checkMute(ctx context.Context, tx *store.Tx, m *Mute) (Terminal, error) {
	reason, reasonErr := line("reason", m.Reason, 1, maxNote)
	m.Reason = reason
	mistakes := []error{reasonErr}
	if m.Until.IsZero() {
		m.Until = m.From.Add(playlists.MaxMute)
	}
	m.Until = moment(millis(m.Until))
	switch length := m.Until.Sub(m.From); {
	case length <= 0:
		mistakes = append(mistakes, invalid("mute_ends_before_it_begins", "until", nil))
	case length > playlists.MaxMute:
		mistakes = append(mistakes, invalid("mute_too_long", "until", map[string]any{"most": int(playlists.MaxMute.Hours() / 24)}))
	}
	found, err := r.choose(ctx, tx, among([]playlists.TerminalID{m.Terminal}))
	if err != nil {
		return Terminal{}, err
	}
	if len(found) == 0 || !grid.Contains(m.Grid, found[0].Grid) {
		return Terminal{}, invalid("terminal_unknown", "terminal", nil)
	}
	return found[0], errors.Join(mistakes...)
}

// LiftMute ends a mute at once. What is over already is a NotFound problem.
func (r *Rounds) LiftMute(ctx context.Context, id, by string) error {
	return r.change(ctx, func(tx *store.Tx, b *book, q *roundssql.Queries) error {
		m := b.mute(id)
		if m == nil || !m.Holds(tx.Now) {
			return notFound("mute_unknown")
		}
		before := *m
		m.Until, m.EndedBy = moment(millis(tx.Now)), by
		if err := q.EndMute(ctx, roundssql.EndMuteParams{ID: id, EndMs: millis(m.Until), EndedBy: by}); err != nil {
			return fmt.Errorf("lift mute %s: %w", id, err)
		}
		chosen := among([]playlists.TerminalID{m.Terminal})
		found, err := r.choose(ctx, tx, chosen)
		if err != nil {
			return err
		}
		t := Terminal{Grid: m.Grid} // it was removed
		if len(found) > 0 {
			t = found[0]
		}
		if err := record(ctx, tx, q, m.change(ActEnded, t, by), &before, m); err != nil {
			return err
		}
		return r.publish(ctx, tx, chosen)
	})
}

// mute returns the book's mute, or nil.
func (b *book) mute(id string) *Mute {
	for i := range b.mutes {
		if b.mutes[i].ID == id {
			return &b.mutes[i]
		}
	}
	return nil
}

// change is what was done to m, at t: it is told to those who are silenced.
func (m *Mute) change(act Act, t Terminal, by string) Change {
	return Change{By: by, Subject: SubjectMute, ID: m.ID, Name: t.Name, Grid: t.Grid, Act: act}
}
