package timetable

import (
	"bytes"
	"cmp"
	"testing"

	"pgregory.net/rapid"

	"dalaba/playlists"
)

// precedes tells whether a is placed before b: by class, by level, and among equals by due time and id.
func precedes(a, b Airing) bool {
	background := func(a Airing) int {
		if a.Round.Class == playlists.ClassBackground {
			return 1
		}
		return 0
	}
	return cmp.Or(
		cmp.Compare(background(a), background(b)), cmp.Compare(len(a.Round.Owner), len(b.Round.Owner)),
		a.Due.Compare(b.Due), bytes.Compare(a.ID[:], b.ID[:]),
	) < 0
}

// equals tells whether a and b are of one class and owner, are to sound in one go for equally long, in equally wide
// windows, and pass the same quiet.
func equals(a, b Airing) bool {
	return a.Round.Class == b.Round.Class && a.Round.Class == playlists.ClassAnnouncement && a.Round.Owner == b.Round.Owner &&
		a.Round.Mandatory == b.Round.Mandatory && a.Round.Lateness == b.Round.Lateness && a.Length == b.Length
}

// checkOrder looks for an airing that goes before its equal, which was due earlier. What was cut was in its turn once.
// It returns how many pairs it compared.
func checkOrder(t *rapid.T, airings []Airing) (pairs int) {
	for i, a := range airings {
		if a.State != StatePlaced || a.Attempt > 1 {
			continue
		}
		for _, b := range airings[i+1:] {
			if b.State != StatePlaced || b.Attempt > 1 || !equals(a, b) {
				continue
			}
			if pairs++; precedes(a, b) != a.Start.Before(b.Start) {
				t.Fatalf("%v and its equal %v do not keep their order", a, b)
			}
		}
	}
	return pairs
}

// TestADeferredAiringKeepsItsOrderAmongEquals crowds a day with equals of several rounds, so that most are deferred.
func TestADeferredAiringKeepsItsOrderAmongEquals(t *testing.T) {
	pairs, deferred := 0, 0
	rapid.Check(t, func(t *rapid.T) {
		s := drawScene.Draw(t, "scene")
		for i := range rapid.IntRange(2, 4).Draw(t, "equals") {
			r := drawRound(t, string(rune('a'+i)))
			r.Class, r.Owner, r.Mandatory, r.Lateness, r.Playlist = playlists.ClassAnnouncement, village, false, seconds(3600), "minute"
			r.Timetable = playlists.Timetable{Every: &playlists.Every{
				Minutes: rapid.SampledFrom([]int{5, 7, 20}).Draw(t, "step"), From: drawTime.Draw(t, "first") % playlists.EndOfDay,
				To: playlists.EndOfDay,
			}}
			s.Rounds = append(s.Rounds, r)
		}
		airings := s.plan(t)
		pairs += checkOrder(t, airings)
		for _, a := range airings {
			if a.State == StatePlaced && a.Start.After(a.Due) {
				deferred++
			}
		}
	})
	if deferred == 0 || pairs == 0 {
		t.Errorf("%d pairs, %d deferred", pairs, deferred)
	}
}

// TestAddingALowerPlacedAiringNeverMovesAHigherOne adds one round: what is placed before its first airing stays
// as it was. Of background that is every announcement, of a lower owner's every superior's.
func TestAddingALowerPlacedAiringNeverMovesAHigherOne(t *testing.T) {
	kept := make(map[string]int)
	rapid.Check(t, func(t *rapid.T) {
		s := drawScene.Draw(t, "scene")
		before := s.plan(t)
		added := drawRound(t, "added")
		kind := rapid.SampledFrom([]string{"background", "of a lower owner", "equal, due later"}).Draw(t, "added kind")
		switch kind {
		case "background":
			added.Class = playlists.ClassBackground
			added.Owner = rapid.SampledFrom([]playlists.GridCode{town, village + "001"}).Draw(t, "added owner")
			added.Playlist = "long"
			added.Timetable = playlists.Timetable{Every: &playlists.Every{Minutes: 17, To: playlists.EndOfDay}}
		case "of a lower owner":
			added.Class, added.Owner = playlists.ClassAnnouncement, village+"001"
		default:
			added.Class = playlists.ClassAnnouncement
			added.Timetable = playlists.Timetable{Every: &playlists.Every{
				Minutes: 5, From: rapid.Map(rapid.IntRange(10, 23), func(h int) playlists.TimeOfDay { return playlists.TimeOfDay(h * 3600) }).Draw(t, "hour"),
				To: playlists.EndOfDay,
			}}
		}
		s.Rounds = append(append([]playlists.Round(nil), s.Rounds...), added)
		var first *Airing
		var after []Airing
		for _, a := range s.plan(t) {
			if a.Round.ID != added.ID {
				after = append(after, a)
			} else if first == nil {
				first = &a
			}
		}
		if len(before) != len(after) {
			t.Fatalf("%d airings, then %d", len(before), len(after))
		}
		for i, a := range before {
			if first == nil || precedes(a, *first) {
				kept[kind]++
				expectSame(t, []Airing{a}, after[i:i+1])
			}
		}
	})
	if len(kept) < 3 {
		t.Errorf("airings kept: %v", kept)
	}
}
