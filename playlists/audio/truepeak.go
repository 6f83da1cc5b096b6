package audio

import "math"

// Between two frames the sound may go higher than in either. It is looked at in three places between each two, which is
// four times the rate, by a sinc under a Kaiser window.
const (
	peakPhases   = 4
	peakHalf     = 12 // taps on each side
	peakBeta     = 6.5
	peakTaps     = 2 * peakHalf
	peakBlock    = 64 // frames that are looked at together
	peakLookback = peakTaps - 1
)

// between computes the sound between frames.
type between struct {
	rows [peakPhases - 1][peakTaps]float32
	// most is how much higher than all frames around it the sound between two can be.
	most float32
}

func newBetween() *between {
	b := new(between)
	for p := range b.rows {
		row := make([]float64, peakTaps)
		var sum float64
		for k := range row {
			x := float64(k-peakHalf+1) - float64(p+1)/peakPhases
			row[k] = sinc(x) * kaiserOf(peakBeta, x/peakHalf)
			sum += row[k]
		}
		var size float64
		for k, v := range row {
			b.rows[p][k] = float32(v / sum)
			size += math.Abs(v / sum)
		}
		b.most = max(b.most, float32(size))
	}
	return b
}

// peak returns the greatest deflection between the two frames in the middle of window, which has peakTaps frames.
func (b *between) peak(window []float32) float32 {
	var most float32
	for p := range b.rows {
		v := dot(window[:peakTaps], b.rows[p][:])
		most = max(most, v, -v)
	}
	return most
}

// truePeak finds the highest deflection of what passes, between frames too.
type truePeak struct {
	between *between
	room    []float32 // peakLookback frames of what came before, and then a block
	most    float32
}

func newTruePeak() *truePeak {
	return &truePeak{between: newBetween(), room: make([]float32, peakLookback, peakLookback+peakBlock)}
}

func (t *truePeak) add(sound []float32) {
	for len(sound) > 0 {
		n := min(peakBlock, len(sound))
		t.room = append(t.room, sound[:n]...)
		sound = sound[n:]
		// Most blocks cannot hold a new peak, and cost no more than this.
		highest := loudestOf(t.room)
		if highest*t.between.most > t.most {
			t.most = max(t.most, highest)
			for i := range n {
				t.most = max(t.most, t.between.peak(t.room[i:i+peakTaps]))
			}
		}
		t.room = t.room[:copy(t.room, t.room[n:])]
	}
}

// highest returns the peak of all that passed, as a share of full scale.
func (t *truePeak) highest() float32 {
	t.add(make([]float32, peakHalf)) // what comes out behind the last frame
	return t.most
}

// loudestOf returns the highest deflection of any frame.
func loudestOf(sound []float32) float32 {
	var most float32
	for _, v := range sound {
		most = max(most, v, -v)
	}
	return most
}
