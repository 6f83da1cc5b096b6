package timetable

import (
	"bytes"
	"cmp"
	"slices"

	"dalaba/playlists"
)

// factsOf returns the part of the sorted facts that is about the airing with this id.
func factsOf(facts []Fact, id playlists.AiringID) []Fact {
	byID := func(f Fact, id playlists.AiringID) int { return bytes.Compare(f.Airing[:], id[:]) }
	first, found := slices.BinarySearchFunc(facts, id, byID)
	if !found {
		return nil
	}
	last := first
	for last < len(facts) && facts[last].Airing == id {
		last++
	}
	return facts[first:last]
}

// settle writes into f what the facts about it, sorted by attempt, decide. Where they leave it open, State stays empty;
// Start, Attempt, Cause and resume then speak of the last attempt that was cut.
func (f *firing) settle(facts []Fact) {
	f.Attempt = 1
	var whole, sounding, missed, stopped, cancelled, cut *Fact
	for i := range facts {
		switch fact := &facts[i]; {
		case fact.Kind == FactMissed:
			missed = cmp.Or(missed, fact)
		case fact.Kind == FactStop:
			stopped = cmp.Or(stopped, fact)
		case fact.Kind == FactCancelled:
			cancelled = cmp.Or(cancelled, fact)
		case fact.Kind != FactSounded:
		case fact.End.IsZero():
			sounding = fact
		case fact.Whole:
			whole = cmp.Or(whole, fact)
		default:
			cut = fact
			f.done = max(f.done, min(fact.Entries, len(f.Entries)))
		}
	}
	if cut != nil {
		f.Start, f.Attempt = cut.Begin.UTC(), cut.Attempt
		f.resume = cut.End
		f.because(cut.Cause, cut.winner())
	}
	switch over := cmp.Or(missed, stopped, cancelled); {
	case whole != nil:
		f.begun(StateDone, whole)
	case sounding != nil:
		f.begun(StateSounding, sounding)
	case over != nil:
		f.State = StateMissed
		f.because(over.cause(), over.winner())
	}
}

// cancel gives f up if it has not begun and was called off.
func (f *firing) cancel(cancelled map[playlists.AiringID]*playlists.Cancellation) {
	if f.State != "" || len(cancelled) == 0 {
		return
	}
	if c := cancelled[f.ID]; c != nil {
		f.State = StateMissed
		f.because(playlists.CauseCancelled, Winner{Kind: ByPerson, Name: c.By, Grid: c.Grid})
	}
}

// begun writes that the attempt which fact tells of has the State.
func (f *firing) begun(state State, fact *Fact) {
	f.State, f.Start, f.Attempt = state, fact.Begin.UTC(), fact.Attempt
	if fact.Cause != "" {
		f.because(fact.Cause, fact.winner())
	}
	if !f.late() {
		f.because("", Winner{})
	}
}

// because writes why f is late or missed.
func (f *firing) because(cause playlists.Cause, by Winner) {
	f.Cause, f.By, f.Winner = cause, by.Name, by
}
