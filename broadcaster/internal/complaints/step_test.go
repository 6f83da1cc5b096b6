package complaints

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestAComplaintIsClosedWithWhatWasChangedAndCanBeReopened(t *testing.T) {
	d := newDesk(t)
	made := d.complain()
	lowered := ChangeNote{Seq: 7, At: at(9, 0, 0), By: "关主任", Subject: "volume", ID: "v", Name: "06:00–07:00", Grid: laoling, Act: "made"}
	d.changes = []ChangeNote{lowered, {Seq: 6, At: at(6, 0, 0), Subject: "volume", Grid: laoling}}

	d.now = at(13, 0, 0)
	saved, err := d.SaveReply(t.Context(), made.ID, " 我们看看 ", "小李")
	if d.must(err); saved.Reply != "我们看看" || !saved.Closed.IsZero() {
		t.Errorf("saved %+v", saved)
	}
	_, err = d.SaveReply(t.Context(), made.ID, "我们看看", "小李") // says nothing new
	d.must(err)

	d.now = at(14, 0, 0)
	closed, err := d.Close(t.Context(), made.ID, "已经调低", "早上音量 60", []int64{7, 7}, "关主任")
	d.must(err)
	if diff := cmp.Diff([]int64{7}, closed.Changes); diff != "" || !closed.Closed.Equal(d.now) || closed.ClosedBy != "关主任" {
		t.Errorf("closed %+v %s", closed, diff)
	}
	_, err = d.Close(t.Context(), made.ID, "again", "", nil, "关主任")
	d.refused(err, "complaint_closed", "")
	_, err = d.SaveReply(t.Context(), made.ID, "again", "关主任")
	d.refused(err, "complaint_closed", "")

	d.changes = nil // the note stays as it was
	found, err := d.Case(t.Context(), made.ID)
	d.must(err)
	if diff := cmp.Diff([]ChangeNote{lowered}, found.ClosedWith); diff != "" {
		t.Error(diff)
	}

	d.now = at(15, 0, 0)
	open, err := d.Reopen(t.Context(), made.ID, "小李")
	if d.must(err); !open.Closed.IsZero() || open.ClosedBy != "" || open.Changes != nil || open.Reply != "已经调低" {
		t.Errorf("reopened %+v", open)
	}
	_, err = d.Reopen(t.Context(), made.ID, "小李")
	d.refused(err, "complaint_open", "")

	found, err = d.Case(t.Context(), made.ID)
	d.must(err)
	none := []ChangeNote{}
	want := []Step{
		{At: at(12, 0, 0), By: "关主任", Act: ActMade, Changes: none},
		{At: at(13, 0, 0), By: "小李", Act: ActReplied, Reply: "我们看看", Changes: none},
		{At: at(14, 0, 0), By: "关主任", Act: ActClosed, Reply: "已经调低", Outcome: "早上音量 60", Changes: []ChangeNote{lowered}},
		{At: at(15, 0, 0), By: "小李", Act: ActReopened, Reply: "已经调低", Outcome: "早上音量 60", Changes: none},
	}
	if diff := cmp.Diff(want, found.Steps); diff != "" {
		t.Error(diff)
	}
}

func TestAComplaintIsNotClosedWithoutAReplyOrWithAnotherTimesChange(t *testing.T) {
	d := newDesk(t)
	made := d.complain()
	d.changes = []ChangeNote{
		{Seq: 6, At: at(6, 0, 0), Subject: "volume", Grid: laoling},
		{Seq: 7, At: at(9, 0, 0), Subject: "volume", Grid: rulin},
		{Seq: 8, At: at(9, 0, 0), Subject: "round", ID: "elsewhere", Grid: rulin},
	}
	for _, test := range []struct {
		name           string
		reply, outcome string
		changes        []int64
		code, field    string
	}{
		{"no reply", " ", "", nil, "text_missing", "reply"},
		{"a reply without end", strings.Repeat("好", 1001), "", nil, "text_too_long", "reply"},
		{"an outcome without end", "好", strings.Repeat("好", 501), nil, "text_too_long", "outcome"},
		{"a change from before", "好", "", []int64{6}, "complaint_change_unknown", "changes"},
		{"another village's rule", "好", "", []int64{7}, "complaint_change_unknown", "changes"},
		{"another village's round", "好", "", []int64{8}, "complaint_change_unknown", "changes"},
	} {
		_, err := d.Close(t.Context(), made.ID, test.reply, test.outcome, test.changes, "关主任")
		d.refused(err, test.code, test.field)
	}
	found, err := d.Case(t.Context(), made.ID)
	if d.must(err); !found.Closed.IsZero() || len(found.Steps) != 1 {
		t.Errorf("%+v", found)
	}
}

func TestWhatIsNotAComplaintIsNotFound(t *testing.T) {
	d := newDesk(t)
	_, err := d.Case(t.Context(), "none")
	d.refused(err, "complaint_unknown", "")
	_, err = d.SaveReply(t.Context(), "none", "", "")
	d.refused(err, "complaint_unknown", "")
	_, err = d.Close(t.Context(), "none", "", "", []int64{1}, "")
	d.refused(err, "complaint_unknown", "")
	_, err = d.Reopen(t.Context(), "none", "")
	d.refused(err, "complaint_unknown", "")
}
