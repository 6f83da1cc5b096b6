package e2e

import (
	"math"
	"os"
	"path/filepath"
	"testing"
	"time"
)

func TestARecordingTellsWhatWasDoneToItAndHowItLooks(t *testing.T) {
	w := newTown(t)
	file := func(name string) []byte {
		text, err := os.ReadFile(filepath.Join("..", "..", "playlists", "audio", "testdata", name))
		if err != nil {
			t.Fatal(err)
		}
		return text
	}
	for name, sound := range map[string][]byte{
		"wav": noise(11, 2*time.Second), "mp3": file("cbr.mp3"), "flac": file("stereo16.flac"), "ogg": file("stereo.ogg"),
	} {
		var clip struct {
			Digest, Level string
			Sound         struct {
				Recorded float64 `json:"recorded_lufs"`
				Loudness float64 `json:"loudness_lufs"`
				TruePeak float64 `json:"true_peak_db"`
				Gain     float64 `json:"gain_db"`
			}
		}
		w.send("POST", "/api/clips?title="+name+"&dialect=yue", "application/octet-stream", sound, &clip)
		s := clip.Sound
		if clip.Level == "" || math.Abs(s.Loudness+16) > 0.3 || math.Abs(s.Recorded+s.Gain-s.Loudness) > 1 || s.TruePeak > -0.9 {
			t.Errorf("%s: %+v", name, clip)
		}
		var picture struct{ Points [][2]int }
		w.must("GET", "/api/clips/"+clip.Digest+"/waveform", nil, &picture)
		if len(picture.Points) != 400 {
			t.Errorf("%s: a picture of %d points", name, len(picture.Points))
		}
	}
	if r := w.refused("GET", "/api/clips/nothing/waveform", nil, ""); r.Status != 404 {
		t.Errorf("a picture of nothing: %+v", r)
	}
}
