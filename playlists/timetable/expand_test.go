package timetable

import (
	"errors"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"dalaba/playlists"
)

func TestDueIsWhatTheRulesAskFor(t *testing.T) {
	expectDue(t, []dueCase{
		{"a window holds both its ends", "Asia/Shanghai", "2026-01-23", playlists.Round{Timetable: every(60, "07:00", "09:00")}, []string{"07:00:00", "08:00:00", "09:00:00"}},
		{"a step that does not meet the end", "Asia/Shanghai", "2026-01-23", playlists.Round{Timetable: every(45, "07:00", "08:00")}, []string{"07:00:00", "07:45:00"}},
		{"a window to 24:00 ends at the next day's midnight", "Asia/Shanghai", "2026-01-23", playlists.Round{Timetable: every(20, "23:20", "24:00")}, []string{"00:00:00", "23:20:00", "23:40:00"}},
		{
			"a window past midnight belongs to the day on which it began", "Asia/Shanghai", "2026-01-24", // a Saturday
			playlists.Round{Timetable: playlists.Timetable{Every: every(60, "23:00", "01:00").Every, Weekdays: []int{5}}},
			[]string{"00:00:00", "01:00:00"},
		},
		{
			"an exception takes the whole window, past midnight too", "Asia/Shanghai", "2026-01-24",
			playlists.Round{Timetable: playlists.Timetable{Every: every(60, "23:00", "01:00").Every, Except: []playlists.Date{day("2026-01-23")}}},
			[]string{"23:00:00"},
		},
		{"an exception", "Asia/Shanghai", "2026-01-23", playlists.Round{Timetable: playlists.Timetable{Cron: "0 8 * * *", Except: []playlists.Date{day("2026-01-23")}}}, nil},
		{"the first day", "Asia/Shanghai", "2026-01-23", playlists.Round{Timetable: playlists.Timetable{Cron: "0 8 * * *", From: day("2026-01-23")}}, []string{"08:00:00"}},
		{"the last day", "Asia/Shanghai", "2026-01-23", playlists.Round{Timetable: playlists.Timetable{Cron: "0 8 * * *", Until: day("2026-01-23")}}, []string{"08:00:00"}},
		{"before the first day", "Asia/Shanghai", "2026-01-22", playlists.Round{Timetable: playlists.Timetable{Cron: "0 8 * * *", From: day("2026-01-23")}}, nil},
		{"after the last day", "Asia/Shanghai", "2026-01-24", playlists.Round{Timetable: playlists.Timetable{Cron: "0 8 * * *", Until: day("2026-01-23")}}, nil},
		{"the last day's night goes on", "Asia/Shanghai", "2026-01-24", playlists.Round{Timetable: playlists.Timetable{Every: every(60, "23:00", "01:00").Every, Until: day("2026-01-23")}}, []string{"00:00:00", "01:00:00"}},
		{"not for moments before it came to be", "Asia/Shanghai", "2026-01-23", playlists.Round{Timetable: every(60, "07:00", "09:00"), Since: instant(t, "Asia/Shanghai", "2026-01-23 08:00:00")}, []string{"08:00:00", "09:00:00"}},
		{"the month's last day", "Asia/Shanghai", "2026-02-01", playlists.Round{Timetable: every(60, "23:30", "00:30")}, []string{"00:30:00", "23:30:00"}},
		{"29 February", "Asia/Shanghai", "2028-02-29", playlists.Round{Timetable: playlists.Timetable{Cron: "0 8 29 2 *"}}, []string{"08:00:00"}},
		{"no 29 February", "Asia/Shanghai", "2026-03-01", playlists.Round{Timetable: playlists.Timetable{Cron: "0 8 29 2 *"}}, nil},
		{"31 February", "Asia/Shanghai", "2026-03-03", playlists.Round{Timetable: playlists.Timetable{Cron: "0 8 31 2 *"}}, nil},
		{"day of month or day of week", "Asia/Shanghai", "2026-01-23", playlists.Round{Timetable: playlists.Timetable{Cron: "0 8 1 * fri"}}, []string{"08:00:00"}},
		{"weekdays narrow cron", "Asia/Shanghai", "2026-01-23", playlists.Round{Timetable: playlists.Timetable{Cron: "0 8 * * *", Weekdays: []int{6, 7}}}, nil},
	})
}

func TestEachCivilTimeFiresOnceWhenClocksChange(t *testing.T) {
	expectDue(t, []dueCase{
		{"clocks go forward: a skipped time fires after the gap", "Europe/Berlin", "2026-03-29", playlists.Round{Timetable: playlists.Timetable{Cron: "30 2 * * *"}}, []string{"03:30:00"}},
		{"clocks go forward: steps that fall together fire once", "Europe/Berlin", "2026-03-29", playlists.Round{Timetable: every(30, "01:30", "04:00")}, []string{"01:30:00", "03:00:00", "03:30:00", "04:00:00"}},
		{"clocks go back: a repeated time fires once", "Europe/Berlin", "2026-10-25", playlists.Round{Timetable: playlists.Timetable{Cron: "30 2 * * *"}}, []string{"02:30:00"}},
		{"clocks go back: each civil time once", "Europe/Berlin", "2026-10-25", playlists.Round{Timetable: every(60, "01:00", "04:00")}, []string{"01:00:00", "02:00:00", "03:00:00", "04:00:00"}},
		{"clocks skip midnight", "America/Sao_Paulo", "2018-11-04", playlists.Round{Timetable: every(30, "00:00", "01:30")}, []string{"01:00:00", "01:30:00"}},
	})
}

type dueCase struct {
	name, zone, day string
	round           playlists.Round
	want            []string
}

func expectDue(t *testing.T, cases []dueCase) {
	for _, test := range cases {
		t.Run(test.name, func(t *testing.T) {
			test.round.Name = "r"
			p := programme(test.round)
			p.Zone = test.zone
			airings, err := Due(p, day(test.day))
			if err != nil {
				t.Fatal(err)
			}
			var want []string
			for _, w := range test.want {
				want = append(want, "r "+w)
			}
			if diff := cmp.Diff(want, lines(t, p, airings)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestARepeatedTimeFiresTheFirstTime(t *testing.T) {
	p := programme(playlists.Round{Name: "r", Timetable: playlists.Timetable{Cron: "30 2 * * *"}})
	p.Zone = "Europe/Berlin"
	airings, err := Due(p, playlists.Date{Year: 2026, Month: time.October, Day: 25})
	if err != nil {
		t.Fatal(err)
	}
	if want := time.Date(2026, 10, 25, 0, 30, 0, 0, time.UTC); len(airings) != 1 || !airings[0].Due.Equal(want) {
		t.Errorf("due %v, want %v", airings, want)
	}
}

func TestValidityDecidesWhatIsDue(t *testing.T) {
	noon := instant(t, "Asia/Shanghai", "2026-01-23 12:00:00")
	p := programme(playlists.Round{Name: "r", Timetable: every(60, "10:00", "14:00")})
	p.Announcements[0].ValidFrom = noon
	airings, err := Due(p, friday)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]string{"r 12:00:00", "r 13:00:00", "r 14:00:00"}, lines(t, p, airings)); diff != "" {
		t.Errorf("before its validity an announcement asks for nothing:\n%s", diff)
	}

	p.Announcements[0].ValidFrom, p.Announcements[0].ValidUntil = time.Time{}, noon
	airings, err = Due(p, friday)
	if err != nil {
		t.Fatal(err)
	}
	var entries []int
	for _, a := range airings {
		entries = append(entries, len(a.Entries))
	}
	if diff := cmp.Diff([]int{1, 1, 0, 0, 0}, entries); diff != "" {
		t.Errorf("after its validity the round still asks, in vain:\n%s", diff)
	}
}

func TestAProgrammeThatContradictsItselfIsRefusedOnAnyDay(t *testing.T) {
	expectRefused(t, []refusedCase{
		{"no zone", func(p *playlists.Programme) { p.Zone = "" }, ""},
		{"the machine's zone", func(p *playlists.Programme) { p.Zone = "Local" }, ""},
		{"unknown zone", func(p *playlists.Programme) { p.Zone = "Asia/Jiujiang" }, ""},
		{"a path as zone", func(p *playlists.Programme) { p.Zone = "../../etc/passwd" }, ""},
		{"unknown playlist", func(p *playlists.Programme) { p.Rounds[0].Playlist = "other" }, ""},
		{"unknown announcement", func(p *playlists.Programme) { p.Playlists[0].Entries[0].Announcement = "other" }, ""},
		{"an alert", func(p *playlists.Programme) { p.Rounds[0].Class = playlists.ClassAlert }, ""},
		{"lateness", func(p *playlists.Programme) { p.Rounds[0].Lateness = playlists.MaxLateness + 1 }, ""},
		{"TZ=0", func(p *playlists.Programme) { p.Rounds[0].Timetable.Cron = "TZ=0" }, "cron_zone"},
		{"two of a round", func(p *playlists.Programme) { p.Rounds = append(p.Rounds, p.Rounds[0]) }, ""},
		{"two of a playlist", func(p *playlists.Programme) { p.Playlists = append(p.Playlists, p.Playlists[0]) }, ""},
		{"two of an announcement", func(p *playlists.Programme) { p.Announcements = append(p.Announcements, p.Announcements[0]) }, ""},
		{"a clip without length", func(p *playlists.Programme) { p.Announcements[0].Variants[0].Duration = 0 }, ""},
		{"a clip of years", func(p *playlists.Programme) { p.Announcements[0].Variants[0].Duration = 1 << 60 }, ""},
		{"repeats", func(p *playlists.Programme) { p.Playlists[0].Entries[0].Repeats = 1 << 40 }, ""},
		{"a set of nowhere", func(p *playlists.Programme) { p.Rounds[0].Timetable.OnlyHolidays = []string{"春节"} }, "holiday_unknown"},
		{"two of a set", func(p *playlists.Programme) { p.Holidays = []playlists.HolidaySet{{Name: "春节"}, {Name: "春节"}} }, "holidays_twice"},
		{"quiet outside of the day", func(p *playlists.Programme) { p.Quiet = []playlists.QuietRule{{From: -1, To: 1}} }, "quiet_range"},
		{"quiet that is over before it begins", func(p *playlists.Programme) {
			p.Quiet = []playlists.QuietRule{{To: 1, FirstDay: day("2026-02-02"), LastDay: day("2026-02-01")}}
		}, "quiet_range"},
		{"temporary quiet of four days", func(p *playlists.Programme) {
			p.Temporary = []playlists.TemporaryQuiet{{End: time.Time{}.Add(playlists.MaxTemporaryQuiet + 1)}}
		}, "quiet_range"},
		{"temporary quiet of no time", func(p *playlists.Programme) { p.Temporary = make([]playlists.TemporaryQuiet, 1) }, "quiet_range"},
		{"a floor above its cap", func(p *playlists.Programme) { p.Volume = []playlists.VolumeRule{{Floor: 70, Cap: 60}} }, "volume_range"},
		{"a cap of 101", func(p *playlists.Programme) { p.Volume = []playlists.VolumeRule{{Cap: 101}} }, "volume_range"},
		{"an alert of 101", func(p *playlists.Programme) { p.AlertVolume = 101 }, ""},
		{"limits below nothing", func(p *playlists.Programme) { p.Limits.Minutes = -1 }, ""},
		{"cancelled twice", func(p *playlists.Programme) { p.Cancelled = make([]playlists.Cancellation, 2) }, ""},
		{"a gap of years", func(p *playlists.Programme) { p.Playlists[0].Entries[0].Gap = 1 << 60 }, ""},
	})
}

func TestAProgrammeBeyondItsBoundsIsRefused(t *testing.T) {
	expectRefused(t, []refusedCase{
		{"too many lines", func(p *playlists.Programme) {
			p.Playlists[0].Entries = slices.Repeat(p.Playlists[0].Entries, playlists.MaxPlaylistEntries+1)
		}, "programme_too_large"},
		{"too many entries", func(p *playlists.Programme) {
			p.Announcements[0].Variants = slices.Repeat(p.Announcements[0].Variants, 2)
			p.Playlists[0].Entries[0].Repeats = playlists.MaxRepeats
			p.Playlists[0].Entries = slices.Repeat(p.Playlists[0].Entries, playlists.MaxPlaylistEntries)
		}, "programme_too_large"},
		{"too many rounds", func(p *playlists.Programme) { p.Rounds = make([]playlists.Round, MaxRounds+1) }, "programme_too_large"},
		{"too many quiet rules", func(p *playlists.Programme) { p.Quiet = make([]playlists.QuietRule, MaxRules+1) }, "programme_too_large"},
		{"too many of temporary quiet", func(p *playlists.Programme) { p.Temporary = make([]playlists.TemporaryQuiet, MaxRules+1) }, "programme_too_large"},
		{"too many cancelled", func(p *playlists.Programme) { p.Cancelled = make([]playlists.Cancellation, MaxCancelled+1) }, "programme_too_large"},
		{"too many airings", func(p *playlists.Programme) {
			for _, id := range []playlists.RoundID{"a", "b", "c", "d", "e", "f", "g"} {
				r := p.Rounds[0]
				r.ID, r.Timetable = id, every(1, "00:00", "24:00")
				p.Rounds = append(p.Rounds, r)
			}
		}, "programme_too_large"},
	})
	if _, err := Plan(programme(), make([]Fact, MaxFacts+1), friday); !errors.As(err, new(*playlists.Problem)) {
		t.Errorf("too many facts: %v", err)
	}
}

type refusedCase struct {
	name   string
	change func(p *playlists.Programme)
	code   string
}

// expectRefused changes a good programme, with nothing due on the day, in each of the ways.
func expectRefused(t *testing.T, cases []refusedCase) {
	for _, test := range cases {
		t.Run(test.name, func(t *testing.T) {
			p := programme(playlists.Round{Name: "r", Timetable: cronTable("0 8 29 2 *")})
			if _, err := Plan(p, nil, friday); err != nil {
				t.Fatal(err)
			}
			test.change(p)
			_, err := Plan(p, nil, friday)
			if err == nil {
				t.Fatal("not refused")
			}
			if problem := playlists.ProblemOf(err); test.code != "" && (problem == nil || problem.Code != test.code) {
				t.Errorf("%v, want code %s", err, test.code)
			}
			if _, dueErr := Due(p, friday); dueErr == nil || dueErr.Error() != err.Error() {
				t.Errorf("Due says %v, Plan %v", dueErr, err)
			}
		})
	}
}
