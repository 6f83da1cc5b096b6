package timetable

import (
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"dalaba/playlists"
)

// The dates are those that observatories publish; 2027 and 2030 are the years in which a new moon lies within minutes of
// midnight in Beijing, and 2033 the one whose leap month almanacs got wrong.
func TestLunarDaysAreThoseOfThePublishedCalendar(t *testing.T) {
	for _, test := range []struct{ day, want string }{
		{"1970-02-06", "1/1 of 30"},
		{"2000-02-05", "1/1 of 30"},
		{"2023-03-22", "2/1 of 29 leap"},
		{"2025-01-28", "12/29 of 29"},
		{"2025-01-29", "1/1 of 30"},
		{"2025-07-25", "6/1 of 29 leap"},
		{"2026-02-10", "12/23 of 29"},
		{"2026-02-16", "12/29 of 29"},
		{"2026-02-17", "1/1 of 30"},
		{"2026-09-25", "8/15 of 29"},
		{"2027-02-05", "12/29 of 29"},
		{"2027-02-06", "1/1 of 30"},
		{"2030-02-03", "1/1 of 29"},
		{"2033-12-22", "11/1 of 29 leap"},
		{"2034-02-19", "1/1 of 29"},
		{"2057-09-28", "8/30 of 30"},
		{"2100-02-09", "1/1 of 30"},
	} {
		var y lunarYear
		l, known := y.date(day(test.day))
		got := fmt.Sprintf("%d/%d of %d", l.month, l.day, l.length)
		if l.leap {
			got += " leap"
		}
		if !known || got != test.want {
			t.Errorf("%s is %s, want %s", test.day, got, test.want)
		}
	}
}

func TestLunarDaysFollowEachOtherInEveryKnownYear(t *testing.T) {
	var y lunarYear
	first, last := playlists.Date{Year: FirstLunarYear, Month: time.January, Day: 1}, playlists.Date{Year: LastLunarYear, Month: time.December, Day: 31}
	before, _ := y.date(first)
	leaps := make(map[int]int)
	for d := first.AddDays(1); d.Compare(last) <= 0; d = d.AddDays(1) {
		now, known := y.date(d)
		goesOn := now.day == before.day+1 && now.month == before.month && now.leap == before.leap && now.length == before.length
		begins := now.day == 1 && before.day == before.length &&
			(now.month == before.month%12+1 && !now.leap || now.month == before.month && now.leap && !before.leap)
		if !known || now.length < 29 || now.length > 30 || !goesOn && !begins {
			t.Fatalf("%s: %+v after %+v", d, now, before)
		}
		if begins && now.leap {
			leaps[d.Year] = now.month
		}
		before = now
	}
	// Seven leap months in nineteen years.
	if len(leaps) < 47 || len(leaps) > 49 {
		t.Errorf("%d leap months in %d years", len(leaps), LastLunarYear-FirstLunarYear+1)
	}
	for _, d := range []playlists.Date{first.AddDays(-1), last.AddDays(1), {}} {
		if l, known := y.date(d); known {
			t.Errorf("%s is outside of the known years and %+v", d, l)
		}
	}
}

func TestATimetableFiresOnItsLunarAndMarketDays(t *testing.T) {
	at8 := func(change func(*playlists.Timetable)) playlists.Timetable { return narrowed(daily("08:00"), change) }
	lunar := func(days ...playlists.LunarDay) playlists.Timetable {
		return at8(func(t *playlists.Timetable) { t.Lunar = days })
	}
	market := func(lunar bool, endings ...int) playlists.Timetable {
		return at8(func(t *playlists.Timetable) { t.Market = &playlists.Market{Endings: endings, Lunar: lunar} })
	}
	for _, test := range []struct {
		name, after string
		in          playlists.Timetable
		want        []string
	}{
		{"初一 and 十五, of leap months too", "2025-07-10", lunar(playlists.LunarDay{Day: 1}, playlists.LunarDay{Day: 15}), []string{"2025-07-25", "2025-08-08", "2025-08-23"}},
		{"腊月廿三", "2026-01-01", lunar(playlists.LunarDay{Month: 12, Day: 23}), []string{"2026-02-10", "2027-01-30", "2028-01-19"}},
		{"除夕 is the 29th or the 30th", "2025-01-01", lunar(playlists.LunarDay{Month: 12, Day: playlists.LastLunarDay}), []string{"2025-01-28", "2026-02-16", "2027-02-05"}},
		{"the 30th of each month that has it", "2026-02-01", lunar(playlists.LunarDay{Day: 30}), []string{"2026-03-18", "2026-05-16", "2026-08-12"}},
		{"an ordinary month is not its leap month", "2025-06-01", lunar(playlists.LunarDay{Month: 6, Day: 1}), []string{"2025-06-25", "2026-07-14", "2027-07-04"}},
		{"a leap month is not the ordinary one", "2025-06-01", lunar(playlists.LunarDay{Month: 6, Day: 1, Leap: true}), []string{"2025-07-25", "2036-07-23", "2055-07-24"}},
		{"三六九墟", "2026-01-25", market(false, 3, 6, 9), []string{"2026-01-26", "2026-01-29", "2026-02-03"}},
		{"a month's end has no number of its own", "2026-02-24", market(false, 0), []string{"2026-03-10", "2026-03-20", "2026-03-30"}},
		{"by the lunar calendar", "2026-02-16", market(true, 1, 5), []string{"2026-02-17", "2026-02-21", "2026-02-27"}},
		{"both a market and a lunar day", "2026-01-01", at8(func(t *playlists.Timetable) {
			t.Lunar, t.Market = []playlists.LunarDay{{Day: 1}}, &playlists.Market{Endings: []int{7}}
		}), []string{"2026-02-17", "2026-04-17", "2026-05-17"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			expectDays(t, test.in, test.after, test.want)
		})
	}
}

func TestATimetableKeepsToItsHolidaySets(t *testing.T) {
	sets := []playlists.HolidaySet{
		{Name: "春节", Dates: []playlists.Date{day("2026-02-17"), day("2026-02-16")}},
		{Name: "调休上班", Dates: []playlists.Date{day("2026-02-14"), day("2026-02-28")}},
	}
	for _, test := range []struct {
		name  string
		in    playlists.Timetable
		after string
		want  []string
	}{
		{"without a set", narrowed(daily("08:00"), func(t *playlists.Timetable) { t.ExceptHolidays = []string{"春节"} }), "2026-02-15", []string{"2026-02-15", "2026-02-18", "2026-02-19"}},
		{"only on days of a set", narrowed(daily("08:00"), func(t *playlists.Timetable) { t.OnlyHolidays = []string{"春节"} }), "2026-01-01", []string{"2026-02-16", "2026-02-17"}},
		{"on days of either", narrowed(daily("08:00"), func(t *playlists.Timetable) { t.OnlyHolidays = []string{"春节", "调休上班"} }), "2026-02-15", []string{"2026-02-16", "2026-02-17", "2026-02-28"}},
		{"on working days of a set", narrowed(cronTable("0 8 * * 6"), func(t *playlists.Timetable) { t.OnlyHolidays = []string{"春节", "调休上班"} }), "2026-01-01", []string{"2026-02-14", "2026-02-28"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			if err := Check(test.in, time.UTC, sets...); err != nil {
				t.Error(err)
			}
			expectDays(t, test.in, test.after, test.want, sets...)
		})
	}
}

// expectDays compares the days of the next firings with want, and then with what is due.
func expectDays(t *testing.T, table playlists.Timetable, after string, want []string, sets ...playlists.HolidaySet) {
	t.Helper()
	p := programme(playlists.Round{Name: "r", Timetable: table})
	p.Holidays = sets
	zone := instant(t, p.Zone, after+" 00:00:00").Location()
	var got, due []string
	next := Next(table, zone, instant(t, p.Zone, after+" 00:00:00"), 3, sets...)
	for _, at := range next {
		got = append(got, at.Format(time.DateOnly))
		airings, err := Due(p, playlists.DateOf(at))
		if err != nil {
			t.Fatal(err)
		}
		for _, a := range airings {
			due = append(due, a.Due.In(zone).Format(time.DateOnly))
		}
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff(want, due); diff != "" {
		t.Errorf("due otherwise:\n%s", diff)
	}
}

func TestCheckRefusesDaysThatThereAreNot(t *testing.T) {
	with := func(change func(*playlists.Timetable)) playlists.Timetable { return narrowed(daily("08:00"), change) }
	lunar := func(l playlists.LunarDay) playlists.Timetable {
		return with(func(t *playlists.Timetable) { t.Lunar = []playlists.LunarDay{l} })
	}
	expectCodes(t, []checkCase{
		{"a set of nowhere", with(func(t *playlists.Timetable) { t.ExceptHolidays = []string{"春节"} }), []string{"holiday_unknown timetable.except_holidays"}},
		{"too many sets", with(func(t *playlists.Timetable) { t.OnlyHolidays = make([]string, MaxHolidays+1) }), []string{"holidays_too_many timetable.only_holidays"}},
		{"lunar day 31", lunar(playlists.LunarDay{Day: 31}), []string{"lunar_range timetable.lunar"}},
		{"no lunar day", lunar(playlists.LunarDay{Month: 1}), []string{"lunar_range timetable.lunar"}},
		{"lunar month 13", lunar(playlists.LunarDay{Month: 13, Day: 1}), []string{"lunar_range timetable.lunar"}},
		{"a leap month without a number", lunar(playlists.LunarDay{Day: 1, Leap: true}), []string{"lunar_range timetable.lunar"}},
		{"a leap month that no year here has", lunar(playlists.LunarDay{Month: 1, Day: 1, Leap: true}), []string{"timetable_never_fires timetable"}},
		{"too many lunar days", with(func(t *playlists.Timetable) { t.Lunar = make([]playlists.LunarDay, MaxLunar+1) }), []string{"lunar_too_many timetable.lunar", "lunar_range timetable.lunar"}},
		{"beyond what is known of the moon", with(func(t *playlists.Timetable) {
			t.Lunar, t.From = []playlists.LunarDay{{Day: 1}}, playlists.Date{Year: LastLunarYear + 1, Month: 1, Day: 1}
		}), []string{"lunar_unknown_year timetable"}},
		{"before it", with(func(t *playlists.Timetable) {
			t.Market, t.Until = &playlists.Market{Endings: []int{1}, Lunar: true}, playlists.Date{Year: FirstLunarYear - 1, Month: 1, Day: 1}
		}), []string{"lunar_unknown_year timetable"}},
		{"market days without a number", with(func(t *playlists.Timetable) { t.Market = &playlists.Market{} }), []string{"market_range timetable.market"}},
		{"market days that end in ten", with(func(t *playlists.Timetable) { t.Market = &playlists.Market{Endings: []int{10}} }), []string{"market_range timetable.market"}},
		{"a lunar day outside of its dates", with(func(t *playlists.Timetable) {
			t.Lunar, t.From, t.Until = []playlists.LunarDay{{Month: 12, Day: 23}}, day("2026-03-01"), day("2026-12-31")
		}), []string{"timetable_never_fires timetable"}},
	})
}

func TestHolidaySetsCoverEverythingOrAreRefused(t *testing.T) {
	week := playlists.HolidaySet{Name: "假日", Dates: []playlists.Date{day("2026-02-02"), day("2026-02-03")}}
	both := narrowed(daily("08:00"), func(t *playlists.Timetable) {
		t.From, t.Until, t.ExceptHolidays = day("2026-02-02"), day("2026-02-03"), []string{"假日"}
	})
	same := narrowed(daily("08:00"), func(t *playlists.Timetable) {
		t.OnlyHolidays, t.ExceptHolidays = []string{"假日"}, []string{"假日"}
	})
	long := playlists.HolidaySet{Name: "长", Dates: make([]playlists.Date, MaxExcept+1)}
	for _, test := range []struct {
		name string
		in   playlists.Timetable
		sets []playlists.HolidaySet
		want string
	}{
		{"a set that covers everything", both, []playlists.HolidaySet{week}, "except_covers_all"},
		{"what one set asks for another leaves out", same, []playlists.HolidaySet{week}, "except_covers_all"},
		{"one name twice", daily("08:00"), []playlists.HolidaySet{week, week}, "holidays_twice"},
		{"no name", daily("08:00"), []playlists.HolidaySet{{}}, "holidays_twice"},
		{"a set too long", daily("08:00"), []playlists.HolidaySet{long}, "holidays_too_long"},
		{"too many sets", daily("08:00"), make([]playlists.HolidaySet, MaxHolidays+1), "holidays_too_many"},
	} {
		t.Run(test.name, func(t *testing.T) {
			problem := playlists.ProblemOf(Check(test.in, time.UTC, test.sets...))
			if problem == nil || problem.Code != test.want {
				t.Errorf("%v, want %s", problem, test.want)
			}
			if next := Next(test.in, time.UTC, time.Time{}, 1, test.sets...); len(next) > 0 {
				t.Errorf("fires at %s", next)
			}
		})
	}
}
