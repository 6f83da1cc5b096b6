package audio

import (
	"context"
	"errors"
	"fmt"
	"io"
	"math"

	goaudio "github.com/go-audio/audio"
	"github.com/go-audio/wav"
)

// source gives mono sound, full scale ±1.
type source interface {
	// read puts up to len(dst) frames into dst. It returns io.EOF, then or later, when there are no more.
	read(dst []float32) (int, error)
}

// each hands src to do, block by block. It gives up after longest seconds, whatever the container said before.
func each(ctx context.Context, src source, longest float64, do func(block []float32) error) error {
	block := make([]float32, blockFrames)
	var frames int64
	for {
		if err := ctx.Err(); err != nil {
			return fmt.Errorf("render recording: %w", err)
		}
		n, err := src.read(block)
		if err != nil && !errors.Is(err, io.EOF) {
			return fmt.Errorf("read recording: %w", err)
		}
		if frames += int64(n); frames > int64(longest*Rate) {
			return tooLong(float64(frames)/Rate, longest)
		}
		if n > 0 {
			if err := do(block[:n]); err != nil {
				return err
			}
		}
		if err == nil {
			continue
		}
		if frames == 0 {
			return noSamples()
		}
		return nil
	}
}

// encode writes a recording as a clip, and into made what it saw of it.
func (job *rendering) encode(ctx context.Context, found opened, change correction, w io.WriteSeeker, made *Rendition) error {
	channels := newMono(found)
	src, limiter := change.applied(resample(channels, found.rate))
	out := newClipWriter(w)
	g, pauses, drawing := newGauge(), newHush(), newSketch()
	err := each(ctx, src, job.longest, func(block []float32) error {
		if err := out.write(block); err != nil {
			return fmt.Errorf("write clip: %w", err)
		}
		g.add(block)
		pauses.add(block)
		drawing.add(block)
		return nil
	})
	if err != nil {
		return err
	}
	if err := out.encoder.Close(); err != nil {
		return fmt.Errorf("finish clip: %w", err)
	}
	made.Frames, made.Bytes = g.frames, clipHeader+g.frames*clipBits/8
	made.Level, made.Silences, made.Outline = g.level(), pauses.silences(), drawing.outline()
	if change == (correction{}) && made.Source == (Level{}) {
		made.Source = made.Level
		made.Source.Clipped = max(made.Level.Clipped, channels.clipped())
	}
	if limiter != nil {
		made.Limited = decibels(limiter.reduction)
	}
	return nil
}

// clipWriter writes a clip's samples.
type clipWriter struct {
	encoder *wav.Encoder
	buffer  goaudio.IntBuffer
	room    []int
}

func newClipWriter(w io.WriteSeeker) *clipWriter {
	// The encoder sets aside a minute of sound at the rate that it is made for; 1 makes that nothing.
	c := &clipWriter{encoder: wav.NewEncoder(w, 1, clipBits, 1, formatPCM), room: make([]int, blockFrames)}
	c.encoder.SampleRate = Rate
	c.buffer = goaudio.IntBuffer{Format: &goaudio.Format{NumChannels: 1, SampleRate: Rate}, SourceBitDepth: clipBits}
	return c
}

// write writes a block, and makes of it what was written.
func (c *clipWriter) write(block []float32) error {
	c.buffer.Data = c.room[:len(block)]
	for i, v := range block {
		n := quantise(v)
		c.buffer.Data[i] = n
		block[i] = float32(n) / fullScale
	}
	return c.encoder.Write(&c.buffer)
}

// quantise returns v, full scale ±1, as a 16-bit sample: the nearest, without dither, so that it is the same every time.
func quantise(v float32) int {
	return int(max(math.MinInt16, min(math.MaxInt16, math.RoundToEven(float64(v)*fullScale))))
}
