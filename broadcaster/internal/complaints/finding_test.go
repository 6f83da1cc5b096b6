package complaints

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"dalaba/playlists"
)

// play is a sounding of title from one time of the day to another, in seconds after 06:00.
func play(title string, begin, end, volume int) Play {
	return Play{
		Announcement: playlists.AnnouncementID(title), Title: title, Dialect: "yue", Begin: at(6, 0, begin), End: at(6, 0, end), Volume: volume,
	}
}

// planned is an airing of the round "morning" at the terminal "laoling", due at 06:00 and so many minutes.
func planned(minutes int, plays ...Play) Sound {
	s := Sound{
		Terminal: "laoling", TerminalName: "老龄社喇叭", Grid: laoling, GridPath: "上西村 / 老龄社", Round: "morning", RoundName: "早间",
		Class: playlists.ClassAnnouncement, Due: at(6, minutes, 0), Planned: true, Outcome: playlists.OutcomePlayed, Plays: plays,
	}
	if len(plays) == 0 {
		s.Outcome, s.Cause = playlists.OutcomeMissed, playlists.CausePowerOff
	}
	return s
}

// evidenceOf is what is known of a complaint at laoling of the minute 06:30.
func evidenceOf(sounds ...Sound) *evidence {
	return &evidence{
		complaint: Complaint{Grid: laoling, GridPath: "上西村 / 老龄社", At: at(6, 30, 0)},
		now:       at(12, 0, 0), zone: shanghai, sounds: sounds, names: namesOfTown(), things: make(map[thing]bool),
		stand: map[playlists.TerminalID]Terminal{
			"laoling": {ID: "laoling", Grid: laoling}, "laoling2": {ID: "laoling2", Grid: laoling},
			"village": {ID: "village", Grid: shangxi}, "rulin": {ID: "rulin", Grid: rulin},
		},
		present: make(map[playlists.TerminalID]*playlists.Programme),
		makers:  map[playlists.RoundID]Maker{"morning": {Owner: laoling, By: "关主任"}},
	}
}

// short writes findings so that a test can say what it wants: when, how loud, what, where, and whether at the minute.
func short(findings []Finding) []string {
	var all []string
	for _, f := range findings {
		words := []string{"-", f.Announcement, string(f.Terminal)}
		if f.Sounded() {
			words[0] = fmt.Sprintf("%s–%s@%d", f.Begin.In(shanghai).Format("15:04:05"), f.End.In(shanghai).Format("15:04:05"), f.Volume)
		}
		if f.AtTheMinute {
			words = append(words, "now")
		}
		all = append(all, strings.Join(words, " "))
	}
	return all
}

func TestWhatSoundedThenIsFound(t *testing.T) {
	at2 := func(s Sound, terminal playlists.TerminalID, grid playlists.GridCode) Sound {
		s.Terminal, s.Grid = terminal, grid
		return s
	}
	for _, test := range []struct {
		name string
		in   []Sound
		want []string
	}{
		{"nothing", nil, nil},
		{"at the minute", []Sound{planned(30, play("口罩", 1800, 1830, 80))}, []string{"06:30:00–06:30:30@80 口罩 laoling now"}},
		{
			"into the minute and beyond it",
			[]Sound{planned(29, play("口罩", 1740, 1801, 80)), planned(30, play("洗手", 1859, 2000, 80))},
			[]string{"06:29:00–06:30:01@80 口罩 laoling now", "06:30:59–06:33:20@80 洗手 laoling now"},
		},
		{"up to the minute is not at it", []Sound{planned(29, play("口罩", 1740, 1800, 80))}, []string{"06:29:00–06:30:00@80 口罩 laoling"}},
		{
			"ten minutes around it and no more",
			[]Sound{
				planned(10, play("早", 600, 1200, 80)), planned(11, play("前", 660, 1201, 80)),
				planned(40, play("后", 2459, 2500, 80)), planned(41, play("晚", 2460, 2500, 80)),
			},
			[]string{"06:11:00–06:20:01@80 前 laoling", "06:40:59–06:41:40@80 后 laoling"},
		},
		{
			"one airing is one finding, at its loudest, each title once, in whatever order it was reported",
			[]Sound{planned(30, play("洗手", 1860, 1890, 60), play("口罩", 1800, 1830, 80), play("口罩", 1830, 1860, 70))},
			[]string{"06:30:00–06:31:30@80 口罩、洗手 laoling now"},
		},
		{
			"pieces of background are found apart",
			[]Sound{planned(0, play("曲", 0, 60, 50), play("曲", 1790, 1795, 50), play("曲", 2410, 2420, 50))},
			[]string{"06:29:50–06:29:55@50 曲 laoling", "06:40:10–06:40:20@50 曲 laoling"},
		},
		{
			"what is due then and does not sound comes last",
			[]Sound{planned(30), planned(35, play("口罩", 2100, 2130, 80)), planned(45)},
			[]string{"06:35:00–06:35:30@80 口罩 laoling", "-  laoling"},
		},
		{
			"the village's horn reaches the society, and another village's does not",
			[]Sound{
				at2(planned(30, play("口罩", 1800, 1830, 80)), "village", shangxi), at2(planned(30, play("洗手", 1800, 1830, 80)), "rulin", rulin),
			},
			[]string{"06:30:00–06:30:30@80 口罩 village now"},
		},
		{
			"where the terminal stood then counts, not where it stands now",
			[]Sound{at2(planned(30, play("口罩", 1800, 1830, 80)), "rulin", laoling), at2(planned(30, play("洗手", 1800, 1830, 80)), "gone", laoling)},
			[]string{"06:30:00–06:30:30@80 洗手 gone now", "06:30:00–06:30:30@80 口罩 rulin now"},
		},
	} {
		t.Run(test.name, func(t *testing.T) {
			if diff := cmp.Diff(test.want, short(evidenceOf(test.in...).heard())); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestTheTerminalThatWasNamedAndTheNearestComeFirst(t *testing.T) {
	number := func(f float64) *float64 { return &f }
	e := evidenceOf()
	e.complaint.Lat, e.complaint.Lon, e.complaint.Terminal = number(22.83), number(112.99), "c"
	for _, s := range []struct {
		id   playlists.TerminalID
		grid playlists.GridCode
		lat  *float64
	}{
		{"a", laoling, nil},                  // of the grid, nobody knows where
		{"b", laoling, number(22.85)},        // of the grid, 2 km away
		{"c", laoling, number(22.834)},       // named
		{"d", rulin, number(22.833)},         // 334 m away in the next village
		{"e", rulin, number(22.834)},         // 445 m away
		{"f", shangxi, number(22.85)},        // the village's, too far away
		{"g", shangxi, nil},                  // the village's, nobody knows where
		{"h", rulin, nil},                    // another's, nobody knows where
		{"i", laoling, number(22.83 + 1e-5)}, // next door
	} {
		var lon *float64
		if s.lat != nil {
			lon = number(112.99)
		}
		e.stand[s.id] = Terminal{ID: s.id, Grid: s.grid, Lat: s.lat, Lon: lon}
		sound := planned(30, play("口罩", 1800, 1830, 80))
		sound.Terminal, sound.TerminalName, sound.Grid = s.id, string(s.id), s.grid
		e.sounds = append(e.sounds, sound)
	}
	var got []string
	for _, f := range e.heard() {
		got = append(got, fmt.Sprintf("%s %.0f", f.Terminal, f.Metres))
	}
	if diff := cmp.Diff([]string{"c 445", "i 1", "d 334", "b 2224", "a -1", "g -1"}, got); diff != "" {
		t.Error(diff)
	}
}

func TestAFindingTellsWhosePlanItWasAndWhoseVolume(t *testing.T) {
	own := playlists.VolumeRule{To: playlists.EndOfDay, Percent: 80}
	p := &playlists.Programme{
		Terminal: "laoling", Zone: "Asia/Shanghai", Grid: laoling, Volume: []playlists.VolumeRule{own},
		Rounds: []playlists.Round{{ID: "morning", Owner: town, Playlist: "list"}},
	}
	e := evidenceOf(planned(30, play("口罩", 1800, 1830, 80)))
	findings := e.heard()
	e.explain(&findings[0], p)
	f := findings[0]
	if f.Owner != town || f.By != "关主任" || f.VolumeBy == nil || *f.VolumeBy != own {
		t.Errorf("%+v", f)
	}
	for _, of := range []thing{{"round", "morning"}, {"playlist", "list"}, {"announcement", "口罩"}} {
		if !e.things[of] {
			t.Errorf("%v is not noted", of)
		}
	}
	findings[0].VolumeBy, findings[0].Volume = nil, 70
	if e.explain(&findings[0], p); findings[0].VolumeBy != nil {
		t.Error("a rule is named that did not give this volume")
	}
	if e.explain(&findings[0], nil); findings[0].Owner != laoling {
		t.Error("without a programme it is not its maker's")
	}
}

func TestACaseIsBounded(t *testing.T) {
	e := evidenceOf()
	for i := range maxFindings + 7 {
		s := planned(30, play("口罩", 1800, 1830, 80))
		s.Round = playlists.RoundID(fmt.Sprint(i))
		e.sounds = append(e.sounds, s)
	}
	c := e.decide(e.heard())
	if len(c.Findings) != maxFindings || c.More != 7 {
		t.Errorf("%d and %d more", len(c.Findings), c.More)
	}
}

func TestAnOfficialIsToldWhatEachFindingWas(t *testing.T) {
	talk, alert, extra, waiting := planned(30), planned(30), planned(30), planned(30)
	for _, s := range []*Sound{&talk, &alert, &extra} {
		s.Plays = []Play{play("台风", 1800, 1830, 90)}
	}
	talk.Class, alert.Class, extra.Planned = playlists.ClassLive, playlists.ClassAlert, false
	waiting.Outcome = playlists.OutcomeUnreported
	for _, test := range []struct {
		in   Sound
		want string
	}{
		{planned(30, play("口罩", 1800, 1830, 80)), "planned"},
		{talk, "talk"},
		{alert, "alert"},
		{extra, "extra"},
		{planned(30), "missed"},
		{waiting, "unreported"},
	} {
		e := evidenceOf(test.in)
		findings := e.heard()
		e.explain(&findings[0], nil)
		if got := e.decide(findings).Findings[0].Line; got.Code != "complaint_found_"+test.want || got.Args["due"] != "06:30" {
			t.Errorf("%v, want %s", got, test.want)
		}
	}
}

func TestTerminalsThatHaveNotToldAreNamed(t *testing.T) {
	waiting := func(minutes int, terminal playlists.TerminalID, grid playlists.GridCode) Sound {
		s := planned(minutes)
		s.Terminal, s.TerminalName, s.Grid, s.Outcome = terminal, string(terminal), grid, playlists.OutcomeUnreported
		return s
	}
	e := evidenceOf(
		waiting(30, "village", shangxi), waiting(0, "laoling", laoling), waiting(5, "laoling", laoling), waiting(30, "rulin", rulin),
		planned(30), waiting(41, "laoling2", laoling),
	)
	c := e.decide(e.heard())
	if diff := cmp.Diff([]playlists.TerminalID{"laoling", "village"}, c.Unreported); diff != "" || !c.Nothing {
		t.Error(diff)
	}
	e = evidenceOf(waiting(-10, "laoling", laoling)) // due at 05:50: too late for 06:20 by then
	if c := e.decide(e.heard()); len(c.Unreported) > 0 {
		t.Errorf("%v", c.Unreported)
	}
	if e.now.Sub(e.complaint.At) < time.Hour {
		t.Error("the test asks too early")
	}
}

func TestWhatWasBrokenOffAndTriedAgainIsTwoFindings(t *testing.T) {
	at := time.Date(2026, 1, 23, 8, 0, 0, 0, time.UTC)
	c := Complaint{At: at}
	s := Sound{Plays: []Play{
		{Begin: at, End: at.Add(15 * time.Second), Cut: true}, {Begin: at.Add(2 * time.Minute), End: at.Add(3 * time.Minute)},
	}}
	found := c.stretches(&s)
	if len(found) != 2 || !found[0].End.Equal(at.Add(15*time.Second)) || !found[1].Begin.Equal(at.Add(2*time.Minute)) {
		t.Errorf("%+v", found)
	}
}
