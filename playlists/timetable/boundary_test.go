package timetable

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"dalaba/playlists"
)

// boundary is a day at the edge of something.
type boundary struct {
	name, zone, day string
	rounds          []playlists.Round
	// change and facts add to the programme and the day; they may be nil.
	change func(p *playlists.Programme)
	facts  func(d *factDay) []Fact
	want   []string
}

func expectBoundaries(t *testing.T, cases []boundary) {
	for _, test := range cases {
		t.Run(test.name, func(t *testing.T) {
			p := with(programme(test.rounds...), "long", 300)
			p.Zone = test.zone
			if test.change != nil {
				test.change(p)
			}
			var facts []Fact
			if test.facts != nil {
				facts = test.facts(&factDay{Programme: p, t: t})
			}
			airings, err := Plan(p, facts, day(test.day))
			if err != nil {
				t.Fatal(err)
			}
			got := lines(t, p, airings)
			for i := 1; i < len(got); i++ { // of one instant the ids decide, which nobody remembers
				if airings[i].Due.Equal(airings[i-1].Due) && got[i] < got[i-1] {
					got[i], got[i-1] = got[i-1], got[i]
				}
			}
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

type round = playlists.Round

func once(name, at string) round { return round{Name: name, Timetable: daily(at)} }

func onCron(expression string) []round { return []round{{Name: "a", Timetable: cronTable(expression)}} }

const shanghai = "Asia/Shanghai"

func TestDaysAndMonthsEnd(t *testing.T) {
	expectBoundaries(t, []boundary{
		{"midnight is the day that begins", shanghai, "2026-01-23", []round{once("a", "00:00")}, nil, nil, []string{"a 00:00:00 placed 00:00:00 #1"}},
		{"24:00 is the next day's midnight", shanghai, "2026-01-24", []round{{Name: "a", Timetable: narrowed(every(60, "23:00", "24:00"), func(t *playlists.Timetable) {
			t.From, t.Until = day("2026-01-23"), day("2026-01-23")
		})}}, nil, nil, []string{"a 00:00:00 placed 00:00:00 #1"}},
		{"nothing sounds past 24:00", shanghai, "2026-01-23", []round{once("a", "23:59:01")}, nil, nil, []string{"a 23:59:01 missed expired"}},
		{"the last of a month", shanghai, "2026-04-30", onCron("0 8 28-31 * *"), nil, nil, []string{"a 08:00:00 placed 08:00:00 #1"}},
		{"no 31 April", shanghai, "2026-05-01", onCron("0 8 31 * *"), nil, nil, nil},
		{"a night over the month's end", shanghai, "2026-05-01", []round{{Name: "a", Timetable: narrowed(every(60, "23:00", "00:30"), func(t *playlists.Timetable) { t.Until = day("2026-04-30") })}}, nil, nil, []string{
			"a 00:00:00 placed 00:00:00 #1",
		}},
		{"29 February", shanghai, "2028-02-29", onCron("0 8 29 2 *"), nil, nil, []string{"a 08:00:00 placed 08:00:00 #1"}},
		{"1 March of a year without it", shanghai, "2026-03-01", onCron("0 8 29 2 *"), nil, nil, nil},
		{"an exception day", shanghai, "2026-01-23", []round{{Name: "a", Timetable: narrowed(daily("08:00"), func(t *playlists.Timetable) { t.Except = []playlists.Date{friday} })}}, nil, nil, nil},
	})
}

func TestTwoThatMeet(t *testing.T) {
	nightly := func(p *playlists.Programme) { p.Quiet = []playlists.QuietRule{night()} }
	expectBoundaries(t, []boundary{
		{"two in the same second: the higher grid first", shanghai, "2026-01-23", []round{once("a", "08:00"), {Name: "b", Owner: town, Timetable: daily("08:00")}}, nil, nil, []string{
			"a 08:00:00 placed 08:01:00 #1 preempted by b", "b 08:00:00 placed 08:00:00 #1",
		}},
		{"an interrupter longer than what it cut", shanghai, "2026-01-23", []round{once("a", "08:00")}, nil, func(d *factDay) []Fact {
			return []Fact{d.sounded(d.id("a", "08:00:00"), 1, false, "08:00:00", "08:00:50", "preempted", "台风"), d.beside(FactAlert, "08:00:50", "08:12:00")}
		}, []string{"a 08:00:00 placed 08:12:00 #2 preempted by 台风"}},
		{"an interrupter shorter than what it cut", shanghai, "2026-01-23", []round{once("a", "08:00")}, nil, func(d *factDay) []Fact {
			return []Fact{d.sounded(d.id("a", "08:00:00"), 1, false, "08:00:00", "08:00:01", "preempted", "台风"), d.beside(FactAlert, "08:00:01", "08:00:06")}
		}, []string{"a 08:00:00 placed 08:00:06 #2 preempted by 台风"}},
		{"an interrupter longer than lateness", shanghai, "2026-01-23", []round{once("a", "08:00")}, nil, func(d *factDay) []Fact {
			return []Fact{d.sounded(d.id("a", "08:00:00"), 1, false, "08:00:00", "08:00:50", "preempted", "台风"), d.beside(FactAlert, "08:00:50", "08:31:00")}
		}, []string{"a 08:00:00 missed 08:00:00 #1 preempted by 台风"}},
		{"a clip longer than its window", shanghai, "2026-01-23", []round{{Name: "a", Playlist: "long", Timetable: every(1, "08:00", "08:01")}}, nil, nil, []string{
			"a 08:00:00 placed 08:00:00 #1", "a 08:01:00 placed 08:05:00 #1 preempted by a",
		}},
		{"quiet begins in mid-airing", shanghai, "2026-01-23", []round{once("a", "21:59:30"), once("b", "21:59")}, nightly, nil, []string{
			"b 21:59:00 placed 21:59:00 #1", "a 21:59:30 missed quiet_hours",
		}},
		{"quiet begins in mid-airing of one alone", shanghai, "2026-01-23", []round{once("a", "21:59:30")}, nightly, nil, []string{"a 21:59:30 missed quiet_hours"}},
	})
}

func TestClocksChangeOrDoNot(t *testing.T) {
	expectBoundaries(t, []boundary{
		{"a skipped hour", "Europe/Berlin", "2026-03-29", []round{once("a", "02:30"), once("b", "03:30")}, nil, nil, []string{
			"a 03:30:00 placed 03:30:00 #1", "b 03:30:00 placed 03:31:00 #1 preempted by a",
		}},
		{"a repeated hour", "Europe/Berlin", "2026-10-25", []round{{Name: "a", Timetable: every(30, "02:00", "03:00")}}, nil, nil, []string{
			"a 02:00:00 placed 02:00:00 #1", "a 02:30:00 placed 02:30:00 #1", "a 03:00:00 placed 03:00:00 #1",
		}},
		{"a day without midnight", "America/Sao_Paulo", "2018-11-04", []round{once("a", "00:00")}, nil, nil, []string{"a 01:00:00 placed 01:00:00 #1"}},
		{"a zone that changed its offset in another year", shanghai, "1991-04-14", []round{once("a", "02:30")}, nil, nil, []string{"a 03:30:00 placed 03:30:00 #1"}},
		{"a zone without", "UTC", "2026-03-29", []round{once("a", "02:30")}, nil, nil, []string{"a 02:30:00 placed 02:30:00 #1"}},
	})
}
