package sound

import (
	"math"
	"time"
)

const (
	// fitWindow is how long the earliest moment is looked for that becomes a point of the line, and fitPoints how many
	// of them there are.
	fitWindow = time.Second
	fitPoints = 60
	// fitAfter is how long the device plays before there is a line, and fitSettle how much of that is forgotten: queues
	// fill up in it.
	fitAfter  = 500 * time.Millisecond
	fitSettle = 250 * time.Millisecond
	// fitRateAfter is how many points tell the device's rate. Before that it counts as right, or as it was last; that is
	// likely to be within fitRate, and certainly within fitMost.
	fitRateAfter = 6
	fitRate      = 50e-6
	fitMost      = 0.002
	// fitNoise is the error in seconds that even the best point has, and fitPasses how often the line is laid to find out
	// which they are.
	fitNoise  = 50e-6
	fitPasses = 4
	// fitStep is how far off the line a point is, in seconds, if the device has lost or left out sound. After that
	// fitAgree points in a row lie within fitSpread of one another; after fitGiveUp points that do not, the line is wrong.
	fitStep   = 2e-3
	fitAgree  = 3
	fitSpread = 0.5e-3
	fitGiveUp = 10
	// fitAgain is how long after a standstill the earliest moment is looked for that tells whether sound was lost; fitSettle
	// of it is for the queues.
	fitAgain = 750 * time.Millisecond
)

// lineFit finds the device's line from how many frames it has taken when. The device takes them in gulps, and right after
// one its queue is full: the earliest moments lie on a straight line, which is the true one, and all others behind it.
type lineFit struct {
	began time.Duration // when the first reading was; zero before it
	turn  time.Duration // when the present window began
	best  fitPoint      // the earliest in it
	some  bool          // there is one
	list  [fitPoints]fitPoint
	n     int
	stray int           // points in a row that are off the line, the last ones of list
	stood time.Duration // when the device had stood still; zero once that has been looked into

	frames, zero float64 // a place on the line, as a fitPoint
	drift        float64
}

// fitPoint is that so many seconds of sound had been taken, when frame 0 seemed to have been taken at zero.
type fitPoint struct{ frames, zero float64 }

// add takes in that consumed frames have been taken at now.
func (f *lineFit) add(consumed int64, now time.Duration) {
	if f.began == 0 {
		f.began, f.turn = now, now
	}
	taken := Length(consumed)
	if f.stood != 0 {
		f.lookAgain(fitPoint{frames: taken.Seconds(), zero: (now - taken).Seconds()}, now)
		return
	}
	p := fitPoint{frames: taken.Seconds(), zero: (now - taken).Seconds()}
	if f.n == 0 && now-f.began >= fitSettle && f.turn == f.began {
		f.turn, f.some = now, false
	}
	if now-f.turn >= fitWindow && f.some {
		f.close()
		f.turn, f.some = now, false
	}
	if !f.some || p.zero-f.drift*p.frames < f.best.zero-f.drift*f.best.frames {
		f.best, f.some = p, true
	}
	if f.n == 0 {
		f.frames, f.zero = f.best.frames, f.best.zero
	}
}

// standstill tells that the device took nothing until now, for so long that it may have run out of sound. The line then lies
// later by what it lacked.
func (f *lineFit) standstill(now time.Duration) {
	if f.ready(now) {
		f.stood, f.some = now, false
	}
}

// lookAgain takes in a reading after a standstill. When there have been enough, it goes on with the line, or lays a new one
// where the device now is; the rate is still that of the same crystal.
func (f *lineFit) lookAgain(p fitPoint, now time.Duration) {
	if now-f.stood < fitSettle {
		return
	}
	if !f.some || f.behind(p) < f.behind(f.best) {
		f.best, f.some = p, true
	}
	if now-f.stood < fitAgain {
		return
	}
	if math.Abs(f.behind(f.best)) > fitStep {
		f.frames, f.zero = f.best.frames, f.best.zero
		f.list[0], f.n, f.stray = f.best, 1, 0
	}
	f.stood, f.turn, f.some = 0, now, false
}

// ready tells whether there is a line at now.
func (f *lineFit) ready(now time.Duration) bool { return f.began != 0 && now-f.began >= fitAfter }

// fresh tells whether the line is still being looked for.
func (f *lineFit) fresh(now time.Duration) bool { return !f.ready(now) || f.stood != 0 }

// line is the line of a device that keeps ring frames of sound.
func (f *lineFit) line(ring int64) Line {
	frame := int64(f.frames * Rate)
	taken := f.zero + f.drift*(float64(frame)/Rate-f.frames) + float64(frame)/Rate // when frame was taken
	return Line{Frame: frame, At: time.Duration(math.Round((taken + float64(ring)/Rate*(1+f.drift)) * float64(time.Second))), Drift: f.drift}
}

// behind is how far p lies behind the line, in seconds.
func (f *lineFit) behind(p fitPoint) float64 { return p.zero - f.zero - f.drift*(p.frames-f.frames) }

// close makes the window's best a point, and lays the line anew.
func (f *lineFit) close() {
	if f.n == fitPoints {
		copy(f.list[:], f.list[1:])
		f.n--
	}
	f.list[f.n] = f.best
	f.n++
	if f.n > 1 && math.Abs(f.behind(f.best)) > fitStep {
		// A busy machine comes late now and then, and never twice alike; a device that has lost sound stays behind.
		f.stray++
		if !f.agree() && f.stray < min(fitGiveUp, f.n) {
			return
		}
		f.n = copy(f.list[:], f.list[f.n-min(f.stray, fitAgree):f.n])
	} else if f.stray > 0 {
		f.n = copy(f.list[f.n-1-f.stray:], f.list[f.n-1:f.n]) + f.n - 1 - f.stray
	}
	f.stray = 0
	f.frames = f.best.frames
	known, least := f.drift, 0.0
	f.zero, f.drift = f.regress(known, func(fitPoint) float64 { return fitNoise })
	for range fitPasses {
		least = math.Inf(1)
		for _, p := range f.list[:f.n] {
			least = min(least, f.behind(p))
		}
		// Those count most that are the least behind.
		f.zero, f.drift = f.regress(known, func(p fitPoint) float64 { return fitNoise + f.behind(p) - least })
	}
}

// agree tells whether the last points, which are off the line, are so together.
func (f *lineFit) agree() bool {
	if f.stray < fitAgree {
		return false
	}
	least, most := math.Inf(1), math.Inf(-1)
	for _, p := range f.list[f.n-fitAgree : f.n] {
		behind := f.behind(p)
		least, most = min(least, behind), max(most, behind)
	}
	return most-least <= fitSpread
}

// regress lays a straight line through the points, each of which counts by its doubt in seconds, and returns where it is
// at the last one. What was known of the drift counts too.
func (f *lineFit) regress(known float64, doubt func(fitPoint) float64) (zero, drift float64) {
	last := f.list[f.n-1]
	var sum, meanX, meanY float64
	for _, p := range f.list[:f.n] {
		w := 1 / (doubt(p) * doubt(p))
		sum, meanX, meanY = sum+w, meanX+w*(p.frames-last.frames), meanY+w*(p.zero-last.zero)
	}
	meanX, meanY = meanX/sum, meanY/sum
	drift = known
	if f.n >= fitRateAfter {
		xx := 1 / (fitRate * fitRate)
		xy := known * xx
		for _, p := range f.list[:f.n] {
			w, x := 1/(doubt(p)*doubt(p)), p.frames-last.frames-meanX
			xx, xy = xx+w*x*x, xy+w*x*(p.zero-last.zero-meanY)
		}
		drift = max(-fitMost, min(fitMost, xy/xx))
	}
	return last.zero + meanY - drift*meanX, drift
}
