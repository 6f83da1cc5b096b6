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
