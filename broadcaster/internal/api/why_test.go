package api

import (
	"net/url"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"dalaba/playlists"
)

// why asks about a minute at a terminal.
func (v *visitor) why(terminal playlists.TerminalID, at time.Time) (out whyShape) {
	v.t.Helper()
	v.must("GET", "/api/why?"+url.Values{"terminal": {string(terminal)}, "at": {at.Format(time.RFC3339)}}.Encode(), nil, &out)
	for _, line := range out.Lines {
		if coded.MatchString(line) {
			v.t.Errorf("a code on the screen: %q", line)
		}
	}
	return out
}

func TestWhyIsAnsweredInOneSentence(t *testing.T) {
	y := newYesterday(t)
	horn := y.horn("3号", shangxi)
	admin, chen, long := y.signIn("admin"), y.signIn("chen"), y.signIn("long")
	masks := admin.round("口罩", "30 7,9,10 * * *", shangxi)
	village := chen.round("村里", "30 9 * * *", shangxi)
	var ends roundShape
	last := y.day.AddDays(-1)
	admin.must("POST", "/api/rounds", admin.draft("早间", 12, 0, nil), &ends)
	y.write(y.exec(`UPDATE rounds SET timetable = '{"cron":"0 12 * * *","until":"` + last.String() + `"}' WHERE name = '早间'`))
	y.arrive()
	check(t, y.Ledger.CatchUp(t.Context(), time.Now()))
	y.reports(horn,
		y.play(horn, masks, y.at(7, 30), 0, ""),
		y.play(horn, masks, y.at(9, 30), 0, ""),
		y.miss(horn, masks, y.at(10, 30), playlists.CausePowerOff, ""),
	)
	tomorrow := playlists.DateOf(time.Now().In(y.Location)).AddDays(1)
	then := func(hour, minute int) time.Time {
		return playlists.NewTimeOfDay(hour, minute, 0).On(tomorrow, y.Location)
	}
	chen.must("POST", "/api/temporary-quiet", hush(map[string]any{"grid": shangxi, "begin": then(7, 25), "end": then(7, 34)}), nil)
	for _, test := range []struct {
		name    string
		at      time.Time
		verdict string
		lines   []string
	}{
		{"it sounded", y.at(7, 30), "sounds", []string{"07:30 上西村 3号:《口罩》粤语。"}},
		{"one sounded, of the other nothing is known", y.at(9, 30), "sounds", []string{
			"09:30 上西村 3号:《口罩》粤语。", "09:30 上西村 3号:《村里》粤语。播没播,要等喇叭连上才知道。",
		}},
		{"the power was off", y.at(10, 30), "absent", []string{"10:30 上西村 3号:《口罩》粤语,没播成,因为停电。"}},
		{"a superior's comes first, by a second", then(9, 30), "sounds", []string{
			"09:30 上西村 3号:《口罩》粤语。", "09:30 上西村 3号:《村里》粤语。",
		}},
		{"it has to wait", then(7, 30), "absent", []string{
			"07:30 上西村 3号:《口罩》粤语,顺延到 07:34,因为临时静音(丧事)。",
		}},
		{"it has waited", then(7, 34), "sounds", []string{
			"07:30 上西村 3号:《口罩》粤语,07:34 才播,因为临时静音(丧事)。",
		}},
		{"the night", then(3, 0), "quiet", []string{"03:00 上西村 3号 静音到 06:00,因为静音时段。"}},
		{"nothing", then(15, 0), "nothing", []string{"15:00 上西村 3号 没有安排。"}},
	} {
		got := chen.why(horn, test.at)
		if got.Verdict != test.verdict || !cmp.Equal(got.Lines, test.lines) {
			t.Errorf("%s: %s %s", test.name, got.Verdict, cmp.Diff(test.lines, got.Lines))
		}
	}
	got := chen.why(horn, then(9, 30))
	if diff := cmp.Diff([]nameRef{{masks, "口罩"}, {village, "村里"}}, got.Rounds); diff != "" {
		t.Errorf("rounds to go to (-want +got):\n%s", diff)
	}
	if got.Name != "3号" || got.GridPath != "上西村" || got.Before == nil || got.Before.RoundName != "口罩" || got.Before.State != "coming" ||
		got.After == nil || !got.After.Due.Equal(then(10, 30)) || got.After.MayEdit {
		t.Errorf("beside it: %+v", got)
	}
	if status, _ := long.refused("GET", "/api/why?"+url.Values{"terminal": {string(horn)}, "at": {y.at(7, 30).Format(time.RFC3339)}}.Encode(), nil); status != 403 {
		t.Errorf("another village asks: %d", status)
	}
}
