package ledger

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"math"
	"time"

	"dalaba/broadcaster/internal/ledger/ledgersql"
	"dalaba/broadcaster/internal/store"
	"dalaba/playlists"
)

// Completed counts the complete plays of a dialect at terminals that stood in a grid when they reported them.
type Completed struct {
	Grid    playlists.GridCode
	Dialect playlists.Dialect
	Plays   int
}

// Completed counts what sounded to its end, planned or not, of airings due from since up to, not including, until. The ring
// test is no message to anybody, and does not count.
func (l *Ledger) Completed(ctx context.Context, tx *store.Tx, since, until time.Time) ([]Completed, error) {
	rows, err := ledgersql.New(tx).CompletedPlays(ctx, ledgersql.CompletedPlaysParams{
		Since: since.UnixMilli(), Until: until.UnixMilli(), But: string(playlists.RingTest),
	})
	if err != nil {
		return nil, fmt.Errorf("count complete plays: %w", err)
	}
	list := make([]Completed, len(rows))
	for i, r := range rows {
		list[i] = Completed{Grid: playlists.GridCode(r.Grid), Dialect: playlists.Dialect(r.Dialect), Plays: int(r.Plays)}
	}
	return list, nil
}

// Standing is how far a terminal's reports have come.
type Standing struct {
	Terminal playlists.TerminalID
	Grid     playlists.GridCode
	// Open is when the first of its airings fell due that is still unreported, zero when there is none.
	Open time.Time
}

// Standings tells of each terminal that had planned airings due from since up to, not including, until how far it has
// reported them. A terminal that was moved in between is listed once for each grid.
func (l *Ledger) Standings(ctx context.Context, tx *store.Tx, since, until time.Time) ([]Standing, error) {
	rows, err := ledgersql.New(tx).Standings(ctx, ledgersql.StandingsParams{Since: since.UnixMilli(), Until: until.UnixMilli()})
	if err != nil {
		return nil, fmt.Errorf("read standings: %w", err)
	}
	list := make([]Standing, len(rows))
	for i, r := range rows {
		list[i] = Standing{Terminal: playlists.TerminalID(r.Terminal), Grid: playlists.GridCode(r.Grid)}
		if r.Open != math.MaxInt64 {
			list[i].Open = instant(r.Open)
		}
	}
	return list, nil
}

// Accounted returns the moment before which terminal has reported everything, zero when it never did.
func (l *Ledger) Accounted(ctx context.Context, tx *store.Tx, terminal playlists.TerminalID) (time.Time, error) {
	horizon, err := ledgersql.New(tx).HorizonOf(ctx, string(terminal))
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return time.Time{}, wrap("read horizon", terminal, err)
	}
	return instant(horizon.Accounted), nil
}
