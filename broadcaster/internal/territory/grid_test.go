package territory

import (
	"testing"

	"dalaba/broadcaster/internal/store"
	"dalaba/playlists"
)

func TestATownIsFoundedOnce(t *testing.T) {
	g := newGround(t)
	g.must(func(tx *store.Tx) error {
		if _, err := g.Root(t.Context(), tx); code(err) != "no_grids" {
			t.Errorf("root of nothing: %v", err)
		}
		if _, err := g.Found(t.Context(), tx, "440605124001", "上西村"); code(err) != "grid_unknown" {
			t.Errorf("founding a village: %v", err)
		}
		for _, want := range []bool{true, false} {
			if made, err := g.Found(t.Context(), tx, "440605124", "九江镇"); made != want || err != nil {
				t.Errorf("founded %v, %v", made, err)
			}
		}
		root, err := g.Root(t.Context(), tx)
		if root.Name != "九江镇" {
			t.Errorf("root %+v", root)
		}
		return err
	})
}

func TestAPathReadsAsPeopleSayIt(t *testing.T) {
	g := planted(t)
	g.must(func(tx *store.Tx) error {
		names, err := g.Names(t.Context(), tx)
		if err != nil {
			return err
		}
		for _, test := range []struct {
			in        playlists.GridCode
			want, bad string
		}{
			{"440605124", "九江镇", ""},
			{"440605124001", "上西村", ""},
			{"440605124001001", "上西村 / 老龄社", ""},
			{"440605124001001002", "上西村 / 老龄社 / 二组", ""},
			{"440605124009", "", "grid_unknown"},
			{"", "", "grid_unknown"},
		} {
			got, err := g.Path(t.Context(), tx, test.in)
			if got != test.want || code(err) != test.bad {
				t.Errorf("path of %q: %q, %v", test.in, got, err)
			}
			if got := names.Path(test.in); got != test.want {
				t.Errorf("%q by names: %q", test.in, got)
			}
		}
		return nil
	})
}
