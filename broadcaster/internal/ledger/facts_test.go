package ledger

import (
	"cmp"
	"fmt"
	"slices"
	"testing"
	"time"

	gocmp "github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"dalaba/broadcaster/internal/store"
	"dalaba/playlists"
	"dalaba/playlists/timetable"
)

// agent is a terminal's agent on one day, as small as can be: it does what the plan says, is held up and cut, and writes
// down what happened, for its own plan as facts, and for the ledger as reports.
type agent struct {
	*rapid.T
	programme *playlists.Programme
	now       time.Time
	troubles  []timetable.Fact // outages to come, in order
	outages   []timetable.Fact
	attempts  []timetable.Fact
	missed    map[playlists.AiringID]timetable.Fact
	late      map[playlists.AiringID]playlists.Cause // what made a whole attempt late
	heard     map[playlists.AiringID]bool            // a word of it
	reports   []playlists.Report
}

func (a *agent) facts() []timetable.Fact {
	facts := slices.Concat(a.outages, a.attempts)
	for _, f := range a.missed {
		facts = append(facts, f)
	}
	return facts
}

func (a *agent) plan() []timetable.Airing {
	plan, err := timetable.Plan(a.programme, a.facts(), day)
	if err != nil {
		a.Fatal(err)
	}
	return plan
}

// live goes through the day.
func (a *agent) live() {
	end := day.AddDays(1).Midnight(shanghai)
	for a.now = day.Midnight(shanghai); ; {
		plan := a.plan()
		for _, airing := range plan {
			if airing.State == timetable.StateMissed && airing.Round.Class == playlists.ClassAnnouncement &&
				airing.Due.Add(airing.Round.Lateness.Duration()).Before(a.now) {
				a.miss(airing, airing.Cause, airing.By)
			}
		}
		next := slices.DeleteFunc(plan, func(x timetable.Airing) bool { return x.State != timetable.StatePlaced })
		if len(next) == 0 {
			break
		}
		airing := slices.MinFunc(next, func(x, y timetable.Airing) int { return x.Start.Compare(y.Start) })
		a.now = airing.Start
		switch {
		case a.held(airing.Start):
		case rapid.IntRange(0, 9).Draw(a.T, "recording absent") == 0:
			a.miss(airing, playlists.CauseClipAbsent, "")
		default:
			a.sound(airing)
		}
	}
	a.now = end
	for _, airing := range a.plan() {
		if airing.State == timetable.StateMissed {
			a.miss(airing, airing.Cause, airing.By)
		}
	}
	a.reports = append(a.reports, playlists.Report{Accounted: &playlists.Accounted{Through: end, Revisions: []uint64{1}}})
}

// held tells whether a trouble has begun before moment, and lives through it.
func (a *agent) held(moment time.Time) bool {
	if len(a.troubles) == 0 || a.troubles[0].Begin.After(moment) {
		return false
	}
	a.outages = append(a.outages, a.troubles[0])
	a.now, a.troubles = a.troubles[0].End, a.troubles[1:]
	return true
}

func (a *agent) miss(airing timetable.Airing, cause playlists.Cause, by string) {
	if _, known := a.missed[airing.ID]; known {
		return
	}
	a.missed[airing.ID] = timetable.Fact{Kind: timetable.FactMissed, Begin: airing.Due, Airing: airing.ID, Cause: cause, By: by}
	a.reports = append(a.reports, playlists.Report{Miss: &playlists.Miss{
		Airing: airing.ID, Round: airing.Round.ID, Due: airing.Due, Revision: 1, Cause: cause, By: by,
	}})
}

// sound makes an attempt, as far as it comes.
func (a *agent) sound(airing timetable.Airing) {
	first, last := 0, len(airing.Entries)-1
	if len(airing.Pieces) > 0 {
		first, last = airing.Pieces[0].First, airing.Pieces[0].Last
	}
	attempt := timetable.Fact{
		Kind: timetable.FactSounded, Airing: airing.ID, Attempt: airing.Attempt, Begin: airing.Start,
	}
	complete := 0
	for i := first; i <= last; i++ {
		entry := airing.Entries[i]
		begin := airing.Start.Add((entry.At - airing.From(first)).Duration())
		if a.held(begin) {
			if i > first {
				break // between two entries
			}
			// In its chime: it has left nothing, and its time has passed.
			trouble := a.outages[len(a.outages)-1]
			trouble.Begin = airing.Start
			a.outages = append(a.outages, trouble)
			return
		}
		play := playlists.Play{
			Event: fmt.Sprint(len(a.reports)), Airing: airing.ID, Round: airing.Round.ID, Due: airing.Due, Revision: 1, Attempt: airing.Attempt,
			Entry: i, Entries: len(airing.Entries), Announcement: entry.Announcement, Dialect: entry.Dialect, Clip: entry.Clip,
			Begin: begin, End: begin.Add(entry.Duration.Duration()), Sounded: entry.Duration, Volume: 80, Result: playlists.ResultComplete,
		}
		if i == first {
			play.Lead = entry.At - airing.From(first)
		}
		if airing.Start.Sub(airing.Due) > playlists.OnTimeWithin {
			play.Cause, play.By = airing.Cause, airing.By
		}
		cut := a.cut(&play)
		a.reports = append(a.reports, playlists.Report{Play: &play})
		a.now, attempt.End = play.End, play.End
		a.heard[airing.ID] = a.heard[airing.ID] || play.Sounded > 0
		if cut {
			attempt.Cause, attempt.By = play.Cause, play.By
			a.held(play.End)
			break
		}
		complete++
		attempt.Entries = i + 1
	}
	if attempt.Whole = complete == len(airing.Entries); attempt.Whole && airing.Start.Sub(airing.Due) > playlists.OnTimeWithin {
		a.late[airing.ID] = airing.Cause
	}
	a.attempts = append(a.attempts, attempt)
}

// cut tells whether play is cut, by an outage or for a moment.
func (a *agent) cut(play *playlists.Play) bool {
	end, cause, by := time.Time{}, playlists.CauseDeviceError, ""
	if len(a.troubles) > 0 && a.troubles[0].Begin.Before(play.End) {
		end, cause = later(a.troubles[0].Begin, play.Begin), a.troubles[0].Cause
	} else if rapid.IntRange(0, 9).Draw(a.T, "cut") == 0 {
		end, by = play.Begin.Add(time.Duration(rapid.IntRange(0, 4000).Draw(a.T, "after"))*time.Millisecond), "谁"
	}
	if end.IsZero() {
		return false
	}
	play.End, play.Sounded = end, playlists.MillisOf(end.Sub(play.Begin))
	play.Result, play.Cause, play.By = playlists.ResultCut, cause, by
	return true
}

func later(a, b time.Time) time.Time { return slices.MaxFunc([]time.Time{a, b}, time.Time.Compare) }

func (d *desk) told(terminal playlists.TerminalID) (facts []timetable.Fact, airings []Airing) {
	d.Helper()
	d.must(d.db.Read(d.Context(), func(tx *store.Tx) (err error) {
		begin, end := day.Midnight(shanghai), day.AddDays(1).Midnight(shanghai)
		if facts, err = d.Facts(d.Context(), tx, terminal, begin, end); err != nil {
			return err
		}
		airings, err = d.AiringsOf(d.Context(), tx, terminal, begin, end)
		return err
	}))
	return facts, airings
}

func TestAPlanFromTheLedgerIsTheAgentsOwn(t *testing.T) {
	d := newDesk(t)
	d.now = day.AddDays(1).Midnight(shanghai).Add(time.Hour)
	rapid.Check(t, func(r *rapid.T) {
		d.empty()
		a := &agent{
			T: r, programme: drawProgramme(r, d), troubles: drawTroubles(r),
			missed: make(map[playlists.AiringID]timetable.Fact), late: make(map[playlists.AiringID]playlists.Cause),
			heard: make(map[playlists.AiringID]bool),
		}
		a.live()
		for rest := range slices.Chunk(a.reports, 200) {
			d.send(rest...)
		}
		d.must(d.CatchUp(t.Context(), d.now))
		facts, airings := d.told(horn)
		got, err := timetable.Plan(a.programme, facts, day)
		if err != nil {
			r.Fatal(err)
		}
		own := a.plan()
		if len(airings) != len(own) {
			r.Fatalf("%d airings in the ledger, %d in the plan", len(airings), len(own))
		}
		slices.SortFunc(airings, func(x, y Airing) int { return cmp.Or(x.Due.Compare(y.Due), slices.Compare(x.ID[:], y.ID[:])) })
		for i := range own {
			if diff := gocmp.Diff(a.fate(own[i], a.late[own[i].ID]), a.fate(got[i], "")); diff != "" {
				r.Fatalf("the agent's own airing and the ledger's (-own +ledger):\n%s", diff)
			}
			want := a.outcome(own[i])
			if airings[i].Outcome != want || want == playlists.OutcomeMissed && airings[i].Cause != own[i].Cause {
				r.Fatalf("%+v: %+v in the ledger, want %s", own[i], airings[i], want)
			}
		}
	})
}

// fate is what both plans must say of x alike. Of what was whole and late the agent's facts have no cause: its plays have.
func (a *agent) fate(x timetable.Airing, late playlists.Cause) timetable.Airing {
	x.Round, x.Entries, x.Winner, x.VolumeBy = nil, nil, timetable.Winner{}, nil
	if x.State == timetable.StateDone {
		x.Cause, x.By, x.Reason = cmp.Or(late, x.Cause), "", ""
	}
	return x
}

// outcome is what the ledger must make of x.
func (a *agent) outcome(x timetable.Airing) playlists.Outcome {
	switch {
	case x.State == timetable.StateDone:
		return playlists.OutcomePlayed
	case a.heard[x.ID]:
		return playlists.OutcomePartial
	}
	return playlists.OutcomeMissed
}

func TestFactsHoldWhatATerminalNeverReceivedAndNothingThatItHasNotTold(t *testing.T) {
	d := newDesk(t)
	everyHour(d)
	d.figures()
	d.send(accounted(at(7, 30), 5))
	due := at(6, 0)
	want := []timetable.Fact{
		{Kind: timetable.FactMissed, Begin: due, Airing: playlists.NewAiringID(washing, due, horn), Cause: playlists.CauseNotReceived},
		{Kind: timetable.FactMissed, Begin: at(7, 0), Airing: playlists.NewAiringID(washing, at(7, 0), horn), Cause: playlists.CauseNotReceived},
	}
	facts, airings := d.told(horn)
	if diff := gocmp.Diff(want, facts); diff != "" || len(airings) != 6 {
		t.Errorf("%d airings; facts (-want +got):\n%s", len(airings), diff)
	}
	if facts, airings := d.told("another"); len(facts)+len(airings) != 0 {
		t.Errorf("of another terminal: %v, %v", facts, airings)
	}
	d.send(both(due, 1, 0)...) // it was there after all
	d.send(missed(at(7, 0), playlists.CausePowerOff), missed(at(7, 0), playlists.CauseAgentDown))
	facts, _ = d.told(horn)
	if len(facts) != 2 || facts[0].Kind != timetable.FactSounded || !facts[0].Whole || facts[0].Entries != 2 || facts[1].Cause != playlists.CausePowerOff {
		t.Errorf("what it said itself counts: %+v", facts)
	}
}
