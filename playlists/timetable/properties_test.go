package timetable

import (
	gocmp "cmp"
	"fmt"
	"math/rand/v2"
	"reflect"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"dalaba/playlists"
)

var (
	drawTime = rapid.Custom(func(t *rapid.T) playlists.TimeOfDay {
		return playlists.TimeOfDay(rapid.IntRange(0, 24*12).Draw(t, "five minutes") * 300)
	})
	drawTable = rapid.Custom(func(t *rapid.T) playlists.Timetable {
		table := playlists.Timetable{Weekdays: rapid.SliceOfN(rapid.IntRange(1, 7), 0, 6).Draw(t, "weekdays")}
		if rapid.Bool().Draw(t, "cron") {
			table.Cron = rapid.SampledFrom([]string{"*/7 * * * *", "30 2 * * *", "0 0 * * *", "15,45 6-22 * * 1-5", "0 12 29 * sun"}).Draw(t, "expression")
			return table
		}
		table.Every = &playlists.Every{
			Minutes: rapid.SampledFrom([]int{1, 5, 17, 60, 1440}).Draw(t, "step"),
			From:    min(drawTime.Draw(t, "from"), playlists.EndOfDay-300), To: drawTime.Draw(t, "to"),
		}
		return table
	})
	drawProgramme = rapid.Custom(func(t *rapid.T) *playlists.Programme {
		p := with(with(programme(), "short", 4), "long", 400)
		p.Zone = rapid.SampledFrom([]string{"Asia/Shanghai", "Europe/Berlin", "America/Sao_Paulo"}).Draw(t, "zone")
		for i := range rapid.IntRange(1, 5).Draw(t, "rounds") {
			p.Rounds = append(p.Rounds, drawRound(t, fmt.Sprint("r", i)))
		}
		for range rapid.IntRange(0, 2).Draw(t, "quiet rules") {
			q := playlists.QuietRule{Grid: town, From: drawTime.Draw(t, "silent from"), To: drawTime.Draw(t, "silent to")}
			if rapid.Bool().Draw(t, "lifted") {
				q.LiftedUntil = drawInstant(t, "lifted until")
			}
			p.Quiet = append(p.Quiet, q)
		}
		if rapid.Bool().Draw(t, "bounded") {
			p.Announcements[1].ValidFrom = drawInstant(t, "valid from")
			p.Announcements[1].ValidUntil = drawInstant(t, "valid until")
		}
		return p
	})
	// Among them are both days on which clocks change in Berlin, and one on which they skip midnight in São Paulo.
	drawDay = rapid.SampledFrom([]playlists.Date{
		friday,
		{Year: 2026, Month: time.March, Day: 29},
		{Year: 2026, Month: time.October, Day: 25},
		{Year: 2018, Month: time.November, Day: 4},
		{Year: 2028, Month: time.February, Day: 29},
	})
)

func drawInstant(t *rapid.T, label string) time.Time {
	day := drawDay.Draw(t, label)
	return day.Midnight(time.UTC).Add(time.Duration(rapid.IntRange(-10, 30).Draw(t, "hours")) * time.Hour)
}

func drawRound(t *rapid.T, id string) playlists.Round {
	return playlists.Round{
		ID: playlists.RoundID(id), Name: id, Timetable: drawTable.Draw(t, "timetable"),
		Playlist: rapid.SampledFrom([]playlists.PlaylistID{"minute", "short", "long"}).Draw(t, "playlist"),
		Class:    rapid.SampledFrom([]playlists.Class{playlists.ClassAnnouncement, playlists.ClassBackground}).Draw(t, "class"),
		Owner:    rapid.SampledFrom([]playlists.GridCode{town, village}).Draw(t, "owner"),
		Lateness: seconds(rapid.SampledFrom([]int{0, 1, 90, 3600}).Draw(t, "lateness")),
	}
}

// drawFacts draws facts that an agent could have: attempts at airings of the plan, given up ones, outages.
func drawFacts(t *rapid.T, airings []Airing, day playlists.Date) []Fact {
	var facts []Fact
	for _, i := range rapid.SliceOfNDistinct(rapid.IntRange(0, max(len(airings)-1, 0)), 0, min(4, len(airings)), rapid.ID[int]).Draw(t, "with facts") {
		a := airings[i]
		if a.State != StatePlaced {
			continue
		}
		sounded := Fact{Kind: FactSounded, Airing: a.ID, Attempt: 1, Begin: a.Start, End: a.Start.Add(a.Length.Duration()), Whole: true}
		switch rapid.SampledFrom([]string{"whole", "cut", "missed", "sounding"}).Draw(t, "what") {
		case "cut":
			sounded.End, sounded.Whole, sounded.Cause = a.Start.Add(time.Second), false, playlists.CauseDeviceError
		case "missed":
			sounded = Fact{Kind: FactMissed, Airing: a.ID, Cause: playlists.CauseClipBad}
		case "sounding":
			sounded.End, sounded.Whole = time.Time{}, false
		}
		facts = append(facts, sounded)
	}
	for range rapid.IntRange(0, 2).Draw(t, "outages") {
		begin := day.Midnight(time.UTC).Add(time.Duration(rapid.IntRange(-600, 1800).Draw(t, "minutes")) * time.Minute)
		facts = append(facts, Fact{Kind: FactOutage, Begin: begin, End: begin.Add(20 * time.Minute), Cause: playlists.CauseAgentDown})
	}
	return facts
}

func mustPlan(t *rapid.T, p *playlists.Programme, facts []Fact, day playlists.Date) []Airing {
	airings, err := Plan(p, facts, day)
	if err != nil {
		t.Fatal(err)
	}
	return airings
}

func TestPlanKeepsItsPromises(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p, day := drawProgramme.Draw(t, "programme"), drawDay.Draw(t, "day")
		facts := drawFacts(t, mustPlan(t, p, nil, day), day)
		airings := mustPlan(t, p, facts, day)
		loc, err := time.LoadLocation(p.Zone)
		if err != nil {
			t.Fatal(err)
		}
		begin, end := day.Midnight(loc), day.AddDays(1).Midnight(loc)
		count := make(map[playlists.RoundID]int)
		for i, a := range airings {
			if i > 0 && airings[i-1].Due.After(a.Due) {
				t.Errorf("%v is listed after %v", a, airings[i-1])
			}
			if count[a.Round.ID]++; count[a.Round.ID] > MaxFirings {
				t.Errorf("%s fires more than %d times", a.Round.ID, MaxFirings)
			}
			if a.Due.Before(begin) || !a.Due.Before(end) {
				t.Errorf("%v is not due on %s", a, day)
			}
			checkState(t, a)
			if a.State != StatePlaced {
				continue
			}
			over := a.Start.Add(a.Length.Duration())
			if a.Start.Before(a.Due) || over.After(end) {
				t.Errorf("%v begins before it is due or ends after its day", a)
			}
			if late, most := a.Start.Sub(a.Due), gocmp.Or(a.Round.Lateness, playlists.DefaultLateness).Duration(); late > most {
				t.Errorf("%v is %v late", a, late)
			}
			checkQuiet(t, p, a, loc)
			for _, f := range facts {
				if f.Kind == FactOutage && !a.Start.Before(f.Begin) && a.Start.Before(f.End) {
					t.Errorf("%v begins in an outage", a)
				}
			}
		}
		checkOverlap(t, airings)
	})
}

// checkOverlap looks for two airings that sound at the same time.
func checkOverlap(t *rapid.T, airings []Airing) {
	var last Airing
	for _, a := range slices.SortedFunc(slices.Values(airings), func(a, b Airing) int { return a.Start.Compare(b.Start) }) {
		if a.State == StateMissed {
			continue
		}
		if a.Start.Before(last.Start.Add(last.Length.Duration())) {
			t.Errorf("%v and %v sound at the same time", last, a)
		}
		last = a
	}
}

// checkState holds a to what its State means.
func checkState(t *rapid.T, a Airing) {
	switch a.State {
	case StatePlaced:
		if late := a.Start.After(a.Due); late == (a.Cause == "") {
			t.Errorf("%v: late %v, cause %q", a, late, a.Cause)
		}
	case StateMissed:
		if a.Cause == "" || a.Cause == playlists.CausePreempted && a.By == "" {
			t.Errorf("%v is missed without a cause or a winner", a)
		}
	case StateDone, StateSounding:
		if a.Start.IsZero() {
			t.Errorf("%v has begun, but not when", a)
		}
	default:
		t.Errorf("%v has no state", a)
	}
}

// checkQuiet looks at a every ten seconds, by the civil clock: another way than the one under test.
func checkQuiet(t *rapid.T, p *playlists.Programme, a Airing, loc *time.Location) {
	for at := a.Start; at.Before(a.Start.Add(a.Length.Duration())); at = at.Add(10 * time.Second) {
		now := playlists.NewTimeOfDay(at.In(loc).Clock())
		for _, q := range p.Quiet {
			silent := q.From <= now && now < q.To
			if q.To <= q.From {
				silent = now >= q.From || now < q.To
			}
			if silent && !at.Before(q.LiftedUntil) && sameOffsetAllDay(at, loc) {
				t.Fatalf("%v sounds at %s, in the quiet of %v", a, at.In(loc), q)
			}
		}
	}
}

// sameOffsetAllDay tells whether clocks in loc do not change within a day of at; where they do, a quiet span is an
// interval from its first to its last instant, and the civil clock alone does not tell which of two hours it is in.
func sameOffsetAllDay(at time.Time, loc *time.Location) bool {
	_, before := at.Add(-24 * time.Hour).In(loc).Zone()
	_, after := at.Add(24 * time.Hour).In(loc).Zone()
	return before == after
}

func TestThePlanDoesNotDependOnTheOrderOfItsInput(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p, day := drawProgramme.Draw(t, "programme"), drawDay.Draw(t, "day")
		facts := drawFacts(t, mustPlan(t, p, nil, day), day)
		want := mustPlan(t, p, facts, day)
		expectSame(t, want, mustPlan(t, p, facts, day))
		random := rand.New(rand.NewPCG(rapid.Uint64().Draw(t, "seed"), 1))
		q := *p
		q.Rounds, q.Playlists = shuffled(random, p.Rounds), shuffled(random, p.Playlists)
		q.Announcements, q.Quiet = shuffled(random, p.Announcements), shuffled(random, p.Quiet)
		expectSame(t, want, mustPlan(t, &q, shuffled(random, facts), day))
	})
}

// expectSame compares quickly, and explains slowly.
func expectSame(t *rapid.T, want, got []Airing) {
	if len(want)+len(got) > 0 && !reflect.DeepEqual(want, got) {
		t.Fatal(cmp.Diff(want, got))
	}
}

func shuffled[T any](random *rand.Rand, list []T) []T {
	list = slices.Clone(list)
	random.Shuffle(len(list), func(i, j int) { list[i], list[j] = list[j], list[i] })
	return list
}

func TestALowerAiringNeverMovesAHigherOne(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p, day := drawProgramme.Draw(t, "programme"), drawDay.Draw(t, "day")
		facts := drawFacts(t, mustPlan(t, p, nil, day), day)
		before := mustPlan(t, p, facts, day)
		lower := drawRound(t, "lower")
		lower.Class, lower.Owner = playlists.ClassBackground, village+"001"
		p.Rounds = append(append([]playlists.Round(nil), p.Rounds...), lower)
		var after []Airing
		for _, a := range mustPlan(t, p, facts, day) {
			if a.Round.ID != lower.ID {
				after = append(after, a)
			}
		}
		expectSame(t, before, after)
	})
}

func TestDueAndPlanListTheSameAirings(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p, day := drawProgramme.Draw(t, "programme"), drawDay.Draw(t, "day")
		due, err := Due(p, day)
		if err != nil {
			t.Fatal(err)
		}
		planned := mustPlan(t, p, nil, day)
		for i := range planned {
			planned[i].State, planned[i].Start, planned[i].Attempt = "", time.Time{}, 0
			planned[i].Cause, planned[i].By, planned[i].Volume = "", "", 0
		}
		expectSame(t, due, planned)
	})
}
