package audio

import "math"

// fourier transforms so many numbers, a power of two, between time and frequency.
type fourier struct{ turns []complex128 } // half a circle

func newFourier(n int) *fourier {
	f := &fourier{turns: make([]complex128, n/2)}
	for i := range f.turns {
		sin, cos := math.Sincos(-2 * math.Pi * float64(i) / float64(n))
		f.turns[i] = complex(cos, sin)
	}
	return f
}

// transform changes x in place from time to frequency.
func (f *fourier) transform(x []complex128) {
	n := len(x)
	for i, j := 1, 0; i < n; i++ {
		bit := n >> 1
		for ; j&bit != 0; bit >>= 1 {
			j ^= bit
		}
		if j ^= bit; i < j {
			x[i], x[j] = x[j], x[i]
		}
	}
	for size := 2; size <= n; size *= 2 {
		stride := n / size
		for from := 0; from < n; from += size {
			low, high := x[from:from+size/2], x[from+size/2:from+size]
			for k := range low {
				turned := high[k] * f.turns[k*stride]
				low[k], high[k] = low[k]+turned, low[k]-turned
			}
		}
	}
}

// back changes x in place from frequency to time.
func (f *fourier) back(x []complex128) {
	for i, v := range x {
		x[i] = complex(real(v), -imag(v))
	}
	f.transform(x)
	part := 1 / float64(len(x))
	for i, v := range x {
		x[i] = complex(real(v)*part, -imag(v)*part)
	}
}
