package player

import (
	"path/filepath"
	"testing"
	"time"

	"dalaba/playlists"
)

func TestASuperiorsRoundAtNightStaysSilentHoweverWellItIsSigned(t *testing.T) {
	story(t, func(t *testing.T, s *stage) {
		const town, village = playlists.GridCode("440605124"), playlists.GridCode("440605124001")
		signer := newSigner(t)
		p := round(1, playlists.NewTimeOfDay(0, 7, 0), s.clip(time.Second, levelled))
		p.Grid = village
		p.Publishers = []playlists.Publisher{signer.publisher()}
		p.Rounds[0].Owner, p.Rounds[0].Mandatory = town, true
		p.Quiet = []playlists.QuietRule{{
			Grid: town, From: playlists.NewTimeOfDay(22, 0, 0), To: playlists.NewTimeOfDay(6, 0, 0), Name: "夜间",
		}}
		p.Signed, p.Expires = time.Now(), time.Now().Add(playlists.ProgrammeLife)
		keeper := (&shop{file: filepath.Join(t.TempDir(), "programme.json"), first: signer.publisher(), now: time.Now()}).open(t)
		if result := keeper.Take(seal(t, signer, p)); !result.InForce {
			t.Fatal(result.Reason)
		}
		held, _ := keeper.Held()
		s.publish(held)
		s.until(time.Hour)
		plays, misses, _ := s.rows()
		if len(plays) != 0 || len(misses) != 1 || misses[0].Cause != playlists.CauseQuietHours || misses[0].By != "夜间" {
			t.Errorf("plays %+v, misses %+v", plays, misses)
		}
	})
}
