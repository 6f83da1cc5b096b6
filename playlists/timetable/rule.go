package timetable

import (
	"slices"
	"time"

	"github.com/robfig/cron/v3"

	"dalaba/playlists"
)

// rule is a timetable made ready to be asked.
type rule struct {
	*playlists.Timetable
	*almanac
	// cron is nil where Every is set.
	cron *cron.SpecSchedule
	// weekdays has the bit 1<<time.Weekday for each day on which it fires.
	weekdays uint8
	// times is room for one day's civil times.
	times []playlists.TimeOfDay
}

// everyDay is the weekdays of a rule that names none.
const everyDay = 1<<7 - 1

// newRule reads t, and tells every mistake that can be seen without asking for firings. Fields are paths in a round.
func newRule(t *playlists.Timetable, days *almanac) (*rule, []*playlists.Problem) {
	r := &rule{Timetable: t, almanac: days, weekdays: everyDay}
	var problems []*playlists.Problem
	mistake := func(code, field string, args map[string]any) {
		problems = append(problems, &playlists.Problem{Kind: playlists.Invalid, Code: code, Field: field, Args: args})
	}
	switch {
	case t.Cron != "" && t.Every != nil:
		mistake("timetable_both", "timetable", nil)
	case t.Cron != "":
		schedule, problem := parseCron(t.Cron)
		if problem != nil {
			problems = append(problems, problem)
		}
		r.cron = schedule
	case t.Every != nil:
		checkEvery(t.Every, mistake)
	default:
		mistake("timetable_empty", "timetable", nil)
	}
	r.checkWeekdays(mistake)
	if !t.From.IsZero() && !t.Until.IsZero() && t.Until.Compare(t.From) < 0 {
		mistake("until_before_from", "timetable.until", map[string]any{"from": t.From.String(), "until": t.Until.String()})
	}
	if len(t.Except) > MaxExcept {
		mistake("except_too_many", "timetable.except", map[string]any{"max": MaxExcept})
	}
	r.checkAlmanac(mistake)
	return r, problems
}

func (r *rule) checkWeekdays(mistake func(code, field string, args map[string]any)) {
	if len(r.Weekdays) > 0 {
		r.weekdays = 0
	}
	for _, w := range r.Weekdays {
		if w < 1 || w > 7 {
			mistake("weekday_range", "timetable.weekdays", map[string]any{"weekday": w})
			return
		}
		r.weekdays |= 1 << (w % 7)
	}
}

// checkAlmanac checks what is asked of the almanac.
func (r *rule) checkAlmanac(mistake func(code, field string, args map[string]any)) {
	for _, named := range [...]struct {
		field string
		sets  []string
	}{{"timetable.except_holidays", r.ExceptHolidays}, {"timetable.only_holidays", r.OnlyHolidays}} {
		if len(named.sets) > MaxHolidays {
			mistake("holidays_too_many", named.field, map[string]any{"max": MaxHolidays})
			continue
		}
		for _, name := range named.sets {
			if _, known := r.holidays[name]; !known {
				mistake("holiday_unknown", named.field, map[string]any{"name": name})
			}
		}
	}
	if len(r.Lunar) > MaxLunar {
		mistake("lunar_too_many", "timetable.lunar", map[string]any{"max": MaxLunar})
	}
	for _, l := range r.Lunar {
		inMonth := l.Day >= 1 && l.Day <= 30 || l.Day == playlists.LastLunarDay
		if l.Month < 0 || l.Month > 12 || !inMonth || l.Leap && l.Month == 0 {
			mistake("lunar_range", "timetable.lunar", map[string]any{"month": l.Month, "day": l.Day})
			break
		}
	}
	if m := r.Market; m != nil {
		outside := func(ending int) bool { return ending < 0 || ending > 9 }
		if len(m.Endings) == 0 || len(m.Endings) > 10 || slices.ContainsFunc(m.Endings, outside) {
			mistake("market_range", "timetable.market", nil)
		}
	}
}

func checkEvery(e *playlists.Every, mistake func(code, field string, args map[string]any)) {
	if e.Minutes < 1 || e.Minutes > MaxFirings {
		mistake("every_minutes_range", "timetable.every.minutes", map[string]any{"max": MaxFirings})
	}
	if e.From < 0 || e.From >= playlists.EndOfDay {
		mistake("every_from_range", "timetable.every.from", nil)
	}
	if e.To < 0 || e.To > playlists.EndOfDay {
		mistake("every_to_range", "timetable.every.to", nil)
	}
}

// on tells whether the rule's days include d; its cron expression may still have nothing on it.
func (r *rule) on(d playlists.Date) bool { return r.offBy(d) == "" }

// offBy returns what keeps the rule's days from including d, or "". What bounds the rule for good comes first.
func (r *rule) offBy(d playlists.Date) Off {
	switch {
	case !r.From.IsZero() && d.Compare(r.From) < 0:
		return OffNotBegun
	case !r.Until.IsZero() && d.Compare(r.Until) > 0:
		return OffEnded
	case r.weekdays&(1<<d.Weekday()) == 0:
		return OffWeekday
	case slices.Contains(r.Except, d):
		return OffExcepted
	case len(r.ExceptHolidays) > 0 && r.in(r.ExceptHolidays, d) != "":
		return OffHoliday
	case len(r.OnlyHolidays) > 0 && r.in(r.OnlyHolidays, d) == "":
		return OffNoHoliday
	case len(r.Lunar) > 0 && !r.onLunar(r.Lunar, d):
		return OffLunar
	case r.Market != nil && !r.onMarket(r.Market, d):
		return OffMarket
	}
	return ""
}

// window returns the first and the last second of Every, the last beyond 24:00 where the window runs past midnight.
func (r *rule) window() (from, to playlists.TimeOfDay) {
	from, to = r.Every.From, r.Every.To
	if to < from {
		to += playlists.EndOfDay
	}
	return from, to
}

// civil returns the civil times of the firings that belong to d, in order. Those beyond 24:00 are on the day after.
// The result is good until the next call.
func (r *rule) civil(d playlists.Date) []playlists.TimeOfDay {
	r.times = r.times[:0]
	switch {
	case !r.on(d):
	case r.cron != nil:
		r.times = appendCron(r.times, r.cron, d)
	default:
		from, to := r.window()
		for t := from; t <= to; t += playlists.TimeOfDay(r.Every.Minutes * 60) {
			r.times = append(r.times, t)
		}
	}
	return r.times
}

// moments appends the instants of day in loc at which the rule fires, in order, each once.
func (r *rule) moments(moments []time.Time, day playlists.Date, loc *time.Location) []time.Time {
	begin, end := day.Midnight(loc), day.AddDays(1).Midnight(loc)
	first := len(moments)
	collect := func(d playlists.Date) {
		for _, t := range r.civil(d) {
			if at := t.On(d, loc); !at.Before(begin) && at.Before(end) {
				moments = append(moments, at)
			}
		}
	}
	if r.Every != nil {
		if _, to := r.window(); to >= playlists.EndOfDay {
			collect(day.AddDays(-1))
		}
	}
	collect(day)
	found := moments[first:]
	slices.SortFunc(found, time.Time.Compare)
	found = slices.CompactFunc(found, time.Time.Equal)
	return moments[:first+len(found)]
}
