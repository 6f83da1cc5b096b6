package ledger

import (
	"context"
	"fmt"
	"math"
	"slices"
	"time"

	"dalaba/broadcaster/internal/ledger/ledgersql"
	"dalaba/broadcaster/internal/store"
	"dalaba/playlists"
	"dalaba/playlists/grid"
)

// Counts are numbers of airings. Planned = Played + Partial + Missed + Unreported.
type Counts struct {
	Planned, Played, Partial, Missed, Unreported int
	// OnTime and Late part Played.
	OnTime, Late int
	// Excused counts those of Partial and Missed that were ordered. What should have sounded is Planned − Excused.
	Excused int
	// Unexplained counts those of Unreported for whose time the terminal has accounted: a contradiction to look into.
	Unexplained int
	// Extra is what sounded without having been planned; it is in none of the others.
	Extra int
	// Causes counts Partial and Missed by cause, and ExcusedCauses those of Excused; "" where nobody said why.
	Causes, ExcusedCauses map[playlists.Cause]int
}

// TerminalDay is how a day stands at one terminal.
type TerminalDay struct {
	Terminal playlists.TerminalID
	// Grid is where the terminal stood at the latest of the day's airings.
	Grid playlists.GridCode
	Counts
	// AccountedThrough is the moment before which the terminal has reported everything, zero when it never did.
	AccountedThrough time.Time
}

// GridDay is how a day stands at the terminals that stood at or below a grid when the airings fell due.
type GridDay struct {
	Grid playlists.GridCode
	Counts
}

// Figures are how a day stands. A terminal or grid without airings is not listed.
type Figures struct {
	Day       playlists.Date
	Terminals []TerminalDay // by id
	Grids     []GridDay     // by code, which puts each grid before those below it
}

// Day returns how day in zone stands, as far as CatchUp and the terminals' reports have come.
func (l *Ledger) Day(ctx context.Context, tx *store.Tx, day playlists.Date, zone *time.Location) (Figures, error) {
	q := ledgersql.New(tx)
	rows, err := q.DayCounts(ctx, ledgersql.DayCountsParams{
		Since: day.Midnight(zone).UnixMilli(), Until: day.AddDays(1).Midnight(zone).UnixMilli(),
	})
	if err != nil {
		return Figures{}, fmt.Errorf("count airings of %s: %w", day, err)
	}
	horizons, err := q.Horizons(ctx)
	if err != nil {
		return Figures{}, fmt.Errorf("read horizons: %w", err)
	}
	accounted := make(map[string]int64, len(horizons))
	for _, h := range horizons {
		accounted[h.Terminal] = h.Accounted
	}
	f := Figures{Day: day}
	grids := make(map[playlists.GridCode]*GridDay)
	var latest int64
	for _, r := range rows {
		if n := len(f.Terminals); n == 0 || string(f.Terminals[n-1].Terminal) != r.Terminal {
			latest = math.MinInt64
			f.Terminals = append(f.Terminals, TerminalDay{
				Terminal: playlists.TerminalID(r.Terminal), AccountedThrough: instant(accounted[r.Terminal]),
			})
		}
		t := &f.Terminals[len(f.Terminals)-1]
		if r.Latest >= latest {
			latest, t.Grid = r.Latest, playlists.GridCode(r.Grid)
		}
		t.add(r)
		for _, code := range grid.Path(playlists.GridCode(r.Grid)) {
			if grids[code] == nil {
				grids[code] = &GridDay{Grid: code}
			}
			grids[code].add(r)
		}
	}
	for _, g := range grids {
		f.Grids = append(f.Grids, *g)
	}
	slices.SortFunc(f.Grids, func(a, b GridDay) int { return compare(a.Grid, b.Grid) })
	return f, nil
}

// add counts r's airings, which are all alike.
func (c *Counts) add(r ledgersql.DayCountsRow) {
	n := int(r.Airings)
	outcome, cause := playlists.Outcome(r.Outcome), playlists.Cause(r.Cause)
	if !r.Planned {
		if outcome == playlists.OutcomePlayed || outcome == playlists.OutcomePartial {
			c.Extra += n
		}
		return
	}
	c.Planned += n
	switch outcome {
	case playlists.OutcomePlayed:
		c.Played += n
		if Timing(r.Timing) == OnTime {
			c.OnTime += n
		} else {
			c.Late += n
		}
		return
	case playlists.OutcomePartial:
		c.Partial += n
	case playlists.OutcomeMissed:
		c.Missed += n
	default:
		c.Unreported += n
		if r.Unexplained {
			c.Unexplained += n
		}
		return
	}
	if c.Causes == nil {
		c.Causes = make(map[playlists.Cause]int)
	}
	c.Causes[cause] += n
	if !r.Excused {
		return
	}
	if c.ExcusedCauses == nil {
		c.ExcusedCauses = make(map[playlists.Cause]int)
	}
	c.ExcusedCauses[cause] += n
	c.Excused += n
}
