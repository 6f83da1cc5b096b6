package api

import (
	"context"
	"errors"
	"testing"
	"testing/synctest"
	"time"

	"dalaba/playlists"
)

func TestNoMoreThanItsSeatsPlanAtOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		turns := newTurns(2)
		first, err := turns.take(t.Context())
		check(t, err)
		check(t, second(turns.take(t.Context())))
		begin := time.Now()
		if p := playlists.ProblemOf(second(turns.take(t.Context()))); p == nil || p.Code != "busy_planning" || time.Since(begin) != planningWait {
			t.Errorf("a third: %v after %v", p, time.Since(begin))
		}
		ctx, stop := context.WithCancel(t.Context())
		stop()
		if err := second(turns.take(ctx)); !errors.Is(err, context.Canceled) {
			t.Errorf("who goes away: %v", err)
		}
		first()
		check(t, second(turns.take(t.Context())))
	})
}

// aSecond plans for person, which takes a second unless it is ended.
func aSecond(ctx context.Context, t *turns, person string) error {
	return t.alone(ctx, person, func(ctx context.Context) error {
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(time.Second):
			return nil
		}
	})
}

func TestANewerDryRunOfTheSamePersonEndsTheOlder(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		turns := newTurns(1)
		begin := time.Now()
		ends := make(chan error, 20)
		for range cap(ends) {
			go func() { ends <- aSecond(t.Context(), turns, "chen") }()
			synctest.Wait()
		}
		check(t, aSecond(t.Context(), turns, "long")) // waits for the one that is left
		if took := time.Since(begin); took != 2*time.Second {
			t.Errorf("another person waited %v", took)
		}
		done := 0
		for range cap(ends) {
			switch err := <-ends; {
			case err == nil:
				done++
			case playlists.ProblemOf(err) == nil || playlists.ProblemOf(err).Code != "dry_run_replaced":
				t.Errorf("an older one: %v", err)
			}
		}
		if done != 1 || len(turns.running) != 0 {
			t.Errorf("%d were carried through, and %d go on", done, len(turns.running))
		}
	})
}

func TestWhoTriesThingsOutKeepsNobodyFromLooking(t *testing.T) {
	w := newTown(t)
	w.horn("1号", laoling)
	for range cap(w.dryRuns.seats) { // dry runs that do not end
		check(t, second(w.dryRuns.take(t.Context())))
	}
	long := w.signIn("long")
	var week calendarShape
	long.must("GET", "/api/calendar?days=7", nil, &week)
	if len(week.Days) != 7 {
		t.Errorf("%d days", len(week.Days))
	}
	if len(w.views.seats) != 0 {
		t.Error("its turn goes on")
	}
}

func second[V any](_ V, err error) error { return err }
