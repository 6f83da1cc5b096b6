package app

import (
	"context"
	"errors"
	"path/filepath"
	"time"

	"dalaba/broadcaster/internal/access"
	"dalaba/broadcaster/internal/api"
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
	"dalaba/playlists/audio"
	"dalaba/playlists/clips"
)

// rooms are the broadcaster's rooms, wired.
type rooms struct {
	store      *store.DB
	access     *access.Access
	territory  *territory.Territory
	library    *library.Library
	rounds     *rounds.Rounds
	hub        *hub.Hub
	ledger     *ledger.Ledger
	coverage   *coverage.Coverage
	complaints *complaints.Complaints
	hearing    *hearing.Hearing
	feed       *api.Feed
}

// steady is broadcaster time: it shows start and runs on with the monotonic clock, so that a step of the machine's clock
// does not part what is planned from what the terminals were told the time is. It lasts until the next start.
func steady(start time.Time) func() time.Time {
	return func() time.Time { return start.Add(time.Since(start)) }
}

// build opens every room.
func build(ctx context.Context, o Options, db *store.DB, clock func() time.Time, zone *time.Location) (r *rooms, err error) {
	r = &rooms{store: db, territory: territory.New(), feed: api.NewFeed()}
	if err := migrate(ctx, db); err != nil {
		return nil, err
	}
	if r.access, err = access.New(access.Options{
		DB: db, Grids: r.territory, KeyFile: filepath.Join(o.Data, keyFile), SecureCookie: o.Certificate != "",
		Chosen: func(p access.Person) { forgetFirstPassword(o, p) }, Log: o.Logger,
	}); err != nil {
		return nil, err
	}
	shelf, err := clips.New(clips.Options{Folder: filepath.Join(o.Data, "clips")})
	if err != nil {
		return nil, err
	}
	if r.library, err = library.New(library.Options{
		Store: db, Clips: shelf, Folder: filepath.Join(o.Data, "uploads"), Dialects: townDialects{r.territory}, Users: users{r},
		MaxUpload: o.MaxUpload, FFmpeg: o.FFmpeg, Log: o.Logger,
		Limits: audio.Limits{Longest: o.MaxClip, Target: o.TargetLUFS, Ceiling: o.CeilingDBTP},
	}); err != nil {
		return nil, err
	}
	if r.rounds, err = rounds.New(rounds.Options{
		Store: db, Land: land{r.territory}, Recordings: r.library, Publisher: r.access, Zone: zone,
		Reach: connections{r}, Facts: record{r}, Ring: ringing{r}, Published: r.published, Log: o.Logger,
	}); err != nil {
		return nil, err
	}
	if r.ledger, err = ledger.New(ledger.Options{
		DB: db, Publications: publications{r}, Titles: titles{r}, Places: places{r.territory}, Log: o.Logger,
		OnChange: func(playlists.TerminalID) { r.feed.Changed(api.TopicDay) },
	}); err != nil {
		return nil, err
	}
	if r.hub, err = hub.New(hub.Options{
		DB: db, Identity: identity{r.access}, Programmes: r.rounds, Ledger: reports{r.ledger}, Log: o.Logger, Clock: clock,
		OnChange: func(playlists.TerminalID) {
			r.feed.Changed(api.TopicTerminals)
			r.feed.Changed(api.TopicDay)
		},
	}); err != nil {
		return nil, err
	}
	if r.complaints, err = complaints.New(complaints.Options{
		Store: db, Ledger: sounding{r.ledger}, Rounds: wills{r.rounds}, Land: audience{places{r.territory}}, Zone: zone, Log: o.Logger,
	}); err != nil {
		return nil, err
	}
	if r.hearing, err = hearing.New(hearing.Options{
		Store: db, Clips: shelf, Land: listeners{places{r.territory}}, Recordings: r.library, Plans: r.rounds,
		Record: hearsay{r.ledger}, Log: o.Logger,
	}); err != nil {
		return nil, err
	}
	r.coverage, err = coverage.New(coverage.Options{Territory: tree{r.territory}, Ledger: sounded{r.ledger}, Zone: zone})
	return r, err
}

// migrate brings each room's tables up to date.
func migrate(ctx context.Context, db *store.DB) error {
	return errors.Join(
		db.Migrate(ctx, "access", access.Migrations()),
		db.Migrate(ctx, "territory", territory.Migrations()),
		db.Migrate(ctx, "library", library.Migrations()),
		db.Migrate(ctx, "rounds", rounds.Migrations()),
		db.Migrate(ctx, "hub", hub.Migrations()),
		db.Migrate(ctx, "ledger", ledger.Migrations()),
		db.Migrate(ctx, "complaints", complaints.Migrations()),
		db.Migrate(ctx, "hearing", hearing.Migrations()),
	)
}

// published tells whom it concerns that terminals have new programmes.
func (r *rooms) published(terminals []playlists.TerminalID) {
	r.ledger.Republished(terminals)
	r.hub.Publish(terminals)
	r.feed.Changed(api.TopicTerminals)
	r.feed.Changed(api.TopicRounds)
}
