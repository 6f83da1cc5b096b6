package audio

import (
	"bufio"
	"encoding/binary"
	"errors"
	"io"
)

// mpegHeader is what the four bytes before each frame of an MPEG audio stream say.
type mpegHeader struct {
	second  bool // MPEG-2, of half the rates, instead of MPEG-1
	half    bool // MPEG-2.5, of a quarter
	layer   int  // 1 to 3
	checked bool // two bytes of checksum follow
	rate    int
	mono    bool
	bytes   int // the whole frame's, 0 where the header does not tell
}

const mpegHeaderBytes = 4

// parseMPEG reads a header and tells whether it is one.
func parseMPEG(text []byte) (h mpegHeader, ok bool) {
	word := binary.BigEndian.Uint32(text)
	version, layer := word>>19&3, word>>17&3
	bitrate, rate := word>>12&15, word>>10&3
	if word>>21 != 0x7FF || version == 1 || layer == 0 || bitrate == 15 || rate == 3 || word&3 == 2 {
		return mpegHeader{}, false
	}
	h = mpegHeader{
		second: version != 3, half: version == 0, layer: int(4 - layer), checked: word>>16&1 == 0, mono: word>>6&3 == 3,
		rate: [...]int{44_100, 48_000, 32_000}[rate],
	}
	slots := 144
	kilobits := [...]int{0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320}
	if h.second {
		h.rate, slots = h.rate/2, 72
		kilobits = [...]int{0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160}
	}
	if h.half {
		h.rate /= 2
	}
	if h.layer == 3 && bitrate > 0 {
		h.bytes = slots*kilobits[bitrate]*1000/h.rate + int(word>>9&1)
	}
	return h, true
}

// like tells whether a frame with the header o may follow one with h.
func (h mpegHeader) like(o mpegHeader) bool {
	return h.second == o.second && h.half == o.half && h.layer == o.layer && h.rate == o.rate
}

// frames is how many frames of sound one frame of the stream holds.
func (h mpegHeader) frames() int {
	if h.second {
		return 576
	}
	return 1152
}

// side is how long the part behind the header is that says where the frame's data begin.
func (h mpegHeader) side() int {
	switch {
	case h.second && h.mono:
		return 9
	case h.second, h.mono:
		return 17
	}
	return 32
}

// mpegFrame is one frame of layer III.
type mpegFrame struct {
	mpegHeader
	text []byte
	// back is how far before the frame its data begin, and own how long the data in it are.
	back, own int
}

func newMPEGFrame(h mpegHeader, text []byte) (mpegFrame, bool) {
	at := mpegHeaderBytes
	if h.checked {
		at += 2
	}
	f := mpegFrame{mpegHeader: h, text: text, own: len(text) - at - h.side()}
	if f.own < 0 {
		return f, false
	}
	f.back = int(text[at])
	if !h.second {
		f.back = f.back<<1 | int(text[at+1]>>7)
	}
	return f, true
}

// mpegWalk finds the frames of a stream, whatever lies before, between and behind them.
type mpegWalk struct {
	r     *bufio.Reader
	first *mpegHeader // or nil before the first frame
	sync  bool        // the last frame ended here
}

// lookAhead holds two frames of the largest size.
const lookAhead = 8 << 10

func newMPEGWalk(r io.Reader) *mpegWalk { return &mpegWalk{r: bufio.NewReaderSize(r, lookAhead)} }

// next returns the next frame whose text is good until the following call, or io.EOF. A header counts when it fits the first
// one, and where no frame ended, when another one follows.
func (w *mpegWalk) next() (mpegFrame, error) {
	for {
		text, err := w.r.Peek(mpegHeaderBytes)
		if err != nil {
			return mpegFrame{}, err
		}
		if h, ok := w.header(text); ok {
			text, err := w.r.Peek(h.bytes)
			if err == nil {
				if f, ok := newMPEGFrame(h, text); ok {
					w.first, w.sync = &h, true
					_, err = w.r.Discard(h.bytes)
					return f, err
				}
			} else if !errors.Is(err, io.EOF) {
				return mpegFrame{}, err
			}
		}
		w.sync = false
		if _, err := w.r.Discard(1); err != nil {
			return mpegFrame{}, err
		}
	}
}

func (w *mpegWalk) header(text []byte) (mpegHeader, bool) {
	h, ok := parseMPEG(text)
	if !ok || h.bytes == 0 || w.first != nil && !h.like(*w.first) {
		return h, false
	}
	if w.sync {
		return h, true
	}
	more, err := w.r.Peek(h.bytes + mpegHeaderBytes)
	if err != nil {
		return h, w.first != nil && len(more) == h.bytes // the last frame
	}
	then, ok := parseMPEG(more[h.bytes:])
	return h, ok && then.like(h)
}
