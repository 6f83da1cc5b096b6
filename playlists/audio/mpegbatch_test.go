package audio

import (
	"bytes"
	"errors"
	"io"
	"testing"
)

// TestBatchesSoundLikeOneStream compares long streams with themselves in one batch, sample by sample.
func TestBatchesSoundLikeOneStream(t *testing.T) {
	for _, name := range []string{"cbr.mp3", "vbr.mp3", "mpeg2.mp3"} {
		file := bytes.Repeat(sample(t, name), 20)
		one := mpegBatch{done: make(chan struct{})}
		for walk := newMPEGWalk(bytes.NewReader(file)); ; {
			f, err := walk.next()
			if err != nil {
				break
			}
			f.text = bytes.Clone(f.text)
			one.frames = append(one.frames, f)
		}
		if len(one.frames) < 3*batchFrames {
			t.Fatalf("%s: only %d frames", name, len(one.frames))
		}
		one.decode()

		found, err := openMP3(&disk{SectionReader: io.NewSectionReader(bytes.NewReader(file), 0, int64(len(file)))}, true)
		if err != nil {
			t.Fatal(err)
		}
		var many []float32
		for room := make([]float32, 1000); ; {
			n, err := found.read(room)
			many = append(many, room[:2*n]...)
			if errors.Is(err, io.EOF) {
				break
			}
			if err != nil {
				t.Fatal(err)
			}
		}
		if len(many) != len(one.sound)/2 {
			t.Fatalf("%s: %d samples, not %d", name, len(many), len(one.sound)/2)
		}
		for i, v := range many {
			if want := float32(int16(uint16(one.sound[2*i])|uint16(one.sound[2*i+1])<<8)) / fullScale; v != want {
				t.Fatalf("%s: sample %d is %v, not %v", name, i, v, want)
			}
		}
	}
}
