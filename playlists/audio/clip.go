package audio

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"math"

	"dalaba/playlists"
)

const (
	clipBits = 16
	// clipHeader is the size of a clip's header in bytes; samples follow to the end of the file.
	clipHeader = 44
	// readFrames is how many frames a ClipReader fetches at once.
	readFrames = 4096
)

// header returns the WAV header, of 44 bytes, of samples laid out as l says.
func header(l layout) io.Reader {
	le := binary.LittleEndian
	text := append(make([]byte, 0, clipHeader), "RIFF"...)
	text = le.AppendUint32(text, uint32(min(clipHeader-8+l.bytes, math.MaxUint32)))
	text = append(text, "WAVEfmt "...)
	text = le.AppendUint32(text, 16)
	text = le.AppendUint16(text, uint16(l.format))
	text = le.AppendUint16(text, uint16(l.channels))
	text = le.AppendUint32(text, uint32(l.rate))
	text = le.AppendUint32(text, uint32(int64(l.rate)*l.frameBytes()))
	text = le.AppendUint16(text, uint16(l.frameBytes()))
	text = le.AppendUint16(text, uint16(l.bits))
	text = append(text, "data"...)
	text = le.AppendUint32(text, uint32(min(l.bytes, math.MaxUint32)))
	return bytes.NewReader(text)
}

// ClipReader reads a clip: a file as Render writes it, and no other. It is not safe for concurrent use.
type ClipReader struct {
	r      io.ReaderAt
	frames int64
	room   [2 * readFrames]byte
}

// OpenClip checks that the file of size bytes at r is a clip, by its header.
func OpenClip(r io.ReaderAt, size int64) (*ClipReader, error) {
	var head, want [clipHeader]byte
	if _, err := readAt(r, head[:], 0, size); err != nil {
		return nil, fmt.Errorf("open clip: %w", err)
	}
	samples := layout{format: formatPCM, channels: 1, rate: Rate, bits: clipBits, bytes: size - clipHeader}
	if samples.bytes <= 0 || samples.bytes%2 != 0 {
		return nil, fmt.Errorf("open clip: %d bytes are no clip", size)
	}
	if _, err := io.ReadFull(header(samples), want[:]); err != nil {
		return nil, fmt.Errorf("open clip: %w", err)
	}
	if head != want {
		return nil, errors.New("open clip: not the header of a mono 16-bit PCM WAV file of that size at 48,000 frames a second")
	}
	return &ClipReader{r: r, frames: samples.bytes / 2}, nil
}

// Frames returns the clip's length in frames of 1/48,000 s.
func (c *ClipReader) Frames() int64 { return c.frames }

// Duration returns the clip's length in whole milliseconds.
func (c *ClipReader) Duration() playlists.Millis { return playlists.Millis(c.frames * 1000 / Rate) }

// ReadFrames fills dst with the clip's frames from frame at on, full scale ±1, and returns how many there were. It returns
// io.EOF, and only then, with fewer than len(dst). It does not allocate.
func (c *ClipReader) ReadFrames(dst []float32, at int64) (int, error) {
	if at < 0 {
		return 0, fmt.Errorf("read clip: frame %d", at)
	}
	done := 0
	for done < len(dst) && at < c.frames {
		n := int(min(int64(len(dst)-done), readFrames, c.frames-at))
		text := c.room[:2*n]
		if got, err := c.r.ReadAt(text, clipHeader+2*at); got < len(text) {
			return done, fmt.Errorf("read clip at frame %d: %w", at, err)
		}
		for i := range n {
			dst[done+i] = float32(int16(binary.LittleEndian.Uint16(text[2*i:]))) / fullScale
		}
		done += n
		at += int64(n)
	}
	if done < len(dst) {
		return done, io.EOF
	}
	return done, nil
}
