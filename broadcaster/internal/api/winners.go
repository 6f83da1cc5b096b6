package api

import (
	"cmp"
	"context"
	"strings"
	"time"

	"dalaba/broadcaster/internal/rounds"
	"dalaba/broadcaster/internal/store"
	"dalaba/broadcaster/internal/territory"
	"dalaba/playlists"
	"dalaba/playlists/grid"
	"dalaba/playlists/timetable"
)

// teller puts what the planner says in codes into a person's words: causes, winners, contents. There is no other place
// where that is done, so that a dry run, a calendar and the answer to why say the same.
type teller struct {
	ground
	language language
	zone     *time.Location
	dialects map[playlists.Dialect]string
	limits   playlists.Limits
}

func (a *API) readTeller(ctx context.Context) (t teller, err error) {
	t.language, t.zone, t.dialects = callerOf(ctx).language, a.Location, make(map[playlists.Dialect]string)
	if t.ground, err = a.readGround(ctx); err != nil {
		return t, err
	}
	err = a.Store.Read(ctx, func(tx *store.Tx) error {
		list, err := a.Territory.Dialects(ctx, tx)
		for _, d := range list {
			t.dialects[d.Tag] = d.Name
		}
		return err
	})
	if err != nil {
		return t, err
	}
	t.limits, err = a.Rounds.Limits(ctx)
	return t, err
}

// say is the sentence of a code in the person's language.
func (t *teller) say(code string, args map[string]any) string {
	return sentence(t.language, code, args)
}

// clock is a time of day.
func (t *teller) clock(at time.Time) string { return at.In(t.zone).Format("15:04") }

// later is when something begins that was due at due: with seconds where the minute is the same.
func (t *teller) later(due, start time.Time) string {
	if t.clock(start) == t.clock(due) {
		return start.In(t.zone).Format(time.TimeOnly)
	}
	return t.clock(start)
}

// whose is a grid as the one in whose name something was done.
func (t *teller) whose(code playlists.GridCode) string {
	switch level := grid.Level(code); {
	case level == grid.LevelTown:
		return t.say("whose_town", nil)
	case t.names[code] != "":
		return t.names[code]
	case level == grid.LevelVillage:
		return t.say("whose_village", nil)
	default:
		return t.say("whose_other", nil)
	}
}

// content is one announcement in one dialect.
func (t *teller) content(title string, dialect playlists.Dialect) string {
	return t.say("content", map[string]any{"title": title, "dialect": t.dialects[dialect]})
}

func (t *teller) contents(list []rounds.Content) []string {
	return shapes(list, func(c rounds.Content) string { return t.content(c.Title, c.Dialect) })
}

// list is several things in one sentence.
func (t *teller) list(things []string) string {
	return strings.Join(things, map[language]string{chinese: "、", english: ", "}[t.language])
}

// winner is who or what stood first; empty for nobody.
func (t *teller) winner(w timetable.Winner) string {
	args := map[string]any{"name": w.Name, "place": t.whose(w.Grid)}
	code := "winner_" + string(w.Kind)
	switch w.Kind {
	case "":
		return w.Name
	case timetable.ByTemporaryQuiet:
		args["name"] = t.quietReason(w.Name)
	case timetable.ByDailyMinutes:
		args["most"] = t.limits.Minutes
	case timetable.ByDailyPlays:
		args["most"] = t.limits.Plays
	}
	if w.Name == "" {
		if _, known := sentenceOf(code + "_unnamed"); known {
			code += "_unnamed"
		}
	}
	return t.say(code, args)
}

// quietReason is the reason for temporary quiet in the person's language.
func (t *teller) quietReason(name string) string {
	for _, reason := range [...]rounds.QuietReason{rounds.QuietFuneral, rounds.QuietIllness, rounds.QuietExam, rounds.QuietOther} {
		if reason.Name() == name {
			return t.say("quiet_for_"+string(reason), nil)
		}
	}
	return name
}

// because is why something is late, or does not sound, for the end of a sentence; empty for no cause.
func (t *teller) because(cause playlists.Cause, w timetable.Winner) string {
	known := w.Kind != ""
	switch {
	case cause == playlists.CausePreempted && known:
		return t.say("because_first", map[string]any{"winner": t.winner(w)})
	case cause == playlists.CauseQuietHours && known, cause == playlists.CauseDailyLimit && known:
		return t.winner(w)
	case cause == playlists.CauseQuietHours && w.Name != "":
		w.Kind = timetable.ByQuietRule
		return t.winner(w)
	case cause == playlists.CauseMuted && w.Name != "" && w.Reason != "":
		return t.say("because_muted_for", map[string]any{"by": w.Name, "reason": w.Reason})
	case cause == playlists.CauseMuted && w.Name != "":
		return t.say("because_muted", map[string]any{"by": w.Name})
	case cause == playlists.CauseCancelled && w.Name != "":
		return t.say("because_cancelled", map[string]any{"by": w.Name})
	}
	return reason(t.language, cause, w.Name)
}

// fate is the sentence about an airing to come: that it is late or does not sound, and why; empty when it is on time.
func (t *teller) fate(due, start time.Time, cause playlists.Cause, w timetable.Winner) string {
	why := t.because(cause, w)
	switch {
	case cause == playlists.CauseCancelled:
		return t.say("slot_cancelled", map[string]any{"because": why})
	case start.IsZero():
		return t.say("slot_will_miss", map[string]any{"because": cmp.Or(why, t.say("because_unknown", nil))})
	case start.Equal(due):
		return ""
	case why == "":
		return t.say("slot_moved", map[string]any{"start": t.later(due, start)})
	}
	return t.say("slot_deferred", map[string]any{"start": t.later(due, start), "because": why})
}

// nameOf is what a terminal is called, with where it stands.
func (t *teller) nameOf(placed territory.Terminal) string { return t.place(placed.Grid, placed.ID) }
