package e2e

import (
	"net/http"
	"testing"
	"time"
)

// builtInChime returns the id and the bytes of the chime that comes with the software.
func (w *town) builtInChime() (digest string, recording []byte) {
	w.t.Helper()
	var list struct {
		Clips []struct {
			Digest  string
			BuiltIn bool `json:"built_in"`
		}
	}
	w.must("GET", "/api/clips", nil, &list)
	for _, c := range list.Clips {
		if c.BuiltIn {
			status, recording := w.try("GET", "/api/clips/"+c.Digest+"/audio", "", nil)
			if status != http.StatusOK {
				w.t.Fatalf("the chime's sound: %d", status)
			}
			return c.Digest, recording
		}
	}
	w.t.Fatal("there is no chime")
	return "", nil
}

// ring lets every playlist that there is begin with the chime.
func (w *town) ring(chime string) {
	w.t.Helper()
	var list struct {
		Playlists []struct {
			ID, Name string
			Entries  []any
		}
	}
	w.must("GET", "/api/playlists", nil, &list)
	for _, p := range list.Playlists {
		w.must("PUT", "/api/playlists/"+p.ID, map[string]any{"name": p.Name, "entries": p.Entries, "chime": chime}, nil)
	}
}

func TestTheChimeSoundsBeforeTheWordsAndIsNoPlay(t *testing.T) {
	w := newTown(t)
	h := w.addHorn("老龄", society1, "yue")
	chime, bells := w.builtInChime()
	words, due := noise(21, 2*time.Second), time.Now().Add(6*time.Second).Truncate(time.Second)
	w.plan("防溺水", words, due, time.Minute, society1)
	w.ring(chime)
	await(t, "both recordings to arrive", func() bool { return h.ready() && h.state().ClipsWanted == 2 })
	await(t, "the play to be counted", func() bool { return h.counts().Played == 1 })

	const lead = 2500*time.Millisecond + 300*time.Millisecond // the chime, and a breath
	rang, c := h.heard(bells, due)
	if c < 0.99 || rang.Sub(due).Abs() > near {
		t.Errorf("the chime is heard at %s of its time with correlation %.3f", rang.Sub(due), c)
	}
	t.Logf("chime at %s, correlation %.4f", rang.Sub(due), c)
	spoke, c := h.heard(words, due.Add(lead))
	if c < 0.99 || spoke.Sub(due.Add(lead)).Abs() > near {
		t.Errorf("the words are heard at %s of their time with correlation %.3f", spoke.Sub(due.Add(lead)), c)
	}
	t.Logf("words at %s after the chime, correlation %.4f", spoke.Sub(rang), c)
	if plays := h.plays(); len(plays) != 1 || plays[0].Result != "complete" || plays[0].SoundedMS != 2000 {
		t.Errorf("plays: %+v", plays)
	}
	var list struct {
		Airings []struct {
			Outcome string
			OnTime  bool `json:"on_time"`
		}
	}
	w.must("GET", "/api/airings?terminal="+h.id, nil, &list)
	if len(list.Airings) != 1 || list.Airings[0].Outcome != "played" || !list.Airings[0].OnTime {
		t.Errorf("airings: %+v", list.Airings)
	}
}
