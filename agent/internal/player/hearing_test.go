package player

import (
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"dalaba/agent/internal/sound"
	"dalaba/playlists"
)

// microphone is an ear that hears what it is told to, and notes when it listens.
type microphone struct {
	stage   *stage
	problem string

	mu              sync.Mutex // guards what follows
	chirp, listened bool
	on              bool
	switched        []string
	since           time.Duration
}

func (m *microphone) Want(on bool) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if on != m.on {
		m.on = on
		m.switched = append(m.switched, m.stage.now().Time.UTC().Format("15:04:05.0"))
	}
}

func (m *microphone) Heard(since time.Duration) (chirp, listened bool) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.since = since
	return m.chirp, m.listened
}

func (m *microphone) Problem() string { return m.problem }

// tell has it hear a chirp, and returns whether it listens, when it did, and since when it was asked last.
func (m *microphone) tell(chirp bool) (on bool, switched []string, since time.Duration) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.chirp = chirp
	return m.on, m.switched, m.since
}

// ringTest is a programme of a ring test at 00:00:10 with these clips.
func ringTest(revision uint64, clips ...playlists.Clip) *playlists.Programme {
	p := round(revision, at10, clips...)
	p.Rounds[0].ID = playlists.RingTest
	return p
}

const notHeard = "旁边的麦克风没听到"

func TestARingTestThatTheMicrophoneHeardIsEvidence(t *testing.T) {
	for _, test := range []struct {
		name     string
		ear      *microphone
		round    playlists.RoundID
		level    int16
		evidence playlists.Evidence
		problem  string
	}{
		{"heard", &microphone{chirp: true, listened: true}, playlists.RingTest, levelled, playlists.EvidenceMic, ""},
		{"heard, though it came late", &microphone{chirp: true}, playlists.RingTest, levelled, playlists.EvidenceMic, ""},
		{"not heard", &microphone{listened: true}, playlists.RingTest, levelled, playlists.EvidenceLevel, notHeard},
		{"not heard, nor put out", &microphone{listened: true}, playlists.RingTest, 1, playlists.EvidencePlayer, ""},
		{"not listened", &microphone{problem: "没有声音"}, playlists.RingTest, levelled, playlists.EvidenceLevel, "没有声音"},
		{"no ring test", &microphone{chirp: true, listened: true}, "r", levelled, playlists.EvidenceLevel, ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			story(t, func(t *testing.T, s *stage) {
				s.end()
				test.ear.stage, s.ear = s, test.ear
				s.start()
				p := ringTest(1, s.clip(6*time.Second, test.level))
				p.Rounds[0].ID = test.round
				s.publish(p)
				s.until(20 * time.Second)
				plays, _, _ := s.rows()
				if len(plays) != 1 || plays[0].Evidence != test.evidence || plays[0].Result != playlists.ResultComplete {
					t.Fatalf("%+v", plays)
				}
				if got := s.player.Status().Problem; got == "" != (test.problem == "") || !strings.Contains(got, test.problem) {
					t.Errorf("problem %q, want %q", got, test.problem)
				}
				on, switched, since := test.ear.tell(false)
				if test.round != playlists.RingTest {
					if len(switched) > 0 {
						t.Errorf("it listened to something else: %v", switched)
					}
					return
				}
				if len(switched) != 2 || on || switched[0] > "00:00:10" || switched[1] > "00:00:16.2" {
					t.Errorf("it listened %v, and still: %v", switched, on)
				}
				if at := s.began.Add(since - time.Hour); at.Sub(plays[0].End.Add(-ringEnd)).Abs() > time.Millisecond {
					t.Errorf("asked since %v, of what ended at %v", at, plays[0].End)
				}
			})
		})
	}
}

func TestThatAHornWasNotHeardIsToldUntilTheNextRingTest(t *testing.T) {
	story(t, func(t *testing.T, s *stage) {
		s.end()
		ear := &microphone{stage: s, listened: true}
		s.ear = ear
		s.start()
		p := ringTest(1, s.clip(2*time.Second, levelled))
		p.Rounds[0].Timetable.Every = &playlists.Every{Minutes: 5, From: at10, To: playlists.NewTimeOfDay(0, 5, 10)}
		s.publish(p)
		s.until(5 * time.Minute)
		if got := s.player.Status().Problem; !strings.Contains(got, notHeard) {
			t.Errorf("minutes later: %q", got)
		}
		ear.tell(true)
		s.until(6 * time.Minute)
		if got := s.player.Status().Problem; got != "" {
			t.Errorf("after the next one, that was heard: %q", got)
		}
	})
}

func TestAProcessThatDiesWhileItListensClaimsNothing(t *testing.T) {
	story(t, func(t *testing.T, s *stage) {
		s.end()
		ear := &microphone{stage: s, chirp: true, listened: true}
		s.ear = ear
		s.start()
		s.publish(ringTest(1, s.clip(4*time.Second, levelled)))
		s.until(12 * time.Second)
		if on, _, _ := ear.tell(true); !on {
			t.Error("it does not listen")
		}
		s.end()
		s.start()
		s.until(time.Minute)
		plays, _, _ := s.rows()
		cut := slices.IndexFunc(plays, func(p playlists.Play) bool { return p.Result == playlists.ResultCut })
		if cut < 0 || plays[cut].Evidence > playlists.EvidenceLevel || plays[cut].Sounded >= playlists.MillisOf(sound.Length(4*sound.Rate)) {
			t.Errorf("%+v", plays)
		}
	})
}
