package e2e

import (
	"bytes"
	"encoding/binary"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

const rate = 48_000

// noise is a recording like no other: length of noise drawn from seed, as a mono 16-bit WAV file at 48,000 frames a
// second.
func noise(seed uint64, length time.Duration) []byte {
	random := rand.New(rand.NewPCG(seed, 1))
	frames := int(length.Seconds() * rate)
	var b bytes.Buffer
	b.WriteString("RIFF")
	le := func(v any) { binary.Write(&b, binary.LittleEndian, v) }
	le(uint32(36 + frames*2))
	b.WriteString("WAVEfmt ")
	for _, v := range []any{uint32(16), uint16(1), uint16(1), uint32(rate), uint32(rate * 2), uint16(2), uint16(16)} {
		le(v)
	}
	b.WriteString("data")
	le(uint32(frames * 2))
	for range frames {
		le(int16(random.IntN(16_000) - 8_000))
	}
	return b.Bytes()
}

// samples are the samples of a mono 16-bit WAV file with a header of 44 bytes.
func samples(wav []byte) []float64 {
	out := make([]float64, 0, len(wav)/2)
	for i := 44; i+1 < len(wav); i += 2 {
		out = append(out, float64(int16(binary.LittleEndian.Uint16(wav[i:]))))
	}
	return out
}

// heard looks for the beginning of recording in the horn's WAV files within two seconds of when, by normalised
// cross-correlation. It returns when its first sample sounded and the correlation there, of 1 for the same sound.
func (h *horn) heard(recording []byte, when time.Time) (time.Time, float64) {
	h.town.t.Helper()
	const template = rate / 24
	want := samples(recording)[:template]
	paths, err := filepath.Glob(filepath.Join(h.sound(), "*.wav"))
	if err != nil {
		h.town.t.Fatal(err)
	}
	var bestAt time.Time
	var best float64
	for _, path := range paths {
		wav, err := os.ReadFile(path)
		if err != nil {
			h.town.t.Fatal(err)
		}
		began := firstFrame(h.town.t, path)
		all := samples(wav)
		from := max(0, int(when.Add(-2*time.Second).Sub(began).Seconds()*rate))
		to := min(len(all)-template, int(when.Add(2*time.Second).Sub(began).Seconds()*rate))
		for i := from; i < to; i++ {
			if c := correlation(want, all[i:i+template]); c > best {
				best, bestAt = c, began.Add(time.Duration(float64(i)/rate*float64(time.Second)))
			}
		}
	}
	return bestAt, best
}

// firstFrame is when a file's first frame sounded, which its name says.
func firstFrame(t *testing.T, path string) time.Time {
	t.Helper()
	at, err := time.Parse("20060102T150405.000000Z", strings.TrimSuffix(filepath.Base(path), ".wav"))
	if err != nil {
		t.Fatal(err)
	}
	return at
}

func correlation(a, b []float64) float64 {
	var ab, aa, bb float64
	for i, x := range a {
		y := b[i]
		ab += x * y
		aa += x * x
		bb += y * y
	}
	if aa == 0 || bb == 0 {
		return 0
	}
	return ab / math.Sqrt(aa*bb)
}
