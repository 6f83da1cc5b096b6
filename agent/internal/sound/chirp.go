package sound

import (
	"io"
	"math"
	"time"
)

const (
	// chirpLow and chirpHigh are where a chirp begins and ends, in Hz: what a horn can give back.
	chirpLow, chirpHigh = 300.0, 6000.0
	// chirpFrames is its length: one second.
	chirpFrames = Rate
	// chirpRamp is how long its ramps are, chirpSoft how long it is low at first, for the amplifier and the people under
	// the horn, and chirpHush how low: −20 dB.
	chirpRamp = 20 * time.Millisecond
	chirpSoft = 200 * time.Millisecond
	chirpHush = 0.1
	// chirpPeak is the loudest that it gets, as a part of full scale: −6 dB.
	chirpPeak = 0.5
)

// Chirp is a tone that rises evenly from 300 Hz to 6 kHz within a second, for people and microphones to tell from
// everything else. It is read once, as a FrameReader.
type Chirp struct{ next int64 }

// Frames is how many frames the chirp has.
func (*Chirp) Frames() int64 { return chirpFrames }

// ReadFrames gives the chirp's next frames. See FrameReader.
func (c *Chirp) ReadFrames(p []int16) (int, error) {
	n := min(int64(len(p)), chirpFrames-c.next)
	for i := range n {
		p[i] = chirpFrame(c.next + i)
	}
	if c.next += n; c.next == chirpFrames {
		return int(n), io.EOF
	}
	return int(n), nil
}

// chirpFrame is its n-th frame.
func chirpFrame(n int64) int16 {
	t := float64(n) / Rate
	const length = float64(chirpFrames) / Rate
	phase := 2 * math.Pi * (chirpLow*t + (chirpHigh-chirpLow)*t*t/(2*length))
	loud := chirpHush + (1-chirpHush)*rise(t-chirpSoft.Seconds())
	return int16(math.Round(math.MaxInt16 * chirpPeak * math.Sin(phase) * loud * rise(t) * rise(length-t)))
}

// rise goes from 0 at 0 to 1 at the end of a ramp, without a corner.
func rise(t float64) float64 {
	part := max(0, min(1, t/chirpRamp.Seconds()))
	return (1 - math.Cos(math.Pi*part)) / 2
}
