package sound

import (
	"io"
	"math"

	"dalaba/playlists/audio"
)

// Chirp gives the frames of the one tone that microphones know, audio.Chirp. It is read once, as a FrameReader.
type Chirp struct{ left []float32 }

// NewChirp makes one, to be read from its beginning.
func NewChirp() *Chirp { return &Chirp{left: audio.Chirp()} }

// Frames is how many frames of the chirp are left.
func (c *Chirp) Frames() int64 { return int64(len(c.left)) }

// ReadFrames gives the chirp's next frames. See FrameReader.
func (c *Chirp) ReadFrames(p []int16) (int, error) {
	n := min(len(p), len(c.left))
	for i, v := range c.left[:n] {
		p[i] = int16(math.Round(float64(v) * math.MaxInt16))
	}
	if c.left = c.left[n:]; len(c.left) == 0 {
		return n, io.EOF
	}
	return n, nil
}
