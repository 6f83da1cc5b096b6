package rounds

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"dalaba/playlists"
)

func january(days ...int) []playlists.Date {
	var dates []playlists.Date
	for _, day := range days {
		dates = append(dates, playlists.Date{Year: 2026, Month: 1, Day: day})
	}
	return dates
}

func TestHolidaysTravelWithTheRoundsThatNameThem(t *testing.T) {
	f := newFixture(t)
	rest := playlists.HolidaySet{Name: "放假", Dates: january(25, 24, 24)}
	must[Holidays](t)(f.SaveHolidays(t.Context(), rest, "关主任"))
	must[Holidays](t)(f.SaveHolidays(t.Context(), playlists.HolidaySet{Name: "补班", Dates: january(31)}, "关主任"))
	draft := daily("晨播", f.list().ID, 7, 30, laoling)
	draft.Timetable.ExceptHolidays = []string{"放假"}
	round := must[Round](t)(f.CreateRound(t.Context(), draft))
	rest.Dates = january(24, 25)
	if diff := cmp.Diff([]playlists.HolidaySet{rest}, f.read("laoling").Holidays); diff != "" {
		t.Errorf("holidays in the programme (-want +got):\n%s", diff)
	}
	next := f.Next(must[Round](t)(f.Round(t.Context(), round.ID)), f.clock(), 2)
	if len(next) != 2 || next[1].In(shanghai(t)).Day() != 26 {
		t.Errorf("falls due at %v", next)
	}
	f.pass(time.Hour)
	f.told()
	rest.Dates = january(26)
	must[Holidays](t)(f.SaveHolidays(t.Context(), rest, "李四"))
	if p := f.read("laoling"); !cmp.Equal(f.told(), ids{"laoling"}) || p.Holidays[0].Dates[0].Day != 26 || !p.Rounds[0].Since.Equal(f.clock()) {
		t.Errorf("new days: %+v since %v", p.Holidays, p.Rounds[0].Since)
	}
	if diff := cmp.Diff([]string{"holidays_in_use"}, codes(f.RemoveHolidays(t.Context(), "放假", "李四"))); diff != "" {
		t.Errorf("removing what is used (-want +got):\n%s", diff)
	}
	f.ok(f.RemoveHolidays(t.Context(), "补班", "李四"))
	f.ok(f.RemoveRound(t.Context(), round.ID, "李四"))
	f.ok(f.RemoveHolidays(t.Context(), "放假", "李四"))
	if all := must[[]Holidays](t)(f.Holidays(t.Context())); all != nil {
		t.Errorf("kept: %+v", all)
	}
}

func TestHolidaysThatCannotBeAreRefused(t *testing.T) {
	f := newFixture(t)
	for _, test := range []struct {
		name string
		in   playlists.HolidaySet
		want []string
	}{
		{"without a name", playlists.HolidaySet{Dates: january(1)}, []string{"text_missing name"}},
		{"without a day", playlists.HolidaySet{Name: "放假"}, []string{"holidays_empty days"}},
		{"with too many", playlists.HolidaySet{Name: "放假", Dates: manyDays()}, []string{"holidays_too_long days"}},
		{"of no year", playlists.HolidaySet{Name: "放假", Dates: []playlists.Date{{}}}, []string{"moment_out_of_range days"}},
	} {
		_, err := f.SaveHolidays(t.Context(), test.in, "关主任")
		if diff := cmp.Diff(test.want, codes(err)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", test.name, diff)
		}
	}
	for i := range 21 {
		_, err := f.SaveHolidays(t.Context(), playlists.HolidaySet{Name: string(rune('a' + i)), Dates: january(1)}, "关主任")
		if refused := cmp.Equal(codes(err), []string{"holidays_too_many name"}); refused != (i == 20) {
			t.Errorf("set %d: %v", i+1, err)
		}
	}
	draft := daily("晨播", f.list().ID, 7, 30, laoling)
	draft.Timetable.OnlyHolidays = []string{"没有"}
	_, err := f.CreateRound(t.Context(), draft)
	if diff := cmp.Diff([]string{"holiday_unknown timetable.only_holidays"}, codes(err)); diff != "" {
		t.Errorf("a round that names no set (-want +got):\n%s", diff)
	}
}

func manyDays() []playlists.Date {
	dates := january(1)
	for len(dates) <= 1000 {
		dates = append(dates, dates[len(dates)-1].AddDays(1))
	}
	return dates
}
