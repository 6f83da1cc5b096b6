package player

import (
	"cmp"
	"time"

	"dalaba/playlists"
	"dalaba/playlists/timetable"
)

// outlook is what a plan means at a moment.
type outlook struct {
	// begin is the airing that is to be made ready now, or nil.
	begin *timetable.Airing
	// passed is the first airing whose time has passed though nothing is known that kept it, or nil.
	passed *timetable.Airing
	// misses are final and not written down yet.
	misses []playlists.Miss
	// through is the moment before which everything that was due is final.
	through time.Time
	// news tells whether anything has become final that is not accounted for.
	news bool
	// wake is when the next airing is to be made ready; zero for none.
	wake time.Time
}

// view is what look looks from.
type view struct {
	now time.Time
	// ahead is how long before its time an airing is made ready.
	ahead time.Duration
	// outage tells that something keeps everything from beginning, with no end known.
	outage bool
	// accounted is the end of what has been accounted for.
	accounted time.Time
	// missed tells whether an airing is written down as missed.
	missed func(playlists.AiringID) bool
	// revision is that of the programme.
	revision uint64
}

// accountLag is how far behind now accounts stay: a programme that was published just before an airing was due may still
// be on its way.
const accountLag = 3 * time.Second

// look reads a day's plan.
func look(plan []timetable.Airing, v view) outlook {
	o := outlook{through: v.now.Add(-accountLag)}
	for i := range plan {
		a := &plan[i]
		if final(a, v) {
			o.news = o.news || !a.Due.Before(v.accounted) && a.Due.Before(o.through)
			if a.State == timetable.StateMissed && a.Start.IsZero() && !v.missed(a.ID) {
				o.misses = append(o.misses, playlists.Miss{
					Airing: a.ID, Round: a.Round.ID, Due: a.Due, Revision: v.revision, Cause: a.Cause, By: a.By,
				})
			}
			continue
		}
		if a.Due.Before(o.through) {
			o.through = a.Due
		}
		if a.State != timetable.StatePlaced {
			continue
		}
		ready := a.Start.Add(-v.ahead)
		switch {
		case a.Start.Add(playlists.OnTimeWithin).Before(v.now):
			if o.passed == nil || a.Start.Before(o.passed.Start) {
				o.passed = a
			}
		case !ready.After(v.now):
			if o.begin == nil || a.Start.Before(o.begin.Start) {
				o.begin = a
			}
		case o.wake.IsZero() || ready.Before(o.wake):
			o.wake = ready
		}
	}
	return o
}

// final tells whether nothing but a new programme can change what the plan says of a. What rules forbid is final when
// it falls due; what other airings or an outage keep from its place may get one for as long as it may be late.
func final(a *timetable.Airing, v view) bool {
	switch a.State {
	case timetable.StateDone:
		return true
	case timetable.StateMissed:
		if v.missed(a.ID) {
			return true
		}
		if !v.outage && (a.Cause == playlists.CauseNoDialect || a.Cause == playlists.CauseQuietHours) {
			return !a.Due.After(v.now)
		}
		return a.Due.Add(cmp.Or(a.Round.Lateness, playlists.DefaultLateness).Duration()).Before(v.now)
	}
	return false
}
