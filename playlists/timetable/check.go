package timetable

import (
	"errors"
	"slices"
	"time"

	"dalaba/playlists"
)

// horizonDays is how far ahead a firing is looked for: 29 February falls on each weekday within 28 years, or 40 where
// a century leaves it out.
const horizonDays = 40 * 366

// maxLooks bounds how many days are looked at for one firing; MaxExcept of them can be exceptions.
const maxLooks = 20_000

// Check returns nil for a timetable that a round can have, else every mistake in it, joined, each as a
// *playlists.Problem whose Field is a path in a round. A timetable that would never fire is a mistake too; one whose
// last day has passed is not: Check knows no now. Rules are reckoned in civil time, so no zone makes a difference.
// Holidays are the sets that there are.
func Check(t playlists.Timetable, _ *time.Location, holidays ...playlists.HolidaySet) error {
	days, problem := newAlmanac(holidays)
	if problem != nil {
		return problem
	}
	r, problems := newRule(&t, days)
	if len(problems) == 0 {
		if p := r.checkFires(); p != nil {
			problems = append(problems, p)
		}
	}
	return join(problems)
}

func join(problems []*playlists.Problem) error {
	errs := make([]error, len(problems))
	for i, p := range problems {
		errs[i] = p
	}
	return errors.Join(errs...)
}

// checkFires returns what keeps r from ever firing, or nil.
func (r *rule) checkFires() *playlists.Problem {
	// Where nothing says from when, any time will do: the calendar repeats itself.
	someDay := playlists.Date{Year: 2000, Month: time.January, Day: 1}
	start := someDay
	if !r.From.IsZero() {
		start = r.From
	} else if !r.Until.IsZero() {
		start = r.Until.AddDays(-horizonDays)
	}
	never := func(code, field string) *playlists.Problem {
		return &playlists.Problem{Kind: playlists.Invalid, Code: code, Field: field}
	}
	if r.cron != nil {
		if _, ok := cronDate(r.cron, someDay); !ok {
			return never("cron_never_fires", "timetable.cron")
		}
	}
	if len(r.Lunar) > 0 || r.Market != nil && r.Market.Lunar {
		known := playlists.Date{Year: LastLunarYear, Month: time.December, Day: 31}
		if start.Compare(known) > 0 || !r.Until.IsZero() && r.Until.Year < FirstLunarYear {
			return never("lunar_unknown_year", "timetable")
		}
	}
	if _, ok := r.next(start); ok {
		return nil
	}
	bare := *r.Timetable
	bare.Except, bare.ExceptHolidays = nil, nil
	r.Timetable = &bare
	if _, ok := r.next(start); ok {
		return never("except_covers_all", "timetable.except")
	}
	return never("timetable_never_fires", "timetable")
}

// next returns the first day at or after d to which a firing belongs.
func (r *rule) next(d playlists.Date) (playlists.Date, bool) {
	if !r.From.IsZero() && d.Compare(r.From) < 0 {
		d = r.From
	}
	if len(r.OnlyHolidays) > 0 {
		return r.nextHoliday(d)
	}
	last := d.AddDays(horizonDays)
	if !r.Until.IsZero() && r.Until.Compare(last) < 0 {
		last = r.Until
	}
	for looks := 0; looks < maxLooks; looks++ {
		if r.cron != nil {
			fires, ok := cronDate(r.cron, d)
			if !ok {
				return playlists.Date{}, false
			}
			d = fires
		}
		if d.Compare(last) > 0 {
			break
		}
		if r.on(d) {
			return d, true
		}
		d = d.AddDays(1)
	}
	return playlists.Date{}, false
}

// nextHoliday returns the first day at or after d to which a firing belongs, of a rule that fires on holidays only.
func (r *rule) nextHoliday(d playlists.Date) (first playlists.Date, ok bool) {
	for _, name := range r.OnlyHolidays {
		for day := range r.holidays[name] {
			if day.Compare(d) < 0 || ok && day.Compare(first) >= 0 || !r.on(day) {
				continue
			}
			if r.cron == nil || cronOn(r.cron, day) {
				first, ok = day, true
			}
		}
	}
	return first, ok
}

// endYear is the first in which Next finds nothing: what comes after it has no text form.
const endYear = 9999

// maxNext bounds what Next returns: it is for a person to read.
const maxNext = 1_000

// Next returns the first n instants after after at which t fires, in loc, fewer when there are no more, and none for a
// t that Check refuses. A nil loc means UTC. Holidays are the sets that there are.
func Next(t playlists.Timetable, loc *time.Location, after time.Time, n int, holidays ...playlists.HolidaySet) []time.Time {
	if loc == nil {
		loc = time.UTC
	}
	days, problem := newAlmanac(holidays)
	if problem != nil {
		return nil
	}
	r, problems := newRule(&t, days)
	if len(problems) > 0 {
		return nil
	}
	n = min(n, maxNext)
	var found []time.Time
	for d := playlists.DateOf(after.In(loc)); len(found) < n; d = d.AddDays(1) {
		// What belongs to the day before may be due on this one.
		belongs, ok := r.next(d.AddDays(-1))
		if !ok {
			break
		}
		if belongs.Compare(d) > 0 {
			d = belongs
		}
		if d.Year >= endYear {
			break
		}
		found = r.moments(found, d, loc)
		found = slices.DeleteFunc(found, func(at time.Time) bool { return !at.After(after) })
	}
	return found[:max(0, min(n, len(found)))]
}
