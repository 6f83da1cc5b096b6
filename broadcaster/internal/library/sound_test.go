package library

import (
	"bytes"
	"math"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"dalaba/broadcaster/internal/store"
	"dalaba/playlists"
	"dalaba/playlists/audio"
)

func TestARecordingIsKeptWithWhatWasMeasured(t *testing.T) {
	f := newFixture(t)
	recording, _, err := f.Upload(t.Context(), bytes.NewReader(tone(1000, 2*time.Second)), meta("勤洗手"))
	f.ok(err)
	s := recording.Sound
	// A sine of half scale has −6 dBFS, and −9 LUFS in one channel.
	if math.Abs(s.Recorded+9.0) > 0.1 || math.Abs(s.Gain+7) > 0.1 || math.Abs(s.Loudness+16) > 0.1 || math.Abs(s.TruePeak+13) > 0.1 || s.Limited != 0 {
		t.Errorf("measured %+v", s)
	}
	kept, err := f.Get(t.Context(), recording.Digest)
	f.ok(err)
	if diff := cmp.Diff(recording, kept); diff != "" {
		t.Errorf("kept (-want +got):\n%s", diff)
	}
}

func TestATownHasItsOwnTarget(t *testing.T) {
	f := newFixture(t)
	f.limits = audio.Limits{Target: -23, Ceiling: -3}
	recording, _, err := f.Upload(t.Context(), bytes.NewReader(tone(1000, 2*time.Second)), meta("勤洗手"))
	f.ok(err)
	if math.Abs(recording.Sound.Loudness+23) > 0.1 {
		t.Errorf("measured %+v", recording.Sound)
	}
}

func TestAnOutlineIsKeptAndDrawnWhereItIsNot(t *testing.T) {
	f := newFixture(t)
	recording, _, err := f.Upload(t.Context(), bytes.NewReader(tone(1000, 2*time.Second)), meta("勤洗手"))
	f.ok(err)
	kept, err := f.Outline(t.Context(), recording.Digest)
	f.ok(err)
	if len(kept) != audio.OutlinePoints {
		t.Fatalf("%d points", len(kept))
	}
	forget := func() {
		f.ok(f.store.Write(t.Context(), func(tx *store.Tx) error {
			_, err := tx.ExecContext(t.Context(), "DELETE FROM recording_outlines")
			return err
		}))
	}
	forget()
	for range 2 {
		drawn, err := f.Outline(t.Context(), recording.Digest)
		f.ok(err)
		if diff := cmp.Diff(kept, drawn); diff != "" {
			t.Errorf("drawn again (-kept +drawn):\n%s", diff)
		}
	}
	forget()
	f.ok(f.clips.Remove(recording.Digest))
	for name, digest := range map[string]playlists.Digest{"no recording": {}, "a recording without its file": recording.Digest} {
		if _, err := f.Outline(t.Context(), digest); code(err) != "recording_unknown" {
			t.Errorf("%s: %v", name, err)
		}
	}
}
