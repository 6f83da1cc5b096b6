package audio

import (
	"encoding/binary"
	"errors"
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

// loudest is how far beyond full scale a float sample is believed: what is louder than this is no sound.
const loudest = 8

// newSource decodes the samples in r, which are laid out as l says.
func newSource(r io.Reader, l layout) source {
	if l.format == formatFloat {
		return &floats{r: r, layout: l, room: make([]byte, blockFrames*l.frameBytes())}
	}
	return newIntegers(r, l)
}

// integers decodes PCM with the WAV decoder. What the decoder reads is not the file but a header that says what walk
// found, and behind it the samples: it never sees a number that was not checked.
type integers struct {
	decoder  *wav.Decoder
	channels int
	zero     int     // the sample that means nothing: 8 bits are unsigned
	scale    float32 // of one sample in one channel, so that all channels together reach ±1
	buffer   goaudio.IntBuffer
	room     []int
}

func newIntegers(samples io.Reader, l layout) *integers {
	s := &integers{
		decoder:  wav.NewDecoder(whole{io.MultiReader(header(l), samples)}),
		channels: l.channels,
		scale:    1 / float32(int64(l.channels)<<(l.bits-1)),
		room:     make([]int, blockFrames*l.channels),
	}
	if l.bits == 8 {
		s.zero = 128
	}
	return s
}

func (s *integers) read(dst []float32) (int, error) {
	s.buffer.Data = s.room[:min(len(dst), blockFrames)*s.channels]
	samples, err := s.decoder.PCMBuffer(&s.buffer)
	if err != nil {
		return 0, err
	}
	if samples == 0 {
		return 0, io.EOF
	}
	frames := samples / s.channels
	for i := range frames {
		sum := -s.zero * s.channels
		for _, v := range s.buffer.Data[i*s.channels : (i+1)*s.channels] {
			sum += v
		}
		dst[i] = float32(sum) * s.scale
	}
	return frames, nil
}

// floats decodes IEEE floating point, which the WAV decoder does not.
type floats struct {
	r io.Reader
	layout
	room []byte
}

func (s *floats) read(dst []float32) (int, error) {
	frame := int(s.frameBytes())
	text := s.room[:min(len(dst), blockFrames)*frame]
	n, err := io.ReadFull(s.r, text)
	if err != nil && !errors.Is(err, io.ErrUnexpectedEOF) {
		return 0, err
	}
	frames := n / frame
	for i := range frames {
		var sum float64
		for at := i * frame; at < (i+1)*frame; at += s.bits / 8 {
			sum += sane(s.sample(text[at:]))
		}
		dst[i] = float32(sum / float64(s.channels))
	}
	return frames, nil
}

func (s *floats) sample(text []byte) float64 {
	if s.bits == 64 {
		return math.Float64frombits(binary.LittleEndian.Uint64(text))
	}
	return float64(math.Float32frombits(binary.LittleEndian.Uint32(text)))
}

// sane returns v within ±loudest, and silence for what is not a number.
func sane(v float64) float64 {
	if math.IsNaN(v) {
		return 0
	}
	return max(-loudest, min(loudest, v))
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
