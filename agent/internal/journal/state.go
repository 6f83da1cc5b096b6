package journal

import (
	"slices"
	"time"

	"dalaba/playlists"
	"dalaba/playlists/timetable"
)

// state is what the lines so far add up to. It has no files: the same lines give the same state.
type state struct {
	id        string
	boot      string // of the agent that wrote last
	told      bool   // that agent knew the time
	next      uint64
	acked     uint64
	accounted playlists.Accounted
	revisions []inForce // in force since accounted, the last one being in force
	alive     time.Time

	open     map[string]*openPlay // by event
	attempts map[attemptKey]*attempt
	missed   map[playlists.AiringID]playlists.Miss
	outages  []Outage
	lost     uint64 // rows given up since the last acknowledgement
	damaged  map[damage]bool
}

// openPlay is a play that has begun and not ended.
type openPlay struct {
	play    playlists.Play
	sounded playlists.Millis
	carried bool
}

type attemptKey struct {
	airing playlists.AiringID
	number int
}

// attempt is one attempt at an airing, made of its entries' plays.
type attempt struct {
	begin, end time.Time
	complete   int // entries that reached their end
	through    int // entries from the airing's first to the last one that did
	entries    int
	cut        playlists.Play // the last one that was cut, if any
}

func newState() *state {
	return &state{
		next: 1, open: map[string]*openPlay{}, attempts: map[attemptKey]*attempt{},
		missed: map[playlists.AiringID]playlists.Miss{}, damaged: map[damage]bool{},
	}
}

// apply adds l to s and returns the latest moment that l speaks of, zero for none.
func (s *state) apply(l line) time.Time {
	switch {
	case l.Head != nil:
		s.applyHead(l.Head)
	case l.Boot != nil:
		s.boot, s.told = l.Boot.Boot, false
	case l.Start != nil:
		s.open[l.Start.Event] = &openPlay{play: *l.Start}
		return l.Start.Begin
	case l.Mark != nil:
		if p := s.open[l.Mark.Event]; p != nil {
			p.sounded, p.carried = l.Mark.Sounded, l.Mark.Carried
		}
	case l.Report != nil:
		return s.applyReport(l.Report)
	case l.Outage != nil:
		return s.applyOutage(*l.Outage)
	case l.Alive != nil:
		s.alive, s.told = *l.Alive, true
		return s.alive
	case l.InForce != nil:
		s.revisions = append(s.revisions, *l.InForce)
	case l.Ack != nil:
		s.acked = max(s.acked, *l.Ack)
		s.next = max(s.next, s.acked+1)
		s.lost = 0
	case l.Lost != nil:
		s.lost += l.Lost.Through - l.Lost.First + 1
	case l.Damage != nil:
		s.damaged[*l.Damage] = true
	}
	return time.Time{}
}

func (s *state) applyHead(h *head) {
	s.id, s.boot = h.Journal, h.Boot
	s.next, s.acked = max(s.next, h.Next), max(s.acked, h.Acked)
	s.accounted, s.revisions = h.Accounted, slices.Clone(h.Revisions)
	s.alive, s.lost, s.told = h.Alive, h.Lost, !h.Alive.IsZero()
}

func (s *state) applyReport(r *playlists.Report) time.Time {
	s.next = max(s.next, r.Seq+1)
	switch {
	case r.Play != nil:
		delete(s.open, r.Play.Event)
		s.applyPlay(r.Play)
		return r.Play.End
	case r.Miss != nil:
		s.missed[r.Miss.Airing] = *r.Miss
		return r.Miss.Due
	case r.Accounted != nil:
		s.accounted = *r.Accounted
		s.revisions = since(s.revisions, r.Accounted.Through)
		return r.Accounted.Through
	}
	return time.Time{}
}

// since returns those of revisions that were in force at through or later. One that was followed at an unknown time
// counts as earlier.
func since(revisions []inForce, through time.Time) []inForce {
	for len(revisions) > 1 && revisions[1].At.Before(through) {
		revisions = revisions[1:]
	}
	return revisions
}

func (s *state) applyPlay(p *playlists.Play) {
	key := attemptKey{p.Airing, p.Attempt}
	a := s.attempts[key]
	begin := p.Begin.Add(-p.Lead.Duration())
	if a == nil {
		a = &attempt{begin: begin, entries: p.Entries}
		s.attempts[key] = a
	}
	if begin.Before(a.begin) {
		a.begin = begin
	}
	if p.End.After(a.end) {
		a.end = p.End
	}
	if p.End.After(s.alive) {
		s.alive, s.told = p.End, true
	}
	if p.Result == playlists.ResultComplete {
		a.complete++
		a.through = max(a.through, p.Entry+1)
	} else {
		a.cut = *p
	}
}

func (s *state) applyOutage(o Outage) time.Time {
	for i := range s.outages {
		if s.outages[i].Cause == o.Cause && s.outages[i].Begin.Equal(o.Begin) {
			s.outages[i] = o
			return o.End
		}
	}
	s.outages = append(s.outages, o)
	return o.Begin
}

// forget drops what was over before moment from facts.
func (s *state) forget(moment time.Time) {
	for key, a := range s.attempts {
		if a.end.Before(moment) {
			delete(s.attempts, key)
		}
	}
	for id, m := range s.missed {
		if m.Due.Before(moment) {
			delete(s.missed, id)
		}
	}
	s.outages = slices.DeleteFunc(s.outages, func(o Outage) bool { return !o.End.IsZero() && o.End.Before(moment) })
}

// facts tells the planner what happened from since on. An attempt that stopped between two entries has no cause here:
// what stopped it (another airing's turn, an outage, the agent's end) is in the programme or among the facts.
func (s *state) facts(since time.Time) []timetable.Fact {
	var facts []timetable.Fact
	for key, a := range s.attempts {
		if a.end.Before(since) {
			continue
		}
		f := timetable.Fact{
			Kind: timetable.FactSounded, Begin: a.begin, End: a.end,
			Airing: key.airing, Attempt: key.number, Whole: a.complete >= a.entries, Entries: a.through,
			Cause: a.cut.Cause, By: a.cut.By, ByKind: timetable.WinnerKind(a.cut.ByKind), Grid: a.cut.ByGrid,
		}
		facts = append(facts, f)
	}
	for id, m := range s.missed {
		if m.Due.Before(since) {
			continue
		}
		facts = append(facts, timetable.Fact{Kind: timetable.FactMissed, Begin: m.Due, Airing: id, Cause: m.Cause, By: m.By, ByKind: timetable.WinnerKind(m.ByKind), Grid: m.ByGrid})
	}
	for _, o := range s.outages {
		if !o.End.IsZero() && o.End.Before(since) {
			continue
		}
		facts = append(facts, timetable.Fact{Kind: timetable.FactOutage, Begin: o.Begin, End: o.End, Cause: o.Cause})
	}
	return facts
}
