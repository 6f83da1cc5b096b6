package timetable

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"dalaba/playlists"
)

// gong is a chime of that length, in milliseconds.
func gong(length int) *playlists.Clip {
	return &playlists.Clip{Digest: playlists.Digest{'g', byte(length)}, Bytes: int64(length) * 96, Duration: playlists.Millis(length)}
}

// chimed gives every playlist of p a chime of that length.
func chimed(p *playlists.Programme, length int) {
	for i := range p.Playlists {
		p.Playlists[i].Chime = gong(length)
	}
}

func TestAChimeIsPartOfItsAiring(t *testing.T) {
	p := with(programme(round{Name: "a", Playlist: "two", Timetable: daily("07:30")}), "short", 4)
	p.Playlists = append(p.Playlists, list("two", line("minute"), line("short")))
	p.Playlists[2].Entries[0].Gap = seconds(2)
	chimed(p, 2_700)
	airings, err := Plan(p, nil, friday)
	if err != nil {
		t.Fatal(err)
	}
	a := airings[0]
	if a.Chime == nil || *a.Chime != *gong(2_700) || a.Length != 3_000+60_000+2_000+4_000 || !a.Start.Equal(a.Due) {
		t.Errorf("%+v", a)
	}
	if a.Entries[0].At != 2_700+Breath || a.Entries[1].At != 65_000 || a.From(0) != 0 || a.From(1) != 65_000 {
		t.Errorf("%+v", a.Entries)
	}
	for begin, end := range a.Spans {
		if !begin.Equal(a.Start) || end.Sub(begin) != 69*time.Second {
			t.Errorf("it takes from %s to %s", begin, end)
		}
	}
}

func TestAChimeTakesItsTime(t *testing.T) {
	chimes := func(p *playlists.Programme) { chimed(p, 9_700) }
	expectBoundaries(t, []boundary{
		{"the next one waits for it", shanghai, "2026-01-23", []round{once("a", "08:00"), once("b", "08:01")}, chimes, nil, []string{
			"a 08:00:00 placed 08:00:00 #1", "b 08:01:00 placed 08:01:10 #1 preempted by a",
		}},
		{"up to 24:00", shanghai, "2026-01-23", []round{once("a", "23:58:50")}, chimes, nil, []string{"a 23:58:50 placed 23:58:50 #1"}},
		{"and no further", shanghai, "2026-01-23", []round{once("a", "23:58:51")}, chimes, nil, []string{"a 23:58:51 missed expired"}},
		{"it is over before quiet begins", shanghai, "2026-01-23", []round{once("a", "21:58:50"), once("b", "21:58:51")}, func(p *playlists.Programme) {
			chimes(p)
			p.Quiet = []playlists.QuietRule{night()}
		}, nil, []string{"a 21:58:50 placed 21:58:50 #1", "b 21:58:51 missed quiet_hours"}},
		{"an attempt after a cut has it again", shanghai, "2026-01-23", []round{once("a", "08:00"), once("b", "08:01")}, chimes, func(d *factDay) []Fact {
			return []Fact{d.sounded(d.id("a", "08:00:00"), 1, false, "08:00:00", "08:00:05", "device_error", "")}
		}, []string{"a 08:00:00 placed 08:00:05 #2 device_error", "b 08:01:00 placed 08:01:15 #1 preempted by a"}},
		{"one that sounds", shanghai, "2026-01-23", []round{once("a", "08:00"), once("b", "08:01")}, chimes, func(d *factDay) []Fact {
			return []Fact{d.sounded(d.id("a", "08:00:00"), 1, false, "08:00:01", "", "", "")}
		}, []string{"a 08:00:00 sounding 08:00:01 #1", "b 08:01:00 placed 08:01:11 #1 preempted by a"}},
		{"the day's minutes", shanghai, "2026-01-23", []round{once("a", "08:00"), once("b", "09:00")}, func(p *playlists.Programme) {
			chimes(p)
			p.Limits.Minutes = 2
		}, nil, []string{"a 08:00:00 placed 08:00:00 #1", "b 09:00:00 missed daily_limit"}},
		{"without anything to say there is none", shanghai, "2026-01-23", []round{once("a", "08:00")}, func(p *playlists.Programme) {
			chimes(p)
			p.Playlists[0].Entries[0].Dialects = "yue"
		}, nil, []string{"a 08:00:00 missed no_dialect"}},
		{"rules of before know none", shanghai, "2026-01-23", []round{once("a", "08:00"), once("b", "08:01")}, func(p *playlists.Programme) {
			chimes(p)
			p.PlanVersion = 2
		}, nil, []string{"a 08:00:00 placed 08:00:00 #1", "b 08:01:00 placed 08:01:00 #1"}},
	})
}

func TestOnlyTheBeginningOfBackgroundHasAChime(t *testing.T) {
	bell := func(d *factDay) { chimed(d.Programme, 700) }
	expectMusic(t, []musicCase{
		{"in one go", func(d *factDay) { alone(d); bell(d) }, nil, []string{"music 07:30:00 placed 07:30:00 #1"}},
		{"it has to fit with the first entry", bell, func(d *factDay) []Fact {
			return []Fact{d.beside(FactTalk, "07:31:00", "07:31:10")} // an entry would fit
		}, []string{"music 07:30:00 placed 07:32:31 #1 preempted by 关主任"}},
		{"pieces behind have none", bell, nil, []string{"music 07:30:00 placed 07:30:00 #1", "0-0 07:30:00", "1-3 07:32:31"}},
		{"what was cut in its first entry begins with it again", func(d *factDay) { alone(d); bell(d) }, func(d *factDay) []Fact {
			return []Fact{cut(d, "07:30:20", 0)}
		}, []string{"music 07:30:00 placed 07:30:20 #2 preempted by 关主任"}},
		{"what was cut later does not", func(d *factDay) { alone(d); bell(d) }, func(d *factDay) []Fact {
			return []Fact{cut(d, "07:31:20", 1), d.beside(FactTalk, "07:31:20", "07:31:30"), d.beside(FactTalk, "07:32:30", "07:33:00")}
		}, []string{"music 07:30:00 placed 07:31:30 #2 preempted by 关主任", "1-1 07:31:30", "2-3 07:33:00"}},
	})
}

func TestAChimeThatCannotBeIsRefused(t *testing.T) {
	for _, length := range []int{0, -1, int(playlists.MaxChime) + 1} {
		p := programme(once("a", "08:00"))
		chimed(p, length)
		if _, err := Plan(p, nil, friday); err == nil {
			t.Errorf("a chime of %d ms is planned", length)
		}
	}
	p := programme(once("a", "08:00"))
	chimed(p, int(playlists.MaxChime))
	if _, err := Plan(p, nil, friday); err != nil {
		t.Error(err)
	}
}

func TestAnotherChimeIsAChange(t *testing.T) {
	p, q := programme(once("a", "08:00")), programme(once("a", "08:00"))
	chimed(p, 1_000)
	chimed(q, 1_000)
	before, after := scene{p, friday, nil}.plan(t), scene{q, friday, nil}.plan(t)
	if c := Compare(before, after); len(c.Changes) != 0 {
		t.Errorf("the same chime: %+v", c.Changes)
	}
	q.Playlists[0].Chime.Digest[5]++
	if c := Compare(before, scene{q, friday, nil}.plan(t)); len(c.Changes) != 1 || c.Changes[0].Kind != ChangeAltered {
		t.Errorf("another chime: %+v", c.Changes)
	}
}

// An announcement's chime takes its place in the day as an entry before the others would, with a gap behind it.
func TestAChimeIsPlacedAsAnEntryWouldBe(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := drawScene.Draw(t, "scene")
		s.Limits.Plays = 0 // a chime is no play
		for i := range s.Rounds {
			s.Rounds[i].Class = playlists.ClassAnnouncement
		}
		said := *s.Programme
		said.Playlists = nil
		for _, pl := range s.Playlists {
			if c := pl.Chime; c != nil {
				id := playlists.AnnouncementID("chime of " + pl.ID)
				said.Announcements = append(said.Announcements[:len(said.Announcements):len(said.Announcements)],
					playlists.Announcement{ID: id, Variants: []playlists.Clip{*c}})
				bell := playlists.PlaylistEntry{Announcement: id, Dialects: playlists.DialectOwn, Repeats: 1, Gap: Breath}
				pl.Chime, pl.Entries = nil, append([]playlists.PlaylistEntry{bell}, pl.Entries...)
			}
			said.Playlists = append(said.Playlists, pl)
		}
		for i := range said.Announcements { // or the chime would sound where nothing else does
			said.Announcements[i].ValidFrom, said.Announcements[i].ValidUntil = time.Time{}, time.Time{}
		}
		s.Programme.Announcements = said.Announcements
		want := scene{&said, s.day, s.facts}.plan(t)
		got := s.plan(t)
		for i := range got {
			want[i].Entries, want[i].Chime = got[i].Entries, got[i].Chime
			want[i].Round = got[i].Round
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Fatal(diff)
		}
	})
}
