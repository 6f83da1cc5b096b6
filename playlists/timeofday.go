package playlists

import (
	"fmt"
	"time"
)

// TimeOfDay is a civil time in seconds after 00:00 of its day. It runs from 0 to 86,400: 24:00 is the end of
// the day that it belongs to, not the beginning of the next.
type TimeOfDay int32

// EndOfDay is 24:00.
const EndOfDay TimeOfDay = 24 * 60 * 60

// NewTimeOfDay returns hour:minute:second of a day.
func NewTimeOfDay(hour, minute, second int) TimeOfDay {
	return TimeOfDay(hour*3600 + minute*60 + second)
}

// ParseTimeOfDay reads 06:30, 06:30:15 or 24:00.
func ParseTimeOfDay(s string) (TimeOfDay, error) {
	if s == "24:00" || s == "24:00:00" {
		return EndOfDay, nil
	}
	for _, layout := range []string{"15:04", time.TimeOnly} {
		if len(s) != len(layout) {
			continue
		}
		if t, err := time.Parse(layout, s); err == nil {
			return NewTimeOfDay(t.Clock()), nil
		}
	}
	return 0, fmt.Errorf("time of day %q: want hours and minutes as 06:30, up to 24:00", s)
}

// String writes t as 06:30, or as 06:30:15 where it has seconds.
func (t TimeOfDay) String() string {
	h, m, s := int(t)/3600, int(t)/60%60, int(t)%60
	if s == 0 {
		return fmt.Sprintf("%02d:%02d", h, m)
	}
	return fmt.Sprintf("%02d:%02d:%02d", h, m, s)
}

// On returns the instant of t on day d in loc; a t beyond 24:00 counts on into the next day. A time that the zone
// skips becomes the instant as long after the change as the time is inside the gap (02:30 becomes 03:30); of a time
// that occurs twice it is the first.
func (t TimeOfDay) On(d Date, loc *time.Location) time.Time {
	instant, _ := d.civil(int(t), loc)
	return instant
}

// MarshalText writes t as String does.
func (t TimeOfDay) MarshalText() ([]byte, error) { return []byte(t.String()), nil }

// UnmarshalText reads what MarshalText wrote.
func (t *TimeOfDay) UnmarshalText(text []byte) error {
	parsed, err := ParseTimeOfDay(string(text))
	if err != nil {
		return err
	}
	*t = parsed
	return nil
}
