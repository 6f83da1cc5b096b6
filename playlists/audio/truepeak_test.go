package audio

import (
	"math"
	"testing"
)

// faded is a sine of rate/divisor hertz that begins at phase degrees, and comes and goes softly.
func faded(divisor, phase, amplitude float64) []float32 {
	sound := make([]float32, Rate)
	const fade = Rate / 50
	for i := range sound {
		envelope := min(1, float64(i)/fade, float64(len(sound)-i)/fade)
		sound[i] = float32(envelope * amplitude * math.Sin(2*math.Pi*float64(i)/divisor+phase*math.Pi/180))
	}
	return sound
}

// TestTruePeakIsThatOfThePublishedSignals makes the signals 15 to 19 of EBU Tech 3341, which allows −0.4 to +0.2 dB.
func TestTruePeakIsThatOfThePublishedSignals(t *testing.T) {
	for _, test := range []struct {
		name                            string
		divisor, phase, amplitude, want float64
	}{
		{"15: a quarter of the rate", 4, 0, 0.5, -6.02},
		{"16: the same, between samples", 4, 45, 0.5, -6.02},
		{"17: a sixth", 6, 60, 0.5, -6.02},
		{"18: an eighth", 8, 67.5, 0.5, -6.02},
		{"19: above full scale", 4, 45, math.Sqrt2, 3.01},
		{"a third, between samples", 3, 30, 0.5, -6.02},
		{"near half of the rate", 2.3, 10, 0.5, -6.02},
	} {
		meter := newTruePeak()
		meter.add(faded(test.divisor, test.phase, test.amplitude))
		got := decibels(float64(meter.highest()))
		t.Logf("%s: %.3f dBTP", test.name, got)
		if math.Abs(got-test.want) > 0.2 {
			t.Errorf("%s: %.3f dBTP, want %.2f", test.name, got, test.want)
		}
	}
}

func TestTheSizeOfBlocksDoesNotMatterToThePeak(t *testing.T) {
	sound := faded(4, 45, 0.7)
	at := func(block int) float32 {
		meter := newTruePeak()
		for rest := sound; len(rest) > 0; {
			n := min(block, len(rest))
			meter.add(rest[:n])
			rest = rest[n:]
		}
		return meter.highest()
	}
	for _, block := range []int{1, 7, 64, 1000} {
		if at(block) != at(len(sound)) {
			t.Errorf("blocks of %d: %g, not %g", block, at(block), at(len(sound)))
		}
	}
}

func TestAPeakAtTheVeryEndIsSeen(t *testing.T) {
	sound := make([]float32, 1000)
	sound[998], sound[999] = 0.6, 0.6
	meter := newTruePeak()
	meter.add(sound)
	if got := meter.highest(); got < 0.7 {
		t.Errorf("between the last two samples: %g", got)
	}
}
