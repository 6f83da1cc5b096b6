package api

import (
	"net/url"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"dalaba/broadcaster/internal/store"
)

// exec is a change of a table behind the rooms' backs.
func (w *town) exec(query string) func(*store.Tx) error {
	return func(tx *store.Tx) error {
		_, err := tx.ExecContext(w.t.Context(), query)
		return err
	}
}

// allDay lifts the town's night, so that tests pass at any hour.
func (w *town) allDay() {
	w.t.Helper()
	rules, err := w.Rounds.Quiet(w.t.Context())
	if err == nil {
		err = w.Rounds.Lift(w.t.Context(), rules[0].ID, time.Now().Add(72*time.Hour), "测试", "管理员")
	}
	if err != nil {
		w.t.Fatal(err)
	}
}

func TestAnAiringIsCalledOffAndReinstated(t *testing.T) {
	w := newTown(t)
	w.horn("1号", laoling)
	admin, chen, long := w.signIn("admin"), w.signIn("chen"), w.signIn("long")
	id, due := admin.round("口罩", "0 9 * * *", shangxi), w.ahead(9, 0)
	path := "/api/rounds/" + id + "/cancellations"
	admin.must("POST", path, map[string]any{"due": due}, nil)
	var list cancellationsShape
	chen.must("GET", "/api/cancellations", nil, &list)
	want := []cancellationShape{{Round: id, RoundName: "口罩", Due: due.UTC(), By: "管理员"}}
	if len(list.Cancellations) == 1 {
		want[0].At = list.Cancellations[0].At
	}
	if diff := cmp.Diff(want, list.Cancellations); diff != "" {
		t.Errorf("chen sees (-want +got):\n%s", diff)
	}
	long.must("GET", "/api/cancellations", nil, &list)
	if len(list.Cancellations) != 0 {
		t.Errorf("long sees %+v", list.Cancellations)
	}
	query := "?" + url.Values{"due": {due.Format(time.RFC3339)}}.Encode()
	if status, _ := chen.refused("DELETE", path+query, nil); status != 403 {
		t.Errorf("reinstated from below: %d", status)
	}
	admin.must("DELETE", path+query, nil, nil)
	admin.must("GET", "/api/cancellations", nil, &list)
	if len(list.Cancellations) != 0 {
		t.Errorf("after it was reinstated: %+v", list.Cancellations)
	}
	if status, code := admin.refused("POST", path, map[string]any{"due": due.Add(time.Minute)}); status != 422 || code != "airing_unknown" {
		t.Errorf("what is not due: %d %s", status, code)
	}
}

func TestAnAiringIsPutAtAnotherTimeAndRepeated(t *testing.T) {
	w := newTown(t)
	w.horn("1号", laoling)
	admin, chen := w.signIn("admin"), w.signIn("chen")
	id, due := admin.round("口罩", "0 9 * * *", townCode), w.ahead(9, 0)
	var moved, repeated, paused roundShape
	admin.must("POST", "/api/rounds/"+id+"/move", map[string]any{"due": due, "to": due.Add(time.Hour)}, &moved)
	if !moved.Once || moved.ID == id || len(moved.Next) != 1 || !moved.Next[0].Equal(due.Add(time.Hour)) {
		t.Errorf("moved: %+v", moved)
	}
	chen.must("POST", "/api/rounds/"+id+"/repeat", map[string]any{"at": due.Add(2 * time.Hour)}, &repeated)
	if !repeated.Once || repeated.Owner != shangxi || !cmp.Equal(repeated.Targets, []string{shangxi}) {
		t.Errorf("repeated: %+v", repeated)
	}
	admin.must("PUT", "/api/rounds/"+id+"/paused", map[string]any{"paused": true}, &paused)
	if !paused.Paused || len(paused.Next) != 0 || paused.Over {
		t.Errorf("paused: %+v", paused)
	}
}

func TestSomethingIsPlayedAtOnce(t *testing.T) {
	w := newTown(t)
	horn := w.horn("1号", laoling)
	chen := w.signIn("chen")
	list := chen.playlist("口罩")
	now := map[string]any{"playlist": list, "targets": []string{laoling}}
	var made roundShape
	w.allDay()
	chen.must("POST", "/api/play-now", now, &made)
	if !made.Once || made.Owner != shangxi || len(made.Next) != 1 || time.Until(made.Next[0]) > time.Minute {
		t.Errorf("made: %+v", made)
	}
	chen.must("POST", "/api/temporary-quiet", hush(map[string]any{"terminal": horn, "grid": laoling}), nil)
	if status, code := chen.refused("POST", "/api/play-now", now); status != 409 || code != "quiet_now" {
		t.Errorf("in quiet: %d %s", status, code)
	}
	now["targets"] = []string{longhui}
	if status, _ := chen.refused("POST", "/api/play-now", now); status != 403 {
		t.Errorf("in another village: %d", status)
	}
	long := w.signIn("long")
	if status, code := long.refused("POST", "/api/play-now", now); status != 422 || code != "playlist_unknown" {
		t.Errorf("another village's playlist: %d %s", status, code)
	}
}
