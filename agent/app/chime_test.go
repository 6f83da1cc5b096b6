package app

import (
	"path/filepath"
	"testing"
	"time"

	"dalaba/playlists"
	"dalaba/playlists/timetable"
)

func TestTheChimeIsHeardWhenItIsDueAndTheFirstWordBehindIt(t *testing.T) {
	b, a := newBroadcaster(t), newAgent(t)
	ring, words := noiseOf(3, 2), noise(1.5)
	chime, clip := b.offer(wavOf(ring)), b.offer(wavOf(words))
	a.run(b.code())
	due := b.now().Truncate(time.Second).Add(4 * time.Second)
	p := b.programme(1, clip, due)
	p.Playlists[0].Chime = &chime
	b.publish(p)
	await(t, "the play is reported", 15*time.Second, func() bool { return len(b.plays()) == 1 })
	play := b.plays()[0]
	lead := chime.Duration + timetable.Breath
	if play.Result != playlists.ResultComplete || play.Cause != "" || play.Lead != lead {
		t.Errorf("play %+v", play)
	}
	for what, sought := range map[string]struct {
		samples []int16
		want    time.Time
	}{"the chime": {ring, due}, "the first word": {words, due.Add(lead.Duration())}} {
		at, ok := heard(t, filepath.Join(a.folder, "sound"), sought.samples)
		if !ok {
			t.Fatalf("%s is not in the sound files", what)
		}
		t.Logf("%s is heard %v after its time", what, at.Sub(sought.want))
		if off := at.Sub(sought.want).Abs(); off > 50*time.Millisecond {
			t.Errorf("%s is heard %v away from its time", what, off)
		}
		if off := play.Begin.Sub(at).Abs(); what == "the first word" && off > 5*time.Millisecond {
			t.Errorf("reported %v away from where it is heard", off)
		}
	}
}
