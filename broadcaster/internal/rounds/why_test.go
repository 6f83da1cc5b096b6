package rounds

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"dalaba/broadcaster/internal/store"
	"dalaba/playlists"
	"dalaba/playlists/timetable"
)

// why asks about hour:minute of the fixture's day, days ahead, and returns the codes.
func (f *fixture) why(terminal playlists.TerminalID, days, hour, minute int) ([]string, Because) {
	f.t.Helper()
	at := time.Date(2026, 1, 23+days, hour, minute, 20, 0, shanghai(f.t))
	because := must[Because](f.t)(f.Why(f.t.Context(), terminal, at))
	var said []string
	for _, line := range because.Lines {
		said = append(said, line.Code)
	}
	return said, because
}

func TestWhyAnswersForAnyMinute(t *testing.T) {
	f := newFixture(t)
	f.night()
	list := f.list()
	must[Round](t)(f.CreateRound(t.Context(), daily("镇里", list.ID, 7, 30, town)))
	local := daily("村里", list.ID, 7, 30, xianfeng)
	local.Owner = xianfeng
	must[Round](t)(f.CreateRound(t.Context(), local))
	ends := daily("早间", list.ID, 10, 0, laoling)
	ends.Timetable.Until = playlists.Date{Year: 2026, Month: 1, Day: 24}
	must[Round](t)(f.CreateRound(t.Context(), ends))
	must[Round](t)(f.CreateRound(t.Context(), daily("夜里", list.ID, 0, 7, laoling)))
	for _, test := range []struct {
		name         string
		terminal     playlists.TerminalID
		days         int
		hour, minute int
		want         []string
	}{
		{"what sounds", "laoling", 1, 7, 30, []string{"why_sounds"}},
		{"two in one minute", "xianfeng", 1, 7, 30, []string{"why_sounds", "why_sounds_late"}},
		{"a superior's round in the night", "laoling", 1, 0, 7, []string{"why_missed"}},
		{"the night", "laoling", 1, 3, 0, []string{"why_silent"}},
		{"nothing", "laoling", 1, 15, 0, []string{"why_nothing"}},
		{"a round on its last day", "laoling", 1, 10, 0, []string{"why_sounds"}},
		{"a round that has ended", "laoling", 2, 10, 0, []string{"why_ended"}},
		{"a terminal without a programme", "nobody", 1, 10, 0, []string{"why_no_programme"}},
	} {
		if got, _ := f.why(test.terminal, test.days, test.hour, test.minute); !cmp.Equal(got, test.want) {
			t.Errorf("%s: %v, want %v", test.name, got, test.want)
		}
	}
	_, because := f.why("xianfeng", 1, 7, 30)
	args := because.Lines[1].Args
	if args["round"] != "村里" || args["by"] != "镇里" || args["due"] != "07:30" || args["winner"] != "round" || because.Revision == 0 {
		t.Errorf("deferred: %+v", args)
	}
	_, because = f.why("laoling", 2, 10, 0)
	if args := because.Lines[0].Args; args["round"] != "早间" || args["day"] != "2026-01-24" {
		t.Errorf("ended: %+v", args)
	}
	f.pass(6 * 24 * time.Hour)
	f.ok(f.refresh(t.Context())) // the round that has ended leaves the programme
	if got, because := f.why("laoling", 8, 10, 0); !cmp.Equal(got, []string{"why_ended"}) || because.Lines[0].Args["day"] != "2026-01-24" {
		t.Errorf("a week later: %+v", because.Lines)
	}
}

func TestWhyKnowsWhatPeopleDid(t *testing.T) {
	f := newFixture(t)
	round := must[Round](t)(f.CreateRound(t.Context(), daily("早间", f.list().ID, 10, 0, laoling)))
	f.pass(time.Hour) // 8:00
	round.Paused = true
	must[Round](t)(f.UpdateRound(t.Context(), round, "李四"))
	if got, because := f.why("laoling", 0, 10, 0); !cmp.Equal(got, []string{"why_paused"}) ||
		because.Lines[0].Args["by"] != "李四" || because.Lines[0].Args["time"] != "08:00" {
		t.Errorf("paused: %+v", because.Lines)
	}
	f.pass(24 * time.Hour)
	f.ok(f.Pause(t.Context(), round.ID, false, "李四"))
	if got, _ := f.why("laoling", 1, 10, 0); !cmp.Equal(got, []string{"why_sounds"}) {
		t.Errorf("resumed: %v", got)
	}
	f.ok(f.Cancel(t.Context(), Cancellation{Round: round.ID, Due: f.clock().Add(2 * time.Hour), Grid: town, By: "关主任"}))
	if got, because := f.why("laoling", 1, 10, 0); !cmp.Equal(got, []string{"why_missed"}) ||
		because.Lines[0].Args["cause"] != string(playlists.CauseCancelled) || because.Lines[0].Args["by"] != "关主任" {
		t.Errorf("called off: %+v", because.Lines)
	}
	f.pass(24 * time.Hour)
	f.ok(f.RemoveRound(t.Context(), round.ID, "王五"))
	if got, because := f.why("laoling", 2, 10, 0); !cmp.Equal(got, []string{"why_removed"}) || because.Lines[0].Args["by"] != "王五" {
		t.Errorf("removed: %+v", because.Lines)
	}
	if got, _ := f.why("laoling", 0, 10, 0); !cmp.Equal(got, []string{"why_paused"}) {
		t.Errorf("the day on which it was paused, as seen from later: %v", got)
	}
	if got, _ := f.why("rulin", 2, 10, 0); !cmp.Equal(got, []string{"why_no_programme"}) {
		t.Errorf("at a neighbour: %v", got)
	}
}

func TestWhyOfARemovedTerminalIsNothing(t *testing.T) {
	f := newFixture(t)
	must[Round](t)(f.CreateRound(t.Context(), daily("早间", f.list().ID, 10, 0, laoling)))
	f.pass(time.Hour)
	f.ok(f.store.Write(t.Context(), func(tx *store.Tx) error { return f.TerminalRemoved(t.Context(), tx, "laoling") }))
	if got, _ := f.why("laoling", 0, 10, 0); !cmp.Equal(got, []string{"why_nothing"}) {
		t.Errorf("after the removal: %v", got)
	}
	if got, _ := f.why("laoling", 0, 7, 30); !cmp.Equal(got, []string{"why_nothing"}) {
		t.Errorf("before it: %v", got)
	}
}

func TestWhyReadsTheLedger(t *testing.T) {
	f := newFixture(t)
	round := must[Round](t)(f.CreateRound(t.Context(), daily("早间", f.list().ID, 7, 30, laoling)))
	due := f.clock().Add(30 * time.Minute)
	airing := playlists.NewAiringID(round.ID, due, "laoling")
	f.known = []timetable.Fact{
		{Kind: timetable.FactAlert, Begin: due.Add(-time.Minute), End: due.Add(4 * time.Minute), By: "台风", Level: 1, Grid: town},
		{
			Kind: timetable.FactSounded, Airing: airing, Attempt: 1, Whole: true, Begin: due.Add(4 * time.Minute),
			End: due.Add(4*time.Minute + 20*time.Second), Cause: playlists.CausePreempted, By: "台风",
		},
	}
	f.accounts = []Account{{
		Airing: airing, Round: round.ID, RoundName: "早间", Due: due, Planned: true, Outcome: playlists.OutcomePlayed,
		Cause: playlists.CausePreempted, By: timetable.Winner{Name: "台风"}, Began: due.Add(4 * time.Minute),
	}}
	f.pass(2 * time.Hour)
	got, because := f.why("laoling", 0, 7, 30)
	if diff := cmp.Diff([]string{"why_alert", "why_deferred"}, got); diff != "" {
		t.Errorf("the minute in which it was due (-want +got):\n%s", diff)
	}
	if args := because.Lines[1].Args; args["start"] != "07:34" || args["by"] != "台风" {
		t.Errorf("deferred: %+v", args)
	}
	if got, _ := f.why("laoling", 0, 7, 34); !cmp.Equal(got, []string{"why_sounds_late"}) {
		t.Errorf("the minute in which it sounded: %v", got)
	}
}
