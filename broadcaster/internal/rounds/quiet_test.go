package rounds

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"dalaba/broadcaster/internal/store"
	"dalaba/playlists"
)

func (f *fixture) night() Quiet {
	f.t.Helper()
	f.ok(f.store.Write(f.t.Context(), func(tx *store.Tx) error { return f.EnsureNight(f.t.Context(), tx, town) }))
	all := must[[]Quiet](f.t)(f.Quiet(f.t.Context()))
	if len(all) != 1 {
		f.t.Fatalf("there are %d quiet rules, want the night", len(all))
	}
	return all[0]
}

func TestTheNightIsMadeOnceAndHoldsEverywhere(t *testing.T) {
	f := newFixture(t)
	night := f.night()
	if again := f.night(); again.ID != night.ID || night.From.String() != "22:00" || night.To.String() != "06:00" || !night.Night {
		t.Errorf("the night is %+v, then %+v", night, again)
	}
	if diff := cmp.Diff(ids{"laoling", "rulin", "shangxi", "xianfeng"}, f.told()); diff != "" {
		t.Errorf("terminals that have news (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]string{"night_stays"}, codes(f.RemoveQuiet(t.Context(), night.ID, "关主任"))); diff != "" {
		t.Errorf("removing the night (-want +got):\n%s", diff)
	}
}

func TestLiftingIsForATimeWithAReasonAndRecorded(t *testing.T) {
	f := newFixture(t)
	night := f.night()
	until := f.clock().Add(48 * time.Hour).UTC()
	for _, test := range []struct {
		name   string
		id     string
		until  time.Time
		reason string
		want   []string
	}{
		{"without a reason", night.ID, until, " ", []string{"text_missing reason"}},
		{"until now", night.ID, f.clock(), "龙舟", []string{"lift_end_out_of_range until"}},
		{"for ever", night.ID, until.AddDate(2, 0, 0), "龙舟", []string{"lift_end_out_of_range until"}},
		{"of nothing", "nothing", until, "龙舟", []string{"quiet_unknown"}},
		{"as it should be", night.ID, until, "龙舟", nil},
	} {
		if diff := cmp.Diff(test.want, codes(f.Lift(t.Context(), test.id, test.until, test.reason, "关主任"))); diff != "" {
			t.Errorf("lifting %s (-want +got):\n%s", test.name, diff)
		}
	}
	if p := f.read("rulin"); p.Revision != 2 || !p.Quiet[0].LiftedUntil.Equal(until) {
		t.Errorf("lifted: %+v", p.Quiet)
	}
	f.pass(time.Hour)
	f.ok(f.Restore(t.Context(), night.ID, "李四"))
	f.ok(f.Restore(t.Context(), night.ID, "李四"))
	if p := f.read("rulin"); p.Revision != 3 || !p.Quiet[0].LiftedUntil.IsZero() {
		t.Errorf("restored: %+v", p.Quiet)
	}
	act := QuietAct{Quiet: night.ID, Grid: town, From: night.From, To: night.To}
	made, lifted, restored := act, act, act
	made.At, made.Act = f.clock().Add(-time.Hour).UTC(), "made"
	lifted.At, lifted.Act, lifted.Until, lifted.Reason, lifted.By = made.At, "lifted", until, "龙舟", "关主任"
	restored.At, restored.Act, restored.By = f.clock().UTC(), "restored", "李四"
	if diff := cmp.Diff([]QuietAct{restored, lifted, made}, must[[]QuietAct](t)(f.QuietActs(t.Context()))); diff != "" {
		t.Errorf("acts (-want +got):\n%s", diff)
	}
}

func TestQuietHoldsAtItsGridAndBelow(t *testing.T) {
	f := newFixture(t)
	rule := must[Quiet](t)(f.AddQuiet(t.Context(), shangxi, 12*3600, 14*3600, "午休", "关主任"))
	if diff := cmp.Diff(ids{"laoling", "shangxi", "xianfeng"}, f.told()); diff != "" {
		t.Errorf("terminals that have news (-want +got):\n%s", diff)
	}
	f.ok(f.RemoveQuiet(t.Context(), rule.ID, "关主任"))
	if p := f.read("laoling"); p.Revision != 2 || len(p.Quiet) != 0 {
		t.Errorf("after the removal: %+v", p.Quiet)
	}
	for _, test := range []struct {
		name     string
		grid     playlists.GridCode
		from, to playlists.TimeOfDay
		want     []string
	}{
		{"no span", shangxi, 3600, 3600, []string{"quiet_span_impossible to"}},
		{"from the end of the day", shangxi, playlists.EndOfDay, 3600, []string{"quiet_span_impossible to"}},
		{"to beyond the day", shangxi, 3600, playlists.EndOfDay + 1, []string{"quiet_span_impossible to"}},
		{"for a grid that is not there", "1", 3600, 7200, []string{"grid_unknown grid"}},
		{"up to midnight", shangxi, 23 * 3600, playlists.EndOfDay, nil},
	} {
		_, err := f.AddQuiet(t.Context(), test.grid, test.from, test.to, "", "关主任")
		if diff := cmp.Diff(test.want, codes(err)); diff != "" {
			t.Errorf("quiet %s (-want +got):\n%s", test.name, diff)
		}
	}
}
