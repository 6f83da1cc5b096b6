package api

import (
	"net/url"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"dalaba/playlists"
)

// draft is a round of a new playlist called name at hour:minute every day, changed as change says.
func (v *visitor) draft(name string, hour, minute int, change map[string]any) map[string]any {
	v.t.Helper()
	at := playlists.NewTimeOfDay(hour, minute, 0)
	body := map[string]any{
		"name": name, "playlist": v.playlist(name), "targets": []string{shangxi}, "class": "announcement", "lateness_ms": 0,
		"paused": false, "timetable": playlists.Timetable{Every: &playlists.Every{Minutes: 1, From: at, To: at}},
	}
	for k, x := range change {
		body[k] = x
	}
	return body
}

// ahead is the next hour:minute in the town's zone.
func (w *town) ahead(hour, minute int) time.Time {
	day := playlists.DateOf(time.Now().In(w.Location))
	at := playlists.NewTimeOfDay(hour, minute, 0).On(day, w.Location)
	if !at.After(time.Now()) {
		at = playlists.NewTimeOfDay(hour, minute, 0).On(day.AddDays(1), w.Location)
	}
	return at
}

func TestWhatARoundMustManageGoesBothWays(t *testing.T) {
	w := newTown(t)
	admin := w.signIn("admin")
	until := time.Now().Add(48 * time.Hour).UTC().Truncate(time.Millisecond)
	body := admin.draft("口罩", 9, 0, map[string]any{
		"mandatory": true, "unlimited_until": until, "unlimited_reason": "防疫", "quota_starts": 3, "spacing_ms": 60_000,
	})
	var made, kept roundShape
	admin.must("POST", "/api/rounds", body, &made)
	if !made.Mandatory || !made.Unlimited.Equal(until) || made.UnlimitedFor != "防疫" || made.QuotaStarts != 3 || made.SpacingMS != 60_000 {
		t.Errorf("made: %+v", made)
	}
	if made.Once || made.Over || !made.MayEdit || made.By != "管理员" || len(made.Next) != nextShown {
		t.Errorf("made: %+v", made)
	}
	delete(body, "unlimited_until")
	body["quota_starts"] = 0
	admin.must("PUT", "/api/rounds/"+made.ID, body, &kept)
	if kept.Unlimited != nil || kept.UnlimitedFor != "" || kept.QuotaStarts != 0 || !kept.Mandatory {
		t.Errorf("changed: %+v", kept)
	}
}

func TestOnlyAnAdministratorLiftsTheDailyLimits(t *testing.T) {
	w := newTown(t)
	chen, admin := w.signIn("chen"), w.signIn("admin")
	until := time.Now().Add(48 * time.Hour)
	body := chen.draft("口罩", 9, 0, nil)
	var made roundShape
	chen.must("POST", "/api/rounds", body, &made)
	body["unlimited_until"], body["unlimited_reason"] = until, "急"
	for _, call := range [][2]string{{"POST", "/api/rounds"}, {"PUT", "/api/rounds/" + made.ID}, {"POST", "/api/rounds/check"}} {
		if status, _ := chen.refused(call[0], call[1], body); status != 403 {
			t.Errorf("%s %s by an official: %d", call[0], call[1], status)
		}
	}
	admin.must("PUT", "/api/rounds/"+made.ID, body, nil)
	chen.must("PUT", "/api/rounds/"+made.ID, body, nil) // it stays as it is
	body["unlimited_until"] = until.Add(time.Hour)
	if status, _ := chen.refused("PUT", "/api/rounds/"+made.ID, body); status != 403 {
		t.Errorf("prolonged by an official: %d", status)
	}
}

func TestRoundsOfAnotherVillageAreOutOfReach(t *testing.T) {
	w := newTown(t)
	w.horn("1号", shangxi)
	chen, long := w.signIn("chen"), w.signIn("long")
	body := chen.draft("口罩", 9, 0, nil)
	var made roundShape
	chen.must("POST", "/api/rounds", body, &made)
	due := w.ahead(9, 0)
	one := "/api/rounds/" + made.ID
	for _, call := range []struct {
		method, path string
		body         any
	}{
		{"PUT", one, body},
		{"DELETE", one, nil},
		{"GET", one + "/late", nil},
		{"PUT", one + "/paused", map[string]any{"paused": true}},
		{"POST", one + "/copy", map[string]any{"name": "二"}},
		{"POST", one + "/repeat", map[string]any{"at": due.Add(time.Hour)}},
		{"POST", one + "/move", map[string]any{"due": due, "to": due.Add(time.Hour)}},
		{"POST", one + "/cancellations", map[string]any{"due": due}},
		{"DELETE", one + "/cancellations?" + url.Values{"due": {due.Format(time.RFC3339)}}.Encode(), nil},
		{"POST", "/api/rounds/dry-run", body},
		{"POST", "/api/rounds/dry-run?id=" + made.ID, body},
		{"POST", "/api/play-now", map[string]any{"playlist": made.Playlist, "targets": []string{shangxi}}},
		{"GET", "/api/calendar?grid=" + shangxi, nil},
		{"GET", "/api/calendar?grid=" + townCode, nil},
	} {
		if status, code := long.refused(call.method, call.path, call.body); status != 403 {
			t.Errorf("%s %s: %d %s", call.method, call.path, status, code)
		}
	}
	var list roundsShape
	long.must("GET", "/api/rounds", nil, &list)
	if len(list.Rounds) != 0 {
		t.Errorf("it is shown: %+v", list.Rounds)
	}
}

func TestASuperiorsRoundIsSeenAndNotChanged(t *testing.T) {
	w := newTown(t)
	admin, chen := w.signIn("admin"), w.signIn("chen")
	var made roundShape
	admin.must("POST", "/api/rounds", admin.draft("口罩", 9, 0, nil), &made)
	var list roundsShape
	chen.must("GET", "/api/rounds", nil, &list)
	if len(list.Rounds) != 1 || list.Rounds[0].MayEdit {
		t.Errorf("chen sees %+v", list.Rounds)
	}
	if status, _ := chen.refused("PUT", "/api/rounds/"+made.ID+"/paused", map[string]any{"paused": true}); status != 403 {
		t.Errorf("paused from below: %d", status)
	}
	var copied roundShape
	chen.must("POST", "/api/rounds/"+made.ID+"/copy", map[string]any{"name": "口罩二"}, &copied)
	if copied.Owner != shangxi || !copied.Paused || !copied.MayEdit || !cmp.Equal(copied.Targets, []string{shangxi}) {
		t.Errorf("copied: %+v", copied)
	}
}

func TestRoundsWithOneFiringLeaveTheList(t *testing.T) {
	w := newTown(t)
	admin := w.signIn("admin")
	admin.round("口罩", "0 9 * * *", shangxi)
	admin.must("POST", "/api/rounds", admin.draft("昨天", 9, 0, nil), nil)
	past := playlists.DateOf(time.Now().In(w.Location)).AddDays(-1)
	w.write(w.exec(`UPDATE rounds SET timetable = '{"every":{"minutes":1,"from":"09:00","to":"09:00"},"from":"` +
		past.String() + `","until":"` + past.String() + `"}' WHERE name = '昨天'`))
	for path, want := range map[string]int{"/api/rounds": 1, "/api/rounds?over=true": 2} {
		var list roundsShape
		admin.must("GET", path, nil, &list)
		if len(list.Rounds) != want {
			t.Errorf("%s: %d rounds", path, len(list.Rounds))
		}
		for _, x := range list.Rounds {
			if gone := x.Name == "昨天"; x.Once != gone || x.Over != gone {
				t.Errorf("%s: once %v, over %v", x.Name, x.Once, x.Over)
			}
		}
	}
}
