package ledger

import (
	"dalaba/playlists"
	"dalaba/playlists/grid"
	"dalaba/playlists/timetable"
)

// excused tells whether the silence of a planned airing was ordered, so that it is no failure: it was called off or
// withdrawn, an alert stood first, or it was quiet in the name of a node at or above the owner of its round. Where a
// terminal did not say whose quiet it was, or the owner was not kept, any quiet is an order. There is no other place
// where that is decided.
func (v *verdict) excused(owner playlists.GridCode) bool {
	if v.outcome != playlists.OutcomePartial && v.outcome != playlists.OutcomeMissed {
		return false
	}
	switch by := v.reason; by.cause {
	case playlists.CauseCancelled, playlists.CauseRecalled:
		return true
	case playlists.CausePreempted:
		return by.kind == timetable.ByAlert
	case playlists.CauseQuietHours:
		return by.grid == "" || owner == "" || grid.Contains(by.grid, owner)
	}
	return false
}

// reasonOf is a reason as columns have it.
func reasonOf(cause, by, kind, node string) reason {
	return reason{cause: playlists.Cause(cause), by: by, kind: timetable.WinnerKind(kind), grid: playlists.GridCode(node)}
}
