package audio

import (
	"bytes"
	"fmt"
	"io"
	"slices"

	"github.com/hajimehoshi/go-mp3"
)

const (
	// batchFrames is how many frames of a stream are decoded together, and batchesAhead how many batches at a time: the
	// decoder takes most of the time that a recording needs, and machines have more than one core.
	batchFrames  = 128
	batchesAhead = 2
	// backMost is how far back the data of a frame can begin, and overlap how many frames before it sound in it.
	backMost = 511
	overlap  = 2
)

// mpegBatch is some frames of a stream, and then their sound. A frame's sound needs no more of those before it than their
// last data and the end of their sound: the batch begins with frames of which only that is wanted.
type mpegBatch struct {
	frames []mpegFrame
	extra  int
	done   chan struct{} // closed when what follows is there
	sound  []byte
	lost   int // frames that could not be decoded
	err    error
}

// refill waits for the sound of the next batch, and lets more be decoded meanwhile.
func (s *layerThree) refill() error {
	s.send()
	if len(s.ahead) == 0 {
		return s.over
	}
	b := s.ahead[0]
	s.ahead = s.ahead[1:]
	<-b.done
	if b.err != nil {
		return b.err
	}
	s.left, s.frames, s.lost = b.sound, s.frames+len(b.frames)-b.extra, s.lost+b.lost
	if s.lost > someLost && s.lost > s.frames/lostShare {
		return fmt.Errorf("%d of %d frames cannot be decoded", s.lost, s.frames)
	}
	s.send()
	return nil
}

// hold keeps f, whose text is good for a moment, for the next batch.
func (s *layerThree) hold(f mpegFrame) {
	f.text = slices.Clone(f.text)
	s.held = append(s.held, f)
}

// send lets as many batches be decoded as there may be.
func (s *layerThree) send() {
	for len(s.ahead) < batchesAhead && s.over == nil {
		for len(s.held) < batchFrames && s.over == nil {
			var f mpegFrame
			if f, s.over = s.walk.next(); s.over == nil {
				s.hold(f)
			}
		}
		if len(s.held) == 0 {
			return
		}
		b := &mpegBatch{frames: slices.Concat(s.before, s.held), extra: len(s.before), done: make(chan struct{})}
		s.before, s.held = needed(b.frames), nil
		s.ahead = append(s.ahead, b)
		go b.decode()
	}
}

// needed returns the last of frames, without which those that follow do not sound as they should.
func needed(frames []mpegFrame) []mpegFrame {
	first, back := max(0, len(frames)-overlap), 0
	for ; first > 0 && back < backMost; first-- {
		back += frames[first-1].own
	}
	return frames[first:]
}

// decode makes the batch's sound.
func (b *mpegBatch) decode() {
	defer close(b.done)
	defer func() {
		if panicked := recover(); panicked != nil {
			b.err = fmt.Errorf("decoder panicked: %v", panicked)
		}
	}()
	d := frameDecoder{room: make([]byte, 4*b.frames[0].frames())}
	for i, f := range b.frames {
		if i == b.extra {
			d.lost = 0
		}
		if d.take(f); i >= b.extra {
			b.sound = append(b.sound, d.room...)
		}
	}
	b.lost = d.lost
}

// frameDecoder decodes frames. The decoder behind it sees nothing but whole frames of one kind: it would make room for any tag of
// any size, and look for frames in what follows them. It is fed a frame at a time, so that what comes out is known to be
// that frame's sound. A frame whose data begin in a frame that is not there, as in a file that was cut out of another,
// would decode as noise, and is silence.
type frameDecoder struct {
	decoder *mp3.Decoder
	feed    bytes.Buffer
	behind  int       // how many bytes the decoder keeps of the frames before
	store   reservoir // for frames that are written anew
	room    []byte    // one frame's sound, 16 bits, two channels
	lost    int       // frames that could not be decoded
}

// take decodes one frame. What cannot be decoded is silence, and so are frames that follow until one needs nothing of
// those before it.
func (s *frameDecoder) take(f mpegFrame) {
	text, whole := f.text, f.back <= s.behind
	s.behind = min(f.back, s.behind) + f.own
	if f.second && f.rate == paddedRate {
		text, whole = s.store.alone(f)
	}
	s.feed.Reset()
	s.feed.Write(text)
	if err := s.decode(); err != nil {
		s.decoder, s.behind, whole = nil, 0, false
		s.lost++
	}
	if !whole {
		clear(s.room)
	}
}

// decode fills room with the sound of the frame in feed.
func (s *frameDecoder) decode() (err error) {
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
