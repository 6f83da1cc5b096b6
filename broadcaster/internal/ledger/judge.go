package ledger

import (
	"cmp"
	"slices"
	"time"

	"dalaba/playlists"
	"dalaba/playlists/timetable"
)

// Timing is how a played airing stood to its due time.
type Timing string

// The timings. An airing that was not played has none.
const (
	// OnTime: the attempt that was whole began, with its chime if it has one, within playlists.OnTimeWithin of the due time.
	OnTime Timing = "on_time"
	// Late: it began later, or by a wrong clock earlier.
	Late Timing = "late"
)

// verdict is how an airing stands.
type verdict struct {
	outcome playlists.Outcome
	timing  Timing
	// reason says why it was missed, partial or late.
	reason reason
	// began is when the attempt that counts began, zero when nothing sounded: the whole one, else the first.
	began time.Time
	// unexplained: the terminal accounted for the airing's time and had its programme, but said nothing of it.
	unexplained bool
}

// reason is a cause, and who or what it was: for people, its kind in the timetable's words, and in the name of which node.
type reason struct {
	cause playlists.Cause
	by    string
	kind  timetable.WinnerKind
	grid  playlists.GridCode
}

// want is what an airing asks for.
type want struct {
	due      time.Time
	planned  bool
	revision uint64
	// pieces tells that it may sound in several goes: background gives way and goes on. All of them are one attempt.
	pieces bool
	// clips are the digests of the planned entries, in order; none for an airing that was not planned, of which each
	// play says how many entries it has.
	clips []string
}

// asks tells whether s sounded what w asks for. Of an airing that was not planned that is anything.
func (w want) asks(s sounding) bool {
	return !w.planned || s.entry >= 0 && s.entry < int64(len(w.clips)) && s.clip == w.clips[s.entry]
}

// own returns those of plays that sounded what w asks for, in their order.
func (w want) own(plays []sounding) []sounding {
	if !w.planned {
		return plays
	}
	return slices.DeleteFunc(slices.Clone(plays), func(s sounding) bool { return !w.asks(s) })
}

// instead says why some of plays sounded something else than w asks for, or nothing if none did: a newer programme had
// called off by then what was planned, or an older one was still in force.
func (w want) instead(plays []sounding) (cause playlists.Cause) {
	for _, s := range plays {
		switch {
		case w.asks(s):
		case s.revision > w.revision:
			return playlists.CauseCancelled
		default:
			cause = playlists.CauseNotReceived
		}
	}
	return cause
}

// sounding is what judge needs of a play.
type sounding struct {
	// process and attempt together name an attempt: numbers begin again on a new disk.
	process  string
	attempt  int64
	entry    int64
	entries  int64
	revision uint64 // of the programme under which it sounded
	clip     string
	began    time.Time // of the first one of an attempt: when that began, with its chime
	sounded  playlists.Millis
	complete bool
	reason   reason
}

// testimony is all that was reported about one airing.
type testimony struct {
	plays []sounding // in the order in which they began, see sort
	miss  *reason    // or nil
	// accounted tells that the terminal has accounted for the airing's time, and revisions under which programmes.
	accounted bool
	revisions []uint64
}

// silent tells that nothing was said of the airing itself.
func (t *testimony) silent() bool { return len(t.plays) == 0 && t.miss == nil }

// sort puts plays into the order in which they began.
func (t *testimony) sort() {
	slices.SortStableFunc(t.plays, func(a, b sounding) int {
		return cmp.Or(a.began.Compare(b.began), cmp.Compare(a.attempt, b.attempt), cmp.Compare(a.entry, b.entry))
	})
}

// judge decides how an airing stands. Nothing but its arguments decides, so that it comes out the same in whatever
// order they arrived.
func judge(w want, t testimony) verdict {
	own := w.own(t.plays)
	attempts := attemptsOf(own)
	if w.pieces && len(own) > 0 {
		attempts = []attempt{own}
	}
	var before reason // of the last attempt that was cut
	if len(own) < len(t.plays) {
		before.cause = w.instead(t.plays)
	}
	heard := false
	for _, a := range attempts {
		if a.whole(w) {
			return played(w, a, before)
		}
		heard = heard || a.heard()
		if r := a.reason(); r.cause != "" {
			before = r
		}
	}
	switch {
	case w.planned && len(own) > 0 && t.miss == nil && !t.accounted:
		// It sounds still, or what was cut may be tried again.
		return verdict{outcome: playlists.OutcomeUnreported}
	case heard:
		return verdict{outcome: playlists.OutcomePartial, reason: firstReason(before, t.miss), began: attempts[0].began()}
	case t.miss != nil:
		return verdict{outcome: playlists.OutcomeMissed, reason: *t.miss}
	case len(t.plays) > 0:
		return verdict{outcome: playlists.OutcomeMissed, reason: before}
	case !t.accounted:
		return verdict{outcome: playlists.OutcomeUnreported}
	}
	for _, revision := range t.revisions {
		if revision == w.revision {
			return verdict{outcome: playlists.OutcomeUnreported, unexplained: true}
		}
	}
	return verdict{outcome: playlists.OutcomeMissed, reason: reason{cause: playlists.CauseNotReceived}}
}

// played is the verdict for an airing of which the attempt a was whole, after one that failed because of before.
func played(w want, a attempt, before reason) verdict {
	v := verdict{outcome: playlists.OutcomePlayed, timing: OnTime, began: a.began()}
	if v.began.Sub(w.due).Abs() > playlists.OnTimeWithin {
		own := a.reason()
		v.timing, v.reason = Late, firstReason(own, &before)
	}
	return v
}

func firstReason(first reason, other *reason) reason {
	if first.cause == "" && other != nil {
		return *other
	}
	return first
}

// attempt is the soundings of one attempt, in the order in which they began; at least one.
type attempt []sounding

// attemptsOf parts plays into attempts, in the order in which these began.
func attemptsOf(plays []sounding) []attempt {
	var attempts []attempt
	for _, p := range plays {
		i := 0
		for i < len(attempts) && (attempts[i][0].process != p.process || attempts[i][0].attempt != p.attempt) {
			i++
		}
		if i == len(attempts) {
			attempts = append(attempts, nil)
		}
		attempts[i] = append(attempts[i], p)
	}
	return attempts
}

func (a attempt) began() time.Time { return a[0].began }

// heard tells whether anything came out.
func (a attempt) heard() bool {
	for _, s := range a {
		if s.complete || s.sounded > 0 {
			return true
		}
	}
	return false
}

// whole tells whether every entry that w asks for sounded to its end. a holds only what w asks for: what counts is the
// recording that was planned, under whatever revision the terminal had it.
func (a attempt) whole(w want) bool {
	entries := int64(len(w.clips))
	if !w.planned {
		entries = a[0].entries
	}
	done := make(map[int64]bool, entries)
	for _, s := range a {
		if s.complete && s.entry < entries {
			done[s.entry] = true
		}
	}
	return entries > 0 && int64(len(done)) == entries
}

// reason is that of the last sounding that has one.
func (a attempt) reason() reason {
	for i := len(a) - 1; i >= 0; i-- {
		if a[i].reason.cause != "" {
			return a[i].reason
		}
	}
	return reason{}
}
