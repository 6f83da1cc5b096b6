package library

import (
	"bytes"
	"testing"
	"time"

	"dalaba/playlists/audio"
)

func TestATownHasTheChimeOnceAndItStaysAsItIs(t *testing.T) {
	f := newFixture(t)
	f.ok(f.EnsureChime(t.Context(), "440605104"))
	f.ok(f.EnsureChime(t.Context(), "440605104"))
	all, err := f.List(t.Context())
	f.ok(err)
	if len(all) != 1 {
		t.Fatalf("there are %d", len(all))
	}
	chime := all[0]
	if !chime.BuiltIn || chime.Title != "提示音" || chime.Dialect != NoDialect || chime.Owner != "440605104" || chime.By != "" ||
		int(chime.Duration) != len(audio.Chime())*1000/audio.Rate || len(chime.Notes) > 0 {
		t.Errorf("%+v", chime)
	}
	if _, err := f.Update(t.Context(), chime.Digest, "叮咚", "yue"); code(err) != "recording_built_in" {
		t.Errorf("changed: %v", err)
	}
	if err := f.Remove(t.Context(), chime.Digest); code(err) != "recording_built_in" {
		t.Errorf("removed: %v", err)
	}
	f.ok(f.Recover(t.Context()))
	if !f.clips.Has(chime.Digest) {
		t.Error("recovery took its file away")
	}
	f.wantEmpty()
}

func TestAChimeThatLostItsFileIsMadeAgain(t *testing.T) {
	f := newFixture(t)
	f.ok(f.EnsureChime(t.Context(), "440605104"))
	all, err := f.List(t.Context())
	f.ok(err)
	f.ok(f.clips.Remove(all[0].Digest))
	f.ok(f.EnsureChime(t.Context(), "440605104"))
	if missing, err := f.Missing(t.Context()); len(missing) > 0 || err != nil {
		t.Errorf("missing %v, %v", missing, err)
	}
	if again, err := f.List(t.Context()); len(again) != 1 || err != nil {
		t.Errorf("there are %d, %v", len(again), err)
	}
}

func TestNobodyBringsARecordingOfNoDialect(t *testing.T) {
	f := newFixture(t)
	m := meta("叮")
	m.Dialect = NoDialect
	if _, _, err := f.Upload(t.Context(), bytes.NewReader(tone(440, time.Second)), m); code(err) != "dialect_unknown" {
		t.Errorf("got %v", err)
	}
}
