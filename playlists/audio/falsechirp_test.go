package audio

import (
	"math"
	"math/rand/v2"
	"testing"
)

// glide adds a tone to sound from second from on, that goes evenly from one pitch to another within so many seconds, with
// ramps of a tenth of that.
func glide(sound []float32, from, seconds, low, high, level float64) {
	var phase float64
	for n := range int(seconds * Rate) {
		i := int(from*Rate) + n
		if i >= len(sound) {
			return
		}
		part := float64(n) / (seconds * Rate)
		phase += 2 * math.Pi * (low + (high-low)*part) / Rate
		sound[i] += float32(level * slope(part*10) * slope((1-part)*10) * math.Sin(phase))
	}
}

// syllables are a voice of syllables: a glottis whose pitch goes up and down, and formants that move.
func syllables(sound []float32, r *rand.Rand) {
	for at := 0.0; at < float64(len(sound))/Rate; {
		length := 0.08 + 0.25*r.Float64()
		from, to := 90+220*r.Float64(), 90+220*r.Float64()
		formants := [3][2]float64{
			{300 + 500*r.Float64(), 300 + 500*r.Float64()}, {800 + 1500*r.Float64(), 800 + 1500*r.Float64()}, {2300 + 900*r.Float64(), 2300 + 900*r.Float64()},
		}
		for harmonic := 1.0; harmonic*max(from, to) < 4500; harmonic++ {
			var level float64
			for _, f := range formants {
				near := (harmonic*(from+to)/2 - (f[0]+f[1])/2) / 150
				level += 0.1 / (1 + near*near)
			}
			glide(sound, at, length, harmonic*from, harmonic*to, level/math.Sqrt(harmonic))
		}
		if r.IntN(2) == 0 { // a consonant
			for i := int(at * Rate); i < min(len(sound), int((at+0.05)*Rate)); i++ {
				sound[i] += float32(0.05 * r.NormFloat64())
			}
		}
		at += length + 0.15*r.Float64()*float64(r.IntN(3))
	}
}

// music is notes with overtones and vibrato, several at a time.
func music(sound []float32, r *rand.Rand) {
	for at := 0.0; at < float64(len(sound))/Rate; at += 0.1 + 0.4*r.Float64() {
		hertz := 220 * math.Pow(2, float64(r.IntN(36))/12)
		length, wobble, depth := 0.2+1.5*r.Float64(), 3+4*r.Float64(), 0.02*r.Float64()
		for n := range int(length * Rate) {
			i := int(at*Rate) + n
			if i >= len(sound) {
				break
			}
			t := float64(n) / Rate
			phase := 2 * math.Pi * hertz * (t + depth*math.Sin(2*math.Pi*wobble*t)/wobble/2/math.Pi)
			loud := 0.1 * slope(t*50) * math.Exp(-2*t)
			sound[i] += float32(loud * (math.Sin(phase) + 0.5*math.Sin(2*phase) + 0.3*math.Sin(3*phase)))
		}
	}
}

// sirens are glides of all kinds over wide ranges, up and down, but none that rises as a chirp does.
func sirens(sound []float32, r *rand.Rand) {
	for at := 0.0; at < float64(len(sound))/Rate; {
		length := 0.3 + 4*r.Float64()
		low, high := 300+600*r.Float64(), 1200+3000*r.Float64()
		switch rate := (high - low) / length; {
		case r.IntN(2) == 0:
			low, high = high, low
		case rate > 3000 && rate < 4300:
			length *= 2
		}
		glide(sound, at, length, low, high, 0.3)
		at += length + 0.2*r.Float64()
	}
}

// birds are short fast glides, some of them as steep as a chirp, with silence between.
func birds(sound []float32, r *rand.Rand) {
	for at := 0.0; at < float64(len(sound))/Rate; at += 0.05 + 1.5*r.Float64()*r.Float64() {
		length, low := 0.02+0.2*r.Float64(), 800+2500*r.Float64()
		high := low + (r.Float64()*2-1)*1000
		if r.IntN(2) == 0 {
			high = low + length*chirpHigh
		}
		glide(sound, at, length, low, high, 0.3*r.Float64())
	}
}

func claps(sound []float32, r *rand.Rand) {
	for range len(sound) / Rate {
		from, level := r.IntN(len(sound)), 0.9*r.Float64()
		for i := range sound[from:min(len(sound), from+Rate/10)] {
			sound[from+i] += float32(level * r.NormFloat64() * math.Exp(-float64(i)/300))
		}
	}
}

func TestNothingElseIsTakenForAChirp(t *testing.T) {
	const seconds, times = 20, 1
	for _, test := range []struct {
		name string
		make func([]float32, *rand.Rand)
	}{
		{"silence", func([]float32, *rand.Rand) {}},
		{"white noise", func(sound []float32, r *rand.Rand) {
			for i := range sound {
				sound[i] = float32(0.2 * r.NormFloat64())
			}
		}},
		{"rumble", func(sound []float32, r *rand.Rand) {
			var v float64
			for i := range sound {
				v = 0.998*v + 0.02*r.NormFloat64()
				sound[i] = float32(v)
			}
		}},
		{"the last bit", func(sound []float32, r *rand.Rand) {
			for i := range sound {
				sound[i] = float32(r.IntN(3)-1) / fullScale
			}
		}},
		{"hum and a whistle", func(sound []float32, r *rand.Rand) {
			glide(sound, 0, seconds, 50, 50, 0.4)
			glide(sound, 0, seconds, 1000+2000*r.Float64(), 1000+2000*r.Float64(), 0.3)
		}},
		{"speech", syllables},
		{"music", music},
		{"sirens", sirens},
		{"birds", birds},
		{"claps", claps},
		{"the chime, and a chirp backwards", func(sound []float32, r *rand.Rand) {
			at := r.IntN(Rate) + copy(sound, Chime())
			for i, v := range Chirp() {
				sound[at+chirpFrames-i] = v
			}
		}},
		{"a faster chirp and a wider one", func(sound []float32, r *rand.Rand) {
			glide(sound, r.Float64(), 0.8, chirpLow, chirpHigh, 0.2)
			glide(sound, 3+r.Float64(), 1, 300, 6000, 0.2)
		}},
	} {
		var like, clear float64
		for seed := range uint64(times) {
			r := rand.New(rand.NewPCG(seed, 2))
			sound := make([]float32, seconds*Rate)
			test.make(sound, r)
			best, whole := likest(sound)
			if best.Likeness > 0 {
				like, clear = max(like, best.Likeness), max(clear, best.Clear)
			}
			if best.likely() && whole {
				t.Errorf("%s, seed %d: taken for a chirp: %+v", test.name, seed, best)
			}
		}
		t.Logf("%-32s %d s: likeness ≤ %.3f, clear ≤ %.1f", test.name, seconds*times, like, clear)
	}
}
