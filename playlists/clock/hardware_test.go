package clock

import (
	"testing"
	"time"

	"pgregory.net/rapid"

	"dalaba/playlists"
)

// computer is a machine with a hardware clock, told of in true time.
type computer struct {
	Hardware
	truth  time.Duration // since the story began
	booted time.Duration
	boot   byte
	// offset and rate make the hardware clock; stands: it stops while the power is off.
	offset, lost time.Duration
	rate         float64
	stands       bool
}

var began = time.Date(2026, 1, 23, 0, 0, 0, 0, time.UTC)

func (c *computer) hardware() int64 {
	shown := began.Add(c.offset - c.lost).Add(time.Duration(float64(c.truth) * c.rate))
	return shown.Truncate(time.Second).UnixNano()
}

func (c *computer) local() int64 { return int64(c.truth - c.booted) }

func (c *computer) synchronise() {
	c.Synchronised(Mark{
		Hardware: c.hardware(), Broadcaster: began.Add(c.truth).UnixNano(), Error: int64(20 * time.Millisecond),
		Boot: string(c.boot), Local: c.local(),
	})
}

func (c *computer) run(d time.Duration) {
	for end := c.truth + d; c.truth < end; {
		c.truth = min(c.truth+time.Minute, end)
		c.Live(string(c.boot), c.local())
	}
}

func (c *computer) cut(off time.Duration) {
	c.truth += off
	if c.stands {
		c.lost += off
	}
	c.boot++
	c.booted = c.truth
}

func newComputer() *computer { return &computer{boot: 'a', rate: 1, offset: 8 * time.Hour} }

func TestAClockThatRanThroughACutIsBelievedThroughTheNext(t *testing.T) {
	c := newComputer()
	c.rate = 1 + 20e-6
	c.run(time.Minute)
	c.synchronise()
	c.run(time.Hour)
	c.cut(time.Hour)
	if _, _, ok := c.Now(c.hardware()); ok {
		t.Error("believed before it was ever seen to run through a cut")
	}
	c.run(time.Minute)
	c.synchronise()
	c.run(time.Hour)
	c.cut(30 * 24 * time.Hour)
	now, bound, ok := c.Now(c.hardware())
	if off := now.Sub(began.Add(c.truth)).Abs(); !ok || off > bound || bound > EstimatedWithin {
		t.Errorf("after thirty days: %v off, at most %v, known: %v", off, bound, ok)
	}
}

func TestAClockThatStandsWithoutPowerIsNeverBelieved(t *testing.T) {
	c := newComputer()
	c.stands = true
	for _, off := range []time.Duration{time.Second, 10 * time.Second, time.Minute, 10 * time.Minute, time.Hour, 30 * time.Hour} {
		c.run(3 * time.Hour)
		c.synchronise()
		c.run(5 * time.Hour) // without the broadcaster
		c.cut(off)
		if _, _, ok := c.Now(c.hardware()); ok {
			t.Errorf("believed after a cut of %v", off)
		}
		c.run(time.Minute)
		c.synchronise()
	}
}

func TestAClockWhoseBatteryRunsEmptyIsBelievedNoLonger(t *testing.T) {
	c := newComputer()
	for range 2 {
		c.synchronise()
		c.cut(time.Hour)
		c.synchronise()
	}
	if !c.Ran {
		t.Fatal("it ran through two cuts")
	}
	c.stands = true
	c.cut(time.Hour)
	c.synchronise()
	if _, _, ok := c.Now(c.hardware()); ok {
		t.Error("believed although it stood")
	}
	c.offset -= 20 * 365 * 24 * time.Hour // back to where it was made
	if _, _, ok := c.Now(c.hardware()); ok {
		t.Error("believed although it has gone back")
	}
}

func TestItsRateIsMeasured(t *testing.T) {
	c := newComputer()
	c.rate = 1 + 35e-6
	c.synchronise()
	c.cut(time.Hour)
	c.synchronise()
	for range 20 {
		c.run(12 * time.Hour)
		c.synchronise()
	}
	c.cut(30 * 24 * time.Hour)
	now, bound, ok := c.Now(c.hardware())
	if off := now.Sub(began.Add(c.truth)).Abs(); !ok || off > bound || bound > time.Minute {
		t.Errorf("%v off, at most %v, known: %v", off, bound, ok)
	}
}

// Whatever happens to a clock that runs within its drift, what it says is within its bound; what one says that stands
// is never believed.
func TestABoundHolds(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := newComputer()
		c.rate = 1 + float64(rapid.IntRange(-38, 38).Draw(t, "ppm"))*1e-6
		c.stands = rapid.Bool().Draw(t, "stands")
		for range rapid.IntRange(1, 8).Draw(t, "stretches") {
			c.truth += time.Duration(rapid.Int64Range(0, int64(5*time.Hour)).Draw(t, "silent"))
			c.Live(string(c.boot), c.local())
			if rapid.Bool().Draw(t, "network") {
				c.synchronise()
				c.truth += time.Duration(rapid.Int64Range(0, int64(time.Minute)).Draw(t, "unsaved"))
			}
			c.cut(time.Duration(rapid.Int64Range(0, int64(20*24*time.Hour)).Draw(t, "off")))
			now, bound, ok := c.Now(c.hardware())
			if off := now.Sub(began.Add(c.truth)).Abs(); ok && (off > bound || c.stands) {
				t.Fatalf("%v off, at most %v; it stands without power: %v", off, bound, c.stands)
			}
		}
	})
}

func TestWhatIsRecalledIsAnEstimateUntilTheNextSynchronisation(t *testing.T) {
	e := New("b", Snapshot{Boot: "a", Local: 5, Broadcaster: began.UnixNano()})
	e.Recall(int64(time.Minute), began, 30*time.Second)
	local := int64(2 * time.Minute)
	now, bound, ok := e.Now(local)
	if !ok || !now.Equal(began.Add(time.Minute)) || bound < 30*time.Second || e.State(local) != playlists.ClockEstimated {
		t.Errorf("%v ± %v, %v", now, bound, e.State(local))
	}
	truth := began.Add(90 * time.Second).UnixNano()
	if err := e.Add(Exchange{T1: local, T2: truth, T3: truth, T4: local + 1e6}); err != nil {
		t.Fatal(err)
	}
	now, bound, _ = e.Now(local + 1e6)
	if e.State(local) != playlists.ClockTrusted || now.Sub(began.Add(90*time.Second)).Abs() > bound || bound > 2*time.Millisecond {
		t.Errorf("synchronised: %v ± %v, %v", now, bound, e.State(local))
	}
	e.Recall(local, began, time.Second)
	if again, _, _ := e.Now(local + 1e6); !again.Equal(now) {
		t.Error("what is synchronised was overruled")
	}
}
