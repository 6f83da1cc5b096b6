package timetable

import (
	"cmp"
	"time"

	"dalaba/playlists"
)

// FactKind says what a Fact is.
type FactKind string

// The kinds of fact. Where nothing else is said a zero End means that the end is not known, and then that nothing fits
// behind it on the same day: once it is known, what is still not too late finds its place.
const (
	// FactSounded: an attempt at an airing sounded from Begin to End (zero End: it sounds still). Whole tells whether
	// it reached its end. Of an airing that the programme does not have any more, End is when it is foreseen to end;
	// a zero one then occupies nothing.
	FactSounded FactKind = "sounded"
	// FactMissed: the airing was given up for good, with Cause.
	FactMissed FactKind = "missed"
	// FactOutage: nothing could begin from Begin to End, because of Cause.
	FactOutage FactKind = "outage"
	// FactTalk: somebody speaks, or spoke. Nothing else sounds.
	FactTalk FactKind = "talk"
	// FactAlert: an alert sounds, of Level; Drill tells a drill. Nothing else sounds. That it stands above quiet and
	// mutes, and a drill below, is for SilenceAt to say before it begins: a fact has begun.
	FactAlert FactKind = "alert"
	// FactPlayNow: something is played by hand. Nothing else sounds.
	FactPlayNow FactKind = "play_now"
	// FactMute: By muted the terminal. Nothing sounds, until End. A mute that the programme tells of needs no fact.
	FactMute FactKind = "mute"
	// FactStop: By stopped, at Begin, the airing for good; or, where no airing is named, whatever sounds and would sound
	// until End. What that cut is then tried again, like anything that was cut.
	FactStop FactKind = "stop"
	// FactCancelled: By called the airing off, in a message; one that the programme tells of needs no fact.
	FactCancelled FactKind = "cancelled"
)

// Fact is what rules cannot know: something that happened or is happening. Facts stand; airings are placed around them.
type Fact struct {
	Kind  FactKind
	Begin time.Time
	// End is zero while it goes on.
	End time.Time
	// Airing belongs to FactSounded, FactMissed, FactCancelled and, if it stops one, FactStop; Attempt and Whole to
	// FactSounded.
	Airing  playlists.AiringID
	Attempt int
	Whole   bool
	// Entries is how many entries, from the airing's first, have sounded to their end when the attempt is over, or by
	// now. Background goes on with the next one; for it those of earlier attempts count too.
	Entries int
	// Cause says why something was missed, cut, late or could not begin; By names who or what, for people. Of a talk,
	// an alert and what was played by hand, By is what people call it. ByKind says what By is, of what sounded or was
	// missed, if that is known.
	Cause  playlists.Cause
	By     string
	ByKind WinnerKind
	// Grid is the node in whose name it was done, and Reason why, of a mute.
	Grid   playlists.GridCode
	Reason string
	// Level is an alert's, 1 the gravest, and Drill tells that it is none.
	Level int
	Drill bool
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
		cmp.Compare(a.Entries, b.Entries),
		cmp.Compare(a.Cause, b.Cause),
		cmp.Compare(a.By, b.By),
		cmp.Compare(a.ByKind, b.ByKind),
		cmp.Compare(a.Grid, b.Grid),
		cmp.Compare(a.Reason, b.Reason),
		cmp.Compare(a.Level, b.Level),
		compareBool(a.Drill, b.Drill),
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

// winner returns what a sentence about f needs.
func (f *Fact) winner() Winner {
	w := Winner{Kind: f.ByKind, Name: f.By, Grid: f.Grid, Reason: f.Reason}
	switch f.Kind {
	case FactTalk:
		w.Kind = ByTalk
	case FactPlayNow:
		w.Kind = ByPlayNow
	case FactAlert:
		w.Kind, w.Level = ByAlert, f.Level
		if f.Drill {
			w.Kind = ByDrill
		}
	case FactMute, FactStop, FactCancelled:
		w.Kind = ByPerson
	}
	return w
}

// cause returns why an airing that meets f does not sound.
func (f *Fact) cause() playlists.Cause {
	switch f.Kind {
	case FactMute:
		return playlists.CauseMuted
	case FactStop:
		return playlists.CauseStopped
	case FactCancelled:
		return playlists.CauseCancelled
	case FactTalk, FactAlert, FactPlayNow, FactSounded:
		return playlists.CausePreempted
	}
	return f.Cause
}
