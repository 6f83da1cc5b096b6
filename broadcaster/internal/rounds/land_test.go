package rounds

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"dalaba/broadcaster/internal/store"
	"dalaba/playlists"
)

func TestAGridThatSomethingHangsOnMayNotVanish(t *testing.T) {
	f := newFixture(t)
	vanish := func(code playlists.GridCode) []string {
		return codes(f.store.Read(t.Context(), func(tx *store.Tx) error {
			return f.MayVanish(t.Context(), tx, []playlists.GridCode{code})
		}))
	}
	must[TemporaryQuiet](t)(f.AddTemporaryQuiet(t.Context(), f.funeral()))
	must[VolumeRule](t)(f.SaveVolume(t.Context(), evening(xianfeng, 30, 0, 30), "关主任"))
	_, _, err := f.SaveQuietPlace(t.Context(), school(), "关主任")
	f.ok(err)
	for code, want := range map[playlists.GridCode][]string{
		laoling: {"grid_in_use"}, xianfeng: {"grid_in_use"}, shangxi: {"grid_in_use"}, rulin: nil,
	} {
		if diff := cmp.Diff(want, vanish(code)); diff != "" {
			t.Errorf("%s vanishes (-want +got):\n%s", code, diff)
		}
	}
}

func TestARoundTouchesWhatStandsAtItsTargetsOrIsSharedWithThem(t *testing.T) {
	f := newFixture(t)
	f.terminals = []Terminal{
		{ID: "horn", Grid: shangxi, Shared: []playlists.GridCode{laoling, rulin}},
	}
	for _, test := range []struct {
		name    string
		targets []playlists.GridCode
		want    int
	}{
		{"nothing", nil, 0},
		{"the town", []playlists.GridCode{town}, 1},
		{"its village", []playlists.GridCode{shangxi}, 1},
		{"a society below with which it is shared", []playlists.GridCode{laoling}, 1},
		{"a society below with which it is not", []playlists.GridCode{xianfeng}, 0},
		{"a village with which it is shared", []playlists.GridCode{rulin}, 1},
		{"a society of that village", []playlists.GridCode{rulin + "001"}, 0},
		{"both", []playlists.GridCode{xianfeng, rulin}, 1},
		{"a grid without a code", []playlists.GridCode{""}, 0},
	} {
		if got := must[[]Terminal](t)(f.Touched(t.Context(), test.targets)); len(got) != test.want {
			t.Errorf("%s: touches %v", test.name, got)
		}
	}
}

func TestASharedTerminalObeysOnlyWhereItBelongs(t *testing.T) {
	f := newFixture(t)
	f.terminals[1].Shared = []playlists.GridCode{laoling} // rulin's horn
	must[Round](t)(f.CreateRound(t.Context(), daily("晨播", f.list().ID, 7, 30, laoling)))
	f.told()
	must[Quiet](t)(f.AddQuiet(t.Context(), laoling, playlists.NewTimeOfDay(12, 0, 0), playlists.NewTimeOfDay(14, 0, 0), "", "关主任"))
	must[VolumeRule](t)(f.SaveVolume(t.Context(), evening(laoling, 30, 0, 30), "关主任"))
	if diff := cmp.Diff([]playlists.TerminalID{"laoling", "laoling"}, f.told()); diff != "" {
		t.Errorf("terminals that have news (-want +got):\n%s", diff)
	}
	if p := f.read("rulin"); len(p.Rounds) != 1 || len(p.Quiet) != 0 || len(p.Volume) != 1 {
		t.Errorf("the shared one has %d rounds, %d quiet rules and %d of volume", len(p.Rounds), len(p.Quiet), len(p.Volume))
	}
}

func TestARoundWhoseOwnerVanishesIsNamed(t *testing.T) {
	f := newFixture(t)
	round := daily("晨播", f.list().ID, 7, 30, laoling)
	round.Owner = shangxi
	must[Round](t)(f.CreateRound(t.Context(), round))
	err := f.store.Read(t.Context(), func(tx *store.Tx) error {
		return f.MayVanish(t.Context(), tx, []playlists.GridCode{shangxi})
	})
	if p := playlists.ProblemOf(err); p == nil || p.Code != "grid_in_use" || p.Args["users"] != "晨播" {
		t.Errorf("its owner vanishes: %v", err)
	}
}
