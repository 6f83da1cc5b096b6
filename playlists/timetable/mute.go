package timetable

import (
	"fmt"

	"dalaba/playlists"
)

// firstChimed is the version of the rules from which on there are chimes, what a round asks for as its volume, and the
// programme's mutes.
const firstChimed = 3

// checkMutes refuses a mute that ends before it begins, or holds for too long to be meant.
func (d *calendarDay) checkMutes() error {
	for _, m := range d.Mutes {
		if length := m.Until.Sub(m.From); length < 0 || length > playlists.MaxMute {
			return fmt.Errorf("mute by %s from %s until %s", m.By, m.From, m.Until)
		}
	}
	return nil
}

// muted returns the programme's mutes as facts. One that was lifted ends when it was.
func (d *calendarDay) muted() []Fact {
	if len(d.Mutes) == 0 || d.PlanVersion < firstChimed {
		return nil
	}
	facts := make([]Fact, len(d.Mutes))
	for i, m := range d.Mutes {
		facts[i] = Fact{Kind: FactMute, Begin: m.From, End: m.Until, By: m.By, Grid: m.Grid, Reason: m.Reason}
	}
	return facts
}
