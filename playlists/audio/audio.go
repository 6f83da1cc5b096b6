// Package audio turns an uploaded recording into the one form that agents play, and reads that form back. It is pure:
// bytes come in as an io.ReaderAt, and go out as an io.WriteSeeker.
//
// Render decides by content what a file is (kind.go); a name or a media type is never asked. The order of trust is:
// first an own bounded walk over the container, which believes no number in it beyond what the file can hold (riff.go,
// mpeg.go, ogg.go, vorbissetup.go); then a decoder behind one interface, whose panics are refusals (decoder.go); then
// one channel; then 48,000 frames a second (resample.go); then, where a target is given, what is measured (loudness.go,
// truepeak.go) is brought to it and kept below a ceiling (limiter.go); then 16 bits, written by the WAV encoder and
// measured again on the way (level.go). What comes out depends on the recording's bytes, the target and the ceiling
// alone, so the same upload has the same digest always, and a clip that is at its target is rendered to itself.
// Everything streams: memory does not grow with length, but for 80 bytes of loudness a second.
//
// It also makes what a horn is tested with, the same every time (ringtest.go, chirp.go), and finds the chirp in what a
// microphone has recorded (findchirp.go), by how like a chirp the sound is at every place.
//
// A recording that cannot be played right is refused with a *playlists.Problem. What plays, but may not be what its
// author wanted to hear, has Notes.
package audio

import (
	"context"
	"io"
	"math"
	"time"

	"dalaba/playlists"
)

// Rate is how many frames a second a clip has. A frame of a clip is one signed 16-bit sample.
const Rate = 48_000

// DefaultLongest is the longest recording that is taken where Limits say nothing.
const DefaultLongest = 30 * time.Minute

// DefaultTarget and DefaultCeiling are what a town's clips are brought to where it says nothing: loudness in LUFS, and
// true peak in dBTP.
const (
	DefaultTarget  = -16.0
	DefaultCeiling = -1.0
)

// MaxGain bounds in dB by how much a recording is amplified: beyond that it is noise that becomes loud.
const MaxGain = 20.0

// blockFrames is how many frames are worked on at a time: half a second in memory at the lowest rate.
const blockFrames = 2048

// Limits bound what Render takes, and say what it makes of it.
type Limits struct {
	// Longest is the longest recording; zero means DefaultLongest.
	Longest time.Duration
	// Target is the loudness of clips in LUFS; zero leaves every recording as loud as it is.
	Target float64
	// Ceiling is the highest true peak of clips in dBTP. It holds where there is a target; zero means DefaultCeiling.
	Ceiling float64
}

// Rendition describes a clip that Render made.
type Rendition struct {
	// Frames is its length in frames of 1/48,000 s.
	Frames int64
	// Bytes is the size of the file.
	Bytes int64
	// Source is how loud the recording was, in one channel at Rate; Clipped is that of the channel that has most.
	Source Level
	// Gain is by how many dB it was amplified, less than zero for attenuated, and Limited by how many its peaks were
	// turned down at most, 0 or less.
	Gain, Limited float64
	// Level is how loud the clip is.
	Level Level
	// Silences are where it does not sound.
	Silences Silences
	// Outline is how it looks.
	Outline Outline
	// Notes are in the order of the constants, none twice.
	Notes []Note
}

// Duration is how long the clip sounds, in whole milliseconds.
func (r Rendition) Duration() playlists.Millis { return playlists.Millis(r.Frames * 1000 / Rate) }

// Render reads the recording of size bytes at r and writes it to w as a clip. w must be empty and is not closed; an
// *os.File is synced. After an error, what w holds is worthless. Besides a *playlists.Problem for a recording that
// cannot be taken, errors are those of r, w and ctx.
func Render(ctx context.Context, r io.ReaderAt, size int64, w io.WriteSeeker, limits Limits) (Rendition, error) {
	if limits.Longest <= 0 {
		limits.Longest = DefaultLongest
	}
	if limits.Ceiling == 0 {
		limits.Ceiling = DefaultCeiling
	}
	longest := limits.Longest.Seconds()
	job := rendering{r: r, size: size, limits: limits, longest: longest}
	found, err := job.open()
	if err != nil {
		return Rendition{}, err
	}
	if found.seconds() > longest {
		return Rendition{}, tooLong(found.seconds(), longest)
	}
	var made Rendition
	var change correction
	if limits.Target != 0 {
		if made.Source, err = job.measure(ctx, found, correction{}); err != nil {
			return Rendition{}, err
		}
		if change, err = job.correct(ctx, made.Source); err != nil {
			return Rendition{}, err
		}
		if found, err = job.open(); err != nil {
			return Rendition{}, err
		}
	}
	if err := job.encode(ctx, found, change, w, &made); err != nil {
		return Rendition{}, err
	}
	made.Gain = change.gain
	made.Notes = notes(made, limits.Target, found.flaws())
	return made, nil
}

func minutes(seconds float64) int64 { return int64(math.Ceil(seconds / 60)) }
