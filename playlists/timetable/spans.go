package timetable

import (
	"cmp"
	"slices"
	"time"

	"dalaba/playlists"
)

// span is a stretch of a day, counted from its first instant, half open, with why nothing else fits there.
type span struct {
	begin, end time.Duration
	cause      playlists.Cause
	by         string
}

// spans are sorted and do not overlap, so both their begins and their ends rise.
type spans []span

// newSpans sorts list and takes overlaps away from what begins later. It reuses list.
func newSpans(list []span) spans {
	slices.SortFunc(list, func(a, b span) int {
		return cmp.Or(cmp.Compare(a.begin, b.begin), cmp.Compare(b.end, a.end), cmp.Compare(a.cause, b.cause), cmp.Compare(a.by, b.by))
	})
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

// hit returns the first span that overlaps begin to end, or nil.
func (s spans) hit(begin, end time.Duration) *span {
	i, _ := slices.BinarySearchFunc(s, begin, func(s span, begin time.Duration) int {
		if s.end <= begin {
			return -1
		}
		return 1
	})
	if i == len(s) || s[i].begin >= end {
		return nil
	}
	return &s[i]
}

// insert returns s with a span that overlaps none of it.
func (s spans) insert(one span) spans {
	i, _ := slices.BinarySearchFunc(s, one.begin, func(s span, begin time.Duration) int { return cmp.Compare(s.begin, begin) })
	return slices.Insert(s, i, one)
}
