package timetable

import (
	"encoding/json"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"dalaba/playlists"
)

type placeCase struct {
	name string
	in   *playlists.Programme
	want []string
}

func TestPlaceGivesEachAiringTheFirstFreeStretch(t *testing.T) {
	for _, test := range []placeCase{
		{"on time", programme(round{Name: "a", Timetable: daily("07:30")}), []string{"a 07:30:00 placed 07:30:00 #1"}},
		{"the higher grid first, though due later", programme(
			round{Name: "village", Timetable: daily("07:29:30")}, round{Name: "town", Owner: town, Timetable: daily("07:30")},
		), []string{"village 07:29:30 placed 07:31:00 #1 preempted by town", "town 07:30:00 placed 07:30:00 #1"}},
		{"the earlier due first, of one level", programme(
			round{Name: "second", Timetable: daily("07:30:30")}, round{Name: "first", Timetable: daily("07:30")},
		), []string{"first 07:30:00 placed 07:30:00 #1", "second 07:30:30 placed 07:31:00 #1 preempted by first"}},
		{"background last, whole", programme(
			round{Name: "music", Owner: town, Class: playlists.ClassBackground, Timetable: daily("07:29:30")},
			round{Name: "a", Timetable: daily("07:30")},
		), []string{"music 07:29:30 placed 07:31:00 #1 preempted by a", "a 07:30:00 placed 07:30:00 #1"}},
		{"too late", programme(
			round{Name: "town", Owner: town, Timetable: daily("07:30")}, round{Name: "a", Lateness: 59_999, Timetable: daily("07:30")},
		), []string{"a 07:30:00 missed preempted by town", "town 07:30:00 placed 07:30:00 #1"}},
		{"just not too late", programme(
			round{Name: "town", Owner: town, Timetable: daily("07:30")}, round{Name: "a", Lateness: 60_000, Timetable: daily("07:30")},
		), []string{"a 07:30:00 placed 07:31:00 #1 preempted by town", "town 07:30:00 placed 07:30:00 #1"}},
		{"a stretch that is too short is passed over", with(programme(
			round{Name: "one", Owner: town, Timetable: daily("07:30")}, round{Name: "two", Owner: town, Timetable: daily("07:32")},
			round{Name: "a", Playlist: "long", Timetable: daily("07:30")},
		), "long", 61), []string{
			"a 07:30:00 placed 07:33:00 #1 preempted by one", "one 07:30:00 placed 07:30:00 #1", "two 07:32:00 placed 07:32:00 #1",
		}},
		{"a clip longer than its window", with(programme(round{Name: "a", Playlist: "long", Timetable: every(1, "07:30", "07:32")}), "long", 90), []string{
			"a 07:30:00 placed 07:30:00 #1", "a 07:31:00 placed 07:31:30 #1 preempted by a", "a 07:32:00 placed 07:33:00 #1 preempted by a",
		}},
	} {
		t.Run(test.name, func(t *testing.T) { expectPlan(t, test.in, nil, test.want) })
	}
}

func TestAnAiringEndsWithItsDayAndItsValidity(t *testing.T) {
	at := func(s string) time.Time { return instant(t, "Asia/Shanghai", "2026-01-23 "+s) }
	for _, test := range []placeCase{
		{"the day ends", programme(round{Name: "a", Timetable: every(1, "23:58:30", "23:59:30")}), []string{
			"a 23:58:30 placed 23:58:30 #1", "a 23:59:30 missed expired",
		}},
		{"up to 24:00", programme(round{Name: "a", Timetable: daily("23:59")}), []string{"a 23:59:00 placed 23:59:00 #1"}},
		{"a clip that no day holds", with(programme(round{Name: "a", Playlist: "long", Timetable: daily("00:01")}), "long", 86_400), []string{"a 00:01:00 missed expired"}},
		{"longer than time itself", func() *playlists.Programme {
			p := with(programme(round{Name: "a", Playlist: "endless", Timetable: daily("00:00")}), "endless", 86_400)
			p.Playlists[1].Entries[0].Repeats = playlists.MaxRepeats
			p.Playlists[1].Entries = slices.Repeat(p.Playlists[1].Entries, playlists.MaxPlaylistEntries)
			return p
		}(), []string{"a 00:00:00 missed expired"}},
		{"no recording that fits", func() *playlists.Programme {
			p := programme(round{Name: "a", Timetable: daily("07:30")})
			p.Playlists[0].Entries[0].Dialects = "yue"
			return p
		}(), []string{"a 07:30:00 missed no_dialect"}},
		{"validity over when due", func() *playlists.Programme {
			p := programme(round{Name: "a", Timetable: daily("07:30")})
			p.Announcements[0].ValidUntil = at("07:30:00")
			return p
		}(), []string{"a 07:30:00 missed expired"}},
		{"validity over in the middle", func() *playlists.Programme {
			p := programme(round{Name: "a", Timetable: daily("07:30")})
			p.Announcements[0].ValidUntil = at("07:30:59")
			return p
		}(), []string{"a 07:30:00 missed expired"}},
		{"validity over after a winner", func() *playlists.Programme {
			p := with(programme(round{Name: "a", Timetable: daily("07:30")}, round{Name: "town", Owner: town, Playlist: "other", Timetable: daily("07:30")}), "other", 5)
			p.Announcements[0].ValidUntil = at("07:31:04")
			return p
		}(), []string{"a 07:30:00 missed preempted by town", "town 07:30:00 placed 07:30:00 #1"}},
		{"at midnight", programme(round{Name: "a", Timetable: daily("00:00")}), []string{"a 00:00:00 placed 00:00:00 #1"}},
	} {
		t.Run(test.name, func(t *testing.T) { expectPlan(t, test.in, nil, test.want) })
	}
}

// expectPlan plans friday, comparing without regard to the order of airings due at the same instant.
func expectPlan(t *testing.T, p *playlists.Programme, facts []Fact, want []string) {
	t.Helper()
	airings, err := Plan(p, facts, friday)
	if err != nil {
		t.Fatal(err)
	}
	got := lines(t, p, airings)
	for i := 1; i < len(airings); i++ {
		if airings[i].Due.Equal(airings[i-1].Due) && got[i] < got[i-1] {
			got[i], got[i-1] = got[i-1], got[i]
		}
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

// FuzzPlan holds Plan to its word: whatever a programme says, it is planned or refused.
func FuzzPlan(f *testing.F) {
	for _, table := range []playlists.Timetable{{Cron: "0 8 * * *"}, every(60, "22:00", "01:00")} {
		text, err := json.Marshal(programme(playlists.Round{Name: "a", Timetable: table}))
		if err != nil {
			f.Fatal(err)
		}
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		var p playlists.Programme
		if json.Unmarshal(text, &p) != nil {
			return
		}
		due, err := Due(&p, friday)
		airings, planErr := Plan(&p, nil, friday)
		if (err == nil) != (planErr == nil) || len(due) != len(airings) {
			t.Fatalf("Due: %d, %v; Plan: %d, %v", len(due), err, len(airings), planErr)
		}
		for _, a := range airings {
			if a.State != StatePlaced && a.State != StateMissed || (a.State == StatePlaced) == a.Start.IsZero() {
				t.Errorf("%+v", a)
			}
		}
	})
}
