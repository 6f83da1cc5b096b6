package app

import (
	"context"
	"time"

	"dalaba/broadcaster/internal/hearing"
	"dalaba/broadcaster/internal/ledger"
	"dalaba/broadcaster/internal/rounds"
	"dalaba/broadcaster/internal/store"
	"dalaba/playlists"
)

// ringing is the ring test, for the rounds, which are made before the room that keeps it.
type ringing struct{ *rooms }

// RingTest returns the ring test, or nil.
func (r ringing) RingTest(ctx context.Context, tx *store.Tx) (*rounds.RingTest, error) {
	ring, err := r.hearing.Ring(ctx, tx)
	if err != nil || ring == nil {
		return nil, err
	}
	return &rounds.RingTest{
		Name: ring.Name, Owner: ring.Owner, Timetable: ring.Timetable, Since: ring.Since, Said: ring.Said,
	}, nil
}

// listeners are the tree and what stands on it, for who hears it.
type listeners struct{ places }

// Root returns the root's code, "" before there is a tree.
func (l listeners) Root(ctx context.Context, tx *store.Tx) (playlists.GridCode, error) {
	root, err := l.Territory.Root(ctx, tx)
	return root.Code, ifAny(err)
}

// Paths returns where each grid is.
func (l listeners) Paths(ctx context.Context, tx *store.Tx) (map[playlists.GridCode]string, error) {
	names, err := l.Territory.Names(ctx, tx)
	paths := make(map[playlists.GridCode]string, len(names))
	for code := range names {
		paths[code] = names.Path(code)
	}
	return paths, err
}

// Terminal returns a terminal with where it stands.
func (l listeners) Terminal(ctx context.Context, tx *store.Tx, id playlists.TerminalID) (hearing.Terminal, error) {
	t, err := l.Territory.Terminal(ctx, tx, id)
	if err != nil {
		return hearing.Terminal{}, err
	}
	path, err := l.GridPath(ctx, tx, t.Grid)
	return hearing.Terminal{ID: t.ID, Name: t.Name, Grid: t.Grid, GridPath: path}, err
}

// hearsay is the ledger, for what people and microphones heard.
type hearsay struct{ *ledger.Ledger }

// Airing finds an airing by its id.
func (h hearsay) Airing(ctx context.Context, tx *store.Tx, terminal playlists.TerminalID, id playlists.AiringID, since time.Time) (hearing.Airing, bool, error) {
	all, err := h.AiringsOf(ctx, tx, terminal, since, tx.Now.Add(time.Minute))
	for _, a := range all {
		if a.ID == id {
			return hearing.Airing{
				ID: a.ID, Round: a.Round, RoundName: a.RoundName, Due: a.Due, Began: a.Began,
				Silent: a.Outcome == playlists.OutcomeMissed,
			}, true, err
		}
	}
	return hearing.Airing{}, false, err
}
