package complaints

import (
	"slices"
	"time"

	"dalaba/playlists"
	"dalaba/playlists/grid"
)

// ChangeNote is a change of the rounds room as it was noted there: Subject, ID and Name tell what was changed, Grid whose
// it is, and Act what was done, in that room's words.
type ChangeNote struct {
	Seq     int64              `json:"seq"`
	At      time.Time          `json:"at"`
	By      string             `json:"by"`
	Subject string             `json:"subject"`
	ID      string             `json:"id"`
	Name    string             `json:"name"`
	Grid    playlists.GridCode `json:"grid"`
	Act     string             `json:"act"`
}

// Subjects and acts in the words of the rounds.
const (
	subjectRound        = "round"
	subjectCancellation = "cancellation"
	subjectPlaylist     = "playlist"
	subjectAnnouncement = "announcement"
	subjectVolume       = "volume"
	subjectQuiet        = "quiet"
	subjectTemporary    = "temporary_quiet"
	subjectPlace        = "quiet_place"
	subjectLimits       = "limits"

	actMade      = "made"
	actChanged   = "changed"
	actPaused    = "paused"
	actRemoved   = "removed"
	actCancelled = "cancelled"
)

// since returns the changes that touch what sounded: its round, playlist or announcements, or a rule of the grid that
// was complained of, of one above it or of one below. What a neighbour's rules are is not his to read.
func (e *evidence) since() []ChangeNote {
	var all []ChangeNote
	for _, n := range e.changes {
		if e.touches(&n) {
			all = append(all, n)
		}
	}
	return all
}

func (e *evidence) touches(n *ChangeNote) bool {
	switch n.Subject {
	case subjectRound, subjectCancellation, subjectPlaylist, subjectAnnouncement:
		return e.things[thing{n.Subject, n.ID}]
	case subjectVolume, subjectQuiet, subjectTemporary, subjectPlace:
		return grid.Contains(n.Grid, e.complaint.Grid) || grid.Contains(e.complaint.Grid, n.Grid)
	}
	return n.Subject == subjectLimits
}

// thing is what a change is of.
type thing struct{ subject, id string }

// note remembers of what f was made: its round and its announcements, and the playlist for which p asked, which may be nil.
func (e *evidence) note(f *Finding, p *playlists.Programme) {
	e.things[thing{subjectRound, string(f.Round)}] = true
	e.things[thing{subjectCancellation, string(f.Round)}] = true
	for _, id := range f.announcements {
		e.things[thing{subjectAnnouncement, string(id)}] = true
	}
	if r := roundOf(p, f.Round); r != nil {
		e.things[thing{subjectPlaylist, string(r.Playlist)}] = true
	}
}

// roundOf returns the round of p called id, or nil.
func roundOf(p *playlists.Programme, id playlists.RoundID) *playlists.Round {
	if p == nil {
		return nil
	}
	i := slices.IndexFunc(p.Rounds, func(r playlists.Round) bool { return r.ID == id })
	if i < 0 {
		return nil
	}
	return &p.Rounds[i]
}
