// Package hearing keeps whether horns are heard: the weekly ring test 试响, what people say of what sounded, and what the
// electrician is to look at.
//
// The ring test is a round like others, but nobody draws it: the room says when it sounds and what (ring.go), and the
// rounds put it into every horn's programme. What sounds is a chime, the place's name and a chirp, rendered once for each
// name and kept on the shelf under its digest (rendering.go). A terminal says the name of its own grid, else that of the
// nearest above it that has one, else none.
//
// Whoever may see a grid may say of an airing there whether he heard it (answer.go). Nobody has to. That somebody did is
// evidence 3 of every play of that airing: the room tells the ledger by airing, so that it does not matter which of the
// two comes first. That somebody did not opens a task (task.go), which a person ends; a later word that it is heard stands
// beside it and ends nothing. A horn that nobody and no microphone has confirmed for two weeks is not verified
// (confirmation.go). What people said is kept for ever.
package hearing

import (
	"context"
	"crypto/rand"
	"embed"
	"errors"
	"io/fs"
	"log/slog"
	"strings"
	"sync"
	"time"
	"unicode"
	"unicode/utf8"

	"dalaba/broadcaster/internal/store"
	"dalaba/playlists"
	"dalaba/playlists/clips"
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

// Terminal is what the room needs to know of a terminal.
type Terminal struct {
	ID       playlists.TerminalID
	Name     string
	Grid     playlists.GridCode
	GridPath string
}

// land is the grid tree and what stands on it.
type land interface {
	// Root returns the tree's root, or "" before there is a tree.
	Root(ctx context.Context, tx *store.Tx) (playlists.GridCode, error)
	// Paths returns where each grid of the tree is, as people say it.
	Paths(ctx context.Context, tx *store.Tx) (map[playlists.GridCode]string, error)
	// Terminal returns a terminal, or a NotFound problem.
	Terminal(ctx context.Context, tx *store.Tx, id playlists.TerminalID) (Terminal, error)
}

// recordings are the clips that the library holds.
type recordings interface {
	Clips(ctx context.Context, tx *store.Tx) (map[playlists.Digest]playlists.Clip, error)
}

// plans are the programmes: the rounds' word.
type plans interface {
	// RingTestChanged brings the programmes of the terminals at or below node into line with the ring test, and writes down
	// that by made before into after, where these differ; nil is nothing.
	RingTestChanged(ctx context.Context, tx *store.Tx, node playlists.GridCode, by string, before, after any) error
	// PlaceNamed does the same where by made after the recording of node's name, which was before; the zero Digest is none.
	PlaceNamed(ctx context.Context, tx *store.Tx, node playlists.GridCode, by string, before, after playlists.Digest) error
}

// record is what sounded: the ledger's word.
type record interface {
	// Airing returns the airing at terminal that is called id, if it fell due at since or later.
	Airing(ctx context.Context, tx *store.Tx, terminal playlists.TerminalID, id playlists.AiringID, since time.Time) (Airing, bool, error)
	// SetHeard notes whether people heard an airing, be it known already or not.
	SetHeard(ctx context.Context, tx *store.Tx, terminal playlists.TerminalID, round playlists.RoundID, due time.Time, heard bool) error
	// HeardByMicrophone tells when a microphone last heard each terminal.
	HeardByMicrophone(ctx context.Context, tx *store.Tx) (map[playlists.TerminalID]time.Time, error)
}

// Options are what Hearing works with. All are required.
type Options struct {
	Store      *store.DB
	Clips      *clips.Store
	Land       land
	Recordings recordings
	Plans      plans
	Record     record
	Log        *slog.Logger
}

// Hearing is the room. It is safe for concurrent use.
type Hearing struct {
	store      *store.DB
	clips      *clips.Store
	land       land
	recordings recordings
	plans      plans
	record     record
	log        *slog.Logger
	// madeOf is the digest of the ring test without a name, by which it is seen that the software makes another sound.
	madeOf func() (string, error)
}

// New checks o and starts nothing. The database must have been migrated.
func New(o Options) (*Hearing, error) {
	if o.Store == nil || o.Clips == nil || o.Land == nil || o.Recordings == nil || o.Plans == nil || o.Record == nil || o.Log == nil {
		return nil, errors.New("new hearing: an option is missing")
	}
	return &Hearing{
		store: o.Store, clips: o.Clips, land: o.Land, recordings: o.Recordings, plans: o.Plans, record: o.Record,
		log: o.Log.With("component", "hearing"), madeOf: sync.OnceValues(nameless),
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

// maxLine bounds what people write, in characters.
const maxLine = 200

// line checks one line that a person wrote and returns it without the spaces around it.
func line(field, s string, atLeast int) (string, error) {
	s = strings.TrimSpace(s)
	switch n := utf8.RuneCountInString(s); {
	case !utf8.ValidString(s), strings.ContainsFunc(s, unicode.IsControl):
		return "", invalid("text_unreadable", field, nil)
	case n < atLeast:
		return "", invalid("text_missing", field, nil)
	case n > maxLine:
		return "", invalid("text_too_long", field, map[string]any{"most": maxLine, "is": n})
	}
	return s, nil
}

func invalid(code, field string, args map[string]any) error {
	return &playlists.Problem{Kind: playlists.Invalid, Code: code, Field: field, Args: args}
}

func conflict(code string, args map[string]any) error {
	return &playlists.Problem{Kind: playlists.Conflict, Code: code, Args: args}
}
