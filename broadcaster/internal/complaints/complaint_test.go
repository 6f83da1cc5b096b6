package complaints

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"dalaba/playlists"
)

func TestListShowsOpenOnesFirstThenTheLatestPageByPage(t *testing.T) {
	d := newDesk(t)
	var ids []string
	for i, code := range []playlists.GridCode{laoling, rulin, shangxi, xianfeng, laoling} {
		d.now = at(12, i, 0)
		c, err := d.Make(t.Context(), Complaint{Grid: code, At: at(6, 30, 0), Words: "吵"})
		d.must(err)
		ids = append(ids, c.ID)
	}
	_, err := d.Close(t.Context(), ids[4], "好的", "", nil, "关主任")
	d.must(err)
	for _, test := range []struct {
		name string
		in   Filter
		want []string
	}{
		{"all", Filter{}, []string{ids[3], ids[2], ids[1], ids[0], ids[4]}},
		{"open ones", Filter{Open: true}, []string{ids[3], ids[2], ids[1], ids[0]}},
		{"those of a village and below", Filter{Grid: shangxi}, []string{ids[3], ids[2], ids[0], ids[4]}},
		{"those of a society", Filter{Grid: laoling, Open: true}, []string{ids[0]}},
		{"the first two", Filter{Most: 2}, []string{ids[3], ids[2]}},
		{"the next two", Filter{Most: 2, BeforeID: ids[2]}, []string{ids[1], ids[0]}},
		{"the rest", Filter{Most: 2, BeforeID: ids[0]}, []string{ids[4]}},
		{"behind the last", Filter{BeforeID: ids[4]}, nil},
	} {
		t.Run(test.name, func(t *testing.T) {
			all, err := d.List(t.Context(), test.in)
			d.must(err)
			var got []string
			for _, c := range all {
				got = append(got, c.ID)
			}
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
	_, err = d.List(t.Context(), Filter{BeforeID: "none"})
	d.refused(err, "complaint_unknown", "")
}

func TestOfTwoComplaintsOfOneMomentBothAreListed(t *testing.T) {
	d := newDesk(t)
	first, second := d.complain(), d.complain()
	all, err := d.List(t.Context(), Filter{Most: 1})
	d.must(err)
	rest, err := d.List(t.Context(), Filter{Most: 1, BeforeID: all[0].ID})
	d.must(err)
	got := map[string]bool{all[0].ID: true, rest[0].ID: true}
	if !got[first.ID] || !got[second.ID] {
		t.Errorf("%v of %s and %s", got, first.ID, second.ID)
	}
	if !first.Created.Equal(d.now.Truncate(time.Millisecond)) {
		t.Error("not made now")
	}
}
