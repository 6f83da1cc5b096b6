package complaints

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"dalaba/playlists"
)

// codes are the sentences of a draft between its greeting and its thanks.
func codes(d Draft) []string {
	var all []string
	for _, l := range d.Lines[1 : len(d.Lines)-1] {
		all = append(all, strings.TrimPrefix(l.Code, "complaint_reply_"))
	}
	return all
}

func TestADraftSaysWhatIsKnown(t *testing.T) {
	clock := playlists.NewTimeOfDay
	now := clockSound(clock(6, 30, 0), clock(6, 30, 0), time.Minute)
	before := clockSound(clock(6, 22, 0), clock(6, 22, 0), time.Minute)
	deferred := clockSound(clock(6, 20, 0), clock(6, 30, 0), time.Minute)
	deferred.Cause, deferred.CauseBy = playlists.CausePreempted, "镇里通知"
	talk, alert, extra, waiting, second := now, now, now, now, now
	talk.Class, alert.Class, extra.Planned = playlists.ClassLive, playlists.ClassAlert, false
	waiting.Terminal, waiting.Plays, waiting.Outcome = "laoling2", nil, playlists.OutcomeUnreported
	second.Terminal, second.TerminalName = "laoling2", "二号"
	town1 := now
	town1.Round = "town"
	var many []Sound
	for i := range 5 {
		s := now
		s.Round = playlists.RoundID(fmt.Sprint(i))
		many = append(many, s)
	}
	lowered := ChangeNote{Seq: 1, By: "关主任", At: at(9, 0, 0), Subject: "volume", Act: "made", Grid: laoling, Name: "06:00–07:00"}
	early, system, quiet := lowered, lowered, lowered
	early.At, system.By, quiet.Subject = at(7, 59, 0), "", "temporary_quiet"
	for _, test := range []struct {
		name    string
		in      []Sound
		changes []ChangeNote
		want    []string
	}{
		{"nothing sounded", nil, nil, []string{"nothing"}},
		{"nothing is known to have sounded", []Sound{waiting}, nil, []string{"nothing_yet", "unreported"}},
		{"it sounded", []Sound{now}, nil, []string{"planned", "sorry", "considering"}},
		{"it sounded, and one has not told", []Sound{now, waiting}, nil, []string{"planned", "unreported", "sorry", "considering"}},
		{"it sounded before", []Sound{before}, nil, []string{"not_then", "planned", "sorry", "considering"}},
		{"it was deferred", []Sound{deferred}, nil, []string{"planned", "deferred", "sorry", "considering"}},
		{"one thing at two terminals", []Sound{now, second}, nil, []string{"planned", "sorry", "considering"}},
		{"a talk", []Sound{talk}, nil, []string{"talk", "sorry", "considering"}},
		{"an alert", []Sound{alert}, nil, []string{"alert", "sorry", "considering"}},
		{"by hand", []Sound{extra}, nil, []string{"extra", "sorry", "considering"}},
		{"a superior's", []Sound{town1}, nil, []string{"planned", "sorry", "above"}},
		{"much at once", many, nil, []string{"planned", "planned", "planned", "more", "sorry", "considering"}},
		{"it was changed", []Sound{now}, []ChangeNote{lowered, lowered}, []string{"planned", "sorry", "changed_volume"}},
		{
			"it was changed in a way that does not help",
			[]Sound{now},
			[]ChangeNote{{By: "关主任", At: at(9, 0, 0), Subject: "round", ID: "morning", Act: "resumed"}},
			[]string{"planned", "sorry", "considering"},
		},
		{"nothing sounded, and quiet was made", nil, []ChangeNote{quiet}, []string{"nothing", "changed_quiet"}},
		{"it was changed before he called", []Sound{now}, []ChangeNote{early}, []string{"planned", "sorry", "considering"}},
		{"nobody changed it", []Sound{now}, []ChangeNote{system}, []string{"planned", "sorry", "considering"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			e := evidenceOf(test.in...)
			e.changes, e.complaint.Created = test.changes, at(8, 0, 0)
			e.makers["town"] = Maker{Owner: town}
			for i := range 5 {
				e.makers[playlists.RoundID(fmt.Sprint(i))] = Maker{Owner: laoling}
			}
			findings := e.heard()
			for i := range findings {
				e.explain(&findings[i], nil)
			}
			if diff := cmp.Diff(test.want, codes(e.decide(findings).Draft)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestADraftFillsItsSentences(t *testing.T) {
	var sounds []Sound
	for i, volume := range []int{60, 80, 70, 50} {
		s := planned(30, play("口罩", 1800+i, 1830+i, volume))
		s.Terminal, s.TerminalName = playlists.TerminalID(fmt.Sprint(i)), fmt.Sprintf("%d号", i)
		sounds = append(sounds, s)
	}
	e := evidenceOf(sounds...)
	e.complaint.Caller = "陈伯"
	findings := e.heard()
	for i := range findings {
		e.explain(&findings[i], nil)
	}
	want := []Line{
		{"complaint_reply_greeting_caller", map[string]any{
			"caller": "陈伯", "month": 11, "day": 23, "date": "2026-11-23", "time": "06:30", "place": "上西村 / 老龄社",
		}},
		{"complaint_reply_planned", map[string]any{
			"begin": "06:30", "end": "06:31", "terminal": "0号、1号、2号…", "place": "上西村 / 老龄社", "titles": "口罩", "volume": 80,
			"round": "早间", "owner": "上西村 / 老龄社",
		}},
		{"complaint_reply_sorry", nil},
		{"complaint_reply_considering", nil},
		{"complaint_reply_thanks", nil},
	}
	if diff := cmp.Diff(want, e.decide(findings).Draft.Lines); diff != "" {
		t.Error(diff)
	}
}

func TestTheReplyOfAClosedComplaintNamesWhatItWasClosedWith(t *testing.T) {
	e := evidenceOf(planned(30, play("口罩", 1800, 1830, 80)))
	e.complaint.Closed = e.now
	e.complaint.with([]ChangeNote{{Seq: 3, Subject: "round", ID: "morning", Act: "changed", Name: "早间"}})
	e.changes = []ChangeNote{{Seq: 4, Subject: "volume", Act: "made", Grid: laoling}}
	findings := e.heard()
	e.explain(&findings[0], nil)
	if diff := cmp.Diff([]string{"planned", "sorry", "changed_round"}, codes(e.decide(findings).Draft)); diff != "" {
		t.Error(diff)
	}
}

func TestOnlyChangesThatMayHelpArePromised(t *testing.T) {
	for _, test := range []struct{ subject, act, want string }{
		{"round", "changed", "changed_round"},
		{"round", "paused", "changed_paused"},
		{"round", "removed", "changed_removed"},
		{"round", "resumed", ""},
		{"cancellation", "cancelled", "changed_cancelled"},
		{"cancellation", "reinstated", ""},
		{"playlist", "changed", "changed_content"},
		{"announcement", "changed", "changed_content"},
		{"announcement", "made", ""},
		{"volume", "changed", "changed_volume"},
		{"volume", "removed", ""},
		{"quiet", "made", "changed_quiet"},
		{"quiet", "lifted", ""},
		{"temporary_quiet", "ended", ""},
		{"quiet_place", "changed", "changed_quiet"},
		{"limits", "changed", "changed_limits"},
	} {
		if got := changed(&ChangeNote{Subject: test.subject, Act: test.act}); got != test.want {
			t.Errorf("%s %s: %q, want %q", test.subject, test.act, got, test.want)
		}
	}
}
