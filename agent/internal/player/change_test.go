package player

import (
	"slices"
	"testing"
	"time"

	"dalaba/playlists"
)

func TestANewProgrammeIsInForceAtOnce(t *testing.T) {
	for _, c := range []struct {
		name   string
		change func(p *playlists.Programme)
		want   playlists.Cause
		by     string
	}{
		{"the round is gone", func(p *playlists.Programme) { p.Rounds = nil }, playlists.CauseCancelled, ""},
		{"the recording is gone", func(p *playlists.Programme) { p.Announcements[0].Variants[0].Digest[0]++ }, playlists.CauseCancelled, ""},
		{"silence is ordered", func(p *playlists.Programme) {
			p.Quiet = []playlists.QuietRule{{From: 0, To: playlists.NewTimeOfDay(5, 0, 0), Name: "夜间"}}
		}, playlists.CauseQuietHours, "夜间"},
		{"silence is asked for", func(p *playlists.Programme) {
			begin := time.Date(2000, 1, 1, 0, 0, 11, 0, time.UTC)
			p.Temporary = []playlists.TemporaryQuiet{{Begin: begin, End: begin.Add(time.Hour), Name: "丧事"}}
		}, playlists.CauseQuietHours, "丧事"},
		{"silence is asked for, and the round is mandatory", func(p *playlists.Programme) {
			begin := time.Date(2000, 1, 1, 0, 0, 11, 0, time.UTC)
			p.Temporary = []playlists.TemporaryQuiet{{Begin: begin, End: begin.Add(time.Hour), Name: "丧事", Grid: "440605124001"}}
			p.Rounds[0].Owner, p.Rounds[0].Mandatory = "440605124", true
		}, "", ""},
		{"silence comes later", func(p *playlists.Programme) {
			p.Quiet = []playlists.QuietRule{{From: playlists.NewTimeOfDay(0, 0, 15), To: playlists.NewTimeOfDay(5, 0, 0)}}
		}, "", ""},
		{"another timetable, and silence", func(p *playlists.Programme) {
			p.Rounds[0].Timetable.Every.From, p.Rounds[0].Timetable.Every.To = playlists.NewTimeOfDay(9, 0, 0), playlists.NewTimeOfDay(9, 0, 0)
			p.Quiet = []playlists.QuietRule{{From: 0, To: playlists.NewTimeOfDay(5, 0, 0), Name: "夜间"}}
		}, playlists.CauseQuietHours, "夜间"},
		{"another timetable", func(p *playlists.Programme) {
			p.Rounds[0].Timetable.Every.From, p.Rounds[0].Timetable.Every.To = playlists.NewTimeOfDay(9, 0, 0), playlists.NewTimeOfDay(9, 0, 0)
		}, "", ""},
		{"it is called off", func(p *playlists.Programme) {
			due := time.Date(2000, 1, 1, 0, 0, 10, 0, time.UTC)
			p.Cancelled = []playlists.Cancellation{{Airing: playlists.NewAiringID("r", due, "t"), By: "关主任"}}
		}, playlists.CauseCancelled, "关主任"},
		{"nothing that matters", func(p *playlists.Programme) { p.Rounds[0].Name = "晚上" }, "", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			story(t, func(t *testing.T, s *stage) {
				clip := s.clip(5*time.Second, levelled)
				s.publish(round(1, at10, clip))
				s.until(12 * time.Second)
				changed := round(2, at10, clip)
				c.change(changed)
				s.publish(changed)
				s.until(30 * time.Second)
				plays, _, _ := s.rows()
				if len(plays) != 1 || plays[0].Cause != c.want || plays[0].By != c.by {
					t.Fatalf("%+v", plays)
				}
				if c.want != "" && (plays[0].Result != playlists.ResultCut || plays[0].Sounded > 2200) {
					t.Errorf("%+v", plays[0])
				}
			})
		})
	}
}

func TestWhatIsCalledOffIsMissedWhenItFallsDue(t *testing.T) {
	story(t, func(t *testing.T, s *stage) {
		clip := s.clip(time.Second, levelled)
		s.publish(round(1, at10, clip))
		s.until(5 * time.Second)
		p := round(2, at10, clip)
		due := s.began.Add(10 * time.Second).UTC()
		p.Cancelled = []playlists.Cancellation{{Airing: playlists.NewAiringID("r", due, "t"), By: "关主任"}}
		s.publish(p)
		s.until(8 * time.Second)
		if _, misses, _ := s.rows(); len(misses) != 0 {
			t.Errorf("missed before its time: %+v", misses)
		}
		s.until(12 * time.Second)
		plays, misses, _ := s.rows()
		want := playlists.Miss{
			Airing: p.Cancelled[0].Airing, Round: "r", Due: due, Revision: 2, Cause: playlists.CauseCancelled, By: "关主任", ByKind: "person",
		}
		same(t, "misses", []playlists.Miss{want}, misses)
		if len(plays) != 0 {
			t.Errorf("%+v", plays)
		}
	})
}

func TestAProgrammeThatComesTooLateIsSoundedLate(t *testing.T) {
	story(t, func(t *testing.T, s *stage) {
		clip := s.clip(time.Second, levelled)
		s.publish(round(1, playlists.NewTimeOfDay(12, 0, 0), clip))
		s.until(60 * time.Second)
		s.publish(round(2, at10, clip))
		s.until(70 * time.Second)
		plays, _, _ := s.rows()
		if len(plays) != 1 || plays[0].Cause != playlists.CauseNotReceived || plays[0].Result != playlists.ResultComplete {
			t.Errorf("%+v", plays)
		}
	})
}

func TestWhatIsForbiddenIsMissedWhenItFallsDue(t *testing.T) {
	story(t, func(t *testing.T, s *stage) {
		p := round(1, at10, s.clip(time.Second, levelled))
		p.Quiet = []playlists.QuietRule{{From: playlists.NewTimeOfDay(22, 0, 0), To: playlists.NewTimeOfDay(6, 0, 0)}}
		s.publish(p)
		s.until(5 * time.Second)
		if _, misses, _ := s.rows(); len(misses) != 0 {
			t.Errorf("missed before its time: %+v", misses)
		}
		s.until(12 * time.Second)
		_, misses, _ := s.rows()
		same(t, "misses", []playlists.Cause{playlists.CauseQuietHours}, causes(misses))
	})
}

func TestWhatWasSleptThroughIsAccountedForDayByDay(t *testing.T) {
	story(t, func(t *testing.T, s *stage) {
		s.publish(round(1, at10, s.clip(time.Second, levelled)))
		s.until(time.Minute)
		s.end()
		s.until(3*24*time.Hour + time.Hour)
		s.boot = "another"
		s.start()
		s.until(3*24*time.Hour + time.Hour + time.Minute)
		plays, misses, accounted := s.rows()
		off := playlists.CausePowerOff
		same(t, "misses", []playlists.Cause{off, off, off}, causes(misses))
		if len(plays) != 1 {
			t.Errorf("%+v", plays)
		}
		if last := accounted[len(accounted)-1].Through; last.Before(s.began.Add(3*24*time.Hour + 30*time.Minute)) {
			t.Errorf("accounted through %v", last)
		}
	})
}

func TestTheDayTurns(t *testing.T) {
	story(t, func(t *testing.T, s *stage) {
		s.end()
		midnight := 24 * time.Hour
		s.until(midnight - 90*time.Second)
		s.start()
		p := round(1, 0, s.clip(time.Second, levelled))
		p.Rounds[0].Timetable.Every = &playlists.Every{Minutes: 1, From: 0, To: playlists.EndOfDay}
		p.Rounds[0].Since = time.Now()
		s.publish(p)
		s.until(midnight + 90*time.Second)
		same(t, "sound", []string{
			"23:59:00.000–23:59:01.000", "00:00:00.000–00:00:01.000", "00:01:00.000–00:01:01.000",
		}, s.heard())
		plays, misses, accounted := s.rows()
		if len(plays) != 3 || len(misses) != 0 {
			t.Errorf("%+v, %+v", plays, misses)
		}
		if !slices.ContainsFunc(accounted, func(a playlists.Accounted) bool { return a.Through.Equal(s.began.Add(midnight)) }) {
			t.Errorf("the day is not closed: %v", accounted)
		}
	})
}

func TestASlowDiskMakesItLateNotShort(t *testing.T) {
	story(t, func(t *testing.T, s *stage) {
		s.wait = time.Second
		s.publish(round(1, at10, s.clip(2*time.Second, levelled)))
		s.until(20 * time.Second)
		plays, _, _ := s.rows()
		if len(plays) != 1 || plays[0].Sounded != 2000 || plays[0].Result != playlists.ResultComplete {
			t.Fatalf("%+v", plays)
		}
		heard := s.heard()
		if len(heard) != 1 || heard[0][:12] != plays[0].Begin.Round(time.Millisecond).Format("15:04:05.000") {
			t.Errorf("heard %v, told %v", heard, plays[0].Begin)
		}
	})
}

func TestAnOutputThatThisProcessCannotGetBackEndsThePlayer(t *testing.T) {
	story(t, func(t *testing.T, s *stage) {
		s.until(time.Second)
		s.output.spend()
		s.until(30 * time.Second)
		if st := s.player.Status(); st.Fault != playlists.CauseDeviceError {
			t.Errorf("status %+v", st)
		}
		s.ends = ErrOutput
		s.until(2 * time.Minute)
	})
}

func TestWhatIsOverCannotBeCutAnyMore(t *testing.T) {
	story(t, func(t *testing.T, s *stage) {
		s.publish(round(1, at10, s.clip(5*time.Second, levelled)))
		s.until(15*time.Second + 30*time.Millisecond) // nobody has looked yet
		p := round(2, at10)
		p.Rounds = nil
		s.publish(p)
		s.until(20 * time.Second)
		plays, _, _ := s.rows()
		if len(plays) != 1 || plays[0].Result != playlists.ResultComplete || plays[0].Cause != "" || plays[0].Sounded != 5000 {
			t.Errorf("%+v", plays)
		}
	})
}
