package sound

import (
	"math"
	"math/rand/v2"
	"testing"
	"time"
)

// spoken is a tone of that height in words of whole periods with pauses between, as long as length, and the greatest step
// from one of its samples to the next.
func spoken(hertz, height float64, word, pause, length int) (list []int16, step float64) {
	period := Rate / hertz
	word = int(math.Round(float64(word)/period) * period)
	for i := range length {
		s := 0.0
		if at := i % (word + pause); at < word {
			s = height * math.Sin(2*math.Pi*hertz*float64(at)/Rate)
		}
		list = append(list, int16(math.Round(s)))
	}
	return list, height * 2 * math.Sin(math.Pi*hertz/Rate)
}

// TestNothingClicks has two voices told all that a voice can be told, at random moments: no two samples that come out
// lie further apart than those that were recorded, but for what a ramp adds.
func TestNothingClicks(t *testing.T) {
	for seed := range uint64(12) {
		random := rand.New(rand.NewPCG(seed, 7))
		between := func(from, to int) int { return from + random.IntN(to-from+1) }
		const length = 8 * Rate
		m := NewMixer()
		now, device := time.Hour, Line{At: time.Hour}
		var most float64
		var voices []*Voice
		var wants []Line
		for _, hertz := range []float64{200, 480} {
			list, step := spoken(hertz, 12_000, Rate/2, between(0, Rate/4), length)
			list = list[:len(list)/int(Rate/hertz)*int(Rate/hertz)]
			most += 1.01*step + 12_000.0/ramp + 2
			start := int64(between(0, Rate/2))
			v, err := m.Place(&samples{list: list}, int64(len(list)), start, between(50, 100))
			if err != nil {
				t.Fatal(err)
			}
			voices = append(voices, v)
			wants = append(wants, Line{At: device.Time(start)})
		}
		room, last := make([]int16, Rate/20), 0.0
		for range 320 { // eight seconds
			i := between(0, 1)
			v := voices[i]
			switch between(0, 40) {
			case 0:
				v.Duck(between(0, 100))
			case 1:
				v.Pause()
			case 2, 3:
				v.Resume()
			case 4: // the clock is found to be wrong, by little or by much
				wants[i].At += time.Duration(between(-400, 400)) * time.Millisecond
			case 5:
				wants[i].At += time.Duration(between(-8000, 8000)) * time.Microsecond
			case 6: // the device's rate is
				device.Drift = float64(between(-900, 900)) / 1e6
			case 7:
				if between(0, 5) == 0 {
					v.Cut()
				}
			}
			for k, v := range voices {
				if err := v.fill(); err != nil {
					t.Fatal(err)
				}
				v.Follow(device, wants[k], now)
			}
			room := room[:between(1, len(room))]
			m.Fill(room)
			now += Length(int64(len(room)))
			for k, s := range room {
				if step := math.Abs(float64(s) - last); step > most {
					t.Fatalf("seed %d: a step of %.0f at frame %d, where the sound's own are %.0f", seed, step, m.Position()-int64(len(room)-k), most)
				}
				last = float64(s)
			}
		}
		if m.Noise() > 0 {
			t.Fatalf("seed %d: it was taken for noise", seed)
		}
	}
}
