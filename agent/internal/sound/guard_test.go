package sound

import (
	"math"
	"math/rand/v2"
	"testing"
)

// noise is n frames of it, up to peak.
func noise(n int, peak int32) []int16 {
	r := rand.New(rand.NewPCG(7, 7))
	list := make([]int16, n)
	for i := range list {
		list[i] = int16(r.Int32N(2*peak) - peak)
	}
	return list
}

// level is the root of the mean square of list, in dB of full scale.
func level(list []int16) float64 {
	var sum float64
	for _, s := range list {
		sum += float64(s) * float64(s)
	}
	return 10 * math.Log10(sum/float64(len(list))/(1<<30))
}

// tone is n frames of a sine of that frequency and amplitude.
func tone(n int, hertz, amplitude float64) []int16 {
	list := make([]int16, n)
	for i := range list {
		list[i] = int16(math.Round(amplitude * math.Sin(2*math.Pi*hertz/Rate*float64(i))))
	}
	return list
}

// largestStep is the greatest difference of two neighbours in list, the silence before it included.
func largestStep(list []int16) int {
	largest, last := 0, 0
	for _, s := range list {
		largest, last = max(largest, int(s)-last, last-int(s)), int(s)
	}
	return largest
}

func TestNothingIsLouderThanTheCeiling(t *testing.T) {
	m := NewMixer()
	for _, hertz := range []float64{300, 440, 1000} {
		place(t, m, tone(Rate, hertz, 32_000), 0, 100)
	}
	out := pull(m, Rate)
	own := 0
	for _, hertz := range []float64{300, 440, 1000} {
		own += largestStep(tone(Rate, hertz, 32_000))
	}
	for i, s := range out {
		if s > ceiling || s < -ceiling {
			t.Fatalf("frame %d is %d", i, s)
		}
	}
	if step := largestStep(out); step > own {
		t.Errorf("a step of %d, the sound's own are at most %d", step, own)
	}
}

func TestFullScaleNoiseIsHeldBack(t *testing.T) {
	m := NewMixer()
	speech := tone(Rate, 700, 9000)
	place(t, m, speech, 0, 100)
	place(t, m, noise(2*Rate, 32_767), Rate, 100)
	out := pull(m, 3*Rate)
	for i, s := range speech[:Rate-mixChunk] {
		if out[i] != s {
			t.Fatalf("frame %d of what came before is changed", i)
		}
	}
	if l := level(out[Rate+2*noiseDown:]); l > -25 {
		t.Errorf("noise sounds at %.1f dB", l)
	}
	if m.Noise() != 1 {
		t.Errorf("noise was counted %d times", m.Noise())
	}
	place(t, m, tone(3*Rate, 700, 9000), m.Position(), 100)
	out = pull(m, 2*Rate)
	if l := level(out[Rate:]); math.Abs(l-level(speech)) > 0.1 {
		t.Errorf("afterwards speech sounds at %.1f dB", l)
	}
}

func TestWhatIsLoudButNoNoiseIsLeftAlone(t *testing.T) {
	for _, c := range []struct {
		name string
		list []int16
	}{
		{"a siren", tone(Rate, 1500, ceiling)},
		{"a hiss as loud as speech has them", noise(Rate, 6000)},
		{"a constant", func() []int16 {
			list := make([]int16, Rate)
			for i := range list {
				list[i] = 20_000
			}
			return list
		}()},
	} {
		m := NewMixer()
		place(t, m, c.list, 0, 100)
		for i, s := range pull(m, Rate) {
			if s != c.list[i] {
				t.Errorf("%s: frame %d is %d, want %d", c.name, i, s, c.list[i])
				break
			}
		}
	}
}
