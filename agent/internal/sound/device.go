package sound

import (
	"cmp"
	"context"
	"encoding/binary"
	"fmt"
	"io"
	"sync/atomic"
	"time"
)

const (
	// deviceBuffer is what the driver keeps of ours, and also what the device itself keeps, where nothing is said. The
	// driver loses sound when its own part is the smaller one.
	deviceBuffer = 100 * time.Millisecond
	// devicePoll is how often the number of frames that the device has taken is read.
	devicePoll = 50 * time.Millisecond
	// deviceWatch is the span over which the device must take frames at about its pace.
	deviceWatch = 2 * time.Second
)

// driver opens the machine's sound device. It stands between Device and the library that does it.
type driver interface {
	// open begins to play what r gives, in little-endian 16-bit frames, with that much in each of the two buffers.
	// It returns an error wrapping ErrNoDevice when there is nothing to play on.
	open(ctx context.Context, r io.Reader, buffer time.Duration) (stream, error)
}

// stream is sound on its way to the device.
type stream interface {
	// buffered is how many bytes have been read and not yet been given to the device.
	buffered() int
	// err returns why the device does not play any more, or nil.
	err() error
	close()
}

// Device is an Output to the machine's sound device. It believes only the frames that the device takes: when they stop
// coming at the clock's pace, the device does not play, whatever it says.
type Device struct {
	driver driver
	buffer time.Duration
	now    func() time.Duration
	line   atomic.Pointer[Line] // nil while nothing comes out
}

// NewDevice opens nothing yet. buffer is how much sound waits in the device, zero for 100 ms; now is the monotonic
// clock. There can be one in a process.
func NewDevice(buffer time.Duration, now func() time.Duration) *Device {
	return &Device{driver: &otoDriver{}, buffer: cmp.Or(buffer, deviceBuffer), now: now}
}

// Kind returns "device".
func (d *Device) Kind() string { return "device" }

// Ahead returns how long a frame waits in our buffer and the device's.
func (d *Device) Ahead() time.Duration { return 2 * d.buffer }

// Line tells which frame is out when, as far as our side of the device can see.
func (d *Device) Line() (Line, bool) {
	if l := d.line.Load(); l != nil {
		return *l, true
	}
	return Line{}, false
}

// Run plays source until ctx ends or the device stops. See Output. It returns an error wrapping ErrNoDevice if there is
// no device, within about two seconds.
func (d *Device) Run(ctx context.Context, source Source) error {
	r := &deviceReader{source: source}
	r.given.Store(source.Position())
	s, err := d.driver.open(ctx, r, d.buffer)
	if ctx.Err() != nil && err != nil {
		return nil
	}
	if err != nil {
		return fmt.Errorf("open sound device: %w", err)
	}
	defer s.close()
	defer d.line.Store(nil)

	tick := time.NewTicker(devicePoll)
	defer tick.Stop()
	fit := lineFit{ring: d.buffer}
	watched, taken := d.now(), r.given.Load()
	for first := true; ; {
		select {
		case <-ctx.Done():
			return nil
		case <-tick.C:
		}
		if err := s.err(); err != nil {
			return fmt.Errorf("sound device: %w: %w", ErrFault, err)
		}
		// Reading what was given before what is buffered can only make the count too small, never too large.
		given := r.given.Load()
		consumed, now := given-int64(s.buffered()/2), d.now()
		if l, ok := fit.add(consumed, now); ok {
			d.line.Store(&l)
		}
		span := now - watched
		if span < deviceWatch {
			continue
		}
		moved := Length(consumed - taken)
		if moved < span/2 || !first && moved > 2*span {
			return fmt.Errorf("sound device took %v of sound in %v: %w", moved.Round(time.Millisecond), span.Round(time.Millisecond), ErrFault)
		}
		watched, taken, first = now, consumed, false
	}
}

// lineFit finds the device's line from how many frames it has taken when. The device takes them in gulps, and right
// after a gulp its queue is full; so the earliest line of the last seconds is the true one.
type lineFit struct {
	ring       time.Duration // what the device keeps
	began      time.Duration // of this window; zero before the first
	this, last time.Duration // the earliest moment of frame 0 seen in this window and the one before
	counts     int
}

// lineWindow is half of what the fit looks back on.
const lineWindow = time.Second

// lineCounts is how many readings there must be before there is a line: the first ones fall into the filling of queues.
const lineCounts = 10

func (f *lineFit) add(consumed int64, now time.Duration) (Line, bool) {
	zero := now - Length(consumed)
	switch {
	case f.counts == 0, f.counts == lineCounts/2: // the second start forgets the filling of the queues
		f.began, f.this, f.last = now, zero, zero
	case now-f.began >= lineWindow:
		f.began, f.last, f.this = now, f.this, zero
	default:
		f.this = min(f.this, zero)
	}
	f.counts++
	return Line{Frame: 0, At: min(f.this, f.last) + f.ring}, f.counts >= lineCounts
}

// deviceReader gives the driver the timeline as bytes. It never blocks and never reads short.
type deviceReader struct {
	source Source
	given  atomic.Int64 // the timeline's frames that the driver has got
	room   [2048]int16
}

// Read fills p with as many whole frames as fit.
func (r *deviceReader) Read(p []byte) (int, error) {
	whole := len(p) &^ 1
	for n := 0; n < whole; {
		frames := r.room[:min(len(r.room), (whole-n)/2)]
		r.source.Fill(frames)
		for i, s := range frames {
			binary.LittleEndian.PutUint16(p[n+2*i:], uint16(s))
		}
		n += 2 * len(frames)
		r.given.Add(int64(len(frames)))
	}
	return whole, nil
}
