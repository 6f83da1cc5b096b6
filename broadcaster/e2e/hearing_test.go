package e2e

import (
	"fmt"
	"net/http"
	"testing"
	"time"

	"dalaba/playlists/audio"
)

// middayZone is one in which it is between twelve and one now: the ring test is for the day.
func middayZone() string { return fmt.Sprintf("Etc/GMT%+d", time.Now().UTC().Hour()-12) }

// awaitMinute waits for a moment that is up to two minutes ahead, and then for ok.
func awaitMinute(t *testing.T, what string, at time.Time, ok func() bool) {
	t.Helper()
	await(t, what+" not to be far", func() bool { return time.Until(at) < 2*time.Minute })
	timer := time.NewTimer(time.Until(at))
	defer timer.Stop()
	<-timer.C
	await(t, what, ok)
}

// asked is what the story looks at of what one is asked about.
type asked struct {
	Airing, Terminal, Round string
	Sounding                bool
	Answer                  *struct{ Heard bool }
}

func (w *town) asked() []asked {
	w.t.Helper()
	var list struct{ Asked []asked }
	w.must("GET", "/api/heard", nil, &list)
	return list.Asked
}

// setRingTest lets the ring test sound in the coming minute that leaves time to fetch it, and returns that moment.
func (w *town) setRingTest() time.Time {
	w.t.Helper()
	zone, err := time.LoadLocation(w.zone)
	if err != nil {
		w.t.Fatal(err)
	}
	due := time.Now().In(zone).Add(65 * time.Second).Truncate(time.Minute)
	weekday := (int(due.Weekday())+6)%7 + 1
	var ring struct{ Next time.Time }
	w.must("PUT", "/api/ring-test", map[string]any{"weekday": weekday, "at": due.Format("15:04")}, &ring)
	if !ring.Next.Equal(due) {
		w.t.Fatalf("the ring test is due at %s, not %s", ring.Next, due)
	}
	return due
}

func TestTheRingTestSoundsIsHeardByAPersonAndThatIsOnRecord(t *testing.T) {
	w := newTownIn(t, middayZone())
	h, silent := w.addHorn("老龄", society1, "yue"), w.addHorn("龙廻", society3, "yue")
	due := w.setRingTest()
	await(t, "the ring test to arrive", func() bool { return h.ready() && silent.ready() })
	status, ring := w.try("GET", "/api/ring-test/places/"+society1+"/audio", "", nil)
	if status != http.StatusOK {
		t.Fatalf("listen to it: %d", status)
	}
	awaitMinute(t, "the ring test to be counted", due.Add(5*time.Second), func() bool {
		return h.counts().Played == 1 && silent.counts().Played == 1
	})

	if at, c := h.heard(ring, due); c < 0.99 || at.Sub(due).Abs() > near {
		t.Errorf("heard at %s of its time with correlation %.3f", at.Sub(due), c)
	}
	const into = 250 * time.Millisecond // a chirp begins softly
	chirp, err := audio.ClipOf(audio.Chirp()[audio.Rate/4:])
	if err != nil {
		t.Fatal(err)
	}
	after := due.Add(3*time.Second + into) // the chime, a breath
	at, c := h.heard(chirp, after)
	if c < 0.99 || at.Sub(after).Abs() > near {
		t.Errorf("the chirp is heard at %s of its time with correlation %.3f", at.Sub(after), c)
	}
	t.Logf("chirp at %s of its time, correlation %.4f", at.Sub(after), c)
	for _, g := range w.day().Grids {
		if g.Touched != 0 || g.Plays != 0 {
			t.Errorf("grid %s counts %d households and %d plays", g.Code, g.Touched, g.Plays)
		}
	}

	if plays := h.plays(); len(plays) != 1 || plays[0].Evidence != 2 {
		t.Fatalf("before anybody said so: %+v", plays)
	}
	for _, x := range w.asked() {
		if x.Round != "试响" || x.Answer != nil {
			t.Errorf("asked %+v", x)
		}
		w.must("PUT", "/api/airings/"+x.Airing+"/heard", map[string]any{"terminal": x.Terminal, "heard": x.Terminal == h.id}, nil)
	}
	if plays := h.plays(); len(plays) != 1 || plays[0].Evidence != 3 {
		t.Errorf("after somebody heard it: %+v", plays)
	}
	if plays := silent.plays(); len(plays) != 1 || plays[0].Evidence != 2 {
		t.Errorf("after somebody did not: %+v", plays)
	}
	var list struct {
		Repairs []struct{ Terminal, By string }
	}
	w.must("GET", "/api/repairs?open=true", nil, &list)
	if len(list.Repairs) != 1 || list.Repairs[0].Terminal != silent.id {
		t.Errorf("for the electrician: %+v", list.Repairs)
	}
}
