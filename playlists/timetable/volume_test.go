package timetable

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

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

func TestARoundAsksForAVolumeWithinTheBoundsOfItsOwnerAndHisSuperiors(t *testing.T) {
	society := village + "001"
	for _, test := range []struct {
		name  string
		asked int
		owner playlists.GridCode
		in    []playlists.VolumeRule
		want  int
		by    int // index of the rule, -1 for none
	}{
		{"nobody said anything", 35, village, nil, 35, -1},
		{"instead of the hour's", 35, village, []playlists.VolumeRule{loud(town, 70, 0, 0), loud(village, 50, 0, 0), loud("", 80, 0, 0)}, 35, -1},
		{"nothing asked is the hour's", 0, village, []playlists.VolumeRule{loud(town, 70, 0, 0)}, 70, 0},
		{"not below a superior's floor", 10, village, []playlists.VolumeRule{loud(town, 70, 40, 90)}, 40, 0},
		{"not above a superior's cap", 100, village, []playlists.VolumeRule{loud(town, 50, 0, 60)}, 60, 0},
		{"the narrower of two caps", 100, society, []playlists.VolumeRule{loud(town, 50, 0, 90), loud(village, 50, 0, 70)}, 70, 1},
		{"a node below the owner has no say", 90, town, []playlists.VolumeRule{loud(town, 50, 0, 95), loud(village, 30, 0, 40)}, 90, -1},
		{"its owner's own bounds hold", 90, village, []playlists.VolumeRule{loud(village, 30, 0, 40)}, 40, 0},
		{"a floor above a superior's cap stops at it", 5, society, []playlists.VolumeRule{loud(town, 50, 0, 60), loud(village, 55, 80, 0)}, 60, 1},
		{"the terminal's own does not bound", 90, village, []playlists.VolumeRule{loud("", 30, 20, 40)}, 90, -1},
		{"of one node the last that holds", 90, village, []playlists.VolumeRule{loud(town, 50, 0, 60), loud(town, 70, 0, 0)}, 90, -1},
	} {
		t.Run(test.name, func(t *testing.T) {
			p := programme(playlists.Round{Name: "a", Volume: test.asked, Owner: test.owner, Timetable: daily("07:30")})
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
			p.PlanVersion = 2
			if airings, err := Plan(p, nil, friday); err != nil || len(test.in) == 0 && airings[0].Volume != DefaultVolume {
				t.Errorf("rules of before: %+v, %v", airings[0], err)
			}
		})
	}
}

func TestAVolumeThatIsNoPercentIsRefused(t *testing.T) {
	for _, asked := range []int{-1, 101} {
		p := programme(playlists.Round{Name: "a", Volume: asked, Timetable: daily("07:30")})
		if _, err := Plan(p, nil, friday); err == nil {
			t.Errorf("%d percent are planned", asked)
		}
	}
}

func TestNoRoundPassesTheHighestNodesBounds(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := drawScene.Draw(t, "scene")
		for _, a := range s.plan(t) {
			if a.Start.IsZero() {
				continue
			}
			now := playlists.NewTimeOfDay(a.Start.In(s.zone(t)).Clock())
			var highest *playlists.VolumeRule // the town's that holds: its own value is within its own bounds or not
			for i := range s.Volume {
				if v := &s.Volume[i]; v.Grid == town && holds(v, now) {
					highest = v
				}
			}
			switch {
			case len(s.Volume) == 0 && a.Round.Volume > 0 && (a.Volume != a.Round.Volume || a.VolumeBy != nil):
				t.Fatalf("%v does not sound as it asks", a)
			case highest == nil || a.Round.Volume == 0:
			case a.Volume < highest.Floor || highest.Cap > 0 && a.Volume > highest.Cap:
				t.Fatalf("%v passes the bounds of %v", a, highest)
			}
		}
	})
}
