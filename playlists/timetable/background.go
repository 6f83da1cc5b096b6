package timetable

import (
	"time"

	"dalaba/playlists"
)

// firstParted is the version of the rules from which on background is parted.
const firstParted = 2

// maxPieces bounds into how many pieces one background airing is parted; what is left then is dropped.
const maxPieces = 100

// fill gives the background firing with index i what is left of the day: whole entries, in order, in as few pieces as
// the free stretches allow. What sounds already goes on behind the entry that sounds now.
func (t *timeline) fill(i int) {
	f := &t.firings[i]
	if f.missEmpty() {
		return
	}
	w := t.window(f)
	next, from, latest := f.done, w.from, w.latest
	if !f.resume.IsZero() {
		latest = w.ends // it has begun in time
	}
	if f.now >= 0 {
		f.Pieces = append(f.Pieces, Piece{First: f.done, Last: f.now, Start: f.Start})
		next = f.now + 1
		from += f.gap(next)
	}
	whole := next == 0
	for next < len(f.Entries) {
		length := f.stretch(next, next)
		if limit, refused := t.refuses(f, length, playsOf(f.Entries[next:next+1])); refused {
			f.drop(next, playlists.CauseDailyLimit, limit)
			break
		}
		begin, kept, ok := t.seek(f, from, min(latest, w.ends-length), length)
		if !ok || len(f.Pieces) == maxPieces {
			cause, by := t.why(kept)
			f.drop(next, cause, by)
			break
		}
		last := t.run(f, next, begin, t.room(f, begin, w.ends))
		length = f.stretch(next, last)
		t.put(i, begin, length, kept)
		if whole = whole && last == len(f.Entries)-1; !whole {
			f.Pieces = append(f.Pieces, Piece{First: next, Last: last, Start: t.begin.Add(begin).UTC()})
		}
		next, latest = last+1, w.ends
		from = begin + length + f.gap(next)
	}
	if f.State == "" { // every entry has sounded, in one attempt or another
		f.State = StateDone
		if !f.late() {
			f.because("", Winner{})
		}
	}
}

// gap is the silence before entry next, or nothing behind the last.
func (f *firing) gap(next int) time.Duration {
	if next == len(f.Entries) {
		return 0
	}
	before := f.Entries[next-1]
	return (f.Entries[next].At - before.At - before.Duration).Duration()
}

// run returns the last entry of the piece that begins with entry first at begin and has to be over by end, and counts
// the piece.
func (t *timeline) run(f *firing, first int, begin, end time.Duration) (last int) {
	last = first
	t.take(0, t.playsIn(f, first))
	for last+1 < len(f.Entries) {
		length := f.stretch(first, last+1)
		if begin+length > end {
			break
		}
		if _, refused := t.refuses(f, length, t.playsIn(f, last+1)); refused {
			break
		}
		last++
		t.take(0, t.playsIn(f, last))
	}
	t.take(f.stretch(first, last), nil)
	return last
}

// playsIn is the plays of one entry, where they are limited.
func (t *timeline) playsIn(f *firing, entry int) []plays {
	if t.Limits.Plays == 0 {
		return nil
	}
	return []plays{{f.Entries[entry].Announcement, 1}}
}

// drop leaves out what f has from entry next on; if nothing of it has a place, it is missed.
func (f *firing) drop(next int, cause playlists.Cause, by Winner) {
	if f.State == "" {
		f.miss(cause, by)
		return
	}
	f.Dropped = len(f.Entries) - next
	if f.Cause == "" {
		f.because(cause, by)
	}
}
