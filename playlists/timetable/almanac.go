package timetable

import (
	"slices"

	"dalaba/playlists"
)

// almanac is what timetables ask about days beyond their date and weekday.
type almanac struct {
	holidays map[string]map[playlists.Date]struct{}
	lunar    lunarYear
}

// newAlmanac takes up sets, and tells what is wrong with them.
func newAlmanac(sets []playlists.HolidaySet) (*almanac, *playlists.Problem) {
	a := &almanac{}
	mistake := func(code string, args map[string]any) *playlists.Problem {
		return &playlists.Problem{Kind: playlists.Invalid, Code: code, Field: "holidays", Args: args}
	}
	if len(sets) > MaxHolidays {
		return a, mistake("holidays_too_many", map[string]any{"max": MaxHolidays})
	}
	if len(sets) > 0 {
		a.holidays = make(map[string]map[playlists.Date]struct{}, len(sets))
	}
	for _, set := range sets {
		if len(set.Dates) > MaxExcept {
			return a, mistake("holidays_too_long", map[string]any{"name": set.Name, "max": MaxExcept})
		}
		if a.holidays[set.Name] != nil || set.Name == "" {
			return a, mistake("holidays_twice", map[string]any{"name": set.Name})
		}
		days := make(map[playlists.Date]struct{}, len(set.Dates))
		for _, d := range set.Dates {
			days[d] = struct{}{}
		}
		a.holidays[set.Name] = days
	}
	return a, nil
}

// in returns the first of the named sets that d belongs to, or "".
func (a *almanac) in(names []string, d playlists.Date) string {
	for _, name := range names {
		if _, ok := a.holidays[name][d]; ok {
			return name
		}
	}
	return ""
}

// onLunar tells whether d is one of the named lunar days.
func (a *almanac) onLunar(named []playlists.LunarDay, d playlists.Date) bool {
	day, known := a.lunar.date(d)
	return known && slices.ContainsFunc(named, day.is)
}

// onMarket tells whether d is a market day.
func (a *almanac) onMarket(m *playlists.Market, d playlists.Date) bool {
	number := d.Day
	if m.Lunar {
		day, known := a.lunar.date(d)
		if !known {
			return false
		}
		number = day.day
	}
	return slices.Contains(m.Endings, number%10)
}
