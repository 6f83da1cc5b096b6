package sound

import (
	"cmp"
	"context"
	"math/rand/v2"
	"sync"
	"sync/atomic"
	"time"
)

// SimulatedOptions say what a simulated device is like.
type SimulatedOptions struct {
	// Ring is how much sound the device keeps, 20 ms to 1 s; zero means 100 ms. What waits before it is as much.
	Ring time.Duration
	// PPM is by how many millionths the device's clock is faster than Now.
	PPM float64
	// Gulp is how often it takes sound, at most half of Ring; zero means 10 ms. Each time it is later than it should be,
	// by Jitter on average.
	Gulp, Jitter time.Duration
	// Seed is of what is drawn.
	Seed uint64
	// Now is the monotonic clock.
	Now func() time.Duration
	// Put is called with what the device has taken, or is nil. Frame number first of the timeline is out at at, by Now,
	// and the others behind it at the device's own pace. It must not block.
	Put func(first int64, at time.Duration, frames []int16)
}

// Simulated is an Output to a sound device that is not there. Everything on this side of the driver is real: what it
// says of itself is found out in the same way as of a real device.
type Simulated struct {
	*Device
	device *simulatedDevice
}

// NewSimulated returns a device that is plugged in.
func NewSimulated(o SimulatedOptions) *Simulated {
	o.Ring, o.Gulp = cmp.Or(o.Ring, deviceBuffer), cmp.Or(o.Gulp, 10*time.Millisecond)
	device := &simulatedDevice{o: o}
	return &Simulated{Device: newDevice("simulated", device, o.Ring, o.Now), device: device}
}

// Unplug takes the device away, as a pulled cable does: it takes nothing any more, and says nothing.
func (s *Simulated) Unplug() { s.device.unplugged.Store(true) }

// Plug brings it back.
func (s *Simulated) Plug() { s.device.unplugged.Store(false) }

// simulatedDevice is the driver of a simulated device.
type simulatedDevice struct {
	o         SimulatedOptions
	unplugged atomic.Bool
}

func (d *simulatedDevice) open(ctx context.Context, r reader, _ time.Duration) (stream, error) {
	if d.unplugged.Load() {
		return nil, ErrNoDevice
	}
	s := d.begin(r)
	r.attach(s)
	ctx, s.stop = context.WithCancel(context.WithoutCancel(ctx))
	s.running.Go(func() {
		timer := time.NewTimer(0)
		defer timer.Stop()
		for {
			select {
			case <-ctx.Done():
				return
			case <-timer.C:
			}
			if d.unplugged.Load() {
				return
			}
			timer.Reset(max(0, s.gulp()-d.o.Now()))
		}
	})
	return s, nil
}

// simulatedStream is one run of a simulated device, and the part of the driver before it. It takes its first gulp, of
// all that it can keep, when it begins to play.
type simulatedStream struct {
	o       SimulatedOptions
	r       reader
	random  *rand.Rand
	stop    context.CancelFunc
	running sync.WaitGroup

	began   time.Duration // when it began to play; what follows is of its goroutine
	playing bool
	due     time.Duration // when the next gulp should be
	first   int64         // the timeline's frame at which it began
	queue   []int16       // read and not taken, in store
	store   []int16
	taken   int64
	waiting atomic.Int64 // frames in queue
}

func (d *simulatedDevice) begin(r reader) *simulatedStream {
	s := &simulatedStream{o: d.o, r: r, random: rand.New(rand.NewPCG(d.o.Seed, 48)), store: make([]int16, 2*Frames(d.o.Ring))}
	if p, ok := r.(*playing); ok {
		s.first = p.first
	}
	s.fill()
	return s
}

// gulp takes what the device has room for and returns when it does so next.
func (s *simulatedStream) gulp() time.Duration {
	now := s.o.Now()
	if !s.playing {
		s.playing, s.began, s.due = true, now, now
	}
	want := Frames(s.o.Ring) + s.played(now) - s.taken
	for want > 0 {
		part := s.queue[:min(want, int64(len(s.queue)))]
		if s.o.Put != nil {
			s.o.Put(s.first+s.taken, s.at(s.taken), part)
		}
		s.taken += int64(len(part))
		want -= int64(len(part))
		s.queue = s.queue[len(part):]
		s.waiting.Store(int64(len(s.queue)))
		s.fill()
	}
	s.due += s.o.Gulp
	late := min(time.Duration(s.random.ExpFloat64()*float64(s.o.Jitter)), s.o.Ring/2)
	return s.due + late
}

// fill reads when there is room, like the driver that it stands for: as much as the room is large.
func (s *simulatedStream) fill() {
	room := int(Frames(s.o.Ring))
	for len(s.queue) < room {
		had := copy(s.store, s.queue)
		s.queue = s.store[:had+room]
		s.r.readFrames(s.queue[had:])
		s.waiting.Store(int64(len(s.queue)))
	}
}

// played is how many frames are out at now.
func (s *simulatedStream) played(now time.Duration) int64 {
	return Frames(now-s.began) + int64((now-s.began).Seconds()*Rate*s.o.PPM/1e6)
}

// at is when the frame is out that is the n-th since the device began.
func (s *simulatedStream) at(n int64) time.Duration {
	return s.began + time.Duration(float64(n)/Rate/(1+s.o.PPM/1e6)*float64(time.Second))
}

func (s *simulatedStream) buffered() int { return int(2 * s.waiting.Load()) }

func (s *simulatedStream) err() error { return nil }

func (s *simulatedStream) close() {
	s.stop()
	s.running.Wait()
}
