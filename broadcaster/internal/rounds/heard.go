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

// heardAt bounds how many different programmes checkHeard plans: whether a town hears something is known sooner.
const heardAt = 20

// soon is how near a moment is that people call now.
const soon = time.Minute

// checkHeard refuses, with a Conflict problem, a round of one firing that would sound nowhere: because it is quiet
// (quiet_now, quiet_then) or somebody muted it (muted_now), the day is full (limit_reached), others have their turn (no_room) or nothing fits what is
// spoken there (nothing_fits). What sounded today counts. round is not in b yet.
func (r *Rounds) checkHeard(ctx context.Context, tx *store.Tx, b *book, round *Round, due time.Time) error {
	terminals, err := r.choose(ctx, tx, within(round.Targets))
	if err != nil {
		return err
	}
	if len(terminals) == 0 {
		return &playlists.Problem{Kind: playlists.Conflict, Code: "no_terminal_touched", Field: "targets"}
	}
	with := *b
	with.rounds = append(slices.Clone(b.rounds), *round)
	asked := make(map[string]bool)
	var silent *timetable.Airing
	for _, t := range terminals {
		p := with.programmeOf(t, r.zone, b.today)
		key := toDo(p)
		if asked[key] {
			continue
		}
		if len(asked) == heardAt {
			return nil
		}
		asked[key] = true
		a, err := r.foresee(ctx, tx, p, round, due)
		if err != nil {
			return err
		}
		if a == nil || a.State != timetable.StateMissed {
			return nil
		}
		silent = a
	}
	return r.unheard(silent, tx.Now)
}

// foresee returns what becomes of the round's airing at the terminal of p, or nil if p has none.
func (r *Rounds) foresee(ctx context.Context, tx *store.Tx, p *playlists.Programme, round *Round, due time.Time) (*timetable.Airing, error) {
	day := playlists.DateOf(due.In(r.zone))
	var known []timetable.Fact
	if r.facts != nil {
		var err error
		if known, err = r.facts.Facts(ctx, tx, p.Terminal, day.Midnight(r.zone), day.AddDays(1).Midnight(r.zone)); err != nil {
			return nil, fmt.Errorf("read what is known of terminal %s: %w", p.Terminal, err)
		}
	}
	plan, err := timetable.Plan(p, known, day)
	if err != nil {
		return nil, named(p, err)
	}
	i := slices.IndexFunc(plan, func(a timetable.Airing) bool { return a.Round.ID == round.ID && a.Due.Equal(due) })
	if i < 0 {
		return nil, nil
	}
	return &plan[i], nil
}

// unheard is the problem of an airing that sounds nowhere.
func (r *Rounds) unheard(a *timetable.Airing, now time.Time) error {
	p := &playlists.Problem{Kind: playlists.Conflict, Args: map[string]any{"round": a.Round.Name}}
	switch a.Cause {
	case playlists.CauseQuietHours:
		p.Code = either(a.Due.Sub(now) < soon, "quiet_now", "quiet_then")
		p.Args["until"] = a.Winner.Until.In(r.zone).Format("15:04")
	case playlists.CauseMuted:
		p.Code, p.Args["by"] = "muted_now", a.By
	case playlists.CauseDailyLimit:
		p.Code = "limit_reached"
	case playlists.CauseNoDialect:
		p.Code = "nothing_fits"
	default:
		p.Code = "no_room"
	}
	return p
}
