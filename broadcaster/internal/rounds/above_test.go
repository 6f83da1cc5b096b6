package rounds

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"dalaba/playlists"
)

func TestACheckTellsOfHornsAboveItsTargets(t *testing.T) {
	for _, test := range []struct {
		name    string
		owner   playlists.GridCode
		targets []playlists.GridCode
		shared  []playlists.GridCode // with which the village's horn is shared
		want    any                  // terminals
	}{
		{"for a society", town, []playlists.GridCode{laoling}, nil, "上西村喇叭"},
		{"for both societies", shangxi, []playlists.GridCode{laoling, xianfeng}, nil, "上西村喇叭"},
		{"for the village", town, []playlists.GridCode{shangxi}, nil, nil},
		{"for a society with which it is shared", town, []playlists.GridCode{laoling}, []playlists.GridCode{laoling}, nil},
		{"for the other society", town, []playlists.GridCode{xianfeng}, []playlists.GridCode{laoling}, "上西村喇叭"},
		{"by the society, which has no say over it", laoling, []playlists.GridCode{laoling}, nil, nil},
		{"for a neighbour", town, []playlists.GridCode{rulin}, nil, nil},
	} {
		t.Run(test.name, func(t *testing.T) {
			f := newFixture(t)
			i := slices.IndexFunc(f.terminals, func(t Terminal) bool { return t.ID == "shangxi" })
			f.terminals[i].Shared = test.shared
			draft := daily("晨播", f.list().ID, 7, 30, test.targets...)
			draft.Owner = test.owner
			preview := must[Preview](t)(f.Check(t.Context(), draft))
			var got any
			for _, w := range preview.Warnings {
				if w.Code == "horn_above" {
					got = w.Args["terminals"]
				}
			}
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Errorf("horns above (-want +got):\n%s", diff)
			}
		})
	}
}
