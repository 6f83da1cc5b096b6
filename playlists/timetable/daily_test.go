package timetable

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"

	"dalaba/playlists"
)

// night is the root's quiet from first start.
func night() playlists.QuietRule {
	return playlists.QuietRule{Grid: town, From: clock("22:00"), To: clock("06:00")}
}

func TestNothingSoundsInQuiet(t *testing.T) {
	quiet := func(from, to string) playlists.QuietRule {
		return playlists.QuietRule{Grid: village, From: clock(from), To: clock(to)}
	}
	lifted := night()
	lifted.LiftedUntil = instant(t, "Asia/Shanghai", "2026-01-23 22:30:00")
	for _, test := range []struct {
		name  string
		due   string
		quiet []playlists.QuietRule
		want  string
	}{
		{"before the night", "21:59", []playlists.QuietRule{night()}, "placed 21:59:00 #1"},
		{"the night begins in the middle", "21:59:01", []playlists.QuietRule{night()}, "missed quiet_hours"},
		{"in the night, no way out before 24:00", "23:59:30", []playlists.QuietRule{night()}, "missed quiet_hours"},
		{"after midnight", "00:10", []playlists.QuietRule{night()}, "missed quiet_hours"},
		{"near the morning it is deferred", "05:45", []playlists.QuietRule{night()}, "placed 06:00:00 #1 quiet_hours"},
		{"at the morning", "06:00", []playlists.QuietRule{night()}, "placed 06:00:00 #1"},
		{"a span of midday begins in the middle", "11:59:30", []playlists.QuietRule{quiet("12:00", "12:10")}, "placed 12:10:00 #1 quiet_hours"},
		{"rules add up", "12:00", []playlists.QuietRule{quiet("12:05", "12:20"), quiet("11:00", "12:10")}, "placed 12:20:00 #1 quiet_hours"},
		{"a lower rule does not shorten the night", "22:10", []playlists.QuietRule{night(), quiet("22:20", "05:00")}, "missed quiet_hours"},
		{"from a time to itself is the whole day", "12:00", []playlists.QuietRule{quiet("09:00", "09:00")}, "missed quiet_hours"},
		{"to 24:00", "23:30", []playlists.QuietRule{quiet("23:00", "24:00")}, "missed quiet_hours"},
		{"from 24:00 is from midnight", "00:10", []playlists.QuietRule{quiet("24:00", "00:20")}, "placed 00:20:00 #1 quiet_hours"},
		{"lifted", "22:10", []playlists.QuietRule{lifted}, "placed 22:10:00 #1"},
		{"lifted until the middle of it", "22:29:30", []playlists.QuietRule{lifted}, "missed quiet_hours"},
		{"lifted last night, from midnight on too", "00:10", []playlists.QuietRule{lifted}, "placed 00:10:00 #1"},
		{"lifted, and another stands", "22:10", []playlists.QuietRule{lifted, night()}, "missed quiet_hours"},
	} {
		t.Run(test.name, func(t *testing.T) {
			p := programme(playlists.Round{Name: "a", Timetable: daily(test.due)})
			p.Quiet = test.quiet
			expectPlan(t, p, nil, []string{fmt.Sprintf("a %s %s", fullClock(test.due), test.want)})
		})
	}
}

// fullClock adds the seconds that a time of day leaves out.
func fullClock(s string) string {
	if len(s) == len("07:30") {
		return s + ":00"
	}
	return s
}

func TestQuietFollowsTheClocksWhenTheyChange(t *testing.T) {
	for _, test := range []struct{ name, day, due, want string }{
		{"an hour less of night", "2026-03-29", "05:45", "a 05:45:00 placed 06:00:00 #1 quiet_hours"},
		{"an hour more of night", "2026-10-25", "05:45", "a 05:45:00 placed 06:00:00 #1 quiet_hours"},
		{"the long day ends an hour later", "2026-10-25", "21:59", "a 21:59:00 placed 21:59:00 #1"},
		{"the short day too", "2026-03-29", "21:59:01", "a 21:59:01 missed quiet_hours"},
	} {
		t.Run(test.name, func(t *testing.T) {
			p := programme(playlists.Round{Name: "a", Timetable: daily(test.due)})
			p.Zone, p.Quiet = "Europe/Berlin", []playlists.QuietRule{night()}
			day, err := playlists.ParseDate(test.day)
			if err != nil {
				t.Fatal(err)
			}
			airings, err := Plan(p, nil, day)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff([]string{test.want}, lines(t, p, airings)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestVolumeIsTheLastRulesThatHolds(t *testing.T) {
	p := programme(playlists.Round{Name: "a", Timetable: every(360, "00:00", "23:00")})
	rule := func(from, to string, percent int) playlists.VolumeRule {
		return playlists.VolumeRule{From: clock(from), To: clock(to), Percent: percent}
	}
	p.Volume = []playlists.VolumeRule{rule("06:00", "18:00", 80), rule("12:00", "13:00", 50), rule("20:00", "05:00", 30)}
	airings, err := Plan(p, nil, friday)
	if err != nil {
		t.Fatal(err)
	}
	var got []int
	for _, a := range airings {
		got = append(got, a.Volume)
	}
	if diff := cmp.Diff([]int{30, 80, 50, DefaultVolume}, got); diff != "" {
		t.Error(diff)
	}
}
