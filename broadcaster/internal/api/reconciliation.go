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
	"dalaba/playlists/grid"
	"dalaba/playlists/timetable"
)

// showReconciliation holds a day against its plan, at every grid and terminal that p may see. Terminals that are gone
// and had airings that day are among them.
func (a *API) showReconciliation(ctx context.Context, p access.Person, in *dayQuery) (*answer[reconciliationShape], error) {
	day, err := a.date("day", in.Day)
	if err != nil {
		return nil, err
	}
	now := time.Now()
	if err := a.Ledger.CatchUp(ctx, now); err != nil {
		return nil, err
	}
	t, err := a.readTeller(ctx)
	if err != nil {
		return nil, err
	}
	out := reconciliationShape{Day: day.String(), Now: now, Grids: []reconcileRowShape{}, Terminals: []reconcileRowShape{}}
	seen := func(code playlists.GridCode) bool { return a.may(p, access.ActSeeGrid, code) == nil }
	err = a.Store.Read(ctx, func(tx *store.Tx) error {
		figures, err := a.Ledger.Day(ctx, tx, day, a.Location)
		if err != nil {
			return err
		}
		if out.Grids, err = a.gridRows(ctx, tx, &t, figures, seen); err != nil {
			return err
		}
		out.Terminals, err = a.terminalRows(ctx, tx, &t, figures, seen)
		return err
	})
	return &answer[reconciliationShape]{Body: out}, err
}

// gridRows are the rows of the grids that are seen, those without airings too.
func (a *API) gridRows(ctx context.Context, tx *store.Tx, t *teller, figures ledger.Figures, seen func(playlists.GridCode) bool) ([]reconcileRowShape, error) {
	counts := make(map[playlists.GridCode]ledger.Counts, len(figures.Grids))
	for _, g := range figures.Grids {
		counts[g.Grid] = g.Counts
	}
	grids, err := a.Territory.Grids(ctx, tx)
	rows := []reconcileRowShape{}
	for _, g := range grids {
		if seen(g.Code) {
			row := t.row(g.Code, counts[g.Code])
			row.Name, row.Level = g.Name, g.Level
			rows = append(rows, row)
		}
	}
	return rows, err
}

// terminalRows are the rows of the terminals that are seen: those that stand, and those that are gone and had airings.
// One that was moved is where it stood at the latest of them.
func (a *API) terminalRows(ctx context.Context, tx *store.Tx, t *teller, figures ledger.Figures, seen func(playlists.GridCode) bool) ([]reconcileRowShape, error) {
	rows := []reconcileRowShape{}
	had := make(map[playlists.TerminalID]bool, len(figures.Terminals))
	for _, x := range figures.Terminals {
		had[x.Terminal] = true
		if !seen(x.Grid) {
			continue
		}
		row := t.row(x.Grid, x.Counts)
		row.Terminal, row.Name, row.ReportedUntil = string(x.Terminal), t.terminals[x.Terminal].Name, instant(x.AccountedThrough)
		if row.Name == "" {
			then, _, err := a.Ledger.Airings(ctx, tx, ledger.Filter{
				Since: figures.Day.Midnight(a.Location), Until: figures.Day.AddDays(1).Midnight(a.Location), Terminal: x.Terminal, Limit: 1,
			})
			if err != nil {
				return nil, err
			}
			for _, airing := range then {
				row.Name, row.GridPath = airing.TerminalName, cmp.Or(row.GridPath, airing.GridPath)
			}
		}
		rows = append(rows, row)
	}
	for id, placed := range t.terminals {
		if !had[id] && seen(placed.Grid) {
			row := t.row(placed.Grid, ledger.Counts{})
			row.Terminal, row.Name = string(id), placed.Name
			rows = append(rows, row)
		}
	}
	slices.SortFunc(rows, func(x, y reconcileRowShape) int {
		return cmp.Or(cmp.Compare(x.Grid, y.Grid), cmp.Compare(x.Name, y.Name), cmp.Compare(x.Terminal, y.Terminal))
	})
	return rows, nil
}

// row is a row without a name, at a grid.
func (t *teller) row(code playlists.GridCode, c ledger.Counts) reconcileRowShape {
	return reconcileRowShape{
		Grid: string(code), Parent: string(grid.Parent(code)), GridPath: t.names.Path(code), Level: grid.Level(code),
		Counts: countsOf(c), OnTime: int64(c.OnTime), Late: int64(c.Late), Excused: int64(c.Excused),
		Due: int64(c.Planned - c.Excused), Unexplained: int64(c.Unexplained), Causes: t.causes(c),
	}
}

// causes are the causes of what was partial or missed, the most frequent first.
func (t *teller) causes(c ledger.Counts) []causeCountShape {
	list := make([]causeCountShape, 0, len(c.Causes))
	for cause, count := range c.Causes {
		list = append(list, causeCountShape{
			Cause: string(cause), Reason: cmp.Or(t.because(cause, timetable.Winner{}), t.say("because_unknown", nil)),
			Count: int64(count), Excused: int64(c.ExcusedCauses[cause]),
		})
	}
	slices.SortFunc(list, func(x, y causeCountShape) int {
		return cmp.Or(cmp.Compare(y.Count, x.Count), cmp.Compare(x.Cause, y.Cause))
	})
	return list
}
