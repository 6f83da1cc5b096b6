package rounds

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"dalaba/playlists"
)

func TestACheckReckonsTheQuotaAndOffersTheWaysOut(t *testing.T) {
	const hour = 60 * 60 * 1000
	steps := func(minutes, from, to int) func(*Round) {
		return func(r *Round) {
			r.Timetable.Every = &playlists.Every{
				Minutes: minutes, From: playlists.NewTimeOfDay(from, 0, 0), To: playlists.NewTimeOfDay(to, 0, 0),
			}
		}
	}
	for _, test := range []struct {
		name  string
		draft func(*Round)
		quota Quota
		want  []Warning
	}{
		{"that is met", steps(60, 8, 17), Quota{Starts: 10, Spacing: hour}, nil},
		{"with too few starts", steps(120, 8, 16), Quota{Starts: 9, Spacing: hour}, []Warning{
			{"quota_missed", args{"day": "2026-01-24", "starts": 9, "is": 5}},
		}},
		{"that no terminal can meet", steps(120, 8, 16), Quota{Starts: 10, Spacing: 2 * hour}, []Warning{
			{"quota_missed", args{"day": "2026-01-24", "starts": 10, "is": 5}},
			{"quota_impossible", args{"starts": 10, "manages": 5, "from": "08:00", "to": "16:00:20"}},
			{"quota_with_more_terminals", args{"terminals": 2}},
			{"quota_with_less_spacing", args{"minutes": 53}},
			{"quota_with_longer_window", args{"minutes": 1081}},
			{"quota_with_fewer_starts", args{"starts": 5}},
		}},
		{"with starts too close", steps(30, 8, 9), Quota{Spacing: hour}, []Warning{
			{"closer_than_spacing", args{"time": "08:30", "minutes": 30, "spacing": 60}},
		}},
	} {
		t.Run(test.name, func(t *testing.T) {
			f := newFixture(t)
			got := f.warnings(f.list(), func(r *Round) {
				test.draft(r)
				r.Quota = test.quota
			})
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Errorf("warnings (-want +got):\n%s", diff)
			}
		})
	}
}
