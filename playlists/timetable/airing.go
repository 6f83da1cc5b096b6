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

// Reason says why an airing begins when it does. A missed one has none, it has a Cause.
type Reason string

// The reasons.
const (
	// ReasonDue: it begins when it is due.
	ReasonDue Reason = "due"
	// ReasonDeferred: the Winner stood first 顺延.
	ReasonDeferred Reason = "deferred"
	// ReasonAfterOutage: nothing could begin until then, because of Cause.
	ReasonAfterOutage Reason = "after_outage"
	// ReasonNextAttempt: its last attempt was cut, because of Cause. Background goes on where it was.
	ReasonNextAttempt Reason = "next_attempt"
)

// Airing is one round's one firing at one terminal, as the plan has it. Its instants are in UTC.
type Airing struct {
	ID    playlists.AiringID
	Round *playlists.Round
	Due   time.Time
	// Entries is what it asks for, in order, shared by all airings of the round: do not change it.
	Entries []playlists.Entry
	// Chime is what sounds before the first entry, from Start on; nil for nothing. Who does not have it keeps its time all
	// the same, in silence: the entries begin when their At says.
	Chime *playlists.Clip
	// Length is from the begin of the chime, or else of the first entry, to the last one's end, if nothing comes between.
	Length playlists.Millis

	// What follows comes from Plan; Due leaves it zero.

	State State
	// Start is when it begins, or began; zero for an airing that is missed and never began.
	Start time.Time
	// Attempt is the number of the attempt that Start speaks of, from 1.
	Attempt int
	// Reason says why Start is when it is.
	Reason Reason
	// Cause says why it is missed, or why Start is later than Due (then it is what kept it), or else why Dropped is not
	// zero; empty when all of it sounds on time.
	Cause playlists.Cause
	// By names the winner or the person, for people: a round's name for CausePreempted. It is the Name of Winner.
	By string
	// Winner is who By names, in full; zero without a Cause.
	Winner Winner
	// Volume is the percent that holds at Start, and VolumeBy the rule that gave it; nil where none holds, and where it is
	// what the round asks for. Both are zero where there is no Start.
	Volume   int
	VolumeBy *playlists.VolumeRule
	// Pieces is how background is parted that does not sound in one go; nil where what is to come is all of Entries,
	// from Start on. The first of a sounding one is what sounds now.
	Pieces []Piece
	// Dropped is how many entries at the end of a background airing find no place any more.
	Dropped int
}

// Piece is a stretch in which some entries of an airing sound, one after the other.
type Piece struct {
	// First is the index of its first entry, and Last that of its last.
	First, Last int
	// Start is when the first begins, or the chime before it. The others keep the distances that their At tells.
	Start time.Time
}

// Breath is the silence between a chime and the first entry.
const Breath playlists.Millis = 300

// From is when what begins with entry first begins, counted as At is: a chime goes with the first entry alone.
func (a *Airing) From(first int) playlists.Millis {
	if first == 0 {
		return 0
	}
	return a.Entries[first].At
}

// stretch is how long the entries from first to last sound, one after the other.
func (a *Airing) stretch(first, last int) time.Duration {
	return (a.Entries[last].At + a.Entries[last].Duration - a.From(first)).Duration()
}

// Spans calls yield for each stretch that the plan gives a, begun ones with the length that is foreseen, until it
// returns false.
func (a *Airing) Spans(yield func(begin, end time.Time) bool) {
	switch {
	case a.Start.IsZero() || a.State == StateMissed:
	case a.Pieces == nil:
		yield(a.Start, a.Start.Add(a.Length.Duration()))
	default:
		for _, p := range a.Pieces {
			if !yield(p.Start, p.Start.Add(a.stretch(p.First, p.Last))) {
				return
			}
		}
	}
}

// late tells whether a begins later than it is due by more than is on time.
func (a *Airing) late() bool { return a.Start.Sub(a.Due) > playlists.OnTimeWithin }

// reason returns why a begins when it does, of an airing whose Start, Attempt and Cause are known.
func (a *Airing) reason() Reason {
	switch {
	case a.Start.IsZero() || a.State == StateMissed:
		return ""
	case a.Attempt > 1:
		return ReasonNextAttempt
	case !a.late() && a.State != StatePlaced || a.Start.Equal(a.Due):
		return ReasonDue
	case ofOutage(a.Cause):
		return ReasonAfterOutage
	}
	return ReasonDeferred
}

// ofOutage tells whether cause is what a machine could not do, not what somebody wanted.
func ofOutage(cause playlists.Cause) bool {
	switch cause {
	case playlists.CauseDeviceError, playlists.CauseOutputBusy, playlists.CausePowerOff, playlists.CauseAgentDown,
		playlists.CauseClockUntrusted, playlists.CauseProgrammeExpired, playlists.CauseNotReceived, playlists.CauseOffline,
		playlists.CauseLinkLost, playlists.CauseClipAbsent, playlists.CauseClipBad:
		return true
	}
	return false
}
