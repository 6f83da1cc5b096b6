package rounds

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"dalaba/playlists"
	"dalaba/playlists/timetable"
)

func TestOneAiringIsCalledOffAndTheNextSounds(t *testing.T) {
	for _, test := range []struct {
		name     string
		terminal playlists.TerminalID
		want     ids
	}{
		{"at all", "", ids{"laoling", "shangxi", "xianfeng"}},
		{"at one", "xianfeng", ids{"xianfeng"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			f := newFixture(t)
			round := must[Round](t)(f.CreateRound(t.Context(), daily("晨播", f.list().ID, 7, 30, shangxi)))
			f.told()
			c := Cancellation{Round: round.ID, Due: f.clock().Add(30 * time.Minute), Terminal: test.terminal, Grid: shangxi, By: "关主任"}
			f.ok(f.Cancel(t.Context(), c))
			f.ok(f.Cancel(t.Context(), c))
			if diff := cmp.Diff(test.want, f.told()); diff != "" {
				t.Errorf("terminals that have news (-want +got):\n%s", diff)
			}
			for day, want := range []playlists.Cause{playlists.CauseCancelled, ""} {
				airings, err := timetable.Plan(f.read("xianfeng"), nil, playlists.DateOf(f.clock().AddDate(0, 0, day)))
				f.ok(err)
				if len(airings) != 1 || airings[0].Cause != want || want != "" && airings[0].By != "关主任" {
					t.Errorf("in %d days: %+v", day, airings)
				}
			}
			kept := must[[]Cancellation](t)(f.Cancellations(t.Context(), f.clock()))
			if c.At, c.Due = f.clock().UTC(), c.Due.UTC(); len(kept) != 1 || !cmp.Equal(kept[0], c) {
				t.Errorf("kept: %+v", kept)
			}
			f.ok(f.Reinstate(t.Context(), c, "李四"))
			if p := f.read("xianfeng"); p.Cancelled != nil {
				t.Errorf("reinstated: %+v", p.Cancelled)
			}
			if changes := must[[]Change](t)(f.Changes(t.Context(), ChangeFilter{ID: string(round.ID)})); len(changes) != 3 ||
				changes[0].Act != ActReinstated || changes[0].By != "李四" || changes[1].Act != ActCancelled {
				t.Errorf("recorded: %+v", changes)
			}
		})
	}
}

func TestWhatIsCalledOffTwiceIsCalledOffOnce(t *testing.T) {
	f := newFixture(t)
	round := must[Round](t)(f.CreateRound(t.Context(), daily("晨播", f.list().ID, 7, 30, shangxi)))
	c := Cancellation{Round: round.ID, Due: f.clock().Add(30 * time.Minute), Terminal: "xianfeng", Grid: shangxi, By: "关主任"}
	f.ok(f.Cancel(t.Context(), c))
	c.Terminal = ""
	f.ok(f.Cancel(t.Context(), c))
	if p := f.read("xianfeng"); len(p.Cancelled) != 1 || len(f.read("laoling").Cancelled) != 1 {
		t.Errorf("called off: %+v", p.Cancelled)
	}
}

func TestWhatIsNoFiringAheadCannotBeCalledOff(t *testing.T) {
	f := newFixture(t)
	round := must[Round](t)(f.CreateRound(t.Context(), daily("晨播", f.list().ID, 7, 30, shangxi)))
	due := f.clock().Add(30 * time.Minute)
	for _, test := range []struct {
		name string
		c    Cancellation
		want []string
	}{
		{"of no round", Cancellation{Round: "x", Due: due}, []string{"round_unknown"}},
		{"of the past", Cancellation{Round: round.ID, Due: due.AddDate(0, 0, -1)}, []string{"airing_over due"}},
		{"at a moment at which it does not fire", Cancellation{Round: round.ID, Due: due.Add(time.Minute)}, []string{"airing_unknown due"}},
		{"at a terminal that it does not touch", Cancellation{Round: round.ID, Due: due, Terminal: "rulin"}, []string{"terminal_unknown terminal"}},
	} {
		if diff := cmp.Diff(test.want, codes(f.Cancel(t.Context(), test.c))); diff != "" {
			t.Errorf("%s (-want +got):\n%s", test.name, diff)
		}
	}
	c := Cancellation{Round: round.ID, Due: due, By: "关主任", Grid: town}
	if diff := cmp.Diff([]string{"cancellation_unknown"}, codes(f.Reinstate(t.Context(), c, "李四"))); diff != "" {
		t.Errorf("reinstating what was not called off (-want +got):\n%s", diff)
	}
	f.ok(f.Cancel(t.Context(), c))
	f.pass(time.Hour)
	if diff := cmp.Diff([]string{"airing_over due"}, codes(f.Reinstate(t.Context(), c, "李四"))); diff != "" {
		t.Errorf("reinstating the past (-want +got):\n%s", diff)
	}
}
