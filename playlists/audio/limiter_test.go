package audio

import (
	"errors"
	"io"
	"math"
	"math/rand/v2"
	"testing"
)

// limited is what the limiter makes of sound.
func limited(t testing.TB, sound []float32, ceiling float32, block int) ([]float32, *limiter) {
	t.Helper()
	l := newLimiter(&floatsOf{sound}, ceiling)
	var all []float32
	for {
		room := make([]float32, block)
		n, err := l.read(room)
		all = append(all, room[:n]...)
		if errors.Is(err, io.EOF) {
			return all, l
		}
		if err != nil {
			t.Fatal(err)
		}
	}
}

func TestNothingIsLouderThanTheCeiling(t *testing.T) {
	const ceiling = 0.891 // −1 dBTP
	random := rand.New(rand.NewPCG(1, 2))
	noise := make([]float32, 2*Rate)
	for i := range noise {
		noise[i] = float32(4 * (random.Float64() - 0.5))
	}
	click := make([]float32, Rate)
	click[0], click[100], click[20_000], click[Rate-1] = 3, -5, 8, -2
	for name, sound := range map[string][]float32{
		"noise": noise, "clicks": click, "between samples": faded(4, 45, 2), "a voice's lowest": faded(400, 0, 3), "short": noise[:50],
	} {
		out, l := limited(t, sound, ceiling, blockFrames)
		if len(out) != len(sound) {
			t.Fatalf("%s: %d frames of %d", name, len(out), len(sound))
		}
		meter := newTruePeak()
		meter.add(out)
		over := decibels(float64(meter.highest())) - decibels(ceiling)
		t.Logf("%s: %+.3f dB, turned down by at most %.1f dB", name, over, decibels(l.reduction))
		if over > 0.1 || loudestOf(out) > ceiling+1e-6 {
			t.Errorf("%s: %.3f dB above the ceiling, highest sample %g", name, over, loudestOf(out))
		}
	}
}

func TestWhatIsBelowTheCeilingPassesUnchanged(t *testing.T) {
	sound := faded(100, 0, 0.8)
	out, l := limited(t, sound, 0.891, 777)
	for i := range sound {
		if out[i] != sound[i] {
			t.Fatalf("frame %d: %g became %g", i, sound[i], out[i])
		}
	}
	if l.reduction != 1 {
		t.Errorf("turned down to %g", l.reduction)
	}
}

func TestTheLimiterNeitherDelaysNorClicks(t *testing.T) {
	sound := faded(480, 0, 0.5)
	sound[24_000] = 6
	out, _ := limited(t, sound, 0.891, 100)
	// Far from the peak it is as it was, and nowhere does the share that passes jump.
	for _, i := range []int{10_000, 22_000, 47_000} {
		if d := math.Abs(float64(out[i] - sound[i])); d > 0.01 {
			t.Errorf("frame %d: %g became %g", i, sound[i], out[i])
		}
	}
	for i := 1_000; i < 47_000; i++ {
		if i == 24_000 || i == 24_001 {
			continue
		}
		step, was := math.Abs(float64(out[i]-out[i-1])), math.Abs(float64(sound[i]-sound[i-1]))
		if step > was+0.006 {
			t.Fatalf("frame %d: a step of %g where there was one of %g", i, step, was)
		}
	}
}

func TestTheSizeOfReadsDoesNotMatterToTheLimiter(t *testing.T) {
	sound := faded(7, 0, 2)
	one, _ := limited(t, sound, 0.891, 1)
	many, _ := limited(t, sound, 0.891, 5000)
	for i := range one {
		if one[i] != many[i] {
			t.Fatalf("frame %d: %g and %g", i, one[i], many[i])
		}
	}
}

func BenchmarkLimiter(b *testing.B) {
	sound := faded(7, 0, 2)
	block := make([]float32, blockFrames)
	for b.Loop() {
		l := newLimiter(&floatsOf{sound}, 0.891)
		for {
			if _, err := l.read(block); err != nil {
				break
			}
		}
	}
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "×realtime")
}
