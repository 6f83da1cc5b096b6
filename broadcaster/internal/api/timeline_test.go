package api

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"dalaba/playlists"
)

func TestATimelineHasThePlanAboveAndTheLedgerBelow(t *testing.T) {
	y := newYesterday(t)
	horn := y.horn("1号", laoling)
	admin, chen, long := y.signIn("admin"), y.signIn("chen"), y.signIn("long")
	masks := admin.round("口罩", "30 7,9 * * *", townCode)
	y.arrive()
	check(t, y.Ledger.CatchUp(t.Context(), time.Now()))
	extra := y.play(horn, masks, y.at(7, 30), 0, "")
	extra.Play.Event, extra.Play.Due, extra.Play.Begin = "by hand", y.at(8, 0), y.at(8, 0)
	extra.Play.Airing = playlists.NewAiringID(extra.Play.Round, extra.Play.Due, horn)
	extra.Play.End = extra.Play.Begin.Add(time.Second)
	y.reports(horn, y.play(horn, masks, y.at(9, 30), 3*time.Minute, ""), y.play(horn, masks, y.at(7, 30), 0, ""), extra)
	y.reports(horn, accounted(y.at(12, 0), 1, 2))

	path := "/api/terminals/" + string(horn) + "/timeline"
	var past, today, then timelineShape
	chen.must("GET", path+"?day="+y.day.String(), nil, &past)
	if diff := cmp.Diff([]string{"07:30 口罩 played 07:30 1/1", "09:30 口罩 played 09:33 1/1 09:33 才播。"}, y.slots(past.Plan)); diff != "" {
		t.Errorf("plan (-want +got):\n%s", diff)
	}
	var plays []string
	for _, p := range past.Plays {
		plays = append(plays, p.Begin.In(y.Location).Format("15:04")+" "+p.Announcement+map[bool]string{true: " extra"}[p.Extra])
	}
	if diff := cmp.Diff([]string{"07:30 口罩", "08:00 口罩 extra", "09:33 口罩"}, plays); diff != "" {
		t.Errorf("plays (-want +got):\n%s", diff)
	}
	if past.ReportedUntil == nil || !past.ReportedUntil.Equal(y.at(12, 0)) || past.GridPath != "上西村 / 老龄社" || len(past.Quiet) != 2 {
		t.Errorf("timeline: %+v", past)
	}
	if first := past.Plan[0]; first.Volume != 70 || !first.End.Equal(y.at(7, 30).Add(time.Second)) {
		t.Errorf("the first: %+v", first)
	}
	chen.must("GET", path, nil, &today)
	chen.must("GET", path+"?day="+y.day.AddDays(2).String(), nil, &then)
	if len(today.Plan) != 2 || len(then.Plan) != 2 || then.Plan[0].State != "coming" || then.Plan[0].Volume != 80 || len(then.Plays) != 0 {
		t.Errorf("today %v, tomorrow %v", y.slots(today.Plan), y.slots(then.Plan))
	}
	if status, _ := long.refused("GET", path, nil); status != 403 {
		t.Errorf("another village: %d", status)
	}
	if status, code := chen.refused("GET", "/api/terminals/nothing/timeline", nil); status != 404 || code != "terminal_unknown" {
		t.Errorf("no such terminal: %d %s", status, code)
	}
}
