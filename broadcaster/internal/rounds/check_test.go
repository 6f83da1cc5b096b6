package rounds

import (
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"dalaba/playlists"
)

func TestACheckTellsWhatARoundWouldDo(t *testing.T) {
	f := newFixture(t)
	draft := daily("晨播", f.list().ID, 7, 30, laoling, rulin)
	f.told()
	preview := must[Preview](t)(f.Check(t.Context(), draft))
	var touched []string
	for _, terminal := range preview.Terminals {
		touched = append(touched, terminal.Name)
	}
	if diff := cmp.Diff([]string{"老龄社喇叭", "儒林喇叭"}, touched); diff != "" {
		t.Errorf("touches (-want +got):\n%s", diff)
	}
	if first := f.clock().Add(30 * time.Minute); len(preview.Firings) != 10 || !preview.Firings[0].Equal(first) {
		t.Errorf("falls due at %v", preview.Firings)
	}
	if diff := cmp.Diff([]Length{
		{Dialects: []playlists.Dialect{yue, cmn}, Terminals: 1, Length: 20_000},
		{Dialects: []playlists.Dialect{cmn}, Terminals: 1, Length: 10_000},
	}, preview.Lengths); diff != "" {
		t.Errorf("lengths (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]Warning{{"horn_above", args{"terminals": "上西村喇叭", "count": 1, "grid": string(laoling)}}}, preview.Warnings); diff != "" {
		t.Errorf("warnings (-want +got):\n%s", diff)
	}
	if all := must[[]Round](t)(f.Rounds.Rounds(t.Context())); all != nil || f.told() != nil {
		t.Errorf("a check saved %v", all)
	}
}

// args are a warning's.
type args = map[string]any

// at moves a round to hour:minute.
func at(hour, minute int) func(*Round) {
	return func(r *Round) {
		start := playlists.NewTimeOfDay(hour, minute, 0)
		r.Timetable.Every.From, r.Timetable.Every.To = start, start
	}
}

// warnings checks a daily round at 7:30 for one society, above which no horn stands, as draft changes it.
func (f *fixture) warnings(list Playlist, draft func(*Round)) []Warning {
	f.t.Helper()
	f.terminals = slices.DeleteFunc(f.terminals, func(t Terminal) bool { return t.ID == "shangxi" })
	round := daily("晨播", list.ID, 7, 30, laoling)
	draft(&round)
	round.Playlist = f.specialList(round.Playlist, list)
	return must[Preview](f.t)(f.Check(f.t.Context(), round)).Warnings
}

func TestACheckWarnsOfWhatARoundMeets(t *testing.T) {
	for _, test := range []struct {
		name  string
		draft func(*Round)
		want  []Warning
	}{
		{"an early start", at(6, 29), []Warning{{"starts_early", args{"time": "06:29"}}}},
		{"no early start at half past six", at(6, 30), nil},
		{"no late start at half past nine", at(21, 30), nil},
		{"the night", at(23, 0), []Warning{
			{"starts_late", args{"time": "23:00"}}, {"falls_into_quiet", args{"time": "23:00"}},
		}},
		{"the end of the night", at(5, 50), []Warning{
			{"starts_early", args{"time": "05:50"}}, {"moved_by_quiet", args{"time": "05:50", "start": "06:00"}},
		}},
		{"repeats that take longer than the step", func(r *Round) {
			r.Playlist = "long"
			r.Timetable.Every.To += 5 * 60
		}, []Warning{{"longer_than_step", args{"seconds": int64(100), "step": int64(1)}}}},
		{"an announcement that is over", func(r *Round) { r.Playlist = "old" }, []Warning{{"announcements_over", args{"time": "07:30"}}}},
		{"a dialect that the terminal has not", func(r *Round) {
			r.Playlist, r.Targets = "mandarin", []playlists.GridCode{xianfeng}
		}, []Warning{{"no_dialect", args{"time": "07:30"}}}},
	} {
		t.Run(test.name, func(t *testing.T) {
			f := newFixture(t)
			f.night()
			if diff := cmp.Diff(test.want, f.warnings(f.list(), test.draft)); diff != "" {
				t.Errorf("warnings (-want +got):\n%s", diff)
			}
		})
	}
}

func TestACheckWarnsOfOtherRounds(t *testing.T) {
	asIs := func(*Round) {}
	local := func(r *Round) { r.Owner = laoling }
	impatient := func(r *Round) { r.Owner, r.Lateness = laoling, 1 }
	for _, test := range []struct {
		name         string
		other, draft func(*Round) // of the same time and place
		want         Warning
	}{
		{"a superior's", asIs, local, Warning{"moved_by_round", args{"time": "07:30", "start": "07:30:20", "round": "镇里"}}},
		{"a superior's that leaves it no time", asIs, impatient, Warning{"gives_way", args{"time": "07:30", "round": "镇里"}}},
		{"an inferior's", local, asIs, Warning{"moves_round", args{"time": "07:30", "start": "07:30:20", "round": "镇里"}}},
		{"an inferior's that it leaves no time", impatient, asIs, Warning{"displaces_round", args{"time": "07:30", "round": "镇里"}}},
	} {
		t.Run(test.name, func(t *testing.T) {
			f := newFixture(t)
			list := f.list()
			other := daily("镇里", list.ID, 7, 30, laoling)
			test.other(&other)
			must[Round](t)(f.CreateRound(t.Context(), other))
			if diff := cmp.Diff([]Warning{test.want}, f.warnings(list, test.draft)); diff != "" {
				t.Errorf("warnings (-want +got):\n%s", diff)
			}
		})
	}
}

func TestACheckWarnsOfAGridWithoutATerminal(t *testing.T) {
	f := newFixture(t)
	f.terminals = nil
	want := []Warning{{Code: "no_terminal_touched"}}
	if diff := cmp.Diff(want, f.warnings(f.list(), func(*Round) {})); diff != "" {
		t.Errorf("warnings (-want +got):\n%s", diff)
	}
}

// specialList keeps the playlist that a test asks for by name.
func (f *fixture) specialList(name playlists.PlaylistID, list Playlist) playlists.PlaylistID {
	f.t.Helper()
	a := must[Announcement](f.t)(f.Announcement(f.t.Context(), list.Entries[0].Announcement))
	switch name {
	case "long":
		list.Entries[0].Repeats = 5
	case "old":
		a.ValidUntil = f.clock().Add(time.Minute)
		must[Announcement](f.t)(f.UpdateAnnouncement(f.t.Context(), a, "李四"))
	case "mandarin":
		a = must[Announcement](f.t)(f.CreateAnnouncement(f.t.Context(), visits()))
		list.Entries[0].Announcement = a.ID
	}
	return must[Playlist](f.t)(f.UpdatePlaylist(f.t.Context(), list, "李四")).ID
}

func TestACheckOfASavedRoundStandsForIt(t *testing.T) {
	f := newFixture(t)
	round := must[Round](t)(f.CreateRound(t.Context(), daily("晨播", f.list().ID, 7, 30, shangxi)))
	round.Timetable.Every.To += 3600
	preview := must[Preview](t)(f.Check(t.Context(), round))
	if preview.Warnings != nil {
		t.Errorf("the round stands in its own way: %v", preview.Warnings)
	}
}
