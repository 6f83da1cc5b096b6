package territory

import (
	"errors"
	"path/filepath"
	"testing"
	"time"

	"dalaba/broadcaster/internal/store"
	"dalaba/playlists"
)

// moment is when everything happens in these tests.
func moment() time.Time { return time.Date(2026, 1, 23, 7, 30, 0, 0, time.UTC) }

// ground is a territory on a database of its own.
type ground struct {
	*Territory
	t  *testing.T
	db *store.DB
}

func newGround(t *testing.T) ground {
	t.Helper()
	db, err := store.Open(t.Context(), store.Options{Path: filepath.Join(t.TempDir(), "dalaba.db"), Now: moment})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := db.Close(); err != nil {
			t.Error(err)
		}
	})
	if err := db.Migrate(t.Context(), "territory", Migrations()); err != nil {
		t.Fatal(err)
	}
	return ground{New(), t, db}
}

// write runs f in a transaction and returns its error.
func (g ground) write(f func(tx *store.Tx) error) error {
	g.t.Helper()
	return g.db.Write(g.t.Context(), f)
}

// must runs f in a transaction that must succeed.
func (g ground) must(f func(tx *store.Tx) error) {
	g.t.Helper()
	if err := g.write(f); err != nil {
		g.t.Fatal(err)
	}
}

// planted is a ground with the small town on it.
func planted(t *testing.T) ground {
	t.Helper()
	g := newGround(t)
	tree := read(t, smallTown())
	g.must(func(tx *store.Tx) error { return g.Import(t.Context(), tx, tree) })
	return g
}

// errUndo undoes a transaction that went well.
var errUndo = errors.New("undo")

// code returns the Code of the Problem that err is, or what else it is.
func code(err error) string {
	if p := playlists.ProblemOf(err); p != nil {
		return p.Code
	}
	if err != nil {
		return "not a problem: " + err.Error()
	}
	return ""
}
