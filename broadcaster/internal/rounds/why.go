package rounds

import (
	"context"
	"fmt"
	"slices"
	"time"

	"dalaba/broadcaster/internal/store"
	"dalaba/playlists"
	"dalaba/playlists/timetable"
)

// Because is why a terminal sounds, or does not, in a minute, past or to come.
type Because struct {
	// Answer is the plan's; of a minute that has passed, what sounded in it and what did not is the ledger's. Then an
	// airing of Sounds or Absent that sounded only in part is StateMissed and has a Start, and Verdict may be
	// VerdictUnreported too.
	timetable.Answer
	// Unreported were due, or were to sound, in a minute that has passed, and the terminal has not told yet what became of
	// them. They are as they were planned.
	Unreported []timetable.Airing
	// Revision is the programme that is, or was, in force; zero for none.
	Revision uint64
	// Programme is that programme, or nil: it knows titles and limits.
	Programme *playlists.Programme
	// Lines say it in codes, the most telling first. There is at least one.
	Lines []Line
}

// Line is one part of an answer: a code, for which the edge has a sentence, and what fills its places. Times of day are
// the town's, as 06:30, and days as 2026-01-23.
type Line struct {
	Code string
	Args map[string]any
	// Round is the id of the one that it speaks of, for a link, and Contents what that sounds, or was to; both may be empty.
	Round    playlists.RoundID
	Contents []Content
	// Cause and By are what Args has of them, as they were given.
	Cause playlists.Cause
	By    timetable.Winner
}

// Why answers what sounds at terminal in the minute of the instant at, and why, or why nothing does: from the programme
// that is in force at its end (for what is to come, the newest), from what is known of the day, and from what people changed. Of
// a minute that has passed it never says anything but what the ledger says.
func (r *Rounds) Why(ctx context.Context, terminal playlists.TerminalID, at time.Time) (Because, error) {
	from := at.Truncate(time.Minute)
	because := Because{Answer: timetable.Answer{
		From: from.UTC(), To: from.Add(time.Minute).UTC(), Verdict: timetable.VerdictNothing,
	}}
	e := &explainer{Because: &because, zone: r.zone}
	err := r.look(ctx, func(tx *store.Tx, b *book) error {
		history, err := r.Revisions(ctx, tx, terminal, because.From, because.To)
		if err != nil {
			return err
		}
		known, accounts, err := r.told(ctx, tx, terminal, playlists.DateOf(from.In(r.zone)))
		if err != nil {
			return err
		}
		var in Published
		var traces []trace
		if len(history) == 0 {
			e.say("why_no_programme", nil)
		} else {
			in = history[len(history)-1]
			because.Revision, because.Programme = in.Revision, in.Programme
			if because.Answer, err = timetable.Why(in.Programme, known, from); err != nil {
				return fmt.Errorf("ask terminal %s: %w", terminal, err)
			}
			if traces, err = r.traces(ctx, tx, b, in.Programme, from); err != nil {
				return err
			}
		}
		if !because.To.After(tx.Now) {
			p := &past{Because: &because, accounts: accounts, known: known, since: in.From}
			p.settle()
		}
		e.explain(traces)
		return nil
	})
	return because, err
}

// told returns what is known of a day at the terminal, and how its airings stand.
func (r *Rounds) told(ctx context.Context, tx *store.Tx, terminal playlists.TerminalID, day playlists.Date) ([]timetable.Fact, []Account, error) {
	if r.facts == nil {
		return nil, nil, nil
	}
	begin, end := day.Midnight(r.zone), day.AddDays(1).Midnight(r.zone)
	known, err := r.facts.Facts(ctx, tx, terminal, begin, end)
	if err != nil {
		return nil, nil, fmt.Errorf("read what is known of terminal %s: %w", terminal, err)
	}
	accounts, err := r.facts.Accounts(ctx, tx, terminal, begin, end)
	if err != nil {
		return nil, nil, fmt.Errorf("read how airings of terminal %s stand: %w", terminal, err)
	}
	return inTime(known, accounts), accounts, nil
}

// explainer writes an answer's lines.
type explainer struct {
	*Because
	zone *time.Location
}

func (e *explainer) say(code string, args map[string]any) *Line {
	e.Lines = append(e.Lines, Line{Code: code, Args: args})
	return &e.Lines[len(e.Lines)-1]
}

// tell says code of an airing.
func (e *explainer) tell(code string, a *timetable.Airing) *Line {
	line := e.say(code, e.about(a))
	line.Round, line.Cause, line.By = a.Round.ID, a.Cause, a.Winner
	if e.Programme != nil {
		line.Contents = Contents(e.Programme, a.Entries)
	}
	return line
}

func (e *explainer) clock(at time.Time) string {
	if at.IsZero() {
		return ""
	}
	return at.In(e.zone).Format("15:04")
}

func (e *explainer) explain(traces []trace) {
	slices.SortStableFunc(e.Sounds, func(a, b timetable.Airing) int { return a.Start.Compare(b.Start) })
	for i := range e.Sounds {
		e.sounds(&e.Sounds[i])
	}
	for i := range e.Facts {
		f := &e.Facts[i]
		if f.Kind == timetable.FactMute {
			e.quiet(playlists.CauseMuted, timetable.Winner{Kind: timetable.ByPerson, Name: f.By, Grid: f.Grid, Reason: f.Reason, Until: f.End})
			continue
		}
		code := "why_" + string(f.Kind)
		if f.Kind == timetable.FactAlert && f.Drill {
			code = "why_drill"
		}
		line := e.say(code, map[string]any{"by": f.By, "cause": string(f.Cause), "time": e.clock(f.Begin), "until": e.clock(f.End)})
		line.Cause, line.By = f.Cause, timetable.Winner{Name: f.By, Grid: f.Grid, Level: f.Level}
	}
	for i := range e.Unreported {
		e.tell("why_unreported", &e.Unreported[i])
	}
	for i := range e.Absent {
		e.absent(&e.Absent[i])
	}
	for _, idle := range e.Idle {
		e.say("why_"+string(idle.Off), map[string]any{
			"round": idle.Round.Name, "day": idle.Day.String(), "set": idle.Set,
		}).Round = idle.Round.ID
	}
	if e.silent() {
		e.trace(traces)
	}
	if e.Verdict == timetable.VerdictQuiet && e.Cause != playlists.CauseMuted {
		e.quiet(e.Cause, e.By)
	}
	if len(e.Lines) == 0 {
		e.say("why_nothing", nil)
	}
}

// quiet says that the terminal is silent, whatever is planned.
func (e *explainer) quiet(cause playlists.Cause, by timetable.Winner) {
	line := e.say("why_silent", e.because(cause, by))
	line.Cause, line.By = cause, by
}

func (e *explainer) sounds(a *timetable.Airing) {
	late := a.Cause != "" && a.State != timetable.StateMissed && a.Start.Sub(a.Due) > playlists.OnTimeWithin
	e.tell(either(late, "why_sounds_late", "why_sounds"), a).Args["volume"] = a.Volume
	if a.State == timetable.StateMissed {
		e.tell("why_cut", a)
	}
}

func (e *explainer) absent(a *timetable.Airing) {
	switch {
	case a.State != timetable.StateMissed:
		e.tell("why_deferred", a)
	case a.Start.IsZero():
		e.tell("why_missed", a)
	default:
		e.tell("why_cut", a)
	}
}

// about tells of an airing when it was due and when it begins, and what makes it late, cuts it or keeps it from sounding.
func (e *explainer) about(a *timetable.Airing) map[string]any {
	args := e.because(a.Cause, a.Winner)
	args["round"], args["due"] = a.Round.Name, e.clock(a.Due)
	if !a.Start.IsZero() {
		args["start"] = e.clock(a.Start)
		if args["start"] == args["due"] && a.Start.Sub(a.Due) > playlists.OnTimeWithin {
			args["start"] = a.Start.In(e.zone).Format(time.TimeOnly)
		}
	}
	return args
}

// because says who or what stood first: cause and winner are codes, by is its name, until when it ends.
func (e *explainer) because(cause playlists.Cause, by timetable.Winner) map[string]any {
	return map[string]any{
		"cause": string(cause), "winner": string(by.Kind), "by": by.Name, "grid": string(by.Grid), "until": e.clock(by.Until),
	}
}

// silent tells whether the answer leaves room for what people did: something that sounded, or may have, does not.
func (e *explainer) silent() bool {
	switch e.Verdict {
	case timetable.VerdictAbsent, timetable.VerdictIdle, timetable.VerdictQuiet, timetable.VerdictNothing:
		return true
	}
	return false
}

// trace says what people did to rounds that would sound otherwise, the same once.
func (e *explainer) trace(traces []trace) {
	said := make(map[string]bool)
	for _, t := range traces {
		args := map[string]any{"round": t.round.Name, "by": t.by, "day": t.day.String(), "time": e.clock(t.at)}
		if key := fmt.Sprint(t.how, args); !said[key] && len(said) < maxTold {
			said[key] = true
			e.say("why_"+t.how, args).Round = t.round.ID
		}
	}
}
