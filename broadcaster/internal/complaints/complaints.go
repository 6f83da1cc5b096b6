// Package complaints keeps what households complain of: that a loudspeaker was too loud, too early, too long.
//
// An official writes down a place, a minute and the caller's words. The room looks up what sounded near there and then
// (case.go gathers it from the ledger and the rounds), and everything that follows from that is decided by pure functions
// with time as an input: what was heard and by whose plan (finding.go), what can be offered (remedy.go), which changes
// since then touch it (change.go), and what can be answered (draft.go). The answer is a list of codes, so that the edge
// writes it in the language that is asked for. A complaint is closed with the reply that was given and the changes that
// were made, and can be opened again. Each step is kept for ever (step.go); nothing is deleted. What sounded is not kept
// here: the ledger keeps it, with the names of its time.
//
// The room changes no rounds. A remedy says what could be changed; a person changes it, with the right to.
package complaints

import (
	"context"
	"crypto/rand"
	"embed"
	"encoding/json"
	"errors"
	"io/fs"
	"log/slog"
	"strings"
	"time"

	"dalaba/broadcaster/internal/store"
	"dalaba/playlists"
)

//go:embed migrations/*.sql
var migrations embed.FS

// Migrations returns the room's migration files for store.DB.Migrate.
func Migrations() fs.FS {
	files, err := fs.Sub(migrations, "migrations")
	if err != nil {
		panic(err) // the folder is part of the program
	}
	return files
}

// sounds is the record of what sounded: the ledger's word.
type sounds interface {
	// Sounds returns every airing due in s that sounded, or was planned, each once, in any order.
	Sounds(ctx context.Context, tx *store.Tx, s Scope) ([]Sound, error)
}

// plans is what was to sound and by whose will: the rounds' word. Those of its methods that are given no transaction
// look for themselves: call them outside of any.
type plans interface {
	// Programme returns what was in force at terminal at the moment at, or nil.
	Programme(ctx context.Context, tx *store.Tx, terminal playlists.TerminalID, at time.Time) (*playlists.Programme, error)
	// Makers says whose those of rounds are that it knows, removed ones too.
	Makers(ctx context.Context, rounds []playlists.RoundID) (map[playlists.RoundID]Maker, error)
	// Changes returns what people changed from since on, newest first.
	Changes(ctx context.Context, since time.Time) ([]ChangeNote, error)
}

// land is the grid tree and what stands on it.
type land interface {
	Has(ctx context.Context, tx *store.Tx, code playlists.GridCode) (bool, error)
	// GridPath returns the names down to code as people write them, "" for a grid that is gone.
	GridPath(ctx context.Context, tx *store.Tx, code playlists.GridCode) (string, error)
	// Outline returns where code lies as GeoJSON in WGS-84, or nil where nobody has said it.
	Outline(ctx context.Context, tx *store.Tx, code playlists.GridCode) (json.RawMessage, error)
	// Terminals returns every terminal that has not been removed.
	Terminals(ctx context.Context, tx *store.Tx) ([]Terminal, error)
}

// Options are what Complaints works with. All are required.
type Options struct {
	Store  *store.DB
	Ledger sounds
	Rounds plans
	Land   land
	// Zone is the town's, in which every civil time is meant.
	Zone *time.Location
	Log  *slog.Logger
}

// Complaints is the room. It keeps nothing in memory and is safe for concurrent use.
type Complaints struct {
	store  *store.DB
	ledger sounds
	rounds plans
	land   land
	zone   *time.Location
	log    *slog.Logger
}

// New checks o and starts nothing. The database must have been migrated.
func New(o Options) (*Complaints, error) {
	if o.Store == nil || o.Ledger == nil || o.Rounds == nil || o.Land == nil || o.Zone == nil || o.Log == nil {
		return nil, errors.New("new complaints: an option is missing")
	}
	return &Complaints{
		store: o.Store, ledger: o.Ledger, rounds: o.Rounds, land: o.Land, zone: o.Zone, log: o.Log.With("component", "complaints"),
	}, nil
}

// newID draws a name that nothing else has.
func newID() string { return strings.ToLower(rand.Text()) }

// millis keeps an instant in a column; the zero time is zero. moment is its inverse.
func millis(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return t.UnixMilli()
}

func moment(ms int64) time.Time {
	if ms == 0 {
		return time.Time{}
	}
	return time.UnixMilli(ms).UTC()
}
