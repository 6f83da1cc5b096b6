package player

import (
	"slices"
	"time"

	"dalaba/playlists"
	"dalaba/playlists/timetable"
)

// takeProgramme notes a change of the programme. What sounds and is in the new one no more is cut, first of all: silence
// does not wait for a disk.
func (p *Player) takeProgramme(now Reading) error {
	programme, _ := p.Keeper.Held()
	if programme == p.held {
		return nil
	}
	if p.attempt != nil {
		if cause, by := p.attempt.forbids(programme, now); cause != "" {
			p.cutFor(now, cause, by)
		}
	}
	at := now.Time
	if now.State == playlists.ClockUntrusted {
		at = time.Time{}
	}
	if err := p.Journal.InForce(programme.Revision, at); err != nil {
		return err
	}
	if err := p.dropPending(programme, now); err != nil {
		return err
	}
	p.held, p.heldAt = programme, now.Mono
	p.day.stale = true
	return nil
}

// forbids tells whether programme wants an end of what the attempt sounds at now, why, and by whom; an empty cause means
// that it may go on.
func (a *attempt) forbids(programme *playlists.Programme, now Reading) (cause playlists.Cause, by timetable.Winner) {
	if !a.namedBy(programme) {
		return playlists.CauseCancelled, by
	}
	id := a.airing.ID
	if i := slices.IndexFunc(programme.Cancelled, func(c playlists.Cancellation) bool { return c.Airing == id }); i >= 0 {
		c := &programme.Cancelled[i]
		return playlists.CauseCancelled, timetable.Winner{Kind: timetable.ByPerson, Name: c.By, Grid: c.Grid}
	}
	return a.silencedBy(programme, now)
}

// namedBy tells whether programme still orders what the attempt sounds.
func (a *attempt) namedBy(programme *playlists.Programme) bool {
	if !slices.ContainsFunc(programme.Rounds, func(r playlists.Round) bool { return r.ID == a.airing.Round.ID }) {
		return false
	}
	named := make(map[playlists.Digest]bool)
	for _, c := range programme.Clips() {
		named[c.Digest] = true
	}
	return !slices.ContainsFunc(a.airing.Entries, func(e playlists.Entry) bool { return !named[e.Clip] })
}

// silencedBy tells whether programme wants silence where the attempt sounds, and by which rule. It asks what would become
// of the airing if nothing but its round were in the programme and it had to begin again where it began (background:
// where its present entry did).
func (a *attempt) silencedBy(programme *playlists.Programme, now Reading) (playlists.Cause, timetable.Winner) {
	alone := *programme
	alone.Rounds = slices.DeleteFunc(slices.Clone(alone.Rounds), func(r playlists.Round) bool { return r.ID != a.airing.Round.ID })
	alone.Limits = playlists.Limits{}
	present := a.first
	if a.airing.Round.Class == playlists.ClassBackground {
		present = a.present()
	}
	begin := a.start.Add((a.airing.From(present) - a.airing.From(a.first)).Duration())
	cut := timetable.Fact{
		Kind: timetable.FactSounded, Airing: a.airing.ID, Attempt: a.airing.Attempt, Begin: begin, End: begin, Entries: present,
	}
	if zone, err := time.LoadLocation(programme.Zone); err == nil {
		plan, err := timetable.Plan(&alone, []timetable.Fact{cut}, playlists.DateOf(a.airing.Due.In(zone)))
		if i := slices.IndexFunc(plan, a.is); err == nil && i >= 0 {
			again := plan[i]
			ordered := again.Cause == playlists.CauseQuietHours || again.Cause == playlists.CauseMuted
			if ordered && (again.State == timetable.StateMissed || again.Start.After(begin)) {
				return again.Cause, again.Winner
			}
			return "", timetable.Winner{}
		}
	}
	// The round does not fire then any more: what is left to ask is what everybody has to ask.
	silence, err := timetable.SilenceAt(programme, nil, now.Time)
	if err != nil {
		return "", timetable.Winner{}
	}
	return silence.Cause, silence.By
}

// dropPending writes off what was due and still waited for its turn, and is not in programme any more.
func (p *Player) dropPending(programme *playlists.Programme, now Reading) error {
	if p.held == nil || now.State == playlists.ClockUntrusted {
		return nil
	}
	due, err := timetable.Due(programme, p.day.date)
	if err != nil {
		return nil // the plan will say what is wrong with it
	}
	var misses []playlists.Miss
	for i := range p.day.plan {
		a := &p.day.plan[i]
		waits := a.State == timetable.StatePlaced && !a.Due.After(now.Time) && (p.attempt == nil || !p.attempt.is(*a))
		if waits && !slices.ContainsFunc(due, func(b timetable.Airing) bool { return b.ID == a.ID }) {
			misses = append(misses, playlists.Miss{
				Airing: a.ID, Round: a.Round.ID, Due: a.Due, Revision: p.held.Revision, Cause: playlists.CauseCancelled,
			})
		}
	}
	if len(misses) == 0 {
		return nil
	}
	return p.Journal.Misses(misses)
}

// is tells whether b is what the attempt is an attempt at.
func (a *attempt) is(b timetable.Airing) bool { return b.ID == a.airing.ID }

// present is the entry that sounds now, or is on its way to the horn; between two entries the one before.
func (a *attempt) present() int { return max(a.next-1, a.first) }

// overlay replaces what the facts say of the attempt by what is going on, which comes last.
func (a *attempt) overlay(facts []timetable.Fact) []timetable.Fact {
	facts = slices.DeleteFunc(facts, func(f timetable.Fact) bool {
		return f.Kind == timetable.FactSounded && f.Airing == a.airing.ID && f.Attempt == a.airing.Attempt
	})
	return append(facts, timetable.Fact{
		Kind: timetable.FactSounded, Begin: a.start, Airing: a.airing.ID, Attempt: a.airing.Attempt,
		Entries: a.present(), Cause: a.airing.Cause, By: a.airing.By,
		ByKind: a.airing.Winner.Kind, Grid: a.airing.Winner.Grid,
	})
}

// follow makes background end where plan says that something else's turn comes, at the end of an entry. It returns
// whether the attempt's airing is in plan.
func (a *attempt) follow(plan []timetable.Airing) bool {
	i := slices.IndexFunc(plan, a.is)
	if i < 0 {
		return false
	}
	if b := &plan[i]; b.State == timetable.StateSounding && len(b.Pieces) > 0 {
		last := a.present()
		if slices.Equal(b.Entries, a.airing.Entries) {
			_, foreseen := run(b)
			last = max(last, foreseen)
		}
		a.last = last
	}
	return true
}

// ends is when the attempt is foreseen to end.
func (a *attempt) ends() time.Time {
	return later(a.moment(a.last).Add(a.airing.Entries[a.last].Duration.Duration()), a.sounded)
}

// later returns the later one of two moments.
func later(a, b time.Time) time.Time { return slices.MaxFunc([]time.Time{a, b}, time.Time.Compare) }
