package player

import (
	"testing"
	"time"

	"dalaba/playlists"
)

// music is a programme of a background of four entries of three seconds, a second apart, from 00:00:10 on. News, unless
// it is zero, is an announcement of two seconds at that second.
func music(s *stage, revision uint64, news int) *playlists.Programme {
	p := round(revision, at10, s.clip(3*time.Second, levelled), s.clip(2*time.Second, levelled))
	p.Playlists[0].Entries[0].Repeats = 4
	p.Rounds[0].Class, p.Rounds[0].Name = playlists.ClassBackground, "音乐"
	p.Playlists = append(p.Playlists, playlists.Playlist{ID: "news", Entries: p.Playlists[0].Entries[1:]})
	p.Playlists[0].Entries = p.Playlists[0].Entries[:1]
	if at := playlists.NewTimeOfDay(0, 0, news); news > 0 {
		p.Rounds = append(p.Rounds, playlists.Round{
			ID: "n", Name: "新闻", Playlist: "news", Class: playlists.ClassAnnouncement,
			Timetable: playlists.Timetable{Every: &playlists.Every{Minutes: 1440, From: at, To: at}},
		})
	}
	return p
}

// part is one play of a story with music in it.
type part struct {
	Round          playlists.RoundID
	Attempt, Entry int
	At             string // in seconds after the story's beginning
	Cause          playlists.Cause
	By             string
}

func (s *stage) parts() []part {
	s.t.Helper()
	plays, _, _ := s.rows()
	var list []part
	for _, p := range plays {
		at := p.Begin.Sub(s.began).Round(time.Second).String()
		list = append(list, part{p.Round, p.Attempt, p.Entry, at, p.Cause, p.By})
	}
	return list
}

func TestBackgroundSoundsInOneGoWhereNothingComesBetween(t *testing.T) {
	story(t, func(t *testing.T, s *stage) {
		s.publish(music(s, 1, 0))
		s.until(time.Minute)
		same(t, "parts", []part{
			{"r", 1, 0, "10s", "", ""}, {"r", 1, 1, "14s", "", ""}, {"r", 1, 2, "18s", "", ""}, {"r", 1, 3, "22s", "", ""},
		}, s.parts())
	})
}

func TestBackgroundMakesWayBetweenEntries(t *testing.T) {
	story(t, func(t *testing.T, s *stage) {
		s.publish(music(s, 1, 19))
		s.until(25 * time.Second)
		if _, _, accounted := s.rows(); len(accounted) == 0 || accounted[len(accounted)-1].Through.Before(s.began.Add(19*time.Second)) {
			t.Errorf("it holds up the account: %v", accounted)
		}
		s.until(time.Minute)
		same(t, "parts", []part{
			{"r", 1, 0, "10s", "", ""},
			{"r", 1, 1, "14s", "", ""},
			{"n", 1, 0, "19s", "", ""},
			{"r", 2, 2, "21s", playlists.CausePreempted, "新闻"},
			{"r", 2, 3, "25s", playlists.CausePreempted, "新闻"},
		}, s.parts())
		if _, misses, _ := s.rows(); len(misses) != 0 {
			t.Errorf("%+v", misses)
		}
	})
}

func TestBackgroundMakesWayForWhatComesWhileItSounds(t *testing.T) {
	story(t, func(t *testing.T, s *stage) {
		s.publish(music(s, 1, 0))
		s.until(12 * time.Second)
		s.publish(music(s, 2, 15))
		s.until(time.Minute)
		same(t, "parts", []part{
			{"r", 1, 0, "10s", "", ""},
			{"n", 1, 0, "15s", "", ""},
			{"r", 2, 1, "17s", playlists.CausePreempted, "新闻"},
			{"r", 2, 2, "21s", playlists.CausePreempted, "新闻"},
			{"r", 2, 3, "25s", playlists.CausePreempted, "新闻"},
		}, s.parts())
	})
}

func TestBackgroundGoesOnWithTheEntryThatWasCut(t *testing.T) {
	story(t, func(t *testing.T, s *stage) {
		s.publish(music(s, 1, 0))
		s.until(15 * time.Second)
		s.end()
		s.until(2 * time.Hour)
		s.start()
		s.until(2*time.Hour + time.Minute)
		down := playlists.CauseAgentDown
		got := s.parts()
		if len(got) != 5 {
			t.Fatalf("%+v", got)
		}
		for i := range got {
			got[i].At = ""
		}
		same(t, "parts", []part{
			{"r", 1, 0, "", "", ""},
			{"r", 1, 1, "", down, ""},
			{"r", 2, 1, "", down, ""},
			{"r", 2, 2, "", down, ""},
			{"r", 2, 3, "", down, ""},
		}, got)
	})
}

func TestBackgroundBeforeItsRulesWereNewIsSoundedWhole(t *testing.T) {
	story(t, func(t *testing.T, s *stage) {
		p := music(s, 1, 19)
		p.PlanVersion = 1
		s.publish(p)
		s.until(time.Minute)
		by := func(entry int, at string) part { return part{"r", 1, entry, at, playlists.CausePreempted, "新闻"} }
		same(t, "parts", []part{
			{"n", 1, 0, "19s", "", ""}, by(0, "21s"), by(1, "25s"), by(2, "29s"), by(3, "33s"),
		}, s.parts())
	})
}

func TestNewSilenceCutsBackgroundOnlyWhereItSounds(t *testing.T) {
	for _, c := range []struct {
		name  string
		begin time.Duration
		want  []part
	}{
		{"now", 14 * time.Second, []part{{"r", 1, 0, "10s", "", ""}, {"r", 1, 1, "14s", playlists.CauseQuietHours, "考试"}}},
		{"soon", 18 * time.Second, []part{{"r", 1, 0, "10s", "", ""}, {"r", 1, 1, "14s", "", ""}}},
	} {
		t.Run(c.name, func(t *testing.T) {
			story(t, func(t *testing.T, s *stage) {
				s.end()
				s.quick = true
				s.start()
				s.publish(music(s, 1, 0))
				s.until(15 * time.Second)
				p := music(s, 2, 0)
				begin := s.began.Add(c.begin)
				p.Temporary = []playlists.TemporaryQuiet{{Begin: begin, End: begin.Add(70 * time.Hour), Name: "考试"}}
				s.publish(p)
				s.until(time.Minute)
				same(t, "parts", c.want, s.parts())
				s.live(dayLong + time.Minute)
				_, misses, _ := s.rows()
				if len(misses) == 0 || misses[0].Cause != playlists.CauseQuietHours || misses[0].By != "考试" {
					t.Errorf("the day's end says of the rest %+v", misses)
				}
			})
		})
	}
}
