package api

import (
	"context"
	"errors"
	"sync"
	"time"

	"dalaba/playlists"
)

// Plans take both processors for a second, and agents are on the same machine as often as not.
const (
	// dryRunsAtOnce and viewsAtOnce are how many dry runs, and how many calendars and timelines, may be planned beside each
	// other for everybody together. Each kind has its own, so that who tries things out keeps nobody from looking.
	dryRunsAtOnce = 1
	viewsAtOnce   = 2
	// planningWait is how long the next one waits for its turn.
	planningWait = 5 * time.Second
)

// turns lets so many plan at once. It is safe for concurrent use.
type turns struct {
	seats   chan struct{}
	mu      sync.Mutex         // guards running
	running map[string]*ending // by person
}

// ending ends what a person has begun.
type ending struct{ cancel context.CancelCauseFunc }

func newTurns(seats int) *turns {
	return &turns{seats: make(chan struct{}, seats), running: make(map[string]*ending)}
}

// take waits for a turn; done ends it.
func (t *turns) take(ctx context.Context) (done func(), err error) {
	wait := time.NewTimer(planningWait)
	defer wait.Stop()
	select {
	case t.seats <- struct{}{}:
		return func() { <-t.seats }, nil
	case <-ctx.Done():
		return nil, ctx.Err()
	case <-wait.C:
		return nil, &playlists.Problem{Kind: playlists.TooMany, Code: "busy_planning"}
	}
}

// alone does plan in a turn. Whatever the same person began earlier ends with a problem: nobody looks at it any more.
func (t *turns) alone(ctx context.Context, person string, plan func(context.Context) error) error {
	ctx, cancel := context.WithCancelCause(ctx)
	mine := &ending{cancel}
	t.mu.Lock()
	if older := t.running[person]; older != nil {
		older.cancel(&playlists.Problem{Kind: playlists.Conflict, Code: "dry_run_replaced"})
	}
	t.running[person] = mine
	t.mu.Unlock()
	defer func() {
		cancel(nil)
		t.mu.Lock()
		defer t.mu.Unlock()
		if t.running[person] == mine {
			delete(t.running, person)
		}
	}()
	done, err := t.take(ctx)
	if err == nil {
		err = plan(ctx)
		done()
	}
	if errors.Is(err, context.Canceled) {
		return context.Cause(ctx)
	}
	return err
}
