package timetable

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"dalaba/playlists"
)

func loud(grid playlists.GridCode, percent, floor, most int) playlists.VolumeRule {
	return playlists.VolumeRule{From: 0, To: playlists.EndOfDay, Percent: percent, Grid: grid, Floor: floor, Cap: most}
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

func TestALowerNodeSetsTheVolumeWithinItsSuperiorsBounds(t *testing.T) {
	own := loud("", 80, 0, 0)
	for _, test := range []struct {
		name string
		in   []playlists.VolumeRule
		want int
		by   int // index of the rule, -1 for none
	}{
		{"nobody said anything", nil, DefaultVolume, -1},
		{"the terminal's own", []playlists.VolumeRule{own}, 80, 0},
		{"the lower node's, within bounds", []playlists.VolumeRule{loud(town, 70, 40, 90), loud(village, 50, 0, 0)}, 50, 1},
		{"not below the floor", []playlists.VolumeRule{loud(town, 70, 40, 90), loud(village, 10, 0, 0)}, 40, 0},
		{"not above the cap", []playlists.VolumeRule{loud(town, 50, 40, 60), loud(village, 90, 0, 0)}, 60, 0},
		{"the order in which they are listed does not matter", []playlists.VolumeRule{own, loud(village, 90, 0, 70), loud(town, 50, 0, 60)}, 60, 2},
		{"the narrower of two caps", []playlists.VolumeRule{loud(town, 50, 0, 90), loud(village, 60, 0, 70), own}, 70, 1},
		{"a node below cannot widen a cap", []playlists.VolumeRule{loud(town, 50, 0, 60), loud(village, 60, 0, 100), own}, 60, 0},
		{"nor lower a floor", []playlists.VolumeRule{loud(town, 50, 40, 0), loud(village, 60, 10, 0), loud("", 5, 0, 0)}, 40, 0},
		{"a floor above the superior's cap stops at it", []playlists.VolumeRule{loud(town, 50, 0, 60), loud(village, 55, 80, 0), loud("", 5, 0, 0)}, 60, 1},
		{"of one node the last that holds", []playlists.VolumeRule{loud(town, 50, 0, 60), loud(town, 70, 0, 0), own}, 80, 2},
	} {
		t.Run(test.name, func(t *testing.T) {
			p := programme(playlists.Round{Name: "a", Timetable: daily("07:30")})
			p.Volume = test.in
			airings, err := Plan(p, nil, friday)
			if err != nil {
				t.Fatal(err)
			}
			var by *playlists.VolumeRule
			if test.by >= 0 {
				by = &p.Volume[test.by]
			}
			if a := airings[0]; a.Volume != test.want || a.VolumeBy != by {
				t.Errorf("%d by %v, want %d by %v", a.Volume, a.VolumeBy, test.want, by)
			}
			if percent, rule, err := Volume(p, airings[0].Start); percent != test.want || rule != by || err != nil {
				t.Errorf("asked for itself it is %d by %v, %v", percent, rule, err)
			}
		})
	}
}
