package audio

import "math"

// Loudness after ITU-R BS.1770-4: the K-weighted power of blocks of 400 ms that overlap by three quarters, averaged over
// the blocks that are louder than an absolute gate and than a second one, relative to what the first let through.
const (
	stepsPerSecond = 10 // each block begins a tenth of a second after the one before
	stepsPerBlock  = 4
	absoluteGate   = -70.0 // LUFS
	relativeGate   = -10.0 // LU
	loudnessOffset = -0.691
)

// loudness measures sound as it passes.
type loudness struct {
	channels []weighted
	step     int // frames
	filled   int // frames of the present step
	steps    int
	recent   [stepsPerBlock]float64 // the power of the last steps, times their length
	blocks   []float64              // mean powers
}

// weighted is a channel with its filters and what it counts: surround channels count by 1.41, bass effects by 0.
type weighted struct {
	weight      float64
	shelf, pass biquad
	squares     float64 // of the present step
}

// newLoudness measures interleaved channels of the given weights at rate frames a second.
func newLoudness(rate int, weights ...float64) *loudness {
	l := &loudness{step: rate / stepsPerSecond, channels: make([]weighted, len(weights))}
	for i, weight := range weights {
		l.channels[i] = weighted{weight: weight, shelf: shelf(rate), pass: highPass(rate)}
	}
	return l
}

func (l *loudness) add(sound []float32) {
	for len(sound) > 0 {
		n := min(l.step-l.filled, len(sound)/len(l.channels))
		for c := range l.channels {
			l.channels[c].add(sound[c:n*len(l.channels)], len(l.channels))
		}
		sound = sound[n*len(l.channels):]
		if l.filled += n; l.filled == l.step {
			l.endStep()
		}
	}
}

func (w *weighted) add(sound []float32, stride int) {
	var squares float64
	for i := 0; i < len(sound); i += stride {
		v := w.pass.next(w.shelf.next(float64(sound[i])))
		squares += v * v
	}
	w.squares += squares
}

func (l *loudness) endStep() {
	var power float64
	for c := range l.channels {
		power += l.channels[c].weight * l.channels[c].squares
		l.channels[c].squares = 0
	}
	l.recent[l.steps%stepsPerBlock] = power
	l.steps++
	l.filled = 0
	if l.steps >= stepsPerBlock {
		l.endBlock(stepsPerBlock * l.step)
	}
}

func (l *loudness) endBlock(frames int) {
	var power float64
	for _, p := range l.recent {
		power += p
	}
	l.blocks = append(l.blocks, power/float64(frames))
}

// integrated returns the loudness of all in LUFS, or silenceDB where nothing passes the gate. What is shorter than a
// block is one.
func (l *loudness) integrated() float64 {
	if len(l.blocks) == 0 {
		frames := l.steps*l.step + l.filled
		if frames == 0 {
			return silenceDB
		}
		l.endStep()
		l.blocks = l.blocks[:0]
		l.endBlock(frames)
	}
	mean := gatedMean(l.blocks, powerOf(absoluteGate))
	if mean == 0 {
		return silenceDB
	}
	mean = gatedMean(l.blocks, max(powerOf(absoluteGate), mean*math.Pow(10, relativeGate/10)))
	return lufs(mean)
}

// gatedMean is the mean of the powers above gate, or 0.
func gatedMean(powers []float64, gate float64) float64 {
	var sum float64
	var n int
	for _, p := range powers {
		if p > gate {
			sum += p
			n++
		}
	}
	if n == 0 {
		return 0
	}
	return sum / float64(n)
}

func lufs(power float64) float64 { return loudnessOffset + 10*math.Log10(power) }

func powerOf(lufs float64) float64 { return math.Pow(10, (lufs-loudnessOffset)/10) }

// biquad is a filter of the second order, in the transposed second form.
type biquad struct {
	b0, b1, b2, a1, a2 float64
	z1, z2             float64
}

func (f *biquad) next(x float64) float64 {
	y := f.b0*x + f.z1
	f.z1 = f.b1*x - f.a1*y + f.z2
	f.z2 = f.b2*x - f.a2*y
	return y
}

// The recommendation gives the filters as numbers for 48,000 frames a second. These are the analogue filters of which
// the bilinear transform makes those numbers, and of which it makes the filters for other rates.
const (
	shelfHertz, shelfQ, shelfDB = 1681.974450955533, 0.7071752369554196, 3.999843853973347
	shelfSlope                  = 0.4996667741545416
	passHertz, passQ            = 38.13547087602444, 0.5003270373238773
)

// shelf stands for the head: what is high sounds louder.
func shelf(rate int) biquad {
	k := math.Tan(math.Pi * shelfHertz / float64(rate))
	high := math.Pow(10, shelfDB/20)
	band := math.Pow(high, shelfSlope)
	a0 := 1 + k/shelfQ + k*k
	return biquad{
		b0: (high + band*k/shelfQ + k*k) / a0, b1: 2 * (k*k - high) / a0, b2: (high - band*k/shelfQ + k*k) / a0,
		a1: 2 * (k*k - 1) / a0, a2: (1 - k/shelfQ + k*k) / a0,
	}
}

// highPass stands for the ear: what is very low is hardly heard.
func highPass(rate int) biquad {
	k := math.Tan(math.Pi * passHertz / float64(rate))
	a0 := 1 + k/passQ + k*k
	return biquad{b0: 1, b1: -2, b2: 1, a1: 2 * (k*k - 1) / a0, a2: (1 - k/passQ + k*k) / a0}
}
