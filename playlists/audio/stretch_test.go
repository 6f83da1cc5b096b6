package audio

import (
	"math"
	"testing"
)

// stretched is a tone of that frequency at ratio of its speed, and the samples that it is made of, 1/2³² of a frame apart.
func stretched(s *Stretcher, hertz, ratio float64, n int) []float32 {
	in := make([]float32, int(float64(n)*ratio)+stretchTaps+1)
	for i := range in {
		in[i] = float32(0.5 * math.Sin(2*math.Pi*hertz/Rate*float64(i-StretchBefore)))
	}
	out := make([]float32, n)
	s.Stretch(out, in, 0, int64(ratio*(1<<32)))
	return out
}

// purity is how many decibels the tone in list lies above all the rest of it.
func purity(list []float32, hertz float64) float64 {
	// The tone is the best fit of a sine and a cosine, by the normal equations.
	var ss, sc, cc, sy, cy float64
	for i, v := range list {
		sin, cos := math.Sincos(2 * math.Pi * hertz / Rate * float64(i))
		ss, sc, cc = ss+sin*sin, sc+sin*cos, cc+cos*cos
		sy, cy = sy+sin*float64(v), cy+cos*float64(v)
	}
	det := ss*cc - sc*sc
	a, b := (sy*cc-cy*sc)/det, (cy*ss-sy*sc)/det
	var tone, rest float64
	for i, v := range list {
		sin, cos := math.Sincos(2 * math.Pi * hertz / Rate * float64(i))
		fit := a*sin + b*cos
		tone, rest = tone+fit*fit, rest+(float64(v)-fit)*(float64(v)-fit)
	}
	return 10 * math.Log10(tone/rest)
}

func TestStretchedTonesStayPure(t *testing.T) {
	s := NewStretcher()
	for _, ppm := range []float64{-2000, -100, -3, 20, 100, 2000} {
		ratio := 1 + ppm/1e6
		ratio = float64(int64(ratio*(1<<32))) / (1 << 32)
		worst, where := math.Inf(1), 0.0
		for _, hertz := range []float64{300, 440, 1000, 2500, 4000, 6300, 8000, 10_000, 11_000, 12_000} {
			// As long as it takes to pass through every phase, or a second.
			n := max(Rate/4, int(min(4/math.Abs(ratio-1), Rate)))
			if p := purity(stretched(s, hertz, ratio, n), hertz*ratio); p < worst {
				worst, where = p, hertz
			}
		}
		t.Logf("%+5.0f ppm: at least %.1f dB, at %.0f Hz", ppm, worst, where)
		if worst < 70 {
			t.Errorf("%+.0f ppm: %.1f dB at %.0f Hz, want 70", ppm, worst, where)
		}
	}
}

func TestStretchingKeepsTheLevel(t *testing.T) {
	s := NewStretcher()
	for _, hertz := range []float64{300, 1000, 4000, 8000, 12_000} {
		var sum float64
		list := stretched(s, hertz, 1.001, Rate)
		for _, v := range list {
			sum += float64(v) * float64(v)
		}
		if level := 10 * math.Log10(sum/float64(len(list))/0.125); math.Abs(level) > 0.05 {
			t.Errorf("%.0f Hz: %.3f dB", hertz, level)
		}
	}
}

func TestAtItsFramesSoundIsUnchanged(t *testing.T) {
	s := NewStretcher()
	in := make([]float32, 200)
	for i := range in {
		in[i] = float32(i*7919%2000-1000) / 1000
	}
	out := make([]float32, 180)
	s.Stretch(out, in, 0, 1<<32)
	for i, v := range out {
		if want := in[i+StretchBefore]; math.Abs(float64(v-want)) > 1e-6 {
			t.Fatalf("frame %d is %v, want %v", i, v, want)
		}
	}
}

// BenchmarkStretch is of a second of sound.
func BenchmarkStretch(b *testing.B) {
	s := NewStretcher()
	in, out := make([]float32, 1000), make([]float32, 480)
	b.ReportAllocs()
	for b.Loop() {
		for range Rate / len(out) {
			s.Stretch(out, in, 12345, 1<<32+429497)
		}
	}
}
