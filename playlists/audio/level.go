package audio

import (
	"math"

	"dalaba/playlists"
)

// fullScale is how many steps a 16-bit sample has on each side of zero.
const fullScale = 1 << 15

// silenceDB stands for the level of digital silence, which has none.
const silenceDB = -120.0

// Level is how loud a sound is.
type Level struct {
	// Loudness is integrated after ITU-R BS.1770-4, in LUFS; −120 where nothing passes its gate.
	Loudness float64
	// TruePeak is the highest deflection, between samples too, in dBTP. Peak is the highest sample, and RMS the root mean
	// square of all, in dBFS: 0 is full scale, −120 or less is given as −120.
	TruePeak, Peak, RMS float64
	// DC is the mean of all samples, full scale ±1.
	DC float64
	// Clipped is the share of frames that were cut off at full scale, 0 to 1: three or more in a row at one value.
	Clipped float64
}

// gauge measures a mono sound at Rate as it passes.
type gauge struct {
	frames       int64
	sum, squares float64
	peak         float32
	top          plateau
	true         *truePeak
	loud         *loudness
}

func newGauge() *gauge { return &gauge{true: newTruePeak(), loud: newLoudness(Rate, 1)} }

func (g *gauge) add(sound []float32) {
	for _, v := range sound {
		g.sum += float64(v)
		g.squares += float64(v) * float64(v)
		g.top.add(v)
	}
	g.peak = max(g.peak, loudestOf(sound))
	g.true.add(sound)
	g.loud.add(sound)
	g.frames += int64(len(sound))
}

func (g *gauge) level() Level {
	if g.frames == 0 {
		return Level{Loudness: silenceDB, TruePeak: silenceDB, Peak: silenceDB, RMS: silenceDB}
	}
	n := float64(g.frames)
	return Level{
		Loudness: g.loud.integrated(),
		TruePeak: decibels(float64(g.true.highest())),
		Peak:     decibels(float64(g.peak)),
		RMS:      decibels(math.Sqrt(g.squares / n)),
		DC:       g.sum / n,
		Clipped:  g.top.share(),
	}
}

// RMS is the root mean square of a sound in dBFS, and −120 that of silence and of nothing.
func RMS(sound []float32) float64 {
	var squares float64
	for _, v := range sound {
		squares += float64(v) * float64(v)
	}
	return decibels(math.Sqrt(squares / max(1, float64(len(sound)))))
}

// plateau finds where a channel was cut off: so many samples in a row at one and the same value near full scale are not
// how any sound goes.
type plateau struct {
	last     float32
	run      int
	all, cut int64
}

const (
	plateauLength = 3
	nearFull      = 0.98
)

func (p *plateau) add(v float32) {
	p.all++
	if v != p.last || v < nearFull && v > -nearFull {
		p.last, p.run = v, 1
		return
	}
	switch p.run++; {
	case p.run == plateauLength:
		p.cut += plateauLength
	case p.run > plateauLength:
		p.cut++
	}
}

func (p *plateau) share() float64 { return float64(p.cut) / float64(max(1, p.all)) }

// decibels returns the level of a share of full scale, in dBFS.
func decibels(share float64) float64 {
	if share <= 0 {
		return silenceDB
	}
	return max(silenceDB, 20*math.Log10(share))
}

// share returns the share of full scale that a level is.
func share(decibels float64) float64 { return math.Pow(10, decibels/20) }

// Silences are where a clip does not sound.
type Silences struct {
	// Begin and End are how long it is silent before its first and after its last sound, and Longest is the longest
	// pause in between. A clip that never sounds is all Begin.
	Begin, End, Longest playlists.Millis
}

// Silence is when ten milliseconds have no sample above a bound.
const (
	silenceFrames = Rate / 100
	silenceBelow  = -45.0 // dBFS
)

// hush finds the silences in what passes.
type hush struct {
	bound        float32
	filled       int
	loud         bool // something in the present ten milliseconds
	sounded      bool
	run, longest int64 // of ten milliseconds each
	begin        int64
}

func newHush() *hush { return &hush{bound: float32(share(silenceBelow))} }

func (h *hush) add(sound []float32) {
	for len(sound) > 0 {
		n := min(silenceFrames-h.filled, len(sound))
		h.loud = h.loud || loudestOf(sound[:n]) >= h.bound
		sound = sound[n:]
		if h.filled += n; h.filled == silenceFrames {
			h.end()
		}
	}
}

// end closes ten milliseconds.
func (h *hush) end() {
	switch {
	case !h.loud:
		h.run++
	case !h.sounded:
		h.begin, h.run, h.sounded = h.run, 0, true
	default:
		h.longest, h.run = max(h.longest, h.run), 0
	}
	h.filled, h.loud = 0, false
}

func (h *hush) silences() Silences {
	if h.filled > 0 {
		h.end()
	}
	const unit = 1000 * silenceFrames / Rate
	if !h.sounded {
		return Silences{Begin: playlists.Millis(h.run * unit)}
	}
	return Silences{
		Begin: playlists.Millis(h.begin * unit), End: playlists.Millis(h.run * unit), Longest: playlists.Millis(h.longest * unit),
	}
}
