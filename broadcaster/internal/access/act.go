package access

import (
	"slices"

	"dalaba/playlists"
	"dalaba/playlists/grid"
)

// Act is something that a person may do at a node of the grid tree and below it.
type Act string

// The acts.
const (
	ActSeeGrid          Act = "see_grid"          // see what is planned, what sounds and what was heard
	ActUpload           Act = "upload"            // add recordings, and change those of the grid
	ActEditAnnouncement Act = "edit_announcement" // make, change and remove announcements
	ActEditPlaylist     Act = "edit_playlist"     // make, change and remove playlists
	ActEditRound        Act = "edit_round"        // make, change and remove rounds
	ActEditQuiet        Act = "edit_quiet"        // lengthen quiet
	ActLiftQuiet        Act = "lift_quiet"        // lift a quiet rule for a time, let it stand again, or end any quiet for good
	ActOrderQuiet       Act = "order_quiet"       // order temporary quiet, and end what one ordered
	ActMute             Act = "mute"              // silence one terminal, and let it sound again
	ActEditPlaces       Act = "edit_places"       // make quiet places, and change them
	ActEditVolume       Act = "edit_volume"       // say how loud it is at which hours, between a superior's floor and cap
	ActComplaint        Act = "complaint"         // write complaints down, answer and close them
	ActRepair           Act = "repair"            // say that a loudspeaker which somebody did not hear has been seen to
	ActRingTest         Act = "ring_test"         // say when the ring test sounds, which is asked at the root, and what a place says
	ActUnlimit          Act = "unlimit"           // let a round sound beyond the daily limits for a time
	ActEditLimits       Act = "edit_limits"       // change the daily limits; asked at the root
	ActEditHolidays     Act = "edit_holidays"     // change the named lists of days; asked at the root
	ActManageTerminals  Act = "manage_terminals"  // place, enrol, approve and remove terminals
	ActManagePeople     Act = "manage_people"     // add and remove people, and give them new passwords
	ActImportGrids      Act = "import_grids"      // replace the grid tree; asked at the root
	ActEditDialects     Act = "edit_dialects"     // change the town's list of dialects; asked at the root
)

// Acts is the one table of what a role may do, at its node and below it. What is not in it is denied.
func Acts(role Role) []Act {
	official := []Act{
		ActSeeGrid, ActUpload, ActEditAnnouncement, ActEditPlaylist, ActEditRound,
		ActEditQuiet, ActOrderQuiet, ActMute, ActEditPlaces, ActEditVolume, ActComplaint, ActRepair,
	}
	switch role {
	case RoleOfficial:
		return official
	case RoleAdministrator:
		return append(official, ActLiftQuiet, ActRingTest, ActUnlimit, ActEditLimits, ActEditHolidays,
			ActManageTerminals, ActManagePeople, ActImportGrids, ActEditDialects)
	}
	return nil
}

// Allow returns nil if p may do act at node, else a Problem. It asks no database: p is believed as it is.
func (a *Access) Allow(p Person, act Act, node playlists.GridCode) error { return allow(p, act, node) }

func allow(p Person, act Act, node playlists.GridCode) error {
	if p.ID == "" {
		return problem(playlists.Unauthenticated, "sign_in_first")
	}
	if grid.Check(p.Grid) != nil || grid.Check(node) != nil || !grid.Contains(p.Grid, node) || !slices.Contains(Acts(p.Role), act) {
		return &playlists.Problem{
			Kind: playlists.Forbidden, Code: "not_allowed",
			Args: map[string]any{"act": string(act), "grid": string(node)},
		}
	}
	return nil
}

// problem returns a Problem without field or arguments.
func problem(kind playlists.ProblemKind, code string) *playlists.Problem {
	return &playlists.Problem{Kind: kind, Code: code}
}
