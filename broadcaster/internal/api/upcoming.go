package api

import (
	"context"
	"sync"
	"time"

	"dalaba/broadcaster/internal/rounds"
	"dalaba/playlists"
)

// upcomingShown is how many of the next firings the home page shows.
const upcomingShown = 8

// horizons are how far ahead is looked for them: further only where nearer there are not enough.
var horizons = [...]time.Duration{15 * time.Minute, 2 * time.Hour, 24 * time.Hour}

// upcoming remembers what comes next. Every open home page asks for it whenever something sounds, and to plan a town is
// work; the answer changes only with the programmes and with the minute.
type upcoming struct {
	mu   sync.Mutex // guards what follows, and lets one plan at a time
	made fingerprint
	list []rounds.Planned
}

// fingerprint tells plans apart that may differ.
type fingerprint struct {
	minute    time.Time
	terminals int
	revisions uint64
}

// next returns enough of what falls due from now on at f's town.
func (u *upcoming) next(ctx context.Context, r *rounds.Rounds, f *floor, now time.Time) ([]rounds.Planned, error) {
	want := fingerprint{minute: now.Truncate(time.Minute), terminals: len(f.heads)}
	ids := make([]playlists.TerminalID, 0, len(f.heads))
	for id, revision := range f.heads {
		ids = append(ids, id)
		want.revisions += revision
	}
	u.mu.Lock()
	defer u.mu.Unlock()
	if u.made == want {
		return u.list, nil
	}
	for _, horizon := range horizons {
		list, err := r.Upcoming(ctx, ids, now, now.Add(horizon))
		if p := playlists.ProblemOf(err); p != nil && p.Kind == playlists.TooLarge {
			break // what was found nearer is more than can be shown
		}
		if err != nil {
			return nil, err
		}
		u.made, u.list = want, list
		if len(list) > upcomingShown*max(1, len(ids)) {
			break
		}
	}
	return u.list, nil
}
