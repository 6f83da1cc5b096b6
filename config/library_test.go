package config

import (
	"os"
	"path/filepath"
	"testing"
)

func TestWhatIsMadeOfRecordingsCanBeSet(t *testing.T) {
	folder := t.TempDir()
	converter := filepath.Join(folder, "ffmpeg")
	if err := os.WriteFile(converter, nil, 0o700); err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(folder, "broadcaster.yaml")
	for _, test := range []struct {
		name, text string
		want       Library
		wrong      bool
	}{
		{"nothing", "", Library{-16, -1, ""}, false},
		{"softer", "library:\n  target_lufs: -23\n  ceiling: -2.5\n", Library{-23, -2.5, ""}, false},
		{"a true minus", "library:\n  target_lufs: \"−20\"\n", Library{-20, -1, ""}, false},
		{"a program beside the file", "library:\n  ffmpeg: ffmpeg\n", Library{-16, -1, converter}, false},
		{"no program", "library:\n  ffmpeg: off\n", Library{-16, -1, "off"}, false},
		{"a program that is not there", "library:\n  ffmpeg: /nowhere/ffmpeg\n", Library{}, true},
		{"louder than anything", "library:\n  target_lufs: 3\n", Library{}, true},
		{"no number", "library:\n  ceiling: NaN\n", Library{}, true},
	} {
		if err := os.WriteFile(file, []byte(test.text), 0o600); err != nil {
			t.Fatal(err)
		}
		b, err := LoadBroadcaster(file, nil)
		if (err != nil) != test.wrong || err == nil && b.Library != test.want {
			t.Errorf("%s: %+v, %v", test.name, b.Library, err)
		}
	}
}
