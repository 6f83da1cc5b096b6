package audio

import (
	"math"
	"math/cmplx"
	"time"
)

const (
	// hearEvery is how many frames make one of those in which a chirp is looked for, and hearRate how many of these there
	// are in a second. They are complex and hold hearLow to hearHigh Hz: the chirp and not much else.
	hearEvery         = 10
	hearRate          = Rate / hearEvery
	hearLow, hearHigh = 300.0, 4200.0
	// hearTaps is the length of the filter that lets that through.
	hearTaps = 241
	// hearBlock is how many are transformed at once.
	hearBlock = 1 << 14
)

const (
	// hearLike is how like the chirp a second of sound must be, and hearClear how many times more than all else around it.
	hearLike, hearClear = 0.2, 8.0
	// hearParts is into how many parts the chirp is cut; all but one of them must be there, each like itself by hearPart, and
	// as loud as hearShare of the whole. A syllable, or a bird, can be like one or two.
	hearParts = 4
	hearPart  = 0.1
	hearShare = 0.3
	// hearEcho is by how long echoes may be louder than what came straight, which is by hearStraight as clear at least.
	hearEcho     = 50 * time.Millisecond
	hearStraight = 0.5
	// hearQuiet is the level, in dBFS, below which nothing is heard.
	hearQuiet = -80.0
)

// Heard tells where a chirp was found.
type Heard struct {
	// At is the frame with which the chirp begins, to a millisecond: that of the straight way, where there are echoes.
	At int
	// Likeness is how like a chirp the sound there is: 1 is nothing but a chirp.
	Likeness float64
	// Clear is how many times more like a chirp it is there than elsewhere, at most 1000.
	Clear float64
	// Level is how loud the chirp was recorded: root mean square, in dBFS.
	Level float64
}

// FindChirp looks for a Chirp in what a microphone has recorded, mono at Rate, and tells where it is most clearly. It
// finds it through noise, echoes and horns, from a clock that is off by some hundred millionths, cut off at full scale
// and very softly, and does not take speech, music or noise for one. A chirp that is not there as a whole is not found.
// Besides the frames it needs 1 MiB, and 4 bytes for each frame.
func FindChirp(frames []float32) (Heard, bool) {
	best, whole := likest(frames)
	if !whole || !best.likely() {
		return Heard{}, false
	}
	return best, true
}

// likely tells whether it is a chirp, if it is whole.
func (h Heard) likely() bool {
	return h.Likeness >= hearLike && h.Clear >= hearClear && h.Level >= hearQuiet
}

// likest tells where frames are most like a chirp, and whether that is like all of it.
func likest(frames []float32) (best Heard, whole bool) {
	chirp := Chirp()
	own, sound := analytic(chirp), analytic(frames)
	if len(sound) < len(own) {
		return Heard{}, false
	}
	likeness, gain := matched(sound, own)
	at := clearest(likeness)
	best = Heard{
		At: int(math.Round(hearEvery * straight(likeness, at))), Likeness: likeness[at], Clear: clearness(likeness, at),
		Level: decibels(gain[at]) + RMS(chirp),
	}
	return best, inAllParts(sound[at:], own, gain[at])
}

// analytic returns the positive frequencies of sound from hearLow to hearHigh, at hearRate.
func analytic(sound []float32) []complex128 {
	const middle, half = (hearLow + hearHigh) / 2, (hearHigh - hearLow) / 2
	var taps [hearTaps]complex128
	for k := range taps {
		x := float64(k - hearTaps/2)
		low := 2 * half / Rate * sinc(2*half/Rate*x) * slope(1-math.Abs(x)/(hearTaps/2+1))
		sin, cos := math.Sincos(2 * math.Pi * middle / Rate * x)
		taps[k] = complex(low*cos, low*sin)
	}
	out := make([]complex128, (len(sound)+hearEvery-1)/hearEvery)
	for m := range out {
		from := m*hearEvery - hearTaps/2
		var re, im float64
		for k := max(0, -from); k < min(hearTaps, len(sound)-from); k++ {
			v := float64(sound[from+k])
			// Convolution turns the filter round; its mirror image is its conjugate.
			re, im = re+v*real(taps[k]), im-v*imag(taps[k])
		}
		out[m] = complex(re, im)
	}
	return out
}

// matched tells for every place of sound at which own could begin how like own it is, 0 to 1, and how many times as loud.
func matched(sound, own []complex128) (likeness, gain []float64) {
	places := len(sound) - len(own) + 1
	likeness, gain = make([]float64, places), make([]float64, places)
	f := newFourier(hearBlock)
	filter, block := make([]complex128, hearBlock), make([]complex128, hearBlock)
	copy(filter, own)
	f.transform(filter)
	energy := energyOf(own)
	step := hearBlock - len(own) + 1
	for from := 0; from < places; from += step {
		n := copy(block, sound[from:])
		clear(block[n:])
		f.transform(block)
		for i, v := range filter {
			block[i] *= cmplx.Conj(v)
		}
		f.back(block)
		here := energyOf(sound[from : from+len(own)])
		for i := range min(step, places-from) {
			product := cmplx.Abs(block[i])
			gain[from+i] = product / energy
			if floor := energy * share(2*hearQuiet); here > floor {
				likeness[from+i] = min(1, product/math.Sqrt(energy*here))
			}
			if next := from + i + len(own); next < len(sound) {
				here += power(sound[next]) - power(sound[from+i])
			}
		}
	}
	return likeness, gain
}

// clearest is the place of the greatest value.
func clearest(likeness []float64) (at int) {
	for i, v := range likeness {
		if v > likeness[at] {
			at = i
		}
	}
	return at
}

// clearness is how many times greater the value at that place is than all those farther away than echoes are.
func clearness(likeness []float64, at int) float64 {
	const most = 1000
	near := int(hearEcho.Seconds() * hearRate)
	var sum, n float64
	for i, v := range likeness {
		if i < at-near || i > at+near {
			sum, n = sum+v*v, n+1
		}
	}
	if sum == 0 {
		return most
	}
	return min(most, likeness[at]/math.Sqrt(sum/n))
}

// straight is the first place, a little before the clearest at most, at which the chirp came; between two as well.
func straight(likeness []float64, at int) float64 {
	least := hearStraight * likeness[at]
	for i := max(1, at-int(hearEcho.Seconds()*hearRate)); i < at; i++ {
		if likeness[i] >= least && likeness[i] >= likeness[i-1] && likeness[i] >= likeness[i+1] {
			at = i
			break
		}
	}
	if at == 0 || at == len(likeness)-1 {
		return float64(at)
	}
	// The top of the parabola through three points.
	before, here, behind := likeness[at-1], likeness[at], likeness[at+1]
	if bend := before - 2*here + behind; bend < 0 {
		return float64(at) + (before-behind)/(2*bend)
	}
	return float64(at)
}

// inAllParts tells whether all but one of the parts of own are in the sound that begins where it does, which is gain times
// as loud as a whole.
func inAllParts(sound, own []complex128, gain float64) bool {
	missing, size := 0, len(own)/hearParts
	for from := 0; from+size <= len(own); from += size {
		part, here := own[from:from+size], sound[from:from+size]
		var sum complex128
		for i, v := range part {
			sum += here[i] * cmplx.Conj(v)
		}
		energy, product := energyOf(part), cmplx.Abs(sum)
		if product < hearPart*math.Sqrt(energy*energyOf(here)) || product < hearShare*gain*energy {
			missing++
		}
	}
	return missing <= 1
}

func power(v complex128) float64 { return real(v)*real(v) + imag(v)*imag(v) }

func energyOf(sound []complex128) (sum float64) {
	for _, v := range sound {
		sum += power(v)
	}
	return sum
}
