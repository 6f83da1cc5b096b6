package timetable

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"dalaba/playlists"
)

func TestADayHasItsLimits(t *testing.T) {
	d := newFactDay(t)
	hourly := round{Name: "a", Timetable: every(60, "07:00", "10:00")}
	upper := round{Name: "town", Owner: town, Playlist: "other", Timetable: daily("09:30")}
	lifted := hourly
	lifted.Unlimited = d.at("09:00:00")
	const first, second, third, fourth = "a 07:00:00 placed 07:00:00 #1", "a 08:00:00 placed 08:00:00 #1", "a 09:00:00 placed 09:00:00 #1", "a 10:00:00 placed 10:00:00 #1"
	for _, test := range []struct {
		name   string
		limits playlists.Limits
		rounds []round
		facts  []Fact
		want   []string
	}{
		{"none", playlists.Limits{}, []round{hourly}, nil, []string{first, second, third, fourth}},
		{"plays of an announcement", playlists.Limits{Plays: 2}, []round{hourly}, nil, []string{
			first, second, "a 09:00:00 missed daily_limit by minute", "a 10:00:00 missed daily_limit by minute",
		}},
		{"minutes", playlists.Limits{Minutes: 3}, []round{hourly}, nil, []string{first, second, third, "a 10:00:00 missed daily_limit"}},
		{"the higher grid's are counted first", playlists.Limits{Minutes: 3}, []round{hourly, upper}, nil, []string{
			first, second, "a 09:00:00 missed daily_limit", "town 09:30:00 placed 09:30:00 #1", "a 10:00:00 missed daily_limit",
		}},
		{"of another announcement there are plays left", playlists.Limits{Plays: 3}, []round{hourly, upper}, nil, []string{
			first, second, third, "town 09:30:00 placed 09:30:00 #1", "a 10:00:00 missed daily_limit by minute",
		}},
		{"lifted for a time", playlists.Limits{Plays: 1}, []round{lifted}, nil, []string{
			first, second, "a 09:00:00 missed daily_limit by minute", "a 10:00:00 missed daily_limit by minute",
		}},
		{"what sounded counts", playlists.Limits{Plays: 3}, []round{hourly}, []Fact{
			d.sounded(d.id("a", "09:00:00"), 1, true, "09:00:00", "09:01:00", "", ""),
			d.sounded(d.id("a", "10:00:00"), 1, true, "10:00:00", "10:01:00", "", ""),
		}, []string{first, "a 08:00:00 missed daily_limit by minute", "a 09:00:00 done 09:00:00 #1", "a 10:00:00 done 10:00:00 #1"}},
		{"what was cut was no play", playlists.Limits{Plays: 4}, []round{hourly}, []Fact{
			d.sounded(d.id("a", "07:00:00"), 1, false, "07:00:00", "07:00:30", "device_error", ""),
		}, []string{"a 07:00:00 placed 07:00:30 #2 device_error", second, third, fourth}},
		{"background takes minutes", playlists.Limits{Minutes: 3}, []round{
			{Name: "music", Owner: town, Class: playlists.ClassBackground, Timetable: every(60, "07:00", "10:00")},
		}, nil, []string{"music 07:00:00 placed 07:00:00 #1", "music 08:00:00 placed 08:00:00 #1", "music 09:00:00 placed 09:00:00 #1", "music 10:00:00 missed daily_limit"}},
		{"a talk takes minutes", playlists.Limits{Minutes: 3}, []round{hourly}, []Fact{
			{Kind: FactTalk, Begin: d.at("07:10:00"), End: d.at("07:12:00")},
		}, []string{first, "a 08:00:00 missed daily_limit", "a 09:00:00 missed daily_limit", "a 10:00:00 missed daily_limit"}},
		{"an alert takes none", playlists.Limits{Minutes: 4}, []round{hourly}, []Fact{
			{Kind: FactAlert, Begin: d.at("07:10:00"), End: d.at("07:40:00")},
		}, []string{first, second, third, fourth}},
	} {
		t.Run(test.name, func(t *testing.T) {
			p := with(programme(test.rounds...), "other", 60)
			p.Limits = test.limits
			expectPlan(t, p, test.facts, test.want)
		})
	}
}

func TestALimitSaysWhich(t *testing.T) {
	p := programme(playlists.Round{Name: "a", Timetable: every(1, "07:00", "07:01")})
	p.Announcements[0].Title = "防溺水"
	for _, test := range []struct {
		limits playlists.Limits
		want   Winner
	}{
		{playlists.Limits{Plays: 1}, Winner{Kind: ByDailyPlays, Name: "防溺水", Ref: "minute"}},
		{playlists.Limits{Minutes: 1}, Winner{Kind: ByDailyMinutes}},
	} {
		p.Limits = test.limits
		airings, err := Plan(p, nil, friday)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(test.want, airings[1].Winner); diff != "" {
			t.Error(diff)
		}
	}
}
