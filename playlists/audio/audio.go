// Package audio turns an uploaded recording into the one form that agents play, and reads that form back. It is pure:
// bytes come in as an io.ReaderAt, and go out as an io.WriteSeeker.
//
// Render decides by content what a file is; a name or a media type is never asked. The order of trust is: first an own
// bounded walk over the container (riff.go), which believes no number in it beyond what the file can hold; then
// decoding to mono (source.go); then 48,000 frames a second (resample.go); then 16 bits, written by the WAV encoder and
// measured on the way (level.go). What comes out depends on the recording's bytes alone, so the same upload has the same
// digest always, and rendering a clip again gives the same clip. Everything streams: memory does not grow with length.
//
// A recording that cannot be played right is refused with a *playlists.Problem. What plays, but may not be what its
// author wanted to hear, has Notes.
package audio

import (
	"context"
	"errors"
	"fmt"
	"io"
	"math"
	"time"

	goaudio "github.com/go-audio/audio"
	"github.com/go-audio/wav"

	"dalaba/playlists"
)

// Rate is how many frames a second a clip has. A frame of a clip is one signed 16-bit sample.
const Rate = 48_000

// DefaultLongest is the longest recording that is taken where Limits say nothing.
const DefaultLongest = 30 * time.Minute

// blockFrames is how many frames are worked on at a time: a third of a second in memory at the lowest rate.
const blockFrames = 2048

// Limits bound what Render takes.
type Limits struct {
	// Longest is the longest recording; zero means DefaultLongest.
	Longest time.Duration
}

// Note is something about a recording that its author should know.
type Note string

// The notes.
const (
	// NoteSilent: nothing in it is loud enough to be heard.
	NoteSilent Note = "silent"
	// NoteQuiet: it sounds, but so softly that it will hardly be understood outdoors.
	NoteQuiet Note = "quiet"
	// NoteClipped: it was recorded too loud, and is distorted.
	NoteClipped Note = "clipped"
	// NoteOffset: it has a constant offset, which comes of bad recording equipment and takes loudness away.
	NoteOffset Note = "offset"
	// NoteShort: it is shorter than a second.
	NoteShort Note = "short"
	// NoteTruncated: the file ends before its header says that it does.
	NoteTruncated Note = "truncated"
)

// Rendition describes a clip that Render made.
type Rendition struct {
	// Frames is its length in frames of 1/48,000 s.
	Frames int64
	// Bytes is the size of the file.
	Bytes int64
	// Level is how loud it is.
	Level Level
	// Notes are in the order of the constants, none twice.
	Notes []Note
}

// Duration is how long the clip sounds, in whole milliseconds.
func (r Rendition) Duration() playlists.Millis { return playlists.Millis(r.Frames * 1000 / Rate) }

// Render reads the recording of size bytes at r and writes it to w as a clip. w must be empty and is not closed; an
// *os.File is synced. After an error, what w holds is worthless. Besides a *playlists.Problem for a recording that
// cannot be taken, errors are those of r, w and ctx.
func Render(ctx context.Context, r io.ReaderAt, size int64, w io.WriteSeeker, limits Limits) (Rendition, error) {
	longest := limits.Longest
	if longest <= 0 {
		longest = DefaultLongest
	}
	found, err := walk(r, size)
	if err != nil {
		return Rendition{}, fmt.Errorf("walk recording: %w", err)
	}
	if found.seconds() > longest.Seconds() {
		return Rendition{}, tooLong(found.seconds(), longest)
	}
	mono := resample(newSource(io.NewSectionReader(r, found.at, found.bytes), found), found.rate)
	made, err := encode(ctx, mono, w, longest)
	if err != nil {
		return Rendition{}, err
	}
	if made.Frames == 0 {
		return Rendition{}, noSamples()
	}
	made.Notes = notes(made, found.truncated)
	return made, nil
}

// encode writes what src gives as a clip. It gives up after longest, whatever the container said before.
func encode(ctx context.Context, src source, w io.WriteSeeker, longest time.Duration) (Rendition, error) {
	// The encoder sets aside a minute of sound at the rate that it is made for; 1 makes that nothing.
	encoder := wav.NewEncoder(w, 1, clipBits, 1, formatPCM)
	encoder.SampleRate = Rate
	out := &goaudio.IntBuffer{Format: &goaudio.Format{NumChannels: 1, SampleRate: Rate}, SourceBitDepth: clipBits}
	room := make([]int, blockFrames)
	block := make([]float32, blockFrames)
	var meter meter
	most := int64(longest.Seconds() * Rate)
	for {
		if err := ctx.Err(); err != nil {
			return Rendition{}, fmt.Errorf("render recording: %w", err)
		}
		n, err := src.read(block)
		if err != nil && !errors.Is(err, io.EOF) {
			return Rendition{}, fmt.Errorf("read recording: %w", err)
		}
		out.Data = room[:n]
		for i, v := range block[:n] {
			out.Data[i] = quantise(v)
		}
		meter.add(out.Data)
		if meter.frames > most {
			return Rendition{}, tooLong(float64(meter.frames)/Rate, longest)
		}
		if n > 0 {
			if err := encoder.Write(out); err != nil {
				return Rendition{}, fmt.Errorf("write clip: %w", err)
			}
		}
		if err != nil {
			break
		}
	}
	if err := encoder.Close(); err != nil {
		return Rendition{}, fmt.Errorf("finish clip: %w", err)
	}
	return Rendition{Frames: meter.frames, Bytes: clipHeader + meter.frames*clipBits/8, Level: meter.level()}, nil
}

// quantise returns v, full scale ±1, as a 16-bit sample: the nearest, without dither, so that it is the same every time.
func quantise(v float32) int {
	return int(max(math.MinInt16, min(math.MaxInt16, math.RoundToEven(float64(v)*fullScale))))
}

func tooLong(seconds float64, longest time.Duration) error {
	return &playlists.Problem{
		Kind: playlists.TooLarge, Code: "clip_too_long",
		Args: map[string]any{"minutes": int64(math.Ceil(seconds / 60)), "limit": int64(longest / time.Minute)},
	}
}

func noSamples() error {
	return &playlists.Problem{Kind: playlists.Invalid, Code: "clip_no_sound"}
}
