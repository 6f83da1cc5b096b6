package audio

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"
	"time"
)

// scene is what a microphone records of a ring test, and where in it the chirp begins.
type scene struct {
	sound []float32
	at    float64
}

// ringing is a ring test without a name, behind a pause that has nothing to do with frames.
func ringing(random *rand.Rand) scene {
	pause := random.IntN(Rate)
	sound := append(make([]float32, pause), RingTest(nil)...)
	return scene{sound: sound, at: float64(len(sound) - Rate - chirpFrames)}
}

// louder changes the level by so many decibels.
func (s scene) louder(dB float64) scene {
	for i := range s.sound {
		s.sound[i] *= float32(share(dB))
	}
	return s
}

// noisy adds white noise so many decibels above the chirp's level.
func (s scene) noisy(random *rand.Rand, dB float64) scene {
	level := share(RMS(s.sound[int(s.at):int(s.at)+chirpFrames]) + dB)
	for i := range s.sound {
		s.sound[i] += float32(level * random.NormFloat64())
	}
	return s
}

// echoing is heard in a yard: what comes straight, and echoes that die away by 60 dB within so long, together so many
// decibels above it.
func (s scene) echoing(random *rand.Rand, dies time.Duration, dB float64) scene {
	tail := make([]float64, framesOf(dies/2))
	var energy float64
	for i := range tail {
		if random.IntN(40) == 0 { // single walls
			tail[i] = random.NormFloat64() * math.Pow(10, -3*float64(i+Rate/200)/float64(framesOf(dies)))
			energy += tail[i] * tail[i]
		}
	}
	strength := math.Sqrt(math.Pow(10, dB/10) / energy)
	out := slices.Clone(s.sound)
	for i, v := range tail {
		if v == 0 {
			continue
		}
		gain := float32(v * strength)
		late := out[min(len(out), i+Rate/200):]
		for k := range late {
			late[k] += gain * s.sound[k]
		}
	}
	return scene{sound: out, at: s.at}
}

// horn lets 500 Hz to 5 kHz through, by 12 dB an octave on either side.
func (s scene) horn() scene {
	const quality = math.Sqrt2 / 2
	low := func(hertz float64) biquad {
		k := math.Tan(math.Pi * hertz / Rate)
		a0 := 1 + k/quality + k*k
		return biquad{b0: k * k / a0, b1: 2 * k * k / a0, b2: k * k / a0, a1: 2 * (k*k - 1) / a0, a2: (1 - k/quality + k*k) / a0}
	}
	high := func(hertz float64) biquad {
		f := low(hertz)
		k := math.Tan(math.Pi * hertz / Rate)
		f.b0, f.b1, f.b2 = f.b0/(k*k), -f.b1/(k*k), f.b2/(k*k)
		return f
	}
	bottom, top := high(500), low(5000)
	for i, v := range s.sound {
		s.sound[i] = float32(top.next(bottom.next(float64(v))))
	}
	return s
}

// skewed is recorded by a clock that is slow by so many millionths.
func (s scene) skewed(ppm float64) scene {
	ratio := 1 + ppm/1e6
	stretcher := NewStretcher()
	in := append(make([]float32, StretchBefore), s.sound...)
	out := make([]float32, int(float64(len(s.sound)-stretchTaps)/ratio))
	stretcher.Stretch(out, in, 0, int64(ratio*(1<<32)))
	return scene{sound: out, at: s.at / ratio}
}

// clipped is cut off so many decibels below the chirp's peaks.
func (s scene) clipped(dB float64) scene {
	limit := float32(chirpPeak * share(-dB))
	for i, v := range s.sound {
		s.sound[i] = max(-limit, min(limit, v))
	}
	return s
}

// stepped is rounded to 16 bits.
func (s scene) stepped() scene {
	for i, v := range s.sound {
		s.sound[i] = float32(math.Round(float64(v)*fullScale) / fullScale)
	}
	return s
}

func TestAChirpIsFoundInWhatMicrophonesRecord(t *testing.T) {
	for _, test := range []struct {
		name   string
		record func(scene, *rand.Rand) scene
		within float64 // milliseconds
	}{
		{"clean", func(s scene, _ *rand.Rand) scene { return s }, 0.1},
		{"noise 3 dB above it", func(s scene, r *rand.Rand) scene { return s.noisy(r, 3) }, 0.5},
		{"noise 12 dB above it", func(s scene, r *rand.Rand) scene { return s.noisy(r, 12) }, 1},
		{"echoes as loud as it", func(s scene, r *rand.Rand) scene { return s.echoing(r, 800*time.Millisecond, 0) }, 1},
		{"echoes of 2 s, 6 dB above it", func(s scene, r *rand.Rand) scene { return s.echoing(r, 2*time.Second, 6) }, 60},
		{"a horn", func(s scene, _ *rand.Rand) scene { return s.horn() }, 1},
		{"a clock 200 ppm slow", func(s scene, _ *rand.Rand) scene { return s.skewed(200) }, 1},
		{"a clock 200 ppm fast", func(s scene, _ *rand.Rand) scene { return s.skewed(-200) }, 1},
		{"cut off by 20 dB", func(s scene, _ *rand.Rand) scene { return s.clipped(20) }, 0.5},
		{"at −50 dBFS", func(s scene, _ *rand.Rand) scene { return s.louder(-32).stepped() }, 0.1},
		{"at −70 dBFS", func(s scene, _ *rand.Rand) scene { return s.louder(-52).stepped() }, 1},
		{"all of it", func(s scene, r *rand.Rand) scene {
			return s.echoing(r, 800*time.Millisecond, 0).horn().skewed(200).louder(-25).noisy(r, 3).stepped()
		}, 2},
	} {
		const times = 2
		found, worst, like, clear := 0, 0.0, 1.0, 1000.0
		for seed := range uint64(times) {
			random := rand.New(rand.NewPCG(seed, 1))
			s := test.record(ringing(random), random)
			if got, ok := FindChirp(s.sound); ok {
				found++
				worst = max(worst, math.Abs(float64(got.At)-s.at)*1000/Rate)
				like, clear = min(like, got.Likeness), min(clear, got.Clear)
			}
		}
		t.Logf("%-30s found %d of %d, off by %.2f ms at most, likeness ≥ %.2f, clear ≥ %.0f", test.name, found, times, worst, like, clear)
		if found != times || worst > test.within {
			t.Errorf("%s: found %d of %d, off by %.2f ms", test.name, found, times, worst)
		}
	}
}

func TestAPartOfAChirpIsNoChirp(t *testing.T) {
	chirp := Chirp()
	for _, test := range []struct {
		name  string
		sound []float32
	}{
		{"nothing", nil},
		{"one frame", []float32{1}},
		{"too short", chirp[:len(chirp)-100]},
		{"its first half", append(slices.Clone(chirp[:len(chirp)/2]), make([]float32, 2*Rate)...)},
		{"its second half", append(make([]float32, Rate), append(slices.Clone(chirp[len(chirp)/2:]), make([]float32, Rate)...)...)},
		{"cut off in the middle by the end", append(make([]float32, Rate), chirp[:len(chirp)/2]...)},
	} {
		if got, ok := FindChirp(test.sound); ok {
			t.Errorf("%s: %+v", test.name, got)
		}
	}
	if got, ok := FindChirp(chirp); !ok || got.At != 0 {
		t.Errorf("nothing but a chirp: %+v, %v", got, ok)
	}
}

func TestAChirpIsFoundAtEveryPlaceOfALongRecording(t *testing.T) {
	// Around the seams of the blocks that are looked at one after the other.
	step := hearEvery * (hearBlock - chirpFrames/hearEvery + 1)
	for _, at := range []int{0, 1, step - 11, step, step + 7, 2*step - 3, 12*Rate - chirpFrames} {
		sound := make([]float32, 12*Rate)
		copy(sound[at:], Chirp())
		if got, ok := FindChirp(sound); !ok || math.Abs(float64(got.At-at)) > 2 {
			t.Errorf("at %d: %+v, %v", at, got, ok)
		}
	}
}

func TestHowLoudAChirpWasRecordedIsTold(t *testing.T) {
	for _, dB := range []float64{0, -12, -40} {
		got, ok := FindChirp(ringing(rand.New(rand.NewPCG(1, 1))).louder(dB).sound)
		if want := RMS(Chirp()) + dB; !ok || math.Abs(got.Level-want) > 2 {
			t.Errorf("%.0f dB: %+v, want a level of %.1f", dB, got, want)
		}
	}
}

func BenchmarkFindChirp(b *testing.B) {
	const seconds = 10
	sound := make([]float32, seconds*Rate)
	copy(sound[7*Rate:], Chirp())
	b.ReportAllocs()
	for b.Loop() {
		if _, ok := FindChirp(sound); !ok {
			b.Fatal("not found")
		}
	}
	b.ReportMetric(seconds*float64(b.N)/b.Elapsed().Seconds(), "s/s")
}
