package player

import (
	"math"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"dalaba/agent/internal/sound"
	"dalaba/playlists"
)

// simulated is a device that is not there, and what came out of it.
type simulated struct {
	*sound.Simulated

	mu     sync.Mutex    // guards what follows
	first  time.Duration // when the first sound was out; zero before that
	last   time.Duration // when the last was
	frames int64         // that were out
}

// onDevice is a story whose output is a simulated device.
func onDevice(t *testing.T, ppm float64, o sound.SimulatedOptions, tell func(t *testing.T, s *stage)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		s := &stage{t: t, folder: t.TempDir(), boot: "b", began: time.Now(), changed: make(chan struct{}, 1), ppm: ppm}
		d := &simulated{}
		o.Now, o.Put = s.mono, d.put
		d.Simulated = sound.NewSimulated(o)
		s.device = d
		s.start()
		defer func() { s.end() }()
		tell(t, s)
	})
}

func (d *simulated) put(_ int64, at time.Duration, frames []int16) {
	d.mu.Lock()
	defer d.mu.Unlock()
	for i, s := range frames {
		if s == 0 {
			continue
		}
		d.last = at + sound.Length(int64(i))
		if d.first == 0 {
			d.first = d.last
		}
		d.frames++
	}
}

// spoke returns when the first and the last sound was out, after the story's beginning in true time.
func (s *stage) spoke() (first, last time.Duration) {
	s.device.mu.Lock()
	defer s.device.mu.Unlock()
	after := func(mono time.Duration) time.Duration {
		return time.Duration(float64(mono-time.Hour) / (1 + s.ppm/1e6))
	}
	return after(s.device.first), after(s.device.last)
}

func TestWhatADeviceDidNotPutOutWasNotPlayed(t *testing.T) {
	for _, c := range []struct {
		name string
		pull time.Duration // when the cable is pulled
	}{
		{"in the middle", 12 * time.Second},
		{"when all but the last is on its way", 15*time.Second - 60*time.Millisecond},
	} {
		t.Run(c.name, func(t *testing.T) {
			onDevice(t, 0, sound.SimulatedOptions{Ring: 100 * time.Millisecond}, func(t *testing.T, s *stage) {
				s.publish(round(1, at10, s.clip(5*time.Second, levelled)))
				s.until(c.pull)
				s.device.Unplug()
				s.until(c.pull + 2*time.Second)
				if st := s.player.Status(); st.Fault != playlists.CauseDeviceError || st.Problem == "" {
					t.Errorf("after two seconds the status is %+v", st)
				}
				plays, _, _ := s.rows()
				if len(plays) != 1 {
					t.Fatalf("%+v", plays)
				}
				out := playlists.MillisOf(c.pull - 10*time.Second)
				if p := plays[0]; p.Result != playlists.ResultCut || p.Cause != playlists.CauseDeviceError || p.Sounded > out || p.Sounded < out-50 {
					t.Errorf("%d ms were out: %+v", out, p)
				}
				s.until(20 * time.Second)
				s.device.Plug()
				s.until(40 * time.Second)
				plays, misses, _ := s.rows()
				if len(plays) != 2 || len(misses) != 0 {
					t.Fatalf("%+v, %+v", plays, misses)
				}
				if p := plays[1]; p.Attempt != 2 || p.Result != playlists.ResultComplete || p.Cause != playlists.CauseDeviceError || p.Sounded != 5000 || p.Output != "simulated" {
					t.Errorf("second %+v", p)
				}
				if st := s.player.Status(); st.Fault != "" {
					t.Errorf("at last the status is %+v", st)
				}
			})
		})
	}
}

func TestADeviceThatIsMissingAtFirstSoundsWhenItComes(t *testing.T) {
	onDevice(t, 0, sound.SimulatedOptions{}, func(t *testing.T, s *stage) {
		s.device.Unplug()
		s.end()
		s.start()
		s.until(2 * time.Second)
		if st := s.player.Status(); st.Fault != playlists.CauseDeviceError {
			t.Errorf("after two seconds the status is %+v", st)
		}
		s.publish(round(1, at10, s.clip(time.Second, levelled)))
		s.until(20 * time.Second)
		s.device.Plug()
		s.until(40 * time.Second)
		plays, _, _ := s.rows()
		if len(plays) != 1 || plays[0].Result != playlists.ResultComplete || plays[0].Cause != playlists.CauseDeviceError {
			t.Errorf("%+v", plays)
		}
	})
}

func TestSoundKeepsStepWithBroadcasterTime(t *testing.T) {
	for _, ppm := range []float64{-60, 60} {
		o := sound.SimulatedOptions{Ring: 60 * time.Millisecond, PPM: -2 * ppm, Jitter: time.Millisecond}
		onDevice(t, ppm, o, func(t *testing.T, s *stage) {
			const length = 2 * time.Minute
			s.publish(round(1, playlists.NewTimeOfDay(0, 1, 0), s.clip(length, levelled)))
			s.until(4 * time.Minute)
			first, last := s.spoke()
			if off := first - time.Minute; off.Abs() > 200*time.Microsecond {
				t.Errorf("%+.0f ppm: it begins %v off its time", ppm, off)
			}
			if off := last - time.Minute - length; off.Abs() > 300*time.Microsecond {
				t.Errorf("%+.0f ppm: it ends %v off its time", ppm, off)
			}
			plays, _, _ := s.rows()
			if len(plays) != 1 {
				t.Fatalf("%+v", plays)
			}
			p := plays[0]
			for what, off := range map[string]time.Duration{
				"beginning": p.Begin.Sub(s.began.Add(first)), "end": p.End.Sub(s.began.Add(last)),
			} {
				if off.Abs() > 200*time.Microsecond {
					t.Errorf("%+.0f ppm: the record's %s is %v off", ppm, what, off)
				}
			}
			if p.Result != playlists.ResultComplete || p.Sounded != playlists.MillisOf(length) {
				t.Errorf("%+v", p)
			}
		})
	}
}

func TestAClockThatIsSetLeavesWhatSoundsAlone(t *testing.T) {
	onDevice(t, 0, sound.SimulatedOptions{}, func(t *testing.T, s *stage) {
		s.publish(round(1, at10, s.clip(10*time.Second, levelled)))
		s.until(15 * time.Second)
		s.mu.Lock()
		s.step = 7 * time.Second
		s.mu.Unlock()
		s.until(30 * time.Second)
		first, last := s.spoke()
		if length := last - first; (length - 10*time.Second).Abs() > time.Millisecond {
			t.Errorf("it sounded for %v", length)
		}
	})
}

func TestACorrectionOfTheTimeIsFollowedWithoutAClick(t *testing.T) {
	onDevice(t, 0, sound.SimulatedOptions{}, func(t *testing.T, s *stage) {
		s.publish(round(1, at10, s.clip(20*time.Second, levelled)))
		s.until(15 * time.Second)
		s.mu.Lock()
		s.step = 120 * time.Millisecond
		s.mu.Unlock()
		s.until(40 * time.Second)
		_, last := s.spoke()
		// By the new time it ends when it should.
		if off := last + 120*time.Millisecond - 30*time.Second; off.Abs() > 5*time.Millisecond {
			t.Errorf("it ends %v off its time", off)
		}
		plays, _, _ := s.rows()
		if p := plays[0]; p.Result != playlists.ResultComplete || math.Abs(float64(p.Sounded-19_880)) > 5 {
			t.Errorf("%+v", p)
		}
	})
}

func TestSoundIsEarlierByTheOutputDelay(t *testing.T) {
	onDevice(t, 0, sound.SimulatedOptions{}, func(t *testing.T, s *stage) {
		p := round(1, at10, s.clip(2*time.Second, levelled))
		p.OutputDelay = 1300
		s.publish(p)
		s.until(30 * time.Second)
		if first, _ := s.spoke(); (first - 8700*time.Millisecond).Abs() > time.Millisecond {
			t.Errorf("it left the output after %v", first)
		}
		plays, _, _ := s.rows()
		if off := plays[0].Begin.Sub(s.began.Add(10 * time.Second)); off.Abs() > time.Millisecond || plays[0].Result != playlists.ResultComplete {
			t.Errorf("%v off: %+v", off, plays[0])
		}
	})
}

// switched is an amplifier that notes when it was switched.
type switched struct {
	stage *stage

	mu sync.Mutex // guards what follows
	on []time.Duration
	is bool
}

func (a *switched) Want(on bool) {
	a.mu.Lock()
	defer a.mu.Unlock()
	if on != a.is {
		a.is = on
		a.on = append(a.on, time.Since(a.stage.began).Round(100*time.Millisecond))
	}
}

func (a *switched) Lead() time.Duration { return 3 * time.Second }

func (a *switched) Hold() time.Duration { return 2 * time.Second }

func (a *switched) Problem() string { return "" }

func TestTheAmplifierIsOnAroundSound(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := &stage{t: t, folder: t.TempDir(), boot: "b", began: time.Now(), changed: make(chan struct{}, 1)}
		a := &switched{stage: s}
		s.amplifier = a
		s.start()
		defer func() { s.end() }()
		s.publish(round(1, at10, s.clip(5*time.Second, levelled)))
		s.until(30 * time.Second)
		a.mu.Lock()
		defer a.mu.Unlock()
		if len(a.on) != 2 || a.on[0] != 7*time.Second || a.on[1] < 17*time.Second || a.on[1] > 18200*time.Millisecond {
			t.Errorf("it was switched at %v", a.on)
		}
	})
}

func TestSoundWaitsForAnAmplifierThatIsOff(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := &stage{t: t, folder: t.TempDir(), boot: "b", began: time.Now(), changed: make(chan struct{}, 1)}
		s.amplifier = &switched{stage: s}
		s.start()
		defer func() { s.end() }()
		s.until(9 * time.Second)
		s.publish(round(1, at10, s.clip(5*time.Second, levelled)))
		s.until(30 * time.Second)
		plays, _, _ := s.rows()
		if len(plays) != 1 || plays[0].Begin.Before(s.began.Add(12*time.Second)) || plays[0].Begin.After(s.began.Add(13*time.Second)) {
			t.Errorf("%+v", plays)
		}
	})
}
