//go:build sync && linux

package sound

import (
	"context"
	"encoding/binary"
	"errors"
	"io"
	"net"
	"os"
	"strconv"
	"sync"
	"testing"
	"time"

	"dalaba/playlists/clock"
)

// wall is a clock that all processes of this machine share: the time of day, from when the process began on monotonic.
func wall() func() time.Duration {
	began := time.Now()
	return func() time.Duration { return time.Duration(began.UnixNano()) + time.Since(began) }
}

// tellTime answers horns that ask what wall shows, and returns where.
func tellTime(t *testing.T, now func() time.Duration) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { l.Close() })
	go func() {
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			go func() {
				defer c.Close()
				var room [16]byte
				for {
					if _, err := io.ReadFull(c, room[:1]); err != nil {
						return
					}
					binary.BigEndian.PutUint64(room[:8], uint64(now()))
					binary.BigEndian.PutUint64(room[8:], uint64(now()))
					if _, err := c.Write(room[:]); err != nil {
						return
					}
				}
			}()
		}
	}()
	return l.Addr().String()
}

// hornClock learns the time as an agent does, from bursts of eight questions.
type hornClock struct {
	local func() time.Duration

	mu        sync.Mutex // guards estimator
	estimator *clock.Estimator
}

// learn asks until ctx ends.
func (h *hornClock) learn(ctx context.Context, address string) error {
	c, err := net.Dial("tcp", address)
	if err != nil {
		return err
	}
	defer c.Close()
	tick := time.NewTicker(2 * time.Second)
	defer tick.Stop()
	for {
		for range 8 {
			var room [16]byte
			asked := h.local()
			if _, err := c.Write(room[:1]); err != nil {
				return err
			}
			if _, err := io.ReadFull(c, room[:]); err != nil {
				return err
			}
			x := clock.Exchange{
				T1: int64(asked), T2: int64(binary.BigEndian.Uint64(room[:8])), T3: int64(binary.BigEndian.Uint64(room[8:])), T4: int64(h.local()),
			}
			h.mu.Lock()
			err = h.estimator.Add(x)
			h.mu.Unlock()
			if err != nil {
				return err
			}
		}
		select {
		case <-ctx.Done():
			return nil
		case <-tick.C:
		}
	}
}

// want is when a clip's frames are to be out that begins at the wall's begins.
func (h *hornClock) want(begins time.Duration) (Line, bool) {
	h.mu.Lock()
	defer h.mu.Unlock()
	local, ok := h.estimator.At(time.Unix(0, int64(begins)))
	return Line{At: time.Duration(local), Drift: 1/(1+h.estimator.Rate()) - 1}, ok
}

// TestOneHorn is a horn if the environment says when its clip begins, and nothing else.
func TestOneHorn(t *testing.T) {
	text, ok := os.LookupEnv("HORN_BEGINS")
	if !ok {
		return
	}
	ns, err := strconv.ParseInt(text, 10, 64)
	if err != nil {
		t.Fatal(err)
	}
	began := time.Now()
	now := func() time.Duration { return time.Hour + time.Since(began) }
	begins, m, d := time.Duration(ns), NewMixer(), NewDevice(0, now)
	h := &hornClock{local: now, estimator: clock.New("boot", clock.Snapshot{})}
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	go func() {
		if err := h.learn(ctx, os.Getenv("HORN_CLOCK")); err != nil && ctx.Err() == nil {
			t.Log(err)
		}
	}()
	done := make(chan error, 1)
	go func() {
		for {
			err := d.Run(ctx, m)
			if ctx.Err() != nil {
				done <- err
				return
			}
			t.Log(err)
			if !errors.Is(err, ErrLate) {
				<-time.After(time.Second)
			}
		}
	}()
	tick := time.NewTicker(100 * time.Millisecond)
	defer tick.Stop()
	clip := counted(pulseLength)
	var v *Voice
	for v == nil || !v.Over() {
		<-tick.C
		line, ok := d.Line()
		want, known := h.want(begins)
		switch {
		case !ok || !known:
		case v == nil && now() > want.At-time.Second:
			if v, err = m.Place(&samples{list: clip}, int64(len(clip)), line.FrameAt(want.At), 100); err != nil {
				t.Fatal(err)
			}
			go v.Feed(ctx)
		case v != nil:
			if late := v.Follow(line, want, now()); late != 0 {
				t.Logf("at %.1f s it jumps by %v", (now() - want.At).Seconds(), late)
			}
		}
	}
	line, _ := d.Line()
	t.Logf("the device keeps %v, drift %+.1f ppm; began %v late", Length(d.ring.Load()), 1e6*line.Drift, Length(v.Start()-v.asked))
	cancel()
	<-done
}
