//go:build sync && linux

package sound

import (
	"bufio"
	"errors"
	"io"
	"math"
	"os"
	"slices"
	"time"
)

const (
	// heights is how many heights of pulses there are, one after the other: which one it is can be told when it is late.
	heights     = 10
	heightLeast = 4000
	heightStep  = 800
)

// counted is a clip of pulses, ten a second, that can be told apart.
func counted(length time.Duration) []int16 {
	list := make([]int16, Frames(length))
	for k := 1; k*pulseEvery+pulseWidth < len(list); k++ {
		height := float64(heightLeast + heightStep*(k%heights))
		for i := -pulseWidth; i <= pulseWidth; i++ {
			list[k*pulseEvery+i] = int16(height * (1 + math.Cos(math.Pi*float64(i)/pulseWidth)) / 2)
		}
	}
	return list
}

// recorder finds the pulses in what comes out of a sink's monitor. A null sink's clock is even; when a frame of it arrives
// here is that, and what the machine was late: the earliest arrivals lie on a straight line.
type recorder struct {
	reads  []fitPoint // how much had come, in seconds, and when the beginning seemed to have been
	pulses []pulse
}

// pulse is one pulse: its middle in frames of the recording, and which of the heights it has.
type pulse struct {
	middle float64
	height int
}

// listen reads frames until the end, and notes when they came.
func (r *recorder) listen(from io.Reader, now func() time.Duration, base time.Duration) error {
	in := bufio.NewReaderSize(from, 1<<16)
	room := make([]byte, 240)
	var n int64
	var sum, weight float64
	for {
		got, err := io.ReadFull(in, room)
		if got == 0 || err != nil {
			if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, os.ErrClosed) {
				return nil
			}
			return err
		}
		for i := 0; i+1 < got; i += 2 {
			s := float64(int16(uint16(room[i]) | uint16(room[i+1])<<8))
			if math.Abs(s) > 2 {
				sum, weight = sum+s*float64(n), weight+s
			} else {
				if weight > heightLeast*pulseWidth/2 {
					height := int(math.Round((weight/pulseWidth - heightLeast) / heightStep))
					r.pulses = append(r.pulses, pulse{sum / weight, min(max(height, 0), heights-1)})
				}
				sum, weight = 0, 0
			}
			n++
		}
		r.reads = append(r.reads, fitPoint{frames: float64(n) / Rate, zero: (now() - base).Seconds() - float64(n)/Rate})
	}
}

// recorderSettles is how many seconds of a recording are left out: sinks and recorders find their pace in them.
const recorderSettles = 10

// line lays the recording's line through the earliest reads of the seconds, so that half of them lie as near to it as can be:
// in a busy second all reads are late, and after one a sink may be ahead. How near that is tells how busy the machine was.
func (r *recorder) line() (zero, drift float64, wrong time.Duration) {
	var earliest []fitPoint
	for _, p := range r.reads {
		second := int(p.frames) - recorderSettles
		switch {
		case second < 0:
		case second >= len(earliest):
			earliest = append(earliest, p)
		case p.zero < earliest[len(earliest)-1].zero:
			earliest[len(earliest)-1] = p
		}
	}
	middle := (earliest[0].frames + earliest[len(earliest)-1].frames) / 2
	best, off := math.Inf(1), make([]float64, len(earliest))
	for i, p := range earliest {
		for _, q := range earliest[i+1:] {
			if p.frames > middle || q.frames < middle {
				continue
			}
			slope := (q.zero - p.zero) / (q.frames - p.frames)
			start := p.zero - slope*p.frames
			for k, o := range earliest {
				off[k] = math.Abs(o.zero - start - slope*o.frames)
			}
			slices.Sort(off)
			if half := off[len(off)/2]; half < best {
				best, zero, drift = half, start, slope
			}
		}
	}
	return zero, drift, time.Duration(best * float64(time.Second))
}

// heard returns how late each pulse was, by its number, for a clip that was to begin begins after base.
func (r *recorder) heard(begins time.Duration) (map[int]time.Duration, time.Duration) {
	zero, drift, wrong := r.line()
	list := make(map[int]time.Duration)
	for _, p := range r.pulses {
		taken := p.middle / Rate
		at := taken + zero + drift*taken - begins.Seconds()
		k := p.height + heights*int(math.Round((at*10-float64(p.height))/heights))
		list[k] = time.Duration((at - float64(k)/10) * float64(time.Second))
	}
	return list, wrong
}
