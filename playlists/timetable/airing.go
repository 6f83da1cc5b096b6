package timetable

import (
	"time"

	"dalaba/playlists"
)

// State is what Plan says of an airing.
type State string

// The states.
const (
	// StatePlaced: it will sound, from Start on.
	StatePlaced State = "placed"
	// StateSounding: it sounds now.
	StateSounding State = "sounding"
	// StateDone: it has sounded, whole.
	StateDone State = "done"
	// StateMissed: it will not sound whole any more, because of Cause.
	StateMissed State = "missed"
)

// Airing is one round's one firing at one terminal, as the plan has it. Its instants are in UTC.
type Airing struct {
	ID    playlists.AiringID
	Round *playlists.Round
	Due   time.Time
	// Entries is what it asks for, in order, shared by all airings of the round: do not change it.
	Entries []playlists.Entry
	// Length is from the first entry's begin to the last one's end.
	Length playlists.Millis

	// What follows comes from Plan; Due leaves it zero.

	State State
	// Start is when it begins, or began; zero for an airing that is missed and never began.
	Start time.Time
	// Attempt is the number of the attempt that Start speaks of, from 1.
	Attempt int
	// Cause says why Start is later than Due (then it is what kept it) or why it is missed; empty when on time.
	Cause playlists.Cause
	// By names the winner or the person, for people: a round's name for CausePreempted.
	By string
	// Volume is the percent that holds at Start; zero where there is no Start.
	Volume int
}
