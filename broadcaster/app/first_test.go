package app

import (
	"log/slog"
	"path/filepath"
	"testing"
	"time"

	"dalaba/broadcaster/internal/store"
	"dalaba/playlists"
)

func TestATownIsFoundedOnceWithItsNightTheUsualLimitsAndAChime(t *testing.T) {
	o := Options{
		Data: t.TempDir(), Town: "九江镇", TownCode: string(town), MaxUpload: 1 << 20, MaxClip: time.Minute,
		Logger: slog.New(slog.DiscardHandler),
	}
	start := func() *rooms {
		db, err := store.Open(t.Context(), store.Options{Path: filepath.Join(o.Data, databaseFile)})
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() {
			if err := db.Close(); err != nil {
				t.Error(err)
			}
		})
		r, err := build(t.Context(), o, db, time.Now, time.UTC)
		if err != nil {
			t.Fatal(err)
		}
		if err := found(t.Context(), o, r); err != nil {
			t.Fatal(err)
		}
		return r
	}
	limits := func(r *rooms) playlists.Limits {
		now, err := r.rounds.Limits(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		return now
	}
	r := start()
	if got := limits(r); got != (playlists.Limits{Minutes: 60, Plays: 6}) {
		t.Errorf("from the first start: %+v", got)
	}
	if quiet, err := r.rounds.Quiet(t.Context()); err != nil || len(quiet) != 1 || !quiet[0].Night {
		t.Errorf("quiet: %+v, %v", quiet, err)
	}
	if clips, err := r.library.List(t.Context()); err != nil || len(clips) != 1 || !clips[0].BuiltIn || clips[0].Owner != town {
		t.Errorf("recordings: %+v, %v", clips, err)
	}
	if err := r.rounds.SetLimits(t.Context(), playlists.Limits{}, "关主任"); err != nil {
		t.Fatal(err)
	}
	if got := limits(start()); got != (playlists.Limits{}) {
		t.Errorf("a town that stands does not keep what it has: %+v", got)
	}
}
