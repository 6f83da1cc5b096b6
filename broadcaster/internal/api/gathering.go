package api

import (
	"cmp"
	"slices"
	"time"

	"dalaba/broadcaster/internal/ledger"
	"dalaba/broadcaster/internal/rounds"
	"dalaba/playlists"
	"dalaba/playlists/timetable"
)

// attention is the order in which a slot that stands for several terminals takes their states: what needs attention
// first. Something that sounds, or is to sound, at any of them is not cancelled.
var attention = [...]string{slotMissed, slotPartial, slotUnreported, slotSounding, slotComing, slotPlayed, slotCancelled}

// firing is one firing of a round.
type firing struct {
	due   time.Time
	round playlists.RoundID
}

// gathering is the slots of a day of a grid: one for each firing, which stands for all its terminals.
type gathering struct {
	*desk
	slots map[firing]*gathered
}

// gathered is a slot as it is counted.
type gathered struct {
	slot slotShape
	// states counts terminals by state, and reasons by what is said about them there.
	states  map[string]int
	reasons map[string]map[string]int
	// start is when the first of them begins, and end when the last one ends; late tells whether any is.
	start, end time.Time
	late       bool
}

func (d *desk) gathering() *gathering {
	return &gathering{desk: d, slots: make(map[firing]*gathered)}
}

// at returns the slot of a firing; it is made by first if it is new.
func (g *gathering) at(key firing, first func() slotShape) *gathered {
	x := g.slots[key]
	if x == nil {
		x = &gathered{slot: first(), states: make(map[string]int), reasons: make(map[string]map[string]int)}
		x.slot.Terminals = 0
		g.slots[key] = x
	}
	return x
}

// add counts n terminals at which it stands alike.
func (x *gathered) add(n int, how standing) {
	x.states[how.state] += n
	x.slot.Terminals += n
	x.late = x.late || how.late
	if how.reason != "" {
		if x.reasons[how.state] == nil {
			x.reasons[how.state] = make(map[string]int)
		}
		x.reasons[how.state][how.reason] += n
	}
	if x.start.IsZero() || !how.start.IsZero() && how.start.Before(x.start) {
		x.start = how.start
	}
	if how.end.After(x.end) {
		x.end = how.end
	}
}

// plan adds what is planned at terminals that have the same to do, as far as it falls due from from on.
func (g *gathering) plan(p *rounds.Prospect, from time.Time) {
	for i := range p.Airings {
		x := &p.Airings[i]
		if x.Due.Before(from) {
			continue
		}
		kept := g.at(firing{x.Due, x.Round.ID}, func() slotShape {
			return g.slot(x.Round.ID, x.Round.Name, x.Round.Class, x.Due, x.Round.Owner)
		})
		if len(kept.slot.Contents) == 0 && len(x.Entries) > 0 {
			kept.slot.Contents = g.contents(rounds.Contents(p.Programme, x.Entries))
		}
		kept.add(len(p.Terminals), g.inPlan(x))
	}
}

// write adds what the ledger has of a firing. ahead is what the plan still has in mind for those that have not told, or
// nil.
func (g *gathering) write(f *ledger.Firing, ahead *gathered) {
	kept := g.at(firing{f.Due, f.Round}, func() slotShape {
		s := g.slot(f.Round, f.RoundName, f.Class, f.Due, "")
		s.Contents = g.ledgerContents(f.Contents)
		return s
	})
	for _, end := range f.Ends {
		how := g.inLedger(f.Due, end, f.Contents)
		if how.state == slotUnreported && ahead != nil && ahead.end.After(g.now) {
			how = standing{state: slotSounding, reason: ahead.slot.Reason, late: ahead.late, start: ahead.start, end: ahead.end}
			if how.start.After(g.now) {
				how.state = slotComing
			}
		}
		kept.add(end.Airings, how)
	}
}

// settle gives the slot its state: that which needs attention first, with what is said about most of its terminals.
func (g *gathering) settle(x *gathered) {
	s := &x.slot
	s.Start, s.End, s.Late = instant(x.start), instant(x.end), x.late
	for _, state := range attention {
		s.Sounding += sounds(state) * x.states[state]
		if s.State == "" && x.states[state] > 0 {
			s.State = state
		}
	}
	most := 0
	for reason, count := range x.reasons[s.State] {
		if count > most || count == most && reason < s.Reason {
			s.Reason, most = reason, count
		}
	}
	if most > 0 && most < s.Terminals {
		s.Reason = g.say("slot_at", map[string]any{"total": s.Terminals, "count": most, "reason": s.Reason})
	}
}

// sorted returns the slots in the order of due time.
func (g *gathering) sorted() []slotShape {
	list := make([]slotShape, 0, len(g.slots))
	for _, x := range g.slots {
		g.settle(x)
		list = append(list, x.slot)
	}
	slices.SortFunc(list, compareSlots)
	return list
}

func compareSlots(a, b slotShape) int {
	return cmp.Or(a.Due.Compare(b.Due), cmp.Compare(a.RoundName, b.RoundName), cmp.Compare(a.Round, b.Round))
}

// ahead are the slots of what is planned today and was due before now, if any terminal should still be at it.
func (d *desk) ahead(prospects []rounds.Prospect) map[firing]*gathered {
	plan := d.gathering()
	for i := range prospects {
		p := prospects[i]
		p.Airings = slices.DeleteFunc(slices.Clone(p.Airings), func(x timetable.Airing) bool { return !x.Due.Before(d.now) })
		plan.plan(&p, time.Time{})
	}
	for _, x := range plan.slots {
		plan.settle(x)
	}
	return plan.slots
}
