package api

import (
	"encoding/json"
	"strings"
	"testing"

	"dalaba/broadcaster/internal/store"
)

func TestADayThatNobodyLivesToSeeIsRefusedInWords(t *testing.T) {
	w := newTown(t)
	one := string(w.horn("1号", laoling))
	chen := w.signIn("chen")
	for _, path := range []string{
		"/api/why?terminal=" + one + "&at=9999-12-31T23:59:59Z",
		"/api/why?terminal=" + one + "&at=1999-12-30T00:00:00Z",
		"/api/calendar?days=7&from=9999-12-30",
		"/api/terminals/" + one + "/timeline?day=9999-12-31",
		"/api/reconciliation?day=9999-12-31",
		"/api/day?day=9999-12-31",
		"/api/airings?day=9999-12-31",
		"/api/plays?day=1066-10-14",
	} {
		if status, code := chen.refused("GET", path, nil); status != 422 || code != "moment_out_of_range" {
			t.Errorf("%s: %d %s", path, status, code)
		}
	}
	for _, path := range []string{
		"/api/why?terminal=" + one + "&at=2199-12-31T12:00:00Z", "/api/calendar?days=7&from=2199-12-31",
		"/api/terminals/" + one + "/timeline?day=2000-01-01", "/api/reconciliation?day=2199-12-31",
	} {
		chen.must("GET", path, nil, nil)
	}
}

func TestARoundThatIsKeptWithAFarDayCutsNobodyOff(t *testing.T) {
	w := newTown(t)
	chen := w.signIn("chen")
	w.horn("1号", laoling)
	id := chen.round("口罩", "0 9 * * *", laoling)
	w.write(func(tx *store.Tx) error { // as earlier versions kept it
		_, err := tx.ExecContext(t.Context(), `UPDATE rounds SET timetable = $1`, `{"cron":"0 9 * * *","from":"9999-12-31"}`)
		return err
	})
	var list roundsShape
	chen.must("GET", "/api/rounds", nil, &list)
	if len(list.Rounds) != 1 || list.Rounds[0].ID != id || len(list.Rounds[0].Next) != 0 {
		t.Errorf("rounds: %+v", list.Rounds)
	}
	chen.must("GET", "/api/rounds/"+id+"/late", nil, nil)
	chen.must("GET", "/api/calendar", nil, nil)
}

func TestAQuestionThatNoRouteAsksIsRefused(t *testing.T) {
	w := newTown(t)
	chen := w.signIn("chen")
	for _, path := range []string{"/api/reconciliation?grid=" + laoling, "/api/day?grid=" + laoling} {
		status, text := chen.try("GET", path, nil, chinese)
		var p problemShape
		if err := json.Unmarshal(text, &p); err != nil || status != 422 || p.Code != "request_shape" || !strings.Contains(string(text), "query.grid") {
			t.Errorf("%s: %d %s", path, status, text)
		}
	}
	chen.must("GET", "/api/changes?grid="+laoling, nil, nil)
}
