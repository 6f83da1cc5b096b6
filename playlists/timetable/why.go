package timetable

import (
	"slices"
	"time"

	"dalaba/playlists"
)

// Off says why a round does not fire in a minute in which it would on another day.
type Off string

// The reasons.
const (
	OffNotBegun  Off = "not_begun"  // its first day has not come
	OffEnded     Off = "ended"      // its last day has passed
	OffWeekday   Off = "weekday"    // not on such a weekday
	OffExcepted  Off = "excepted"   // a day that it leaves out
	OffHoliday   Off = "holiday"    // a day of a set that it leaves out
	OffNoHoliday Off = "no_holiday" // no day of the sets that it asks for
	OffLunar     Off = "lunar"      // no such lunar day
	OffMarket    Off = "market"     // no market day
	OffCron      Off = "cron"       // no such day of its expression
	OffSince     Off = "since"      // it came to be only later
	OffEarly     Off = "early"      // its announcements are not valid yet
)

// Idle is a round that would fire in a minute, were it not for the day.
type Idle struct {
	Round *playlists.Round
	Off   Off
	// Day is the first day for OffNotBegun, the last for OffEnded, and otherwise the one to which the firing would belong.
	Day playlists.Date
	// Set is the holiday set of OffHoliday.
	Set string
}

// Verdict is the shortest answer about a minute.
type Verdict string

// The verdicts. Of several that are true the first is given.
const (
	VerdictSounds  Verdict = "sounds"  // an airing sounds, or should: Sounds
	VerdictVoice   Verdict = "voice"   // a talk, an alert or something played by hand sounds: Facts
	VerdictAbsent  Verdict = "absent"  // something was due and does not sound now: Absent
	VerdictIdle    Verdict = "idle"    // a round does not fire on this day: Idle
	VerdictQuiet   Verdict = "quiet"   // nothing was due, and nothing could have sounded: Cause and By
	VerdictNothing Verdict = "nothing" // nothing was due
)

// Answer is why a terminal sounds, or does not, in a minute.
type Answer struct {
	// From and To bound the minute, half open, in UTC.
	From, To time.Time
	Verdict  Verdict
	// Sounds are the airings that sound in it, Absent those due in it that do not: deferred, cut or missed.
	Sounds, Absent []Airing
	// Facts are those that stand in it and are about no airing, the programme's mutes among them.
	Facts []Fact
	// Idle are the rounds that would fire in it on another day.
	Idle []Idle
	// Cause and By tell what forbids an ordinary announcement at From, other airings apart; empty for nothing.
	Cause playlists.Cause
	By    Winner
	// Before is the last airing of the day that begins before From, and After the first that begins at or after To, or
	// nil.
	Before, After *Airing
}

// Why answers what sounds, or should have sounded, at the terminal of p in the minute of the instant at, and why, or
// why nothing does. Past or future makes no difference but for the facts.
func Why(p *playlists.Programme, facts []Fact, at time.Time) (Answer, error) {
	zone, err := time.LoadLocation(p.Zone)
	if err != nil {
		zone = time.UTC // open refuses the programme
	}
	from := at.Truncate(time.Minute)
	d, err := open(p, playlists.DateOf(from.In(zone)))
	if err != nil {
		return Answer{}, err
	}
	t := newTimeline(d, facts)
	moment := t.since(from)
	a := Answer{From: from.UTC(), To: from.Add(time.Minute).UTC()}
	for _, s := range [...]spans{t.alerts, t.talks, t.silent, t.mutes, t.outages} {
		if hit := s.hit(moment, moment+1); hit != nil {
			a.Cause, a.By = t.told(*hit)
			break
		}
	}
	a.Facts = a.standing(slices.Concat(facts, d.muted()))
	a.sort(t.plan(), facts)
	for i := range d.Rounds {
		if err := a.idle(d, &d.Rounds[i]); err != nil {
			return Answer{}, err
		}
	}
	a.Verdict = a.verdict()
	return a, nil
}

// meets tells whether a stretch lies in the minute, at least in part; a zero end is not known.
func (a *Answer) meets(begin, end time.Time) bool {
	return begin.Before(a.To) && (end.IsZero() || end.After(a.From))
}

// standing returns the facts that stand in the minute and are about no airing.
func (a *Answer) standing(facts []Fact) []Fact {
	var list []Fact
	for _, f := range facts {
		switch f.Kind {
		case FactTalk, FactAlert, FactPlayNow, FactMute, FactStop, FactOutage:
			if a.meets(f.Begin, f.End) && (f.Kind != FactStop || f.Airing.IsZero()) {
				list = append(list, f)
			}
		}
	}
	return list
}

// sort takes from plan what has to do with the minute.
func (a *Answer) sort(plan []Airing, facts []Fact) {
	sounded := make(map[playlists.AiringID]bool)
	known := make(map[playlists.AiringID]bool)
	for _, f := range facts {
		if f.Kind == FactSounded && !f.End.IsZero() {
			known[f.Airing] = true
			sounded[f.Airing] = sounded[f.Airing] || a.meets(f.Begin, f.End)
		}
	}
	for i := range plan {
		airing := &plan[i]
		sounds := sounded[airing.ID]
		if !known[airing.ID] || airing.State == StatePlaced {
			for begin, end := range airing.Spans {
				sounds = sounds || a.meets(begin, end)
			}
		}
		switch {
		case sounds:
			a.Sounds = append(a.Sounds, *airing)
		case !airing.Due.Before(a.From) && airing.Due.Before(a.To):
			a.Absent = append(a.Absent, *airing)
		}
		if airing.Start.IsZero() {
			continue
		}
		if airing.Start.Before(a.From) && (a.Before == nil || airing.Start.After(a.Before.Start)) {
			a.Before = airing
		}
		if !airing.Start.Before(a.To) && (a.After == nil || airing.Start.Before(a.After.Start)) {
			a.After = airing
		}
	}
}

// idle notes r if it would fire in the minute on another day.
func (a *Answer) idle(d *calendarDay, r *playlists.Round) error {
	rule, err := d.openRound(r)
	if err != nil {
		return err // open has read it already
	}
	for _, day := range [...]playlists.Date{d.date.AddDays(-1), d.date} {
		due, fires := rule.firesIn(day, d.zone, a.From, a.To)
		if !fires {
			continue
		}
		idle := Idle{Round: r, Off: rule.offBy(day), Day: day}
		switch {
		case idle.Off == OffNotBegun:
			idle.Day = r.Timetable.From
		case idle.Off == OffEnded:
			idle.Day = r.Timetable.Until
		case idle.Off == OffHoliday:
			idle.Set = rule.in(rule.ExceptHolidays, day)
		case idle.Off != "":
		case rule.cron != nil && !cronOn(rule.cron, day):
			idle.Off = OffCron
		case due.Before(r.Since):
			idle.Off = OffSince
		case newAsk(d.playlists[r.Playlist], d.Dialects, d.announcements, due).waits():
			idle.Off = OffEarly
		}
		if idle.Off != "" {
			a.Idle = append(a.Idle, idle)
			return nil
		}
	}
	return nil
}

// firesIn returns the first instant from from until before to at which the rule would fire if day were one of its days.
func (r *rule) firesIn(day playlists.Date, zone *time.Location, from, to time.Time) (due time.Time, fires bool) {
	within := func(t playlists.TimeOfDay) bool {
		due = t.On(day, zone)
		return !due.Before(from) && due.Before(to)
	}
	if r.cron != nil {
		hour, minute, _ := from.In(zone).Clock()
		named := r.cron.Hour&(1<<hour) != 0 && r.cron.Minute&(1<<minute) != 0
		return due, named && within(playlists.NewTimeOfDay(hour, minute, 0))
	}
	first, last := r.window()
	for t := first; t <= last; t += playlists.TimeOfDay(r.Every.Minutes * 60) {
		if within(t) {
			return due, true
		}
	}
	return due, false
}

func (a *Answer) verdict() Verdict {
	voice := false
	for _, f := range a.Facts {
		voice = voice || f.Kind == FactTalk || f.Kind == FactAlert || f.Kind == FactPlayNow
	}
	switch {
	case len(a.Sounds) > 0:
		return VerdictSounds
	case voice:
		return VerdictVoice
	case len(a.Absent) > 0:
		return VerdictAbsent
	case len(a.Idle) > 0:
		return VerdictIdle
	case a.Cause != "":
		return VerdictQuiet
	}
	return VerdictNothing
}
