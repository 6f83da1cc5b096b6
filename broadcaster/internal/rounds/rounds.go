// Package rounds keeps what is to be said, when and where (announcements, playlists and rounds), and what bounds it (quiet
// rules, temporary quiet, quiet places, mutes, volume, daily limits, holidays, cancellations), and turns it into each terminal's
// signed programme.
//
// Everything that people can change is checked against the whole book (book.go) in the transaction that changes it, and
// the same transaction rebuilds the programmes of the terminals that were or are touched (publish.go). A programme that
// says what the last one said makes no new revision. Every revision stays in the history with the exact bytes that were
// signed, so that the ledger can ask what was in force at any moment (history.go). What sounds when is decided in
// package timetable alone; before saving a check and a dry run ask it (check.go, dryrun.go), and afterwards the question
// why (why.go). Every change that a person makes is written down in the same transaction (change.go).
//
// Without a publisher key saving works and nothing is published: the terminals are remembered, and Run publishes them
// when it starts with the key.
package rounds

import (
	"context"
	"crypto/ed25519"
	"crypto/rand"
	"embed"
	"errors"
	"io/fs"
	"log/slog"
	"strings"
	"time"

	"dalaba/broadcaster/internal/store"
	"dalaba/playlists"
	"dalaba/playlists/timetable"
	"dalaba/playlists/wire"
)

//go:embed migrations/*.sql
var migrations embed.FS

// Migrations returns the room's migration files for store.DB.Migrate.
func Migrations() fs.FS {
	files, err := fs.Sub(migrations, "migrations")
	if err != nil {
		panic(err) // the name above is wrong
	}
	return files
}

// recordings are the clips that the library holds.
type recordings interface {
	Clips(ctx context.Context, tx *store.Tx) (map[playlists.Digest]playlists.Clip, error)
}

// publisher signs programmes.
type publisher interface {
	wire.Signer
	// PublisherKey returns the public half of the key, or nil while there is none.
	PublisherKey() ed25519.PublicKey
}

// reach is who can be told of a change just now: the hub's word.
type reach interface {
	// Reach tells whether the terminal is connected, or has its newest programme already.
	Reach(terminal playlists.TerminalID) bool
}

// facts are what rules cannot know: the ledger's word, and that of what is live.
type facts interface {
	// Facts returns what is known of the terminal from from until before to.
	Facts(ctx context.Context, tx *store.Tx, terminal playlists.TerminalID, from, to time.Time) ([]timetable.Fact, error)
	// Accounts returns how every airing at the terminal stands that was due from from until before to and has been written
	// down.
	Accounts(ctx context.Context, tx *store.Tx, terminal playlists.TerminalID, from, to time.Time) ([]Account, error)
}

// Options are what Rounds works with.
type Options struct {
	Store      *store.DB
	Land       land
	Recordings recordings
	Publisher  publisher
	// Reach may be nil: then everybody is within reach.
	Reach reach
	// Facts may be nil: then nothing is known beyond the rules, and nobody has told what became of anything.
	Facts facts
	// Ring may be nil: then there is no ring test.
	Ring ringing
	// Zone is the town's, in which every civil time is meant.
	Zone *time.Location
	// Published is called with the terminals that have a new programme, after the commit. It must not block; nil means
	// that nobody wants to know.
	Published func([]playlists.TerminalID)
	Log       *slog.Logger
}

// Rounds is the room. It keeps nothing in memory and is safe for concurrent use.
type Rounds struct {
	store      *store.DB
	land       land
	recordings recordings
	publisher  publisher
	reach      reach   // or nil
	facts      facts   // or nil
	ring       ringing // or nil
	zone       *time.Location
	published  func([]playlists.TerminalID)
	log        *slog.Logger
}

// New checks o and starts nothing.
func New(o Options) (*Rounds, error) {
	if o.Store == nil || o.Land == nil || o.Recordings == nil || o.Publisher == nil || o.Zone == nil || o.Log == nil {
		return nil, errors.New("rounds: store, land, recordings, publisher, zone and log are all needed")
	}
	published := o.Published
	if published == nil {
		published = func([]playlists.TerminalID) {}
	}
	return &Rounds{
		store: o.Store, land: o.Land, recordings: o.Recordings, publisher: o.Publisher,
		reach: o.Reach, facts: o.Facts, ring: o.Ring, zone: o.Zone, published: published, log: o.Log.With("component", "rounds"),
	}, nil
}

// newID draws a name that nothing else has.
func newID() string { return strings.ToLower(rand.Text()) }

// millis keeps an instant in a column; the zero time is zero.
func millis(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return t.UnixMilli()
}

// moment reads what millis wrote.
func moment(ms int64) time.Time {
	if ms == 0 {
		return time.Time{}
	}
	return time.UnixMilli(ms).UTC()
}
