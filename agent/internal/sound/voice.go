package sound

import (
	"context"
	"errors"
	"fmt"
	"io"
	"math"
	"sync/atomic"
	"time"
)

// ring is how many frames of a clip are read ahead: enough for an output that catches up after a stall, and for a disk
// that is slow. It is a power of two.
const ring = 1 << 17 // 2.7 s, 256 KiB

// feedEvery is how often a voice's ring is filled up.
const feedEvery = 50 * time.Millisecond

// ramp is how many frames a cut takes to fade to silence: 10 ms, so that it does not click.
const ramp = Rate / 100

// audible is the level, as a part of full scale, from which on a frame counts as sound: −50 dB.
const audible = 104

// never is the frame of a cut that nobody has asked for.
const never = math.MaxInt64

// FrameReader gives a clip's frames in order.
type FrameReader interface {
	// ReadFrames reads up to len(p) frames. It returns io.EOF at the clip's end, with or after the last frames.
	ReadFrames(p []int16) (int, error)
}

// Voice is one clip on a mixer's timeline. Frame k of the clip is at start + k of the timeline, unchanged at full
// volume, whatever happens: frames that come too late from the disk are left out, never put off.
type Voice struct {
	mixer  *Mixer
	start  atomic.Int64 // fixed once begun
	begun  bool         // the output has reached it; Fill's
	length int64
	gain   int32 // in 1/65536 of full scale
	frames FrameReader

	ring    []int16
	written atomic.Int64 // frames of the clip that are, or were, in the ring; the feeder's
	played  atomic.Int64 // frames of the clip that Fill is past; Fill's
	starved atomic.Int64 // frames that were not there in time
	peak    atomic.Int32 // loudest frame of the whole output while this voice sounded
	asked   atomic.Bool  // somebody wants it cut
	cut     atomic.Int64 // the frame of the timeline at which the ramp begins
	failed  atomic.Pointer[error]
}

// Place puts length frames of frames on the timeline from frame start on, at percent of full scale (0 to 100), and reads
// the first of them before it returns. A start that the output is already past moves to the next frame that it will pull:
// a clip is never begun in its middle. Feed must run for as long as the voice sounds.
func (m *Mixer) Place(frames FrameReader, length, start int64, percent int) (*Voice, error) {
	v := &Voice{
		mixer: m, length: length, frames: frames,
		gain: int32(max(0, min(100, percent))) * 65536 / 100, ring: make([]int16, ring),
	}
	v.cut.Store(never)
	if err := v.fill(); err != nil {
		return nil, fmt.Errorf("read clip: %w", err)
	}
	v.start.Store(start)
	m.add(v)
	return v, nil
}

// Start is the frame of the timeline at which the voice begins, for good once Pulled is more than nothing.
func (v *Voice) Start() int64 { return v.start.Load() }

// End is the frame of the timeline after the voice's last one: the clip's end, or the end of the ramp of a cut.
func (v *Voice) End() int64 {
	end := v.start.Load() + v.length
	if cut := v.cut.Load(); cut < end {
		return min(end, cut+ramp)
	}
	return end
}

// Cut ends the voice with a ramp from the next frame that is pulled.
func (v *Voice) Cut() { v.asked.Store(true) }

// Pulled tells how many of its frames an output has taken.
func (v *Voice) Pulled() int64 { return v.played.Load() }

// Starved tells how many of its frames were silence because the disk was too slow.
func (v *Voice) Starved() int64 { return v.starved.Load() }

// Carried tells whether the output carried level while the voice was on it.
func (v *Voice) Carried() bool { return v.peak.Load() >= audible }

// Err returns why reading the clip failed, or nil.
func (v *Voice) Err() error {
	if err := v.failed.Load(); err != nil {
		return *err
	}
	return nil
}

// Feed reads the clip ahead of the output until all of it has been read, reading fails (see Err), or ctx ends.
func (v *Voice) Feed(ctx context.Context) {
	tick := time.NewTicker(feedEvery)
	defer tick.Stop()
	for v.written.Load() < v.length {
		if err := v.fill(); err != nil {
			err = fmt.Errorf("read clip: %w", err)
			v.failed.Store(&err)
			return
		}
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
	}
}

// Remove takes the voice off the timeline. It is for voices that are over, or that must not begin.
func (v *Voice) Remove() { v.mixer.remove(v) }

// fill reads into the ring until it is full or the clip has ended.
func (v *Voice) fill() error {
	for {
		written := v.written.Load()
		room := v.played.Load() + ring - written
		room = min(room, v.length-written)
		if room <= 0 {
			return nil
		}
		at := written % ring
		room = min(room, ring-at)
		n, err := v.frames.ReadFrames(v.ring[at : at+room])
		v.written.Store(written + int64(n))
		switch {
		case errors.Is(err, io.EOF) && written+int64(n) < v.length:
			return fmt.Errorf("clip ended after %d of %d frames: %w", written+int64(n), v.length, io.ErrUnexpectedEOF)
		case err != nil && !errors.Is(err, io.EOF):
			return err
		case n == 0 && err == nil:
			return io.ErrNoProgress
		}
	}
}

// mixInto adds the voice's frames to sum, whose first frame is frame from of the timeline.
func (v *Voice) mixInto(sum []int32, from int64) {
	if !v.begun && from+int64(len(sum)) > v.start.Load() {
		v.begun = true
		v.start.Store(max(v.start.Load(), from))
	}
	if v.asked.Load() && v.cut.Load() == never {
		v.cut.Store(from)
	}
	start, cut := v.start.Load(), v.cut.Load()
	begin, end := max(start, from), min(v.End(), from+int64(len(sum)))
	if begin >= end {
		return
	}
	written := v.written.Load()
	late := start + max(written, begin-start) // the first frame that the disk has not given yet
	v.starved.Add(max(0, end-late))
	for f := begin; f < min(end, late); f++ {
		k := f - start
		s := int32(v.ring[k%ring])
		if v.gain != 65536 {
			s = int32((int64(s)*int64(v.gain) + 32768) >> 16)
		}
		if f >= cut {
			s = s * int32(ramp-(f-cut)) / ramp
		}
		sum[f-from] += s
	}
	v.played.Store(end - start)
}

// listen notes the level of what comes out while the voice sounds.
func (v *Voice) listen(out []int16, from int64) {
	begin, end := max(v.start.Load(), from), min(v.End(), from+int64(len(out)))
	peak := v.peak.Load()
	for f := begin; f < end; f++ {
		s := int32(out[f-from])
		peak = max(peak, s, -s)
	}
	v.peak.Store(peak)
}
