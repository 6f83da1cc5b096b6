package rounds

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"dalaba/playlists"
)

func TestAnAiringIsMovedInOneStep(t *testing.T) {
	f := newFixture(t)
	f.pass(-time.Hour) // 6:00
	daily := daily("晨播", f.list().ID, 7, 30, shangxi)
	daily.Quota = Quota{Starts: 1}
	round := must[Round](t)(f.CreateRound(t.Context(), daily))
	f.told()
	due, to := f.clock().Add(90*time.Minute), f.clock().Add(2*time.Hour)
	moved := must[Round](t)(f.Move(t.Context(), round.ID, due, to, "李四"))
	if next := f.Next(moved, f.clock(), 9); len(next) != 1 || !next[0].Equal(to) || !moved.Once() || round.Once() {
		t.Errorf("it falls due at %v", next)
	}
	if moved.ID == round.ID || moved.Owner != town || moved.By != "李四" || moved.Quota != (Quota{}) {
		t.Errorf("moved: %+v", moved)
	}
	if told := f.told(); !cmp.Equal(told, ids{"laoling", "shangxi", "xianfeng"}) {
		t.Errorf("%v have news, each once", told)
	}
	var starts []time.Time
	for _, p := range must[[]Planned](t)(f.Upcoming(t.Context(), ids{"laoling"}, f.clock(), f.clock().Add(24*time.Hour))) {
		if !p.Start.IsZero() {
			starts = append(starts, p.Start)
		}
	}
	if diff := cmp.Diff([]time.Time{to.UTC()}, starts); diff != "" {
		t.Errorf("what sounds that day (-want +got):\n%s", diff)
	}
	// What fires only once is put elsewhere itself.
	again := must[Round](t)(f.Move(t.Context(), moved.ID, to, to.Add(time.Hour), "王五"))
	if next := f.Next(again, f.clock(), 9); again.ID != moved.ID || len(next) != 1 || !next[0].Equal(to.Add(time.Hour)) {
		t.Errorf("moved again: %v", next)
	}
	if all := must[[]Round](t)(f.Rounds.Rounds(t.Context())); len(all) != 2 {
		t.Errorf("%d rounds", len(all))
	}
	acts := must[[]Change](t)(f.Changes(t.Context(), ChangeFilter{Most: 3}))
	if acts[0].Act != ActChanged || acts[0].By != "王五" || acts[1].Act != ActMade || acts[2].Act != ActCancelled || acts[2].By != "李四" {
		t.Errorf("written down: %+v", acts)
	}
}

func TestWhatCannotBeMovedStaysAsItIs(t *testing.T) {
	f := newFixture(t)
	round := must[Round](t)(f.CreateRound(t.Context(), daily("晨播", f.list().ID, 7, 30, shangxi)))
	due := f.clock().Add(30 * time.Minute)
	for name, test := range map[string]struct {
		id      playlists.RoundID
		due, to time.Time
		want    string
	}{
		"to the past":          {round.ID, due, f.clock(), "moment_out_of_range to"},
		"to where it is":       {round.ID, due, due, "moment_out_of_range to"},
		"when nothing is due":  {round.ID, due.Add(time.Minute), due.Add(time.Hour), "airing_unknown due"},
		"when it is over":      {round.ID, due.Add(-24 * time.Hour), due.Add(time.Hour), "airing_over due"},
		"of what is not there": {"x", due, due.Add(time.Hour), "round_unknown"},
	} {
		if diff := cmp.Diff([]string{test.want}, codes(second(f.Move(t.Context(), test.id, test.due, test.to, "李四")))); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
	if left := must[[]Cancellation](t)(f.Cancellations(t.Context(), f.clock())); left != nil {
		t.Errorf("called off all the same: %+v", left)
	}
}
