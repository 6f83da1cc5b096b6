package audio

import (
	"encoding/binary"
	"errors"
	"io"
	"math"

	goaudio "github.com/go-audio/audio"
	"github.com/go-audio/wav"
)

// openWAV finds the samples in a RIFF file.
func openWAV(file *io.SectionReader) (opened, error) {
	found, err := walk(file, file.Size())
	if err != nil {
		return opened{}, err
	}
	samples := io.NewSectionReader(file, found.at, found.bytes)
	o := opened{rate: found.rate, channels: found.channels, frames: found.bytes / found.frameBytes()}
	if found.format == formatFloat {
		o.decoder = &floats{r: samples, layout: found, room: make([]byte, blockFrames*found.frameBytes())}
	} else {
		o.decoder = newIntegers(samples, found)
	}
	return o, nil
}

// integers decodes PCM with the WAV decoder. What the decoder reads is not the file but a header that says what walk
// found, and behind it the samples: it never sees a number that was not checked.
type integers struct {
	layout
	decoder *wav.Decoder
	zero    int     // the sample that means nothing: 8 bits are unsigned
	scale   float32 // of one sample
	buffer  goaudio.IntBuffer
	room    []int
}

func newIntegers(samples io.Reader, l layout) *integers {
	s := &integers{
		layout:  l,
		decoder: wav.NewDecoder(whole{io.MultiReader(header(l), samples)}),
		scale:   1 / float32(int64(1)<<(l.bits-1)),
		room:    make([]int, blockFrames*l.channels),
	}
	if l.bits == 8 {
		s.zero = 128
	}
	return s
}

func (s *integers) read(dst []float32) (int, error) {
	s.buffer.Data = s.room[:min(len(dst)/s.channels, blockFrames)*s.channels]
	samples, err := s.decoder.PCMBuffer(&s.buffer)
	if err != nil {
		return 0, err
	}
	if samples == 0 {
		return 0, io.EOF
	}
	for i, v := range s.buffer.Data[:samples] {
		dst[i] = float32(v-s.zero) * s.scale
	}
	return samples / s.channels, nil
}

// floats decodes IEEE floating point, which the WAV decoder does not.
type floats struct {
	layout
	r    io.Reader
	room []byte
}

func (s *floats) read(dst []float32) (int, error) {
	frame := int(s.frameBytes())
	text := s.room[:min(len(dst)/s.channels, blockFrames)*frame]
	n, err := io.ReadFull(s.r, text)
	if err != nil && !errors.Is(err, io.ErrUnexpectedEOF) {
		return 0, err
	}
	frames := n / frame
	for i := range frames * s.channels {
		dst[i] = float32(sane(s.sample(text[i*s.bits/8:])))
	}
	return frames, nil
}

func (s *floats) sample(text []byte) float64 {
	if s.bits == 64 {
		return math.Float64frombits(binary.LittleEndian.Uint64(text))
	}
	return float64(math.Float32frombits(binary.LittleEndian.Uint32(text)))
}

// whole makes reads come back full, except at the end. The decoder takes a short read for the end of a block, and is one
// byte off ever after.
type whole struct{ r io.Reader }

func (w whole) Read(p []byte) (int, error) {
	n, err := io.ReadFull(w.r, p)
	if errors.Is(err, io.ErrUnexpectedEOF) {
		return n, nil
	}
	return n, err
}

// Seek satisfies the decoder's type; with a header that has no surprises it is never called.
func (w whole) Seek(int64, int) (int64, error) { return 0, errors.ErrUnsupported }
