package api

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"dalaba/playlists"
)

func TestTheRingTestIsTheAdministratorsToSetAndEverybodySeesIt(t *testing.T) {
	w := newTown(t)
	horn := w.horn("老龄社喇叭", laoling)
	admin, chen := w.signIn("admin"), w.signIn("chen")
	var ring ringTestShape
	chen.must("GET", "/api/ring-test", nil, &ring)
	if ring.On || ring.MayEdit || len(ring.Places) != 2 {
		t.Errorf("before it is set: %+v", ring)
	}
	wednesday := map[string]any{"weekday": 3, "at": "10:00"}
	if status, code := chen.refused("PUT", "/api/ring-test", wednesday); status != 403 {
		t.Errorf("an official sets it: %d %s", status, code)
	}
	if status, code := admin.refused("PUT", "/api/ring-test", map[string]any{"weekday": 3, "at": "07:00"}); status != 422 || code != "ring_test_out_of_hours" {
		t.Errorf("early: %d %s", status, code)
	}
	admin.must("PUT", "/api/ring-test", wednesday, &ring)
	if !ring.On || !ring.MayEdit || ring.At != "10:00" || ring.Next == nil || ring.Next.In(w.Location).Format("Mon 15:04") != "Wed 10:00" {
		t.Errorf("%+v", ring)
	}
	planned, err := w.Rounds.Upcoming(t.Context(), []playlists.TerminalID{horn}, time.Now(), time.Now().Add(7*24*time.Hour))
	check(t, err)
	if len(planned) != 1 || planned[0].Round.ID != playlists.RingTest || !planned[0].Due.Equal(*ring.Next) {
		t.Errorf("%+v", planned)
	}
	var all roundsShape
	admin.must("GET", "/api/rounds", nil, &all)
	if len(all.Rounds) != 0 {
		t.Errorf("among the rounds that people make: %+v", all.Rounds)
	}
	var changes changesShape
	admin.must("GET", "/api/changes", nil, &changes)
	if len(changes.Changes) == 0 || changes.Changes[0].Sentence != "管理员新建了每周试响。" {
		t.Errorf("%+v", changes.Changes)
	}
	admin.must("DELETE", "/api/ring-test", nil, &ring)
	if ring.On {
		t.Errorf("%+v", ring)
	}
}

func TestTheCalendarAndTheTimelineShowTheRingTestAndLetNobodyEditItThere(t *testing.T) {
	w := newTown(t)
	horn := w.horn("老龄社喇叭", laoling)
	admin := w.signIn("admin")
	var ring ringTestShape
	admin.must("PUT", "/api/ring-test", map[string]any{"weekday": 3, "at": "10:00"}, &ring)
	day := playlists.DateOf(ring.Next.In(w.Location)).String()
	var calendar calendarShape
	admin.must("GET", "/api/calendar?from="+day+"&days=1", nil, &calendar)
	var slots []slotShape
	for _, d := range calendar.Days {
		slots = append(slots, d.Slots...)
	}
	var line timelineShape
	admin.must("GET", "/api/terminals/"+string(horn)+"/timeline?day="+day, nil, &line)
	slots = append(slots, line.Plan...)
	if len(slots) != 2 {
		t.Fatalf("%+v", slots)
	}
	for _, s := range slots {
		if s.RoundName != "试响" || s.MayEdit || s.Movable || len(s.Contents) != 1 {
			t.Errorf("%+v", s)
		}
	}
	for _, call := range []struct{ method, path string }{
		{"POST", "/api/rounds/ring-test/cancellations"}, {"DELETE", "/api/rounds/ring-test"},
	} {
		body := map[string]any{"due": ring.Next}
		if call.method != "POST" {
			body = nil
		}
		if status, code := admin.refused(call.method, call.path, body); status != 404 || code != "round_unknown" {
			t.Errorf("%s %s: %d %s", call.method, call.path, status, code)
		}
	}
	if _, err := w.Rounds.Round(t.Context(), playlists.RingTest); err == nil {
		t.Error("it is a round that people may change")
	}
}

func TestAPlaceHasARecordingAsItsNameThatTheLibraryKeeps(t *testing.T) {
	w := newTown(t)
	w.horn("老龄社喇叭", laoling)
	admin, chen := w.signIn("admin"), w.signIn("chen")
	clip := admin.upload("上西村")
	path := "/api/ring-test/places/" + shangxi
	if status, _ := chen.refused("PUT", path, map[string]any{"clip": clip}); status != 403 {
		t.Errorf("an official names it: %d", status)
	}
	var ring ringTestShape
	admin.must("PUT", path, map[string]any{"clip": clip}, &ring)
	for _, x := range ring.Places {
		if (x.Grid == townCode) == (x.From == "上西村") || (x.Grid == shangxi) != (x.ClipTitle == "上西村") {
			t.Errorf("%+v", x)
		}
	}
	if status, code := admin.refused("DELETE", "/api/clips/"+clip, nil); status != 409 || code != "recording_in_use" {
		t.Errorf("remove the recording: %d %s", status, code)
	}
	check(t, w.Library.Recover(t.Context()))
	if status, _ := chen.try("GET", "/api/ring-test/places/"+laoling+"/audio", nil, chinese); status != 200 {
		t.Errorf("listen: %d", status)
	}
	admin.must("PUT", path, map[string]any{"clip": clip}, nil)
	admin.must("PUT", path, map[string]any{"clip": admin.upload("上西")}, nil)
	admin.must("DELETE", path, nil, &ring)
	admin.must("DELETE", "/api/clips/"+clip, nil, nil)
	want := []string{"管理员删了上西村的地名录音。", "管理员改了上西村的地名录音。", "管理员新建了上西村的地名录音。"}
	if diff := cmp.Diff(want, chen.said("/api/changes?subject=place_name", chinese)); diff != "" {
		t.Errorf("written down (-want +got):\n%s", diff)
	}
}
