package timetable

import (
	"cmp"
	"time"

	"dalaba/playlists"
)

// FactKind says what a Fact is.
type FactKind string

// The kinds of fact.
const (
	// FactSounded: an attempt at an airing sounded from Begin to End (zero End: it sounds still). Whole tells whether
	// it reached its end. Of an airing that the programme does not have any more, End is when it is foreseen to end;
	// a zero one then occupies nothing.
	FactSounded FactKind = "sounded"
	// FactMissed: the airing was given up for good, with Cause.
	FactMissed FactKind = "missed"
	// FactOutage: nothing could begin from Begin to End, because of Cause. A zero End blocks the rest of the day.
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
	// Cause says why something was missed, cut, late or could not begin; By names who or what, for people.
	Cause playlists.Cause
	By    string
}

// compareFacts sorts facts by airing and attempt, and leaves no two different ones equal: however they were listed,
// they are read alike.
func compareFacts(a, b Fact) int {
	return cmp.Or(
		cmp.Compare(string(a.Airing[:]), string(b.Airing[:])),
		cmp.Compare(a.Attempt, b.Attempt),
		a.Begin.Compare(b.Begin),
		a.End.Compare(b.End),
		cmp.Compare(a.Kind, b.Kind),
		compareBool(a.Whole, b.Whole),
		cmp.Compare(a.Cause, b.Cause),
		cmp.Compare(a.By, b.By),
	)
}

func compareBool(a, b bool) int {
	switch {
	case a == b:
		return 0
	case b:
		return -1
	}
	return 1
}
