package audio

import (
	"fmt"
	"math"
	"testing"
)

// part is a sine of 1 kHz for so many seconds; channels may differ in their level.
type part struct {
	seconds float64
	dBFS    []float64
}

// programme plays parts one after the other, interleaved.
func programme(rate int, parts ...part) []float32 {
	var sound []float32
	for _, p := range parts {
		for i := range int(p.seconds * float64(rate)) {
			s := math.Sin(2 * math.Pi * 1000 * float64(i) / float64(rate))
			for _, level := range p.dBFS {
				sound = append(sound, float32(s*math.Pow(10, level/20)))
			}
		}
	}
	return sound
}

func stereo(seconds, dBFS float64) part { return part{seconds, []float64{dBFS, dBFS}} }

// TestLoudnessIsThatOfThePublishedSignals makes the signals that EBU Tech 3341 describes for integrated loudness and that can be
// made; it allows 0.1 LU.
func TestLoudnessIsThatOfThePublishedSignals(t *testing.T) {
	two := []float64{1, 1}
	surround := []float64{1, 1, 1, 1.41, 1.41}
	for _, test := range []struct {
		name    string
		parts   []part
		weights []float64
		want    float64
	}{
		{"1: −23 dBFS", []part{stereo(20, -23)}, two, -23},
		{"2: −33 dBFS", []part{stereo(20, -33)}, two, -33},
		{"3: softer parts before and after", []part{stereo(10, -36), stereo(60, -23), stereo(10, -36)}, two, -23},
		{
			"4: parts below the absolute gate as well",
			[]part{stereo(10, -72), stereo(10, -36), stereo(60, -23), stereo(10, -36), stereo(10, -72)},
			two, -23,
		},
		{"5: a louder part in the middle", []part{stereo(20, -26), stereo(20.1, -20), stereo(20, -26)}, two, -23},
		{"6: five channels", []part{{20, []float64{-28, -28, -24, -30, -30}}}, surround, -23},
		{"one channel", []part{{20, []float64{-20}}}, []float64{1}, -23},
	} {
		for _, rate := range []int{8_000, 16_000, 44_100, 48_000, 96_000, 192_000} {
			if rate != Rate && len(test.parts) > 1 { // what differs is the filters
				continue
			}
			meter := newLoudness(rate, test.weights...)
			meter.add(programme(rate, test.parts...))
			if got := meter.integrated(); math.Abs(got-test.want) > 0.1 {
				t.Errorf("%s, at %d: %.3f LUFS, want %.1f", test.name, rate, got, test.want)
			} else if rate == Rate {
				t.Logf("%s: %.3f LUFS", test.name, got)
			}
		}
	}
}

// TestTheFiltersAreThoseOfTheRecommendation compares them with the numbers that ITU-R BS.1770 prints for 48,000.
func TestTheFiltersAreThoseOfTheRecommendation(t *testing.T) {
	for _, test := range []struct {
		name string
		got  biquad
		want [5]float64
	}{
		{"shelf", shelf(48_000), [5]float64{1.53512485958697, -2.69169618940638, 1.19839281085285, -1.69065929318241, 0.73248077421585}},
		{"high pass", highPass(48_000), [5]float64{1, -2, 1, -1.99004745483398, 0.99007225036621}},
	} {
		f := test.got
		for i, got := range [5]float64{f.b0, f.b1, f.b2, f.a1, f.a2} {
			if math.Abs(got-test.want[i]) > 1e-8 {
				t.Errorf("%s, coefficient %d: %.14f, want %.14f", test.name, i, got, test.want[i])
			}
		}
	}
}

func TestWhatIsShorterThanABlockHasALoudnessToo(t *testing.T) {
	for _, seconds := range []float64{0.05, 0.1, 0.25, 0.399, 0.4, 0.45} {
		meter := newLoudness(Rate, 1)
		meter.add(programme(Rate, part{seconds, []float64{-20}}))
		if got := meter.integrated(); math.Abs(got+23) > 0.5 {
			t.Errorf("%g s: %.2f LUFS", seconds, got)
		}
	}
	if got := newLoudness(Rate, 1).integrated(); got != silenceDB {
		t.Errorf("nothing: %g", got)
	}
	meter := newLoudness(Rate, 1)
	meter.add(make([]float32, Rate))
	if got := meter.integrated(); got != silenceDB {
		t.Errorf("silence: %g", got)
	}
}

func BenchmarkLoudness(b *testing.B) {
	for _, channels := range []int{1, 2} {
		b.Run(fmt.Sprint(channels), func(b *testing.B) {
			sound := programme(Rate, part{1, make([]float64, channels)})
			meter := newLoudness(Rate, make([]float64, channels)...)
			for b.Loop() {
				meter.add(sound)
			}
			b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "×realtime")
		})
	}
}
