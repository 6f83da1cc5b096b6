package rounds

import (
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"dalaba/broadcaster/internal/store"
	"dalaba/playlists"
)

func TestHistoryAnswersForAnyMoment(t *testing.T) {
	f := newFixture(t)
	start := f.clock()
	f.pass(time.Hour)
	round := must[Round](t)(f.CreateRound(t.Context(), daily("一", f.list().ID, 7, 30, laoling)))
	for _, name := range []string{"二", "三"} {
		f.pass(time.Hour)
		round.Name = name
		must[Round](t)(f.UpdateRound(t.Context(), round, "李四"))
	}
	f.pass(time.Hour)
	f.ok(f.store.Write(t.Context(), func(tx *store.Tx) error { return f.TerminalRemoved(t.Context(), tx, "laoling") }))

	for _, test := range []struct {
		name     string
		from, to time.Duration
		want     []string // revision, hour from which it holds, round
	}{
		{"before anything", 0, 30 * time.Minute, nil},
		{"up to the first, which is not in it", 0, time.Hour, nil},
		{"the first begins in it", 0, 90 * time.Minute, []string{"1 1h 一"}},
		{"who was in force at its beginning", 90 * time.Minute, 100 * time.Minute, []string{"1 1h 一"}},
		{"a change in it", 90 * time.Minute, 150 * time.Minute, []string{"1 1h 一", "2 2h 二"}},
		{"a beginning at a change", 2 * time.Hour, 150 * time.Minute, []string{"2 2h 二"}},
		{"removed: nothing is asked for", 210 * time.Minute, 5 * time.Hour, []string{"3 3h 三", "4 4h "}},
		{"all of it", 0, 9 * time.Hour, []string{"1 1h 一", "2 2h 二", "3 3h 三", "4 4h "}},
	} {
		t.Run(test.name, func(t *testing.T) {
			var got []string
			f.ok(f.store.Read(t.Context(), func(tx *store.Tx) error {
				all, err := f.Revisions(t.Context(), tx, "laoling", start.Add(test.from), start.Add(test.to))
				for _, p := range all {
					name := ""
					if len(p.Programme.Rounds) > 0 {
						name = p.Programme.Rounds[0].Name
					}
					got = append(got, fmt.Sprintf("%d %.0fh %s", p.Revision, p.From.Sub(start).Hours(), name))
				}
				return err
			}))
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Errorf("in force (-want +got):\n%s", diff)
			}
		})
	}
}

func TestWhenTheClockWasSetBackTheLaterRevisionHolds(t *testing.T) {
	f := newFixture(t)
	start := f.clock()
	f.pass(2 * time.Hour)
	round := must[Round](t)(f.CreateRound(t.Context(), daily("一", f.list().ID, 7, 30, laoling)))
	f.pass(-time.Hour)
	round.Name = "二"
	must[Round](t)(f.UpdateRound(t.Context(), round, "李四"))
	f.ok(f.store.Read(t.Context(), func(tx *store.Tx) error {
		all, err := f.Revisions(t.Context(), tx, "laoling", start, start.Add(3*time.Hour))
		if len(all) != 1 || all[0].Revision != 2 || !all[0].From.Equal(start.Add(time.Hour)) {
			t.Errorf("in force: %+v", all)
		}
		return err
	}))
	heads := must[map[playlists.TerminalID]uint64](t)(f.Heads(t.Context()))
	if diff := cmp.Diff(map[playlists.TerminalID]uint64{"laoling": 2}, heads); diff != "" {
		t.Errorf("heads (-want +got):\n%s", diff)
	}
}
