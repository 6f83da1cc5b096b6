package territory

import (
	"encoding/json"
	"testing"

	"github.com/google/go-cmp/cmp"

	"dalaba/broadcaster/internal/store"
	"dalaba/broadcaster/internal/territory/territorysql"
	"dalaba/playlists"
)

func TestOutlinesComeLevelByLevelAsFarAsTheBytesReach(t *testing.T) {
	g := planted(t)
	type codes = []playlists.GridCode
	villages := codes{"440605124001", "440605124002"}
	societies := codes{"440605124001001", "440605124001002"}
	groups := codes{"440605124001001001", "440605124001001002", "440605124001002001"}
	g.must(func(tx *store.Tx) error {
		q := territorysql.New(tx)
		size := func(list codes) (sum int64) {
			for _, code := range list {
				geometry, err := g.Outline(t.Context(), tx, code)
				if err != nil {
					t.Fatal(err)
				}
				sum += int64(len(geometry))
			}
			return sum
		}
		for _, test := range []struct {
			name  string
			under playlists.GridCode
			most  int64
			want  codes
		}{
			{"the town", "440605124", MaxOutlines, append(append(append(codes{}, villages...), societies...), groups...)},
			{"a village", "440605124001", MaxOutlines, append(append(codes{"440605124001"}, societies...), groups...)},
			{"a group", groups[0], MaxOutlines, groups[:1]},
			{"as many bytes as the villages have", "440605124", size(villages), villages},
			{"one byte less", "440605124", size(villages) - 1, villages[:1]},
			{"no bytes", "440605124", 0, nil},
			{"a grid that is not there", "440605999", MaxOutlines, nil},
		} {
			list, err := outlines(t.Context(), q, test.under, test.most)
			var got codes
			for _, o := range list {
				got = append(got, o.Code)
				if alone, err := g.Outline(t.Context(), tx, o.Code); err != nil || string(alone) != string(o.Geometry) || !json.Valid(o.Geometry) {
					t.Errorf("%s: %s is %s, alone %s, %v", test.name, o.Code, o.Geometry, alone, err)
				}
			}
			if diff := cmp.Diff(test.want, got); diff != "" || err != nil {
				t.Errorf("%s (-want +got): %v\n%s", test.name, err, diff)
			}
		}
		all, err := g.Outlines(t.Context(), tx, "440605124")
		if len(all) != 7 {
			t.Errorf("%d outlines", len(all))
		}
		return err
	})
}
