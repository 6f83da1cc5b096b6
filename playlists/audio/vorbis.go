package audio

import (
	"encoding/binary"
	"errors"
	"io"

	"github.com/jfreymuth/vorbis"
)

// The packets with which a Vorbis stream begins.
const (
	vorbisFirst  = "\x01vorbis"
	vorbisSetup  = "\x05vorbis"
	vorbisMark   = len(vorbisFirst)
	vorbisHeader = 30
)

// Bounds on a block of sound, in frames, by the format's definition.
const (
	minVorbisBlock = 64
	maxVorbisBlock = 8192
)

// perceptual decodes Ogg Vorbis.
type perceptual struct {
	packets  *oggReader
	decoder  vorbis.Decoder
	channels int
	room     []float32
	left     []float32
	given    int64 // frames, before any were left out at the end
	start    int64 // what the stream counts before the first frame
	counted  bool
	short    bool
}

func openVorbis(r *disk) (opened, error) { return newPerceptual(newOggReader(r)) }

func newPerceptual(packets *oggReader) (opened, error) {
	first, err := packets.choose(vorbisFirst)
	if err != nil {
		return opened{}, err
	}
	if err := checkVorbisHeader(first); err != nil {
		return opened{}, err
	}
	s := &perceptual{packets: packets}
	if err := s.decoder.ReadHeader(first); err != nil {
		return opened{}, err
	}
	if _, err := packets.next(); err != nil { // comments
		return opened{}, err
	}
	setup, err := packets.next()
	if err != nil {
		return opened{}, err
	}
	if setup.long || len(setup.text) < vorbisMark || string(setup.text[:vorbisMark]) != vorbisSetup {
		return opened{}, errors.New("no setup in the third packet")
	}
	if err := checkVorbisSetup(setup.text[vorbisMark:]); err != nil {
		return opened{}, err
	}
	if err := s.decoder.ReadHeader(setup.text); err != nil {
		return opened{}, err
	}
	s.channels = s.decoder.Channels()
	s.room = make([]float32, s.decoder.BufferSize())
	return opened{decoder: s, rate: s.decoder.SampleRate(), channels: s.channels}, nil
}

// checkVorbisHeader checks what the decoder makes room by.
func checkVorbisHeader(text []byte) error {
	if len(text) < vorbisHeader {
		return errors.New("first packet too short")
	}
	channels, rate := int(text[vorbisMark+4]), binary.LittleEndian.Uint32(text[vorbisMark+5:])
	short, long := 1<<(text[vorbisMark+21]&15), 1<<(text[vorbisMark+21]>>4)
	switch {
	case channels < 1 || channels > maxChannels:
		return refused("wav_channels", "channels", channels)
	case rate < minRate || rate > maxRate:
		return refused("wav_rate", "rate", rate)
	case short < minVorbisBlock || long < short || long > maxVorbisBlock:
		return errors.New("block sizes out of bounds")
	}
	return nil
}

func (s *perceptual) flaws() []Note {
	if s.short {
		return []Note{NoteTruncated}
	}
	return nil
}

func (s *perceptual) read(dst []float32) (int, error) {
	for len(s.left) == 0 {
		if err := s.next(); err != nil {
			return 0, err
		}
	}
	n := copy(dst[:len(dst)/s.channels*s.channels], s.left)
	s.left = s.left[n:]
	return n / s.channels, nil
}

// next decodes one packet.
func (s *perceptual) next() error {
	p, err := s.packets.next()
	if errors.Is(err, io.ErrUnexpectedEOF) && s.given > 0 || errors.Is(err, io.EOF) && !s.packets.over {
		s.short = true
		return io.EOF
	}
	if err != nil {
		return err
	}
	if p.long {
		return errors.New("packet too long")
	}
	if len(p.text) == 0 || p.text[0]&1 != 0 { // no sound
		return nil
	}
	sound, err := s.decoder.DecodeInto(p.text, s.room)
	if err != nil {
		return err
	}
	frames := int64(len(sound) / s.channels)
	s.given += frames
	s.left = sound[:(frames-s.beyond(p, frames))*int64(s.channels)]
	return nil
}

// beyond tells how many of the packet's frames are padding behind the end. The stream counts its frames, but not always
// from zero.
func (s *perceptual) beyond(p oggPacket, frames int64) int64 {
	if !p.last || p.granule < 0 {
		return 0
	}
	if !s.counted {
		s.counted = true
		if !p.ends {
			s.start = p.granule - s.given
		}
	}
	if !p.ends {
		return 0
	}
	return min(max(0, s.given-(p.granule-s.start)), frames)
}
