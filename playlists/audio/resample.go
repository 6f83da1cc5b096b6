package audio

import (
	"errors"
	"io"
	"math"
)

// The filter: a sinc of 64 taps under a Kaiser window with 90 dB of attenuation. Its transition band, 0.089 of the lower
// of both rates, ends where that rate's spectrum does, so nothing folds back: at 44,100 in, it is flat up to 18 kHz.
const (
	halfTaps   = 32
	kaiserBeta = 8.96
	cutoff     = 0.5 - 0.0892/2
	// maxPhases is enough for every rate that recorders use to be met exactly (11,025 needs 640). Between the phases
	// of a rate that needs more, the filter is interpolated, which leaves errors below −100 dB.
	maxPhases = 640
)

// resampler brings src from rate to Rate frames a second. Frame n of its output is the sound at n/Rate seconds exactly:
// it neither delays nor drifts.
type resampler struct {
	src  source
	rate int64
	half int // taps on each side
	// phases rows of 2·half coefficients, and one more to interpolate towards.
	table  []float32
	phases int64

	in   []float32 // what was read and is still needed; half frames of silence come first
	base int64     // the number of the source's frame in[0], less than zero at first
	end  int64     // how many frames the source had, or −1 while that is not known
	next int64     // the number of the next frame to give
}

// resample returns src brought from rate to Rate.
func resample(src source, rate int) source {
	if rate == Rate {
		return src
	}
	r := &resampler{src: src, rate: int64(rate), half: halfTaps, end: -1}
	step := 1.0 // how many of the source's frames the filter's unit is
	if rate > Rate {
		step = float64(rate) / Rate
		r.half = 2 * int(math.Ceil(halfTaps*step/2)) // even, for dot
	}
	r.phases = min(int64(Rate/gcd(Rate, rate)), maxPhases)
	r.table = kernel(int(r.phases), r.half, step)
	r.base = -int64(r.half)
	r.in = make([]float32, r.half, 2*r.half+2*blockFrames)
	return r
}

// kernel computes the filter for each of phases positions between two frames of the source, and for the next frame.
// Each row adds up to 1, so that a constant stays one.
func kernel(phases, half int, step float64) []float32 {
	table := make([]float32, 0, (phases+1)*2*half)
	row := make([]float64, 2*half)
	for p := range phases + 1 {
		var sum float64
		for k := range row {
			x := (float64(k-half+1) - float64(p)/float64(phases)) / step
			row[k] = sinc(2*cutoff*x) * kaiser(x/halfTaps)
			sum += row[k]
		}
		for _, c := range row {
			table = append(table, float32(c/sum))
		}
	}
	return table
}

func (r *resampler) read(dst []float32) (int, error) {
	for i := range dst {
		at := r.next * r.rate
		index := at / Rate // the source's frame at or before it
		for r.end < 0 && index+int64(r.half) >= r.base+int64(len(r.in)) {
			if err := r.fill(index); err != nil {
				return 0, err
			}
		}
		if r.end >= 0 && index >= r.end {
			return i, io.EOF
		}
		first := int(index - int64(r.half) + 1 - r.base)
		dst[i] = r.tap(r.in[first:first+2*r.half], at%Rate*r.phases)
		r.next++
	}
	return len(dst), nil
}

// tap weighs a window of the source. place counts how far behind the window's middle frame the wanted one lies, in
// 1/Rate of a phase.
func (r *resampler) tap(window []float32, place int64) float32 {
	row := int(place/Rate) * len(window)
	here := r.table[row : row+len(window)]
	value := dot(window, here)
	if rest := place % Rate; rest != 0 {
		there := r.table[row+len(window) : row+2*len(window)]
		value += float32((dot(window, there) - value) * (float32(rest) / Rate))
	}
	return value
}

// fill reads one more block, and forgets what lies too far before index. The source's end is followed by silence.
func (r *resampler) fill(index int64) error {
	if old := min(int(index-int64(r.half)+1-r.base), len(r.in)); old > 0 {
		r.in = r.in[:copy(r.in, r.in[old:])]
		r.base += int64(old)
	}
	had := len(r.in)
	r.in = append(r.in, make([]float32, blockFrames)...)
	n, err := r.src.read(r.in[had:])
	r.in = r.in[:had+n]
	if errors.Is(err, io.EOF) {
		r.end = r.base + int64(len(r.in))
		r.in = append(r.in, make([]float32, r.half+1)...)
		return nil
	}
	return err
}

// dot adds up the products of a and b, whose length is a multiple of four. The conversions forbid the compiler to fuse
// multiplication and addition, which would give other bytes on other machines.
func dot(a, b []float32) float32 {
	var s0, s1, s2, s3 float32
	for len(a) >= 4 && len(b) >= 4 {
		s0 += float32(a[0] * b[0])
		s1 += float32(a[1] * b[1])
		s2 += float32(a[2] * b[2])
		s3 += float32(a[3] * b[3])
		a, b = a[4:], b[4:]
	}
	return (s0 + s1) + (s2 + s3)
}

// sinc is sin(πx)/(πx).
func sinc(x float64) float64 {
	if x == 0 {
		return 1
	}
	return math.Sin(math.Pi*x) / (math.Pi * x)
}

// kaiser is the Kaiser window, from −1 to 1.
func kaiser(x float64) float64 { return kaiserOf(kaiserBeta, x) }

func kaiserOf(beta, x float64) float64 {
	if x <= -1 || x >= 1 {
		return 0
	}
	return bessel(beta*math.Sqrt(1-x*x)) / bessel(beta)
}

// bessel is the modified Bessel function of the first kind and order 0, by its series.
func bessel(x float64) float64 {
	sum, term := 1.0, 1.0
	for k := 1.0; term > 1e-12*sum; k++ {
		term *= x * x / (4 * k * k)
		sum += term
	}
	return sum
}

func gcd(a, b int) int {
	for b != 0 {
		a, b = b, a%b
	}
	return a
}
