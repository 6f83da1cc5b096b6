package audio

import (
	"bytes"
	"errors"
	"fmt"
	"io"

	"github.com/hajimehoshi/go-mp3"
)

// searchMP3 is how far into a file without a tag the first frame may be.
const searchMP3 = 16 << 10

// A file is damaged beyond use when more than someLost frames, and more than one in lostShare, cannot be decoded.
const (
	someLost  = 20
	lostShare = 10
)

// layerThree decodes MPEG layer III. The decoder sees nothing but whole frames of one kind: it would make room for any tag of
// any size, and look for frames in what follows them. It is fed a frame at a time, so that what comes out is known to be
// that frame's sound. A frame whose data begin in a frame that is not there, as in a file that was cut out of another,
// would decode as noise, and is silence.
type layerThree struct {
	walk    *mpegWalk
	decoder *mp3.Decoder
	feed    bytes.Buffer
	header  mpegHeader
	behind  int       // how many bytes the decoder keeps of the frames before
	store   reservoir // for frames that are written anew
	room    []byte    // one frame's sound, 16 bits, two channels
	left    []byte
	frames  int // of the stream
	lost    int // of them, those that could not be decoded
}

// openMP3 finds the first frame. Where the file is not sure to be an MP3, that must come soon.
func openMP3(r *disk, sure bool) (opened, error) {
	if err := lookForMPEG(r, sure); err != nil {
		return opened{}, err
	}
	s := &layerThree{walk: newMPEGWalk(r)}
	frame, err := s.walk.next()
	if err != nil {
		return opened{}, errors.Join(errors.New("no frame"), err)
	}
	s.header = frame.mpegHeader
	if frame.half { // the decoder does not know it
		return opened{}, foreign("form_unread", KindMP3, nil)
	}
	s.room = make([]byte, 4*frame.frames())
	s.take(frame)
	return opened{decoder: s, rate: s.header.rate, channels: 2}, nil
}

// lookForMPEG refuses a file in which there is no stream of layer III.
func lookForMPEG(r *disk, sure bool) error {
	head := make([]byte, min(searchMP3, r.Size()))
	if _, err := r.ReadAt(head, 0); err != nil && !errors.Is(err, io.EOF) {
		return fmt.Errorf("read recording: %w", err)
	}
	if len(head) >= mpegHeaderBytes {
		if h, ok := parseMPEG(head); ok && (h.layer != 3 || h.bytes == 0) {
			return foreign("form_unread", KindMP3, map[string]any{"format": fmt.Sprintf("MPEG layer %d", h.layer)})
		}
	}
	if sure {
		return nil
	}
	if _, err := newMPEGWalk(bytes.NewReader(head)).next(); err != nil {
		return unread("")
	}
	return nil
}

func (s *layerThree) flaws() []Note {
	if s.lost > 0 {
		return []Note{NoteDamaged}
	}
	return nil
}

func (s *layerThree) read(dst []float32) (int, error) {
	if len(s.left) == 0 {
		frame, err := s.walk.next()
		if err != nil {
			return 0, err
		}
		s.take(frame)
		if s.lost > someLost && s.lost > s.frames/lostShare {
			return 0, fmt.Errorf("%d of %d frames cannot be decoded", s.lost, s.frames)
		}
	}
	n := min(len(dst)/2, len(s.left)/4)
	for i := range 2 * n {
		dst[i] = float32(int16(uint16(s.left[2*i])|uint16(s.left[2*i+1])<<8)) / fullScale
	}
	s.left = s.left[4*n:]
	return n, nil
}

// take decodes one frame. What cannot be decoded is silence, and so are frames that follow until one needs nothing of
// those before it.
func (s *layerThree) take(f mpegFrame) {
	text, whole := f.text, f.back <= s.behind
	s.behind = min(f.back, s.behind) + f.own
	if f.second && f.rate == paddedRate {
		text, whole = s.store.alone(f)
	}
	s.feed.Reset()
	s.feed.Write(text)
	s.left = s.room
	s.frames++
	if err := s.decode(); err != nil {
		s.decoder, s.behind, whole = nil, 0, false
		s.lost++
	}
	if !whole {
		clear(s.room)
	}
}

// decode fills room with the sound of the frame in feed.
func (s *layerThree) decode() (err error) {
	defer func() {
		if panicked := recover(); panicked != nil {
			err = fmt.Errorf("decoder panicked: %v", panicked)
		}
	}()
	if s.decoder == nil {
		if s.decoder, err = mp3.NewDecoder(struct{ io.Reader }{&s.feed}); err != nil {
			return err
		}
	}
	_, err = io.ReadFull(s.decoder, s.room)
	return err
}
