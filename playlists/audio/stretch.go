package audio

// The filter of a Stretcher: a sinc of 16 taps under a Kaiser window, computed for 256 places between two frames and
// interpolated between them. At a frame itself all taps but one are zero: there the sound is unchanged.
const (
	// StretchBefore and StretchAfter are how many frames around one are needed besides it.
	StretchBefore = 7
	StretchAfter  = 8

	stretchTaps   = StretchBefore + 1 + StretchAfter
	stretchPhases = 256
	stretchBeta   = 8.5
	// phaseBits is how many of the 32 bits of a place lie below the phase.
	phaseBits = 32 - 8
)

// Stretcher plays sound a little faster or slower while it sounds, by which a clip keeps step with a clock that is not
// the sound device's. It holds nothing but its filter, and is safe for concurrent use.
type Stretcher struct {
	table [(stretchPhases + 1) * stretchTaps]float32
}

// NewStretcher computes the filter.
func NewStretcher() *Stretcher {
	s := &Stretcher{}
	for phase := range stretchPhases + 1 {
		row := s.table[phase*stretchTaps : (phase+1)*stretchTaps]
		for k := range row {
			x := float64(k-StretchBefore) - float64(phase)/stretchPhases
			row[k] = float32(sinc(x) * kaiserOf(stretchBeta, x/(stretchTaps/2)))
		}
	}
	return s
}

// Stretch fills out with the sound of in at at, at + step, at + 2·step and so on, in 1/2³² of a frame. Place 0 is frame
// StretchBefore of in, which must reach StretchAfter frames behind the last place's frame. It does not allocate.
func (s *Stretcher) Stretch(out, in []float32, at, step int64) {
	for i := range out {
		frame, place := int(at>>32), uint32(at)
		window := in[frame : frame+stretchTaps]
		row := int(place>>phaseBits) * stretchTaps
		here, there := s.table[row:row+stretchTaps], s.table[row+stretchTaps:row+2*stretchTaps]
		value := dot(window, here)
		out[i] = value + (dot(window, there)-value)*float32(place&(1<<phaseBits-1))/(1<<phaseBits)
		at += step
	}
}
