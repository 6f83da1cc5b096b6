package audio

import (
	"errors"
	"fmt"
	"io"

	"github.com/mewkiz/flac"
)

// A FLAC file begins with its mark and a block of 34 bytes that says what it holds. The decoder makes room for whatever
// a first block of another kind says that it needs, so it sees no file whose beginning is not this.
const (
	flacBegin      = "fLaC"
	flacInfoBytes  = 34
	flacBlockStart = 4
	// maxFLACBits is what the decoder reads right.
	maxFLACBits = 24
)

// lossless decodes FLAC.
type lossless struct {
	stream *flac.Stream
	opened
	bits  uint8
	scale float32
	done  int64
	left  [][]int32 // what of the last block has not been given, one slice for each channel
	short bool
}

func openFLAC(r *disk) (opened, error) {
	var begin [len(flacBegin) + flacBlockStart]byte
	if _, err := r.ReadAt(begin[:], 0); err != nil && !errors.Is(err, io.EOF) {
		return opened{}, fmt.Errorf("read recording: %w", err)
	}
	block := begin[len(flacBegin):]
	if block[0]&0x7F != 0 || block[1] != 0 || block[2] != 0 || block[3] != flacInfoBytes {
		return opened{}, errors.New("stream does not begin with its description")
	}
	// Seeking would let the decoder's skipping go where the file has nothing.
	stream, err := flac.New(struct{ io.Reader }{r})
	if err != nil {
		return opened{}, err
	}
	info := stream.Info
	if info.BitsPerSample > maxFLACBits {
		return opened{}, foreign("flac_bits", KindFLAC, map[string]any{"bits": int(info.BitsPerSample)})
	}
	s := &lossless{stream: stream, bits: info.BitsPerSample, scale: 1 / float32(int64(1)<<(info.BitsPerSample-1))}
	s.opened = opened{decoder: s, rate: int(info.SampleRate), channels: int(info.NChannels), frames: int64(info.NSamples)}
	return s.opened, nil
}

func (s *lossless) flaws() []Note {
	if s.short || s.done < s.frames {
		return []Note{NoteTruncated}
	}
	return nil
}

func (s *lossless) read(dst []float32) (int, error) {
	for len(s.left) == 0 || len(s.left[0]) == 0 {
		if err := s.next(); err != nil {
			return 0, err
		}
	}
	n := min(len(dst)/s.channels, len(s.left[0]))
	for c, samples := range s.left {
		for i, v := range samples[:n] {
			dst[i*s.channels+c] = float32(v) * s.scale
		}
		s.left[c] = samples[n:]
	}
	s.done += int64(n)
	return n, nil
}

// next decodes one block.
func (s *lossless) next() error {
	block, err := s.stream.Next()
	if err != nil {
		return s.end(err)
	}
	if block.BitsPerSample == 0 { // as the stream says; the decoder does not look there
		block.BitsPerSample = s.bits
	}
	if block.BitsPerSample != s.bits || block.Channels.Count() != s.channels || block.SampleRate != 0 && int(block.SampleRate) != s.rate {
		return errors.New("a block is not what the stream says")
	}
	if err := block.Parse(); err != nil {
		return s.end(err)
	}
	s.left = s.left[:0]
	for _, sub := range block.Subframes {
		if len(sub.Samples) != len(block.Subframes[0].Samples) {
			return errors.New("channels of different length")
		}
		s.left = append(s.left, sub.Samples)
	}
	return nil
}

// end is where the file ends, in the middle of a block or behind one.
func (s *lossless) end(err error) error {
	if errors.Is(err, io.ErrUnexpectedEOF) && s.done > 0 {
		s.short = true
		return io.EOF
	}
	return err
}
