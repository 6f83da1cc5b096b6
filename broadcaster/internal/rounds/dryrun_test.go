package rounds

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"dalaba/playlists"
	"dalaba/playlists/timetable"
)

func TestADryRunGroupsTerminalsByWhatHappens(t *testing.T) {
	f := newFixture(t)
	list := f.list()
	local := daily("村里", list.ID, 7, 30, xianfeng)
	local.Owner = xianfeng
	must[Round](t)(f.CreateRound(t.Context(), local))
	quiet := f.funeral()
	quiet.Grid = shangxi
	quiet.Terminal = "shangxi"
	must[TemporaryQuiet](t)(f.AddTemporaryQuiet(t.Context(), quiet))
	f.told()

	run := must[DryRun](t)(f.DryRun(t.Context(), daily("镇里", list.ID, 7, 30, town)))
	if run.From.String() != "2026-01-23" || run.Until.String() != "2026-02-05" || f.told() != nil {
		t.Errorf("from %s until %s", run.From, run.Until)
	}
	type line struct {
		terminals                                  ids
		sounds, deferred, missed, moves, displaces int
		entries                                    int
		tied                                       bool
	}
	var got []line
	for _, o := range run.Outcomes {
		got = append(got, line{names(o.Terminals), o.Sounds, o.Deferred, o.Missed, o.Moves, o.Displaces, len(o.Entries), o.Tied})
	}
	want := []line{
		{ids{"laoling"}, 14, 0, 0, 0, 0, 2, false},
		{ids{"rulin"}, 14, 0, 0, 0, 0, 1, false},
		{ids{"shangxi"}, 13, 0, 1, 0, 0, 2, false},
		{ids{"xianfeng"}, 14, 0, 0, 14, 0, 1, false},
	}
	if diff := cmp.Diff(want, got, cmp.AllowUnexported(line{})); diff != "" {
		t.Errorf("outcomes (-want +got):\n%s", diff)
	}
	missed := run.Outcomes[2].Own
	if len(missed) != 1 || missed[0].Cause != playlists.CauseQuietHours || missed[0].By.Name != "丧事" || !missed[0].Start.IsZero() {
		t.Errorf("missed: %+v", missed)
	}
	moved := run.Outcomes[3].Others
	if len(moved) != 14 || moved[0].Kind != timetable.ChangeMoved || moved[0].Name != "村里" || moved[0].By.Name != "镇里" ||
		!moved[0].Before.Equal(moved[0].Due) || moved[0].Start.Sub(moved[0].Before) != 10*time.Second {
		t.Errorf("moved: %+v", moved[0])
	}
}

func TestEqualOutcomesOfUnlikeProgrammesAreOneGroup(t *testing.T) {
	f := newFixture(t)
	list := f.list()
	must[Round](t)(f.CreateRound(t.Context(), daily("午间", list.ID, 12, 0, laoling)))
	run := must[DryRun](t)(f.DryRun(t.Context(), daily("晨播", list.ID, 7, 30, shangxi)))
	var groups []ids
	for _, o := range run.Outcomes {
		groups = append(groups, names(o.Terminals))
	}
	if diff := cmp.Diff([]ids{{"laoling", "shangxi"}, {"xianfeng"}}, groups); diff != "" {
		t.Errorf("groups (-want +got):\n%s", diff)
	}
}

func TestADryRunOfASavedRoundStandsForIt(t *testing.T) {
	f := newFixture(t)
	list := f.list()
	round := must[Round](t)(f.CreateRound(t.Context(), daily("晨播", list.ID, 7, 30, laoling)))
	must[Round](t)(f.CreateRound(t.Context(), daily("另一", list.ID, 7, 40, laoling)))
	round.Timetable.Every.From, round.Timetable.Every.To = 7*3600+40*60, 7*3600+40*60
	run := must[DryRun](t)(f.DryRun(t.Context(), round))
	if o := run.Outcomes[0]; len(run.Outcomes) != 1 || o.Sounds != 14 || o.Deferred+o.Moves == 0 || !o.Tied {
		t.Errorf("two equals at the same moment: %+v", o)
	}
	round.Timetable.Every.From, round.Timetable.Every.To = 7*3600+50*60, 7*3600+50*60
	if o := must[DryRun](t)(f.DryRun(t.Context(), round)).Outcomes[0]; o.Sounds != 14 || o.Deferred != 0 || o.Tied || o.Others != nil {
		t.Errorf("moved out of the way: %+v", o)
	}
	round.Playlist = "x"
	if diff := cmp.Diff([]string{"playlist_unknown playlist"}, codes(second(f.DryRun(t.Context(), round)))); diff != "" {
		t.Errorf("what cannot be saved (-want +got):\n%s", diff)
	}
	round.Playlist = list.ID
	ctx, stop := context.WithCancel(t.Context())
	stop()
	if _, err := f.DryRun(ctx, round); !errors.Is(err, context.Canceled) {
		t.Errorf("called off: %v", err)
	}
}

func TestADryRunKnowsWhatWasCalledOff(t *testing.T) {
	f := newFixture(t)
	round := must[Round](t)(f.CreateRound(t.Context(), daily("晨播", f.list().ID, 7, 30, shangxi)))
	f.ok(f.Cancel(t.Context(), Cancellation{Round: round.ID, Due: f.clock().Add(30 * time.Minute), Terminal: "laoling", Grid: town, By: "关主任"}))
	missed := make(map[playlists.TerminalID]int)
	for _, o := range must[DryRun](t)(f.DryRun(t.Context(), round)).Outcomes {
		for _, id := range names(o.Terminals) {
			missed[id] = o.Missed
		}
	}
	if diff := cmp.Diff(map[playlists.TerminalID]int{"laoling": 1, "shangxi": 0, "xianfeng": 0}, missed); diff != "" {
		t.Errorf("missed (-want +got):\n%s", diff)
	}
}

func TestADryRunLooksAheadAndAtOthersApart(t *testing.T) {
	f := newFixture(t)
	list := f.list()
	must[Round](t)(f.CreateRound(t.Context(), daily("镇里", list.ID, 7, 30, laoling)))
	draft := daily("村里", list.ID, 7, 30, laoling)
	draft.Owner, draft.Lateness = laoling, 1
	round := must[Round](t)(f.CreateRound(t.Context(), draft))
	f.pass(time.Hour)
	if o := must[DryRun](t)(f.DryRun(t.Context(), round)).Outcomes[0]; o.Missed != 13 {
		t.Errorf("at 8:00, without today's: %+v", o)
	}
	round.Lateness = playlists.DefaultLateness
	if o := must[DryRun](t)(f.DryRun(t.Context(), round)).Outcomes[0]; o.Deferred != 13 || o.Missed != 0 || o.Frees != 0 {
		t.Errorf("with more patience: %+v", o)
	}
}

// BenchmarkDryRun3000TerminalsIn50RuleSets plans 400 airings a day at each, 5,600 in all.
func BenchmarkDryRun3000TerminalsIn50RuleSets(b *testing.B) {
	f := newFixture(b)
	f.terminals = nil
	for i := range 3000 {
		f.terminals = append(f.terminals, Terminal{
			ID: playlists.TerminalID(fmt.Sprintf("t%04d", i)), Name: "喇叭", Grid: laoling, Volume: i % 100,
			Dialects: []playlists.Dialect{yue, cmn, playlists.Dialect(fmt.Sprintf("yue-x-d%02d", i%50))},
		})
	}
	list := f.list()
	hundred := func(minute int) Round {
		round := daily("晨播", list.ID, 6, 30+minute, town)
		round.Timetable.Every.Minutes, round.Timetable.Every.To = 9, round.Timetable.Every.From+99*9*60
		return round
	}
	terminals := f.terminals
	f.terminals = nil // nothing to sign
	for minute := range 3 {
		must[Round](b)(f.CreateRound(b.Context(), hundred(minute)))
	}
	f.terminals = terminals
	f.pass(-time.Hour) // today is whole
	b.ReportAllocs()
	for b.Loop() {
		run := must[DryRun](b)(f.DryRun(b.Context(), hundred(3)))
		if len(run.Outcomes) != 1 || len(run.Outcomes[0].Terminals) != 3000 || run.Outcomes[0].Sounds != 1400 {
			b.Fatalf("%d outcomes, %d sound", len(run.Outcomes), run.Outcomes[0].Sounds)
		}
	}
}
