package player

import (
	"os"
	"testing"
	"time"

	"dalaba/playlists"
	"dalaba/playlists/timetable"
)

// muted is a mute from second from of the story until second until.
func (s *stage) muted(from, until int) []playlists.Mute {
	at := func(n int) time.Time { return s.began.Add(time.Duration(n) * time.Second).UTC() }
	return []playlists.Mute{{From: at(from), Until: at(until), By: "陈书记", Grid: "440605124001", Reason: "办丧事"}}
}

func TestAMuteCutsWhatSoundsAndItSoundsAgainWhenThatIsOver(t *testing.T) {
	for _, c := range []struct {
		name   string
		lifted int           // when it is lifted; 0 for never
		until  int           // when it ends by itself
		again  time.Duration // when it sounds again; 0 for never
	}{
		{"it ends in time", 0, 120, 2 * time.Minute},
		{"it is lifted in time", 30, 3600 * 24, 30 * time.Second},
		{"it holds too long", 0, 3600 * 24, 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			story(t, func(t *testing.T, s *stage) {
				clip := s.clip(5*time.Second, levelled)
				s.publish(round(1, at10, clip))
				s.until(12 * time.Second)
				p := round(2, at10, clip)
				p.Mutes = s.muted(12, c.until)
				s.publish(p)
				s.until(13 * time.Second)
				if s.player.Status().Sounding != nil {
					t.Error("it sounds still")
				}
				if c.lifted > 0 {
					s.until(time.Duration(c.lifted) * time.Second)
					p := round(3, at10, clip)
					p.Mutes = s.muted(12, c.lifted)
					s.publish(p)
				}
				s.until(40 * time.Minute)
				plays, misses, accounted := s.rows()
				if p := plays[0]; p.Result != playlists.ResultCut || p.Sounded < 1900 || p.Sounded > 2200 || !ofMute(p) {
					t.Errorf("cut: %+v", p)
				}
				switch {
				case c.again == 0:
					if len(plays) != 1 || len(misses) != 1 || misses[0].Cause != playlists.CauseMuted || misses[0].By != "陈书记" {
						t.Errorf("%+v, %+v", plays, misses)
					}
				case len(plays) != 2 || len(misses) != 0:
					t.Errorf("%+v, %+v", plays, misses)
				default:
					p, late := plays[1], plays[1].Begin.Sub(s.began.Add(c.again))
					if p.Attempt != 2 || p.Result != playlists.ResultComplete || !ofMute(p) || late < 0 || late > time.Second {
						t.Errorf("again %v late: %+v", late, p)
					}
				}
				if last := accounted[len(accounted)-1].Through; !last.After(plays[0].Due) {
					t.Errorf("accounted through %v", last)
				}
			})
		})
	}
}

func ofMute(p playlists.Play) bool {
	return p.Cause == playlists.CauseMuted && p.By == "陈书记" && p.ByKind == string(timetable.ByPerson) && p.ByGrid == "440605124001"
}

func TestWhatFallsDueWhileMutedSoundsLateWithItsCause(t *testing.T) {
	story(t, func(t *testing.T, s *stage) {
		p := round(1, at10, s.clip(2*time.Second, levelled))
		p.Mutes = s.muted(0, 60)
		s.publish(p)
		s.until(2 * time.Minute)
		plays, misses, _ := s.rows()
		if len(plays) != 1 || len(misses) != 0 || !ofMute(plays[0]) || !plays[0].Begin.Equal(s.began.Add(time.Minute)) {
			t.Errorf("%+v, %+v", plays, misses)
		}
		same(t, "sound", []string{"00:01:00.000–00:01:02.000"}, s.heard())
	})
}

func TestSilenceDoesNotWaitForTheDisk(t *testing.T) {
	for _, c := range []struct {
		name   string
		change func(s *stage, p *playlists.Programme)
	}{
		{"muted", func(s *stage, p *playlists.Programme) { p.Mutes = s.muted(12, 3600) }},
		{"called off", func(_ *stage, p *playlists.Programme) { p.Rounds = nil }},
		{"quiet", func(_ *stage, p *playlists.Programme) {
			p.Quiet = []playlists.QuietRule{{From: 0, To: playlists.NewTimeOfDay(5, 0, 0)}}
		}},
	} {
		t.Run(c.name, func(t *testing.T) {
			story(t, func(t *testing.T, s *stage) {
				clip := s.clip(20*time.Second, levelled)
				s.publish(round(1, at10, clip))
				s.until(12 * time.Second)
				if err := s.journal.Close(); err != nil { // from now on it takes nothing
					t.Fatal(err)
				}
				s.ends = os.ErrClosed
				s.until(13 * time.Second)
				p := round(2, at10, clip)
				c.change(s, p)
				s.publish(p)
				s.until(14 * time.Second)
				st := s.player.Status()
				if st.Sounding != nil || st.Problem == "" {
					t.Errorf("status %+v", st)
				}
				s.until(time.Minute)
				heard := s.heard()
				if len(heard) != 1 || heard[0] < "00:00:10.000–00:00:13.0" || heard[0] > "00:00:10.000–00:00:13.3" {
					t.Errorf("it sounded %v", heard)
				}
			})
		})
	}
}

func TestWhatCannotBeWrittenDownDoesNotSoundAndIsLate(t *testing.T) {
	for _, chime := range []time.Duration{0, time.Second, 5 * time.Second} {
		story(t, func(t *testing.T, s *stage) {
			p := round(1, at10, s.clip(3*time.Second, levelled))
			if chime > 0 {
				p = s.rung(1, chime, s.clip(3*time.Second, levelled))
			}
			s.publish(p)
			s.until(9 * time.Second)
			if err := s.journal.Close(); err != nil {
				t.Fatal(err)
			}
			s.until(30 * time.Second)
			if st := s.player.Status(); st.Problem == "" || st.Sounding != nil {
				t.Errorf("status %+v", st)
			}
			for i, heard := range s.heard() {
				if i > 0 || heard > "00:00:10.000–00:00:15.2" {
					t.Errorf("after %v of chime it sounded %v", chime, s.heard())
				}
			}
			s.ends = os.ErrClosed
			s.end()
			s.ends = nil
			s.start()
			s.until(time.Minute)
			plays, misses, _ := s.rows()
			if len(plays) != 1 || len(misses) != 0 || plays[0].Cause != playlists.CauseAgentDown || plays[0].Result != playlists.ResultComplete {
				t.Errorf("%+v, %+v", plays, misses)
			}
		})
	}
}
