package rounds

import (
	"cmp"
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"time"

	"dalaba/broadcaster/internal/rounds/roundssql"
	"dalaba/broadcaster/internal/store"
	"dalaba/playlists"
	"dalaba/playlists/timetable"
)

// Bounds on what Upcoming plans at once. Beyond them it refuses.
const (
	maxUpcoming     = 50_000
	maxUpcomingDays = 8
)

// Planned is an airing as a terminal's newest programme has it.
type Planned struct {
	Terminal playlists.TerminalID
	timetable.Airing
}

// Upcoming returns what falls due at the terminals from from until before to, placed as if nothing that rules cannot
// know had happened, in the order of due time. It is for the time that lies ahead; how earlier airings went is the
// ledger's to say. More than eight days or 50,000 airings are a TooLarge problem.
func (r *Rounds) Upcoming(ctx context.Context, terminals []playlists.TerminalID, from, to time.Time) ([]Planned, error) {
	tooMany := &playlists.Problem{Kind: playlists.TooLarge, Code: "too_many_airings"}
	if to.Sub(from) > maxUpcomingDays*24*time.Hour {
		return nil, tooMany
	}
	var all []Planned
	err := r.store.Read(ctx, func(tx *store.Tx) error {
		q := roundssql.New(tx.Tx)
		for _, t := range terminals {
			airings, err := r.planned(ctx, q, t, from, to)
			if err != nil {
				return fmt.Errorf("plan terminal %s: %w", t, err)
			}
			if all = append(all, airings...); len(all) > maxUpcoming {
				return tooMany
			}
		}
		return nil
	})
	slices.SortStableFunc(all, func(a, b Planned) int {
		return cmp.Or(a.Due.Compare(b.Due), cmp.Compare(a.Terminal, b.Terminal))
	})
	return all, err
}

func (r *Rounds) planned(ctx context.Context, q *roundssql.Queries, t playlists.TerminalID, from, to time.Time) ([]Planned, error) {
	row, err := q.Newest(ctx, string(t))
	if errors.Is(err, sql.ErrNoRows) || err == nil && row.Body == "" {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	var p playlists.Programme
	if err := json.Unmarshal([]byte(row.Body), &p); err != nil {
		return nil, fmt.Errorf("read revision %d: %w", row.Revision, err)
	}
	var all []Planned
	last := playlists.DateOf(to.In(r.zone))
	for day := playlists.DateOf(from.In(r.zone)); day.Compare(last) <= 0; day = day.AddDays(1) {
		airings, err := timetable.Plan(&p, nil, day)
		if err != nil {
			return nil, err
		}
		for _, a := range airings {
			if !a.Due.Before(from) && a.Due.Before(to) {
				all = append(all, Planned{Terminal: t, Airing: a})
			}
		}
	}
	return all, nil
}
