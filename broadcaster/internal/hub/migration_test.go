package hub

import (
	"io/fs"
	"log/slog"
	"path/filepath"
	"testing"
	"testing/fstest"
	"time"

	"dalaba/broadcaster/internal/store"
)

func TestWhatWasSaidBeforeItsTimeWasKeptIsAsOldAsTheLastWord(t *testing.T) {
	db, err := store.Open(t.Context(), store.Options{Path: filepath.Join(t.TempDir(), "hub.db")})
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	before := make(fstest.MapFS)
	for _, name := range []string{"00001_hub.sql", "00002_status.sql"} {
		text, err := fs.ReadFile(Migrations(), name)
		if err != nil {
			t.Fatal(err)
		}
		before[name] = &fstest.MapFile{Data: text}
	}
	if err := db.Migrate(t.Context(), "hub", before); err != nil {
		t.Fatal(err)
	}
	const seen = 1_769_000_000_000
	err = db.Write(t.Context(), func(tx *store.Tx) error {
		_, err := tx.Exec(`INSERT INTO last_seen VALUES ('said', $1, 5, '', '', '{"revision":5,"clock":"trusted","disk_free":7}'),
			('mute', $1, 0, '', '', '{"revision":0,"clock":"","disk_free":0}'), ('new', $1, 0, '', '', '')`, seen)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if err := db.Migrate(t.Context(), "hub", Migrations()); err != nil {
		t.Fatal(err)
	}
	rooms := &town{}
	h, err := New(Options{
		DB: db, Identity: rooms, Programmes: rooms, Ledger: rooms, Log: slog.New(slog.DiscardHandler), Clock: time.Now,
	})
	if err != nil {
		t.Fatal(err)
	}
	if err := h.remember(t.Context()); err != nil {
		t.Fatal(err)
	}
	for _, l := range h.Terminals() {
		want := time.Time{}
		if l.Terminal == "said" {
			want = time.UnixMilli(seen).UTC()
		}
		if !l.Said.Equal(want) || !l.LastSeen.Equal(time.UnixMilli(seen)) {
			t.Errorf("%s spoke of itself at %v, and was last seen at %v", l.Terminal, l.Said, l.LastSeen)
		}
	}
}
