package api

import (
	"cmp"
	"context"
	"slices"
	"time"

	"dalaba/broadcaster/internal/access"
	"dalaba/broadcaster/internal/coverage"
	"dalaba/broadcaster/internal/ledger"
	"dalaba/broadcaster/internal/rounds"
	"dalaba/broadcaster/internal/store"
	"dalaba/broadcaster/internal/territory"
	"dalaba/playlists"
	"dalaba/playlists/grid"
	"dalaba/playlists/timetable"
)

type dayQuery struct {
	Day playlists.Date `query:"day" doc:"2026-01-23; today when empty"`
}

// today is the town's.
func (a *API) today() playlists.Date { return playlists.DateOf(time.Now().In(a.Location)) }

// date is the day that was asked for in field, in the town's zone, or today. One that nobody lives to see is a Problem.
func (a *API) date(field string, asked playlists.Date) (playlists.Date, error) {
	if asked.IsZero() {
		return a.today(), nil
	}
	if !asked.Plannable() {
		return asked, &playlists.Problem{Kind: playlists.Invalid, Code: "moment_out_of_range", Field: field}
	}
	return asked, nil
}

func countsOf(c ledger.Counts) countsShape {
	return countsShape{
		Planned: int64(c.Planned), Played: int64(c.Played), Partial: int64(c.Partial), Missed: int64(c.Missed),
		Unreported: int64(c.Unreported), Extra: int64(c.Extra),
	}
}

// showDay puts plan, ledger and coverage side by side; each comes from its own room.
func (a *API) showDay(ctx context.Context, p access.Person, in *dayQuery) (*answer[dayShape], error) {
	day, err := a.date("day", in.Day)
	if err != nil {
		return nil, err
	}
	now := time.Now()
	if err := a.Ledger.CatchUp(ctx, now); err != nil {
		return nil, err
	}
	f, err := a.readFloor(ctx)
	if err != nil {
		return nil, err
	}
	f.terminals = slices.DeleteFunc(f.terminals, func(t territory.Terminal) bool {
		return a.may(p, access.ActSeeGrid, t.Grid) != nil
	})
	out := dayShape{
		Day: day.String(), Now: now, Sounding: []soundingShape{}, Upcoming: []upcomingShape{},
		Grids: []gridDayShape{}, Terminals: []terminalDayShape{},
	}
	err = a.Store.Read(ctx, func(tx *store.Tx) error {
		figures, err := a.Ledger.Day(ctx, tx, day, a.Location)
		if err != nil {
			return err
		}
		covered, err := a.Coverage.Assigned(ctx, tx, day)
		if err != nil {
			return err
		}
		out.terminals(&f, figures)
		out.grids(&f, figures, covered, func(c playlists.GridCode) bool { return a.may(p, access.ActSeeGrid, c) == nil })
		return nil
	})
	if err != nil {
		return nil, err
	}
	if day == a.today() {
		if err := a.nowAndNext(ctx, &out, &f, now); err != nil {
			return nil, err
		}
	}
	return &answer[dayShape]{Body: out}, nil
}

// terminals lists every terminal with its counts, and those that are gone and have counts.
func (d *dayShape) terminals(f *floor, figures ledger.Figures) {
	counts := make(map[playlists.TerminalID]ledger.TerminalDay, len(figures.Terminals))
	for _, t := range figures.Terminals {
		counts[t.Terminal] = t
	}
	for _, t := range f.terminals {
		c := counts[t.ID]
		d.Terminals = append(d.Terminals, terminalDayShape{
			Terminal: string(t.ID), Name: t.Name, GridPath: f.names.Path(t.Grid), Counts: countsOf(c.Counts),
			ReportedUntil: instant(c.AccountedThrough),
		})
	}
}

// grids lists the grids that may be seen, with what was planned there and whom it reached.
func (d *dayShape) grids(f *floor, figures ledger.Figures, covered []coverage.Figure, seen func(playlists.GridCode) bool) {
	counts := make(map[playlists.GridCode]ledger.Counts, len(figures.Grids))
	for _, g := range figures.Grids {
		counts[g.Grid] = g.Counts
	}
	placed := make(map[playlists.GridCode]int)
	for _, t := range f.terminals {
		for _, code := range grid.Path(t.Grid) {
			placed[code]++
		}
	}
	for _, c := range covered {
		if !seen(c.Grid) {
			continue
		}
		d.Grids = append(d.Grids, gridDayShape{
			Code: string(c.Grid), Parent: string(grid.Parent(c.Grid)), Name: c.Name, Level: c.Level,
			Households: int64(c.Households), Touched: int64(c.Touched), Terminals: placed[c.Grid], Plays: int64(c.Plays),
			Counts: countsOf(counts[c.Grid]),
		})
		if len(d.Grids) == 1 {
			d.CompleteUntil, d.CompleteFor, d.CompleteOf = instant(c.Through), c.Reported, c.Terminals
		}
	}
}

// nowAndNext adds what sounds and what comes.
func (a *API) nowAndNext(ctx context.Context, d *dayShape, f *floor, now time.Time) error {
	names := make(map[playlists.TerminalID]string)
	for _, t := range f.terminals {
		names[t.ID] = t.Name
		if live := f.live[t.ID]; live.Connected && live.Status.Sounding != nil {
			d.Sounding = append(d.Sounding, f.sounding(t, *live.Status.Sounding))
		}
	}
	planned, err := a.upcoming.next(ctx, a.Rounds, f, now)
	if err != nil {
		return err
	}
	d.upcoming(planned, names, now)
	return nil
}

// upcoming lists what begins next at the terminals of names, soonest first. What will not sound is left out.
func (d *dayShape) upcoming(planned []rounds.Planned, names map[playlists.TerminalID]string, now time.Time) {
	type firing struct {
		start time.Time
		round playlists.RoundID
	}
	together := make(map[firing]*upcomingShape)
	for _, p := range planned {
		name, seen := names[p.Terminal]
		if !seen || p.Airing.State != timetable.StatePlaced || p.Airing.Start.Before(now) {
			continue
		}
		key := firing{start: p.Airing.Start, round: p.Airing.Round.ID}
		if together[key] == nil {
			together[key] = &upcomingShape{Start: p.Airing.Start, Round: p.Airing.Round.Name, Terminals: []string{}}
		}
		together[key].Terminals = append(together[key].Terminals, name)
	}
	for _, u := range together {
		d.Upcoming = append(d.Upcoming, *u)
	}
	slices.SortFunc(d.Upcoming, func(x, y upcomingShape) int {
		return cmp.Or(x.Start.Compare(y.Start), cmp.Compare(x.Round, y.Round))
	})
	d.Upcoming = d.Upcoming[:min(len(d.Upcoming), upcomingShown)]
}
