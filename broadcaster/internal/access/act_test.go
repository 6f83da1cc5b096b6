package access

import (
	"slices"
	"testing"

	"dalaba/playlists"
)

func TestARoleReachesDownTheTreeNeverUpOrSideways(t *testing.T) {
	places := []struct {
		name string
		node playlists.GridCode
		in   bool
	}{
		{"own", village, true},
		{"society below", society, true},
		{"group below", group, true},
		{"above", town, false},
		{"sideways", sideways, false},
		{"nowhere", "", false},
		{"half a code", "4406051240010", false},
		{"letters", "440605124001abc", false},
	}
	everybody := []Act{
		ActSeeGrid, ActUpload, ActEditAnnouncement, ActEditPlaylist, ActEditRound,
		ActEditQuiet, ActOrderQuiet, ActMute, ActEditPlaces, ActEditVolume, ActComplaint, ActRepair,
	}
	administrators := []Act{
		ActLiftQuiet, ActRingTest, ActUnlimit, ActEditLimits, ActEditHolidays,
		ActManageTerminals, ActManagePeople, ActImportGrids, ActEditDialects,
	}
	for _, act := range append(append([]Act{"rename_town", ""}, everybody...), administrators...) {
		for _, place := range places {
			for role, may := range map[Role]bool{
				RoleOfficial:      slices.Contains(everybody, act),
				RoleAdministrator: slices.Contains(everybody, act) || slices.Contains(administrators, act),
				"secretary":       false,
				"":                false,
			} {
				err := allow(Person{ID: "p", Role: role, Grid: village}, act, place.node)
				want := "not_allowed"
				if may && place.in {
					want = ""
				}
				if code(err) != want {
					t.Errorf("%s, %s, %s: %v, want %q", role, act, place.name, err, want)
				}
			}
		}
	}
}

func TestNobodyIsAllowedNothing(t *testing.T) {
	if err := allow(Person{Role: RoleAdministrator, Grid: town}, ActSeeGrid, town); code(err) != "sign_in_first" {
		t.Errorf("nobody: %v", err)
	}
	for _, grid := range []playlists.GridCode{"", "4", "440605"} {
		if err := allow(Person{ID: "p", Role: RoleAdministrator, Grid: grid}, ActSeeGrid, town); code(err) != "not_allowed" {
			t.Errorf("somebody at %q: %v", grid, err)
		}
	}
}
