package audio

import (
	"context"
	"errors"
	"fmt"
	"io"
	"math"
)

// OutlinePoints is the most points that an Outline has.
const OutlinePoints = 400

// Outline is how a clip looks: for each of up to OutlinePoints equal parts of it, its lowest and its highest sample, in
// hundredths of full scale.
type Outline []Extent

// Extent is what a part of a sound reaches: its lowest and its highest sample, −100 to 100.
type Extent [2]int8

// sketch draws an outline of a sound whose length is not known before its end: when there are twice as many parts as
// there may be, each two become one.
type sketch struct {
	part   int64 // frames in a part
	filled int64
	parts  []span
	open   span
}

type span struct{ low, high float32 }

func (s span) with(o span) span { return span{min(s.low, o.low), max(s.high, o.high)} }

// firstPart is a millisecond.
const firstPart = Rate / 1000

func newSketch() *sketch { return &sketch{part: firstPart} }

func (s *sketch) add(sound []float32) {
	for _, v := range sound {
		if s.filled == 0 {
			s.open = span{v, v}
		}
		s.open = s.open.with(span{v, v})
		if s.filled++; s.filled == s.part {
			s.close()
		}
	}
}

func (s *sketch) close() {
	s.parts = append(s.parts, s.open)
	s.filled = 0
	if len(s.parts) < 2*OutlinePoints {
		return
	}
	for i := range OutlinePoints {
		s.parts[i] = s.parts[2*i].with(s.parts[2*i+1])
	}
	s.parts = s.parts[:OutlinePoints]
	s.part *= 2
}

func (s *sketch) outline() Outline {
	if s.filled > 0 {
		s.parts = append(s.parts, s.open)
		s.filled = 0
	}
	n := min(len(s.parts), OutlinePoints)
	outline := make(Outline, n)
	for i := range outline {
		from, to := i*len(s.parts)/n, (i+1)*len(s.parts)/n
		all := s.parts[from]
		for _, p := range s.parts[from:to] {
			all = all.with(p)
		}
		outline[i] = Extent{percent(all.low), percent(all.high)}
	}
	return outline
}

// Draw reads a clip to draw its outline.
func Draw(ctx context.Context, c *ClipReader) (Outline, error) {
	drawing := newSketch()
	block := make([]float32, blockFrames)
	for at := int64(0); ; at += blockFrames {
		if err := ctx.Err(); err != nil {
			return nil, fmt.Errorf("draw clip: %w", err)
		}
		n, err := c.ReadFrames(block, at)
		drawing.add(block[:n])
		if errors.Is(err, io.EOF) {
			return drawing.outline(), nil
		}
		if err != nil {
			return nil, fmt.Errorf("draw clip: %w", err)
		}
	}
}

func percent(v float32) int8 { return int8(math.Round(float64(max(-1, min(1, v)) * 100))) }
