package audio

import (
	"fmt"
	"io"
	"math"
	"slices"
	"testing"
)

func TestTonesPassTheResamplerPure(t *testing.T) {
	for _, rate := range []int{4_000, 8_000, 11_025, 16_000, 22_050, 24_000, 32_000, 44_100, 44_101, 88_200, 96_000, 192_000} {
		for _, hertz := range []float64{300, 1000, 3100, 8000, 12_000} {
			if hertz > 0.41*float64(rate) {
				continue
			}
			_, clip, err := render(t, pcm(rate, tone(hertz, 0.9, rate, rate/2)).file(), Limits{})
			if err != nil {
				t.Fatal(err)
			}
			ratio, amplitude := snr(frames(t, clip), hertz)
			if ratio < 80 || math.Abs(amplitude-0.9) > 0.002 {
				t.Errorf("%g Hz at %d: %.1f dB, amplitude %.4f", hertz, rate, ratio, amplitude)
			}
		}
	}
}

func TestNothingFoldsBackGoingDown(t *testing.T) {
	for _, rate := range []int{88_200, 96_000, 192_000} {
		for _, hertz := range []float64{25_000, 30_000, 40_000} {
			_, clip, err := render(t, pcm(rate, tone(hertz, 0.9, rate, rate)).file(), Limits{})
			if err != nil {
				t.Fatal(err)
			}
			// The ends are left out: a tone that begins and stops at once has all frequencies.
			middle := frames(t, clip)[Rate/10 : Rate-Rate/10]
			if loudest := max(slices.Max(middle), -slices.Min(middle)); decibels(float64(loudest)) < -80 {
				continue
			}
			t.Errorf("%g Hz at %d is still there: %v … %v", hertz, rate, slices.Min(middle), slices.Max(middle))
		}
	}
}

func TestResamplingNeitherDelaysNorDrifts(t *testing.T) {
	for _, rate := range []int{8_000, 44_100, 96_000} {
		sound := make([]float64, 5*rate)
		for second := 1; second < 5; second++ {
			sound[second*rate] = 0.9
		}
		_, clip, err := render(t, pcm(rate, sound).file(), Limits{})
		if err != nil {
			t.Fatal(err)
		}
		out := frames(t, clip)
		for second := 1; second < 5; second++ {
			if peak := out[second*Rate]; peak < out[second*Rate-1] || peak < out[second*Rate+1] || peak < 0.3 {
				t.Errorf("%d: the click at %d s is not there", rate, second)
			}
		}
	}
}

// trickle gives its frames one by one.
type trickle struct{ left []float32 }

func (s *trickle) read(dst []float32) (int, error) {
	if len(s.left) == 0 {
		return 0, io.EOF
	}
	n := copy(dst[:1], s.left)
	s.left = s.left[n:]
	return n, nil
}

func TestTheSizeOfReadsDoesNotMatter(t *testing.T) {
	sound := make([]float32, 5000)
	for i := range sound {
		sound[i] = float32(math.Sin(float64(i * i)))
	}
	for _, rate := range []int{11_025, 192_000} {
		collect := func(src source, block int) string {
			var all []float32
			for {
				room := make([]float32, block)
				n, err := src.read(room)
				all = append(all, room[:n]...)
				if err != nil {
					return fmt.Sprint(len(all), all)
				}
			}
		}
		large := &floatsOf{sound}
		if collect(resample(&trickle{sound}, rate), 7) != collect(resample(large, rate), 4096) {
			t.Errorf("%d: other reads, other sound", rate)
		}
	}
}

// floatsOf gives all it can.
type floatsOf struct{ left []float32 }

func (s *floatsOf) read(dst []float32) (int, error) {
	n := copy(dst, s.left)
	s.left = s.left[n:]
	if n == 0 {
		return 0, io.EOF
	}
	return n, nil
}
