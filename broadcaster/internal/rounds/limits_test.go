package rounds

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"dalaba/broadcaster/internal/store"
	"dalaba/playlists"
)

func TestATownIsFoundedWithTheUsualLimits(t *testing.T) {
	f := newFixture(t)
	f.ok(f.store.Write(t.Context(), func(tx *store.Tx) error { return f.FoundLimits(t.Context(), tx, town) }))
	want := playlists.Limits{Minutes: 60, Plays: 6}
	if got := must[playlists.Limits](t)(f.Limits(t.Context())); got != want {
		t.Errorf("limits: %+v", got)
	}
	round := daily("每分钟", f.list().ID, 8, 0, laoling)
	round.Timetable.Every.To = playlists.NewTimeOfDay(9, 0, 0)
	o := must[DryRun](t)(f.DryRun(t.Context(), round)).Outcomes[0]
	if o.Missed != 14*(61-3) || len(o.Own) == 0 || o.Own[0].Cause != playlists.CauseDailyLimit {
		t.Errorf("a round every minute that says one thing twice: %d are missed, %d shown", o.Missed, len(o.Own))
	}
}

func TestDailyLimitsHoldOnceSwitchedOnAndForWhatDoesNotMove(t *testing.T) {
	f := newFixture(t)
	f.terminals[1].Kind = playlists.KindMobile // rulin
	if limits := must[playlists.Limits](t)(f.Limits(t.Context())); limits != (playlists.Limits{}) {
		t.Errorf("before there is a town there are limits: %+v", limits)
	}
	want := playlists.Limits{Minutes: playlists.DefaultLimitMinutes, Plays: playlists.DefaultLimitPlays}
	f.ok(f.SetLimits(t.Context(), want, "关主任"))
	if diff := cmp.Diff(ids{"laoling", "shangxi", "xianfeng"}, f.told()); diff != "" {
		t.Errorf("terminals that have news (-want +got):\n%s", diff)
	}
	if got := f.read("laoling").Limits; got != want || must[playlists.Limits](t)(f.Limits(t.Context())) != want {
		t.Errorf("limits: %+v", got)
	}
	must[Round](t)(f.CreateRound(t.Context(), daily("晨播", f.list().ID, 7, 30, rulin)))
	if got := f.read("rulin").Limits; got != (playlists.Limits{}) {
		t.Errorf("a tricycle has limits: %+v", got)
	}
	f.ok(f.SetLimits(t.Context(), playlists.Limits{}, "李四"))
	if got := f.read("laoling").Limits; got != (playlists.Limits{}) {
		t.Errorf("switched off: %+v", got)
	}
	for _, test := range []struct {
		name string
		in   playlists.Limits
		want []string
	}{
		{"minutes below nothing", playlists.Limits{Minutes: -1}, []string{"limit_out_of_range minutes"}},
		{"more minutes than a day", playlists.Limits{Minutes: 1441}, []string{"limit_out_of_range minutes"}},
		{"plays beyond bounds", playlists.Limits{Plays: 1001}, []string{"limit_out_of_range plays"}},
	} {
		if diff := cmp.Diff(test.want, codes(f.SetLimits(t.Context(), test.in, "关主任"))); diff != "" {
			t.Errorf("%s (-want +got):\n%s", test.name, diff)
		}
	}
}
