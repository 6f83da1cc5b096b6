package audio

import (
	"math"
	"testing"
)

// pitchOf returns the loudest frame between two moments, in seconds, and how often a second the wave goes up through zero.
func pitchOf(sound []float32, from, to float64) (peak, hertz float64) {
	a, b := int(from*Rate), int(to*Rate)
	for i := a; i < b; i++ {
		peak = max(peak, math.Abs(float64(sound[i])))
		if i > a && sound[i-1] < 0 && sound[i] >= 0 {
			hertz++
		}
	}
	return peak, hertz / (to - from)
}

func TestAChirpBeginsSoftlyAndRisesEvenly(t *testing.T) {
	sound := Chirp()
	if len(sound) != chirpFrames {
		t.Fatalf("%d frames", len(sound))
	}
	for _, test := range []struct {
		name      string
		from, to  float64
		low, high float64 // of the loudest frame, as a share of the chirp's
		hertz     float64 // in the middle; 0 is not looked at
	}{
		{"the first 5 ms", 0, 0.005, 0, 0.01, 0},
		{"after the rise", 0.16, 0.26, 0.99, 1.0001, 400 + 3600*0.21},
		{"in the middle", 0.45, 0.55, 0.99, 1.0001, 400 + 3600*0.5},
		{"before the fall", 0.84, 0.94, 0.99, 1.0001, 400 + 3600*0.89},
		{"the last 5 ms", 0.995, 1, 0, 0.03, 0},
	} {
		peak, hertz := pitchOf(sound, test.from, test.to)
		if share := peak / chirpPeak; share < test.low || share > test.high {
			t.Errorf("%s: loudest %.3f, want %.3f to %.3f", test.name, share, test.low, test.high)
		}
		if test.hertz > 0 && math.Abs(hertz-test.hertz) > 20 {
			t.Errorf("%s: %.0f Hz, want %.0f", test.name, hertz, test.hertz)
		}
	}
}
