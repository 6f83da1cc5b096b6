package ledger

import (
	"context"
	"fmt"
	"time"

	"dalaba/broadcaster/internal/ledger/ledgersql"
	"dalaba/broadcaster/internal/store"
	"dalaba/playlists"
	"dalaba/playlists/timetable"
)

// maxFirings bounds the rows of which Firings makes its answer.
const maxFirings = 50_000

// Firing is one firing of a round, with how it stands at all the terminals for which it was planned.
type Firing struct {
	Due   time.Time
	Round playlists.RoundID
	// Airings is at how many terminals it was planned.
	Airings int
	// Ends are the different ways in which it ended there. There is at least one.
	Ends []End
	// RoundName, Class, Owner and Contents are what they were called, and what it asked for, at one of the terminals.
	// Describe fills them in.
	RoundName string
	Owner     playlists.GridCode
	Class     playlists.Class
	Contents  []Content
	// terminal is one at which it was planned.
	terminal string
}

// End is how some airings ended, or stand.
type End struct {
	Airings int
	Outcome playlists.Outcome
	Timing  Timing
	Cause   playlists.Cause
	By      string
	ByKind  timetable.WinnerKind
	ByGrid  playlists.GridCode
	// Began is when the first of them began, zero when nothing sounded.
	Began time.Time
}

// Winner is who or what stood first.
func (e *End) Winner() timetable.Winner {
	return timetable.Winner{Kind: e.ByKind, Name: e.By, Grid: e.ByGrid}
}

// Firings returns what was planned at or below node and due from since up to, not including, until, in the order of due
// time and round. Of days with more different ends than a town has, the last are left out.
func (l *Ledger) Firings(ctx context.Context, tx *store.Tx, node playlists.GridCode, since, until time.Time) ([]Firing, error) {
	f := Filter{Since: since, Until: until, Grid: node}
	b, err := f.bounds()
	if err != nil {
		return nil, err
	}
	rows, err := ledgersql.New(tx).Firings(ctx, ledgersql.FiringsParams{
		Since: b.since, Until: b.until, Grid: b.grid, GridEnd: b.gridEnd, Most: maxFirings,
	})
	if err != nil {
		return nil, fmt.Errorf("list firings of %s: %w", node, err)
	}
	var list []Firing
	for _, r := range rows {
		due := instant(r.Due)
		n := len(list)
		if n == 0 || !list[n-1].Due.Equal(due) || string(list[n-1].Round) != r.Round {
			list = append(list, Firing{Due: due, Round: playlists.RoundID(r.Round), terminal: r.FirstTerminal})
			n++
		}
		last := &list[n-1]
		last.Airings += int(r.Airings)
		last.Ends = append(last.Ends, End{
			Airings: int(r.Airings), Outcome: playlists.Outcome(r.Outcome), Timing: Timing(r.Timing),
			Cause: playlists.Cause(r.Cause), By: r.ByWhom, ByKind: timetable.WinnerKind(r.ByKind), ByGrid: playlists.GridCode(r.ByGrid),
			Began: instant(r.FirstBegan),
		})
	}
	return list, nil
}

// Describe fills in what f was called when it fell due.
func (l *Ledger) Describe(ctx context.Context, tx *store.Tx, f *Firing) error {
	row, err := ledgersql.New(tx).PlannedAt(ctx, ledgersql.PlannedAtParams{
		Due: f.Due.UnixMilli(), Terminal: f.terminal, Round: string(f.Round),
	})
	if err != nil {
		return fmt.Errorf("read what round %s sounded: %w", f.Round, err)
	}
	f.RoundName, f.Class, f.Owner = row.RoundName, playlists.Class(row.Class), playlists.GridCode(row.Owner)
	f.Contents, err = readContents(row.Contents, row.Clips)
	return err
}
