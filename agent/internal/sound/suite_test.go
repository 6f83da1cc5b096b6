package sound

import (
	"context"
	"errors"
	"log/slog"
	"sync"
	"testing"
	"testing/synctest"
	"time"
)

// fakeDriver is a sound device in memory. It keeps ring of sound and takes gulps of it at the pace of the clock.
type fakeDriver struct {
	none  bool          // there is no device
	late  bool          // it has not answered yet
	stall time.Duration // after this it takes nothing; zero for never
	wild  bool          // it is not clocked
	gulp  time.Duration
}

type fakeStream struct {
	stop    context.CancelFunc
	stopped chan struct{}
	mu      sync.Mutex // guards read, taken
	read    int
	taken   int
}

func (d *fakeDriver) open(ctx context.Context, r reader, buffer time.Duration) (stream, error) {
	switch {
	case d.none:
		return nil, ErrNoDevice
	case d.late:
		return nil, ErrLate
	}
	ctx, cancel := context.WithCancel(context.WithoutCancel(ctx))
	s := &fakeStream{stop: cancel, stopped: make(chan struct{})}
	began, size := time.Now(), int(2*Frames(buffer))
	go func() {
		defer close(s.stopped)
		tick := time.NewTicker(d.gulp)
		defer tick.Stop()
		for {
			since := time.Since(began)
			if d.stall == 0 || since < d.stall {
				due := 2*int(Frames(since)) + size // what it has played, and its own queue
				if d.wild {
					due *= 100
				}
				s.mu.Lock()
				s.taken = due
				p := make([]byte, s.taken+size-s.read)
				s.mu.Unlock()
				n, err := r.Read(p)
				s.mu.Lock()
				if n != len(p) || err != nil {
					panic("read short")
				}
				s.read += n
				s.mu.Unlock()
			}
			select {
			case <-ctx.Done():
				return
			case <-tick.C:
			}
		}
	}()
	return s, nil
}

func (s *fakeStream) buffered() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.read - s.taken
}

func (s *fakeStream) err() error { return nil }

func (s *fakeStream) close() {
	s.stop()
	<-s.stopped
}

// ticking is a monotonic clock for a test, counted from its beginning.
func ticking() func() time.Duration {
	began := time.Now()
	return func() time.Duration { return time.Since(began) + time.Hour }
}

func testFile(t *testing.T, now func() time.Duration) *File {
	t.Helper()
	origin := time.Now().Add(-now())
	f, err := NewFile(FileOptions{
		Folder: t.TempDir(), PerFile: time.Minute, Keep: 3, Now: now, Log: slog.New(slog.DiscardHandler),
		UTC: func(at time.Duration) time.Time { return origin.Add(at) },
	})
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func testDevice(d *fakeDriver, now func() time.Duration) *Device {
	device := NewDevice(0, now)
	d.gulp = 20 * time.Millisecond
	device.driver = d
	return device
}

// TestOutputs holds every output to the contract.
func TestOutputs(t *testing.T) {
	log := slog.New(slog.DiscardHandler)
	for _, c := range []struct {
		name, kind string
		make       func(t *testing.T, now func() time.Duration) Output
	}{
		{"file", "file", func(t *testing.T, now func() time.Duration) Output { return testFile(t, now) }},
		{"device", "device", func(t *testing.T, now func() time.Duration) Output { return testDevice(&fakeDriver{}, now) }},
		{"simulated", "simulated", func(t *testing.T, now func() time.Duration) Output {
			return NewSimulated(SimulatedOptions{Ring: 60 * time.Millisecond, PPM: 100, Jitter: 3 * time.Millisecond, Now: now})
		}},
		{"auto with a device", "device", func(t *testing.T, now func() time.Duration) Output {
			return NewAuto(testDevice(&fakeDriver{}, now), testFile(t, now), log)
		}},
		{"auto without a device", "file", func(t *testing.T, now func() time.Duration) Output {
			return NewAuto(testDevice(&fakeDriver{none: true}, now), testFile(t, now), log)
		}},
	} {
		t.Run(c.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				now := ticking()
				o := c.make(t, now)
				m := NewMixer()
				if _, ok := o.Line(); ok {
					t.Error("there is a line before anything comes out")
				}
				for run := range 2 {
					before := m.Position()
					ctx, cancel := context.WithCancel(t.Context())
					done := make(chan error, 1)
					go func() { done <- o.Run(ctx, m) }()
					time.Sleep(5 * time.Second)
					synctest.Wait()
					checkPace(t, o, m, before, now())
					cancel()
					if err := <-done; err != nil {
						t.Errorf("run %d ended with %v", run, err)
					}
					if _, ok := o.Line(); ok {
						t.Error("there is a line after the end")
					}
				}
				if o.Kind() != c.kind {
					t.Errorf("it is a %q", o.Kind())
				}
			})
		})
	}
}

// checkPace looks at an output after it has run for five seconds.
func checkPace(t *testing.T, o Output, m *Mixer, before int64, now time.Duration) {
	t.Helper()
	line, ok := o.Line()
	if !ok {
		t.Fatal("there is no line")
	}
	const slack = 60 * time.Millisecond
	if out := Length(line.FrameAt(now) - before); (5*time.Second - out).Abs() > slack {
		t.Errorf("%v came out in 5 s", out)
	}
	if late := Length(line.FrameAt(now) - o.Out()); late < -slack || late > slack {
		t.Errorf("what is out for certain is %v behind what is out", late)
	}
	if ahead := Length(m.Position() - line.FrameAt(now)); ahead < -slack || ahead > o.Ahead()+slack {
		t.Errorf("frames are pulled %v before they are out, at most %v was said", ahead, o.Ahead())
	}
}

func TestADeviceThatStopsTakingFramesIsAFault(t *testing.T) {
	for _, c := range []struct {
		name   string
		driver fakeDriver
	}{
		{"never begins", fakeDriver{stall: time.Nanosecond}},
		{"stops", fakeDriver{stall: 10 * time.Second}},
		{"is not clocked", fakeDriver{wild: true}},
	} {
		t.Run(c.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				d := testDevice(&c.driver, ticking())
				began := time.Now()
				err := d.Run(t.Context(), NewMixer())
				if !errors.Is(err, ErrFault) || errors.Is(err, ErrNoDevice) {
					t.Errorf("%v", err)
				}
				if took := time.Since(began); took > c.driver.stall+2*time.Second+2*devicePoll {
					t.Errorf("noticed after %v", took)
				}
				if _, ok := d.Line(); ok {
					t.Error("there is a line")
				}
			})
		})
	}
}

func TestADeviceGetsEveryFrameThatItTakes(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		now := ticking()
		for _, ring := range []time.Duration{20 * time.Millisecond, 200 * time.Millisecond} {
			next := int64(-1)
			device := &simulatedDevice{o: SimulatedOptions{Ring: ring, Gulp: ring / 4, Now: now, Put: func(first int64, _ time.Duration, frames []int16) {
				if next >= 0 && first != next {
					t.Errorf("after frame %d comes frame %d", next-1, first)
				}
				next = first + int64(len(frames))
			}}}
			o := newDevice("simulated", device, ring/2, now) // it keeps more than it was asked to
			ctx, cancel := context.WithCancel(t.Context())
			done := make(chan error, 1)
			m := NewMixer()
			go func() { done <- o.Run(ctx, m) }()
			time.Sleep(10 * time.Second)
			synctest.Wait()
			if taken := next - Frames(10*time.Second+ring); taken > 0 || taken < -Frames(ring) {
				t.Errorf("ring of %v: %d frames a second", ring, next/10)
			}
			if measured := Length(o.ring.Load()); (measured - ring).Abs() > time.Millisecond {
				t.Errorf("a ring of %v is thought to be %v", ring, measured)
			}
			cancel()
			if err := <-done; err != nil {
				t.Error(err)
			}
		}
	})
}

func TestADeviceThatOncePlayedIsNotExchangedForFiles(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		now := ticking()
		driver := &fakeDriver{stall: 10 * time.Second}
		a := NewAuto(testDevice(driver, now), testFile(t, now), slog.New(slog.DiscardHandler))
		if err := a.Run(t.Context(), NewMixer()); !errors.Is(err, ErrFault) {
			t.Fatalf("%v", err)
		}
		driver.none = true
		if err := a.Run(t.Context(), NewMixer()); !errors.Is(err, ErrNoDevice) {
			t.Errorf("%v", err)
		}
		if a.Kind() != "device" {
			t.Errorf("it is a %q now", a.Kind())
		}
	})
}

func TestADeviceThatAnswersLateIsNotExchangedForFiles(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		now := ticking()
		driver := &fakeDriver{late: true, stall: 10 * time.Second}
		a := NewAuto(testDevice(driver, now), testFile(t, now), slog.New(slog.DiscardHandler))
		if err := a.Run(t.Context(), NewMixer()); !errors.Is(err, ErrLate) {
			t.Fatalf("%v", err)
		}
		driver.late = false
		if err := a.Run(t.Context(), NewMixer()); !errors.Is(err, ErrFault) || a.Kind() != "device" {
			t.Errorf("%v on a %q", err, a.Kind())
		}
	})
}

func TestNoDeviceIsFoundOutWithinSeconds(t *testing.T) {
	began := time.Now()
	ctx, cancel := context.WithTimeout(t.Context(), 3*time.Second)
	defer cancel()
	err := NewDevice(0, ticking()).Run(ctx, NewMixer())
	// Where the machine has a device it plays silence until the test stops it.
	if err != nil && !errors.Is(err, ErrFault) {
		t.Errorf("%v", err)
	}
	if took := time.Since(began); took > 4*time.Second {
		t.Errorf("after %v", took)
	}
}

func TestALineCountsFramesAndTimeAlike(t *testing.T) {
	l := Line{Frame: 100, At: 3 * time.Hour}
	for _, n := range []int64{-5_000_000_000, -1, 0, 1, 99, 100, 47_999, 4_800_000_123} {
		if got := l.FrameAt(l.Time(n)); got != n {
			t.Errorf("frame %d is out at %v, where frame %d is", n, l.Time(n), got)
		}
	}
	if Frames(1500*time.Millisecond) != 72_000 || Length(72_000) != 1500*time.Millisecond {
		t.Error("a second and a half is not 72,000 frames")
	}
}
