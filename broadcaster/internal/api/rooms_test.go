package api

import (
	"context"
	"errors"
	"log/slog"
	"path/filepath"
	"testing"
	"time"
	_ "time/tzdata"

	"dalaba/broadcaster/internal/access"
	"dalaba/broadcaster/internal/complaints"
	"dalaba/broadcaster/internal/coverage"
	"dalaba/broadcaster/internal/hearing"
	"dalaba/broadcaster/internal/hub"
	"dalaba/broadcaster/internal/ledger"
	"dalaba/broadcaster/internal/library"
	"dalaba/broadcaster/internal/rounds"
	"dalaba/broadcaster/internal/store"
	"dalaba/broadcaster/internal/territory"
	"dalaba/playlists"
	"dalaba/playlists/clips"
	"dalaba/playlists/timetable"
)

// openRooms opens every room on a database of its own, whose transactions take place at now. Nobody is connected.
func openRooms(t testing.TB, now func() time.Time) Options {
	t.Helper()
	folder, log := t.TempDir(), slog.New(slog.DiscardHandler)
	zone, err := time.LoadLocation("Asia/Shanghai")
	check(t, err)
	db, err := store.Open(t.Context(), store.Options{Path: filepath.Join(folder, "dalaba.db"), Now: now})
	check(t, err)
	t.Cleanup(func() { check(t, db.Close()) })
	check(t, errors.Join(
		db.Migrate(t.Context(), "access", access.Migrations()),
		db.Migrate(t.Context(), "territory", territory.Migrations()),
		db.Migrate(t.Context(), "library", library.Migrations()),
		db.Migrate(t.Context(), "rounds", rounds.Migrations()),
		db.Migrate(t.Context(), "hub", hub.Migrations()),
		db.Migrate(t.Context(), "ledger", ledger.Migrations()),
		db.Migrate(t.Context(), "complaints", complaints.Migrations()),
		db.Migrate(t.Context(), "hearing", hearing.Migrations()),
	))
	o := Options{Store: db, Territory: territory.New(), Address: "http://127.0.0.1", Location: zone, Logger: log}
	near := &neighbours{&o}
	o.Access, err = access.New(access.Options{DB: db, Grids: o.Territory, KeyFile: filepath.Join(folder, "key"), Log: log})
	check(t, err)
	shelf, err := clips.New(clips.Options{Folder: filepath.Join(folder, "clips")})
	check(t, err)
	o.Library, err = library.New(library.Options{
		Store: db, Clips: shelf, Folder: filepath.Join(folder, "uploads"), Dialects: near, Users: near, Log: log,
	})
	check(t, err)
	o.Rounds, err = rounds.New(rounds.Options{
		Store: db, Land: land{o.Territory}, Recordings: o.Library, Publisher: o.Access, Facts: near, Reach: near, Ring: near, Zone: zone, Log: log,
	})
	check(t, err)
	o.Ledger, err = ledger.New(ledger.Options{DB: db, Publications: near, Titles: near, Places: near, Log: log})
	check(t, err)
	o.Hub, err = hub.New(hub.Options{
		DB: db, Identity: near, Programmes: o.Rounds, Ledger: o.Ledger, Log: log, Clock: time.Now,
	})
	check(t, err)
	o.Coverage, err = coverage.New(coverage.Options{Territory: covered{o.Territory}, Ledger: sounded{o.Ledger}, Zone: zone})
	check(t, err)
	o.Complaints, err = complaints.New(complaints.Options{
		Store: db, Ledger: sounding{o.Ledger}, Rounds: wills{o.Rounds}, Land: audience{o.Territory}, Zone: zone, Log: log,
	})
	check(t, err)
	o.Hearing, err = hearing.New(hearing.Options{
		Store: db, Clips: shelf, Land: listeners{o.Territory}, Recordings: o.Library, Plans: o.Rounds, Record: hearsay{o.Ledger}, Log: log,
	})
	check(t, err)
	return o
}

func check(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// neighbours says one room's words in another's, as the wiring of the broadcaster does.
type neighbours struct{ *Options }

func (n *neighbours) HasDialect(ctx context.Context, tx *store.Tx, tag playlists.Dialect) (bool, error) {
	list, err := n.Territory.Dialects(ctx, tx)
	for _, d := range list {
		if d.Tag == tag {
			return true, nil
		}
	}
	return false, err
}

func (n *neighbours) Users(ctx context.Context, tx *store.Tx, digest playlists.Digest) ([]string, error) {
	users, err := n.Rounds.Users(ctx, tx, digest)
	if err != nil {
		return nil, err
	}
	places, err := n.Hearing.Users(ctx, tx, digest)
	return append(users, places...), err
}

func (n *neighbours) ClipChanged(ctx context.Context, tx *store.Tx, digest playlists.Digest) error {
	return n.Rounds.ClipChanged(ctx, tx, digest)
}

func (n *neighbours) Terminals(ctx context.Context, tx *store.Tx) ([]playlists.TerminalID, error) {
	placed, err := n.Territory.Terminals(ctx, tx)
	return shapes(placed, func(t territory.Terminal) playlists.TerminalID { return t.ID }), err
}

func (n *neighbours) Revisions(ctx context.Context, tx *store.Tx, terminal playlists.TerminalID, from, to time.Time) ([]ledger.Published, error) {
	history, err := n.Rounds.Revisions(ctx, tx, terminal, from, to)
	return shapes(history, func(p rounds.Published) ledger.Published { return ledger.Published(p) }), err
}

func (n *neighbours) Reach(terminal playlists.TerminalID) bool { return n.Hub.Reach(terminal) }

func (n *neighbours) Facts(ctx context.Context, tx *store.Tx, terminal playlists.TerminalID, from, to time.Time) ([]timetable.Fact, error) {
	return n.Ledger.Facts(ctx, tx, terminal, from, to)
}

func (n *neighbours) Accounts(ctx context.Context, tx *store.Tx, terminal playlists.TerminalID, from, to time.Time) ([]rounds.Account, error) {
	list, err := n.Ledger.AiringsOf(ctx, tx, terminal, from, to)
	return shapes(list, func(x ledger.Airing) rounds.Account {
		return rounds.Account{
			Airing: x.ID, Round: x.Round, RoundName: x.RoundName, Due: x.Due, Planned: x.Planned, Outcome: x.Outcome,
			Cause: x.Cause, By: timetable.Winner{Kind: x.ByKind, Name: x.By, Grid: x.ByGrid}, Began: x.Began,
			Length: ledger.Length(x.Contents),
		}
	}), err
}

func (n *neighbours) AnnouncementTitle(ctx context.Context, _ *store.Tx, id playlists.AnnouncementID) (string, error) {
	x, err := n.Rounds.Announcement(ctx, id)
	return x.Title, ifAny(err)
}

func (n *neighbours) RoundName(ctx context.Context, _ *store.Tx, id playlists.RoundID) (string, error) {
	x, err := n.Rounds.Round(ctx, id)
	return x.Name, ifAny(err)
}

func (n *neighbours) Terminal(ctx context.Context, tx *store.Tx, id playlists.TerminalID) (string, playlists.GridCode, error) {
	t, err := n.Territory.Terminal(ctx, tx, id)
	return t.Name, t.Grid, ifAny(err)
}

func (n *neighbours) GridPath(ctx context.Context, tx *store.Tx, code playlists.GridCode) (string, error) {
	path, err := n.Territory.Path(ctx, tx, code)
	return path, ifAny(err)
}

func (n *neighbours) Prove(context.Context, playlists.TerminalID, []byte, []byte) error { return nil }

// ifAny is err, but nil where something is only gone.
func ifAny(err error) error {
	if p := playlists.ProblemOf(err); p != nil && p.Kind == playlists.NotFound {
		return nil
	}
	return err
}

// land is the tree and its terminals, for the rounds.
type land struct{ *territory.Territory }

func (l land) Root(ctx context.Context, tx *store.Tx) (playlists.GridCode, error) {
	root, err := l.Territory.Root(ctx, tx)
	return root.Code, ifAny(err)
}

func (l land) Terminals(ctx context.Context, tx *store.Tx) ([]rounds.Terminal, error) {
	placed, err := l.Territory.Terminals(ctx, tx)
	return shapes(placed, func(t territory.Terminal) rounds.Terminal {
		return rounds.Terminal{
			ID: t.ID, Name: t.Name, Kind: t.Kind, Grid: t.Grid, Dialects: t.Dialects, Volume: t.Volume, OutputDelay: t.OutputDelay,
			Lat: t.Lat, Lon: t.Lon, Shared: t.Shared, Created: t.Created,
		}
	}), err
}

// covered is the grid tree, for coverage.
type covered struct{ *territory.Territory }

func (c covered) Grids(ctx context.Context, tx *store.Tx) ([]coverage.Grid, error) {
	grids, err := c.Territory.Grids(ctx, tx)
	return shapes(grids, func(g territory.Grid) coverage.Grid {
		return coverage.Grid{Code: g.Code, Name: g.Name, Households: int(g.Households)}
	}), err
}

// sounded is what the ledger knows, for coverage.
type sounded struct{ *ledger.Ledger }

func (s sounded) Completed(ctx context.Context, tx *store.Tx, since, until time.Time) ([]coverage.Completed, error) {
	list, err := s.Ledger.Completed(ctx, tx, since, until)
	return shapes(list, func(c ledger.Completed) coverage.Completed { return coverage.Completed(c) }), err
}

func (s sounded) Standings(ctx context.Context, tx *store.Tx, since, until time.Time) ([]coverage.Standing, error) {
	list, err := s.Ledger.Standings(ctx, tx, since, until)
	return shapes(list, func(x ledger.Standing) coverage.Standing { return coverage.Standing(x) }), err
}
