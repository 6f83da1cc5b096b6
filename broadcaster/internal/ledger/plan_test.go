package ledger

import (
	"context"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"go.uber.org/goleak"
	"pgregory.net/rapid"

	"dalaba/broadcaster/internal/store"
	"dalaba/playlists"
)

func TestWhatWasPlannedIsNotRecomputedByALaterEdit(t *testing.T) {
	d := newDesk(t)
	everyHour(d)
	d.now = at(8, 30)
	d.figures()
	// At half past eight the round is moved to every two hours from nine, with another recording.
	d.town.publish(horn, 2, d.now, 2, 120, playlists.NewTimeOfDay(9, 0, 0), playlists.NewTimeOfDay(11, 0, 0))
	d.now = at(12, 0)
	d.figures()
	type line struct {
		Hour     int
		Revision uint64
		Clip     byte
	}
	var got []line
	for _, a := range d.airings() {
		got = append(got, line{a.Due.In(shanghai).Hour(), a.Revision, a.Contents[0].Clip[0]})
	}
	if diff := cmp.Diff([]line{{11, 2, 2}, {9, 2, 2}, {8, 1, 1}, {7, 1, 1}, {6, 1, 1}}, got); diff != "" {
		t.Fatal(diff)
	}
}

func TestABroadcasterThatWasDownPlansFromWhatWasPublishedThen(t *testing.T) {
	late, prompt := newDesk(t), newDesk(t)
	for _, d := range []*desk{late, prompt} {
		d.town.publish(horn, 1, at(0, 0).AddDate(0, 0, -3), 1, 30, 0, playlists.NewTimeOfDay(23, 30, 0))
		d.town.publish(horn, 2, at(7, 15), 2, 20, 0, playlists.NewTimeOfDay(23, 40, 0))
		d.town.publish(horn, 3, at(7, 16), 3, 60, 0, playlists.NewTimeOfDay(23, 0, 0))
	}
	for now := at(0, 0).AddDate(0, 0, -3); !now.After(at(12, 0)); now = now.Add(7 * time.Minute) {
		prompt.now = now
		prompt.Republished([]playlists.TerminalID{horn})
		prompt.figures()
	}
	prompt.now = at(12, 0)
	prompt.Republished([]playlists.TerminalID{horn})
	if diff := cmp.Diff(prompt.figures(), late.figures()); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff(prompt.airings(), late.airings()); diff != "" {
		t.Error(diff)
	}
	// 0:00 to 7:00 every half hour, then 8, 9, 10, 11; noon has not fallen due before noon.
	if n := len(late.airings()); n != 15+4 {
		t.Errorf("%d airings", n)
	}
}

func TestPlaysThatCameBeforeThePlanJoinIt(t *testing.T) {
	d := newDesk(t)
	d.send(both(at(6, 0), 1, 0)...)
	d.send(missed(at(7, 0), playlists.CausePowerOff))
	if diff := cmp.Diff(Counts{Extra: 1}, d.figures()); diff != "" {
		t.Fatal(diff)
	}
	everyHour(d)
	d.Republished([]playlists.TerminalID{horn})
	want := Counts{
		Planned: 6, Played: 1, OnTime: 1, Missed: 1, Unreported: 4,
		Causes: map[playlists.Cause]int{playlists.CausePowerOff: 1},
	}
	if diff := cmp.Diff(want, d.figures()); diff != "" {
		t.Fatal(diff)
	}
}

func TestFiguresOfADay(t *testing.T) {
	for _, test := range []struct {
		name string
		in   []playlists.Report
		want Counts
	}{
		{"nothing reported", nil, Counts{Planned: 6, Unreported: 6}},
		{
			"killed in mid-play, then whole",
			[]playlists.Report{
				play(at(6, 0), 1, 0, 0), cut(at(6, 0), 1, 1, 0, playlists.CauseAgentDown),
				play(at(6, 0), 2, 0, time.Minute), play(at(6, 0), 2, 1, time.Minute),
			},
			Counts{Planned: 6, Played: 1, Late: 1, Unreported: 5},
		},
		{
			"a programme that had not arrived",
			[]playlists.Report{accounted(at(8, 30), 5)},
			Counts{Planned: 6, Missed: 3, Unreported: 3, Causes: map[playlists.Cause]int{playlists.CauseNotReceived: 3}},
		},
		{
			"a silence that nothing explains",
			[]playlists.Report{accounted(at(8, 30), 1)},
			Counts{Planned: 6, Unreported: 6, Unexplained: 3},
		},
		{
			"a silence explained afterwards",
			[]playlists.Report{accounted(at(8, 30), 1), missed(at(6, 0), playlists.CausePowerOff), missed(at(7, 0), playlists.CauseQuietHours)},
			Counts{Planned: 6, Missed: 2, Unreported: 4, Unexplained: 1, Excused: 1, Causes: map[playlists.Cause]int{
				playlists.CausePowerOff: 1, playlists.CauseQuietHours: 1,
			}, ExcusedCauses: map[playlists.Cause]int{playlists.CauseQuietHours: 1}},
		},
		{
			"cut",
			[]playlists.Report{play(at(6, 0), 1, 0, 0), cut(at(6, 0), 1, 1, 0, playlists.CauseRecalled), accounted(at(6, 30), 1)},
			Counts{
				Planned: 6, Partial: 1, Unreported: 5, Excused: 1, Causes: map[playlists.Cause]int{playlists.CauseRecalled: 1},
				ExcusedCauses: map[playlists.Cause]int{playlists.CauseRecalled: 1},
			},
		},
		{"unplanned", both(at(6, 10), 1, 0), Counts{Planned: 6, Unreported: 6, Extra: 1}},
		{"unplanned, and did not sound", []playlists.Report{missed(at(6, 10), playlists.CausePowerOff)}, Counts{Planned: 6, Unreported: 6}},
	} {
		t.Run(test.name, func(t *testing.T) {
			d := newDesk(t)
			everyHour(d)
			d.figures()
			for _, r := range test.in { // each in its own delivery
				d.send(r)
			}
			if diff := cmp.Diff(test.want, d.figures()); diff != "" {
				t.Error(diff)
			}
			d.empty()
			d.send(test.in...) // all at once, before the plan
			if diff := cmp.Diff(test.want, d.figures()); diff != "" {
				t.Error("before the plan:", diff)
			}
		})
	}
}

func TestEveryPlannedAiringHasOneStateInAnyHistory(t *testing.T) {
	d := newDesk(t)
	rapid.Check(t, func(r *rapid.T) {
		d.empty()
		d.town.published = make(map[playlists.TerminalID][]Published)
		d.now = at(5, 0)
		everyHour(d)
		steps := rapid.IntRange(1, 12).Draw(r, "steps")
		causes := rapid.SampledFrom([]playlists.Cause{playlists.CausePowerOff, playlists.CauseQuietHours, playlists.CauseDeviceError})
		for range steps {
			due := at(rapid.IntRange(5, 11).Draw(r, "hour"), rapid.SampledFrom([]int{0, 10}).Draw(r, "minute"))
			attempt, entry := rapid.IntRange(1, 2).Draw(r, "attempt"), rapid.IntRange(0, 1).Draw(r, "entry")
			switch rapid.IntRange(0, 5).Draw(r, "what") {
			case 0:
				d.now = d.now.Add(time.Duration(rapid.IntRange(0, 120).Draw(r, "minutes")) * time.Minute)
				d.figures()
			case 1:
				d.send(play(due, attempt, entry, time.Duration(attempt-1)*time.Minute))
			case 2:
				d.send(cut(due, attempt, entry, 0, causes.Draw(r, "cause")))
			case 3:
				d.send(missed(due, causes.Draw(r, "cause")))
			case 4:
				d.send(accounted(due, uint64(rapid.IntRange(1, 2).Draw(r, "revision"))))
			case 5:
				n := len(d.town.published[horn])
				minutes := rapid.SampledFrom([]int{30, 60, 90}).Draw(r, "every")
				d.town.publish(horn, uint64(n+1), d.now, byte(n), minutes, playlists.NewTimeOfDay(6, 0, 0), playlists.NewTimeOfDay(11, 0, 0))
			}
		}
		c := d.figures()
		if c.Planned != c.Played+c.Partial+c.Missed+c.Unreported || c.Played != c.OnTime+c.Late || c.Unexplained > c.Unreported {
			r.Fatalf("%+v", c)
		}
		ended, excused := 0, 0
		for cause, n := range c.Causes {
			ended, excused = ended+n, excused+c.ExcusedCauses[cause]
			if c.ExcusedCauses[cause] > n {
				r.Fatalf("of %s more are excused than there are: %+v", cause, c)
			}
		}
		if ended != c.Partial+c.Missed || c.Excused != excused {
			r.Fatalf("causes of %d, %d of them excused, in %+v", ended, excused, c)
		}
		d.mustList(r, c)
		var f Figures
		d.must(d.db.Read(t.Context(), func(tx *store.Tx) (err error) {
			f, err = d.Day(t.Context(), tx, day, shanghai)
			return err
		}))
		for _, g := range f.Grids { // the only terminal's figures are those of each grid above it
			if diff := cmp.Diff(c, g.Counts, cmpopts.EquateEmpty()); diff != "" {
				r.Fatal(g.Grid, diff)
			}
		}
	})
}

func TestAProgrammeThatCannotBePlannedHoldsUpNoOther(t *testing.T) {
	d := newDesk(t)
	everyHour(d)
	d.town.publish("broken", 1, at(0, 0), 1, 60, 0, 0)
	d.town.published["broken"][0].Programme.Zone = "Nowhere/At_All"
	if c := d.figures(); c.Planned != 6 {
		t.Fatalf("%+v", c)
	}
}

func TestFiguresOfGridsAndStandings(t *testing.T) {
	d := newDesk(t)
	everyHour(d)
	d.town.publish("column", 1, at(0, 0), 1, 60, playlists.NewTimeOfDay(6, 0, 0), playlists.NewTimeOfDay(7, 0, 0))
	d.town.published["column"][0].Programme.Grid = village
	d.send(both(at(6, 0), 1, 0)...)
	d.send(missed(at(7, 0), playlists.CausePowerOff), accounted(at(7, 1), 1))
	d.must(d.CatchUp(t.Context(), d.now))
	var f Figures
	var standings []Standing
	var completed []Completed
	d.must(d.db.Read(t.Context(), func(tx *store.Tx) (err error) {
		if f, err = d.Day(t.Context(), tx, day, shanghai); err != nil {
			return err
		}
		if standings, err = d.Standings(t.Context(), tx, at(0, 0), at(12, 0)); err != nil {
			return err
		}
		completed, err = d.Completed(t.Context(), tx, at(0, 0), at(12, 0))
		return err
	}))
	power := map[playlists.Cause]int{playlists.CausePowerOff: 1}
	ofHorn := Counts{Planned: 6, Played: 1, OnTime: 1, Missed: 1, Unreported: 4, Causes: power}
	ofBoth := Counts{Planned: 8, Played: 1, OnTime: 1, Missed: 1, Unreported: 6, Causes: power}
	want := Figures{
		Day: day,
		Terminals: []TerminalDay{
			{Terminal: "column", Grid: village, Counts: Counts{Planned: 2, Unreported: 2}},
			{Terminal: horn, Grid: society, Counts: ofHorn, AccountedThrough: at(7, 1)},
		},
		Grids: []GridDay{{Grid: "440605124", Counts: ofBoth}, {Grid: village, Counts: ofBoth}, {Grid: society, Counts: ofHorn}},
	}
	if diff := cmp.Diff(want, f); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]Standing{{"column", village, at(6, 0)}, {horn, society, at(8, 0)}}, standings); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]Completed{{society, "cmn", 1}, {society, "yue", 1}}, completed); diff != "" {
		t.Error(diff)
	}
}

func TestRunWritesWhatFallsDueAndEndsWithItsContext(t *testing.T) {
	d := newDesk(t)
	everyHour(d)
	defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
	changed := make(chan playlists.TerminalID, 1)
	d.onChange = func(terminal playlists.TerminalID) { changed <- terminal }
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() { ended <- d.Ledger.Run(ctx) }()
	if terminal := <-changed; terminal != horn {
		t.Errorf("told of %s", terminal)
	}
	cancel()
	if err := <-ended; err != nil {
		t.Error(err)
	}
	if n := len(d.airings()); n != 6 {
		t.Errorf("%d airings", n)
	}
}

func TestAnAiringThatFallsDueThisVeryMomentIsWrittenAtTheNextLook(t *testing.T) {
	d := newDesk(t)
	everyHour(d)
	for i, now := range []time.Time{at(5, 59), at(6, 0), at(6, 0), at(6, 0).Add(time.Millisecond)} {
		d.now = now
		if n := d.figures().Planned; n != i/3 {
			t.Errorf("at %v %d airings are planned", now.In(shanghai), n)
		}
	}
}
