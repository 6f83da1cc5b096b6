package api

import (
	"cmp"
	"context"
	"slices"
	"time"

	"dalaba/broadcaster/internal/access"
	"dalaba/broadcaster/internal/ledger"
	"dalaba/broadcaster/internal/store"
	"dalaba/playlists"
)

// maxTimelinePages is how many pages of plays one day of one terminal shows.
const maxTimelinePages = 4

type terminalDayQuery struct {
	ID  string         `path:"id" maxLength:"80"`
	Day playlists.Date `query:"day" doc:"2026-01-23; today when empty"`
}

// showTimeline puts a terminal's plan above what it has reported.
func (a *API) showTimeline(ctx context.Context, p access.Person, in *terminalDayQuery) (*answer[timelineShape], error) {
	day, err := a.date("day", in.Day)
	if err != nil {
		return nil, err
	}
	c, err := a.openCalendar(ctx, p, "", in.ID)
	if err != nil {
		return nil, err
	}
	done, err := a.views.take(ctx)
	if err != nil {
		return nil, err
	}
	defer done()
	if err := c.look(ctx, day); err != nil {
		return nil, err
	}
	plan, err := c.day(ctx, day)
	if err != nil {
		return nil, err
	}
	out := timelineShape{
		Terminal: string(c.one.ID), Name: c.one.Name, GridPath: c.names.Path(c.one.Grid), Day: plan.Day,
		Begin: plan.Begin, End: plan.End, Now: c.now, Plan: plan.Slots, Plays: []playShape{}, Quiet: plan.Quiet,
	}
	err = a.Store.Read(ctx, func(tx *store.Tx) error {
		through, err := a.Ledger.Accounted(ctx, tx, c.one.ID)
		if err != nil {
			return err
		}
		out.ReportedUntil = instant(through)
		plays, err := a.playsOf(ctx, tx, c.one.ID, plan.Begin, plan.End)
		out.Plays = append(out.Plays, shapes(plays, c.play)...)
		return err
	})
	if err != nil {
		return nil, err
	}
	c.sounded(out.Plan, out.Plays)
	out.MayMute = a.may(p, access.ActMute, c.one.Grid) == nil
	out.Mutes, err = a.mutesOf(ctx, p, &c.ground, c.one.ID)
	return &answer[timelineShape]{Body: out}, err
}

// playsOf returns what sounded at a terminal of airings due from begin until before end, in the order in which it began.
func (a *API) playsOf(ctx context.Context, tx *store.Tx, terminal playlists.TerminalID, begin, end time.Time) ([]ledger.Play, error) {
	filter := ledger.Filter{Since: begin, Until: end, Terminal: terminal, Limit: ledger.MaxList}
	var all []ledger.Play
	for range maxTimelinePages {
		list, next, err := a.Ledger.Plays(ctx, tx, filter)
		if err != nil {
			return nil, err
		}
		all = append(all, list...)
		if filter.Cursor = next; next == "" {
			break
		}
	}
	slices.SortFunc(all, func(x, y ledger.Play) int { return cmp.Or(x.Begin.Compare(y.Begin), cmp.Compare(x.Entry, y.Entry)) })
	return all, nil
}

// sounded gives the slots whose plays are known the end and the volume that these had.
func (c *calendar) sounded(slots []slotShape, plays []playShape) {
	at := make(map[string]*slotShape, len(slots))
	for i := range slots {
		at[slots[i].Airing] = &slots[i]
	}
	for i := range plays {
		play := &plays[i]
		slot := at[play.Airing]
		if slot == nil || slot.Start == nil || play.Begin.Before(slot.Start.Add(-playlists.OnTimeWithin)) {
			continue
		}
		slot.Volume = play.Volume
		if slot.End == nil || play.End.After(*slot.End) {
			slot.End = &play.End
		}
	}
}
