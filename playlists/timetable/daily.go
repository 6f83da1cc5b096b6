package timetable

import (
	"time"

	"dalaba/playlists"
)

// pastMidnight tells whether a daily span from one time to another ends on the day after.
func pastMidnight(from, to playlists.TimeOfDay) bool { return to <= from }

// quiet returns when the day is silent. A rule that is lifted begins again at its LiftedUntil.
func (d *calendarDay) quiet() spans {
	var list []span
	for _, q := range d.Quiet {
		for _, day := range [...]playlists.Date{d.date.AddDays(-1), d.date} {
			last := day
			if pastMidnight(q.From, q.To) {
				last = day.AddDays(1)
			}
			begin, end := q.From.On(day, d.zone), q.To.On(last, d.zone)
			if begin.Before(q.LiftedUntil) {
				begin = q.LiftedUntil
			}
			list = append(list, span{begin: d.since(begin), end: d.since(end), cause: playlists.CauseQuietHours})
		}
	}
	return newSpans(list)
}

// volume returns the percent that holds at the instant at: of several rules the last wins.
func (d *calendarDay) volume(at time.Time) int {
	hour, minute, second := at.In(d.zone).Clock()
	now := playlists.NewTimeOfDay(hour, minute, second)
	for i := len(d.Volume) - 1; i >= 0; i-- {
		v := &d.Volume[i]
		holds := v.From <= now && now < v.To
		if pastMidnight(v.From, v.To) {
			holds = now >= v.From || now < v.To
		}
		if holds {
			return min(max(v.Percent, 0), 100)
		}
	}
	return DefaultVolume
}

// since returns how long after the day's first instant t is, within the day.
func (d *calendarDay) since(t time.Time) time.Duration {
	return min(max(t.Sub(d.begin), 0), d.length())
}

// length is how long the day is: 24 hours, or one more or less where clocks change.
func (d *calendarDay) length() time.Duration { return d.end.Sub(d.begin) }
