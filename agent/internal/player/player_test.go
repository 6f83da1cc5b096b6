package player

import (
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"dalaba/playlists"
)

// at10 is when the rounds of these stories fall due.
var at10 = playlists.NewTimeOfDay(0, 0, 10)

// levelled is a level that counts as sound.
const levelled = int16(5000)

// story runs one story on a stage, in synctest's time.
func story(t *testing.T, tell func(t *testing.T, s *stage)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		s := newStage(t)
		defer func() { s.end() }()
		tell(t, s)
	})
}

func same(t *testing.T, what string, want, got any) {
	t.Helper()
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("%s: -want +got\n%s", what, diff)
	}
}

// told is what a play says, without what is drawn or computed.
type told struct {
	Attempt, Entry int
	Begin          string
	Sounded        playlists.Millis
	Result         playlists.Result
	Cause          playlists.Cause
	Evidence       playlists.Evidence
}

func tellings(plays []playlists.Play) []told {
	var list []told
	for _, p := range plays {
		list = append(list, told{
			p.Attempt, p.Entry, p.Begin.Round(time.Millisecond).Format("15:04:05.000"), p.Sounded, p.Result, p.Cause, p.Evidence,
		})
	}
	return list
}

func causes(misses []playlists.Miss) []playlists.Cause {
	var list []playlists.Cause
	for _, m := range misses {
		list = append(list, m.Cause)
	}
	return list
}

func TestEntriesSoundAtTheirMomentsAndAreAccountedFor(t *testing.T) {
	story(t, func(t *testing.T, s *stage) {
		s.publish(round(7, at10, s.clip(2*time.Second, levelled), s.clip(1500*time.Millisecond, 1)))
		s.until(11 * time.Second)
		if now := s.player.Status().Sounding; now == nil || now.Announcement != "a" || now.Duration != 2000 {
			t.Errorf("status says %+v", now)
		}
		s.until(30 * time.Second)
		plays, misses, accounted := s.rows()
		same(t, "plays", []told{
			{1, 0, "00:00:10.000", 2000, playlists.ResultComplete, "", playlists.EvidenceLevel},
			{1, 1, "00:00:13.000", 1500, playlists.ResultComplete, "", playlists.EvidencePlayer},
		}, tellings(plays))
		same(t, "sound", []string{"00:00:10.000–00:00:12.000", "00:00:13.000–00:00:14.500"}, s.heard())
		due := s.began.Add(10 * time.Second).UTC()
		if p := plays[1]; p.Airing != playlists.NewAiringID("r", due, "t") || !p.Due.Equal(due) || p.Revision != 7 || p.Entries != 2 ||
			p.Output != "file" || p.Clock != playlists.ClockTrusted || p.ClockError != 1 || p.Mono != 3_613_000 || p.Boot != "b" {
			t.Errorf("%+v", p)
		}
		if len(misses) != 0 || len(accounted) == 0 || !accounted[len(accounted)-1].Through.After(due) {
			t.Errorf("misses %v, accounted %v", misses, accounted)
		}
		same(t, "revisions", []uint64{7}, accounted[len(accounted)-1].Revisions)
		if s.player.Status().Sounding != nil {
			t.Error("it says that it sounds")
		}
	})
}

func TestARecordingThatIsNotHereAtItsTimeIsMissed(t *testing.T) {
	story(t, func(t *testing.T, s *stage) {
		s.publish(round(1, at10, playlists.Clip{Digest: playlists.Digest{1}, Bytes: 100, Duration: 1000, Dialect: "cmn"}))
		s.until(15 * time.Second)
		plays, misses, _ := s.rows()
		same(t, "misses", []playlists.Cause{playlists.CauseClipAbsent}, causes(misses))
		if len(plays) != 0 {
			t.Errorf("%+v", plays)
		}
	})
}

func TestARecordingThatCannotBeReadIsMissedOnce(t *testing.T) {
	story(t, func(t *testing.T, s *stage) {
		bad := playlists.Clip{Digest: playlists.Digest{1}, Bytes: 3, Duration: 1000, Dialect: "cmn"}
		s.shelve(bad.Digest, []byte("bad"))
		s.publish(round(1, at10, bad))
		s.until(time.Minute)
		_, misses, _ := s.rows()
		same(t, "misses", []playlists.Cause{playlists.CauseClipBad}, causes(misses))
	})
}

func TestAnAgentThatDiedSoundsTheAiringAgainWhole(t *testing.T) {
	story(t, func(t *testing.T, s *stage) {
		s.publish(round(1, at10, s.clip(5*time.Second, levelled)))
		s.until(12 * time.Second)
		s.end()
		s.until(20 * time.Second)
		s.start()
		s.until(40 * time.Second)
		plays, _, _ := s.rows()
		if len(plays) != 2 {
			t.Fatalf("%+v", plays)
		}
		first, second := plays[0], plays[1]
		if first.Result != playlists.ResultCut || first.Cause != playlists.CauseAgentDown || first.Sounded < 1900 || first.Sounded > 2100 {
			t.Errorf("first %+v", first)
		}
		if second.Attempt != 2 || second.Result != playlists.ResultComplete || second.Cause != playlists.CauseAgentDown || second.Sounded != 5000 {
			t.Errorf("second %+v", second)
		}
	})
}

func TestWithoutTheTimeNothingBeginsAndThenItIsLate(t *testing.T) {
	story(t, func(t *testing.T, s *stage) {
		s.trust(false)
		s.publish(round(1, at10, s.clip(time.Second, levelled)))
		s.until(30 * time.Second)
		if st := s.player.Status(); st.Fault != playlists.CauseClockUntrusted || st.Problem == "" {
			t.Errorf("status %+v", st)
		}
		if len(s.heard()) != 0 {
			t.Error("it sounded")
		}
		s.trust(true)
		s.until(40 * time.Second)
		plays, _, _ := s.rows()
		if len(plays) != 1 || plays[0].Cause != playlists.CauseClockUntrusted || plays[0].Begin.Before(s.began.Add(30*time.Second)) {
			t.Errorf("%+v", plays)
		}
	})
}

func TestAnExpiredProgrammeIsSilent(t *testing.T) {
	story(t, func(t *testing.T, s *stage) {
		p := round(1, at10, s.clip(time.Second, levelled))
		p.Expires = s.began.Add(5 * time.Second)
		p.Rounds[0].Lateness = 20_000
		s.publish(p)
		s.until(40 * time.Second)
		_, misses, _ := s.rows()
		same(t, "misses", []playlists.Cause{playlists.CauseProgrammeExpired}, causes(misses))
		if len(s.heard()) != 0 {
			t.Error("it sounded")
		}
	})
}

func TestAnOutputThatFailsCutsAndThenItSoundsAgain(t *testing.T) {
	story(t, func(t *testing.T, s *stage) {
		s.publish(round(1, at10, s.clip(5*time.Second, levelled)))
		s.until(12 * time.Second)
		s.output.set(true)
		s.until(20 * time.Second)
		if st := s.player.Status(); st.Fault != playlists.CauseDeviceError {
			t.Errorf("status %+v", st)
		}
		s.output.set(false)
		s.until(40 * time.Second)
		plays, misses, _ := s.rows()
		if len(plays) != 2 || len(misses) != 0 {
			t.Fatalf("%+v, %+v", plays, misses)
		}
		if p := plays[0]; p.Result != playlists.ResultCut || p.Cause != playlists.CauseDeviceError || p.Sounded == 0 {
			t.Errorf("first %+v", p)
		}
		if p := plays[1]; p.Attempt != 2 || p.Result != playlists.ResultComplete || p.Cause != playlists.CauseDeviceError {
			t.Errorf("second %+v", p)
		}
		if st := s.player.Status(); st.Fault != "" {
			t.Errorf("status %+v", st)
		}
	})
}

func TestAnOutputThatNeverComesBackIsAMiss(t *testing.T) {
	story(t, func(t *testing.T, s *stage) {
		s.until(time.Second)
		s.output.set(true)
		p := round(1, at10, s.clip(time.Second, levelled))
		p.Rounds[0].Lateness = 10_000
		s.publish(p)
		s.until(30 * time.Second)
		_, misses, _ := s.rows()
		same(t, "misses", []playlists.Cause{playlists.CauseDeviceError}, causes(misses))
	})
}
