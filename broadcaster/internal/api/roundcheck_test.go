package api

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"dalaba/broadcaster/internal/store"
	"dalaba/playlists"
)

func TestADryRunSaysInWordsWhatBecomesOfOthers(t *testing.T) {
	w := newTown(t)
	w.horn("1号", laoling)
	w.horn("2号", laoling)
	chen, admin := w.signIn("chen"), w.signIn("admin")
	var village roundShape
	chen.must("POST", "/api/rounds", chen.draft("村里", 12, 0, nil), &village)
	var run dryRunShape
	admin.must("POST", "/api/rounds/dry-run", admin.draft("口罩", 12, 0, nil), &run)
	if len(run.Outcomes) != 1 || run.Unplanned != 0 {
		t.Fatalf("run: %+v", run)
	}
	o := run.Outcomes[0]
	if diff := cmp.Diff([]string{"上西村 / 老龄社 1号", "上西村 / 老龄社 2号"}, o.Terminals); diff != "" {
		t.Errorf("terminals (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]string{"《口罩》粤语"}, o.Contents); diff != "" {
		t.Errorf("contents (-want +got):\n%s", diff)
	}
	if o.Sounds < 13 || o.Moves < 13 || len(o.Others) < 13 || !cmp.Equal(o.Dialects, []string{"yue"}) {
		t.Fatalf("outcome: %+v", o)
	}
	other := o.Others[0]
	if other.Round != "村里" || other.Kind != "moved" || other.Reason != "顺延到 12:00:01,因为镇里的《口罩》在先。" {
		t.Errorf("other: %+v", other)
	}
	// The village's own draft gives way, and loses what quiet takes.
	chen.must("POST", "/api/rounds/dry-run?id="+village.ID, chen.draft("村里", 23, 0, nil), &run)
	if own := run.Outcomes[0].Own; len(own) < 13 || own[0].Kind != "own" || own[0].Start != nil || own[0].Reason != "不会播:静音时段。" {
		t.Errorf("own: %+v", own)
	}
	if status, text := chen.try("POST", "/api/rounds/dry-run", chen.draft("村里", 23, 0, nil), english); status != 200 ||
		!strings.Contains(string(text), "It will not sound: quiet hours.") {
		t.Errorf("in English: %d %s", status, text)
	}
}

func TestADryRunSaysInWordsWhatIsBeyondTheDailyLimits(t *testing.T) {
	w := newTown(t)
	w.horn("1号", laoling)
	w.write(func(tx *store.Tx) error { return w.Rounds.FoundLimits(t.Context(), tx, townCode) })
	chen := w.signIn("chen")
	from := playlists.NewTimeOfDay(12, 0, 0)
	every := map[string]any{"timetable": playlists.Timetable{Every: &playlists.Every{Minutes: 1, From: from, To: from + 3600}}}
	var run dryRunShape
	chen.must("POST", "/api/rounds/dry-run", chen.draft("口罩", 12, 0, every), &run)
	if o := run.Outcomes[0]; o.Missed < 13*(61-6) || o.Own[0].Reason != "不会播:《口罩》当天已播满 6 遍。" {
		t.Errorf("%d are missed: %+v", o.Missed, o.Own[:min(len(o.Own), 1)])
	}
}

func TestACheckTellsWhoCannotBeToldInTime(t *testing.T) {
	w := newTown(t)
	w.allDay()
	chen := w.signIn("chen")
	for _, name := range []string{"1号", "2号", "3号", "4号"} {
		w.horn(name, laoling)
	}
	soon := time.Now().In(w.Location).Add(20 * time.Minute)
	body := chen.draft("口罩", soon.Hour(), soon.Minute(), nil)
	var preview previewShape
	chen.must("POST", "/api/rounds/check", body, &preview)
	at := soon.Format("15:04")
	want := "上西村 / 老龄社 1号、上西村 / 老龄社 2号、上西村 / 老龄社 3号 等 4 个喇叭现在没连上," + at + " 以前收不到这次改动,还会照旧播。"
	if preview.Late.Sentence != want || len(preview.Late.Terminals) != 4 || preview.Late.Next.In(w.Location).Format("15:04") != at {
		t.Errorf("late: %+v", preview.Late)
	}
	var made roundShape
	chen.must("POST", "/api/rounds", body, &made)
	var late lateShape
	chen.must("GET", "/api/rounds/"+made.ID+"/late", nil, &late)
	if diff := cmp.Diff(preview.Late, late); diff != "" {
		t.Errorf("before it is paused (-want +got):\n%s", diff)
	}
}

func TestACheckAndADryRunTellHowLoudARoundWillBeInTruth(t *testing.T) {
	w := newTown(t)
	w.horn("1号", laoling)
	admin, chen := w.signIn("admin"), w.signIn("chen")
	body := chen.draft("口罩", 12, 0, map[string]any{"volume": 80})
	var preview previewShape
	var run dryRunShape
	chen.must("POST", "/api/rounds/dry-run", body, &run)
	if run.Outcomes[0].Volume != "" {
		t.Errorf("where nothing holds it: %q", run.Outcomes[0].Volume)
	}
	admin.must("POST", "/api/volume", map[string]any{"grid": townCode, "from": "11:00", "to": "14:00", "percent": 40, "floor": 0, "cap": 60}, nil)
	const want = "想要音量 80%,按那里的音量规定只能是 60%。"
	chen.must("POST", "/api/rounds/check", body, &preview)
	if !slices.Contains(preview.Warnings, want) {
		t.Errorf("check: %q", preview.Warnings)
	}
	chen.must("POST", "/api/rounds/dry-run", body, &run)
	if run.Outcomes[0].Volume != want {
		t.Errorf("dry run: %q", run.Outcomes[0].Volume)
	}
	var made roundShape
	chen.must("POST", "/api/rounds", body, &made)
	if made.Volume != 80 {
		t.Errorf("kept %d", made.Volume)
	}
}
