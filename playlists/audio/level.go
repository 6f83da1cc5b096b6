package audio

import "math"

// fullScale is how many steps a 16-bit sample has on each side of zero.
const fullScale = 1 << 15

// silenceDB stands for the level of digital silence, which has none.
const silenceDB = -120.0

// Where notes begin.
const (
	silentBelow   = -50.0 // dBFS of the peak
	quietBelow    = -24.0 // dBFS of the peak
	clippedAbove  = 0.001 // share of the frames
	offsetAbove   = 0.02  // of full scale
	shortBelowSec = 1
)

// Level is how loud a clip is.
type Level struct {
	// Peak is the highest sample, and RMS the root mean square of all, in dBFS: 0 is full scale, −120 or less is given
	// as −120.
	Peak, RMS float64
	// DC is the mean of all samples, full scale ±1.
	DC float64
	// Clipped is the share of frames at full scale, 0 to 1.
	Clipped float64
}

// meter measures frames as they pass.
type meter struct {
	frames, clipped int64
	peak            int
	sum             int64
	squares         float64
}

func (m *meter) add(samples []int) {
	var squares int64 // exact: a block's squares need less than 2⁴²
	for _, v := range samples {
		if v >= math.MaxInt16 || v == math.MinInt16 {
			m.clipped++
		}
		m.peak = max(m.peak, v, -v)
		m.sum += int64(v)
		squares += int64(v) * int64(v)
	}
	m.squares += float64(squares)
	m.frames += int64(len(samples))
}

func (m *meter) level() Level {
	if m.frames == 0 {
		return Level{Peak: silenceDB, RMS: silenceDB}
	}
	n := float64(m.frames)
	return Level{
		Peak:    decibels(float64(m.peak) / fullScale),
		RMS:     decibels(math.Sqrt(m.squares/n) / fullScale),
		DC:      float64(m.sum) / n / fullScale,
		Clipped: float64(m.clipped) / n,
	}
}

// decibels returns the level of a share of full scale, in dBFS.
func decibels(share float64) float64 {
	if share <= 0 {
		return silenceDB
	}
	return max(silenceDB, 20*math.Log10(share))
}

// notes lists what should be said of r.
func notes(r Rendition, truncated bool) []Note {
	var list []Note
	say := func(when bool, n Note) {
		if when {
			list = append(list, n)
		}
	}
	silent := r.Level.Peak < silentBelow
	say(silent, NoteSilent)
	say(!silent && r.Level.Peak < quietBelow, NoteQuiet)
	say(r.Level.Clipped > clippedAbove, NoteClipped)
	say(math.Abs(r.Level.DC) > offsetAbove, NoteOffset)
	say(r.Frames < shortBelowSec*Rate, NoteShort)
	say(truncated, NoteTruncated)
	return list
}
