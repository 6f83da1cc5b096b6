package api

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"dalaba/broadcaster/internal/complaints"
	"dalaba/playlists"
)

// known returns a complaint as v is told of it in l.
func (v *visitor) known(id string, l language) (c caseShape) {
	v.t.Helper()
	status, text := v.try("GET", "/api/complaints/"+id, nil, l)
	if err := json.Unmarshal(text, &c); err != nil || status != 200 {
		v.t.Fatalf("%d %s", status, text)
	}
	said := []string{c.Draft}
	for _, f := range c.Findings {
		said = append(said, f.Sentence)
	}
	for _, r := range c.Remedies {
		said = append(said, r.Sentence)
	}
	for _, text := range said {
		if coded.MatchString(text) {
			v.t.Errorf("a code on the screen: %q", text)
		}
	}
	return c
}

func TestAComplaintShowsWhatSoundedWhatCanBeDoneAndWhatToAnswer(t *testing.T) {
	y := newYesterday(t)
	horn := y.horn("1号", laoling, 22.8, 113)
	chen := y.signIn("chen")
	round := chen.round("早间", "30 6 * * *", shangxi)
	y.arrive()
	check(t, y.Ledger.CatchUp(t.Context(), time.Now()))
	y.reports(horn, y.play(horn, round, y.at(6, 30), 0, ""))
	id := chen.complain(y.at(6, 30), map[string]any{"terminal": horn, "lat": 22.801, "lon": 113.0}).Complaint.ID
	date := func(l language) string {
		words := teller{language: l, zone: y.Location}
		return words.day(y.day.String(), time.Now())
	}
	for _, test := range []struct {
		l       language
		finding string
		offers  []string
		draft   string
	}{
		{
			chinese, "06:30 到 06:31,1号播了《早间》,音量 70 %,是上西村的定时播“早间”(陈社长)。",
			[]string{"“早间”从 06:30 改到 07:00 播。", "06:00 到 07:00 音量从 80 % 调到 60 %。", "临时静音,写明原因。"},
			"梁婶,您好!您反映上西村 / 老龄社 " + date(chinese) + " 06:30 喇叭的事,我们查过了。" +
				"\n06:30 到 06:31,1号播了《早间》,音量 70 %,是上西村安排的“早间”。\n打扰到您了,很抱歉。" +
				"\n这是上西村统一安排的,我们会把您的意见转给上西村。\n谢谢您告诉我们,以后有不合适的地方请随时说。",
		},
		{
			english, "06:30–06:31: 1号 played “早间” at volume 70 %, by round “早间” of 上西村 (陈社长).",
			[]string{
				"Move “早间” from 06:30 to 07:00.", "Lower the volume from 80 % to 60 % between 06:00 and 07:00.",
				"Order temporary quiet, with a reason.",
			},
			"Hello 梁婶. We have looked into what you told us about the loudspeaker at 上西村 / 老龄社 on " + date(english) +
				" at 06:30.\nFrom 06:30 to 06:31 1号 played “早间” at volume 70 %, arranged by 上西村 as “早间”." +
				"\nWe are sorry for the disturbance.\nThis was arranged by 上西村; we will pass on to 上西村 what you told us." +
				"\nThank you for telling us; please do so again whenever something is not right.",
		},
	} {
		c := chen.known(id, test.l)
		if len(c.Findings) != 1 {
			t.Fatalf("%+v", c)
		}
		f := c.Findings[0]
		if !f.AtTheMinute || f.Dialect != "粤语" || f.Metres == nil || *f.Metres < 100 || *f.Metres > 120 || f.Owner != shangxi {
			t.Errorf("%+v", f)
		}
		if diff := cmp.Diff(test.finding, f.Sentence); diff != "" {
			t.Error(diff)
		}
		if diff := cmp.Diff(test.offers, shapes(c.Remedies, func(r remedyShape) string { return r.Sentence })); diff != "" {
			t.Error(diff)
		}
		if diff := cmp.Diff(test.draft, c.Draft); diff != "" {
			t.Error(diff)
		}
	}
}

func TestWhatCanBeDoneIsForWhoeverMayChangeIt(t *testing.T) {
	y := newYesterday(t)
	horn := y.horn("1号", laoling)
	chen, admin := y.signIn("chen"), y.signIn("admin")
	village, town := chen.round("村里", "30 6 * * *", shangxi), admin.round("镇里", "40 6 * * *", townCode)
	y.arrive()
	check(t, y.Ledger.CatchUp(t.Context(), time.Now()))
	y.reports(horn,
		y.play(horn, village, y.at(6, 30), 0, ""), y.play(horn, town, y.at(6, 40), 0, ""),
	)
	type offer struct {
		kind, grid string
		above, may bool
	}
	for _, test := range []struct {
		name string
		at   time.Time
		node string
		want []offer
	}{
		{"the village's own", y.at(6, 30), shangxi, []offer{
			{"later", shangxi, false, true}, {"lower", laoling, false, true}, {"quiet", laoling, false, true},
		}},
		{"the town's", y.at(6, 40), shangxi, []offer{
			{"later", townCode, true, false}, {"lower", laoling, false, true}, {"quiet", laoling, false, true},
		}},
		{"the village's, complained of in a society", y.at(6, 30), laoling, []offer{
			{"later", shangxi, true, false}, {"lower", laoling, false, true}, {"quiet", laoling, false, true},
		}},
	} {
		c := chen.complain(test.at, map[string]any{"grid": test.node})
		got := shapes(c.Remedies, func(r remedyShape) offer { return offer{r.Kind, r.Grid, r.Above, r.MayApply} })
		if diff := cmp.Diff(test.want, got, cmp.AllowUnexported(offer{})); diff != "" {
			t.Errorf("%s (-want +got):\n%s", test.name, diff)
		}
	}
}

func TestWhatDidNotSoundSaysWhy(t *testing.T) {
	y := newYesterday(t)
	horn := y.horn("1号", laoling)
	chen := y.signIn("chen")
	round := chen.round("早间", "30 6,8 * * *", shangxi)
	y.arrive()
	check(t, y.Ledger.CatchUp(t.Context(), time.Now()))
	y.reports(horn, y.miss(horn, round, y.at(6, 30), playlists.CausePowerOff, ""))
	tests := []struct {
		at         time.Time
		zh, en     string
		unreported bool
		draft      string
	}{
		{
			y.at(6, 32), "06:30 该播“早间”,1号没播成:停电。", "06:30: “早间” was due at 1号 and did not play: the power was off.",
			false, "我们查了 06:22 到 06:43 的播放记录,附近的喇叭没有响过。",
		},
		{
			y.at(8, 32), "08:30 该播“早间”,1号还没回报。", "08:30: “早间” was due at 1号, which has not reported yet.",
			true, "1号还没有回报,播没播要等它连上才知道,查清了再告诉您。",
		},
	}
	for _, test := range tests {
		id := chen.complain(test.at, nil).Complaint.ID
		zh, en := chen.known(id, chinese), chen.known(id, english)
		if len(zh.Findings) != 1 || zh.Findings[0].Sentence != test.zh || en.Findings[0].Sentence != test.en || !zh.Findings[0].Begin.IsZero() {
			t.Errorf("%+v, %+v", zh.Findings, en.Findings)
		}
		if !strings.Contains(zh.Draft, test.draft) || (len(zh.Unreported) == 1) != test.unreported {
			t.Errorf("%q, unreported %q", zh.Draft, zh.Unreported)
		}
	}
}

func TestWhatNobodyKnowsIsSaidInWords(t *testing.T) {
	w := newTown(t)
	teller, err := w.readTeller(t.Context())
	check(t, err)
	said := teller.lineOf(complaints.Line{Code: "complaint_found_planned", Args: map[string]any{
		"begin": "06:30", "end": "06:31", "terminal": "1号", "titles": "", "volume": 80, "owner": "上西村", "round": "早间", "by": "",
	}})
	if want := "06:30 到 06:31,1号播了《一段录音》,音量 80 %,是上西村的定时播“早间”(不知道谁定的)。"; said != want {
		t.Errorf("%q, want %q", said, want)
	}
	if said := teller.lineOf(complaints.Line{Code: "complaint_reply_sorry"}); said != "打扰到您了,很抱歉。" {
		t.Errorf("%q", said)
	}
}

func TestWhatAChangeWasMadeOfIsShownOnlyWhereItConcerns(t *testing.T) {
	w := newTown(t)
	w.signIn("long").must("POST", "/api/quiet", map[string]any{"grid": xiaxi, "from": "12:00", "to": "14:00", "note": "午休"}, nil)
	id := w.signIn("long").complain(time.Now(), map[string]any{"grid": xiaxi}).Complaint.ID
	c, err := w.Complaints.Case(t.Context(), id)
	check(t, err)
	g, err := w.readGround(t.Context())
	check(t, err)
	people, err := w.Access.People(t.Context())
	check(t, err)
	for _, p := range people {
		list, err := w.noted(t.Context(), p, &g, c.Since)
		if err != nil || len(list) == 0 || (list[0].After != nil) != (p.Name != "chen") || list[0].Sentence == "" {
			t.Errorf("%s: %+v, %v", p.Name, list, err)
		}
	}
}
