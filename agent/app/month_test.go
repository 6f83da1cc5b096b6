package app

import (
	"math/rand/v2"
	"testing"
	"testing/synctest"
	"time"

	"dalaba/playlists"
	"dalaba/playlists/timetable"
)

// outage is a span without power.
type outage struct{ begin, end time.Duration }

// outages draws two a day, of a minute to two hours.
func outages(from time.Duration, days int) []outage {
	r := rand.New(rand.NewPCG(4, 30))
	var list []outage
	for day := range days {
		for _, hour := range []int{4, 14} {
			begin := from + time.Duration(day)*24*time.Hour + time.Duration(hour*60+r.IntN(8*60))*time.Minute + 20*time.Second
			list = append(list, outage{begin, begin + time.Duration(1+r.IntN(119))*time.Minute})
		}
	}
	return list
}

// daysAlone is how long nobody tells the terminal the time.
const daysAlone = 30

// TestAHardwareClockThatOnceRanThroughACutKeepsATerminalPlayingAlone: it synchronises, loses its power for an hour,
// synchronises once more, and is alone from then on, with two power cuts a day.
func TestAHardwareClockThatOnceRanThroughACutKeepsATerminalPlayingAlone(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newAlone(t, false)
		defer func() { s.end() }()
		time.Sleep(2 * time.Minute)
		s.cut(time.Hour)
		s.synchronise()
		time.Sleep(2 * time.Minute)
		begin := s.at()
		offs := outages(0, daysAlone)
		for _, o := range offs {
			s.live(o.begin)
			s.cut(o.end)
			if r := s.rooms.watch.read(); r.State != playlists.ClockEstimated || r.Time.Sub(dawn.Add(s.at())).Abs() > r.Bound {
				t.Fatalf("at %v the clock is %s, %v ± %v", s.at(), r.State, r.Time, r.Bound)
			}
			s.live(o.end + 30*time.Second)
		}
		s.live(daysAlone*24*time.Hour + 2*time.Hour)
		journal, counts := s.journal(), make(map[string]int)
		for _, a := range s.planned(begin, daysAlone*24*time.Hour) {
			var off *outage
			for i, o := range offs {
				if due := a.Due.Sub(dawn); due >= o.begin && due < o.end {
					off = &offs[i]
				}
			}
			counts[s.judge(a, journal[a.ID], off)]++
		}
		t.Logf("%d days: %v", daysAlone, counts)
	})
}

// judge holds what was said of a to what has to be said, off being when there was no power at its time, or nil.
func (s *alone) judge(a timetable.Airing, e said, off *outage) string {
	s.t.Helper()
	var p playlists.Play
	if len(e.plays) == 1 && len(e.misses) == 0 {
		p = e.plays[0]
	}
	late := p.Begin.Sub(a.Due)
	switch {
	case off == nil && p.Result == playlists.ResultComplete && p.Cause == "" && late.Abs() <= playlists.OnTimeWithin:
		return "on time"
	case off != nil && p.Result == playlists.ResultComplete && p.Cause == playlists.CausePowerOff && late <= playlists.DefaultLateness.Duration():
		return "late"
	case off != nil && len(e.plays) == 0 && len(e.misses) == 1 && e.misses[0].Cause == playlists.CausePowerOff &&
		dawn.Add(off.end).Sub(a.Due) > playlists.DefaultLateness.Duration():
		return "missed"
	}
	s.t.Errorf("due %v, off %v: %+v", a.Due, off, e)
	return "wrong"
}

// TestWithoutAHardwareClockNothingPlaysAloneAndEachAiringSaysSo: from the first power cut on nobody knows the time; when
// somebody tells it, all that was due is accounted for.
func TestWithoutAHardwareClockNothingPlaysAloneAndEachAiringSaysSo(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newAlone(t, true)
		defer func() { s.end() }()
		time.Sleep(2 * time.Minute)
		offs := outages(0, daysAlone)
		s.live(offs[0].begin)
		known := len(s.journal())
		for _, o := range offs {
			s.live(o.begin)
			s.cut(o.end)
			if r := s.rooms.watch.read(); r.State != playlists.ClockUntrusted {
				t.Fatalf("at %v the clock is %s", s.at(), r.State)
			}
			s.live(o.end + 30*time.Second)
		}
		s.live(daysAlone*24*time.Hour + 2*time.Hour)
		if list := s.journal(); len(list) != known || known == 0 {
			t.Errorf("%d airings before the first power cut, %d while nobody knew the time", known, len(list))
		}
		s.synchronise()
		s.live(s.at() + time.Minute)
		journal := s.journal()
		planned := s.planned(offs[0].begin, daysAlone*24*time.Hour)
		for _, a := range planned {
			if e := journal[a.ID]; len(e.plays) > 0 || len(e.misses) != 1 || e.misses[0].Cause != playlists.CauseClockUntrusted {
				t.Errorf("due %v: %+v", a.Due, e)
			}
		}
		t.Logf("%d days: %d played before, %d missed", daysAlone, known, len(planned))
	})
}
