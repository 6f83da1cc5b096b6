package player

import (
	"time"

	"dalaba/playlists"
)

// ringEnd is how long before the end of a ring test its chirp begins at most. What comes sooner is another horn's.
const ringEnd = 4 * time.Second

// ear is a microphone near the horn.
type ear interface {
	// Want says whether it is to listen. It never blocks.
	Want(on bool)
	// Heard tells whether the chirp of a ring test came since a moment. Where the microphone did not listen, that it did
	// not come says nothing.
	Heard(since time.Duration) (chirp, listened bool)
	// Problem is a sentence for people, or "".
	Problem() string
}

// hearing is what the microphone near the horn tells of ring tests. It belongs to the player's goroutine.
type hearing struct {
	ear  ear
	deaf bool // our output carried the last ring test, and the microphone did not hear it
}

// follow has the microphone listen while a ring test sounds, and at no other time. a may be nil.
func (h *hearing) follow(a *attempt) {
	if h.ear != nil {
		h.ear.Want(a != nil && a.airing.Round.ID == playlists.RingTest)
	}
}

// judge returns what is known of a play, whose chirp, if it is a ring test, came since a moment: what is known already, or
// that the horn was heard.
func (h *hearing) judge(play playlists.Play, since time.Duration) playlists.Evidence {
	if h.ear == nil || play.Round != playlists.RingTest || play.Result != playlists.ResultComplete {
		return play.Evidence
	}
	chirp, listened := h.ear.Heard(since)
	if chirp {
		h.deaf = false
		return playlists.EvidenceMic
	}
	h.deaf = listened && play.Evidence >= playlists.EvidenceLevel
	return play.Evidence
}

// problem is a sentence for people, or "".
func (h *hearing) problem() string {
	switch {
	case h.ear == nil:
		return ""
	case h.deaf:
		return "电脑放了音,旁边的麦克风没听到,请查功放和线"
	}
	return h.ear.Problem()
}
