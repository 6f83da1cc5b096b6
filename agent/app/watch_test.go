package app

import (
	"log/slog"
	"path/filepath"
	"testing"
	"time"

	"dalaba/playlists"
	"dalaba/playlists/wire"
)

// cupboard is a computer that stands in one: its power comes and goes.
type cupboard struct {
	file         string
	boot         string
	truth        time.Time
	booted       time.Time
	withoutClock bool
}

func (c *cupboard) open(t *testing.T) *watch {
	t.Helper()
	w, err := newWatch(c.file, machine{
		boot: c.boot, mono: func() time.Duration { return c.truth.Sub(c.booted) },
		hardware: func() (int64, bool) { return c.truth.Add(8 * time.Hour).UnixNano(), !c.withoutClock },
	}, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	return w
}

func (c *cupboard) synchronise(w *watch) {
	local, now := int64(c.truth.Sub(c.booted)), c.truth.UnixNano()
	w.exchange(local, now, now, local)
}

func (c *cupboard) cut(off time.Duration) {
	c.truth = c.truth.Add(off)
	c.boot += "+"
	c.booted = c.truth
	c.truth = c.truth.Add(time.Minute)
}

func TestAfterAPowerCutOnlyAHardwareClockThatRanBeforeTellsTheTime(t *testing.T) {
	began := time.Date(2026, 1, 23, 0, 0, 0, 0, time.UTC)
	for _, test := range []struct {
		name         string
		withoutClock bool
		states       []playlists.ClockState
		known        wire.HardwareClock
	}{
		{"with one", false, []playlists.ClockState{playlists.ClockUntrusted, playlists.ClockEstimated}, wire.HardwareRuns},
		{"without", true, []playlists.ClockState{playlists.ClockUntrusted, playlists.ClockUntrusted}, wire.HardwareNone},
	} {
		t.Run(test.name, func(t *testing.T) {
			c := &cupboard{
				file: filepath.Join(t.TempDir(), "clock.json"), boot: "a", booted: began, truth: began.Add(time.Minute),
				withoutClock: test.withoutClock,
			}
			c.synchronise(c.open(t))
			for _, want := range test.states {
				c.cut(time.Hour)
				w := c.open(t)
				r := w.read()
				if r.State != want || want == playlists.ClockEstimated && r.Time.Sub(c.truth).Abs() > r.Bound {
					t.Errorf("after a cut: %v at %v, %v ± %v", r.State, c.truth, r.Time, r.Bound)
				}
				c.synchronise(w)
				if r := w.read(); r.State != playlists.ClockTrusted {
					t.Errorf("synchronised: %v", r.State)
				}
			}
			if known := c.open(t).hardwareClock(); known != test.known {
				t.Errorf("the hardware clock is said to be %q", known)
			}
		})
	}
}
