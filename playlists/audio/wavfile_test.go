package audio

import (
	"bytes"
	"encoding/binary"
	"errors"
	"io"
	"math"
	"slices"
	"testing"
)

// memory is a file in memory to write to.
type memory struct {
	bytes []byte
	at    int
}

func (m *memory) Write(p []byte) (int, error) {
	if short := m.at + len(p) - len(m.bytes); short > 0 {
		m.bytes = append(m.bytes, make([]byte, short)...)
	}
	m.at += copy(m.bytes[m.at:], p)
	return len(p), nil
}

func (m *memory) Seek(offset int64, whence int) (int64, error) {
	switch whence {
	case io.SeekStart:
		m.at = int(offset)
	case io.SeekEnd:
		m.at = len(m.bytes) + int(offset)
	default:
		return 0, errors.ErrUnsupported
	}
	return int64(m.at), nil
}

// recording says what a WAV file made by file shall be.
type recording struct {
	layout
	extensible bool
	// sound is its left-most channel, full scale ±1; the others are the same.
	sound []float64
}

// file writes the recording as any recorder would.
func (r recording) file() []byte {
	var data []byte
	le := binary.LittleEndian
	for _, v := range r.sound {
		for range r.channels {
			whole := int64(math.Round(v * (float64(int64(1)<<(r.bits-1)) - 1)))
			switch {
			case r.format == formatFloat && r.bits == 64:
				data = le.AppendUint64(data, math.Float64bits(v))
			case r.format == formatFloat:
				data = le.AppendUint32(data, math.Float32bits(float32(v)))
			case r.bits == 8:
				data = append(data, byte(whole+128))
			default:
				data = append(data, le.AppendUint64(nil, uint64(whole))[:r.bits/8]...)
			}
		}
	}
	return riff(chunk("fmt ", r.fmtChunk()), chunk("data", data))
}

func (r recording) fmtChunk() []byte {
	le := binary.LittleEndian
	tag := r.format
	if r.extensible {
		tag = formatExtensible
	}
	text := le.AppendUint16(nil, uint16(tag))
	text = le.AppendUint16(text, uint16(r.channels))
	text = le.AppendUint32(text, uint32(r.rate))
	text = le.AppendUint32(text, uint32(int64(r.rate)*r.frameBytes()))
	text = le.AppendUint16(text, uint16(r.frameBytes()))
	text = le.AppendUint16(text, uint16(r.bits))
	if r.extensible {
		text = le.AppendUint16(text, 22)
		text = le.AppendUint16(text, uint16(r.bits))
		text = le.AppendUint32(text, 0)
		text = le.AppendUint16(text, uint16(r.format))
		text = append(text, subFormatTail...)
	}
	return text
}

// chunk writes one chunk with its padding.
func chunk(id string, body []byte) []byte {
	text := binary.LittleEndian.AppendUint32([]byte(id), uint32(len(body)))
	text = append(text, body...)
	if len(body)%2 == 1 {
		text = append(text, 0)
	}
	return text
}

// riff wraps chunks into a file.
func riff(chunks ...[]byte) []byte {
	return chunk("RIFF", append([]byte("WAVE"), slices.Concat(chunks...)...))
}

// tone is n frames of a sine of hertz at rate, of the given amplitude.
func tone(hertz, amplitude float64, rate, n int) []float64 {
	sound := make([]float64, n)
	for i := range sound {
		sound[i] = amplitude * math.Sin(2*math.Pi*hertz*float64(i)/float64(rate))
	}
	return sound
}

// pcm is a mono 16-bit recording of sound at rate.
func pcm(rate int, sound []float64) recording {
	return recording{layout: layout{format: formatPCM, channels: 1, rate: rate, bits: 16}, sound: sound}
}

// render renders file, and returns the clip too.
func render(t testing.TB, file []byte, limits Limits) (Rendition, []byte, error) {
	t.Helper()
	var out memory
	made, err := Render(t.Context(), bytes.NewReader(file), int64(len(file)), &out, limits)
	return made, out.bytes, err
}

// frames reads a clip whole.
func frames(t testing.TB, clip []byte) []float32 {
	t.Helper()
	c, err := OpenClip(bytes.NewReader(clip), int64(len(clip)))
	if err != nil {
		t.Fatal(err)
	}
	sound := make([]float32, c.Frames())
	if n, err := c.ReadFrames(sound, 0); err != nil || n != len(sound) {
		t.Fatalf("read %d of %d frames: %v", n, len(sound), err)
	}
	return sound
}

// snr fits a sine of hertz to sound without its ends, and returns how far, in dB, what is left lies below it, and the
// amplitude of the sine. The phase is not free: the sine must begin at frame 0.
func snr(sound []float32, hertz float64) (ratio, amplitude float64) {
	skip := len(sound) / 10
	var ss, sx, xx float64
	for i := skip; i < len(sound)-skip; i++ {
		s := math.Sin(2 * math.Pi * hertz * float64(i) / Rate)
		v := float64(sound[i])
		ss += s * s
		sx += s * v
		xx += v * v
	}
	amplitude = sx / ss
	return 10 * math.Log10(sx*amplitude/(xx-sx*amplitude)), amplitude
}
