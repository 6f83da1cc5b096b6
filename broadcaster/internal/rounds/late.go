package rounds

import (
	"context"
	"time"

	"dalaba/broadcaster/internal/store"
	"dalaba/playlists"
	"dalaba/playlists/timetable"
)

// nearAir is how long before a firing a terminal that is out of reach counts as one that will not hear of a change in
// time. Until then it may well come back.
const nearAir = time.Hour

// Late is who cannot get a change of a round before it matters.
type Late struct {
	// Next is when the round falls due next, by what it is or by what it becomes; zero for never again.
	Next time.Time
	// Terminals are those that it touches, or will, and that are out of reach, if Next is at most an hour away. They will
	// do what they were told before.
	Terminals []Terminal
}

// Late tells who cannot get draft before it, or the round for which it stands, falls due. It is asked before saving, and
// with the round as it stands before pausing or removing it.
func (r *Rounds) Late(ctx context.Context, draft Round) (Late, error) {
	var late Late
	err := r.look(ctx, func(tx *store.Tx, b *book) error {
		b.useHolidays(&draft)
		states := []Round{draft}
		if old := b.round(draft.ID); old != nil {
			states = append(states, *old)
		}
		var targets []playlists.GridCode
		for _, state := range states {
			targets = append(targets, state.Targets...)
			next := timetable.Next(state.Timetable, r.zone, tx.Now, 1, state.Holidays...)
			if len(next) > 0 && (late.Next.IsZero() || next[0].Before(late.Next)) {
				late.Next = next[0]
			}
		}
		if late.Next.IsZero() || r.reach == nil || late.Next.Sub(tx.Now) > nearAir {
			return nil
		}
		var err error
		late.Terminals, err = r.choose(ctx, tx, func(t Terminal) bool { return touches(targets, t) && !r.reach.Reach(t.ID) })
		return err
	})
	return late, err
}
