package audio

import (
	"errors"
	"fmt"
	"io"
	"math"

	"dalaba/playlists"
)

// Bounds on what is read, in every form.
const (
	maxChannels = 8
	minRate     = 4_000
	maxRate     = 192_000
)

// decoder gives a recording's sound as it was recorded: frames of as many samples as there are channels, full scale ±1.
// There is one for each form of file.
type decoder interface {
	// read puts whole frames into dst and returns how many. It returns io.EOF, then or later, when there are no more.
	// Other errors are those of the disk, or a Problem.
	read(dst []float32) (frames int, err error)
	// flaws tells, once read has returned io.EOF, what was found wrong with the file: NoteTruncated, NoteDamaged.
	flaws() []Note
}

// opened is a recording whose beginning has been read.
type opened struct {
	decoder
	rate, channels int
	// frames is how many there are as the file says, or 0.
	frames int64
}

func (o opened) seconds() float64 { return float64(o.frames) / float64(o.rate) }

// open finds out by its content what the file of size bytes at r is, and reads its beginning.
func open(r io.ReaderAt, size int64) (opened, error) {
	at, tags, err := skipTags(r, size)
	if err != nil {
		return opened{}, err
	}
	var room [headBytes]byte
	n, err := readAt(r, room[:], at, size)
	if err != nil {
		return opened{}, err
	}
	if size == 0 {
		return opened{}, noSamples()
	}
	file := io.NewSectionReader(r, at, size-at)
	switch k := kindOf(room[:n]); k {
	case KindWAV:
		return openWAV(file)
	case KindFLAC:
		return careful(KindFLAC, file, openFLAC)
	case KindOgg:
		return careful(KindVorbis, file, openVorbis)
	case "":
		sure := tags > 0
		return careful(KindMP3, file, func(r *disk) (opened, error) { return openMP3(r, sure) })
	default:
		return opened{}, unread(k)
	}
}

// disk reads a file and remembers where that failed, so that the disk's failures are not taken for the file's.
type disk struct {
	*io.SectionReader
	err error
}

func (d *disk) Read(p []byte) (int, error) {
	n, err := d.SectionReader.Read(p)
	if err != nil && !errors.Is(err, io.EOF) && d.err == nil {
		d.err = fmt.Errorf("read recording: %w", err)
	}
	return n, err
}

// careful opens a file with a decoder that is not ours. Its errors and panics become refusals.
func careful(k Kind, file *io.SectionReader, open func(*disk) (opened, error)) (found opened, err error) {
	d := &disk{SectionReader: file}
	defer func() { err = told(k, d, recover(), err) }()
	if found, err = open(d); err != nil {
		return opened{}, cutShort(err)
	}
	switch {
	case found.channels < 1 || found.channels > maxChannels:
		return opened{}, refused("wav_channels", "channels", found.channels)
	case found.rate < minRate || found.rate > maxRate:
		return opened{}, refused("wav_rate", "rate", found.rate)
	}
	found.decoder = &guarded{decoder: found.decoder, kind: k, disk: d}
	return found, nil
}

// guarded is a decoder that is not ours. After an error it gives nothing more.
type guarded struct {
	decoder
	kind Kind
	disk *disk
	over error
}

func (g *guarded) read(dst []float32) (n int, err error) {
	if g.over != nil {
		return 0, g.over
	}
	defer func() {
		if g.over = told(g.kind, g.disk, recover(), err); g.over != nil {
			err = g.over
		}
	}()
	n, err = g.decoder.read(dst)
	for i, v := range dst[:max(0, n)] {
		dst[i] = float32(sane(float64(v)))
	}
	return n, err
}

// told makes what a decoder panicked with, or its error, what the caller shall be told.
func told(k Kind, d *disk, panicked any, err error) error {
	switch {
	case d.err != nil:
		return d.err
	case panicked != nil:
		return damaged(k, fmt.Errorf("decoder panicked: %v", panicked))
	case err == nil, errors.Is(err, io.EOF), playlists.ProblemOf(err) != nil:
		return err
	}
	return damaged(k, err)
}

// loudest is how far beyond full scale a float sample is believed: what is louder than this is no sound.
const loudest = 8

// sane returns v, and silence for what is no sound.
func sane(v float64) float64 {
	if math.IsNaN(v) || v > loudest || v < -loudest {
		return 0
	}
	return v
}

// mono mixes a decoder's channels to one, each with the same weight, and looks for clipping in each.
type mono struct {
	from opened
	room []float32
	tops []plateau // one for each channel
}

func newMono(from opened) *mono {
	return &mono{from: from, room: make([]float32, blockFrames*from.channels), tops: make([]plateau, from.channels)}
}

func (m *mono) read(dst []float32) (int, error) {
	channels := m.from.channels
	n, err := m.from.read(m.room[:min(len(dst), blockFrames)*channels])
	for i := range n {
		var sum float32
		for c, v := range m.room[i*channels : (i+1)*channels] {
			m.tops[c].add(v)
			sum += v
		}
		dst[i] = sum / float32(channels)
	}
	return n, err
}

// clipped is the share of the frames, in the channel that has most of them, that were cut off at full scale.
func (m *mono) clipped() float64 {
	var most float64
	for _, top := range m.tops {
		most = max(most, top.share())
	}
	return most
}
