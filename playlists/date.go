package playlists

import (
	"fmt"
	"time"
)

// Date is a civil day in the town's zone. The zero Date means that no day is named.
type Date struct {
	Year  int
	Month time.Month
	Day   int
}

// DateOf returns the civil day of t in t's own location.
func DateOf(t time.Time) Date {
	y, m, d := t.Date()
	return Date{Year: y, Month: m, Day: d}
}

// ParseDate reads a date written as 2026-01-23. It refuses days that the calendar does not have.
func ParseDate(s string) (Date, error) {
	t, err := time.Parse(time.DateOnly, s)
	if err != nil {
		return Date{}, fmt.Errorf("date %q: want a day of the calendar as 2026-01-23", s)
	}
	return DateOf(t), nil
}

// String writes d as 2026-01-23, and the zero Date as nothing.
func (d Date) String() string {
	if d.IsZero() {
		return ""
	}
	return fmt.Sprintf("%04d-%02d-%02d", d.Year, int(d.Month), d.Day)
}

// IsZero tells whether d names no day.
func (d Date) IsZero() bool { return d == Date{} }

// The years of days that can be planned, or asked for: earlier ones are a mistake, and so are those that nobody lives to
// see.
const (
	FirstYear = 2000
	LastYear  = 2199
)

// Plannable tells whether d is from FirstYear to LastYear.
func (d Date) Plannable() bool { return FirstYear <= d.Year && d.Year <= LastYear }

// Compare is negative when d is before e, zero when they are the same day, positive when d is after e.
func (d Date) Compare(e Date) int {
	if c := d.Year - e.Year; c != 0 {
		return c
	}
	if c := int(d.Month) - int(e.Month); c != 0 {
		return c
	}
	return d.Day - e.Day
}

// AddDays returns the day n days after d (before it, for a negative n).
func (d Date) AddDays(n int) Date {
	return DateOf(time.Date(d.Year, d.Month, d.Day+n, 12, 0, 0, 0, time.UTC))
}

// Weekday returns the day of the week of d.
func (d Date) Weekday() time.Weekday {
	return time.Date(d.Year, d.Month, d.Day, 12, 0, 0, 0, time.UTC).Weekday()
}

// Midnight returns the instant at which d begins in loc. Where the zone skips midnight it is the first instant after
// the gap.
func (d Date) Midnight(loc *time.Location) time.Time {
	t, skipped := d.civil(0, loc)
	if skipped {
		t, _ = t.ZoneBounds()
	}
	return t
}

// civil returns the instant at which clocks in loc show the given seconds after 00:00 of d: the first of two, where
// the zone repeats that time. Where the zone skips it, skipped is true and the instant is as long after the change as
// the time is inside the gap. time.Date promises neither.
func (d Date) civil(seconds int, loc *time.Location) (t time.Time, skipped bool) {
	wall := time.Date(d.Year, d.Month, d.Day, 0, 0, seconds, 0, time.UTC)
	t = time.Date(d.Year, d.Month, d.Day, 0, 0, seconds, 0, loc)
	if shown := wallClock(t); !shown.Equal(wall) {
		if shown.Before(wall) {
			t = t.Add(wall.Sub(shown))
		}
		return t, true
	}
	if change, _ := t.ZoneBounds(); !change.IsZero() {
		_, before := change.Add(-time.Second).Zone()
		if earlier := wall.Add(-time.Duration(before) * time.Second); earlier.Before(change) {
			return earlier.In(loc), false
		}
	}
	return t, false
}

// wallClock returns what clocks show at t as if it were UTC.
func wallClock(t time.Time) time.Time {
	_, offset := t.Zone()
	return t.UTC().Add(time.Duration(offset) * time.Second)
}

// MarshalText writes d as String does.
func (d Date) MarshalText() ([]byte, error) { return []byte(d.String()), nil }

// UnmarshalText reads what MarshalText wrote; empty text is the zero Date.
func (d *Date) UnmarshalText(text []byte) error {
	if len(text) == 0 {
		*d = Date{}
		return nil
	}
	parsed, err := ParseDate(string(text))
	if err != nil {
		return err
	}
	*d = parsed
	return nil
}
