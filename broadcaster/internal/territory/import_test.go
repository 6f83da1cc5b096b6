package territory

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"dalaba/broadcaster/internal/store"
	"dalaba/playlists"
)

func TestAnImportedTreeIsThereAsItWasRead(t *testing.T) {
	g := planted(t)
	g.must(func(tx *store.Tx) error {
		all, err := g.Grids(t.Context(), tx)
		if err != nil {
			return err
		}
		if len(all) != 8 {
			t.Fatalf("%d grids", len(all))
		}
		want := Grid{Code: "440605124", Name: "九江镇", Level: 0, Households: 50}
		if diff := cmp.Diff(want, all[0]); diff != "" {
			t.Error(diff)
		}
		root, err := g.Root(t.Context(), tx)
		if err != nil || root != all[0] {
			t.Errorf("root %+v, %v", root, err)
		}
		geometry, err := g.Outline(t.Context(), tx, "440605124001")
		if string(geometry) != square || err != nil {
			t.Errorf("outline %s, %v", geometry, err)
		}
		if geometry, err := g.Outline(t.Context(), tx, "440605124"); geometry != nil || err != nil {
			t.Errorf("outline of the town: %s, %v", geometry, err)
		}
		_, err = g.Outline(t.Context(), tx, "440605999")
		if code(err) != "grid_unknown" {
			t.Errorf("outline of an unknown grid: %v", err)
		}
		return nil
	})
}

func TestAnImportReplacesTheTree(t *testing.T) {
	g := planted(t)
	rows := townRows()
	rows[3].households = ""
	rows = append(rows[:7], row{`"440605124003"`, `"沙头社区"`, "", square})
	tree := read(t, collectionOf(rows))
	g.must(func(tx *store.Tx) error { return g.Import(t.Context(), tx, tree) })
	g.must(func(tx *store.Tx) error {
		for code, want := range map[playlists.GridCode]bool{"440605124002": false, "440605124003": true, "440605124001": true} {
			if got, err := g.Has(t.Context(), tx, code); got != want || err != nil {
				t.Errorf("has %s: %v, %v", code, got, err)
			}
		}
		return nil
	})
}

func TestAGridWithATerminalCannotVanish(t *testing.T) {
	g := planted(t)
	g.must(func(tx *store.Tx) error {
		_, err := g.CreateTerminal(t.Context(), tx, horn("1 号喇叭", "440605124001002"))
		return err
	})
	without := read(t, collectionOf([]row{{`"440605124"`, `"九江镇"`, "", "null"}}))
	err := g.write(func(tx *store.Tx) error { return g.Import(t.Context(), tx, without) })
	if code(err) != "grid_has_terminals" || playlists.ProblemOf(err).Args["terminals"] != "上西村 / 先锋社 / 1 号喇叭" {
		t.Fatalf("got %v", err)
	}
	g.must(func(tx *store.Tx) error {
		all, err := g.Grids(t.Context(), tx)
		if len(all) != 8 {
			t.Errorf("%d grids are left", len(all))
		}
		return err
	})
}

func TestAGridWithWhichATerminalIsSharedCannotVanish(t *testing.T) {
	g := planted(t)
	g.must(func(tx *store.Tx) error {
		x := horn("1 号喇叭", "440605124001")
		x.Shared = []playlists.GridCode{"440605124002"}
		_, err := g.CreateTerminal(t.Context(), tx, x)
		return err
	})
	without := read(t, collectionOf(townRows()[:7]))
	err := g.write(func(tx *store.Tx) error { return g.Import(t.Context(), tx, without) })
	if code(err) != "grid_has_shared" || playlists.ProblemOf(err).Args["terminals"] != "上西村 / 1 号喇叭" {
		t.Fatalf("got %v", err)
	}
}

// lodger is a tenant that has something at one grid.
type lodger playlists.GridCode

func (l lodger) MayVanish(_ context.Context, _ *store.Tx, gone []playlists.GridCode) error {
	for _, code := range gone {
		if code == playlists.GridCode(l) {
			return &playlists.Problem{Kind: playlists.Conflict, Code: "lodged"}
		}
	}
	return nil
}

func TestAGridWithATenantCannotVanish(t *testing.T) {
	g := planted(t)
	rows := townRows()
	tree := read(t, collectionOf(rows[:7]))
	for _, test := range []struct {
		tenant lodger
		want   string
	}{{"440605124002", "lodged"}, {"440605124001", ""}} {
		err := g.write(func(tx *store.Tx) error { return g.Import(t.Context(), tx, tree, test.tenant) })
		if code(err) != test.want {
			t.Errorf("tenant at %s: %v", test.tenant, err)
		}
	}
}

func TestAThousandGridsAreImportedWithinASecondOrSo(t *testing.T) {
	var rows []row
	rows = append(rows, row{`"440605124"`, `"九江镇"`, "", "null"})
	for v := range 26 {
		village := fmt.Sprintf("440605124%03d", v+1)
		rows = append(rows, row{`"` + village + `"`, `"村"`, "", square})
		for s := range 5 {
			society := fmt.Sprintf("%s%03d", village, s+1)
			rows = append(rows, row{`"` + society + `"`, `"社"`, "", square})
			for n := range 7 {
				group := fmt.Sprintf("%s%03d", society, n+1)
				many := `{"type":"MultiPoint","coordinates":[` + strings.Repeat("[113.01234,22.81234],", 21) + "[113,22]]}"
				rows = append(rows, row{`"` + group + `"`, `"组"`, "22", many})
			}
		}
	}
	g := newGround(t)
	text := collectionOf(rows)
	begin := time.Now()
	tree := read(t, text)
	readIn := time.Since(begin)
	g.must(func(tx *store.Tx) error { return g.Import(t.Context(), tx, tree) })
	took := time.Since(begin)
	t.Logf("%d grids, %d bytes: read in %v, imported in %v", tree.Grids(), len(text), readIn, took)
	if tree.Grids() != 1+26+130+910 || tree.Households() != 910*22 {
		t.Errorf("%d grids, %d households", tree.Grids(), tree.Households())
	}
	if took > 10*time.Second { // ten times what a slow machine needs: this finds a quadratic import, not a slow disk
		t.Errorf("took %v", took)
	}
}
