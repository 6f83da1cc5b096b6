package grid

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"dalaba/playlists"
)

const (
	town    = playlists.GridCode("440605123")
	village = town + "001"
	society = village + "002"
	group   = society + "003"
)

func TestLevelAndParentFollowTheLengthOfACode(t *testing.T) {
	for _, test := range []struct {
		in     playlists.GridCode
		level  int
		parent playlists.GridCode
		path   []playlists.GridCode
	}{
		{town, LevelTown, "", []playlists.GridCode{town}},
		{village, LevelVillage, town, []playlists.GridCode{town, village}},
		{society, LevelSociety, village, []playlists.GridCode{town, village, society}},
		{group, LevelGroup, society, []playlists.GridCode{town, village, society, group}},
	} {
		if err := Check(test.in); err != nil {
			t.Error(err)
		}
		if Level(test.in) != test.level || Parent(test.in) != test.parent {
			t.Errorf("%s: level %d below %q", test.in, Level(test.in), Parent(test.in))
		}
		if diff := cmp.Diff(test.path, Path(test.in)); diff != "" {
			t.Error(diff)
		}
	}
}

func TestWhatCannotStandInTheTreeIsRefused(t *testing.T) {
	for _, in := range []playlists.GridCode{
		"", "4406", town + "0", village[:11], group + "001", "44060512a", "４４０", " 40605123", "-40605123", playlists.GridCode(strings.Repeat("1", 1<<16)), playlists.GridCode(strings.Repeat("x", 1<<16)),
	} {
		if err := Check(in); err == nil || len(err.Error()) > 300 {
			t.Errorf("%.20q: %v", in, err)
		}
	}
	if Level("4406") != -1 || Parent("4406") != "" || Path("4406") != nil {
		t.Error("a code of no level has a level, a parent or a path")
	}
}

func TestContainsReachesDownNeverUpOrSideways(t *testing.T) {
	for _, test := range []struct {
		name       string
		node, code playlists.GridCode
		want       bool
	}{
		{"itself", village, village, true},
		{"below", village, group, true},
		{"far below", town, group, true},
		{"above", society, village, false},
		{"beside", village, town + "002", false},
		{"nothing holds nothing", "", "", false},
		{"nothing holds no town", "", town, false},
		{"nothing lies nowhere", town, "", false},
	} {
		if got := Contains(test.node, test.code); got != test.want {
			t.Errorf("%s: Contains(%q, %q) is %v", test.name, test.node, test.code, got)
		}
	}
}

// FuzzCode holds the functions together: the path of a code that stands is its parents, and each contains it.
func FuzzCode(f *testing.F) {
	for _, seed := range []playlists.GridCode{"", town, village, group, "44060512٣"} {
		f.Add(string(seed))
	}
	f.Fuzz(func(t *testing.T, s string) {
		code := playlists.GridCode(s)
		if Check(code) != nil {
			return
		}
		path := Path(code)
		if len(path) != Level(code)+1 || path[len(path)-1] != code {
			t.Fatalf("%s: path %v at level %d", code, path, Level(code))
		}
		for i, node := range path {
			if !Contains(node, code) || Level(node) != i || i > 0 && Parent(node) != path[i-1] {
				t.Errorf("%s: %s in path %v", code, node, path)
			}
		}
	})
}
