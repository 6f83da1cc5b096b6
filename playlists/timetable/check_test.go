package timetable

import (
	"errors"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"dalaba/playlists"
)

// codes returns "code field" for each problem in err, in order.
func codes(t *testing.T, err error) []string {
	t.Helper()
	if err == nil {
		return nil
	}
	var joined interface{ Unwrap() []error }
	if !errors.As(err, &joined) {
		t.Fatalf("not joined: %v", err)
	}
	var found []string
	for _, one := range joined.Unwrap() {
		p := playlists.ProblemOf(one)
		if p == nil || p.Kind != playlists.Invalid {
			t.Fatalf("not a problem that a person can mend: %v", one)
		}
		found = append(found, p.Code+" "+p.Field)
	}
	return found
}

// cronTable, narrowed and day write timetables shortly.
func cronTable(s string) playlists.Timetable { return playlists.Timetable{Cron: s} }

func narrowed(t playlists.Timetable, change func(*playlists.Timetable)) playlists.Timetable {
	change(&t)
	return t
}

func day(s string) playlists.Date {
	d, err := playlists.ParseDate(s)
	if err != nil {
		panic(err)
	}
	return d
}

type checkCase struct {
	name string
	in   playlists.Timetable
	want []string
}

func expectCodes(t *testing.T, cases []checkCase) {
	for _, test := range cases {
		t.Run(test.name, func(t *testing.T) {
			if diff := cmp.Diff(test.want, codes(t, Check(test.in, time.UTC))); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestCheckLetsThroughWhatFires(t *testing.T) {
	hourly := every(60, "07:00", "19:00")
	expectCodes(t, []checkCase{
		{"every two hours", hourly, nil},
		{"past midnight", every(30, "23:00", "01:00"), nil},
		{"once a day", daily("07:30"), nil},
		{"to the end of the day", every(1, "00:00", "24:00"), nil},
		{"ordinary cron", cronTable("30 7 * * 1-5"), nil},
		{"cron with names", cronTable("0 8,18 * jan-mar mon,FRI"), nil},
		{"leap days only", cronTable("0 8 29 2 *"), nil},
		{"leap days on a Monday", narrowed(cronTable("0 8 29 2 *"), func(t *playlists.Timetable) { t.Weekdays = []int{1} }), nil},
		{"a day that has passed", narrowed(hourly, func(t *playlists.Timetable) { t.Until = day("2001-02-03") }), nil},
	})
}

func TestCheckRefusesCronThatIsNotPlain(t *testing.T) {
	expectCodes(t, []checkCase{
		{"31 February", cronTable("0 8 31 2 *"), []string{"cron_never_fires timetable.cron"}},
		{"a zone that makes the parser panic", cronTable("TZ=0"), []string{"cron_zone timetable.cron"}},
		{"a zone", cronTable("CRON_TZ=Europe/Berlin 0 8 * * *"), []string{"cron_zone timetable.cron"}},
		{"a zone behind a space", cronTable(" TZ=0 8 * * *"), []string{"cron_zone timetable.cron"}},
		{"@every", cronTable("@every 1s"), []string{"cron_descriptor timetable.cron"}},
		{"@daily", cronTable("@daily"), []string{"cron_descriptor timetable.cron"}},
		{"with seconds", cronTable("0 30 7 * * *"), []string{"cron_syntax timetable.cron"}},
		{"four fields", cronTable("30 7 * *"), []string{"cron_syntax timetable.cron"}},
		{"a field of nothing", cronTable(", 7 * * *"), []string{"cron_syntax timetable.cron"}},
		{"minute 60", cronTable("60 7 * * *"), []string{"cron_syntax timetable.cron"}},
		{"only spaces", cronTable("   "), []string{"cron_syntax timetable.cron"}},
		{"too long", cronTable("0 0 1" + string(make([]byte, MaxCron)) + " * *"), []string{"cron_syntax timetable.cron"}},
	})
}

func TestCheckNamesEveryMistake(t *testing.T) {
	hourly := every(60, "07:00", "19:00")
	expectCodes(t, []checkCase{
		{"nothing", playlists.Timetable{}, []string{"timetable_empty timetable"}},
		{"both", narrowed(hourly, func(t *playlists.Timetable) { t.Cron = "* * * * *" }), []string{"timetable_both timetable"}},
		{"no step", every(0, "07:00", "08:00"), []string{"every_minutes_range timetable.every.minutes"}},
		{"backward", every(-5, "07:00", "08:00"), []string{"every_minutes_range timetable.every.minutes"}},
		{"more than a day", every(1441, "07:00", "08:00"), []string{"every_minutes_range timetable.every.minutes"}},
		{"a window that begins when its day is over", every(5, "24:00", "01:00"), []string{"every_from_range timetable.every.from"}},
		{"a window out of the day", playlists.Timetable{Every: &playlists.Every{Minutes: 1, From: -1, To: 90_000}}, []string{
			"every_from_range timetable.every.from", "every_to_range timetable.every.to",
		}},
		{"weekday 0", narrowed(hourly, func(t *playlists.Timetable) { t.Weekdays = []int{0} }), []string{"weekday_range timetable.weekdays"}},
		{"weekday 8", narrowed(hourly, func(t *playlists.Timetable) { t.Weekdays = []int{7, 8} }), []string{"weekday_range timetable.weekdays"}},
		{"ends before it begins", narrowed(hourly, func(t *playlists.Timetable) {
			t.From, t.Until = day("2026-02-01"), day("2026-01-31")
		}), []string{"until_before_from timetable.until"}},
		{"exceptions cover everything", narrowed(hourly, func(t *playlists.Timetable) {
			t.From, t.Until = day("2026-02-01"), day("2026-02-02")
			t.Except = []playlists.Date{day("2026-02-02"), day("2026-02-01")}
		}), []string{"except_covers_all timetable.except"}},
		{"no such weekday between the dates", narrowed(hourly, func(t *playlists.Timetable) {
			t.From, t.Until, t.Weekdays = day("2026-01-31"), day("2026-02-01"), []int{1}
		}), []string{"timetable_never_fires timetable"}},
		{"a cron outside its dates", narrowed(cronTable("0 8 1 5 *"), func(t *playlists.Timetable) {
			t.From, t.Until = day("2026-01-31"), day("2026-02-01")
		}), []string{"timetable_never_fires timetable"}},
		{"too many exceptions", narrowed(hourly, func(t *playlists.Timetable) {
			t.Except = make([]playlists.Date, MaxExcept+1)
		}), []string{"except_too_many timetable.except"}},
		{"several at once", narrowed(cronTable("@every 1s"), func(t *playlists.Timetable) {
			t.Weekdays, t.From, t.Until = []int{9}, day("2026-02-01"), day("2026-01-31")
		}), []string{"cron_descriptor timetable.cron", "weekday_range timetable.weekdays", "until_before_from timetable.until"}},
	})
}

func TestNextShowsWhatPlanWillFire(t *testing.T) {
	for _, test := range []struct {
		name  string
		in    playlists.Timetable
		zone  string
		after string
		n     int
		want  []string
	}{
		{"the next is later than now", daily("07:30"), "Asia/Shanghai", "2026-01-23 07:30:00", 2, []string{"2026-01-24 07:30:00", "2026-01-25 07:30:00"}},
		{"now lies in a window past midnight", every(60, "22:00", "02:00"), "Asia/Shanghai", "2026-01-23 23:30:00", 4, []string{
			"2026-01-24 00:00:00", "2026-01-24 01:00:00", "2026-01-24 02:00:00", "2026-01-24 22:00:00",
		}},
		{
			"a window past midnight keeps the weekday on which it began",
			playlists.Timetable{Every: every(60, "23:00", "01:00").Every, Weekdays: []int{7}},
			"Asia/Shanghai", "2026-01-26 00:00:00", 2,
			[]string{"2026-01-26 01:00:00", "2026-02-01 23:00:00"},
		},
		{"24:00 is 00:00 of the next day", every(30, "23:30", "24:00"), "Asia/Shanghai", "2026-01-23 23:30:00", 2, []string{"2026-01-24 00:00:00", "2026-01-24 23:30:00"}},
		{"29 February", playlists.Timetable{Cron: "0 8 29 2 *"}, "Asia/Shanghai", "2026-01-01 00:00:00", 3, []string{
			"2028-02-29 08:00:00", "2032-02-29 08:00:00", "2036-02-29 08:00:00",
		}},
		{"nothing after the last day", playlists.Timetable{Cron: "0 8 * * *", Until: playlists.Date{Year: 2026, Month: 1, Day: 24}}, "Asia/Shanghai", "2026-01-23 09:00:00", 9, []string{"2026-01-24 08:00:00"}},
		{"a time that clocks skip fires after the gap", playlists.Timetable{Cron: "30 2 * * *"}, "Europe/Berlin", "2026-03-28 12:00:00", 2, []string{
			"2026-03-29 03:30:00", "2026-03-30 02:30:00",
		}},
		{"what is refused has none", playlists.Timetable{Cron: "TZ=0"}, "Asia/Shanghai", "2026-01-23 09:00:00", 9, nil},
		{"none wanted", daily("07:30"), "Asia/Shanghai", "2026-01-23 07:30:00", -1, nil},
	} {
		t.Run(test.name, func(t *testing.T) {
			after := instant(t, test.zone, test.after)
			var got []string
			for _, at := range Next(test.in, after.Location(), after, test.n) {
				got = append(got, at.Format(time.DateTime))
			}
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// FuzzCheck holds Check to its word: it never panics, and what it lets through fires.
func FuzzCheck(f *testing.F) {
	for _, seed := range []string{
		"30 7 * * *", "0 8 29 2 *", "0 8 31 2 *", "TZ=0", "CRON_TZ=Asia/Shanghai 0 0 * * *", "@every 1h", "*/7 1-5/2 ? * mon-fri",
		", , , , ,", "* * * * 7", "1-99999999999999999999 * * * *", "*/18446744073709551615 * * * *", "-1 - / * *", "",
	} {
		f.Add(seed, 0, int32(0), int32(0), uint8(0), int16(0), int16(0))
	}
	f.Add("", 45, int32(82_800), int32(3_600), uint8(0b100_0001), int16(20), int16(30))
	f.Add("", 1440, int32(0), int32(86_400), uint8(1), int16(-5), int16(1))
	f.Fuzz(func(t *testing.T, cron string, minutes int, from, to int32, weekdays uint8, first, last int16) {
		table := playlists.Timetable{Cron: cron}
		if cron == "" {
			table.Every = &playlists.Every{Minutes: minutes, From: playlists.TimeOfDay(from), To: playlists.TimeOfDay(to)}
		}
		for w := 1; w <= 7; w++ {
			if weekdays&(1<<w) != 0 {
				table.Weekdays = append(table.Weekdays, w)
			}
		}
		origin := playlists.Date{Year: 2026, Month: time.January, Day: 1}
		if first != 0 {
			table.From = origin.AddDays(int(first))
		}
		if last != 0 {
			table.Until = origin.AddDays(int(last))
		}
		if Check(table, time.UTC) != nil {
			return
		}
		begin := origin
		if first != 0 {
			begin = table.From
		} else if last != 0 {
			begin = table.Until.AddDays(-horizonDays)
		}
		if len(Next(table, time.UTC, begin.Midnight(time.UTC).Add(-time.Second), 1)) == 0 {
			t.Errorf("Check lets %+v through, and it does not fire from %s on", table, begin)
		}
	})
}
