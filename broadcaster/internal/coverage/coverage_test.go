package coverage

import (
	"context"
	"testing"
	"time"

	"dalaba/broadcaster/internal/store"
	"dalaba/playlists"
)

// rooms is the two rooms that coverage asks, and remembers for which span it was asked.
type rooms struct{ since, until time.Time }

func (r *rooms) Grids(context.Context, *store.Tx) ([]Grid, error) { return sample(), nil }

func (r *rooms) Completed(_ context.Context, _ *store.Tx, since, until time.Time) ([]Completed, error) {
	r.since, r.until = since, until
	return []Completed{{laoling, "yue", 1}}, nil
}

func (r *rooms) Standings(_ context.Context, _ *store.Tx, since, until time.Time) ([]Standing, error) {
	return []Standing{{"horn", laoling, time.Time{}}}, nil
}

func TestADayIsTheTowns(t *testing.T) {
	zone := time.FixedZone("Asia/Shanghai", 8*60*60)
	r := new(rooms)
	c, err := New(Options{Territory: r, Ledger: r, Zone: zone})
	if err != nil {
		t.Fatal(err)
	}
	figures, err := c.Assigned(t.Context(), nil, playlists.Date{Year: 2026, Month: 11, Day: 23})
	if err != nil {
		t.Fatal(err)
	}
	want := time.Date(2026, 11, 22, 16, 0, 0, 0, time.UTC)
	if !r.since.Equal(want) || !r.until.Equal(want.Add(24*time.Hour)) {
		t.Errorf("asked from %v to %v", r.since.UTC(), r.until.UTC())
	}
	if f := figures[0]; f.Touched != 50 || f.Reported != 1 || f.Terminals != 1 {
		t.Errorf("town %+v", f)
	}
	if _, err := New(Options{}); err == nil {
		t.Error("coverage of nothing")
	}
}
