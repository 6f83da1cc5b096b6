package playlists

import (
	"testing"
	"time"
	_ "time/tzdata"
)

func zone(t *testing.T, name string) *time.Location {
	t.Helper()
	loc, err := time.LoadLocation(name)
	if err != nil {
		t.Fatal(err)
	}
	return loc
}

func day(t *testing.T, s string) Date {
	t.Helper()
	d, err := ParseDate(s)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func TestDateIsADayOfTheCalendar(t *testing.T) {
	for _, test := range []struct {
		in   string
		next string
		want time.Weekday
	}{
		{"2026-01-23", "2026-01-24", time.Friday},
		{"2026-01-31", "2026-02-01", time.Saturday},
		{"2028-02-28", "2028-02-29", time.Monday},
		{"2026-02-28", "2026-03-01", time.Saturday},
		{"2026-12-31", "2027-01-01", time.Thursday},
	} {
		d := day(t, test.in)
		if d.String() != test.in || d.AddDays(1).String() != test.next || d.AddDays(1).AddDays(-1) != d || d.Weekday() != test.want {
			t.Errorf("%s: %s, then %s, a %s", test.in, d, d.AddDays(1), d.Weekday())
		}
		if d.Compare(d) != 0 || d.Compare(d.AddDays(1)) >= 0 || d.AddDays(40).Compare(d) <= 0 || d.AddDays(-400).Compare(d) >= 0 {
			t.Errorf("%s does not compare", d)
		}
	}
	for _, in := range []string{"2026-02-29", "2026-13-01", "2026-1-2", "20260102", "2026-01-02T00:00:00Z", "0000-00-00", " 2026-01-02", "二〇二六"} {
		if d, err := ParseDate(in); err == nil {
			t.Errorf("%q is read as %s", in, d)
		}
	}
	var none Date
	if text, err := none.MarshalText(); err != nil || len(text) != 0 || !none.IsZero() {
		t.Errorf("no day is written as %q, %v", text, err)
	}
	read := day(t, "2026-01-23")
	if err := read.UnmarshalText(nil); err != nil || !read.IsZero() {
		t.Errorf("empty text is read as %s, %v", read, err)
	}
}

func TestMidnightIsTheFirstInstantOfItsDay(t *testing.T) {
	for _, test := range []struct{ name, zone, day, want string }{
		{"the town", "Asia/Shanghai", "2026-01-23", "2026-01-22T16:00:00Z"},
		{"clocks skip midnight west of Greenwich", "America/Sao_Paulo", "2018-11-04", "2018-11-04T03:00:00Z"},
		{"clocks skip midnight east of Greenwich", "Asia/Beirut", "2026-03-29", "2026-03-28T22:00:00Z"},
		{"clocks skip midnight and half an hour on either side", "America/Toronto", "1919-03-31", "1919-03-31T04:30:00Z"},
		{"midnight comes twice", "America/Havana", "2026-11-01", "2026-11-01T04:00:00Z"},
		{"the hour before midnight comes twice", "America/Sao_Paulo", "2018-02-18", "2018-02-18T03:00:00Z"},
	} {
		t.Run(test.name, func(t *testing.T) {
			loc, d := zone(t, test.zone), day(t, test.day)
			got := d.Midnight(loc)
			if got.UTC().Format(time.RFC3339) != test.want || DateOf(got) != d || DateOf(got.Add(-time.Second)) == d {
				t.Errorf("got %v, want %s", got, test.want)
			}
		})
	}
}

func FuzzParseDate(f *testing.F) {
	f.Add("2028-02-29")
	f.Add("9999-12-31")
	f.Fuzz(func(t *testing.T, s string) {
		if d, err := ParseDate(s); err == nil && d.String() != s {
			t.Errorf("%q is read as %s", s, d)
		}
	})
}
