package app

import (
	"crypto/sha256"
	"encoding/binary"
	"math/rand/v2"
	"os"
	"path/filepath"
	"testing"
	"time"

	"dalaba/playlists"
)

// noise is a clip that is like nothing else.
func noise(seconds float64) []int16 { return noiseOf(2, seconds) }

// noiseOf is noise that is like no other seed's.
func noiseOf(seed uint64, seconds float64) []int16 {
	r := rand.New(rand.NewPCG(1, seed))
	samples := make([]int16, int(seconds*48_000))
	for i := range samples {
		samples[i] = int16(r.IntN(20_000) - 10_000)
	}
	return samples
}

// heard finds clip in the sound files and returns when its first frame was out.
func heard(t *testing.T, folder string, clip []int16) (time.Time, bool) {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(folder, "*.wav"))
	if err != nil {
		t.Fatal(err)
	}
	for _, path := range files {
		content, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		size := binary.LittleEndian.Uint32(content[40:])
		frames := make([]int16, size/2)
		for i := range frames {
			frames[i] = int16(binary.LittleEndian.Uint16(content[44+2*i:]))
		}
		at, likeness := correlate(frames, clip)
		if likeness > 0.99 {
			first, err := time.Parse("20060102T150405.000000Z.wav", filepath.Base(path))
			if err != nil {
				t.Fatal(err)
			}
			return first.Add(time.Duration(at) * time.Second / 48_000), true
		}
	}
	return time.Time{}, false
}

// correlate returns where in frames the first tenth of a second of clip is most like them, and how like, 0 to 1.
func correlate(frames, clip []int16) (at int, likeness float64) {
	const probe = 4800
	var own float64
	for _, s := range clip[:probe] {
		own += float64(s) * float64(s)
	}
	for i := 0; i+probe <= len(frames); i++ {
		// Noise is unlike itself shifted by one frame: where a few frames do not fit, none do.
		if frames[i] != clip[0] && frames[i+1] != clip[1] {
			continue
		}
		var product, energy float64
		for k, s := range clip[:probe] {
			product += float64(s) * float64(frames[i+k])
			energy += float64(frames[i+k]) * float64(frames[i+k])
		}
		if energy > 0 {
			if l := product / (own + energy) * 2; l > likeness {
				at, likeness = i, l
			}
		}
	}
	return at, likeness
}

// wavOf is a clip's file: mono, 16 bits, 48,000 frames a second.
func wavOf(samples []int16) []byte {
	size := uint32(2 * len(samples))
	h := []byte("RIFF")
	h = binary.LittleEndian.AppendUint32(h, 36+size)
	h = append(h, "WAVEfmt "...)
	h = binary.LittleEndian.AppendUint32(h, 16)
	h = append(h, 1, 0, 1, 0)
	h = binary.LittleEndian.AppendUint32(h, 48_000)
	h = binary.LittleEndian.AppendUint32(h, 96_000)
	h = append(h, 2, 0, 16, 0)
	h = append(h, "data"...)
	h = binary.LittleEndian.AppendUint32(h, size)
	for _, s := range samples {
		h = binary.LittleEndian.AppendUint16(h, uint16(s))
	}
	return h
}

func clipOf(content []byte) playlists.Clip {
	return playlists.Clip{
		Digest: sha256.Sum256(content), Bytes: int64(len(content)), Dialect: "cmn",
		Duration: playlists.Millis((len(content) - 44) / 96),
	}
}
