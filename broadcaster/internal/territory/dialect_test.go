package territory

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"dalaba/broadcaster/internal/store"
	"dalaba/playlists"
)

func TestATownListsItsDialects(t *testing.T) {
	g := newGround(t)
	g.must(func(tx *store.Tx) error {
		if err := g.AddDialect(t.Context(), tx, Dialect{"hak", " 客家话 "}); err != nil {
			return err
		}
		return g.AddDialect(t.Context(), tx, Dialect{"yue", "广州话"})
	})
	g.must(func(tx *store.Tx) error {
		got, err := g.Dialects(t.Context(), tx)
		want := []Dialect{{"cmn", "普通话"}, {"yue", "广州话"}, {"yue-x-jiujiang", "九江话"}, {"hak", "客家话"}}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Error(diff)
		}
		return err
	})
}

func TestATagHasTheFormOfBCP47(t *testing.T) {
	for tag, want := range map[playlists.Dialect]bool{
		"cmn": true, "yue": true, "zh-hant": true, "yue-x-jiujiang": true, "nan-x-a1": true, "zh-1994": true,
		"": false, "y": false, "yuex": false, "YUE": false, "yue-": false, "yue-x": false, "-yue": false, "yue--x": false, "x-jiujiang": false,
		"yue_x": false, "九江": false, "yue-x-jiujiangzhen": false, "yu3": false, playlists.Dialect("yue" + strings.Repeat("-abcdefgh", 4)): false,
	} {
		if got := wellFormed(tag); got != want {
			t.Errorf("%q: %v", tag, got)
		}
	}
}

func TestADialectThatCannotBeListedIsRefused(t *testing.T) {
	g := newGround(t)
	for _, test := range []struct {
		in   Dialect
		want string
	}{{Dialect{"YUE", "粤语"}, "dialect_tag_bad"}, {Dialect{"yue", " "}, "name_bad"}} {
		err := g.write(func(tx *store.Tx) error { return g.AddDialect(t.Context(), tx, test.in) })
		if code(err) != test.want {
			t.Errorf("%v: %v", test.in, err)
		}
	}
}
