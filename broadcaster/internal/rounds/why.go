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
	timetable.Answer
	// Revision is the programme that is, or was, in force; zero for none.
	Revision uint64
	// Lines say it in codes, the most telling first. There is at least one.
	Lines []Line
}

// Line is one part of an answer: a code, for which the edge has a sentence, and what fills its places. Times of day are
// the town's, as 06:30, and days as 2026-01-23.
type Line struct {
	Code string
	Args map[string]any
}

// Why answers what sounds at terminal in the minute of the instant at, and why, or why nothing does: from the programme
// that is in force then (for what is to come, the newest), from what is known of the day, and from what people changed.
func (r *Rounds) Why(ctx context.Context, terminal playlists.TerminalID, at time.Time) (Because, error) {
	from := at.Truncate(time.Minute)
	because := Because{Answer: timetable.Answer{
		From: from.UTC(), To: from.Add(time.Minute).UTC(), Verdict: timetable.VerdictNothing,
	}}
	err := r.look(ctx, func(tx *store.Tx, b *book) error {
		history, err := r.Revisions(ctx, tx, terminal, from, from.Add(time.Minute))
		if err != nil {
			return err
		}
		var known []timetable.Fact
		if r.facts != nil {
			day := playlists.DateOf(from.In(r.zone))
			known, err = r.facts.Facts(ctx, tx, terminal, day.Midnight(r.zone), day.AddDays(1).Midnight(r.zone))
			if err != nil {
				return fmt.Errorf("read what is known of terminal %s: %w", terminal, err)
			}
		}
		e := &explainer{Because: &because, zone: r.zone}
		if len(history) == 0 {
			e.say("why_no_programme", nil)
			return nil
		}
		in := history[0]
		because.Revision = in.Revision
		if because.Answer, err = timetable.Why(in.Programme, known, from); err != nil {
			return fmt.Errorf("ask terminal %s: %w", terminal, err)
		}
		traces, err := r.traces(ctx, tx, b, in.Programme, from)
		if err != nil {
			return err
		}
		e.explain(traces)
		return nil
	})
	return because, err
}

// explainer writes an answer's lines.
type explainer struct {
	*Because
	zone *time.Location
}

func (e *explainer) say(code string, args map[string]any) {
	e.Lines = append(e.Lines, Line{Code: code, Args: args})
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
		code := "why_" + string(f.Kind)
		if f.Kind == timetable.FactAlert && f.Drill {
			code = "why_drill"
		}
		e.say(code, map[string]any{"by": f.By, "cause": string(f.Cause), "time": e.clock(f.Begin), "until": e.clock(f.End)})
	}
	for i := range e.Absent {
		e.absent(&e.Absent[i])
	}
	for _, idle := range e.Idle {
		e.say("why_"+string(idle.Off), map[string]any{
			"round": idle.Round.Name, "day": idle.Day.String(), "set": idle.Set,
		})
	}
	for _, t := range traces {
		e.trace(t)
	}
	if e.Verdict == timetable.VerdictQuiet {
		e.say("why_silent", e.because(e.Cause, e.By))
	}
	if len(e.Lines) == 0 {
		e.say("why_nothing", nil)
	}
}

func (e *explainer) sounds(a *timetable.Airing) {
	args := e.because(a.Cause, a.Winner)
	args["round"], args["due"], args["start"], args["volume"] = a.Round.Name, e.clock(a.Due), e.clock(a.Start), a.Volume
	e.say(either(a.Cause != "" && a.Start.Sub(a.Due) > playlists.OnTimeWithin, "why_sounds_late", "why_sounds"), args)
}

func (e *explainer) absent(a *timetable.Airing) {
	args := e.because(a.Cause, a.Winner)
	args["round"], args["due"] = a.Round.Name, e.clock(a.Due)
	if a.State == timetable.StateMissed {
		e.say("why_missed", args)
		return
	}
	args["start"] = e.clock(a.Start)
	e.say("why_deferred", args)
}

// because says who or what stood first: cause and winner are codes, by is its name, until when it ends.
func (e *explainer) because(cause playlists.Cause, by timetable.Winner) map[string]any {
	return map[string]any{
		"cause": string(cause), "winner": string(by.Kind), "by": by.Name, "grid": string(by.Grid), "until": e.clock(by.Until),
	}
}

// trace says what people did to a round that would sound otherwise.
func (e *explainer) trace(t trace) {
	e.say("why_"+t.how, map[string]any{
		"round": t.round.Name, "by": t.by, "day": t.day.String(), "time": e.clock(t.at),
	})
}
