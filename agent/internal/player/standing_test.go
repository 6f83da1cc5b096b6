package player

import (
	"testing"
	"time"

	"dalaba/playlists"
	"dalaba/playlists/timetable"
)

func TestWhoStoodFirstIsToldWithItsKindAndItsGrid(t *testing.T) {
	const society = playlists.GridCode("440605124001001")
	story(t, func(t *testing.T, s *stage) {
		clip := s.clip(5*time.Second, levelled)
		s.publish(round(1, at10, clip))
		s.until(12 * time.Second)
		p := round(2, at10, clip)
		begin := s.began.Add(11 * time.Second).UTC()
		p.Temporary = []playlists.TemporaryQuiet{{Begin: begin, End: begin.Add(time.Hour), Name: "丧事", Grid: society}}
		s.publish(p)
		s.until(2 * time.Minute)
		plays, _, _ := s.rows()
		if len(plays) != 1 || plays[0].ByKind != string(timetable.ByTemporaryQuiet) || plays[0].ByGrid != society {
			t.Errorf("cut: %+v", plays)
		}
	})
	story(t, func(t *testing.T, s *stage) {
		p := round(1, at10, s.clip(5*time.Second, levelled))
		p.Quiet = []playlists.QuietRule{{From: 0, To: playlists.NewTimeOfDay(5, 0, 0), Name: "夜间", Grid: society}}
		s.publish(p)
		s.until(time.Minute)
		_, misses, _ := s.rows()
		if len(misses) != 1 || misses[0].ByKind != string(timetable.ByQuietRule) || misses[0].ByGrid != society || misses[0].By != "夜间" {
			t.Errorf("missed: %+v", misses)
		}
	})
}

func TestAPlayBeginsInWholeMilliseconds(t *testing.T) {
	story(t, func(t *testing.T, s *stage) {
		s.publish(round(1, at10, s.clip(time.Second, levelled), s.clip(time.Second, 1)))
		s.until(20 * time.Second)
		plays, _, _ := s.rows()
		if len(plays) != 2 {
			t.Fatalf("%+v", plays)
		}
		for _, p := range plays {
			if !p.Begin.Equal(p.Begin.Truncate(time.Millisecond)) {
				t.Errorf("entry %d begins at %v", p.Entry, p.Begin)
			}
		}
		if plays[0].Begin.Before(plays[0].Due) {
			t.Errorf("due %v, begun %v", plays[0].Due, plays[0].Begin)
		}
	})
}
