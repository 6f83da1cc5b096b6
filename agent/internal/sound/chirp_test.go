package sound

import (
	"errors"
	"io"
	"math"
	"testing"
)

// chirp reads one in pieces.
func chirp(t *testing.T) []int16 {
	t.Helper()
	var c Chirp
	var all []int16
	for {
		p := make([]int16, 777)
		n, err := c.ReadFrames(p)
		all = append(all, p[:n]...)
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if int64(len(all)) != c.Frames() || len(all) != Rate {
		t.Fatalf("%d frames", len(all))
	}
	return all
}

// part returns the loudest frame between two moments, in seconds, and how often the wave goes up through zero in one.
func part(frames []int16, from, to float64) (peak, pitch float64) {
	a, b := int(from*Rate), int(to*Rate)
	for i := a; i < b; i++ {
		peak = max(peak, math.Abs(float64(frames[i])))
		if i > a && frames[i-1] < 0 && frames[i] >= 0 {
			pitch++
		}
	}
	return peak / math.MaxInt16, pitch / (to - from)
}

func TestAChirpBeginsLowAndRises(t *testing.T) {
	frames := chirp(t)
	if frames[0] != 0 || frames[len(frames)-1] != 0 {
		t.Errorf("it begins with %d and ends with %d", frames[0], frames[len(frames)-1])
	}
	for _, test := range []struct {
		name      string
		from, to  float64
		low, high float64 // of the loudest frame
		pitch     float64 // in the middle, in Hz
	}{
		{"the first 5 ms", 0, 0.005, 0, 0.01, 0},
		{"low at first", 0.05, 0.195, 0.048, 0.0501, 300 + 5700*0.1225},
		{"loud then", 0.3, 0.4, 0.49, 0.5001, 300 + 5700*0.35},
		{"at the end", 0.85, 0.95, 0.48, 0.5001, 300 + 5700*0.9},
		{"the last 5 ms", 0.995, 1, 0, 0.1, 0},
	} {
		peak, pitch := part(frames, test.from, test.to)
		if peak < test.low || peak > test.high {
			t.Errorf("%s: loudest %.3f, want %.3f to %.3f", test.name, peak, test.low, test.high)
		}
		if test.pitch > 0 && math.Abs(pitch-test.pitch) > 20 {
			t.Errorf("%s: %.0f Hz, want %.0f", test.name, pitch, test.pitch)
		}
	}
}

func TestAChirpDoesNotClick(t *testing.T) {
	frames := chirp(t)
	// The steepest that a sine of the highest pitch and the full level can be.
	limit := 2 * math.Pi * chirpHigh / Rate * math.MaxInt16 * chirpPeak
	for i := 1; i < len(frames); i++ {
		if step := math.Abs(float64(frames[i]) - float64(frames[i-1])); step > limit+1 {
			t.Fatalf("frame %d: a step of %.0f, more than %.0f", i, step, limit)
		}
	}
}
