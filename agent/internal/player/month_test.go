package player

import (
	"fmt"
	"math/rand/v2"
	"os"
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"dalaba/playlists"
	"dalaba/playlists/timetable"
)

const dayLong = 24 * time.Hour

// hourly is a programme that sounds clip every hour from 06:00 to 21:00.
func hourly(clip playlists.Clip) *playlists.Programme {
	p := round(1, 0, clip)
	p.Rounds[0].Timetable.Every = &playlists.Every{
		Minutes: 60, From: playlists.NewTimeOfDay(6, 0, 0), To: playlists.NewTimeOfDay(21, 0, 0),
	}
	return p
}

// at is the time of the story, as the broadcaster would have it if it had not been set.
func (s *stage) at() time.Duration {
	s.mu.Lock()
	defer s.mu.Unlock()
	return time.Since(s.began) + s.skipped
}

// skip lets time pass in which nothing happens, all at once.
func (s *stage) skip(to time.Duration) {
	gap := to - s.at()
	s.mu.Lock()
	defer s.mu.Unlock()
	s.skipped += max(gap, 0)
}

// live lets time pass up to to, and slowly around each full hour.
func (s *stage) live(to time.Duration) {
	for s.at() < to {
		hour := s.at().Truncate(time.Hour)
		if s.at()-hour >= 10*time.Second {
			hour += time.Hour
		}
		s.skip(min(hour-3*time.Second, to-2*time.Second))
		time.Sleep(min(hour+10*time.Second, to) - s.at())
		synctest.Wait()
	}
}

// off is a span in which the agent does not run.
type off struct {
	begin, end time.Duration
	cause      playlists.Cause
}

// outagesOf draws two spans a day, of a minute to two hours, the later one also past midnight.
func outagesOf(days int) []off {
	r := rand.New(rand.NewPCG(3, 30))
	var list []off
	for day := range days {
		for i, from := range []int{4 * 60, 14 * 60} {
			o := off{cause: playlists.CausePowerOff}
			o.begin = time.Duration(day)*dayLong + time.Duration(from+r.IntN(8*60))*time.Minute + 20*time.Second
			o.end = o.begin + time.Duration(1+r.IntN(119))*time.Minute
			if (day+i)%3 == 0 {
				o.cause = playlists.CauseAgentDown
			}
			list = append(list, o)
		}
	}
	return list
}

// sleepThrough ends the agent without a word, as a power cut does, and starts it again.
func (s *stage) sleepThrough(o off) {
	s.live(o.begin)
	if err := s.journal.Close(); err != nil {
		s.t.Fatal(err)
	}
	s.ends = os.ErrClosed
	s.end()
	s.ends = nil
	s.skip(o.end)
	if o.cause == playlists.CausePowerOff {
		s.boot = fmt.Sprint("boot ", o.end)
	}
	s.start()
	s.live(o.end + 30*time.Second)
}

// end is what became of an airing.
type ending struct {
	plays  []playlists.Play
	misses []playlists.Miss
}

// endings returns what was written down, by airing.
func (s *stage) endings() map[playlists.AiringID]*ending {
	plays, misses, _ := s.rows()
	list := map[playlists.AiringID]*ending{}
	of := func(id playlists.AiringID) *ending {
		if list[id] == nil {
			list[id] = &ending{}
		}
		return list[id]
	}
	for _, p := range plays {
		of(p.Airing).plays = append(of(p.Airing).plays, p)
	}
	for _, m := range misses {
		of(m.Airing).misses = append(of(m.Airing).misses, m)
	}
	return list
}

// planned is what falls due from one time of the story to another.
func (s *stage) planned(from, to time.Duration) []timetable.Airing {
	var list []timetable.Airing
	for at := from.Truncate(dayLong); at < to; at += dayLong {
		day, err := timetable.Due(s.programme, playlists.DateOf(s.began.Add(at).UTC()))
		if err != nil {
			s.t.Fatal(err)
		}
		list = append(list, day...)
	}
	return slices.DeleteFunc(list, func(a timetable.Airing) bool {
		due := a.Due.Sub(s.began)
		return due < from || due >= to
	})
}

// ended returns the one end of a, and reports every other number of them.
func (s *stage) ended(list map[playlists.AiringID]*ending, a timetable.Airing) ending {
	s.t.Helper()
	e := list[a.ID]
	if e == nil || len(e.plays)+len(e.misses) != 1 {
		s.t.Errorf("%s has not one end: %+v", a.Due.Format("2 Jan 15:04"), e)
		return ending{}
	}
	return *e
}

func TestAMonthAloneWithTwoRebootsADay(t *testing.T) {
	story(t, func(t *testing.T, s *stage) {
		s.end()
		s.quick = true
		s.start()
		s.publish(hourly(s.clip(time.Second, levelled)))
		offs := outagesOf(30)
		for _, o := range offs {
			s.sleepThrough(o)
			list := s.endings() // half a minute later it is accounted for
			for _, a := range s.planned(o.begin, o.end-playlists.DefaultLateness.Duration()) {
				s.ended(list, a)
			}
		}
		s.live(31 * dayLong)
		list, counts := s.endings(), map[playlists.Cause]int{}
		planned := s.planned(0, 31*dayLong-time.Hour)
		for _, a := range planned {
			due, e := a.Due.Sub(s.began), s.ended(list, a)
			i := slices.IndexFunc(offs, func(o off) bool { return due >= o.begin && due < o.end })
			var want playlists.Cause
			late := false
			if i >= 0 {
				want, late = offs[i].cause, offs[i].end-due <= playlists.DefaultLateness.Duration()
			}
			switch {
			case len(e.plays) == 1 && (i < 0 || late):
				p := e.plays[0]
				onTime := p.Begin.Sub(p.Due).Abs() <= playlists.OnTimeWithin
				if p.Result != playlists.ResultComplete || p.Cause != want || onTime == late {
					t.Errorf("due %v: %+v", a.Due, p)
				}
				if counts["on time"]++; late {
					counts["late: "+want]++
					counts["on time"]--
				}
			case len(e.misses) == 1 && i >= 0 && !late && e.misses[0].Cause == want:
				counts["missed: "+want]++
			default:
				t.Errorf("due %v, off %d: %+v", a.Due, i, e)
			}
		}
		t.Logf("%d airings, %d outages: %v", len(planned), len(offs), counts)
	})
}

// TestAMonthWithoutAClockIsAccountedForOnceTheTimeIsKnown: after the second reboot nobody tells the time, for a month.
func TestAMonthWithoutAClockIsAccountedForOnceTheTimeIsKnown(t *testing.T) {
	story(t, func(t *testing.T, s *stage) {
		s.end()
		s.quick = true
		s.start()
		s.publish(hourly(s.clip(time.Second, levelled)))
		offs := outagesOf(30)
		for _, o := range offs[:2] {
			s.sleepThrough(o)
		}
		blind := offs[2].begin
		s.live(blind)
		s.trust(false)
		for _, o := range offs[2:] {
			s.sleepThrough(o)
		}
		s.skip(30*dayLong + 23*time.Hour)
		before, _, _ := s.rows()
		s.trust(true)
		s.live(30*dayLong + 23*time.Hour + time.Minute)
		plays, misses, accounted := s.rows()
		if len(plays) != len(before) {
			t.Errorf("%d plays, and %d when the time was known", len(before), len(plays))
		}
		list := s.endings()
		for _, a := range s.planned(blind, 31*dayLong) {
			if e := s.ended(list, a); len(e.misses) != 1 || e.misses[0].Cause != playlists.CauseClockUntrusted {
				t.Errorf("due %v: %+v", a.Due, e)
			}
		}
		if last := accounted[len(accounted)-1].Through; last.Before(s.began.Add(30*dayLong + 22*time.Hour + 59*time.Minute)) {
			t.Errorf("accounted through %v", last)
		}
		t.Logf("%d plays before, %d misses after", len(before), len(misses))
	})
}

func TestAStepOfTheClockReplaysNothingAndSkipsNothingSilently(t *testing.T) {
	for _, step := range []time.Duration{time.Hour, -time.Hour, dayLong, -dayLong} {
		t.Run(step.String(), func(t *testing.T) {
			story(t, func(t *testing.T, s *stage) {
				s.end()
				s.quick = true
				s.start()
				s.publish(hourly(s.clip(time.Second, levelled)))
				s.live(dayLong + 10*time.Hour + 20*time.Minute)
				s.mu.Lock()
				s.step = step
				s.mu.Unlock()
				s.live(4*dayLong + 23*time.Hour)
				list := s.endings()
				for _, a := range s.planned(0, 4*dayLong+22*time.Hour+min(step, 0)) {
					due, e := a.Due.Sub(s.began), s.ended(list, a)
					jumped := due > dayLong+10*time.Hour+20*time.Minute && due < dayLong+10*time.Hour+20*time.Minute+step
					switch {
					case jumped && len(e.misses) == 1 && e.misses[0].Cause == playlists.CauseClockUntrusted:
					case jumped && len(e.plays) == 1 && e.plays[0].Cause == playlists.CauseClockUntrusted:
					case !jumped && len(e.plays) == 1 && e.plays[0].Result == playlists.ResultComplete && e.plays[0].Cause == "":
					default:
						t.Errorf("due %v: %+v", a.Due, e)
					}
				}
			})
		})
	}
}
