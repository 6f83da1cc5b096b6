package timetable

import (
	"bytes"
	"cmp"
	"slices"

	"dalaba/playlists"
)

// ChangeKind says how two plans differ about an airing.
type ChangeKind string

// The kinds of change.
const (
	ChangeNew     ChangeKind = "new"     // only the later plan has it; After tells what becomes of it
	ChangeGone    ChangeKind = "gone"    // only the earlier plan has it
	ChangeMoved   ChangeKind = "moved"   // it begins at another time; After tells because of whom
	ChangeLost    ChangeKind = "lost"    // it sounded in the earlier plan only; After tells the cause
	ChangeGained  ChangeKind = "gained"  // it sounds in the later plan only
	ChangeAltered ChangeKind = "altered" // it begins when it did, with another chime, entries, pieces or volume, or for another cause
)

// Change is one airing about which two plans differ.
type Change struct {
	Kind ChangeKind
	// Before and After are the airing in the earlier and the later plan; nil where it has none.
	Before, After *Airing
}

// Comparison is how two plans differ.
type Comparison struct {
	// Changes are in the order of due time and id.
	Changes []Change
	// Unchanged is how many airings are the same in both.
	Unchanged int
}

// Compare tells what is different in after, for a dry run: two plans of one terminal and the same days, each as Plan
// gives it or several in a row. It keeps pointers into both.
func Compare(before, after []Airing) Comparison {
	old := make(map[playlists.AiringID]*Airing, len(before))
	for i := range before {
		old[before[i].ID] = &before[i]
	}
	var c Comparison
	for i := range after {
		a := &after[i]
		b := old[a.ID]
		delete(old, a.ID)
		if kind := changed(b, a); kind == "" {
			c.Unchanged++
		} else {
			c.Changes = append(c.Changes, Change{kind, b, a})
		}
	}
	for _, b := range old {
		c.Changes = append(c.Changes, Change{ChangeGone, b, nil})
	}
	slices.SortFunc(c.Changes, func(x, y Change) int {
		a, b := cmp.Or(x.Before, x.After), cmp.Or(y.Before, y.After)
		return cmp.Or(a.Due.Compare(b.Due), bytes.Compare(a.ID[:], b.ID[:]))
	})
	return c
}

// changed says how b, or nil, became a; empty for not at all.
func changed(b, a *Airing) ChangeKind {
	if b == nil {
		return ChangeNew
	}
	switch wasMissed, isMissed := b.State == StateMissed, a.State == StateMissed; {
	case isMissed && !wasMissed:
		return ChangeLost
	case wasMissed && !isMissed:
		return ChangeGained
	case !a.Start.Equal(b.Start):
		return ChangeMoved
	}
	same := a.State == b.State && a.Cause == b.Cause && a.By == b.By && a.Volume == b.Volume && a.Dropped == b.Dropped &&
		slices.Equal(a.Pieces, b.Pieces) && slices.Equal(a.Entries, b.Entries) && sameClip(a.Chime, b.Chime)
	if !same {
		return ChangeAltered
	}
	return ""
}

// sameClip tells whether two clips, or nils, are the same.
func sameClip(a, b *playlists.Clip) bool { return a == b || a != nil && b != nil && *a == *b }
