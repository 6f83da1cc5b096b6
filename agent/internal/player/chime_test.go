package player

import (
	"os"
	"testing"
	"testing/synctest"
	"time"

	"dalaba/agent/internal/sound"
	"dalaba/playlists"
)

// rung is a round at 00:00:10 with a chime of that length before its clips.
func (s *stage) rung(revision uint64, chime time.Duration, clips ...playlists.Clip) *playlists.Programme {
	p := round(revision, at10, clips...)
	bell := s.clip(chime, levelled)
	p.Playlists[0].Chime = &bell
	return p
}

func TestTheChimeSoundsAtItsTimeAndTheFirstWordBehindIt(t *testing.T) {
	story(t, func(t *testing.T, s *stage) {
		s.publish(s.rung(1, 2*time.Second, s.clip(3*time.Second, levelled), s.clip(time.Second, levelled)))
		s.until(11 * time.Second)
		now := s.player.Status().Sounding
		if now == nil || now.Announcement != "a" || now.Duration != 3000 || !now.Begin.Equal(s.began.Add(12300*time.Millisecond)) {
			t.Fatalf("while the chime sounds, status says %+v", now)
		}
		s.until(13 * time.Second)
		if then := s.player.Status().Sounding; then == nil || *then != *now {
			t.Errorf("then it says %+v", then)
		}
		s.until(30 * time.Second)
		plays, misses, _ := s.rows()
		same(t, "plays", []told{
			{1, 0, "00:00:12.300", 3000, playlists.ResultComplete, "", playlists.EvidenceLevel},
			{1, 1, "00:00:16.300", 1000, playlists.ResultComplete, "", playlists.EvidenceLevel},
		}, tellings(plays))
		if plays[0].Lead != 2300 || plays[1].Lead != 0 || plays[0].Event != now.Event || len(misses) != 0 {
			t.Errorf("%+v, %+v", plays, misses)
		}
		same(t, "sound", []string{
			"00:00:10.000–00:00:12.000", "00:00:12.300–00:00:15.300", "00:00:16.300–00:00:17.300",
		}, s.heard())
	})
}

func TestAChimeKeepsStepToo(t *testing.T) {
	o := sound.SimulatedOptions{Ring: 60 * time.Millisecond, PPM: -120, Jitter: time.Millisecond}
	onDevice(t, 60, o, func(t *testing.T, s *stage) {
		s.publish(s.rung(1, 10*time.Second, s.clip(2*time.Second, levelled)))
		s.until(20*time.Second + 100*time.Millisecond) // in the breath
		first, last := s.spoke()
		if off := first - 10*time.Second; off.Abs() > 200*time.Microsecond {
			t.Errorf("it begins %v off its time", off)
		}
		if off := last - 20*time.Second; off.Abs() > 300*time.Microsecond {
			t.Errorf("it ends %v off its time", off)
		}
		s.until(30 * time.Second)
		plays, _, _ := s.rows()
		if off := plays[0].Begin.Sub(s.began.Add(20300 * time.Millisecond)); off.Abs() > time.Millisecond {
			t.Errorf("the first word is %v off its time", off)
		}
	})
}

func TestAChimeThatIsNotHereMakesNothingMiss(t *testing.T) {
	for _, c := range []struct {
		name   string
		remove func(s *stage, chime playlists.Digest)
	}{
		{"absent", func(s *stage, chime playlists.Digest) { os.Remove(s.folder + "/" + chime.String()) }},
		{"bad", func(s *stage, chime playlists.Digest) { s.shelve(chime, []byte("bad")) }},
	} {
		t.Run(c.name, func(t *testing.T) {
			story(t, func(t *testing.T, s *stage) {
				p := s.rung(1, 2*time.Second, s.clip(3*time.Second, levelled))
				c.remove(s, p.Playlists[0].Chime.Digest)
				s.publish(p)
				s.until(11 * time.Second)
				if now := s.player.Status().Sounding; now != nil {
					t.Errorf("nothing sounds, and status says %+v", now)
				}
				s.until(30 * time.Second)
				plays, misses, _ := s.rows()
				// Other horns have the chime: the words stay in step with theirs.
				same(t, "sound", []string{"00:00:12.300–00:00:15.300"}, s.heard())
				if len(plays) != 1 || plays[0].Result != playlists.ResultComplete || plays[0].Lead != 2300 || len(misses) != 0 {
					t.Errorf("%+v, %+v", plays, misses)
				}
			})
		})
	}
}

func TestWhatIsCutInItsChimeHasNotSounded(t *testing.T) {
	for _, c := range []struct {
		name   string
		change func(s *stage, p *playlists.Programme)
		want   playlists.Cause
		by     string
	}{
		{"the round is gone", func(_ *stage, p *playlists.Programme) { p.Rounds = nil }, playlists.CauseCancelled, ""},
		{"it is called off", func(s *stage, p *playlists.Programme) {
			due := s.began.Add(10 * time.Second)
			p.Cancelled = []playlists.Cancellation{{Airing: playlists.NewAiringID("r", due, "t"), By: "关主任"}}
		}, playlists.CauseCancelled, "关主任"},
		{"silence is ordered", func(_ *stage, p *playlists.Programme) {
			p.Quiet = []playlists.QuietRule{{From: 0, To: playlists.NewTimeOfDay(5, 0, 0), Name: "夜间"}}
		}, playlists.CauseQuietHours, "夜间"},
		{"the horn is muted", func(s *stage, p *playlists.Programme) {
			p.Mutes = []playlists.Mute{{From: s.began.Add(13 * time.Second), Until: s.began.Add(time.Hour), By: "陈书记"}}
		}, playlists.CauseMuted, "陈书记"},
	} {
		t.Run(c.name, func(t *testing.T) {
			story(t, func(t *testing.T, s *stage) {
				words := s.clip(5*time.Second, levelled)
				s.publish(s.rung(1, 10*time.Second, words))
				s.until(13 * time.Second)
				changed := s.rung(2, 10*time.Second, words)
				c.change(s, changed)
				s.publish(changed)
				s.until(40 * time.Minute)
				plays, misses, accounted := s.rows()
				if len(plays) != 0 || len(misses) != 1 || misses[0].Cause != c.want || misses[0].By != c.by {
					t.Fatalf("plays %+v, misses %+v", plays, misses)
				}
				if last := accounted[len(accounted)-1].Through; !last.After(misses[0].Due) {
					t.Errorf("accounted through %v", last)
				}
				if heard := s.heard(); len(heard) != 1 || heard[0] > "00:00:10.000–00:00:13.3" {
					t.Errorf("it sounded %v", heard)
				}
			})
		})
	}
}

func TestAnOutputThatFailsInTheChimeMakesItLate(t *testing.T) {
	story(t, func(t *testing.T, s *stage) {
		s.publish(s.rung(1, 5*time.Second, s.clip(2*time.Second, levelled)))
		s.until(11 * time.Second)
		s.output.set(true)
		s.until(20 * time.Second)
		s.output.set(false)
		s.until(50 * time.Second)
		plays, misses, _ := s.rows()
		if len(plays) != 1 || len(misses) != 0 || plays[0].Attempt != 1 || plays[0].Cause != playlists.CauseDeviceError ||
			plays[0].Result != playlists.ResultComplete || plays[0].Lead != 5300 {
			t.Errorf("%+v, %+v", plays, misses)
		}
	})
}

func TestAKillInTheChimeClaimsNothing(t *testing.T) {
	for _, c := range []struct {
		name string
		boot string // of the next process
		kill time.Duration
		want playlists.Cause
	}{
		{"the agent", "b", 13 * time.Second, playlists.CauseAgentDown},
		{"the machine", "another", 13 * time.Second, playlists.CausePowerOff},
		{"the machine, when it was known to run after due", "another", 31 * time.Second, playlists.CausePowerOff},
		{"when the first word was made ready", "another", 39*time.Second + 100*time.Millisecond, playlists.CausePowerOff},
	} {
		t.Run(c.name, func(t *testing.T) {
			story(t, func(t *testing.T, s *stage) {
				p := s.rung(1, 10*time.Second, s.clip(2*time.Second, levelled))
				if c.kill > 20*time.Second {
					p.Rounds[0].Timetable.Every.From = playlists.NewTimeOfDay(0, 0, 29)
					p.Rounds[0].Timetable.Every.To = p.Rounds[0].Timetable.Every.From
				}
				s.publish(p)
				s.until(c.kill)
				s.ends = os.ErrClosed // a kill lets nobody write
				if err := s.journal.Close(); err != nil {
					t.Fatal(err)
				}
				s.end()
				s.ends = nil
				s.boot = c.boot
				s.until(50 * time.Second)
				s.start()
				s.until(51 * time.Second)
				plays, misses, _ := s.rows()
				for _, p := range plays {
					if p.Sounded != 0 || p.Result != playlists.ResultCut || p.Evidence != playlists.EvidencePlanned || p.Cause != c.want {
						t.Errorf("it claims %+v", p)
					}
				}
				if ready := c.kill%time.Second > 0; ready != (len(plays) == 1) || len(misses) != 0 {
					t.Errorf("%+v, %+v", plays, misses)
				}
				s.until(2 * time.Minute)
				plays, _, _ = s.rows()
				last := plays[len(plays)-1]
				if last.Result != playlists.ResultComplete || last.Cause != c.want || last.Lead != 10_300 || last.Attempt != len(plays) {
					t.Errorf("then %+v", last)
				}
			})
		})
	}
}

func TestTheAmplifierIsOnBeforeTheChime(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := &stage{t: t, folder: t.TempDir(), boot: "b", began: time.Now(), changed: make(chan struct{}, 1)}
		a := &switched{stage: s}
		s.amplifier = a
		s.start()
		defer func() { s.end() }()
		s.publish(s.rung(1, 5*time.Second, s.clip(5*time.Second, levelled)))
		s.until(40 * time.Second)
		a.mu.Lock()
		defer a.mu.Unlock()
		if len(a.on) != 2 || a.on[0] != 7*time.Second || a.on[1] < 22300*time.Millisecond || a.on[1] > 22500*time.Millisecond {
			t.Errorf("it was switched at %v", a.on)
		}
	})
}

func TestOnlyTheBeginningOfBackgroundIsRung(t *testing.T) {
	story(t, func(t *testing.T, s *stage) {
		p := music(s, 1, 22)
		bell := s.clip(2*time.Second, levelled)
		p.Playlists[0].Chime = &bell
		s.publish(p)
		s.until(time.Minute)
		same(t, "the first piece", []string{
			"00:00:10.000–00:00:12.000", "00:00:12.300–00:00:15.300", "00:00:16.300–00:00:19.300",
		}, s.heard()[:3])
		same(t, "parts", []part{
			{"r", 1, 0, "12s", "", ""},
			{"r", 1, 1, "16s", "", ""},
			{"n", 1, 0, "22s", "", ""},
			{"r", 2, 2, "24s", playlists.CausePreempted, "新闻"},
			{"r", 2, 3, "28s", playlists.CausePreempted, "新闻"},
		}, s.parts())
		plays, _, _ := s.rows()
		for i, want := range []playlists.Millis{2300, 0, 0, 0, 0} {
			if plays[i].Lead != want {
				t.Errorf("%+v", plays[i])
			}
		}
	})
}
