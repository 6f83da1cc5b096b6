package e2e

import (
	"testing"
	"time"
)

// near is how far from its time a planned clip may begin.
const near = 50 * time.Millisecond

// soon is a due time that leaves the agents time to fetch what sounds then.
func soon() time.Time { return time.Now().Add(4 * time.Second).Truncate(time.Second) }

func TestARecordingSoundsWhereAndWhenItWasPlannedAndNowhereElse(t *testing.T) {
	w := newTown(t)
	first, second, third := w.addHorn("老龄", society1, "yue", "cmn"), w.addHorn("先锋", society2, "yue"), w.addHorn("龙廻", society3, "cmn", "yue")
	recording, due := noise(1, 2*time.Second), soon()
	w.plan("防溺水", recording, due, time.Minute, society1)
	await(t, "the recording to arrive", first.ready)
	await(t, "the play to be counted", func() bool { return first.counts().Played == 1 })

	at, c := first.heard(recording, due)
	if c < 0.99 || at.Sub(due).Abs() > near {
		t.Errorf("heard at %s of its time with correlation %.3f", at.Sub(due), c)
	}
	t.Logf("first sample at %s of its time, correlation %.4f", at.Sub(due), c)
	for _, h := range []*horn{second, third} {
		if _, c := h.heard(recording, due); c > 0.1 {
			t.Errorf("%s sounded it too", h.name)
		}
		if got := h.counts(); got != (counts{}) {
			t.Errorf("%s: %+v", h.name, got)
		}
	}
	plays := first.plays()
	if len(plays) != 1 || plays[0].Result != "complete" || plays[0].SoundedMS != 2000 || plays[0].Evidence != 2 {
		t.Errorf("plays: %+v", plays)
	}
	touched := map[string]int{rootCode: 2 * perGroup, village1: 2 * perGroup, society1: 2 * perGroup, society1 + "001": perGroup, society1 + "002": perGroup}
	for _, g := range w.day().Grids {
		if g.Touched != touched[g.Code] {
			t.Errorf("grid %s: %d of %d households touched, want %d", g.Code, g.Touched, g.Households, touched[g.Code])
		}
		want := counts{}
		if g.Code == rootCode || g.Code == village1 || g.Code == society1 {
			want = counts{Planned: 1, Played: 1}
		}
		if g.Counts != want {
			t.Errorf("grid %s: %+v, want %+v", g.Code, g.Counts, want)
		}
	}
}

func TestABroadcasterKilledInMidPlayLosesNothingAndCountsNothingTwice(t *testing.T) {
	w := newTown(t)
	h := w.addHorn("老龄", society1, "yue")
	recording, due := noise(2, 3*time.Second), soon()
	w.plan("防溺水", recording, due, time.Minute, village1)
	await(t, "the recording to arrive", h.ready)
	await(t, "the horn to sound", func() bool { return h.state().Sounding != nil })
	kill(w.process)
	w.start()
	await(t, "the play to be counted", func() bool { return h.counts().Played == 1 })
	if got := h.counts(); got != (counts{Planned: 1, Played: 1}) {
		t.Errorf("counts %+v", got)
	}
	if plays := h.plays(); len(plays) != 1 || plays[0].Result != "complete" {
		t.Errorf("plays %+v", plays)
	}
	if at, c := h.heard(recording, due); c < 0.99 || at.Sub(due).Abs() > near {
		t.Errorf("heard at %s of its time with correlation %.3f", at.Sub(due), c)
	}
}

func TestAnAgentKilledInMidPlayTellsOfTheCutOnceAndPlaysAgain(t *testing.T) {
	w := newTown(t)
	h := w.addHorn("老龄", society1, "yue")
	recording, due := noise(3, 4*time.Second), soon()
	w.plan("防溺水", recording, due, time.Minute, society1)
	await(t, "the recording to arrive", h.ready)
	await(t, "the horn to sound", func() bool { return h.state().Sounding != nil })
	kill(h.process)
	h.start()
	await(t, "the second attempt to be counted", func() bool { return h.counts().Played == 1 })
	if got := h.counts(); got != (counts{Planned: 1, Played: 1}) {
		t.Errorf("counts %+v", got)
	}
	plays := h.plays()
	if len(plays) != 2 {
		t.Fatalf("plays %+v", plays)
	}
	if whole, cut := plays[0], plays[1]; whole.Result != "complete" || whole.Attempt != 2 || cut.Result != "cut" ||
		cut.Attempt != 1 || cut.Reason != "喇叭电脑上的程序没在运行" {
		t.Errorf("plays %+v", plays)
	}
}

func TestAHornPlaysOnWhileTheBroadcasterIsAwayAndReportsAfterwards(t *testing.T) {
	w := newTown(t)
	h := w.addHorn("老龄", society1, "yue")
	recording, due := noise(6, time.Second), time.Now().Add(6*time.Second).Truncate(time.Second)
	w.plan("防溺水", recording, due, time.Minute, society1)
	await(t, "the recording to arrive", h.ready)
	kill(w.process)
	kill(h.process) // and the power fails too: what it must do is on its disk
	h.start()
	await(t, "the recording to sound", func() bool {
		_, c := h.heard(recording, due)
		return c > 0.99
	})
	w.start()
	await(t, "the play to be counted", func() bool { return h.counts().Played == 1 })
	if plays := h.plays(); len(plays) != 1 || plays[0].Result != "complete" || plays[0].Reason != "" {
		t.Errorf("plays %+v", plays)
	}
	if at, _ := h.heard(recording, due); at.Sub(due).Abs() > near {
		t.Errorf("heard at %s of its time", at.Sub(due))
	}
}

func TestARemovedHornFallsSilentAndTellsWhatItDid(t *testing.T) {
	w := newTown(t)
	removed, stays := w.addHorn("老龄", society1, "yue"), w.addHorn("先锋", society2, "yue")
	recording, due := noise(7, 3*time.Second), soon()
	w.plan("防溺水", recording, due, time.Minute, village1)
	await(t, "the recording to arrive", removed.ready)
	await(t, "the horn to sound", func() bool { return removed.state().Sounding != nil && stays.state().Sounding != nil })
	w.must("DELETE", "/api/terminals/"+removed.id, nil, nil)
	await(t, "the other to be counted", func() bool { return stays.counts().Played == 1 })
	await(t, "the removed one to be accounted for", func() bool {
		for _, g := range w.day().Grids {
			if g.Code == society1 {
				return g.Counts.Planned == 1 && g.Counts.Partial+g.Counts.Missed == 1
			}
		}
		return false
	})
}

func TestARoundThatIsRemovedWhileItWaitsForItsTurnIsCancelled(t *testing.T) {
	w := newTown(t)
	h := w.addHorn("老龄", society1, "yue")
	due := soon()
	rounds := map[string]string{
		"甲": w.plan("甲", noise(8, 4*time.Second), due, time.Minute, society1),
		"乙": w.plan("乙", noise(9, 4*time.Second), due, time.Minute, society1),
	}
	await(t, "the recordings to arrive", h.ready)
	var sounding string
	await(t, "one of them to sound", func() bool {
		if s := h.state().Sounding; s != nil {
			sounding = s.Announcement
		}
		return sounding != ""
	})
	waiting := map[string]string{"甲": "乙", "乙": "甲"}[sounding]
	w.must("DELETE", "/api/rounds/"+rounds[waiting], nil, nil)
	await(t, "both to be accounted for", func() bool { return h.counts() == counts{Planned: 2, Played: 1, Missed: 1} })
	var list struct {
		Airings []struct{ Round, Outcome, Cause string }
	}
	w.must("GET", "/api/airings?terminal="+h.id, nil, &list)
	for _, a := range list.Airings {
		if a.Round == waiting && (a.Outcome != "missed" || a.Cause != "cancelled") {
			t.Errorf("%+v", a)
		}
	}
}
