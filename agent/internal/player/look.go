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
	// stopped tells whether somebody stopped an airing for good.
	stopped func(playlists.AiringID) bool
	// over tells that the plan's day is over: nothing gets a place any more.
	over bool
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
		end := final(a, v)
		switch {
		case end || goesOn(a):
			o.news = o.news || !a.Due.Before(v.accounted) && a.Due.Before(o.through)
		case a.Due.Before(o.through):
			o.through = a.Due
		}
		if end {
			if a.State == timetable.StateMissed && !v.missed(a.ID) {
				o.misses = append(o.misses, playlists.Miss{
					Airing: a.ID, Round: a.Round.ID, Due: a.Due, Revision: v.revision, Cause: a.Cause, By: a.By,
					ByKind: string(a.Winner.Kind), ByGrid: a.Winner.Grid,
				})
			}
			continue
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

// goesOn tells whether a is background that has begun. It can go on all day and does not hold up the account of what
// else was due: its plays say how far it has come.
func goesOn(a *timetable.Airing) bool {
	begun := a.State == timetable.StateSounding || a.Attempt > 1 || a.State == timetable.StateMissed && !a.Start.IsZero()
	return begun && a.Round.Class == playlists.ClassBackground
}

// final tells whether nothing but a new programme can change what the plan says of a. What rules or somebody forbid is
// final when it falls due; what other airings or an outage keep from its place may get one for as long as it may be late,
// and background that has begun for as long as the day.
func final(a *timetable.Airing, v view) bool {
	if a.State == timetable.StateDone {
		return true
	}
	if a.State != timetable.StateMissed {
		return false
	}
	latest := a.Due.Add(cmp.Or(a.Round.Lateness, playlists.DefaultLateness).Duration())
	due := !a.Due.After(v.now)
	switch {
	case v.over, v.missed(a.ID):
		return true
	case a.Cause == playlists.CauseCancelled, a.Cause == playlists.CauseStopped && v.stopped(a.ID):
		return due
	case goesOn(a):
		return false
	case v.outage:
	case a.Cause == playlists.CauseNoDialect, a.Cause == playlists.CauseQuietHours && !endsBefore(a.Winner, latest):
		return due
	}
	return latest.Before(v.now)
}

// endsBefore tells whether what w stands for is known to end before moment.
func endsBefore(w timetable.Winner, moment time.Time) bool {
	return !w.Until.IsZero() && w.Until.Before(moment)
}
