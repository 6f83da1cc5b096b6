package e2e

import (
	"strings"
	"testing"
	"time"
)

func TestAMutedHornMissesWhatIsDueByNameOfWhoMutedItAndPlaysOnceThatIsLifted(t *testing.T) {
	w := newTown(t)
	muted, beside := w.addHorn("老龄", society1, "yue"), w.addHorn("先锋", society2, "yue")
	first, due := noise(22, 2*time.Second), soon()
	w.plan("防溺水", first, due, time.Second, village1)
	var mute struct{ ID, By string }
	w.must("POST", "/api/terminals/"+muted.id+"/mutes", map[string]any{"reason": "有人反映太吵"}, &mute)
	await(t, "both to be accounted for", func() bool {
		return muted.counts() == counts{Planned: 1, Missed: 1} && beside.counts() == counts{Planned: 1, Played: 1}
	})
	if _, c := muted.heard(first, due); c > 0.1 {
		t.Errorf("it sounded, with correlation %.3f", c)
	}
	var list struct {
		Airings []struct{ Outcome, Cause, Reason string }
	}
	w.must("GET", "/api/airings?terminal="+muted.id, nil, &list)
	if a := list.Airings; len(a) != 1 || a[0].Outcome != "missed" || a[0].Cause != "muted" || !strings.Contains(a[0].Reason, mute.By) {
		t.Errorf("missed: %+v, muted by %s", a, mute.By)
	}
	w.must("DELETE", "/api/mutes/"+mute.ID, nil, nil)
	second, due := noise(23, time.Second), soon()
	w.plan("戴口罩", second, due, time.Minute, society1)
	await(t, "the second to be counted", func() bool { return muted.counts() == counts{Planned: 2, Played: 1, Missed: 1} })
	if at, c := muted.heard(second, due); c < 0.99 || at.Sub(due).Abs() > near {
		t.Errorf("heard at %s of its time with correlation %.3f", at.Sub(due), c)
	}
}

func TestAMuteCutsWhatSounds(t *testing.T) {
	w := newTown(t)
	h := w.addHorn("老龄", society1, "yue")
	w.plan("防溺水", noise(24, 8*time.Second), soon(), time.Second, society1)
	await(t, "the horn to sound for a moment", func() bool {
		s := h.state().Sounding
		return s != nil && time.Since(s.Begin) > time.Second
	})
	w.must("POST", "/api/terminals/"+h.id+"/mutes", map[string]any{"reason": "维修"}, nil)
	await(t, "the cut to be told", func() bool { return h.counts() == counts{Planned: 1, Partial: 1} })
	if plays := h.plays(); len(plays) != 1 || plays[0].Result != "cut" || plays[0].SoundedMS >= 8000 || !strings.Contains(plays[0].Reason, "静") {
		t.Errorf("plays: %+v", plays)
	}
}
