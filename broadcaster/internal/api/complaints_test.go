package api

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"dalaba/broadcaster/internal/access"
	"dalaba/broadcaster/internal/rounds"
)

// grumble is what somebody sends who writes a complaint down about a minute, changed as change says.
func grumble(at time.Time, change map[string]any) map[string]any {
	body := map[string]any{"grid": laoling, "at": at, "words": "太吵了", "caller": "梁婶"}
	for k, v := range change {
		body[k] = v
	}
	return body
}

// complain writes a complaint down and returns what is known of it.
func (v *visitor) complain(at time.Time, change map[string]any) (c caseShape) {
	v.t.Helper()
	v.must("POST", "/api/complaints", grumble(at, change), &c)
	return c
}

// complained returns the words of the complaints that v sees at path, in their order, and what the next page is asked for with.
func (v *visitor) complained(path string) ([]string, string) {
	v.t.Helper()
	var list complaintsShape
	v.must("GET", path, nil, &list)
	return shapes(list.Complaints, func(c complaintShape) string { return c.Words }), list.Next
}

func TestAnOfficialAnswersTheComplaintsOfHisOwnGridAndBelow(t *testing.T) {
	w := newTown(t)
	w.person("mai", "麦组长", access.RoleOfficial, laoling)
	chen, long, mai, admin := w.signIn("chen"), w.signIn("long"), w.signIn("mai"), w.signIn("admin")
	at := time.Now().Add(-time.Hour)
	made := chen.complain(at, map[string]any{"grid": shangxi, "words": "村里吵"})
	mai.complain(at, map[string]any{"words": "社里吵"})
	path := "/api/complaints/" + made.Complaint.ID
	for _, call := range []struct {
		method, path string
		in           any
	}{
		{"POST", "/api/complaints", grumble(at, nil)},
		{"GET", path, nil},
		{"PUT", path + "/reply", map[string]any{"reply": "好"}},
		{"PUT", path + "/closed", map[string]any{"reply": "好", "outcome": "", "changes": []int64{}}},
		{"DELETE", path + "/closed", nil},
	} {
		if status, code := long.refused(call.method, call.path, call.in); status != 403 || code != "not_allowed" {
			t.Errorf("another village: %s %s: %d %s", call.method, call.path, status, code)
		}
	}
	if status, _ := mai.refused("GET", path, nil); status != 403 {
		t.Errorf("from below: %d", status)
	}
	if status, code := long.refused("GET", "/api/complaints/nothing", nil); status != 404 || code != "complaint_unknown" {
		t.Errorf("there is none: %d %s", status, code)
	}
	both := []string{"社里吵", "村里吵"}
	for who, want := range map[*visitor][]string{admin: both, chen: both, mai: both[:1], long: {}} {
		if got, _ := who.complained("/api/complaints"); !slices.Equal(got, want) {
			t.Errorf("sees %q, want %q", got, want)
		}
	}
	chen.must("GET", path, nil, &made)
	if c := made.Complaint; c.By != "陈社长" || c.GridPath != "上西村" || c.Caller != "梁婶" || !c.At.Equal(at.Truncate(time.Minute)) {
		t.Errorf("kept %+v", c)
	}
}

func TestComplaintsComeInPagesOpenOnesFirst(t *testing.T) {
	w := newTown(t)
	chen := w.signIn("chen")
	var first caseShape
	for i := range complaintsShown + 2 {
		if c := chen.complain(time.Now().Add(-time.Hour), nil); i == complaintsShown+1 {
			first = c
		}
	}
	chen.must("PUT", "/api/complaints/"+first.Complaint.ID+"/closed", map[string]any{"reply": "好", "outcome": "", "changes": []int64{}}, nil)
	page, next := chen.complained("/api/complaints")
	var rest complaintsShape
	chen.must("GET", "/api/complaints?before="+next, nil, &rest)
	if len(page) != complaintsShown || len(rest.Complaints) != 2 || rest.Next != "" || rest.Complaints[1].ID != first.Complaint.ID {
		t.Errorf("%d on the first page, then %+v", len(page), rest)
	}
	if open, _ := chen.complained("/api/complaints?open=true&before=" + next); len(open) != 1 {
		t.Errorf("%d open ones on the second page", len(open))
	}
}

func TestAComplaintThatCannotBeIsRefusedInWords(t *testing.T) {
	w := newTown(t)
	chen := w.signIn("chen")
	far, at := w.horn("5号", xianfeng), time.Now().Add(-time.Hour)
	tests := []struct {
		name string
		in   map[string]any
		want string // the code
	}{
		{"to come", grumble(time.Now().Add(time.Hour), nil), "complaint_time_ahead"},
		{"long ago", grumble(time.Now().Add(-100*24*time.Hour), nil), "complaint_time_too_old"},
		{"no time", grumble(time.Time{}, nil), "text_missing"},
		{"no words", grumble(at, map[string]any{"words": " "}), "text_missing"},
		{"a story", grumble(at, map[string]any{"words": strings.Repeat("吵", 1001)}), "text_too_long"},
		{"a point in another village", grumble(at, map[string]any{"lat": 22.805, "lon": 113.105}), "complaint_point_elsewhere"},
		{"half a point", grumble(at, map[string]any{"lat": 22.8}), "position_out_of_range"},
		{"no such society", grumble(at, map[string]any{"grid": shangxi + "999"}), "grid_unknown"},
		{"no such horn", grumble(at, map[string]any{"terminal": "nowhere"}), "terminal_unknown"},
		{"a horn of another society", grumble(at, map[string]any{"terminal": far}), "complaint_terminal_elsewhere"},
		{"no body", nil, "request_shape"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if status, code := chen.refused("POST", "/api/complaints", test.in); status != 422 && status != 400 || code != test.want {
				t.Errorf("%d %s, want %s", status, code, test.want)
			}
		})
	}
}

func TestAComplaintIsClosedWithWhatWasChangedAndOpenedAgain(t *testing.T) {
	w := newTown(t)
	w.horn("1号", laoling)
	chen, admin := w.signIn("chen"), w.signIn("admin")
	listener := w.feed.join()
	defer w.feed.leave(listener)
	told := func(act string) {
		t.Helper()
		if !slices.Contains(listener.take(), TopicComplaints) {
			t.Errorf("nobody was told that it was %s", act)
		}
	}
	id := chen.complain(time.Now(), nil).Complaint.ID
	told("made")
	path := "/api/complaints/" + id
	if status, code := chen.refused("DELETE", path+"/closed", nil); status != 409 || code != "complaint_open" {
		t.Errorf("opened while it was open: %d %s", status, code)
	}
	chen.must("POST", "/api/temporary-quiet", hush(map[string]any{"grid": laoling}), nil)
	var c caseShape
	chen.must("GET", path, nil, &c)
	if len(c.Since) == 0 || c.Since[0].Subject != "temporary_quiet" || !strings.HasPrefix(c.Since[0].Sentence, "陈社长定了上西村 / 老龄社 的临时静音(丧事),") {
		t.Fatalf("since %+v", c.Since)
	}
	closing := map[string]any{"reply": "已经安静了。", "outcome": "临时静音", "changes": []int64{c.Since[0].Seq + 1000}}
	if status, code := chen.refused("PUT", path+"/closed", closing); status != 422 || code != "complaint_change_unknown" {
		t.Errorf("closed with nothing that was done: %d %s", status, code)
	}
	w.signIn("long").must("POST", "/api/temporary-quiet", hush(map[string]any{"grid": longhui}), nil)
	others, err := w.Rounds.Changes(t.Context(), rounds.ChangeFilter{Grid: xiaxi, Most: 1})
	check(t, err)
	closing["changes"] = []int64{others[0].Seq}
	if status, code := chen.refused("PUT", path+"/closed", closing); status != 422 || code != "complaint_change_unknown" {
		t.Errorf("closed with what another village did: %d %s", status, code)
	}
	var x complaintShape
	chen.must("PUT", path+"/reply", map[string]any{"reply": "马上处理。"}, &x)
	told("answered")
	if x.Reply != "马上处理。" || x.Closed != nil {
		t.Errorf("with a reply: %+v", x)
	}
	closing["changes"] = []int64{c.Since[0].Seq}
	chen.must("PUT", path+"/closed", closing, &x)
	told("closed")
	if x.Closed == nil || x.ClosedBy != "陈社长" || x.Outcome != "临时静音" || x.Reply != "已经安静了。" {
		t.Errorf("closed: %+v", x)
	}
	admin.must("GET", path, nil, &c)
	if len(c.ClosedWith) != 1 || c.ClosedWith[0].Sentence != c.Since[0].Sentence || c.ClosedWith[0].After == nil {
		t.Errorf("closed with %+v", c.ClosedWith)
	}
	if status, code := chen.refused("PUT", path+"/reply", map[string]any{"reply": "再说"}); status != 409 || code != "complaint_closed" {
		t.Errorf("answered after it was closed: %d %s", status, code)
	}
	var again complaintShape
	chen.must("DELETE", path+"/closed", nil, &again)
	told("opened again")
	if again.Closed != nil || again.ClosedBy != "" || again.Reply != "已经安静了。" {
		t.Errorf("opened again: %+v", again)
	}
	chen.must("GET", path, nil, &c)
	if len(c.ClosedWith) != 0 || len(c.Since) == 0 {
		t.Errorf("opened again, but closed with %+v", c.ClosedWith)
	}
}

// lineCodes finds where the complaints room gives a line its code, whole or behind complaint_reply_.
var lineCodes = regexp.MustCompile(`"complaint_([a-z]+(?:_[a-z]+)*)"|(?:\bd\.say\(|\bcode :?= |\breturn )"([a-z]+(?:_[a-z]+)*)"|either\([^,]*, "([a-z_]+)", "([a-z_]+)"\)`)

func TestEveryLineAboutAComplaintHasASentence(t *testing.T) {
	files, err := filepath.Glob("../complaints/*.go")
	check(t, err)
	found := 0
	for _, file := range files {
		if strings.HasSuffix(file, "_test.go") {
			continue
		}
		text, err := os.ReadFile(file)
		check(t, err)
		for _, match := range lineCodes.FindAllStringSubmatch(string(text), -1) {
			for i, name := range match[1:] {
				code := "complaint_" + name
				if i > 0 {
					code = "complaint_reply_" + name
				}
				if name == "" || i > 0 && filepath.Base(file) != "draft.go" {
					continue
				}
				found++
				if _, known := complaintSentences[code]; !known {
					t.Errorf("%s has the code %q, and there is no sentence for it", file, code)
				}
			}
		}
	}
	if found < 35 {
		t.Errorf("found only %d codes: does the pattern still fit the room?", found)
	}
	for _, kind := range []string{"later", "lower", "shorter", "quiet"} {
		if _, known := complaintSentences["complaint_remedy_"+kind]; !known {
			t.Errorf("no sentence for %s", kind)
		}
	}
}
