// Package app wires the broadcaster: it alone holds all the keys. It opens the store, brings each room's tables up to
// date, gives every room the one to three methods of its neighbours that it asks for (neighbours.go), puts the HTTP
// surface together (server.go), and runs everything until its context ends. It decides nothing.
package app

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"sync"
	"syscall"
	"time"

	"dalaba/broadcaster/internal/access"
	"dalaba/broadcaster/internal/api"
	"dalaba/broadcaster/internal/coverage"
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

// Options say what broadcaster to run.
type Options struct {
	// Listen is a host and port. Beyond loopback it needs a certificate.
	Listen string
	// Address is the base URL that terminals and people use; empty means Listen's own.
	Address string
	// Data is the folder that holds everything: database, clips, publisher key. It is made if it is missing.
	Data string
	// Zone is the IANA name of the town's zone.
	Zone string
	// Town names the root, and TownCode is its grid code, until a tree is imported.
	Town     string
	TownCode string
	// Certificate and CertificateKey are PEM files for TLS; both or neither.
	Certificate, CertificateKey string
	// MaxUpload bounds an uploaded recording in bytes, MaxClip a clip's length.
	MaxUpload int64
	MaxClip   time.Duration
	// Version is the software's.
	Version string
	Logger  *slog.Logger
	// Listening is called with the base URL once people and terminals are let in; nil means that nobody wants to know.
	Listening func(address string)
}

// rooms are the broadcaster's rooms, wired.
type rooms struct {
	store     *store.DB
	access    *access.Access
	territory *territory.Territory
	library   *library.Library
	rounds    *rounds.Rounds
	hub       *hub.Hub
	ledger    *ledger.Ledger
	coverage  *coverage.Coverage
	feed      *api.Feed
}

// Run runs the broadcaster until ctx ends; then it returns nil, and nothing that it started runs any more.
func Run(ctx context.Context, o Options) (err error) {
	if err := os.MkdirAll(o.Data, 0o700); err != nil {
		return fmt.Errorf("make the data folder: %w", err)
	}
	unlock, err := lock(filepath.Join(o.Data, "lock"))
	if err != nil {
		return err
	}
	defer unlock()
	zone, err := time.LoadLocation(o.Zone)
	if err != nil {
		return fmt.Errorf("the town's zone: %w", err)
	}
	clock := steady(time.Now())
	db, err := store.Open(ctx, store.Options{Path: filepath.Join(o.Data, "dalaba.db"), Now: clock})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	r, err := build(ctx, o, db, clock, zone)
	if err != nil {
		return err
	}
	if err := found(ctx, o, r); err != nil {
		return err
	}
	server, err := listen(o, r, zone)
	if err != nil {
		return err
	}
	return runAll(ctx, server.Run, r.access.Run, r.rounds.Run, r.hub.Run, r.ledger.Run)
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
		DB: db, Grids: r.territory, KeyFile: filepath.Join(o.Data, "publisher.key"), SecureCookie: o.Certificate != "", Log: o.Logger,
	}); err != nil {
		return nil, err
	}
	shelf, err := clips.New(clips.Options{Folder: filepath.Join(o.Data, "clips")})
	if err != nil {
		return nil, err
	}
	if r.library, err = library.New(library.Options{
		Store: db, Clips: shelf, Folder: filepath.Join(o.Data, "uploads"), Dialects: townDialects{r.territory}, Users: users{r},
		MaxUpload: o.MaxUpload, Limits: audio.Limits{Longest: o.MaxClip}, Log: o.Logger,
	}); err != nil {
		return nil, err
	}
	if r.rounds, err = rounds.New(rounds.Options{
		Store: db, Land: land{r.territory}, Recordings: r.library, Publisher: r.access, Zone: zone,
		Published: r.published, Log: o.Logger,
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
	)
}

// published tells whom it concerns that terminals have new programmes.
func (r *rooms) published(terminals []playlists.TerminalID) {
	r.ledger.Republished(terminals)
	r.hub.Publish(terminals)
	r.feed.Changed(api.TopicTerminals)
	r.feed.Changed(api.TopicRounds)
}

// FirstPasswordFile is where, in the data folder, the first administrator's generated password is written.
const FirstPasswordFile = "first-administrator.txt"

// found makes what every town has from its first start: a root, its night, a publisher key, and an administrator.
func found(ctx context.Context, o Options, r *rooms) error {
	var password string
	err := r.store.Write(ctx, func(tx *store.Tx) error {
		if _, err := r.territory.Found(ctx, tx, playlists.GridCode(o.TownCode), o.Town); err != nil {
			return err
		}
		root, err := r.territory.Root(ctx, tx)
		if err != nil {
			return err
		}
		if err := r.access.OpenKey(ctx, tx); err != nil {
			return err
		}
		if err := r.rounds.EnsureNight(ctx, tx, root.Code); err != nil {
			return err
		}
		generated, made, err := r.access.FirstAdministrator(ctx, tx, root.Code)
		if err != nil || !made {
			return err
		}
		password = generated
		return writeFirstPassword(o.Data, generated)
	})
	if err != nil {
		return fmt.Errorf("first start: %w", err)
	}
	if password != "" {
		o.Logger.Info("first administrator made; name and password are in the file",
			"file", filepath.Join(o.Data, FirstPasswordFile))
	}
	return r.library.Recover(ctx)
}

// writeFirstPassword writes the file before its password counts, so that a crash never leaves a town without a way in.
func writeFirstPassword(folder, password string) error {
	text := fmt.Sprintf("name: %s\npassword: %s\n", access.FirstName, password)
	if err := os.WriteFile(filepath.Join(folder, FirstPasswordFile), []byte(text), 0o600); err != nil {
		return fmt.Errorf("write the first administrator's password: %w", err)
	}
	return nil
}

// runAll runs every part until ctx ends or one of them does, and returns when all have ended, with their errors.
func runAll(ctx context.Context, parts ...func(context.Context) error) error {
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	errs := make([]error, len(parts))
	var all sync.WaitGroup
	for i, part := range parts {
		all.Go(func() {
			defer stop()
			errs[i] = part(ctx)
		})
	}
	all.Wait()
	return errors.Join(errs...)
}

// lock makes sure that one broadcaster at a time uses the data folder.
func lock(path string) (unlock func(), err error) {
	file, err := os.OpenFile(path, os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return nil, fmt.Errorf("open the data folder's lock: %w", err)
	}
	if err := syscall.Flock(int(file.Fd()), syscall.LOCK_EX|syscall.LOCK_NB); err != nil {
		return nil, errors.Join(fmt.Errorf("another broadcaster uses %s", filepath.Dir(path)), file.Close())
	}
	return func() { file.Close() }, nil
}
