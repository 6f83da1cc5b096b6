package sound

import (
	"math"
	"testing"
	"time"
)

// steered lets a steering look ten times a second for length at a voice that begins late by off and loses drift, as a
// share, and returns how late it is at last, the greatest correction, and the jumps that were ordered; each is made wait
// later.
func steered(off time.Duration, drift float64, length, wait time.Duration) (late time.Duration, most float64, jumps []time.Duration) {
	var s steering
	const step = 100 * time.Millisecond
	var pending, ordered time.Duration
	late = off
	for now := time.Hour; now < time.Hour+length; now += step {
		if pending != 0 && now-ordered >= wait {
			late, pending = late-pending, 0
		}
		correction, jump := s.look(late, now, pending != 0)
		if jump != 0 {
			if pending == 0 {
				jumps = append(jumps, jump)
				ordered = now
			}
			pending = jump
		}
		most = max(most, math.Abs(correction))
		late += time.Duration((drift - correction) * float64(step))
	}
	return late, most, jumps
}

func TestWhatIsOffIsPutRightGently(t *testing.T) {
	for _, c := range []struct {
		name   string
		off    time.Duration
		drift  float64
		within time.Duration
	}{
		{"nothing", 0, 0, 0},
		{"less than can be heard", 80 * time.Microsecond, 0, 80 * time.Microsecond},
		{"late", 3 * time.Millisecond, 0, 300 * time.Microsecond},
		{"early", -3 * time.Millisecond, 0, 300 * time.Microsecond},
		{"a rate that nobody knows of", 0, 50e-6, 300 * time.Microsecond},
	} {
		late, most, jumps := steered(c.off, c.drift, 2*time.Minute, 0)
		if late.Abs() > c.within || most > steerMost || len(jumps) > 0 {
			t.Errorf("%s: at last it is late by %v, corrections to %v, jumps %v", c.name, late, most, jumps)
		}
	}
}

func TestWhatIsFarOffIsPutRightByOneJump(t *testing.T) {
	for _, c := range []struct {
		name string
		off  time.Duration
		wait time.Duration
	}{
		{"in a pause of speech that comes soon", 10 * time.Millisecond, 300 * time.Millisecond},
		{"early", -10 * time.Millisecond, 300 * time.Millisecond},
		{"not for a moment only", 30 * time.Millisecond, 100 * time.Millisecond},
		{"at once", 70 * time.Millisecond, 100 * time.Millisecond},
		{"at once, early", -300 * time.Millisecond, 400 * time.Millisecond},
	} {
		late, most, jumps := steered(c.off, 0, time.Minute, c.wait)
		if late.Abs() > 500*time.Microsecond || most > steerMost || len(jumps) != 1 {
			t.Errorf("%s: at last it is late by %v, corrections to %v, jumps %v", c.name, late, most, jumps)
		}
	}
	if _, _, jumps := steered(5*time.Second, 0, time.Minute, 0); len(jumps) != 0 {
		t.Errorf("a clock that was set is followed: %v", jumps)
	}
}

func TestAVoiceThatBeganLateOrWaitedIsNotHurried(t *testing.T) {
	m := NewMixer()
	pull(m, Rate)
	v := place(t, m, counting(2*Rate), Rate/2, 100) // half a second too late
	line, want := Line{}, Line{At: 500 * time.Millisecond}
	for range 40 {
		if jump := v.Follow(line, want, Length(m.Position())); jump != 0 {
			t.Fatalf("it jumps by %v", jump)
		}
		pull(m, Rate/100)
	}
	v.Pause()
	pull(m, Rate/2)
	v.Resume()
	for range 250 {
		if jump := v.Follow(line, want, Length(m.Position())); jump != 0 {
			t.Fatalf("after a pause it jumps by %v", jump)
		}
		pull(m, Rate/100)
	}
	if step := v.orders.step.Load(); step != whole {
		t.Errorf("it is played at %v of its speed", float64(step)/float64(whole))
	}
}
