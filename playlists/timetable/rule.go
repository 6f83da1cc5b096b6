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
func newRule(t *playlists.Timetable) (*rule, []*playlists.Problem) {
	r := &rule{Timetable: t, weekdays: everyDay}
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
	if len(t.Weekdays) > 0 {
		r.weekdays = 0
	}
	for _, w := range t.Weekdays {
		if w < 1 || w > 7 {
			mistake("weekday_range", "timetable.weekdays", map[string]any{"weekday": w})
			break
		}
		r.weekdays |= 1 << (w % 7)
	}
	if !t.From.IsZero() && !t.Until.IsZero() && t.Until.Compare(t.From) < 0 {
		mistake("until_before_from", "timetable.until", map[string]any{"from": t.From.String(), "until": t.Until.String()})
	}
	if len(t.Except) > MaxExcept {
		mistake("except_too_many", "timetable.except", map[string]any{"max": MaxExcept})
	}
	return r, problems
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
func (r *rule) on(d playlists.Date) bool {
	return r.weekdays&(1<<d.Weekday()) != 0 &&
		(r.From.IsZero() || d.Compare(r.From) >= 0) &&
		(r.Until.IsZero() || d.Compare(r.Until) <= 0) &&
		!slices.Contains(r.Except, d)
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
