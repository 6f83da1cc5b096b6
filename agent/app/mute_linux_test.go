package app

import (
	"testing"
	"time"

	"dalaba/playlists"
	"dalaba/playlists/timetable"
)

func TestAMuteIsHeardAtOnceAndReported(t *testing.T) {
	b, a := newBroadcaster(t), newAgent(t)
	clip := b.offer(wavOf(noise(8)))
	a.run(b.code())
	due := b.now().Truncate(time.Second).Add(4 * time.Second)
	b.publish(b.programme(1, clip, due))
	sounding(t, b, due)

	p := b.programme(2, clip, due)
	p.Rounds[0].Lateness = 6000
	p.Mutes = []playlists.Mute{{From: b.now(), Until: b.now().Add(time.Hour), By: "陈书记", Grid: "440605124001", Reason: "办丧事"}}
	ordered := b.now()
	b.publish(p)
	await(t, "the cut is reported", 5*time.Second, func() bool { return len(b.plays()) == 1 })
	play := b.plays()[0]
	if play.Result != playlists.ResultCut || play.Cause != playlists.CauseMuted || play.By != "陈书记" ||
		play.ByKind != string(timetable.ByPerson) || play.ByGrid != "440605124001" {
		t.Errorf("play %+v", play)
	}
	t.Logf("silent %v after it was ordered", play.End.Sub(ordered).Round(time.Millisecond))
	if late := play.End.Sub(ordered); late > time.Second {
		t.Errorf("silent %v after it was ordered", late)
	}
	await(t, "that it is not tried again is reported", 10*time.Second, func() bool {
		b.mu.Lock()
		defer b.mu.Unlock()
		missed, through := false, time.Time{}
		for _, rows := range b.journals {
			for _, r := range rows {
				missed = missed || r.Miss != nil && r.Miss.Cause == playlists.CauseMuted && r.Miss.By == "陈书记"
				if r.Accounted != nil && r.Accounted.Through.After(through) {
					through = r.Accounted.Through
				}
			}
		}
		return missed && through.After(due)
	})
	if n := len(b.plays()); n != 1 {
		t.Errorf("%d plays", n)
	}
}
