package sound

import (
	"cmp"
	"context"
	"encoding/binary"
	"fmt"
	"io"
	"sync"
	"sync/atomic"
	"time"
)

const (
	// deviceBuffer is what the driver keeps of ours, and also what the device itself is to keep, where nothing is said.
	// The driver loses sound when its own part is the smaller one.
	deviceBuffer = 100 * time.Millisecond
	// devicePoll is how often the number of frames that the device has taken is read, and deviceClose how often when it has
	// just begun, or stood still.
	devicePoll  = 50 * time.Millisecond
	deviceClose = 5 * time.Millisecond
	// deviceStill is how long a device may take no frames at all, beside twice its buffer: it is told within two seconds.
	deviceStill = 1400 * time.Millisecond
	// deviceWatch is the span over which it must take frames at about its pace.
	deviceWatch = 2 * time.Second
	// deviceBurst is how long the burst lasts with which the device fills its queue when it begins. That tells of a device
	// that keeps more than it was asked to; one that takes less at first keeps the rest behind a queue that nobody sees.
	deviceBurst = 20 * time.Millisecond
)

// driver opens the machine's sound device. It stands between Device and the library that does it.
type driver interface {
	// open begins to play what r gives, in little-endian 16-bit frames, with that much in each of the two buffers.
	// It returns an error wrapping ErrNoDevice when there is nothing to play on.
	open(ctx context.Context, r reader, buffer time.Duration) (stream, error)
}

// reader is where a driver gets its sound from.
type reader interface {
	io.Reader
	// readFrames is Read for a driver that takes frames as they are.
	readFrames(out []int16)
	// attach may be called with the stream as soon as it can be asked what is buffered, before it is open: it is worth
	// seeing how the device begins.
	attach(stream)
}

// stream is sound on its way to the device.
type stream interface {
	// buffered is how many bytes have been read and not yet been given to the device. It can be asked in a Read.
	buffered() int
	// err returns why the device does not play any more, or nil.
	err() error
	close()
}

// Device is an Output to the machine's sound device. It believes only the frames that the device takes: when they stop
// coming at the clock's pace, the device does not play, whatever it says.
type Device struct {
	driver driver
	kind   string
	buffer time.Duration
	now    func() time.Duration
	line   atomic.Pointer[Line] // nil while nothing comes out
	out    atomic.Int64
	ring   atomic.Int64 // frames that the device keeps
}

// NewDevice opens nothing yet. buffer is how much sound waits in the device, zero for 100 ms; now is the monotonic
// clock. There can be one in a process.
func NewDevice(buffer time.Duration, now func() time.Duration) *Device {
	return newDevice("device", &otoDriver{}, buffer, now)
}

func newDevice(kind string, by driver, buffer time.Duration, now func() time.Duration) *Device {
	d := &Device{driver: by, kind: kind, buffer: cmp.Or(buffer, deviceBuffer), now: now}
	d.ring.Store(Frames(d.buffer))
	return d
}

// Kind returns "device", or "simulated" if that is what it is.
func (d *Device) Kind() string { return d.kind }

// Ahead returns how long a frame waits in our buffer, which is filled up with its own length whenever it is not full,
// and in the device's.
func (d *Device) Ahead() time.Duration { return 2*d.buffer + max(d.buffer, Length(d.ring.Load())) }

// Line tells which frame is out when, as far as our side of the device can see.
func (d *Device) Line() (Line, bool) {
	if l := d.line.Load(); l != nil {
		return *l, true
	}
	return Line{}, false
}

// Out is the first frame that the device can still hold.
func (d *Device) Out() int64 { return d.out.Load() }

// Run plays source until ctx ends or the device stops. See Output. It returns an error wrapping ErrNoDevice if there is
// no device, within about two seconds.
func (d *Device) Run(ctx context.Context, source Source) error {
	p := d.play(source)
	watching, seen := context.WithCancel(ctx)
	var watch sync.WaitGroup
	defer watch.Wait()
	defer seen()
	watch.Go(func() { p.watchBurst(watching) })
	s, err := d.driver.open(ctx, p, d.buffer)
	if ctx.Err() != nil && err != nil {
		return nil
	}
	if err != nil {
		return fmt.Errorf("open sound device: %w", err)
	}
	defer s.close()
	defer d.line.Store(nil)
	p.begin(s)
	next := time.NewTimer(0)
	defer next.Stop()
	for {
		select {
		case <-ctx.Done():
			return nil
		case <-next.C:
		}
		poll, err := p.check()
		if err != nil {
			return err
		}
		next.Reset(poll)
	}
}

// playing is one run of a device. It is the reader that gives the driver the timeline as bytes, and never blocks for
// long and never reads short.
type playing struct {
	*Device
	source Source
	first  int64 // the timeline's frame at which it begins
	room   [2048]int16

	mu     sync.Mutex // guards what follows
	stream stream     // or nil while it is being opened
	given  int64      // the timeline's frames that the driver has got
	fit    lineFit
	idle   time.Duration // when the device was last seen to have taken nothing yet
	burst  time.Duration // when it began to fill its queue; zero before
	seen   bool          // that was seen as it happened

	watched, moved  time.Duration // when the pace, and the last movement, was seen
	taken, lastSeen int64         // and how many frames there were then
	settled         bool          // the queues have been filled
}

func (d *Device) play(source Source) *playing {
	at := source.Position()
	return &playing{Device: d, source: source, first: at, given: at, taken: at, lastSeen: at, idle: d.now()}
}

// attach lets every Read look how much the device has taken. See reader.
func (p *playing) attach(s stream) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.stream = s
}

// watchBurst looks often until the device has filled its queue.
func (p *playing) watchBurst(ctx context.Context) {
	tick := time.NewTicker(deviceClose)
	defer tick.Stop()
	for !p.look() {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
	}
}

// begin is told when the device has been opened: from now on it has to play. The driver may have read already.
func (p *playing) begin(s stream) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.stream = s
	p.watched = p.now()
	p.moved = p.watched
}

// Read fills b with as many whole frames as fit. The driver asks for more right after the device has taken some, which
// makes that the best moment to look how many.
func (p *playing) Read(b []byte) (int, error) {
	p.look()
	whole := len(b) &^ 1
	for n := 0; n < whole; {
		frames := p.room[:min(len(p.room), (whole-n)/2)]
		p.source.Fill(frames)
		for i, s := range frames {
			binary.LittleEndian.PutUint16(b[n+2*i:], uint16(s))
		}
		n += 2 * len(frames)
	}
	p.give(whole / 2)
	return whole, nil
}

// readFrames fills out. See reader.
func (p *playing) readFrames(out []int16) {
	p.look()
	p.source.Fill(out)
	p.give(len(out))
}

// look looks how many frames the device has taken, if it can be asked, and returns whether its queue has been filled.
func (p *playing) look() bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.stream == nil {
		return false
	}
	now := p.now()
	p.notice(now)
	return p.burst != 0 && now-p.burst > deviceBurst
}

// give notes that the driver has got n more frames. It is told once it has them: before that the count may be too small,
// but never too large.
func (p *playing) give(n int) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.given += int64(n)
}

// notice looks how many frames the device has taken, and returns that. The caller holds mu.
func (p *playing) notice(now time.Duration) int64 {
	consumed := p.given - int64(p.stream.buffered()/2)
	if consumed <= p.first {
		p.idle = now
	} else {
		if p.burst == 0 {
			p.burst, p.seen = now, now-p.idle <= deviceBurst
		}
		if since := now - p.burst; p.seen && since <= deviceBurst {
			p.ring.Store(max(p.ring.Load(), consumed-p.first-Frames(since)))
		}
	}
	if consumed > p.lastSeen {
		if p.settled && now-p.moved > devicePoll+max(devicePoll, p.buffer, Length(p.ring.Load())) {
			p.fit.standstill(now) // for longer than it had sound for
		}
		p.moved, p.lastSeen = now, consumed
	}
	p.fit.add(consumed-p.first, now)
	p.out.Store(max(p.out.Load(), consumed-p.ring.Load()))
	return consumed
}

// check brings the line up to date, and returns when to do so next, or an error when the device does not play.
func (p *playing) check() (next time.Duration, err error) {
	if err := p.stream.err(); err != nil {
		return 0, fmt.Errorf("sound device: %w: %w", ErrFault, err)
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	now := p.now()
	consumed := p.notice(now)
	if p.burst != 0 && p.fit.ready(now) {
		l := p.fit.line(p.ring.Load())
		l.Frame += p.first
		p.line.Store(&l)
	}
	if still := now - p.moved; still > deviceStill+2*max(0, p.buffer-deviceBuffer) {
		return 0, fmt.Errorf("sound device took no sound in %v: %w", still.Round(time.Millisecond), ErrFault)
	}
	span := now - p.watched
	if span < deviceWatch {
		return p.poll(now), nil
	}
	moved := Length(consumed - p.taken)
	queues := deviceWatch // which are filled at first
	if p.settled {
		queues = 0
	}
	if moved < span/2 || moved > 2*span+queues {
		return 0, fmt.Errorf("sound device took %v of sound in %v: %w", moved.Round(time.Millisecond), span.Round(time.Millisecond), ErrFault)
	}
	p.watched, p.taken, p.settled = now, consumed, true
	return p.poll(now), nil
}

// poll is when to look again.
func (p *playing) poll(now time.Duration) time.Duration {
	if p.fit.fresh(now) {
		return deviceClose
	}
	return devicePoll
}
