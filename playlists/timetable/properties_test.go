package timetable

import (
	gocmp "cmp"
	"encoding/json"
	"math/rand/v2"
	"reflect"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"dalaba/playlists"
)

func TestPlanKeepsItsPromises(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := drawScene.Draw(t, "scene")
		airings, loc := s.plan(t), s.zone(t)
		begin, end := s.day.Midnight(loc), s.day.AddDays(1).Midnight(loc)
		count := make(map[playlists.RoundID]int)
		for i, a := range airings {
			if i > 0 && airings[i-1].Due.After(a.Due) {
				t.Errorf("%v is listed after %v", a, airings[i-1])
			}
			if count[a.Round.ID]++; count[a.Round.ID] > MaxFirings {
				t.Errorf("%s fires more than %d times", a.Round.ID, MaxFirings)
			}
			if a.Due.Before(begin) || !a.Due.Before(end) {
				t.Errorf("%v is not due on %s", a, s.day)
			}
			checkState(t, a)
			if a.State != StatePlaced {
				continue
			}
			for from, to := range a.Spans {
				if from.Before(a.Due) || to.After(end) {
					t.Errorf("%v begins before it is due or ends after its day", a)
				}
				s.checkStretch(t, a, from, to)
			}
			goesOn := a.Round.Class == playlists.ClassBackground && a.Attempt > 1
			if late, most := a.Start.Sub(a.Due), gocmp.Or(a.Round.Lateness, playlists.DefaultLateness).Duration(); late > most && !goesOn {
				t.Errorf("%v is %v late", a, late)
			}
		}
		checkOverlap(t, airings, s.facts)
		checkOrder(t, airings)
		s.checkLimits(t, airings)
	})
}

// checkStretch looks for what forbids a, which has a place, to sound from begin to end.
func (s scene) checkStretch(t *rapid.T, a Airing, begin, end time.Time) {
	loc := s.zone(t)
	for at := begin; at.Before(end); at = at.Add(10 * time.Second) {
		s.checkQuiet(t, a, at, loc)
	}
	for _, m := range s.Mutes {
		if begin.Before(m.Until) && end.After(m.From) {
			t.Errorf("%v sounds in the mute of %v", a, m)
		}
	}
	for _, f := range s.facts {
		over := f.End
		if over.IsZero() {
			over = end.Add(1)
		}
		switch f.Kind {
		case FactOutage:
			if !begin.Before(f.Begin) && begin.Before(over) {
				t.Errorf("%v begins in an outage", a)
			}
		case FactTalk, FactAlert, FactPlayNow, FactMute, FactStop:
			if f.Airing.IsZero() && begin.Before(over) && end.After(f.Begin) {
				t.Errorf("%v sounds over %v", a, f)
			}
		}
	}
}

// checkOverlap looks for two airings that sound at the same time.
func checkOverlap(t *rapid.T, airings []Airing, facts []Fact) {
	type stretch struct{ begin, end time.Time }
	var all []stretch
	for _, a := range airings {
		if a.State == StatePlaced || a.State == StateSounding {
			for begin, end := range a.Spans {
				all = append(all, stretch{begin, end})
			}
		}
	}
	for _, f := range facts {
		if f.Kind == FactSounded && !f.End.IsZero() {
			all = append(all, stretch{f.Begin, f.End})
		}
	}
	slices.SortFunc(all, func(a, b stretch) int { return a.begin.Compare(b.begin) })
	for i := 1; i < len(all); i++ {
		if all[i].begin.Before(all[i-1].end) {
			t.Fatalf("%v and %v sound at the same time", all[i-1], all[i])
		}
	}
}

// checkLimits looks for more than a day allows, by what is placed and not lifted alone.
func (s scene) checkLimits(t *rapid.T, airings []Airing) {
	var minutes time.Duration
	plays := make(map[playlists.AnnouncementID]int)
	for _, a := range airings {
		if a.State != StatePlaced || a.Due.Before(a.Round.Unlimited) {
			continue
		}
		for begin, end := range a.Spans {
			minutes += end.Sub(begin)
		}
		pieces := a.Pieces
		if pieces == nil {
			pieces = []Piece{{First: 0, Last: len(a.Entries) - 1}}
		}
		for _, p := range pieces {
			for _, e := range a.Entries[p.First : p.Last+1] {
				plays[e.Announcement]++
			}
		}
	}
	if most := s.Limits.Minutes; most > 0 && minutes > time.Duration(most)*time.Minute {
		t.Errorf("%s of %d minutes", minutes, most)
	}
	for id, n := range plays {
		if most := s.Limits.Plays; most > 0 && n > most {
			t.Errorf("%d plays of %s, of %d", n, id, most)
		}
	}
}

// checkState holds a to what its State means.
func checkState(t *rapid.T, a Airing) {
	switch a.State {
	case StatePlaced:
		late := a.Start.After(a.Due)
		if (late || a.Dropped > 0) == (a.Cause == "") || a.Attempt == 1 && late == (a.Reason == ReasonDue) || a.Reason == "" {
			t.Errorf("%v: late %v, cause %q, reason %q", a, late, a.Cause, a.Reason)
		}
	case StateMissed:
		if a.Cause == "" || a.Reason != "" || a.Cause == playlists.CausePreempted && a.Winner.Kind == "" {
			t.Errorf("%v is missed without a cause or a winner, or with a reason", a)
		}
	case StateDone, StateSounding:
		if a.Start.IsZero() || a.Reason == "" {
			t.Errorf("%v has begun, but not when or why", a)
		}
	default:
		t.Errorf("%v has no state", a)
	}
	if a.By != a.Winner.Name {
		t.Errorf("%v names two winners", a)
	}
}

func TestThePlanDoesNotDependOnTheOrderOfItsInput(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := drawScene.Draw(t, "scene")
		want := s.plan(t)
		expectSame(t, want, s.plan(t))
		random := rand.New(rand.NewPCG(rapid.Uint64().Draw(t, "seed"), 1))
		expectSame(t, want, s.shuffled(random.Shuffle).plan(t))
	})
}

// An agent plans what it has read. What it reads from its disk, and from a town's tables, is their own tests.
func TestAProgrammeThatWasReadIsPlannedAsTheOneThatWasWritten(t *testing.T) {
	for seed := range 1_000 {
		s := drawScene.Example(seed)
		text, err := json.Marshal(s.Programme)
		if err != nil {
			t.Fatal(err)
		}
		read, err := playlists.ReadProgramme(text)
		if err != nil {
			t.Fatal(err)
		}
		expectSame(t, s.plan(t), scene{read, s.day, s.facts}.plan(t))
	}
}

// expectSame compares quickly, and explains slowly.
func expectSame(t interface{ Fatal(args ...any) }, want, got []Airing) {
	if len(want)+len(got) > 0 && !reflect.DeepEqual(want, got) {
		t.Fatal(cmp.Diff(want, got))
	}
}

func TestDueAndPlanListTheSameAirings(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := drawScene.Draw(t, "scene")
		due, err := Due(s.Programme, s.day)
		if err != nil {
			t.Fatal(err)
		}
		var planned []Airing
		for _, a := range s.plan(t) {
			planned = append(planned, Airing{ID: a.ID, Round: a.Round, Due: a.Due, Entries: a.Entries, Chime: a.Chime, Length: a.Length})
		}
		expectSame(t, due, planned)
	})
}

func TestWhyAgreesWithThePlan(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := drawScene.Draw(t, "scene")
		if airings := s.plan(t); len(airings) > 0 {
			a := airings[rapid.IntRange(0, len(airings)-1).Draw(t, "asked about")]
			answer, err := Why(s.Programme, s.facts, a.Due)
			if err != nil {
				t.Fatal(err)
			}
			named := func(b Airing) bool { return reflect.DeepEqual(a, b) }
			if !slices.ContainsFunc(answer.Sounds, named) && !slices.ContainsFunc(answer.Absent, named) {
				t.Fatalf("why at %s does not speak of %v", a.Due, a)
			}
		}
	})
}

func TestAPlanComparedWithItselfIsUnchanged(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := drawScene.Draw(t, "scene")
		airings := s.plan(t)
		if c := Compare(airings, s.plan(t)); len(c.Changes) > 0 || c.Unchanged != len(airings) {
			t.Errorf("%+v", c)
		}
	})
}
