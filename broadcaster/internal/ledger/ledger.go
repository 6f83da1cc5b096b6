// Package ledger is the record of what was planned for each terminal, what sounded there, and how the two compare.
//
// Three things are written and never rewritten. A planned airing is written when it has fallen due, from the programme
// that was published for the terminal at that moment; a later edit does not touch it. A play, a miss and an account
// (every airing due before T has been reported, under these revisions) are what a terminal's journal says; each is
// stored exactly once, although it may be delivered often. A row that cannot be believed goes to quarantine, as it
// came, and never blocks the rows behind it; nor does one that the terminal has lost.
//
// The outcome of an airing follows from these by one pure function, judge, and is settled anew whenever one of them
// arrives, in any order. Each planned airing has exactly one outcome at any moment, so that
// planned = played + partial + missed + unreported for every grid and day. What sounded without having been planned
// is extra, beside that sum. Names are copied in when a row is written, so that deletions never change history.
package ledger

import (
	"context"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"sync"
	"time"

	"dalaba/broadcaster/internal/store"
	"dalaba/playlists"
)

//go:embed migrations/*.sql
var migrations embed.FS

// Migrations returns the files that make the ledger's tables, for store.DB.Migrate.
func Migrations() fs.FS {
	files, err := fs.Sub(migrations, "migrations")
	if err != nil {
		panic(err) // the folder is part of the program
	}
	return files
}

// catchUpEvery is how often Run writes down what has fallen due.
const catchUpEvery = 5 * time.Second

// Published is one revision of a terminal's programme, in force from From until the next one's From.
type Published struct {
	Revision  uint64
	From      time.Time
	Programme *playlists.Programme
}

// publications is the history of what was published.
type publications interface {
	// Terminals returns the terminals for which something is or was published and that have not been removed.
	Terminals(ctx context.Context, tx *store.Tx) ([]playlists.TerminalID, error)
	// Revisions returns what was in force for terminal at some moment from from up to, not including, to, in order.
	// A zero from reaches back to the first.
	Revisions(ctx context.Context, tx *store.Tx, terminal playlists.TerminalID, from, to time.Time) ([]Published, error)
}

// titles says what things are called now. An unknown id has the title "".
type titles interface {
	AnnouncementTitle(ctx context.Context, tx *store.Tx, id playlists.AnnouncementID) (string, error)
	RoundName(ctx context.Context, tx *store.Tx, id playlists.RoundID) (string, error)
}

// places says where terminals stand now. An unknown terminal has no name and no grid, an unknown grid the path "".
type places interface {
	Terminal(ctx context.Context, tx *store.Tx, id playlists.TerminalID) (name string, grid playlists.GridCode, err error)
	// GridPath returns the names from the root down to code as people write them.
	GridPath(ctx context.Context, tx *store.Tx, code playlists.GridCode) (string, error)
}

// Options are what a ledger needs. All but OnChange are required.
type Options struct {
	DB           *store.DB
	Publications publications
	Titles       titles
	Places       places
	Log          *slog.Logger
	// OnChange is called after each commit that changed the figures of terminal; it must not block. It may be nil.
	OnChange func(terminal playlists.TerminalID)
}

// Ledger keeps the record. It is safe for concurrent use.
type Ledger struct {
	db           *store.DB
	publications publications
	titles       titles
	places       places
	log          *slog.Logger
	onChange     func(playlists.TerminalID)

	mu sync.Mutex // guards wake
	// wake is when a terminal's programme must be looked at again; who is not in it is looked at next time. It only
	// saves work: the truth is the table of horizons.
	wake map[playlists.TerminalID]time.Time
}

// New checks o and returns a ledger over its database, which must have been migrated.
func New(o Options) (*Ledger, error) {
	if o.DB == nil || o.Publications == nil || o.Titles == nil || o.Places == nil || o.Log == nil {
		return nil, errors.New("new ledger: an option is missing")
	}
	onChange := o.OnChange
	if onChange == nil {
		onChange = func(playlists.TerminalID) {}
	}
	return &Ledger{
		db: o.DB, publications: o.Publications, titles: o.Titles, places: o.Places,
		log: o.Log.With("component", "ledger"), onChange: onChange,
		wake: make(map[playlists.TerminalID]time.Time),
	}, nil
}

// Run writes down what falls due, every few seconds, until ctx ends. It returns nil then.
func (l *Ledger) Run(ctx context.Context) error {
	ticker := time.NewTicker(catchUpEvery)
	defer ticker.Stop()
	for {
		if err := l.CatchUp(ctx, time.Now()); err != nil && ctx.Err() == nil {
			l.log.Error("planned airings not written", "error", err)
		}
		select {
		case <-ctx.Done():
			return nil
		case <-ticker.C:
		}
	}
}

// Republished tells that the programmes of terminals have changed, so that the next CatchUp looks at them. Without it
// a change is seen within a minute.
func (l *Ledger) Republished(terminals []playlists.TerminalID) {
	l.mu.Lock()
	defer l.mu.Unlock()
	for _, t := range terminals {
		delete(l.wake, t)
	}
}

// changed arranges that OnChange is called for terminal once tx has been committed.
func (l *Ledger) changed(tx *store.Tx, terminal playlists.TerminalID) {
	tx.AfterCommit(func() { l.onChange(terminal) })
}

// instant returns the time that a column keeps, the zero time for 0; millis is its inverse.
func instant(ms int64) time.Time {
	if ms == 0 {
		return time.Time{}
	}
	return time.UnixMilli(ms).UTC()
}

func millis(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return t.UnixMilli()
}

// ErrJournal means that a journal is known as another terminal's: a copied disk, or a lie.
var ErrJournal = errors.New("journal belongs to another terminal")

// wrap says what was being done for terminal when err happened.
func wrap(doing string, terminal playlists.TerminalID, err error) error {
	return fmt.Errorf("%s of terminal %s: %w", doing, terminal, err)
}
