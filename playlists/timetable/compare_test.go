package timetable

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"

	"dalaba/playlists"
)

func TestCompareSaysWhatADraftDoes(t *testing.T) {
	a := round{Name: "a", Timetable: daily("07:30")}
	b := round{Name: "b", Timetable: daily("07:30:30"), Lateness: seconds(60)}
	c := round{Name: "c", Timetable: daily("09:00")}
	upper := round{Name: "town", Owner: town, Timetable: every(1, "07:30", "07:31")}
	for _, test := range []struct {
		name          string
		before, after *playlists.Programme
		want          []string
		unchanged     int
	}{
		{"nothing", programme(a, b, c), programme(a, b, c), nil, 3},
		{"a superior's is new, moves one and drives another out", programme(a, b, c), programme(a, b, c, upper), []string{
			"moved a preempted by town", "new town", "lost b preempted by town", "new town",
		}, 1},
		{"and back", programme(a, b, c, upper), programme(a, b, c), []string{"moved a", "gone town", "gained b preempted by a", "gone town"}, 1},
		{"other entries", programme(a), func() *playlists.Programme {
			p := programme(a)
			p.Announcements[0].Variants = append(p.Announcements[0].Variants, clip("yue", 60))
			return p
		}(), []string{"altered a"}, 0},
		{"another volume", programme(a), func() *playlists.Programme {
			p := programme(a)
			p.Volume = []playlists.VolumeRule{loud(town, 50, 0, 0)}
			return p
		}(), []string{"altered a"}, 0},
	} {
		t.Run(test.name, func(t *testing.T) {
			var plans [2][]Airing
			for i, p := range []*playlists.Programme{test.before, test.after} {
				var err error
				if plans[i], err = Plan(p, nil, friday); err != nil {
					t.Fatal(err)
				}
			}
			got := Compare(plans[0], plans[1])
			words := make(map[string]int)
			for _, change := range got.Changes {
				one := change.After
				if one == nil {
					one = change.Before
				}
				s := fmt.Sprintf("%s %s", change.Kind, one.Round.Name)
				if change.After != nil && one.Cause != "" {
					s += fmt.Sprintf(" %s by %s", one.Cause, one.By)
				}
				words[s]++
			}
			want := make(map[string]int)
			for _, s := range test.want {
				want[s]++
			}
			if diff := cmp.Diff(want, words); diff != "" || got.Unchanged != test.unchanged {
				t.Errorf("unchanged %d, want %d\n%s", got.Unchanged, test.unchanged, diff)
			}
		})
	}
}
