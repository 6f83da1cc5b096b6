package api

import (
	"encoding/json"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"dalaba/broadcaster/internal/rounds"
	"dalaba/broadcaster/internal/territory"
)

// said returns the sentences of the changes that v sees at path, newest first.
func (v *visitor) said(path string, l language) []string {
	v.t.Helper()
	_, text := v.try("GET", path, nil, l)
	var list changesShape
	if err := json.Unmarshal(text, &list); err != nil {
		v.t.Fatalf("%s: %v in %s", path, err, text)
	}
	return shapes(list.Changes, func(c changeShape) string { return c.Sentence })
}

func TestAChangeSaysWhoDidWhatInBothLanguages(t *testing.T) {
	w := newTown(t)
	horn := w.horn("1号", xianfeng)
	chen, admin := w.signIn("chen"), w.signIn("admin")
	id := chen.round("早间", "30 7 * * *", laoling)
	var list roundsShape
	chen.must("GET", "/api/rounds", nil, &list)
	chen.must("PUT", "/api/rounds/"+id, map[string]any{
		"name": "早间", "playlist": list.Rounds[0].Playlist, "targets": []string{laoling, xianfeng}, "class": "announcement",
		"lateness_ms": list.Rounds[0].LatenessMS, "paused": false, "timetable": map[string]any{"cron": "0 8 * * *"},
	}, nil)
	chen.must("GET", "/api/rounds", nil, &list)
	due := list.Rounds[0].Next[0]
	chen.must("POST", "/api/rounds/"+id+"/cancellations", map[string]any{"due": due, "terminal": horn}, nil)
	chen.must("PUT", "/api/rounds/"+id+"/paused", map[string]any{"paused": true}, nil)
	admin.must("PUT", "/api/limits", map[string]any{"minutes": 60, "plays": 0}, nil)
	admin.must("PUT", "/api/holidays/春节", map[string]any{"days": []string{"2031-01-23"}}, nil)
	var quiet temporaryQuietShape
	chen.must("POST", "/api/temporary-quiet", hush(map[string]any{"terminal": horn}), &quiet)
	chen.must("DELETE", "/api/temporary-quiet/"+quiet.ID, nil, nil)
	day := func(l language, at time.Time) string { return dated(l, at.In(w.Location), time.Now()) }
	tests := []struct {
		path   string
		zh, en []string
	}{
		{
			"/api/changes?subject=temporary_quiet",
			[]string{
				"陈社长提前结束了上西村 / 先锋社 1号 的临时静音(丧事)。",
				"陈社长定了上西村 / 先锋社 1号 的临时静音(丧事)," + day(chinese, quiet.Begin) + " 到 " + day(chinese, quiet.End) + "。",
			},
			[]string{
				"陈社长 ended temporary quiet at 上西村 / 先锋社 1号 (funeral) early.",
				"陈社长 ordered temporary quiet at 上西村 / 先锋社 1号 (funeral), from " + day(english, quiet.Begin) + " to " + day(english, quiet.End) + ".",
			},
		},
		{
			"/api/changes?subject=round",
			[]string{"陈社长暂停了定时播《早间》。", "陈社长把定时播《早间》改了:播放范围、时间。", "陈社长新建了定时播《早间》。"},
			[]string{"陈社长 paused round “早间”.", "陈社长 changed round “早间”: places, times.", "陈社长 made round “早间”."},
		},
		{
			"/api/changes?subject=cancellation",
			[]string{"陈社长取消了《早间》" + day(chinese, due) + " 在 上西村 / 先锋社 1号 那一次。"},
			[]string{"陈社长 called off “早间” at " + day(english, due) + ", at 上西村 / 先锋社 1号."},
		},
		{"/api/changes?subject=limits", []string{"管理员把全镇每天的播放上限改了:每天分钟数。"}, []string{"管理员 changed the town's daily limits: minutes a day."}},
		{"/api/changes?subject=holidays", []string{"管理员新建了假日表“春节”。"}, []string{"管理员 made list of days “春节”."}},
		{"/api/changes?subject=quiet", []string{"系统新建了九江镇 22:00–06:00 的静音时段。"}, []string{"The system made quiet hours 22:00–06:00 at 九江镇."}},
	}
	for _, test := range tests {
		if diff := cmp.Diff(test.zh, admin.said(test.path, chinese)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", test.path, diff)
		}
		if diff := cmp.Diff(test.en, admin.said(test.path, english)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", test.path, diff)
		}
	}
}

func TestEveryoneSeesTheChangesOfHisOwnGrids(t *testing.T) {
	w := newTown(t)
	chen, long, admin := w.signIn("chen"), w.signIn("long"), w.signIn("admin")
	rule := map[string]any{"grid": laoling, "from": "12:00", "to": "14:00", "note": ""}
	chen.must("POST", "/api/quiet", rule, nil)
	admin.must("PUT", "/api/holidays/春节", map[string]any{"days": []string{"2031-01-23"}}, nil)
	for who, want := range map[*visitor]int{admin: 3, chen: 1, long: 0} { // the town's night is the third
		if said := who.said("/api/changes", chinese); len(said) != want {
			t.Errorf("sees %q, want %d", said, want)
		}
	}
	for _, code := range []string{shangxi, townCode} {
		if status, _ := long.refused("GET", "/api/changes?grid="+code, nil); status != 403 {
			t.Errorf("long at %s: %d", code, status)
		}
	}
}

func TestChangesComeInPages(t *testing.T) {
	w := newTown(t)
	admin := w.signIn("admin")
	for _, minutes := range []int{10, 20, 30, 40} {
		admin.must("PUT", "/api/limits", map[string]any{"minutes": minutes, "plays": 0}, nil)
	}
	var all, page changesShape
	admin.must("GET", "/api/changes", nil, &all)
	var seen []int64
	for path, pages := "/api/changes?limit=2", 0; pages < 4; pages++ {
		page = changesShape{}
		admin.must("GET", path, nil, &page)
		for _, c := range page.Changes {
			seen = append(seen, c.Seq)
		}
		if page.Before == 0 {
			break
		}
		path = "/api/changes?limit=2&before=" + strconv.FormatInt(page.Before, 10)
	}
	if !slices.Equal(seen, shapes(all.Changes, func(c changeShape) int64 { return c.Seq })) || len(seen) != 5 {
		t.Errorf("pages show %v of %d", seen, len(all.Changes))
	}
}

func TestEveryActOnEverythingHasASentence(t *testing.T) {
	a := New(Options{Location: time.UTC}, NewFeed())
	thing := json.RawMessage(`{"terminal":"t","reason":"exam","due":"2026-01-23T07:30:00Z","lift_reason":"演练","lifted_until":"2026-01-23T07:30:00Z"}`)
	subjects := []rounds.Subject{
		rounds.SubjectAnnouncement, rounds.SubjectPlaylist, rounds.SubjectRound, rounds.SubjectQuiet, rounds.SubjectTemporaryQuiet,
		rounds.SubjectQuietPlace, rounds.SubjectVolume, rounds.SubjectLimits, rounds.SubjectHolidays, rounds.SubjectCancellation,
		rounds.SubjectMute, rounds.SubjectRingTest, rounds.SubjectPlaceName,
	}
	acts := []rounds.Act{
		rounds.ActMade, rounds.ActChanged, rounds.ActRemoved, rounds.ActPaused, rounds.ActResumed, rounds.ActLifted,
		rounds.ActRestored, rounds.ActEnded, rounds.ActCancelled, rounds.ActReinstated,
	}
	for _, subject := range subjects {
		for _, act := range acts {
			for _, l := range []language{chinese, english} {
				c := rounds.Change{Subject: subject, Act: act, By: "陈社长", Name: "早间", Grid: shangxi, After: thing}
				said := a.changeSentence(l, &ground{names: territory.Names{shangxi: "上西村"}}, c, nil)
				if strings.ContainsAny(said, "{_") || strings.Contains(said, "  ") {
					t.Errorf("%s %s: %q", act, subject, said)
				}
			}
		}
	}
	for _, reason := range []rounds.QuietReason{rounds.QuietFuneral, rounds.QuietIllness, rounds.QuietExam, rounds.QuietOther} {
		if p, known := sentenceOf("quiet_for_" + string(reason)); !known || p.zh != reason.Name() {
			t.Errorf("%s is called %q here and %q in the programme", reason, p.zh, reason.Name())
		}
	}
}

func TestWhatDiffersIsNamedOnceAndWithinBounds(t *testing.T) {
	wide := `{"x":1`
	for i := range 40 {
		wide += `,"k` + strconv.Itoa(i) + `":1`
	}
	tests := []struct {
		name          string
		before, after string
		want          []string
	}{
		{"made", "", `{"a":1}`, []string{}},
		{"removed", `{"a":1}`, "", []string{}},
		{"changed, come and gone", `{"a":1,"b":2,"gone":3}`, `{"a":1,"b":3,"new":4}`, []string{"b", "gone", "new"}},
		{"of itself", `{"since":1,"by":"x","created":2,"at":3}`, `{"since":2,"by":"y","created":3,"at":4}`, []string{}},
		{"no things", `[1]`, `7`, []string{}},
	}
	for _, test := range tests {
		if diff := cmp.Diff(test.want, differing(json.RawMessage(test.before), json.RawMessage(test.after))); diff != "" {
			t.Errorf("%s (-want +got):\n%s", test.name, diff)
		}
	}
	if got := differing(json.RawMessage("{}"), json.RawMessage(wide+"}")); len(got) != maxChangeFields {
		t.Errorf("%d fields", len(got))
	}
}
