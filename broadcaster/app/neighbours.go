package app

import (
	"context"
	"encoding/json"
	"errors"
	"time"

	"dalaba/broadcaster/internal/access"
	"dalaba/broadcaster/internal/coverage"
	"dalaba/broadcaster/internal/hearing"
	"dalaba/broadcaster/internal/hub"
	"dalaba/broadcaster/internal/ledger"
	"dalaba/broadcaster/internal/rounds"
	"dalaba/broadcaster/internal/store"
	"dalaba/broadcaster/internal/territory"
	"dalaba/playlists"
	"dalaba/playlists/timetable"
	"dalaba/playlists/wire"
)

// The types of this file say one room's words in another's. Each is what one Options field asks for.

// townDialects is the town's list, for the library.
type townDialects struct{ *territory.Territory }

// HasDialect tells whether the town lists tag.
func (t townDialects) HasDialect(ctx context.Context, tx *store.Tx, tag playlists.Dialect) (bool, error) {
	list, err := t.Dialects(ctx, tx)
	for _, d := range list {
		if d.Tag == tag {
			return true, nil
		}
	}
	return false, err
}

// users are the announcements that use recordings, for the library, which is made before the rounds are.
type users struct{ *rooms }

// Users names what uses the recording.
func (u users) Users(ctx context.Context, tx *store.Tx, digest playlists.Digest) ([]string, error) {
	names, err := u.rounds.Users(ctx, tx, digest)
	if err != nil {
		return nil, err
	}
	places, err := u.hearing.Users(ctx, tx, digest)
	return append(names, places...), err
}

// ClipChanged hands a recording's new dialect on.
func (u users) ClipChanged(ctx context.Context, tx *store.Tx, digest playlists.Digest) error {
	if err := u.rounds.ClipChanged(ctx, tx, digest); err != nil {
		return err
	}
	return u.hearing.ClipChanged(ctx, tx, digest)
}

// land is the tree and its terminals, for the rounds.
type land struct{ *territory.Territory }

// Root returns the root's code, "" before there is a tree.
func (l land) Root(ctx context.Context, tx *store.Tx) (playlists.GridCode, error) {
	root, err := l.Territory.Root(ctx, tx)
	return root.Code, ifAny(err)
}

// Terminals returns every terminal.
func (l land) Terminals(ctx context.Context, tx *store.Tx) ([]rounds.Terminal, error) {
	placed, err := l.Territory.Terminals(ctx, tx)
	all := make([]rounds.Terminal, 0, len(placed))
	for _, t := range placed {
		all = append(all, rounds.Terminal{
			ID: t.ID, Name: t.Name, Kind: t.Kind, Grid: t.Grid, Dialects: t.Dialects, Volume: t.Volume, OutputDelay: t.OutputDelay,
			Lat: t.Lat, Lon: t.Lon, Shared: t.Shared, Created: t.Created,
		})
	}
	return all, err
}

// connections are the hub's, for the rounds, which are made before it.
type connections struct{ *rooms }

// Reach tells whether terminal is connected.
func (c connections) Reach(terminal playlists.TerminalID) bool { return c.hub.Reach(terminal) }

// record is what the ledger knows, for the rounds, which are made before it.
type record struct{ *rooms }

// Facts returns what terminal reported.
func (r record) Facts(ctx context.Context, tx *store.Tx, terminal playlists.TerminalID, from, to time.Time) ([]timetable.Fact, error) {
	return r.ledger.Facts(ctx, tx, terminal, from, to)
}

// Accounts returns how the airings of terminal stand.
func (r record) Accounts(ctx context.Context, tx *store.Tx, terminal playlists.TerminalID, from, to time.Time) ([]rounds.Account, error) {
	airings, err := r.ledger.AiringsOf(ctx, tx, terminal, from, to)
	all := make([]rounds.Account, 0, len(airings))
	for _, a := range airings {
		all = append(all, rounds.Account{
			Airing: a.ID, Round: a.Round, RoundName: a.RoundName, Due: a.Due, Planned: a.Planned,
			Outcome: a.Outcome, Cause: a.Cause, By: a.Winner(), Began: a.Began,
			Length: ledger.Length(a.Contents),
		})
	}
	return all, err
}

// publications is the history of programmes, for the ledger.
type publications struct{ *rooms }

// Terminals returns the terminals that stand.
func (p publications) Terminals(ctx context.Context, tx *store.Tx) ([]playlists.TerminalID, error) {
	placed, err := p.territory.Terminals(ctx, tx)
	ids := make([]playlists.TerminalID, 0, len(placed))
	for _, t := range placed {
		ids = append(ids, t.ID)
	}
	return ids, err
}

// Revisions returns what was in force at terminal.
func (p publications) Revisions(ctx context.Context, tx *store.Tx, terminal playlists.TerminalID, from, to time.Time) ([]ledger.Published, error) {
	history, err := p.rounds.Revisions(ctx, tx, terminal, from, to)
	all := make([]ledger.Published, 0, len(history))
	for _, h := range history {
		all = append(all, ledger.Published(h))
	}
	return all, err
}

// titles says what things are called, for the ledger. It reads beside the ledger's transaction: names belong to no
// transaction.
type titles struct{ *rooms }

// AnnouncementTitle returns the title, "" for an announcement that is gone.
func (t titles) AnnouncementTitle(ctx context.Context, tx *store.Tx, id playlists.AnnouncementID) (string, error) {
	if title, err := t.hearing.Title(ctx, tx, id); title != "" || err != nil {
		return title, err
	}
	x, err := t.rounds.Announcement(ctx, id)
	return x.Title, ifAny(err)
}

// RoundName returns the name, "" for a round that is gone.
func (t titles) RoundName(ctx context.Context, _ *store.Tx, id playlists.RoundID) (string, error) {
	if id == playlists.RingTest {
		return hearing.RingTestName, nil
	}
	x, err := t.rounds.Round(ctx, id)
	return x.Name, ifAny(err)
}

// ifAny is err, but nil where something is only gone.
func ifAny(err error) error {
	if p := playlists.ProblemOf(err); p != nil && p.Kind == playlists.NotFound {
		return nil
	}
	return err
}

// places says where terminals stand, for the ledger.
type places struct{ *territory.Territory }

// Terminal returns name and grid, both "" for a terminal that is gone.
func (p places) Terminal(ctx context.Context, tx *store.Tx, id playlists.TerminalID) (string, playlists.GridCode, error) {
	t, err := p.Territory.Terminal(ctx, tx, id)
	return t.Name, t.Grid, ifAny(err)
}

// GridPath returns the names down to code, "" for a grid that is gone.
func (p places) GridPath(ctx context.Context, tx *store.Tx, code playlists.GridCode) (string, error) {
	path, err := p.Path(ctx, tx, code)
	return path, ifAny(err)
}

// identity knows terminals by their keys, for the hub.
type identity struct{ *access.Access }

// Prove turns access's reasons into what the terminal is told.
func (i identity) Prove(ctx context.Context, terminal playlists.TerminalID, nonce, signature []byte) error {
	err := i.Access.Prove(ctx, terminal, nonce, signature)
	switch {
	case errors.Is(err, access.ErrUnknownTerminal):
		return &hub.Refused{Code: wire.RefusedUnknown}
	case errors.Is(err, access.ErrPending):
		return &hub.Refused{Code: wire.RefusedPending}
	case errors.Is(err, access.ErrBadProof):
		return &hub.Refused{Code: wire.RefusedKey}
	}
	return err
}

// reports are the ledger's rows as they come in, for the hub.
type reports struct{ *ledger.Ledger }

// AckedThrough turns a terminal away that brings another's journal.
func (r reports) AckedThrough(ctx context.Context, terminal playlists.TerminalID, journal string) (uint64, error) {
	through, err := r.Ledger.AckedThrough(ctx, terminal, journal)
	return through, foreign(err)
}

// Ingest turns a terminal away that brings another's journal.
func (r reports) Ingest(ctx context.Context, terminal playlists.TerminalID, journal string, rows []json.RawMessage) (uint64, error) {
	through, err := r.Ledger.Ingest(ctx, terminal, journal, rows)
	return through, foreign(err)
}

func foreign(err error) error {
	if errors.Is(err, ledger.ErrJournal) {
		return errors.Join(&hub.Refused{Code: wire.RefusedProtocol}, err)
	}
	return err
}

// tree is the grid tree, for coverage.
type tree struct{ *territory.Territory }

// Grids returns every grid with its households.
func (t tree) Grids(ctx context.Context, tx *store.Tx) ([]coverage.Grid, error) {
	grids, err := t.Territory.Grids(ctx, tx)
	all := make([]coverage.Grid, 0, len(grids))
	for _, g := range grids {
		all = append(all, coverage.Grid{Code: g.Code, Name: g.Name, Households: int(g.Households)})
	}
	return all, err
}

// sounded is what the ledger knows, for coverage.
type sounded struct{ *ledger.Ledger }

// Completed counts complete plays.
func (s sounded) Completed(ctx context.Context, tx *store.Tx, since, until time.Time) ([]coverage.Completed, error) {
	list, err := s.Ledger.Completed(ctx, tx, since, until)
	all := make([]coverage.Completed, 0, len(list))
	for _, c := range list {
		all = append(all, coverage.Completed(c))
	}
	return all, err
}

// Standings tells how far reports have come.
func (s sounded) Standings(ctx context.Context, tx *store.Tx, since, until time.Time) ([]coverage.Standing, error) {
	list, err := s.Ledger.Standings(ctx, tx, since, until)
	all := make([]coverage.Standing, 0, len(list))
	for _, x := range list {
		all = append(all, coverage.Standing(x))
	}
	return all, err
}
