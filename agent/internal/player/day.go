package player

import (
	"context"
	"fmt"
	"slices"
	"time"

	"dalaba/agent/internal/journal"
	"dalaba/playlists"
	"dalaba/playlists/timetable"
)

const (
	// accountEvery is how often an account is given while nothing happens.
	accountEvery = 5 * time.Minute
	// maxAsleep bounds how many days back accounts are given.
	maxAsleep = 40
)

// day is the plan of the present civil day.
type day struct {
	date   playlists.Date
	plan   []timetable.Airing
	facts  []timetable.Fact // that the plan was made with
	stale  bool             // the plan was made from something that has changed since
	wake   time.Duration
	volume int // of the airing that comes next
}

// plan brings the plan up to date and does what it says.
func (p *Player) plan(ctx context.Context, now Reading) error {
	zone, err := time.LoadLocation(p.held.Zone)
	if err != nil {
		return fmt.Errorf("read zone: %w", err)
	}
	// The day begins when the first of its airings could have to be made ready.
	ahead := lead + p.ahead()
	today := playlists.DateOf(now.Time.Add(ahead).In(zone))
	closed, err := p.closeDays(now, today, zone)
	if err != nil {
		return err
	}
	if p.day.stale || p.day.date != today || p.day.plan == nil {
		if err := p.replan(today, zone); err != nil {
			return err
		}
	}
	seen := look(p.day.plan, p.view(now))
	if seen.passed != nil && p.attempt == nil {
		// Its time has gone by while it could not begin; now that is known, it can be placed again.
		if err := p.explain(now, seen.passed); err != nil {
			return err
		}
		if err := p.replan(today, zone); err != nil {
			return err
		}
		seen = look(p.day.plan, p.view(now))
	}
	if closed {
		if err := p.account(seen); err != nil {
			return err
		}
	}
	turn := today.AddDays(1).Midnight(zone).Add(-ahead)
	if seen.wake.IsZero() || turn.Before(seen.wake) {
		seen.wake = turn
	}
	p.day.wake = p.wakePower(now, now.mono(seen.wake))
	if seen.begin != nil && p.attempt == nil {
		return p.begin(ctx, now, seen.begin)
	}
	return nil
}

func (p *Player) view(now Reading) view {
	return view{
		now: now.Time, ahead: lead + p.ahead(), outage: p.outages.any(),
		accounted: p.Journal.Accounted(), missed: p.Journal.Missed, stopped: p.day.stopped, revision: p.held.Revision,
	}
}

// stopped tells whether somebody stopped the airing with this id for good.
func (d *day) stopped(id playlists.AiringID) bool {
	return slices.ContainsFunc(d.facts, func(f timetable.Fact) bool { return f.Kind == timetable.FactStop && f.Airing == id })
}

// waits says that the airing with this id was cut before its first word: nothing was written down of the attempt, and it
// waits for its turn as before.
func (d *day) waits(id playlists.AiringID) {
	for i := range d.plan {
		if d.plan[i].ID == id {
			d.plan[i].State = timetable.StatePlaced
		}
	}
}

// replan asks the timetable for today.
func (p *Player) replan(today playlists.Date, zone *time.Location) error {
	facts := p.Journal.Facts(today.Midnight(zone))
	if p.attempt != nil {
		facts = p.attempt.overlay(facts)
	}
	plan, err := timetable.Plan(p.held, facts, today)
	if err == nil && p.attempt != nil && !p.attempt.follow(plan) {
		facts[len(facts)-1].End = p.attempt.ends()
		plan, err = timetable.Plan(p.held, facts, today)
	}
	if err != nil {
		return fmt.Errorf("plan the day: %w", err)
	}
	if plan == nil {
		plan = []timetable.Airing{}
	}
	p.day = day{date: today, plan: plan, facts: facts, volume: timetable.DefaultVolume}
	for i := range plan {
		if plan[i].State == timetable.StatePlaced {
			p.day.volume = plan[i].Volume
			break
		}
	}
	return nil
}

// explain writes down what kept an airing from beginning when its time had come: the programme that names it was not
// here yet, or the output or the agent was not able to.
func (p *Player) explain(now Reading, a *timetable.Airing) error {
	cause := playlists.CauseAgentDown
	if _, ok := p.Output.Line(); !ok {
		cause = playlists.CauseDeviceError
	}
	if _, slumber := p.Journal.Slept(); slumber != "" && a.Start.Before(now.at(p.started)) {
		cause = slumber
	}
	if p.held != p.brought && a.Start.Before(now.at(p.heldAt)) {
		cause = playlists.CauseNotReceived
	}
	end := now.Time.Add(lead + p.ahead())
	p.Log.Warn("an airing's time has passed", "airing", a.ID, "due", a.Due, "cause", cause)
	return p.Journal.Outage(journal.Outage{Cause: cause, Begin: a.Start, End: end})
}

// account writes down what has become final.
func (p *Player) account(seen outlook) error {
	if len(seen.misses) > 0 {
		if err := p.Journal.Misses(seen.misses); err != nil {
			return err
		}
		for _, m := range seen.misses {
			p.Log.Info("airing missed", "airing", m.Airing, "due", m.Due, "cause", m.Cause, "by", m.By)
		}
		p.day.stale = true
	}
	last := p.Journal.Accounted()
	if seen.through.After(last) && (seen.news || p.Journal.Unaccounted() || seen.through.Sub(last) >= accountEvery) {
		return p.Journal.Account(seen.through)
	}
	return nil
}

// closeDays accounts for the days before today that are not accounted for: the one that has just ended, and those
// which the agent slept through. It returns false when it has to wait for what sounds still.
func (p *Player) closeDays(now Reading, today playlists.Date, zone *time.Location) (closed bool, err error) {
	last := p.Journal.Accounted()
	if last.IsZero() {
		return true, nil
	}
	date := playlists.DateOf(last.In(zone))
	if p.attempt != nil && date.Compare(today) < 0 {
		return false, nil
	}
	if earliest := today.AddDays(-maxAsleep); date.Compare(earliest) < 0 {
		date = earliest
	}
	for ; date.Compare(today) < 0; date = date.AddDays(1) {
		end := date.AddDays(1).Midnight(zone)
		plan, err := timetable.Plan(p.held, p.Journal.Facts(date.Midnight(zone)), date)
		if err != nil {
			return false, fmt.Errorf("plan %s: %w", date, err)
		}
		// What was due before has been accounted for, by what was known then.
		plan = slices.DeleteFunc(plan, func(a timetable.Airing) bool { return a.Due.Before(last) })
		for i := range plan {
			// The day is over: what has a place and did not take it will not.
			if plan[i].State == timetable.StatePlaced {
				plan[i].State = timetable.StateMissed
				if plan[i].Cause == "" {
					plan[i].Cause = playlists.CauseAgentDown
				}
			}
		}
		v := p.view(now)
		v.over = true
		seen := look(plan, v)
		seen.through, seen.news = end, true
		if err := p.account(seen); err != nil {
			return false, err
		}
	}
	return true, nil
}
