package timetable

import (
	"errors"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"dalaba/playlists"
)

func TestFeasibleReckonsWhatOneTerminalManages(t *testing.T) {
	minutes := func(n float64) playlists.Millis { return playlists.MillisOf(time.Duration(n * float64(time.Minute))) }
	hour := minutes(60)
	for _, test := range []struct {
		name string
		in   Quota
		want Feasibility
	}{
		{"15 h, 1 h, 2 h give 8", Quota{Starts: 8, From: clock("06:30"), To: clock("21:30"), Length: hour, Spacing: 2 * hour}, Feasibility{
			Tours: 8, Met: true, Terminals: 1, MaxSpacing: 2 * hour, MaxLength: hour, MinWindow: 15 * hour,
		}},
		{"ten need two in turn, or 93 minutes", Quota{Starts: 10, From: clock("06:30"), To: clock("21:30"), Length: hour, Spacing: 2 * hour}, Feasibility{
			Tours: 8, Terminals: 2, MaxSpacing: 14 * hour / 9, MaxLength: 0, MinWindow: 19 * hour,
		}},
		{"a tour longer than its window", Quota{Starts: 2, From: clock("07:00"), To: clock("08:00"), Length: hour + 1}, Feasibility{
			MaxLength: hour / 2, MinWindow: 2*hour + 2,
		}},
		{"one start as long as its window", Quota{Starts: 1, From: clock("07:00"), To: clock("08:00"), Length: hour, Spacing: hour}, Feasibility{
			Tours: 1, Met: true, Terminals: 1, MaxLength: hour, MinWindow: hour,
		}},
		{"back to back where no spacing is asked for", Quota{Starts: 3, From: clock("07:00"), To: clock("10:00"), Length: hour}, Feasibility{
			Tours: 3, Met: true, Terminals: 1, MaxSpacing: hour, MaxLength: hour, MinWindow: 3 * hour,
		}},
		{"past midnight", Quota{Starts: 2, From: clock("23:00"), To: clock("01:00"), Length: minutes(30), Spacing: hour}, Feasibility{
			Tours: 2, Met: true, Terminals: 1, MaxSpacing: minutes(90), MaxLength: hour, MinWindow: minutes(90),
		}},
		{"a whole day", Quota{Starts: 200, From: clock("00:00"), To: clock("24:00"), Length: hour, Spacing: 0}, Feasibility{
			Tours: 24, Terminals: 9, MaxLength: 24 * hour / 200,
		}},
	} {
		t.Run(test.name, func(t *testing.T) {
			got, err := Feasible(test.in)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestAQuotaThatIsNoneIsRefused(t *testing.T) {
	good := Quota{Starts: 10, From: clock("06:30"), To: clock("21:30"), Length: 1, Spacing: 1}
	for _, test := range []struct {
		name   string
		change func(*Quota)
		want   []string
	}{
		{"0", func(q *Quota) { q.Starts = 0 }, []string{"quota_range quota"}},
		{"10,000", func(q *Quota) { q.Starts = 10_000 }, []string{"quota_range quota"}},
		{"no length", func(q *Quota) { q.Length = 0 }, []string{"length_range length_ms"}},
		{"days long", func(q *Quota) { q.Length = 1 << 60 }, []string{"length_range length_ms"}},
		{"days apart", func(q *Quota) { q.Spacing = 1 << 60 }, []string{"spacing_range spacing_ms"}},
		{"a window out of the day", func(q *Quota) { q.To = 1 << 30 }, []string{"window_range from"}},
		{"several", func(q *Quota) { *q = Quota{From: -1, Spacing: -1} }, []string{
			"quota_range quota", "spacing_range spacing_ms", "length_range length_ms", "window_range from",
		}},
	} {
		t.Run(test.name, func(t *testing.T) {
			q := good
			test.change(&q)
			f, err := Feasible(q)
			if diff := cmp.Diff(test.want, codes(t, err)); diff != "" || f != (Feasibility{}) {
				t.Errorf("%+v\n%s", f, diff)
			}
			if !errors.As(err, new(*playlists.Problem)) {
				t.Error("no problem that a person can mend")
			}
		})
	}
}
