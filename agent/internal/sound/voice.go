package sound

import (
	"context"
	"errors"
	"fmt"
	"io"
	"sync/atomic"
	"time"
)

// ring is how many frames of a clip are read ahead: enough for an output that catches up after a stall, and for a disk
// that is slow. It is a power of two.
const ring = 1 << 17 // 2.7 s, 256 KiB

// feedEvery is how often a voice's ring is filled up.
const feedEvery = 50 * time.Millisecond

// ramp is how many frames it takes from full volume to silence, and back: 10 ms, so that it does not click.
const ramp = Rate / 100

// audible is the level, as a part of full scale, from which on a frame counts as sound: −50 dB.
const audible = 104

// FrameReader gives a clip's frames in order.
type FrameReader interface {
	// ReadFrames reads up to len(p) frames. It returns io.EOF at the clip's end, with or after the last frames.
	ReadFrames(p []int16) (int, error)
}

// Voice is one clip on a mixer's timeline. Unless it is told otherwise, frame k of the clip is at start + k of the
// timeline, unchanged at full volume, whatever happens: frames that come too late from the disk are left out, never put
// off. Where it is told to change (Cut, Duck, Pause, Resume), it does so with a ramp; a clip begins as it was recorded.
//
// One goroutine at a time may call Fill, one may tell the voice what to do, and one may feed it; asking is free to all.
type Voice struct {
	mixer  *Mixer
	asked  int64        // the frame at which it was to begin
	start  atomic.Int64 // fixed once begun
	length int64
	gain   int32 // in 1/65536 of full scale
	frames FrameReader

	ring    []int16
	written atomic.Int64 // frames of the clip that are, or were, in the ring; the feeder's
	failed  atomic.Pointer[error]
	orders  orders
	steer   steering

	begun   bool  // the output has reached it; Fill's
	at      int64 // the place in the clip, in 1/2³² of a frame, that comes next; Fill's
	level   int32 // from 0, silence, to ramp; Fill's
	hold    int64 // frames of the timeline for which the clip waits; Fill's
	anchor  anchor
	played  atomic.Int64 // frames of the clip that Fill is past
	starved atomic.Int64 // frames that were not there in time
	skipped atomic.Int64 // frames left out to get back into step
	waited  atomic.Int64 // frames of the timeline for which it was paused
	peak    atomic.Int32 // loudest frame of the whole output while this voice sounded
	over    atomic.Bool
}

// Place puts length frames of frames on the timeline from frame start on, at percent of full scale (0 to 100), and reads
// the first of them before it returns. A start that the output is already past moves to the next frame that it will pull:
// a clip is never begun in its middle. Feed must run for as long as the voice sounds.
func (m *Mixer) Place(frames FrameReader, length, start int64, percent int) (*Voice, error) {
	v := &Voice{
		mixer: m, length: length, frames: frames, asked: start, level: ramp,
		gain: int32(max(0, min(100, percent))) * 65536 / 100, ring: make([]int16, ring),
	}
	v.orders.step.Store(whole)
	v.orders.level.Store(ramp)
	if err := v.fill(); err != nil {
		return nil, fmt.Errorf("read clip: %w", err)
	}
	v.start.Store(start)
	v.anchor.set(start, 0)
	m.add(v)
	return v, nil
}

// Start is the frame of the timeline at which the voice begins, for good once Pulled is more than nothing.
func (v *Voice) Start() int64 { return v.start.Load() }

// End is the frame of the timeline after the voice's last one: the clip's end, or the end of the ramp of a cut. Until
// the voice is Over it is a forecast.
func (v *Voice) End() int64 {
	frame, at := v.anchor.get()
	if v.over.Load() {
		return frame
	}
	return frame + framesUntil(v.length*whole-at, v.orders.step.Load())
}

// Over tells whether the output has pulled all that it will ever pull of the voice.
func (v *Voice) Over() bool { return v.over.Load() }

// Pulled tells how many of its frames an output has taken, or left out.
func (v *Voice) Pulled() int64 { return v.played.Load() }

// Before tells how many of its frames lie before frame n of the timeline, among those that were pulled.
func (v *Voice) Before(n int64) int64 {
	frame, at := v.anchor.get()
	if n < frame {
		at -= (frame - n) * v.orders.step.Load()
	}
	if n <= v.Start() {
		return 0
	}
	return max(0, min(v.length, at/whole))
}

// Starved tells how many of its frames were silence because the disk was too slow.
func (v *Voice) Starved() int64 { return v.starved.Load() }

// Skipped tells how many of its frames were left out to get back into step.
func (v *Voice) Skipped() int64 { return v.skipped.Load() }

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

// fill reads into the ring until it is full or the clip has ended. The last frames that were played stay in it: the
// stretcher looks back on them.
func (v *Voice) fill() error {
	for {
		written := v.written.Load()
		room := max(0, v.played.Load()-lookBack) + ring - written
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
