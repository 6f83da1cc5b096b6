package api

import (
	"strings"
	"testing"
	"time"

	"dalaba/broadcaster/internal/access"
)

// hush is what somebody sends who wants temporary quiet, changed as change says.
func hush(change map[string]any) map[string]any {
	body := map[string]any{
		"grid": xianfeng, "reason": "funeral", "begin": time.Now().Add(-time.Minute), "end": time.Now().Add(5 * time.Hour),
	}
	for k, v := range change {
		body[k] = v
	}
	return body
}

func TestTemporaryQuietIsOrderedWhereOneHoldsAndEndedByAnAdministrator(t *testing.T) {
	w := newTown(t)
	horn, far := w.horn("1号", xianfeng), w.horn("2号", longhui)
	chen, long, admin := w.signIn("chen"), w.signIn("long"), w.signIn("admin")
	if status, _ := long.refused("POST", "/api/temporary-quiet", hush(nil)); status != 403 {
		t.Errorf("in another village: %d", status)
	}
	if status, _ := chen.refused("POST", "/api/temporary-quiet", hush(map[string]any{"terminal": far})); status != 403 {
		t.Errorf("another village's horn: %d", status)
	}
	var made temporaryQuietShape
	chen.must("POST", "/api/temporary-quiet", hush(map[string]any{"terminal": horn, "note": "陈家"}), &made)
	if made.GridName != "上西村 / 先锋社" || made.TerminalName != "1号" || !made.MayEnd || made.By != "陈社长" {
		t.Errorf("made %+v", made)
	}
	var list temporaryQuietListShape
	long.must("GET", "/api/temporary-quiet", nil, &list)
	if len(list.Quiet) != 0 {
		t.Errorf("long sees %+v", list.Quiet)
	}
	if status, _ := long.refused("DELETE", "/api/temporary-quiet/"+made.ID, nil); status != 403 {
		t.Errorf("ended from beside: %d", status)
	}
	admin.must("DELETE", "/api/temporary-quiet/"+made.ID, nil, nil)
	chen.must("GET", "/api/temporary-quiet", nil, &list)
	if len(list.Quiet) != 1 || list.Quiet[0].EndedBy != "管理员" || list.Quiet[0].MayEnd {
		t.Errorf("after the end: %+v", list.Quiet)
	}
	if status, code := chen.refused("DELETE", "/api/temporary-quiet/"+made.ID, nil); status != 404 || code != "quiet_unknown" {
		t.Errorf("ended twice: %d %s", status, code)
	}
}

func TestAVillageCannotEndTheQuietThatTheTownOrdered(t *testing.T) {
	w := newTown(t)
	var made temporaryQuietShape
	w.signIn("admin").must("POST", "/api/temporary-quiet", hush(map[string]any{"grid": townCode, "reason": "exam"}), &made)
	chen := w.signIn("chen")
	var list temporaryQuietListShape
	chen.must("GET", "/api/temporary-quiet", nil, &list)
	if len(list.Quiet) != 1 || list.Quiet[0].MayEnd {
		t.Errorf("chen sees %+v", list.Quiet)
	}
	if status, _ := chen.refused("DELETE", "/api/temporary-quiet/"+made.ID, nil); status != 403 {
		t.Errorf("ended from below: %d", status)
	}
}

func TestTemporaryQuietIsEndedByWhoOrderedItAndNotByAnotherOfTheSameName(t *testing.T) {
	w := newTown(t)
	w.person("wang", "王", access.RoleAdministrator, townCode)
	w.person("wang2", "王", access.RoleOfficial, shangxi)
	wang, namesake, chen := w.signIn("wang"), w.signIn("wang2"), w.signIn("chen")
	var town, own temporaryQuietShape
	wang.must("POST", "/api/temporary-quiet", hush(map[string]any{"grid": shangxi}), &town)
	chen.must("POST", "/api/temporary-quiet", hush(map[string]any{"begin": time.Now().Add(time.Hour)}), &own)
	for name, who := range map[string]*visitor{"his namesake": namesake, "the official": chen} {
		if status, code := who.refused("DELETE", "/api/temporary-quiet/"+town.ID, nil); status != 403 || code != "not_allowed" {
			t.Errorf("%s: %d %s", name, status, code)
		}
	}
	if status, _ := namesake.refused("DELETE", "/api/temporary-quiet/"+own.ID, nil); status != 403 {
		t.Errorf("a colleague: %d", status)
	}
	mayEnd := func(who *visitor) map[string]bool {
		var list temporaryQuietListShape
		who.must("GET", "/api/temporary-quiet", nil, &list)
		may := make(map[string]bool)
		for _, q := range list.Quiet {
			may[q.ID] = q.MayEnd
		}
		return may
	}
	if may := mayEnd(chen); may[town.ID] || !may[own.ID] {
		t.Errorf("chen is told %v", may)
	}
	if may := mayEnd(wang); !may[town.ID] || !may[own.ID] {
		t.Errorf("the administrator is told %v", may)
	}
	chen.must("DELETE", "/api/temporary-quiet/"+own.ID, nil, nil)
	if mayEnd(chen)[own.ID] {
		t.Error("what was called off before it began may be ended again")
	}
	wang.must("DELETE", "/api/temporary-quiet/"+town.ID, nil, nil)
}

func TestTemporaryQuietThatCannotBeIsRefusedInWords(t *testing.T) {
	w := newTown(t)
	chen := w.signIn("chen")
	horn := w.horn("1号", laoling)
	tests := []struct {
		name string
		in   map[string]any
		want string // the code
	}{
		{"73 hours", hush(map[string]any{"end": time.Now().Add(73 * time.Hour)}), "quiet_too_long"},
		{"over before it begins", hush(map[string]any{"end": time.Now().Add(-time.Hour)}), "quiet_ends_before_it_begins"},
		{"no such reason", hush(map[string]any{"reason": "wedding"}), "request_shape"},
		{"no such horn", hush(map[string]any{"terminal": "nowhere"}), "terminal_unknown"},
		{"a horn beside the grid", hush(map[string]any{"terminal": horn}), "terminal_unknown"},
		{"no such society", hush(map[string]any{"grid": shangxi + "999"}), "grid_unknown"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if status, code := chen.refused("POST", "/api/temporary-quiet", test.in); status != 422 || code != test.want {
				t.Errorf("%d %s, want %s", status, code, test.want)
			}
		})
	}
}

func TestWhoeverItConcernsIsToldThatItIsQuietNow(t *testing.T) {
	w := newTown(t)
	chen := w.signIn("chen")
	end := time.Now().In(w.Location).Add(5 * time.Hour)
	chen.must("POST", "/api/temporary-quiet", hush(map[string]any{"end": end}), nil)
	chen.must("POST", "/api/temporary-quiet", hush(map[string]any{"grid": laoling, "begin": time.Now().Add(time.Hour)}), nil)
	tests := []struct {
		who  string
		l    language
		want string // "" for nothing
	}{
		{"chen", chinese, "上西村 / 先锋社 现在临时静音(丧事),到 " + when(chinese, end, time.Now()) + "。"},
		{"chen", english, "上西村 / 先锋社 is in temporary quiet (funeral) until " + when(english, end, time.Now()) + "."},
		{"admin", chinese, "上西村 / 先锋社 现在临时静音(丧事),到 " + when(chinese, end, time.Now()) + "。"},
		{"long", chinese, ""},
	}
	for _, test := range tests {
		_, text := w.signIn(test.who).try("GET", "/api/session", nil, test.l)
		if told := strings.Contains(string(text), "先锋社"); told != (test.want != "") || !strings.Contains(string(text), test.want) {
			t.Errorf("%s in %s is told %s, want %q", test.who, test.l, text, test.want)
		}
	}
}

func TestManySilencesAreCounted(t *testing.T) {
	w := newTown(t)
	admin := w.signIn("admin")
	for range silencesNamed + 2 {
		admin.must("POST", "/api/temporary-quiet", hush(nil), nil)
	}
	var session sessionShape
	admin.must("GET", "/api/session", nil, &session)
	if len(session.Notices) != silencesNamed+1 || session.Notices[silencesNamed] != "还有 2 处也在临时静音。" {
		t.Errorf("told %q", session.Notices)
	}
}
