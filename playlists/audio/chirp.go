package audio

import (
	"math"
	"time"
)

const (
	// chirpLow and chirpHigh are where a chirp begins and ends, in Hz: every horn gives back what lies between.
	chirpLow, chirpHigh = 400.0, 4000.0
	// chirpFrames is its length: one second.
	chirpFrames = Rate
	// chirpRise is how long it grows, softly for the people under the horn and for the amplifier, and chirpFall how long it
	// fades.
	chirpRise, chirpFall = 150 * time.Millisecond, 50 * time.Millisecond
	// chirpPeak is the loudest that it gets, as a part of full scale. It makes it as loud as a town's clips are.
	chirpPeak = 0.175
)

// Chirp is a tone that rises evenly from 400 Hz to 4 kHz within a second, for people and microphones (see FindChirp) to
// tell from everything else. It is as loud as DefaultTarget, begins and ends in silence, and is the same every time. The
// caller may change the frames.
func Chirp() []float32 {
	sound := make([]float32, chirpFrames)
	const length = float64(chirpFrames) / Rate
	for n := range sound {
		t := float64(n) / Rate
		phase := 2 * math.Pi * (chirpLow*t + (chirpHigh-chirpLow)*t*t/(2*length))
		loud := slope(t/chirpRise.Seconds()) * slope((length-t)/chirpFall.Seconds())
		sound[n] = float32(chirpPeak * loud * math.Sin(phase))
	}
	return sound
}

// slope goes from 0 at 0 to 1 at 1, without a corner.
func slope(part float64) float64 { return (1 - math.Cos(math.Pi*max(0, min(1, part)))) / 2 }
