package rounds

import (
	"context"
	"errors"
	"slices"
	"strings"
	"time"

	"dalaba/broadcaster/internal/store"
	"dalaba/playlists"
	"dalaba/playlists/timetable"
)

// What a preview looks at.
const (
	// previewFirings is how many of the next firings it shows.
	previewFirings = 10
	// previewDays is how many of their days it plans.
	previewDays = 7
	// previewGroups is for how many groups of terminals that have the same to do it plans them.
	previewGroups = 100
)

// Starts before and after these times of day are asked back.
const (
	earliestStart = 6*60*60 + 30*60
	latestStart   = 21*60*60 + 30*60
)

// Preview is what a round would do if it were saved.
type Preview struct {
	// Terminals are those that it would touch.
	Terminals []Terminal
	// Firings are the next ones, at most ten.
	Firings []time.Time
	// Lengths tells, for each list of dialects among the terminals, how long one airing is.
	Lengths []Length
	// Warnings are what the person should know before saving, the same thing once.
	Warnings []Warning
}

// Length is how long an airing of a round is at terminals with the same dialects: the longest that was looked at.
type Length struct {
	Dialects  []playlists.Dialect
	Terminals int
	Length    playlists.Millis
}

// Warning is like a playlists.Problem, but does not stand in the way of saving.
type Warning struct {
	Code string
	// Args fill the places {name} of the sentence. Times of day are the town's, as 06:30.
	Args map[string]any
}

// checkTimetable refuses a timetable that is wrong, or has nothing left to fire after now.
func (r *Rounds) checkTimetable(b *book, round *Round, now time.Time) error {
	if err := tidyTimetable(&round.Timetable); err != nil {
		return err
	}
	b.useHolidays(round)
	if err := timetable.Check(round.Timetable, r.zone, round.Holidays...); err != nil {
		return err
	}
	if len(timetable.Next(round.Timetable, r.zone, now, 1, round.Holidays...)) == 0 {
		return invalid("timetable_over", "timetable.until", nil)
	}
	return nil
}

// tidyTimetable brings t's lists into the order in which they are kept, each day once, and refuses days that nobody means.
func tidyTimetable(t *playlists.Timetable) error {
	t.Cron = strings.TrimSpace(t.Cron)
	t.Weekdays = slices.Compact(slices.Sorted(slices.Values(t.Weekdays)))
	t.Except = slices.Compact(slices.SortedFunc(slices.Values(t.Except), playlists.Date.Compare))
	return errors.Join(
		checkDays("timetable.from", t.From), checkDays("timetable.until", t.Until), checkDays("timetable.except", t.Except...),
	)
}

// checkDays refuses days that nobody means; the zero Date is none.
func checkDays(field string, days ...playlists.Date) error {
	for _, day := range days {
		if !day.IsZero() && !day.Plannable() {
			return invalid("moment_out_of_range", field, nil)
		}
	}
	return nil
}

// Next returns the first n instants after after at which round falls due, and none while it is paused.
func (r *Rounds) Next(round Round, after time.Time, n int) []time.Time {
	if round.Paused {
		return nil
	}
	return timetable.Next(round.Timetable, r.zone, after, n, round.Holidays...)
}

// Check tells what draft would do if it were saved now, and not paused. A draft that cannot be saved is a Problem, as
// saving it is. A draft with an ID stands for the round of that name.
func (r *Rounds) Check(ctx context.Context, draft Round) (Preview, error) {
	var preview Preview
	err := r.look(ctx, func(tx *store.Tx, b *book) error {
		if old := b.round(draft.ID); old != nil {
			draft.Owner = old.Owner
		}
		if err := r.checkRound(ctx, tx, b, &draft); err != nil {
			return err
		}
		draft.Since, draft.Paused = tx.Now, false
		b.rounds = slices.DeleteFunc(b.rounds, func(round Round) bool { return round.ID == draft.ID })
		b.rounds = append(b.rounds, draft)
		terminals, err := r.choose(ctx, tx, within(draft.Targets))
		if err != nil {
			return err
		}
		preview = Preview{
			Terminals: terminals, Firings: timetable.Next(draft.Timetable, r.zone, tx.Now, previewFirings, draft.Holidays...),
		}
		l := &lookout{Preview: &preview, draft: &draft, zone: r.zone, today: playlists.DateOf(tx.Now.In(r.zone))}
		above, err := r.choose(ctx, tx, hornAbove(&draft))
		if err != nil {
			return err
		}
		l.offer(above)
		return l.look(b)
	})
	return preview, err
}

// lookout plans the draft's next days, and notes what it sees.
type lookout struct {
	*Preview
	draft *Round
	zone  *time.Location
	today playlists.Date
	// loudness is that of the draft, if it asks for a volume.
	loudness Loudness
}

func (l *lookout) look(b *book) error {
	if len(l.Terminals) == 0 {
		l.warn("no_terminal_touched", nil)
	}
	for _, at := range l.Firings {
		l.lookAtHour(at)
	}
	var days []playlists.Date
	for _, at := range l.Firings {
		if day := playlists.DateOf(at.In(l.zone)); !slices.Contains(days, day) && len(days) < previewDays {
			days = append(days, day)
		}
	}
	groups := make(map[string]bool)
	for _, t := range l.Terminals {
		p := b.programmeOf(t, l.zone, l.today)
		if key := toDo(p) + l.draft.bounds(p); !groups[key] && len(groups) < previewGroups {
			groups[key] = true
			for _, day := range days {
				if err := l.plan(p, day); err != nil {
					return named(p, err)
				}
			}
		}
		l.length(t.Dialects).Terminals++
	}
	l.reckon()
	l.compare()
	return nil
}

// length returns the preview's Length for dialects, and makes it.
func (l *lookout) length(dialects []playlists.Dialect) *Length {
	i := slices.IndexFunc(l.Lengths, func(known Length) bool { return slices.Equal(known.Dialects, dialects) })
	if i < 0 {
		i = len(l.Lengths)
		l.Lengths = append(l.Lengths, Length{Dialects: dialects})
	}
	return &l.Lengths[i]
}

// warn notes a warning once for each round that it names.
func (l *lookout) warn(code string, args map[string]any) {
	if !slices.ContainsFunc(l.Warnings, func(w Warning) bool { return w.Code == code && w.Args["round"] == args["round"] }) {
		l.Warnings = append(l.Warnings, Warning{Code: code, Args: args})
	}
}

func (l *lookout) clock(at time.Time) string { return at.In(l.zone).Format("15:04") }

// later is when a begins: with seconds where the minute is that in which it is due.
func (l *lookout) later(a *timetable.Airing) string {
	if start := l.clock(a.Start); start != l.clock(a.Due) {
		return start
	}
	return a.Start.In(l.zone).Format(time.TimeOnly)
}

func (l *lookout) lookAtHour(at time.Time) {
	local := at.In(l.zone)
	switch start := playlists.NewTimeOfDay(local.Clock()); {
	case start < earliestStart:
		l.warn("starts_early", map[string]any{"time": start.String()})
	case start > latestStart:
		l.warn("starts_late", map[string]any{"time": start.String()})
	}
}

// plan notes what becomes of the draft on day at a terminal with programme p, and what it does to others.
func (l *lookout) plan(p *playlists.Programme, day playlists.Date) error {
	airings, err := timetable.Plan(p, nil, day)
	if err != nil {
		return err
	}
	var last *timetable.Airing
	var begun time.Time
	starts := 0
	for i := range airings {
		a := &airings[i]
		if a.Round.ID != l.draft.ID {
			l.lookAtOther(a)
			continue
		}
		length := l.length(p.Dialects)
		length.Length = max(length.Length, a.Length)
		l.lookAtOwn(a)
		if a.State != timetable.StateMissed {
			if !begun.IsZero() {
				l.lookAtSpacing(begun, a.Start)
			}
			begun, starts = a.Start, starts+1
			l.loudness.add(l.draft, a.Volume)
		}
		if last != nil && a.Due.Sub(last.Due) < last.Length.Duration() {
			l.warn("longer_than_step", map[string]any{
				"seconds": int64(last.Length+999) / 1000, "step": int64(a.Due.Sub(last.Due) / time.Minute),
			})
		}
		last = a
	}
	l.lookAtQuota(day, starts)
	return nil
}

// lookAtOwn notes what keeps an airing of the draft from sounding on time.
func (l *lookout) lookAtOwn(a *timetable.Airing) {
	args := map[string]any{"time": l.clock(a.Due)}
	missed := a.State == timetable.StateMissed
	if !missed {
		args["start"] = l.later(a)
	}
	switch a.Cause {
	case "":
	case playlists.CauseQuietHours:
		l.warn(either(missed, "falls_into_quiet", "moved_by_quiet"), args)
	case playlists.CauseMuted:
		args["by"] = a.By
		l.warn(either(missed, "falls_into_mute", "moved_by_mute"), args)
	case playlists.CausePreempted:
		if a.By == l.draft.Name {
			return // longer_than_step tells it
		}
		args["round"] = a.By
		l.warn(either(missed, "gives_way", "moved_by_round"), args)
	case playlists.CauseNoDialect:
		l.warn("no_dialect", args)
	default:
		l.warn(either(len(a.Entries) == 0, "announcements_over", "no_time_left"), args)
	}
}

// lookAtOther notes an airing of another round that the draft stands in the way of.
func (l *lookout) lookAtOther(a *timetable.Airing) {
	if a.Cause != playlists.CausePreempted || a.By != l.draft.Name {
		return
	}
	args := map[string]any{"time": l.clock(a.Due), "round": a.Round.Name}
	if a.State == timetable.StateMissed {
		l.warn("displaces_round", args)
		return
	}
	args["start"] = l.later(a)
	l.warn("moves_round", args)
}

func either(yes bool, a, b string) string {
	if yes {
		return a
	}
	return b
}
