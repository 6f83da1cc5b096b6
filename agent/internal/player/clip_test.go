package player

import (
	"os"
	"path/filepath"
	"testing"
	"time"

	"dalaba/playlists"
)

// rot changes one byte of a recording.
func (s *stage) rot(d playlists.Digest, at int64) {
	s.t.Helper()
	file, err := os.OpenFile(filepath.Join(s.folder, d.String()), os.O_RDWR, 0)
	if err != nil {
		s.t.Fatal(err)
	}
	defer file.Close()
	if _, err := file.WriteAt([]byte{0x55}, at); err != nil {
		s.t.Fatal(err)
	}
}

func TestARecordingThatRottedNeverCountsAsPlayed(t *testing.T) {
	for _, c := range []struct {
		name   string
		length time.Duration
		plays  int // whose beginning was heard
	}{
		{"a short one is not heard", 2 * time.Second, 0},
		{"a long one is cut when that is seen", 20 * time.Second, 1},
	} {
		t.Run(c.name, func(t *testing.T) {
			story(t, func(t *testing.T, s *stage) {
				clip := s.clip(c.length, 1000)
				s.rot(clip.Digest, clip.Bytes-10_000)
				s.publish(round(1, at10, clip))
				s.until(2 * time.Minute)
				if heard := s.heard(); len(heard) != c.plays {
					t.Errorf("heard %v", heard)
				}
				plays, misses, _ := s.rows()
				if len(plays) != 1 || plays[0].Result != playlists.ResultCut || plays[0].Cause != playlists.CauseClipBad {
					t.Errorf("%+v", plays)
				}
				if s.Whole(clip.Digest) || len(misses) != 1 {
					t.Errorf("it is believed still, %+v", misses)
				}
			})
		})
	}
}

func TestAChimeThatRottedMakesNothingMiss(t *testing.T) {
	story(t, func(t *testing.T, s *stage) {
		p := s.rung(1, 5*time.Second, s.clip(3*time.Second, levelled))
		chime := p.Playlists[0].Chime
		s.rot(chime.Digest, chime.Bytes-10_000)
		s.publish(p)
		s.until(30 * time.Second)
		plays, misses, _ := s.rows()
		if len(plays) != 1 || plays[0].Result != playlists.ResultComplete || len(misses) != 0 {
			t.Errorf("%+v, %+v", plays, misses)
		}
		if s.Whole(chime.Digest) {
			t.Error("it is believed still")
		}
	})
}
