// Package timetable decides what sounds when, and why. It is the only place where that is decided, on the broadcaster
// and on the agent, and it is pure: everything it knows comes in as a programme, facts and a day.
//
// Plan works on one civil day in two steps: expand turns the programme's rules into a list of what is due, place finds
// each of them its stretch of the day around the facts.
package timetable

import (
	"time"

	"dalaba/playlists"
)

// Version is the version of these rules. A programme names the one that it was made for; an agent that does not know
// it keeps the programme it has.
const Version = 1

// FactKind says what a Fact is.
type FactKind string

// The kinds of fact.
const (
	// FactSounded: an attempt at an airing sounded from Begin to End (zero End: it sounds still). Whole tells whether
	// it reached its end.
	FactSounded FactKind = "sounded"
	// FactMissed: the airing was given up for good, with Cause.
	FactMissed FactKind = "missed"
	// FactOutage: nothing could begin from Begin to End, because of Cause.
	FactOutage FactKind = "outage"
)

// Fact is what rules cannot know: something that happened or is happening. Facts stand; airings are placed around them.
type Fact struct {
	Kind  FactKind
	Begin time.Time
	// End is zero while it goes on.
	End time.Time
	// Airing, Attempt and Whole belong to FactSounded, Airing to FactMissed.
	Airing  playlists.AiringID
	Attempt int
	Whole   bool
	// Cause says why something was missed, cut or could not begin; By names who or what, for people.
	Cause playlists.Cause
	By    string
}

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

// Airing is one round's one firing at one terminal, as the plan has it.
type Airing struct {
	ID    playlists.AiringID
	Round *playlists.Round
	Due   time.Time
	// Entries is what it asks for, in order, shared by all airings of the round: do not change it.
	Entries []playlists.Entry
	// Length is from the first entry's begin to the last one's end.
	Length playlists.Millis

	State State
	// Start is when it begins, or began; zero for an airing that is missed and never began.
	Start time.Time
	// Attempt is the number of the attempt that Start speaks of, from 1.
	Attempt int
	// Cause says why Start is later than Due (then it is what kept it) or why it is missed; empty when on time.
	Cause playlists.Cause
	// By names the winner or the person, for people: a round's name for CausePreempted.
	By string
	// Volume is the percent that holds at Start.
	Volume int
}
