package audio

import (
	"bytes"
	"errors"
	"fmt"
	"io"
)

// searchMP3 is how far into a file without a tag the first frame may be.
const searchMP3 = 16 << 10

// A file is damaged beyond use when more than someLost frames, and more than one in lostShare, cannot be decoded.
const (
	someLost  = 20
	lostShare = 10
)

// layerThree decodes MPEG layer III, some frames ahead of its reader (mpegbatch.go).
type layerThree struct {
	walk   *mpegWalk
	held   []mpegFrame  // found, and in no batch yet
	before []mpegFrame  // the last ones of the last batch: what those behind them need
	ahead  []*mpegBatch // that are being decoded
	over   error        // why there are no more frames, or nil
	left   []byte       // sound, 16 bits, two channels
	frames int          // of the stream
	lost   int          // of them, those that could not be decoded
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
	if frame.half { // the decoder does not know it
		return opened{}, foreign("form_unread", KindMP3, nil)
	}
	s.hold(frame)
	return opened{decoder: s, rate: frame.rate, channels: 2}, nil
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
	for len(s.left) == 0 {
		if err := s.refill(); err != nil {
			return 0, err
		}
	}
	n := min(len(dst)/2, len(s.left)/4)
	for i := range 2 * n {
		dst[i] = float32(int16(uint16(s.left[2*i])|uint16(s.left[2*i+1])<<8)) / fullScale
	}
	s.left = s.left[4*n:]
	return n, nil
}
