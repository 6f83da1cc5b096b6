package rounds

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"dalaba/playlists"
)

func TestNearAirTimeWhoIsOutOfReachIsNamed(t *testing.T) {
	f := newFixture(t)
	f.away = ids{"xianfeng", "rulin"}
	round := must[Round](t)(f.CreateRound(t.Context(), daily("晨播", f.list().ID, 8, 30, shangxi)))
	for _, test := range []struct {
		name string
		pass time.Duration
		want ids
	}{
		{"more than an hour before", 0, nil},
		{"half an hour before", time.Hour, ids{"xianfeng"}},
		{"after it", time.Hour, nil},
	} {
		f.pass(test.pass)
		late := must[Late](t)(f.Late(t.Context(), round))
		if diff := cmp.Diff(test.want, names(late.Terminals)); diff != "" || !late.Next.After(f.clock()) {
			t.Errorf("%s, next at %v (-want +got):\n%s", test.name, late.Next, diff)
		}
	}
	// 9:00: what is moved to 9:10, and to another village, is late at who had it and who is to have it.
	round.Targets = []playlists.GridCode{rulin}
	at(9, 10)(&round)
	if diff := cmp.Diff(ids{"rulin", "xianfeng"}, names(must[Late](t)(f.Late(t.Context(), round)).Terminals)); diff != "" {
		t.Errorf("moved (-want +got):\n%s", diff)
	}
	if late := must[Late](t)(f.Late(t.Context(), Round{})); !late.Next.IsZero() || late.Terminals != nil {
		t.Errorf("what never falls due: %+v", late)
	}
}
