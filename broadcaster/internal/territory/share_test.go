package territory

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"dalaba/broadcaster/internal/store"
	"dalaba/playlists"
)

func TestATerminalIsSharedWithOtherGrids(t *testing.T) {
	g := planted(t)
	const village, society, neighbour = playlists.GridCode("440605124001"), playlists.GridCode("440605124001001"), playlists.GridCode("440605124002")
	for _, test := range []struct {
		name string
		at   playlists.GridCode
		in   []playlists.GridCode
		want []playlists.GridCode
		code string
	}{
		{"with nobody", village, nil, nil, ""},
		{"with an empty list", village, []playlists.GridCode{}, nil, ""},
		{"with a neighbour and a society below, sorted and each once", village, []playlists.GridCode{neighbour, society, neighbour}, []playlists.GridCode{society, neighbour}, ""},
		{"with its own grid", village, []playlists.GridCode{village}, nil, "shared_needless"},
		{"with the village above it, which reaches it anyway", society, []playlists.GridCode{village}, nil, "shared_needless"},
		{"with a grid that is not there", village, []playlists.GridCode{neighbour, "440605124009"}, nil, "grid_unknown"},
		{"with too many", village, make([]playlists.GridCode, maxShared+1), nil, "shared_count_bad"},
	} {
		t.Run(test.name, func(t *testing.T) {
			err := g.write(func(tx *store.Tx) error {
				plain, err := g.CreateTerminal(t.Context(), tx, horn("1 号喇叭", test.at))
				if err != nil {
					return err
				}
				plain.Shared = test.in
				updated, err := g.UpdateTerminal(t.Context(), tx, plain)
				if err != nil {
					return err
				}
				x := horn("2 号喇叭", test.at)
				x.Shared = test.in
				made, err := g.CreateTerminal(t.Context(), tx, x)
				if err != nil {
					return err
				}
				for _, id := range []playlists.TerminalID{updated.ID, made.ID} {
					kept, err := g.Terminal(t.Context(), tx, id)
					if diff := cmp.Diff(test.want, kept.Shared); diff != "" || err != nil {
						t.Error(diff, err)
					}
				}
				return errUndo
			})
			if err == errUndo {
				err = nil
			}
			if code(err) != test.code {
				t.Errorf("got %v, want %q", err, test.code)
			}
		})
	}
}
