package rounds

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"dalaba/playlists"
)

func TestARoundThatCannotBeIsRefusedInWords(t *testing.T) {
	cron := func(expression string) func(*Round) {
		return func(r *Round) { r.Timetable = playlists.Timetable{Cron: expression} }
	}
	for _, test := range []struct {
		name   string
		change func(*Round)
		want   []string
	}{
		{"as it should be", func(*Round) {}, nil},
		{"a cron expression", cron("30 7 * * 1-5"), nil},
		{"a cron expression with TZ=0", cron("TZ=0 30 7 * * *"), []string{"cron_zone timetable.cron"}},
		{"a cron expression for 31 February", cron("0 7 31 2 *"), []string{"cron_never_fires timetable.cron"}},
		{"a cron expression that is none", cron("every morning"), []string{"cron_syntax timetable.cron"}},
		{"no timetable", func(r *Round) { r.Timetable = playlists.Timetable{} }, []string{"timetable_empty timetable"}},
		{"a timetable that is over", func(r *Round) {
			r.Timetable.Until = playlists.Date{Year: 2026, Month: 1, Day: 22}
		}, []string{"timetable_over timetable.until"}},
		{"a playlist that is not there", func(r *Round) { r.Playlist = "nothing" }, []string{"playlist_unknown playlist"}},
		{"an alert", func(r *Round) { r.Class = playlists.ClassAlert }, []string{"class_unknown class"}},
		{"later than a day is long", func(r *Round) { r.Lateness = playlists.MaxLateness + 1 }, []string{"lateness_out_of_range lateness_ms"}},
		{"for nobody", func(r *Round) { r.Targets = nil }, []string{"targets_missing targets"}},
		{"for a grid that is not there", func(r *Round) { r.Targets = []playlists.GridCode{laoling, town + "999"} }, []string{"grid_unknown targets[1]"}},
		{"for a neighbour", func(r *Round) { r.Owner, r.Targets = shangxi, []playlists.GridCode{laoling, rulin} }, []string{"target_outside_owner targets[1]"}},
		{"of a grid that is not there", func(r *Round) { r.Owner = "1" }, []string{"grid_unknown owner"}},
		{"from a year that cannot be written", func(r *Round) {
			r.Timetable.From = playlists.Date{Year: 9999, Month: 12, Day: 31}
		}, []string{"moment_out_of_range timetable.from"}},
		{"until long ago", func(r *Round) {
			r.Timetable.Until = playlists.Date{Year: 1999, Month: 12, Day: 31}
		}, []string{"moment_out_of_range timetable.until"}},
		{"but on a day that nobody lives to see", func(r *Round) {
			r.Timetable.Except = []playlists.Date{{Year: 2200, Month: 1, Day: 1}}
		}, []string{"moment_out_of_range timetable.except"}},
		{"until the last day of all", func(r *Round) {
			r.Timetable.Until = playlists.Date{Year: 2199, Month: 12, Day: 31}
		}, nil},
		{"on the eighth day of the week", func(r *Round) { r.Timetable.Weekdays = []int{1, 8} }, []string{"weekday_range timetable.weekdays"}},
		{"on Mondays, many times over", func(r *Round) { r.Timetable.Weekdays = slices.Repeat([]int{1}, 10_000) }, nil},
		{"with more to read than a round has to say", func(r *Round) {
			r.Timetable.OnlyHolidays = []string{strings.Repeat("假", 30_000)}
		}, []string{"holiday_unknown timetable.only_holidays", "round_too_large"}},
		{"everything at once", func(r *Round) { *r = Round{} }, []string{
			"text_missing name", "playlist_unknown playlist", "class_unknown class", "timetable_empty timetable", "grid_unknown owner",
		}},
	} {
		t.Run(test.name, func(t *testing.T) {
			f := newFixture(t)
			round := daily("晨播", f.list().ID, 7, 30, shangxi)
			test.change(&round)
			_, err := f.CreateRound(t.Context(), round)
			if diff := cmp.Diff(test.want, codes(err)); diff != "" {
				t.Errorf("problems when saved (-want +got):\n%s", diff)
			}
			_, err = f.Check(t.Context(), round)
			if diff := cmp.Diff(test.want, codes(err)); diff != "" {
				t.Errorf("problems when checked (-want +got):\n%s", diff)
			}
		})
	}
}

func TestARoundIsKeptAsItWasPlanned(t *testing.T) {
	f := newFixture(t)
	list := f.list()
	round := daily("晨播", list.ID, 7, 30, xianfeng, shangxi, rulin)
	newYear, eve := playlists.Date{Year: 2026, Month: 2, Day: 17}, playlists.Date{Year: 2026, Month: 2, Day: 16}
	round.Timetable.Weekdays = []int{5, 1, 5}
	round.Timetable.Except = []playlists.Date{newYear, eve, newYear}
	made := must[Round](t)(f.CreateRound(t.Context(), round))
	want := round
	want.Timetable.Weekdays, want.Timetable.Except = []int{1, 5}, []playlists.Date{eve, newYear}
	want.ID, want.Created, want.Since, want.Lateness = made.ID, f.clock().UTC(), f.clock().UTC(), playlists.DefaultLateness
	want.Targets = []playlists.GridCode{rulin, shangxi}
	if diff := cmp.Diff(want, made); diff != "" {
		t.Errorf("made (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff(want, must[Round](t)(f.Round(t.Context(), made.ID))); diff != "" {
		t.Errorf("kept (-want +got):\n%s", diff)
	}
	next := f.Next(made, f.clock(), 2)
	if len(next) != 2 || !next[0].Equal(f.clock().Add(30*time.Minute)) || !next[1].Equal(f.clock().Add(72*time.Hour+30*time.Minute)) {
		t.Errorf("falls due next at %v", next)
	}
	if touched := must[[]Terminal](t)(f.Touched(t.Context(), made.Targets)); len(touched) != 4 {
		t.Errorf("touches %v", touched)
	}
	f.ok(f.RemoveRound(t.Context(), made.ID, "李四"))
	for name, err := range map[string]error{
		"remove": f.RemoveRound(t.Context(), made.ID, "李四"), "pause": f.Pause(t.Context(), made.ID, true, "李四"),
	} {
		if diff := cmp.Diff([]string{"round_unknown"}, codes(err)); diff != "" {
			t.Errorf("%s a round that is gone (-want +got):\n%s", name, diff)
		}
	}
}
