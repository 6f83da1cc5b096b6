package timetable

import (
	"bytes"
	"cmp"
	"fmt"
	"slices"
	"time"

	"dalaba/playlists"
)

// Plan says of each airing that p asks for on day what becomes of it, given facts: the same airings as Due has, in the
// same order. Facts about other days do not matter. Where facts about one airing contradict each other, what sounded
// whole counts first, then what sounds, then what was given up.
//
// An airing that was cut is placed again, whole, after its last attempt; its Cause is then the cut's. One that is
// placed later than due names the first thing that stood in its way, and so does one that finds no place; where
// nothing stood in its way but the end of its day or validity, it is expired.
//
// An airing whose time has passed without a fact stays placed: who knows of time in which nothing could begin, tells
// of it as an outage.
//
// Plan returns an error for a programme that contradicts itself or is beyond bounds, and for more than MaxFacts facts.
func Plan(p *playlists.Programme, facts []Fact, day playlists.Date) ([]Airing, error) {
	if len(facts) > MaxFacts {
		return nil, fmt.Errorf("plan %s for terminal %s: %w", day, p.Terminal, tooLarge("facts", MaxFacts))
	}
	d, err := open(p, day)
	if err != nil {
		return nil, err
	}
	t := newTimeline(d, facts)
	for _, i := range order(d.firings) {
		if f := &d.firings[i]; f.State == "" {
			t.place(f)
		}
	}
	return airings(d.firings), nil
}

// order returns the indexes of firings in the order of precedence.
func order(firings []firing) []int {
	indexes := make([]int, len(firings))
	for i := range indexes {
		indexes[i] = i
	}
	// Firings are sorted by due time and id already.
	slices.SortFunc(indexes, func(i, j int) int {
		return cmp.Or(cmp.Compare(firings[i].rank, firings[j].rank), cmp.Compare(i, j))
	})
	return indexes
}

// timeline is the day as it fills up.
type timeline struct {
	*calendarDay
	// silent and busy are what no airing may overlap, outages what none may begin in.
	silent, outages, busy spans
}

// newTimeline lets the facts stand: it settles the airings that they decide, and takes up the time that they took.
func newTimeline(d *calendarDay, facts []Fact) *timeline {
	t := &timeline{calendarDay: d, silent: d.quiet()}
	facts = slices.Clone(facts)
	slices.SortFunc(facts, compareFacts)
	var outages []span
	busy := make([]span, 0, len(facts)+len(d.firings))
	for i := range d.firings {
		f := &d.firings[i]
		own := factsOf(facts, f.ID)
		f.settle(own)
		for k := range own {
			// An attempt that sounds still is going to take as long as its airing.
			if own[k].Kind != FactSounded {
				continue
			}
			if own[k].End.IsZero() {
				own[k].End = own[k].Begin.Add(f.length())
			}
			own[k].By = f.Round.Name
		}
		if !f.Start.IsZero() {
			f.Volume = d.volume(f.Start)
		}
	}
	for _, f := range facts {
		s := span{begin: d.since(f.Begin), end: d.since(f.End), cause: f.Cause, by: f.By}
		switch f.Kind {
		case FactSounded:
			s.cause = playlists.CausePreempted
			busy = append(busy, s)
		case FactOutage:
			if f.End.IsZero() {
				s.end = d.length()
			}
			outages = append(outages, s)
		}
	}
	t.outages, t.busy = newSpans(outages), newSpans(busy)
	return t
}

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
	var whole, sounding, missed, cut *Fact
	for i := range facts {
		switch fact := &facts[i]; {
		case fact.Kind == FactMissed:
			missed = cmp.Or(missed, fact)
		case fact.Kind != FactSounded:
		case fact.End.IsZero():
			sounding = fact
		case fact.Whole:
			whole = cmp.Or(whole, fact)
		default:
			cut = fact
		}
	}
	if cut != nil {
		f.Start, f.Attempt, f.Cause, f.By = cut.Begin.UTC(), cut.Attempt, cut.Cause, cut.By
		f.resume = cut.End
	}
	switch {
	case whole != nil:
		f.begun(StateDone, whole)
	case sounding != nil:
		f.begun(StateSounding, sounding)
	case missed != nil:
		f.State, f.Cause, f.By = StateMissed, missed.Cause, missed.By
	}
}

// begun writes that the attempt which fact tells of has the State.
func (f *firing) begun(state State, fact *Fact) {
	f.State, f.Start, f.Attempt = state, fact.Begin.UTC(), fact.Attempt
	if fact.Cause != "" {
		f.Cause, f.By = fact.Cause, fact.By
	}
	if f.Start.Sub(f.Due) <= playlists.OnTimeWithin {
		f.Cause, f.By = "", ""
	}
}

// place finds f its stretch of the day, or misses it.
func (t *timeline) place(f *firing) {
	if len(f.Entries) == 0 {
		cause := playlists.CauseNoDialect
		if f.ask.lapsed {
			cause = playlists.CauseExpired
		}
		f.miss(cause, "")
		return
	}
	from := t.since(f.Due)
	latest := from + cmp.Or(f.Round.Lateness, playlists.DefaultLateness).Duration()
	ends := t.length()
	if !f.ask.ends.IsZero() {
		ends = t.since(f.ask.ends)
	}
	length := f.length()
	begin, kept, ok := t.seek(max(from, t.since(f.resume)), min(latest, ends-length), length)
	if !ok {
		f.miss(cmp.Or(kept.cause, playlists.CauseExpired), kept.by)
		return
	}
	if f.resume.IsZero() || f.Cause == "" {
		f.Cause, f.By = kept.cause, kept.by
	}
	if !f.resume.IsZero() {
		f.Attempt++
	}
	f.State, f.Start = StatePlaced, t.begin.Add(begin).UTC()
	f.Volume = t.volume(f.Start)
	t.busy = t.busy.insert(span{begin: begin, end: begin + length, cause: playlists.CausePreempted, by: f.Round.Name})
}

// miss gives f up. An attempt that was cut says itself why.
func (f *firing) miss(cause playlists.Cause, by string) {
	f.State = StateMissed
	if f.Cause == "" {
		f.Cause, f.By = cause, by
	}
}

// seek returns the first begin from from to latest at which length is free, and, if that is not from, the first thing
// that was in the way.
func (t *timeline) seek(from, latest, length time.Duration) (begin time.Duration, kept span, ok bool) {
	for begin = from; ; {
		s := t.hit(begin, length)
		if s != nil && kept.end == 0 {
			kept = *s
		}
		if begin > latest {
			return 0, kept, false
		}
		if s == nil {
			return begin, kept, true
		}
		begin = s.end
	}
}

// hit returns what keeps an airing of this length from beginning at begin, or nil.
func (t *timeline) hit(begin, length time.Duration) *span {
	return cmp.Or(t.silent.hit(begin, begin+length), t.outages.hit(begin, begin+1), t.busy.hit(begin, begin+length))
}
