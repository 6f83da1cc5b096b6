package playlists

import (
	"testing"
	"time"
)

func TestTimeOfDayRunsTo2400(t *testing.T) {
	for _, test := range []struct {
		in   string
		want TimeOfDay
		text string
	}{
		{"00:00", 0, "00:00"},
		{"06:30", NewTimeOfDay(6, 30, 0), "06:30"},
		{"06:30:15", NewTimeOfDay(6, 30, 15), "06:30:15"},
		{"06:30:00", NewTimeOfDay(6, 30, 0), "06:30"},
		{"23:59:59", EndOfDay - 1, "23:59:59"},
		{"24:00", EndOfDay, "24:00"},
		{"24:00:00", EndOfDay, "24:00"},
	} {
		var got TimeOfDay
		if err := got.UnmarshalText([]byte(test.in)); err != nil || got != test.want || got.String() != test.text {
			t.Errorf("%s is read as %s, %v", test.in, got, err)
		}
	}
	for _, in := range []string{"", "6:30", "06:60", "24:01", "24:00:01", "25:00", "-1:00", "06:30:60", "06.30", "06:30:1", "0630", "06:30:15.5", "六点半"} {
		if got, err := ParseTimeOfDay(in); err == nil {
			t.Errorf("%q is read as %s", in, got)
		}
	}
}

func TestATimeOfDayIsOneInstantOfEachDay(t *testing.T) {
	for _, test := range []struct {
		name, zone, day string
		time            TimeOfDay
		want            string
	}{
		{"the town", "Asia/Shanghai", "2026-01-23", NewTimeOfDay(7, 30, 0), "2026-01-22T23:30:00Z"},
		{"24:00 is the next midnight", "Asia/Shanghai", "2026-01-31", EndOfDay, "2026-01-31T16:00:00Z"},
		{"beyond 24:00", "Asia/Shanghai", "2026-01-31", EndOfDay + 3600, "2026-01-31T17:00:00Z"},
		{"skipped, east: 02:30 becomes 03:30", "Europe/Berlin", "2026-03-29", NewTimeOfDay(2, 30, 0), "2026-03-29T01:30:00Z"},
		{"skipped, west: 02:30 becomes 03:30", "America/New_York", "2026-03-08", NewTimeOfDay(2, 30, 0), "2026-03-08T07:30:00Z"},
		{"just not skipped", "Europe/Berlin", "2026-03-29", NewTimeOfDay(3, 0, 0), "2026-03-29T01:00:00Z"},
		{"twice, east: the first", "Europe/Berlin", "2026-10-25", NewTimeOfDay(2, 30, 0), "2026-10-25T00:30:00Z"},
		{"twice, west: the first", "America/New_York", "2026-11-01", NewTimeOfDay(1, 30, 0), "2026-11-01T05:30:00Z"},
		{"no more twice", "Europe/Berlin", "2026-10-25", NewTimeOfDay(3, 0, 0), "2026-10-25T02:00:00Z"},
		{"the change itself", "Europe/Berlin", "2026-10-25", NewTimeOfDay(2, 0, 0), "2026-10-25T00:00:00Z"},
	} {
		t.Run(test.name, func(t *testing.T) {
			if got := test.time.On(day(t, test.day), zone(t, test.zone)).UTC().Format(time.RFC3339); got != test.want {
				t.Errorf("got %s, want %s", got, test.want)
			}
		})
	}
}

func FuzzParseTimeOfDay(f *testing.F) {
	for _, seed := range []string{"06:30", "24:00:00", "7:30:05.", "0:0", "06:30:15"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, s string) {
		at, err := ParseTimeOfDay(s)
		if err != nil {
			return
		}
		if again, err := ParseTimeOfDay(at.String()); err != nil || again != at || at < 0 || at > EndOfDay {
			t.Errorf("%q is read as %d, which is written %s", s, at, at)
		}
	})
}
