package rounds

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

func TestUpcomingPlansEachTerminalInOrder(t *testing.T) {
	f := newFixture(t)
	list := f.list()
	must[Round](t)(f.CreateRound(t.Context(), daily("晨播", list.ID, 7, 30, shangxi)))
	must[Round](t)(f.CreateRound(t.Context(), daily("晚播", list.ID, 19, 0, laoling)))
	airings, err := f.Upcoming(t.Context(), ids{"shangxi", "laoling", "rulin", "nobody"}, f.clock(), f.clock().Add(24*time.Hour+30*time.Minute))
	f.ok(err)
	var got []string
	for _, a := range airings {
		got = append(got, a.Due.In(shanghai(t)).Format("2 15:04 ")+a.Round.Name+" "+string(a.Terminal))
	}
	want := []string{"23 07:30 晨播 laoling", "23 07:30 晨播 shangxi", "23 19:00 晚播 laoling"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("upcoming (-want +got):\n%s", diff)
	}
	_, err = f.Upcoming(t.Context(), nil, f.clock(), f.clock().AddDate(0, 0, 9))
	if diff := cmp.Diff([]string{"too_many_airings"}, codes(err)); diff != "" {
		t.Errorf("nine days (-want +got):\n%s", diff)
	}
}
