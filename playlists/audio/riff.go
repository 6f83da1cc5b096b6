package audio

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"io"

	"dalaba/playlists"
)

// The format tags of a WAV file that this package reads.
const (
	formatPCM        = 0x0001
	formatFloat      = 0x0003
	formatExtensible = 0xFFFE
)

// Bounds on the walk.
const (
	// maxChunks is more than any recorder writes, which are some dozens.
	maxChunks = 4096
	// endless is the size from which on a data chunk was written by a program that could not know its length: pipes
	// carry 0xFFFFFFFF, 0x7FFFF000 and the like.
	endless = 0x7FFF_0000
)

// layout says where the samples of a recording are, and how they are written. The numbers of a layout that walk
// returned agree with each other and with the file.
type layout struct {
	format   int // formatPCM or formatFloat
	channels int
	rate     int // frames a second
	bits     int // of one sample

	at    int64 // where the samples begin
	bytes int64 // how long they are: whole frames
	// truncated tells that the header promised more.
	truncated bool
}

func (l layout) frameBytes() int64 { return int64(l.channels * l.bits / 8) }

func (l layout) flaws() []Note {
	if l.truncated {
		return []Note{NoteTruncated}
	}
	return nil
}

// walk finds the samples in a RIFF file of size bytes. It reads a few bytes of each chunk and allocates nothing that
// the file decides the size of. Chunk sizes are believed as far as the file goes; RIFF's own size not at all.
func walk(r io.ReaderAt, size int64) (layout, error) {
	var head [12]byte
	if _, err := readAt(r, head[:], 0, size); err != nil {
		return layout{}, err
	}
	if string(head[:4]) != "RIFF" || string(head[8:]) != "WAVE" {
		return layout{}, broken("no RIFF file of sound")
	}
	var (
		found           layout
		haveFmt, haveIt bool
		promised        int64 // bytes of samples, as the header says
	)
	for at, chunks := int64(12), 0; at+8 <= size && !(haveFmt && haveIt); chunks++ {
		if chunks == maxChunks {
			return layout{}, broken("too many chunks")
		}
		id, length, err := chunkAt(r, at, size)
		if err != nil {
			return layout{}, err
		}
		body := at + 8
		switch {
		case id == "fmt " && !haveFmt:
			if err := found.readFormat(r, body, min(length, size-body)); err != nil {
				return layout{}, err
			}
			haveFmt = true
		case id == "data" && !haveIt:
			found.at, promised, haveIt = body, length, true
		}
		if at, err = afterChunk(r, body+length, length, size); err != nil {
			return layout{}, err
		}
	}
	if !haveFmt || !haveIt {
		return layout{}, broken("no format or no data")
	}
	return found, found.clamp(r, promised, size)
}

// chunkAt reads the header of the chunk at at.
func chunkAt(r io.ReaderAt, at, size int64) (id string, length int64, err error) {
	var header [8]byte
	if _, err := readAt(r, header[:], at, size); err != nil {
		return "", 0, err
	}
	return string(header[:4]), int64(binary.LittleEndian.Uint32(header[4:])), nil
}

// afterChunk returns where the next chunk begins when one of length bytes ends at end. A chunk of odd length is followed
// by a zero byte, which some programs forget; no chunk's name begins with zero.
func afterChunk(r io.ReaderAt, end, length, size int64) (int64, error) {
	if length%2 == 0 || end >= size {
		return end, nil
	}
	var pad [1]byte
	if _, err := readAt(r, pad[:], end, size); err != nil {
		return 0, err
	}
	if pad[0] == 0 {
		end++
	}
	return end, nil
}

// readFormat reads the format chunk, of which length bytes are in the file, and refuses what cannot be played.
func (l *layout) readFormat(r io.ReaderAt, at, length int64) error {
	var room [40]byte
	text := room[:min(length, int64(len(room)))]
	if _, err := readAt(r, text, at, at+length); err != nil {
		return err
	}
	if len(text) < 16 {
		return broken("format chunk too short")
	}
	tag := int(binary.LittleEndian.Uint16(text))
	l.channels = int(binary.LittleEndian.Uint16(text[2:]))
	rate := binary.LittleEndian.Uint32(text[4:])
	align := int(binary.LittleEndian.Uint16(text[12:]))
	l.bits = int(binary.LittleEndian.Uint16(text[14:]))
	if tag == formatExtensible {
		if len(text) < len(room) || !bytes.Equal(text[26:], []byte(subFormatTail)) {
			return broken("extensible format without a known kind")
		}
		tag = int(binary.LittleEndian.Uint16(text[24:]))
	}
	l.format = tag
	switch {
	case !playable(tag, l.bits):
		return refusedFormat(tag, l.bits)
	case l.channels == 0:
		return broken("no channels")
	case l.channels > maxChannels:
		return refused("wav_channels", "channels", l.channels)
	case rate < minRate || rate > maxRate:
		return refused("wav_rate", "rate", rate)
	case align != l.channels*l.bits/8:
		return broken("block align contradicts channels and bits")
	}
	l.rate = int(rate)
	return nil
}

// subFormatTail is what follows the format tag in the 16-byte name of an extensible format.
const subFormatTail = "\x00\x00\x00\x00\x10\x00\x80\x00\x00\xaa\x00\x38\x9b\x71"

func playable(tag, bits int) bool {
	switch tag {
	case formatPCM:
		return bits == 8 || bits == 16 || bits == 24 || bits == 32
	case formatFloat:
		return bits == 32 || bits == 64
	}
	return false
}

// clamp sets bytes to what is there of the promised bytes of samples, in whole frames.
func (l *layout) clamp(r io.ReaderAt, promised, size int64) error {
	there := size - l.at
	l.bytes = min(promised, there)
	if promised == 0 && there > 0 {
		closed, err := onlyChunks(r, l.at, size)
		if err != nil {
			return err
		}
		if !closed { // the writer was killed, or wrote into a pipe
			l.bytes = there
		}
	}
	l.truncated = promised > there && promised < endless
	l.bytes -= l.bytes % l.frameBytes()
	if l.bytes == 0 {
		return noSamples()
	}
	return nil
}

// onlyChunks tells whether nothing but whole chunks with readable names lies between at and size.
func onlyChunks(r io.ReaderAt, at, size int64) (bool, error) {
	for chunks := 0; at < size; chunks++ {
		if at+8 > size || chunks == maxChunks {
			return false, nil
		}
		id, length, err := chunkAt(r, at, size)
		if err != nil {
			return false, err
		}
		for _, c := range []byte(id) {
			if c < ' ' || c > '~' {
				return false, nil
			}
		}
		if at+8+length > size {
			return false, nil
		}
		if at, err = afterChunk(r, at+8+length, length, size); err != nil {
			return false, err
		}
	}
	return true, nil
}

// readAt fills p from at, or less where the file of size bytes ends before.
func readAt(r io.ReaderAt, p []byte, at, size int64) (int, error) {
	p = p[:max(0, min(int64(len(p)), size-at))]
	n, err := r.ReadAt(p, at)
	if err != nil && !errors.Is(err, io.EOF) {
		return n, fmt.Errorf("read at %d: %w", at, err)
	}
	return n, nil
}

func broken(why string) error {
	return &playlists.Problem{Kind: playlists.Invalid, Code: "wav_broken", Err: errors.New(why)}
}
