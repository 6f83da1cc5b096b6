package audio

import (
	"math"
	"testing"
)

// flacFile writes sound as FLAC of the given depth, without compression, in blocks whose headers leave rate and depth to the
// stream's description.
func flacFile(bits, rate int, sound []float64) []byte {
	const block = 1024
	info := new(bitWriter)
	info.put(block, 16)
	info.put(block, 16)
	info.put(0, 48)
	info.put(rate, 20)
	info.put(0, 3)
	info.put(bits-1, 5)
	info.put(len(sound), 36)
	file := append([]byte("fLaC\x80\x00\x00\x22"), info.text...)
	file = append(file, make([]byte, 16)...)
	for number := 0; len(sound) > 0; number++ {
		n := min(block, len(sound))
		file = append(file, flacBlock(bits, number, sound[:n])...)
		sound = sound[n:]
	}
	return file
}

func flacBlock(bits, number int, sound []float64) []byte {
	w := new(bitWriter)
	w.put(0xFFF8, 16)
	w.put(0x70, 8) // a length of 16 bits, the stream's rate
	w.put(0x00, 8) // one channel, the stream's depth
	w.put(number, 8)
	w.put(len(sound)-1, 16)
	w.put(crc(w.text, 8, 0x07), 8)
	w.put(0x02, 8) // as they are
	for _, v := range sound {
		w.put(int(math.Round(v*(math.Exp2(float64(bits-1))-1))), bits)
	}
	for w.free != 0 {
		w.put(0, 1)
	}
	w.put(crc(w.text, 16, 0x8005), 16)
	return w.text
}

// bitWriter writes numbers of bits, the highest first.
type bitWriter struct {
	text []byte
	free int // bits of the last byte
}

func (w *bitWriter) put(v, n int) {
	for i := n - 1; i >= 0; i-- {
		if w.free == 0 {
			w.text, w.free = append(w.text, 0), 8
		}
		w.free--
		w.text[len(w.text)-1] |= byte(v>>i&1) << w.free
	}
}

func crc(text []byte, width, polynomial int) int {
	sum := 0
	for _, b := range text {
		sum ^= int(b) << (width - 8)
		for range 8 {
			sum = (sum<<1 ^ sum>>(width-1)*polynomial) & (1<<width - 1)
		}
	}
	return sum
}

func TestFLACOfAnyDepth(t *testing.T) {
	for bits := 6; bits <= 24; bits++ {
		for _, rate := range []int{8_000, 24_000, 48_000, 192_000} {
			made, clip, err := render(t, flacFile(bits, rate, tone(1000, 0.5, rate, rate/4+1)), Limits{})
			if err != nil {
				t.Fatalf("%d bits at %d: %v", bits, rate, err)
			}
			if len(made.Notes) != 1 || made.Notes[0] != NoteShort {
				t.Errorf("%d bits at %d: notes %v", bits, rate, made.Notes)
			}
			least := min(80, 6*float64(bits)-10)
			if ratio, amplitude := snr(frames(t, clip), 1000); ratio < least || math.Abs(amplitude-0.5) > 0.03 {
				t.Errorf("%d bits at %d: %.1f dB, amplitude %.3f", bits, rate, ratio, amplitude)
			}
		}
	}
	for _, bits := range []int{25, 32} {
		_, _, err := render(t, flacFile(bits, 48_000, tone(1000, 0.5, 48_000, 5000)), Limits{})
		if f := ForeignOf(err); f == nil || f.Kind != KindFLAC {
			t.Errorf("%d bits: %v", bits, err)
		}
	}
}
