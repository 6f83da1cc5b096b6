package audio

import (
	"math"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestNotesSayWhatIsWrongWithTheSound(t *testing.T) {
	const n = 2 * Rate
	shifted := tone(300, 0.4, Rate, n)
	for i := range shifted {
		shifted[i] += 0.1
	}
	for _, test := range []struct {
		name string
		in   []float64
		want []Note
	}{
		{"well recorded", tone(300, 0.7, Rate, n), nil},
		{"nothing", make([]float64, n), []Note{NoteSilent}},
		{"a whisper of noise", tone(300, 0.001, Rate, n), []Note{NoteSilent}},
		{"soft", tone(300, 0.03, Rate, n), []Note{NoteQuiet}},
		{"far too loud", tone(300, 3, Rate, n), []Note{NoteClipped}},
		{"shifted", shifted, []Note{NoteOffset}},
		{"half a second", tone(300, 0.7, Rate, Rate/2), []Note{NoteShort}},
	} {
		t.Run(test.name, func(t *testing.T) {
			in := recording{layout: layout{format: formatFloat, bits: 32, channels: 1, rate: Rate}, sound: test.in}
			made, _, err := render(t, in.file(), Limits{})
			if diff := cmp.Diff(test.want, made.Notes); err != nil || diff != "" {
				t.Fatal(err, diff)
			}
		})
	}
}

func TestLevelIsInDecibelsOfFullScale(t *testing.T) {
	made, _, err := render(t, pcm(Rate, tone(480, 0.5, Rate, Rate)).file(), Limits{})
	if err != nil {
		t.Fatal(err)
	}
	if l := made.Level; math.Abs(l.Peak+6.02) > 0.01 || math.Abs(l.RMS+9.03) > 0.01 || math.Abs(l.DC) > 1e-4 || l.Clipped != 0 {
		t.Errorf("a sine at half of full scale measures %+v", l)
	}
	if made.Duration() != 1000 {
		t.Errorf("a second lasts %d ms", made.Duration())
	}
}
