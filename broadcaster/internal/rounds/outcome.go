package rounds

import (
	"crypto/sha256"
	"fmt"
	"hash"
	"time"

	"dalaba/playlists"
	"dalaba/playlists/timetable"
)

// maxFates bounds how many airings an Outcome lists of either kind. All are counted.
const maxFates = 100

// Outcome is what a draft does at terminals at which it does the same.
type Outcome struct {
	Terminals []Terminal
	// Entries is what its first airing there asks for, which is what the dialect rule chose; nil where none is due, or
	// where nothing fits.
	Entries []playlists.Entry
	// Sounds is how many airings of the draft sound, Deferred how many of these later than they are due, and Missed how
	// many do not sound.
	Sounds, Deferred, Missed int
	// Own are the deferred and the missed ones, in order, at most 100.
	Own []Fate
	// Moves is how many airings of other rounds begin at another time because of the draft, Displaces how many do not
	// sound any more, Frees how many sound that did not, and Alters how many sound in other pieces or at another volume.
	Moves, Displaces, Frees, Alters int
	// Others are these, in order, at most 100.
	Others []Fate
	// Tied tells that an airing of the draft falls due at the same moment as one of an equal round: which of the two goes
	// first is the same every time, but not at every terminal.
	Tied bool
	// Loudness is that of the draft's airings that sound, if it asks for a volume.
	Loudness Loudness
}

// Fate is what becomes of an airing.
type Fate struct {
	Round playlists.RoundID
	Name  string
	Due   time.Time
	// Kind says what the draft does to an airing of another round; empty for one of its own.
	Kind timetable.ChangeKind
	// Before is when it would begin without the draft, and Start when it does; zero where it does not sound.
	Before, Start time.Time
	// Cause and By say what defers it, or keeps it from sounding.
	Cause playlists.Cause
	By    timetable.Winner
}

// tally is an outcome as it is counted, with a sum by which equal ones are known.
type tally struct {
	Outcome
	draft *Round
	now   time.Time
	sum   hash.Hash
}

func newTally(draft *Round, now time.Time) *tally {
	return &tally{draft: draft, now: now, sum: sha256.New()}
}

// day counts a day, planned without the draft and with it.
func (t *tally) day(before, after []timetable.Airing) {
	for i := range after {
		a := &after[i]
		if a.Round.ID == t.draft.ID && !a.Due.Before(t.now) {
			t.own(a)
			t.tied(after, i)
		}
	}
	for _, change := range timetable.Compare(before, after).Changes {
		if change.Before == nil || change.After == nil || change.After.Round.ID == t.draft.ID || change.After.Due.Before(t.now) {
			continue
		}
		t.other(change)
	}
}

func (t *tally) own(a *timetable.Airing) {
	if t.Entries == nil {
		t.Entries = a.Entries
	}
	for _, e := range a.Entries {
		t.sum.Write(e.Clip[:])
	}
	if a.State == timetable.StateMissed {
		t.Missed++
	} else {
		t.Sounds++
		t.Loudness.add(t.draft, a.Volume)
		if a.Start.Equal(a.Due) {
			return
		}
		t.Deferred++
	}
	t.Own = t.note(t.Own, fateOf(a))
}

// tied notes whether the draft's airing i stands beside an equal.
func (t *tally) tied(airings []timetable.Airing, i int) {
	for _, k := range [...]int{i - 1, i + 1} {
		if k < 0 || k >= len(airings) || airings[k].Round.ID == t.draft.ID || !airings[k].Due.Equal(airings[i].Due) {
			continue
		}
		a, b := airings[k].Round, airings[i].Round
		t.Tied = t.Tied || a.Class == b.Class && len(a.Owner) == len(b.Owner)
	}
}

func (t *tally) other(change timetable.Change) {
	switch change.Kind {
	case timetable.ChangeMoved:
		t.Moves++
	case timetable.ChangeLost:
		t.Displaces++
	case timetable.ChangeGained:
		t.Frees++
	default:
		t.Alters++
	}
	fate := fateOf(change.After)
	fate.Kind, fate.Before = change.Kind, change.Before.Start
	t.Others = t.note(t.Others, fate)
}

func fateOf(a *timetable.Airing) Fate {
	return Fate{Round: a.Round.ID, Name: a.Round.Name, Due: a.Due, Start: a.Start, Cause: a.Cause, By: a.Winner}
}

// note adds fate to the sum, and to list unless that is full.
func (t *tally) note(list []Fate, fate Fate) []Fate {
	fmt.Fprintln(t.sum, fate.Round, fate.Due.UnixMilli(), fate.Kind, fate.Before.UnixMilli(), fate.Start.UnixMilli(), fate.Cause,
		fate.By.Kind, fate.By.Ref, fate.By.Name)
	if len(list) < maxFates {
		list = append(list, fate)
	}
	return list
}

// key is the same for tallies that say the same.
func (t *tally) key() string {
	return fmt.Sprint(t.sum.Sum(nil), t.Sounds, t.Missed, t.Moves, t.Displaces, t.Frees, t.Alters, t.Loudness)
}
