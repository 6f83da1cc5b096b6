package player

import (
	"testing"
	"time"

	"dalaba/playlists"
)

// TestSoundReturnsWithAnotherProcess takes the output away from the process that plays, for good, in the middle of an
// announcement. The parent starts another one a second after the first has ended; that takes what a process takes to
// start, which is not counted here.
func TestSoundReturnsWithAnotherProcess(t *testing.T) {
	const fails, parentsPause = 12 * time.Second, time.Second
	story(t, func(t *testing.T, s *stage) {
		s.publish(round(1, at10, s.clip(5*time.Second, levelled)))
		s.until(fails)
		s.output.spend()
		s.ends = ErrOutput
		<-s.over
		ended := time.Since(s.began) - fails
		s.end()
		s.ends = nil
		s.until(fails + ended + parentsPause)
		s.start()
		s.until(3 * time.Minute)
		plays, misses, _ := s.rows()
		if len(plays) != 2 || len(misses) != 0 {
			t.Fatalf("%+v, %+v", plays, misses)
		}
		again := plays[1].Begin.Sub(s.began) - fails
		t.Logf("the process ended %v after its output, and it sounds again %v after", ended, again)
		if p := plays[1]; p.Result != playlists.ResultComplete || p.Cause != playlists.CauseDeviceError || again > 70*time.Second {
			t.Errorf("again after %v: %+v", again, p)
		}
	})
}
