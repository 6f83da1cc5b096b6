package sound

import (
	"math"
	"time"
)

const (
	// steerAfter is how long a voice sounds before what is found to be off is corrected.
	steerAfter = 2 * time.Second
	// steerFilter is the time constant of the low-pass that what is off goes through, and steerDead what is left alone.
	steerFilter = time.Second
	steerDead   = 100 * time.Microsecond
	// steerShare and steerSum are the controller's: in a second it takes away that share of what is off, and of its sum
	// over time. steerMost is the greatest correction that nobody hears.
	steerShare = 0.1
	steerSum   = 0.0025
	steerMost  = 0.002
	// driftLeast is the difference of two clocks' rates that is not worth stretching for, and driftMost the greatest
	// that is believed.
	driftLeast = 3e-6
	driftMost  = 0.001
	// Beyond snapOver a voice gets back into step in a pause of speech; beyond resyncOver for resyncAfter, or beyond
	// resyncAt, at once. Beyond resyncMost somebody has set a clock, and there is no step to get back into.
	snapOver    = 5 * time.Millisecond
	resyncOver  = 20 * time.Millisecond
	resyncAfter = time.Second
	resyncAt    = 50 * time.Millisecond
	resyncMost  = 2 * time.Second
)

// steering is what keeps a voice in step.
type steering struct {
	last   time.Duration // when it was last looked at; zero before the first time
	off    float64       // seconds that the voice is late, low-passed
	sum    float64       // of off over time, as a correction
	wide   time.Duration // since when it is off by more than resyncOver; zero while it is not
	asking bool          // a jump has been ordered
}

// Follow keeps the voice in step: its frames are to be out as want says, where want's frame 0 is the clip's first and its
// Drift that of the time which is followed; out is the line of the output, and now the time. It is to be called several
// times a second while the voice sounds. The known difference of the rates is made up for from the first frame on; what is
// off all the same is corrected gently, so that nobody hears it; and what is far off by a jump: Follow returns how far,
// below zero if the voice was early, when it orders one. A voice that began late, or waited, stays as late as that.
func (v *Voice) Follow(out, want Line, now time.Duration) (jump time.Duration) {
	start := v.Start()
	want.At += Length(start - v.asked + v.waited.Load())
	rate := max(-driftMost, min(driftMost, (1+out.Drift)/(1+want.Drift)-1))
	if math.Abs(rate) < driftLeast {
		rate = 0
	}
	correction := 0.0
	if v.Pulled() > 0 && now-out.Time(start) >= steerAfter && !v.orders.paused.Load() {
		frame, at := v.anchor.get()
		due := want.Time(at/whole) + time.Duration(float64(at%whole)/float64(whole)*float64(time.Second)/Rate)
		correction, jump = v.steer.look(out.Time(frame)-due, now, v.orders.jump.Load() != 0)
	}
	if jump != 0 {
		v.orders.jump.Store(int64(math.Round(jump.Seconds() * Rate)))
		v.orders.now.Store(jump.Abs() > resyncOver || v.steer.wide != 0)
	}
	step := int64(math.Round((1 + rate) * (1 + correction) * float64(whole)))
	v.orders.step.Store(max(whole-maxStep, min(whole+maxStep, step)))
	return jump
}

// look takes in that the voice is late by late, and returns how much faster it is to be played, as a share, and by how
// much it is to jump. Pending tells that the last jump has not been made yet.
func (s *steering) look(late, now time.Duration, pending bool) (correction float64, jump time.Duration) {
	if late.Abs() > resyncMost {
		*s = steering{}
		return 0, 0
	}
	if s.last == 0 || s.asking && !pending {
		*s = steering{last: now, off: late.Seconds(), sum: s.sum}
	}
	passed := (now - s.last).Seconds()
	s.last = now
	s.off += (late.Seconds() - s.off) * (1 - math.Exp(-passed/steerFilter.Seconds()))
	off := time.Duration(s.off * float64(time.Second))
	switch {
	case late.Abs() <= resyncOver:
		s.wide = 0
	case s.wide == 0:
		s.wide = now
	}
	switch {
	case pending && s.wide == 0:
	case late.Abs() > resyncAt, s.wide != 0 && now-s.wide >= resyncAfter:
		s.asking, s.wide = true, now
		return 0, late
	case off.Abs() > snapOver && s.wide == 0:
		s.asking = true
		return 0, off
	}
	rest := math.Copysign(max(0, math.Abs(s.off)-steerDead.Seconds()), s.off)
	s.sum = max(-steerMost, min(steerMost, s.sum+steerSum*rest*passed))
	return max(-steerMost, min(steerMost, steerShare*rest+s.sum)), 0
}
