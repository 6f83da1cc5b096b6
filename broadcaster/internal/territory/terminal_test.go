package territory

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"dalaba/broadcaster/internal/store"
	"dalaba/playlists"
)

func horn(name string, code playlists.GridCode) Terminal {
	return Terminal{Name: name, Kind: playlists.KindSpeaker, Grid: code, Dialects: []playlists.Dialect{"yue", "cmn"}, Volume: 80}
}

func TestATerminalIsKeptAsItWasPlacedUntilItIsRemoved(t *testing.T) {
	g := planted(t)
	var made Terminal
	g.must(func(tx *store.Tx) (err error) {
		made, err = g.CreateTerminal(t.Context(), tx, horn(" 1 号喇叭 ", "440605124001"))
		return err
	})
	want := horn("1 号喇叭", "440605124001")
	want.ID, want.Created = made.ID, moment()
	if diff := cmp.Diff(want, made); diff != "" || len(made.ID) < 20 || strings.ToLower(string(made.ID)) != string(made.ID) {
		t.Errorf("made %s: %s", made.ID, diff)
	}
	changed := made
	changed.Name, changed.Grid, changed.Volume, changed.Kind = "2 号喇叭", "440605124002", 1, playlists.KindMobile
	changed.Dialects, changed.OutputDelay = []playlists.Dialect{"yue-x-jiujiang"}, 180
	g.must(func(tx *store.Tx) error {
		_, err := g.UpdateTerminal(t.Context(), tx, changed)
		return err
	})
	g.must(func(tx *store.Tx) error {
		got, err := g.Terminal(t.Context(), tx, made.ID)
		if diff := cmp.Diff(changed, got); diff != "" {
			t.Error(diff)
		}
		return err
	})
	g.must(func(tx *store.Tx) error { return g.RemoveTerminal(t.Context(), tx, made.ID) })
	g.must(func(tx *store.Tx) error {
		all, err := g.Terminals(t.Context(), tx)
		if len(all) != 0 {
			t.Errorf("left: %v", all)
		}
		_, gone := g.Terminal(t.Context(), tx, made.ID)
		_, unchanged := g.UpdateTerminal(t.Context(), tx, changed)
		for _, err := range []error{gone, unchanged, g.RemoveTerminal(t.Context(), tx, made.ID)} {
			if code(err) != "terminal_unknown" {
				t.Errorf("after removal: %v", err)
			}
		}
		return err
	})
}

func TestATerminalThatCannotStandIsRefused(t *testing.T) {
	g := planted(t)
	for _, test := range []struct {
		name   string
		change func(*Terminal)
		want   string
	}{
		{"grid unknown", func(x *Terminal) { x.Grid = "440605124009" }, "grid_unknown"},
		{"no name", func(x *Terminal) { x.Name = "  " }, "name_bad"},
		{"name with a line break", func(x *Terminal) { x.Name = "a\nb" }, "name_bad"},
		{"name not UTF-8", func(x *Terminal) { x.Name = "\xc8\xe5" }, "name_bad"},
		{"name too long", func(x *Terminal) { x.Name = strings.Repeat("长", 41) }, "name_bad"},
		{"kind unknown", func(x *Terminal) { x.Kind = "gong" }, "terminal_kind_bad"},
		{"volume 0 would be heard by nobody", func(x *Terminal) { x.Volume = 0 }, "volume_bad"},
		{"volume 101", func(x *Terminal) { x.Volume = 101 }, "volume_bad"},
		{"no delay", func(x *Terminal) { x.OutputDelay = 0 }, ""},
		{"the longest delay", func(x *Terminal) { x.OutputDelay = 5000 }, ""},
		{"a longer delay", func(x *Terminal) { x.OutputDelay = 5001 }, "output_delay_bad"},
		{"sound before its time", func(x *Terminal) { x.OutputDelay = -1 }, "output_delay_bad"},
		{"no dialect", func(x *Terminal) { x.Dialects = nil }, "dialects_count_bad"},
		{"dialect not listed", func(x *Terminal) { x.Dialects = []playlists.Dialect{"hak"} }, "dialect_unknown"},
		{"dialect twice", func(x *Terminal) { x.Dialects = []playlists.Dialect{"yue", "yue"} }, "dialect_twice"},
		{"name taken", func(x *Terminal) { x.Name = "1 号喇叭" }, "terminal_name_taken"},
		{"same name elsewhere", func(x *Terminal) { x.Name, x.Grid = "1 号喇叭", "440605124002" }, ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			err := g.write(func(tx *store.Tx) error {
				if _, err := g.CreateTerminal(t.Context(), tx, horn("1 号喇叭", "440605124001")); err != nil {
					return err
				}
				x := horn("2 号喇叭", "440605124001")
				test.change(&x)
				if _, err := g.CreateTerminal(t.Context(), tx, x); err != nil {
					return err
				}
				return errUndo
			})
			if err == errUndo {
				err = nil
			}
			if code(err) != test.want {
				t.Errorf("got %v, want %q", err, test.want)
			}
		})
	}
}

func TestATerminalMayKeepItsNameWhenItIsChanged(t *testing.T) {
	g := planted(t)
	g.must(func(tx *store.Tx) error {
		made, err := g.CreateTerminal(t.Context(), tx, horn("1 号喇叭", "440605124001"))
		if err != nil {
			return err
		}
		made.Volume = 50
		_, err = g.UpdateTerminal(t.Context(), tx, made)
		return err
	})
}

func TestUnderReachesDownAndNeverUp(t *testing.T) {
	g := planted(t)
	g.must(func(tx *store.Tx) error {
		for _, code := range []playlists.GridCode{"440605124", "440605124001", "440605124001001", "440605124001002001", "440605124002"} {
			if _, err := g.CreateTerminal(t.Context(), tx, horn(string(code), code)); err != nil {
				return err
			}
		}
		return nil
	})
	for _, test := range []struct {
		name string
		in   []playlists.GridCode
		want []string
	}{
		{"none", nil, nil},
		{"the town", []playlists.GridCode{"440605124"}, []string{"440605124", "440605124001", "440605124001001", "440605124001002001", "440605124002"}},
		{"a village", []playlists.GridCode{"440605124001"}, []string{"440605124001", "440605124001001", "440605124001002001"}},
		{"a society whose village has a horn", []playlists.GridCode{"440605124001001"}, []string{"440605124001001"}},
		{"a village and its society: each once", []playlists.GridCode{"440605124001001", "440605124001"}, []string{"440605124001", "440605124001001", "440605124001002001"}},
		{"a group without any", []playlists.GridCode{"440605124001001001"}, nil},
		{"nothing named", []playlists.GridCode{""}, nil},
	} {
		t.Run(test.name, func(t *testing.T) {
			g.must(func(tx *store.Tx) error {
				found, err := g.Under(t.Context(), tx, test.in)
				var got []string
				for _, terminal := range found {
					got = append(got, terminal.Name)
				}
				if diff := cmp.Diff(test.want, got); diff != "" {
					t.Error(diff)
				}
				return err
			})
		})
	}
}
