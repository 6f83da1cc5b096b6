package ledger

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"dalaba/playlists"
)

func TestJudge(t *testing.T) {
	due := at(7, 30)
	sound := func(process string, attempt, entry int64, late time.Duration, clip string, cause playlists.Cause) sounding {
		return sounding{
			process: process, attempt: attempt, entry: entry, entries: 2, clip: clip, began: due.Add(late), sounded: 5000,
			complete: cause == "" || cause == playlists.CausePreempted, reason: reason{cause: cause, by: "谁"},
		}
	}
	planned := want{due: due, planned: true, revision: 7, clips: []string{"a", "b"}}
	silent := sound("p", 1, 0, 0, "a", playlists.CauseDeviceError)
	silent.sounded = 0
	newer := sound("p", 1, 0, time.Minute, "new", "")
	newer.revision = 8
	for _, test := range []struct {
		name string
		want want
		in   testimony
		out  verdict
	}{
		{"nothing yet", planned, testimony{}, verdict{outcome: playlists.OutcomeUnreported}},
		{
			"whole, in time", planned,
			testimony{plays: []sounding{sound("p", 1, 0, 2*time.Second, "a", ""), sound("p", 1, 1, 7*time.Second, "b", "")}},
			verdict{outcome: playlists.OutcomePlayed, timing: OnTime, began: due.Add(2 * time.Second)},
		},
		{
			"whole, late, with the cause that it gives", planned,
			testimony{plays: []sounding{
				sound("p", 1, 0, 2001*time.Millisecond, "a", playlists.CausePreempted), sound("p", 1, 1, 7*time.Second, "b", ""),
			}},
			verdict{
				outcome: playlists.OutcomePlayed, timing: Late, began: due.Add(2001 * time.Millisecond),
				reason: reason{cause: playlists.CausePreempted, by: "谁"},
			},
		},
		{
			"cut by the agent's death, then whole: late because of that", planned,
			testimony{plays: []sounding{
				sound("p", 1, 0, 0, "a", ""), sound("p", 1, 1, 5*time.Second, "b", playlists.CauseAgentDown),
				sound("q", 2, 0, time.Minute, "a", ""), sound("q", 2, 1, time.Minute, "b", ""),
			}},
			verdict{
				outcome: playlists.OutcomePlayed, timing: Late, began: due.Add(time.Minute),
				reason: reason{cause: playlists.CauseAgentDown, by: "谁"},
			},
		},
		{
			"begun, and sounding still for all that is known", planned,
			testimony{plays: []sounding{sound("p", 1, 0, 0, "a", "")}},
			verdict{outcome: playlists.OutcomeUnreported},
		},
		{
			"cut, and perhaps tried again", planned,
			testimony{plays: []sounding{sound("p", 1, 0, 0, "a", playlists.CauseStopped)}},
			verdict{outcome: playlists.OutcomeUnreported},
		},
		{
			"two halves of two attempts are no whole", planned,
			testimony{accounted: true, plays: []sounding{sound("p", 1, 0, 0, "a", ""), sound("q", 1, 1, time.Minute, "b", "")}},
			verdict{outcome: playlists.OutcomePartial, began: due},
		},
		{
			"two pieces of background are a whole",
			want{due: due, planned: true, revision: 7, clips: []string{"a", "b"}, pieces: true},
			testimony{plays: []sounding{sound("p", 1, 0, 0, "a", ""), sound("p", 2, 1, time.Minute, "b", "")}},
			verdict{outcome: playlists.OutcomePlayed, timing: OnTime, began: due},
		},
		{
			"an entry twice is no whole", planned,
			testimony{accounted: true, plays: []sounding{sound("p", 1, 0, 0, "a", ""), sound("p", 1, 0, 0, "a", "")}},
			verdict{outcome: playlists.OutcomePartial, began: due},
		},
		{
			"the old recording is not what was planned", planned,
			testimony{accounted: true, plays: []sounding{sound("p", 1, 0, 0, "a", ""), sound("p", 1, 1, 0, "old", "")}},
			verdict{outcome: playlists.OutcomePartial, began: due, reason: reason{cause: playlists.CauseNotReceived}},
		},
		{
			"nothing but old recordings", planned,
			testimony{plays: []sounding{sound("p", 1, 0, 0, "older", ""), sound("p", 1, 1, 0, "old", "")}},
			verdict{outcome: playlists.OutcomeMissed, reason: reason{cause: playlists.CauseNotReceived}},
		},
		{
			"a newer programme's recordings", planned,
			testimony{plays: []sounding{newer}},
			verdict{outcome: playlists.OutcomeMissed, reason: reason{cause: playlists.CauseCancelled}},
		},
		{
			"cut, and given up", planned,
			testimony{
				plays: []sounding{sound("p", 1, 0, 0, "a", playlists.CauseStopped)},
				miss:  &reason{cause: playlists.CauseExpired},
			},
			verdict{outcome: playlists.OutcomePartial, began: due, reason: reason{cause: playlists.CauseStopped, by: "谁"}},
		},
		{
			"begun without a sound", planned,
			testimony{accounted: true, plays: []sounding{silent}},
			verdict{outcome: playlists.OutcomeMissed, reason: reason{cause: playlists.CauseDeviceError, by: "谁"}},
		},
		{
			"missed", planned,
			testimony{miss: &reason{cause: playlists.CauseQuietHours}, accounted: true},
			verdict{outcome: playlists.OutcomeMissed, reason: reason{cause: playlists.CauseQuietHours}},
		},
		{
			"accounted for, under an older programme", planned,
			testimony{accounted: true, revisions: []uint64{5, 6}},
			verdict{outcome: playlists.OutcomeMissed, reason: reason{cause: playlists.CauseNotReceived}},
		},
		{
			"accounted for, and nothing said", planned,
			testimony{accounted: true, revisions: []uint64{6, 7}},
			verdict{outcome: playlists.OutcomeUnreported, unexplained: true},
		},
		{
			"not planned, and whole by its own word",
			want{due: due},
			testimony{plays: []sounding{sound("p", 1, 0, 0, "x", ""), sound("p", 1, 1, 0, "y", "")}},
			verdict{outcome: playlists.OutcomePlayed, timing: OnTime, began: due},
		},
		{
			"nothing was asked for, and nothing sounded",
			want{due: due, planned: true},
			testimony{miss: &reason{cause: playlists.CauseNoDialect}},
			verdict{outcome: playlists.OutcomeMissed, reason: reason{cause: playlists.CauseNoDialect}},
		},
	} {
		t.Run(test.name, func(t *testing.T) {
			if diff := cmp.Diff(test.out, judge(test.want, test.in), cmp.AllowUnexported(verdict{}, reason{})); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// TestAnAiringIsOnTimeByItsChime sends a chime of five seconds before the first of two entries, and the second in a delivery
// of its own: then what counts is read from the database.
func TestAnAiringIsOnTimeByItsChime(t *testing.T) {
	const lead = 5300
	for _, test := range []struct {
		name   string
		late   time.Duration // of the first word
		lead   playlists.Millis
		timing Timing
	}{
		{"the chime was in time", lead * time.Millisecond, lead, OnTime},
		{"just", (lead + 2000) * time.Millisecond, lead, OnTime},
		{"the chime was late", (lead + 2001) * time.Millisecond, lead, Late},
		{"the word was late, and there was no chime", lead * time.Millisecond, 0, Late},
	} {
		t.Run(test.name, func(t *testing.T) {
			d := newDesk(t)
			everyHour(d)
			d.figures()
			due := at(6, 0)
			first, second := play(due, 1, 0, test.late), play(due, 1, 1, test.late+6*time.Second)
			first.Play.Lead = test.lead
			d.send(first)
			d.send(second)
			list := d.airings() // the latest first
			a := list[len(list)-1]
			if want := due.Add(test.late - test.lead.Duration()); a.Outcome != playlists.OutcomePlayed || a.Timing != test.timing || !a.Began.Equal(want) {
				t.Errorf("%s, %s, began %s", a.Outcome, a.Timing, a.Began)
			}
			if p := d.plays(); len(p) != 2 || !p[0].Begin.Equal(second.Play.Begin) || !p[1].Begin.Equal(first.Play.Begin) {
				t.Errorf("a play begins with its first word: %+v", p)
			}
			if facts, _ := d.told(horn); len(facts) != 1 || !facts[0].Begin.Equal(due.Add(test.late-test.lead.Duration())) {
				t.Errorf("%+v", facts)
			}
		})
	}
}
