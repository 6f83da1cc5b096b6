package api

import (
	"cmp"
	"slices"
	"time"

	"dalaba/broadcaster/internal/ledger"
	"dalaba/broadcaster/internal/rounds"
	"dalaba/playlists"
	"dalaba/playlists/grid"
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
	node  playlists.GridCode
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

func (d *desk) gathering(node playlists.GridCode) *gathering {
	return &gathering{desk: d, node: node, slots: make(map[firing]*gathered)}
}

// counts tells whether a terminal at a grid counts at node when round sounds there, whose owner is known: it stands at or
// below node, or it is shared with a grid there that the round is for. Of a round that is no more only the owner tells.
func (d *desk) counts(node, at playlists.GridCode, shared []playlists.GridCode, round playlists.RoundID, owner playlists.GridCode) bool {
	if grid.Contains(node, at) {
		return true
	}
	x, stands := d.rounds[round]
	return slices.ContainsFunc(within(node, shared), func(code playlists.GridCode) bool {
		return stands && rounds.Touches(x.Targets, code, nil) || !stands && (grid.Contains(owner, code) || grid.Contains(code, owner))
	})
}

// within returns those of codes that lie at or below node.
func within(node playlists.GridCode, codes []playlists.GridCode) []playlists.GridCode {
	return slices.DeleteFunc(slices.Clone(codes), func(code playlists.GridCode) bool { return !grid.Contains(node, code) })
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
		terminals := 0
		for _, at := range p.Terminals {
			if g.counts(g.node, at.Grid, at.Shared, x.Round.ID, x.Round.Owner) {
				terminals++
			}
		}
		if terminals == 0 || x.Due.Before(from) {
			continue
		}
		kept := g.at(firing{x.Due, x.Round.ID}, func() slotShape {
			return g.slot(x.Round.ID, x.Round.Name, x.Round.Class, x.Due, x.Round.Owner)
		})
		if len(kept.slot.Contents) == 0 && len(x.Entries) > 0 {
			kept.slot.Contents = g.contents(rounds.Contents(p.Programme, x.Entries))
		}
		kept.add(terminals, g.inPlan(x))
	}
}

// write adds what the ledger has of a firing. ahead is what the plan still has in mind for those that have not told, or
// nil.
func (g *gathering) write(f *ledger.Firing, ahead *gathered) {
	kept := g.at(firing{f.Due, f.Round}, func() slotShape {
		s := g.slot(f.Round, f.RoundName, f.Class, f.Due, f.Owner)
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
func (d *desk) ahead(node playlists.GridCode, prospects []rounds.Prospect) map[firing]*gathered {
	plan := d.gathering(node)
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
