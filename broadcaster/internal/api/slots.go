package api

import (
	"context"
	"strings"
	"time"

	"dalaba/broadcaster/internal/access"
	"dalaba/broadcaster/internal/ledger"
	"dalaba/broadcaster/internal/rounds"
	"dalaba/playlists"
	"dalaba/playlists/timetable"
)

// The states of a slot.
const (
	slotComing     = "coming"
	slotSounding   = "sounding"
	slotPlayed     = "played"
	slotPartial    = "partial"
	slotMissed     = "missed"
	slotUnreported = "unreported"
	slotCancelled  = "cancelled"
)

// desk is what one answer about a calendar is made with: a teller, the rounds as they stand, and for whom and when.
type desk struct {
	teller
	now    time.Time
	rounds map[playlists.RoundID]rounds.Round
	// edits are the rounds that the person may change.
	edits map[playlists.RoundID]bool
}

func (a *API) readDesk(ctx context.Context, p access.Person, now time.Time) (*desk, error) {
	t, err := a.readTeller(ctx)
	if err != nil {
		return nil, err
	}
	all, err := a.Rounds.Rounds(ctx)
	if err != nil {
		return nil, err
	}
	d := &desk{
		teller: t, now: now, rounds: make(map[playlists.RoundID]rounds.Round, len(all)),
		edits: make(map[playlists.RoundID]bool),
	}
	for _, x := range all {
		d.rounds[x.ID] = x
		d.edits[x.ID] = a.may(p, access.ActEditRound, x.Owner) == nil
	}
	return d, nil
}

// slot is a slot without what became of it. Owner is the round's, where it is known.
func (d *desk) slot(round playlists.RoundID, name string, class playlists.Class, due time.Time, owner playlists.GridCode) slotShape {
	x, stands := d.rounds[round]
	if owner == "" {
		owner = x.Owner
	}
	return slotShape{
		Round: string(round), RoundName: name, Class: string(class), Owner: string(owner), OwnerName: d.names.Path(owner),
		Due: due, Contents: []string{}, Terminals: 1, Movable: stands && movable(&x.Timetable),
		MayEdit: d.edits[round] && due.After(d.now),
	}
}

// movable tells whether a timetable can be put at another time as a whole: it fires at equal steps, or once a day.
func movable(t *playlists.Timetable) bool {
	if t.Every != nil {
		return true
	}
	fields := strings.Fields(t.Cron)
	return len(fields) == 5 && isNumber(fields[0]) && isNumber(fields[1])
}

func isNumber(text string) bool { return text != "" && strings.Trim(text, "0123456789") == "" }

// standing is how an airing stands, planned or written down.
type standing struct {
	state  string
	reason string
	late   bool
	// start and end are zero where it does not sound, end also where it is not known.
	start, end time.Time
}

// planned is the slot of an airing as the plan has it.
func (d *desk) planned(x *timetable.Airing, contents []rounds.Content) slotShape {
	s := d.slot(x.Round.ID, x.Round.Name, x.Round.Class, x.Due, x.Round.Owner)
	s.Airing, s.Volume, s.Contents = x.ID.String(), x.Volume, d.contents(contents)
	s.stand(d.inPlan(x))
	return s
}

func (s *slotShape) stand(how standing) {
	s.State, s.Reason, s.Late, s.Sounding = how.state, how.reason, how.late, sounds(how.state)
	s.Start, s.End = instant(how.start), instant(how.end)
}

// inPlan is how an airing stands in the plan; what should have sounded by now and has not told is unreported.
func (d *desk) inPlan(x *timetable.Airing) (how standing) {
	for _, end := range x.Spans {
		how.end = end
	}
	how.state = d.stateOf(x, how.end)
	switch how.state {
	case slotMissed, slotCancelled:
		how.end = time.Time{}
	case slotUnreported:
		how.start, how.reason = x.Start, d.say("slot_unreported", nil)
		return how
	default:
		how.start, how.late = x.Start, x.Start.Sub(x.Due) > playlists.OnTimeWithin
		if x.State == timetable.StateSounding || x.State == timetable.StateDone {
			how.start = begun(x.Due, x.Start)
		}
	}
	if how.late || how.start.IsZero() {
		how.reason = d.fate(x.Due, how.start, x.Cause, x.Winner)
	}
	return how
}

// begun is when something is shown to have begun that began at start: when it was due, if that is on time. So it belongs to
// that minute, though clocks may say a millisecond before.
func begun(due, start time.Time) time.Time {
	if start.Sub(due).Abs() <= playlists.OnTimeWithin {
		return due
	}
	return start
}

func (d *desk) stateOf(x *timetable.Airing, end time.Time) string {
	switch {
	case x.State == timetable.StateMissed && x.Cause == playlists.CauseCancelled:
		return slotCancelled
	case x.State == timetable.StateMissed && !x.Start.IsZero():
		return slotPartial
	case x.State == timetable.StateMissed:
		return slotMissed
	case x.State == timetable.StateDone:
		return slotPlayed
	case x.State == timetable.StateSounding:
		return slotSounding
	case x.Start.After(d.now):
		return slotComing
	case end.After(d.now):
		return slotSounding
	}
	return slotUnreported
}

// sounds is how many of one terminal sound, have sounded or are to sound.
func sounds(state string) int {
	switch state {
	case slotComing, slotSounding, slotPlayed, slotPartial:
		return 1
	}
	return 0
}

// became is the state of something that the ledger has written down.
func became(outcome playlists.Outcome, cause playlists.Cause) string {
	switch {
	case outcome == playlists.OutcomeMissed && cause == playlists.CauseCancelled:
		return slotCancelled
	case outcome == playlists.OutcomePlayed:
		return slotPlayed
	case outcome == playlists.OutcomePartial:
		return slotPartial
	case outcome == playlists.OutcomeMissed:
		return slotMissed
	}
	return slotUnreported
}

// told is the sentence about something that the ledger has written down; empty when it was played on time.
func (d *desk) told(state string, late bool, due, began time.Time, cause playlists.Cause, by timetable.Winner) string {
	why := d.because(cause, by)
	switch {
	case state == slotPlayed && !late:
		return ""
	case state == slotPlayed && why == "":
		return d.say("slot_late_plain", map[string]any{"start": d.later(due, began)})
	case state == slotPlayed:
		return d.say("slot_late", map[string]any{"start": d.later(due, began), "because": why})
	case state == slotUnreported:
		return d.say("slot_unreported", nil)
	case why == "":
		why = d.say("because_unknown", nil)
	}
	return d.say("slot_"+state, map[string]any{"because": why})
}

// written is the slot of a planned airing of the ledger.
func (d *desk) written(x *ledger.Airing) slotShape {
	s := d.slot(x.Round, x.RoundName, x.Class, x.Due, x.Owner)
	s.Airing, s.Contents = x.ID.String(), d.ledgerContents(x.Contents)
	s.stand(d.inLedger(x.Due, x.End(), x.Contents))
	return s
}

// inLedger is how an airing stands in the ledger.
func (d *desk) inLedger(due time.Time, x ledger.End, contents []ledger.Content) standing {
	how := standing{state: became(x.Outcome, x.Cause), start: begun(due, x.Began)}
	how.late = how.state == slotPlayed && x.Timing == ledger.Late
	how.reason = d.told(how.state, how.late, due, x.Began, x.Cause, x.Winner())
	if how.state == slotPlayed {
		how.end = x.Began.Add(ledger.Length(contents).Duration())
	}
	return how
}

// ledgerContents is what an airing asked for, each thing once.
func (d *desk) ledgerContents(list []ledger.Content) []string {
	out := []string{}
	for _, c := range list {
		out = appendNew(out, d.content(c.Title, c.Dialect))
	}
	return out
}

// silences are spans of quiet with their sentences.
func (d *desk) silences(list []timetable.QuietSpan) []silenceSpanShape {
	return shapes(list, func(s timetable.QuietSpan) silenceSpanShape {
		if s.By.Kind == timetable.ByPerson {
			return silenceSpanShape{Begin: s.Begin, End: s.End, Kind: "mute", Reason: d.because(playlists.CauseMuted, s.By)}
		}
		return silenceSpanShape{Begin: s.Begin, End: s.End, Kind: string(s.By.Kind), Reason: d.winner(s.By)}
	})
}
