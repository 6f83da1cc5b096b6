package timetable

import (
	"cmp"
	"slices"
	"time"

	"dalaba/playlists"
)

// block is a stretch of a day, counted from its first instant, half open, with why nothing else fits there.
type block struct {
	begin, end time.Duration
	// open tells that its end is not known.
	open   bool
	cause  playlists.Cause
	winner Winner
}

// span is a stretch of a day in which something stands.
type span struct {
	begin, end time.Duration
	// who is the index of the block that it is of or, as ^who, that of the firing.
	who int
}

// spans are sorted and do not overlap, so both their begins and their ends rise.
type spans []span

// compareBlocks sorts blocks by begin, longer and higher ones first, and leaves no two different ones equal.
func compareBlocks(a, b block) int {
	if c := cmp.Or(cmp.Compare(a.begin, b.begin), cmp.Compare(b.end, a.end)); c != 0 {
		return c
	}
	return cmp.Or(
		cmp.Compare(a.winner.Grid, b.winner.Grid), // an ancestor is a prefix, and goes first
		cmp.Compare(a.cause, b.cause), cmp.Compare(a.winner.Level, b.winner.Level), cmp.Compare(a.winner.Kind, b.winner.Kind),
		cmp.Compare(a.winner.Name, b.winner.Name), cmp.Compare(a.winner.Reason, b.winner.Reason),
		cmp.Compare(a.winner.Ref, b.winner.Ref), compareBool(a.open, b.open),
	)
}

// compareSpans sorts spans by begin, longer ones first.
func compareSpans(a, b span) int {
	return cmp.Or(cmp.Compare(a.begin, b.begin), cmp.Compare(b.end, a.end), cmp.Compare(a.who, b.who))
}

// block returns the day's part of the stretch from begin to end.
func (d *calendarDay) block(begin, end time.Time) block {
	return block{begin: d.since(begin), end: d.since(end)}
}

// stand keeps list, which it sorts, as the day's blocks, and returns their spans.
func (d *calendarDay) stand(list []block) spans {
	if len(list) == 0 {
		return nil
	}
	slices.SortFunc(list, compareBlocks)
	all := make([]span, len(list))
	for i, b := range list {
		all[i] = span{begin: b.begin, end: b.end, who: len(d.blocks) + i}
	}
	d.blocks = append(d.blocks, list...)
	return newSpans(all)
}

// newSpans takes overlaps away from what begins later, in a list that is sorted by begin. It reuses list.
func newSpans(list []span) spans {
	kept := list[:0]
	var end time.Duration
	for _, s := range list {
		s.begin = max(s.begin, end)
		if s.begin < s.end {
			kept = append(kept, s)
			end = s.end
		}
	}
	return kept
}

// after returns the index of the first span that ends after moment.
func (s spans) after(moment time.Duration) int {
	low, high := 0, len(s)
	for low < high {
		if middle := (low + high) / 2; s[middle].end <= moment {
			low = middle + 1
		} else {
			high = middle
		}
	}
	return low
}

// hit returns the first span that overlaps begin to end, or nil.
func (s spans) hit(begin, end time.Duration) *span {
	if i := s.after(begin); i < len(s) && s[i].begin < end {
		return &s[i]
	}
	return nil
}

// free returns until when nothing stands, from a moment on in which nothing stands.
func (s spans) free(moment, end time.Duration) time.Duration {
	if i := s.after(moment); i < len(s) {
		return min(s[i].begin, end)
	}
	return end
}

// insert returns s with a span that overlaps none of it.
func (s spans) insert(one span) spans { return slices.Insert(s, s.after(one.begin), one) }
