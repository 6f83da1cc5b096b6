package sound

import (
	"math"
	"sync/atomic"

	"dalaba/playlists/audio"
)

// whole is one frame of a clip, in the unit of places.
const whole = int64(1) << 32

// lookBack is how many frames before the present one the stretcher needs, and some for a voice that is told to wait.
const lookBack = 2 * audio.StretchBefore

// maxStep bounds how much faster or slower than recorded a clip is played, whatever is asked.
const maxStep = whole / 200

// orders are what a voice has been told. Fill obeys at its next chunk.
type orders struct {
	step   atomic.Int64 // how much of the clip goes into a frame of the timeline
	level  atomic.Int32 // from 0 to ramp
	paused atomic.Bool
	cut    atomic.Bool
	jump   atomic.Int64 // frames to leave out, or below zero to wait; none is zero
	now    atomic.Bool  // jump at once, with ramps, and not only in a pause of speech
}

// anchor is which place of a clip is at which frame. It is written by one goroutine and can be read by all, without locks.
type anchor struct {
	changes   atomic.Uint64 // odd while it changes
	frame, at atomic.Int64
}

func (a *anchor) set(frame, at int64) {
	a.changes.Add(1)
	a.frame.Store(frame)
	a.at.Store(at)
	a.changes.Add(1)
}

func (a *anchor) get() (frame, at int64) {
	for {
		before := a.changes.Load()
		frame, at = a.frame.Load(), a.at.Load()
		if before%2 == 0 && a.changes.Load() == before {
			return frame, at
		}
	}
}

// framesUntil is how many frames of the timeline it takes to get on by left in a clip.
func framesUntil(left, step int64) int64 { return max(0, (left+step-1)/step) }

// stretchRoom is Fill's room for a stretched chunk.
type stretchRoom struct {
	in  [mixChunk + mixChunk/100 + audio.StretchBefore + audio.StretchAfter + 2]float32
	out [mixChunk]float32
}

// Cut ends the voice with a ramp from the next frame that is pulled.
func (v *Voice) Cut() { v.orders.cut.Store(true) }

// Duck brings the voice to percent of its volume (0 to 100), with a ramp: under something that matters more, and back.
func (v *Voice) Duck(percent int) {
	v.orders.level.Store(int32(max(0, min(100, percent))) * ramp / 100)
}

// Pause lets the voice wait, and Resume go on where it was, both with a ramp. What it waited for counts as lateness: it
// is not caught up with.
func (v *Voice) Pause() { v.orders.paused.Store(true) }

// Resume ends a Pause.
func (v *Voice) Resume() { v.orders.paused.Store(false) }

// mixInto adds the voice's frames to sum, whose first frame is frame from of the timeline.
func (v *Voice) mixInto(sum []int32, from int64) {
	start := v.start.Load()
	if v.over.Load() || from+int64(len(sum)) <= start {
		return
	}
	done := 0
	if !v.begun {
		v.begun = true
		v.start.Store(max(start, from))
		done = int(max(start-from, 0))
		v.over.Store(v.orders.cut.Load()) // what is cut before it begins does not begin
	}
	v.snap()
	for done < len(sum) && !v.over.Load() {
		done += v.proceed(sum[done:])
	}
	v.anchor.set(from+int64(done), v.at)
	v.played.Store(min(v.length, v.at/whole))
}

// waits tells whether the voice is to be silent, and its clip to stand still.
func (v *Voice) waits() bool {
	return v.orders.cut.Load() || v.orders.paused.Load() || v.hold > 0 || v.orders.now.Load()
}

// proceed does the next thing of one kind, for some of the frames of sum, and returns for how many.
func (v *Voice) proceed(sum []int32) int {
	goal := v.orders.level.Load()
	if v.waits() {
		if goal = 0; v.level == 0 {
			return v.rest(len(sum))
		}
	}
	n := int64(len(sum))
	if v.level != goal {
		n = min(n, int64(max(v.level-goal, goal-v.level)))
	}
	step := v.orders.step.Load()
	n = min(n, framesUntil(v.length*whole-v.at, step))
	if n == 0 {
		v.over.Store(true)
		return 0
	}
	v.render(sum[:n], step, goal)
	v.at += n * step
	if v.at >= v.length*whole {
		v.over.Store(true)
	}
	return int(n)
}

// rest is what a voice does that has been told to be silent, for at most n frames.
func (v *Voice) rest(n int) int {
	switch {
	case v.orders.cut.Load():
		v.over.Store(true)
		return 0
	case v.orders.paused.Load():
		v.waited.Add(int64(n))
		return n
	case v.hold > 0:
		n = int(min(int64(n), v.hold))
		v.hold -= int64(n)
		return n
	}
	v.orders.now.Store(false)
	v.jump()
	return 0
}

// snap gets back into step, if that was asked for and nothing is being said.
func (v *Voice) snap() {
	by := v.orders.jump.Load()
	if by == 0 || v.orders.now.Load() || v.orders.paused.Load() {
		return
	}
	if at := v.at / whole; v.quiet(at) && v.quiet(at+max(by, 0)) {
		v.jump()
	}
}

// jump leaves out what is to be left out, or waits.
func (v *Voice) jump() {
	by := v.orders.jump.Swap(0)
	if by < 0 {
		v.hold = -by
		return
	}
	v.at += by * whole
	v.skipped.Add(by)
}

// quiet tells whether nothing can be heard from frame at of the clip on, for 10 ms.
func (v *Voice) quiet(at int64) bool {
	for k := at; k < at+ramp; k++ {
		if s := int32(v.frame(k)); s >= audible || s <= -audible {
			return false
		}
	}
	return true
}

// frame is one of the clip's frames, and silence for those that are not there.
func (v *Voice) frame(k int64) int16 {
	if k < 0 || k >= v.written.Load() {
		return 0
	}
	return v.ring[k%ring]
}

// render adds the clip's next frames to sum while the level goes to goal.
func (v *Voice) render(sum []int32, step int64, goal int32) {
	first, last := v.at/whole, (v.at+int64(len(sum)-1)*step)/whole
	v.starved.Add(max(0, min(last+1, v.length)-max(first, v.written.Load())))
	if step == whole && v.at%whole == 0 {
		for i := range sum {
			sum[i] += v.scaled(int32(v.frame(first+int64(i))), goal)
		}
		return
	}
	room := &v.mixer.room
	in := room.in[:last-first+audio.StretchBefore+1+audio.StretchAfter]
	for i := range in {
		in[i] = float32(v.frame(first - audio.StretchBefore + int64(i)))
	}
	out := room.out[:len(sum)]
	v.mixer.stretcher.Stretch(out, in, v.at%whole, step)
	for i, s := range out {
		sum[i] += v.scaled(int32(math.RoundToEven(float64(s))), goal)
	}
}

// scaled is s at the voice's volume and level, which then goes a frame's way to goal.
func (v *Voice) scaled(s, goal int32) int32 {
	if v.gain != 65536 {
		s = int32((int64(s)*int64(v.gain) + 32768) >> 16)
	}
	if v.level != ramp {
		s = s * v.level / ramp
	}
	switch {
	case v.level < goal:
		v.level++
	case v.level > goal:
		v.level--
	}
	return s
}

// listen notes the level of what comes out while the voice sounds.
func (v *Voice) listen(out []int16, from int64) {
	end, _ := v.anchor.get()
	begin, end := max(v.start.Load(), from), min(end, from+int64(len(out)))
	peak := v.peak.Load()
	for f := begin; f < end; f++ {
		s := int32(out[f-from])
		peak = max(peak, s, -s)
	}
	v.peak.Store(peak)
}
