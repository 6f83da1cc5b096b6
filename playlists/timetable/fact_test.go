package timetable

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"dalaba/playlists"
)

// factDay is a day of two rounds of a minute, a at 07:30:00 and b at 07:30:30, and words for what happened on it.
type factDay struct {
	*playlists.Programme
	t    *testing.T
	a, b playlists.AiringID
}

func newFactDay(t *testing.T) *factDay {
	d := &factDay{t: t, Programme: programme(
		playlists.Round{Name: "a", Timetable: daily("07:30")},
		playlists.Round{Name: "b", Timetable: daily("07:30:30")},
	)}
	d.a, d.b = d.id("a", "07:30:00"), d.id("b", "07:30:30")
	return d
}

// at reads a time of the day, and nothing as the zero time.
func (d *factDay) at(s string) time.Time {
	if s == "" {
		return time.Time{}
	}
	return instant(d.t, d.Zone, "2026-01-23 "+s)
}

func (d *factDay) id(round playlists.RoundID, due string) playlists.AiringID {
	return playlists.NewAiringID(round, d.at(due), d.Terminal)
}

func (d *factDay) sounded(airing playlists.AiringID, attempt int, whole bool, begin, end string, cause playlists.Cause, by string) Fact {
	return Fact{Kind: FactSounded, Airing: airing, Attempt: attempt, Whole: whole, Begin: d.at(begin), End: d.at(end), Cause: cause, By: by}
}

func (d *factDay) outage(begin, end string, cause playlists.Cause) Fact {
	return Fact{Kind: FactOutage, Begin: d.at(begin), End: d.at(end), Cause: cause}
}

type factCase struct {
	name  string
	facts []Fact
	want  []string
}

func (d *factDay) expect(cases []factCase) {
	for _, test := range cases {
		d.t.Run(test.name, func(t *testing.T) { expectPlan(t, d.Programme, test.facts, test.want) })
	}
}

func TestWhatSoundedStands(t *testing.T) {
	d := newFactDay(t)
	d.expect([]factCase{
		{"done on time", []Fact{d.sounded(d.a, 1, true, "07:30:02", "07:31:02", "", "")}, []string{"a 07:30:00 done 07:30:02 #1", "b 07:30:30 placed 07:31:02 #1 preempted by a"}},
		{"done late", []Fact{d.sounded(d.a, 1, true, "07:35:00", "07:36:00", "agent_down", "")}, []string{"a 07:30:00 done 07:35:00 #1 agent_down", "b 07:30:30 placed 07:30:30 #1"}},
		{"sounding takes as long as it will", []Fact{d.sounded(d.a, 1, false, "07:30:05", "", "", "")}, []string{"a 07:30:00 sounding 07:30:05 #1", "b 07:30:30 placed 07:31:05 #1 preempted by a"}},
		{"cut is placed again, whole, at once", []Fact{d.sounded(d.a, 1, false, "07:30:00", "07:30:20", "device_error", "")}, []string{
			"a 07:30:00 placed 07:30:20 #2 device_error", "b 07:30:30 placed 07:31:20 #1 preempted by a",
		}},
		{"cut by somebody says by whom", []Fact{d.sounded(d.a, 1, false, "07:30:00", "07:30:20", "preempted", "镇应急广播")}, []string{
			"a 07:30:00 placed 07:30:20 #2 preempted by 镇应急广播", "b 07:30:30 placed 07:31:20 #1 preempted by a",
		}},
		{"cut twice", []Fact{d.sounded(d.a, 2, false, "07:32:00", "07:32:10", "power_off", ""), d.sounded(d.a, 1, false, "07:30:00", "07:30:20", "device_error", "")}, []string{
			"a 07:30:00 placed 07:32:10 #3 power_off", "b 07:30:30 placed 07:30:30 #1",
		}},
		{"cut, and then whole", []Fact{d.sounded(d.a, 2, true, "07:32:00", "07:33:00", "device_error", ""), d.sounded(d.a, 1, false, "07:30:00", "07:30:20", "device_error", "")}, []string{
			"a 07:30:00 done 07:32:00 #2 device_error", "b 07:30:30 placed 07:30:30 #1",
		}},
		{"cut too late for another attempt", []Fact{d.sounded(d.a, 1, false, "07:59:50", "08:00:01", "device_error", "")}, []string{
			"a 07:30:00 missed 07:59:50 #1 device_error", "b 07:30:30 placed 07:30:30 #1",
		}},
		{"given up", []Fact{{Kind: FactMissed, Airing: d.a, Cause: "clip_absent"}}, []string{"a 07:30:00 missed clip_absent", "b 07:30:30 placed 07:30:30 #1"}},
		{"given up after it was cut", []Fact{{Kind: FactMissed, Airing: d.a, Cause: "clip_bad"}, d.sounded(d.a, 1, false, "07:30:00", "07:30:01", "clip_bad", "")}, []string{
			"a 07:30:00 missed 07:30:00 #1 clip_bad", "b 07:30:30 placed 07:30:30 #1",
		}},
		{"what sounded whole was not missed", []Fact{{Kind: FactMissed, Airing: d.b, Cause: "lost"}, d.sounded(d.b, 1, true, "07:30:30", "07:31:30", "", "")}, []string{
			"a 07:30:00 placed 07:31:30 #1 preempted by b", "b 07:30:30 done 07:30:30 #1",
		}},
		{"what is gone from the programme still took its time", []Fact{d.sounded(d.id("gone", "07:29:00"), 1, true, "07:29:30", "07:30:30", "", "")}, []string{
			"a 07:30:00 placed 07:30:30 #1 preempted", "b 07:30:30 placed 07:31:30 #1 preempted by a",
		}},
		{"a fact that ends before it begins takes no time", []Fact{d.sounded(d.id("gone", "07:29:00"), 1, true, "07:31:00", "07:29:30", "", "")}, []string{"a 07:30:00 placed 07:30:00 #1", "b 07:30:30 placed 07:31:00 #1 preempted by a"}},
	})
}

func TestNothingBeginsInAnOutage(t *testing.T) {
	d := newFactDay(t)
	const onTimeB = "b 07:30:30 placed 07:31:00 #1 preempted by a"
	d.expect([]factCase{
		{"an outage defers", []Fact{d.outage("07:00:00", "07:45:00", "agent_down")}, []string{
			"a 07:30:00 placed 07:45:00 #1 agent_down", "b 07:30:30 placed 07:46:00 #1 agent_down",
		}},
		{"an outage without an end", []Fact{d.outage("07:00:00", "", "clock_untrusted")}, []string{"a 07:30:00 missed clock_untrusted", "b 07:30:30 missed clock_untrusted"}},
		{"an outage blocks beginnings only", []Fact{d.outage("07:30:10", "07:30:20", "device_error")}, []string{"a 07:30:00 placed 07:30:00 #1", onTimeB}},
		{"an outage of another day", []Fact{{Kind: FactOutage, Begin: d.at("00:00:00").AddDate(0, 0, -2), End: d.at("00:00:00"), Cause: "power_off"}}, []string{"a 07:30:00 placed 07:30:00 #1", onTimeB}},
	})
}

func (d *factDay) beside(kind FactKind, begin, end string) Fact {
	return Fact{Kind: kind, Begin: d.at(begin), End: d.at(end), By: "关主任", Grid: town}
}

func TestWhatIsSpokenOrOrderedStandsFirst(t *testing.T) {
	d := newFactDay(t)
	of := func(kind FactKind, airing playlists.AiringID) Fact {
		return Fact{Kind: kind, Airing: airing, By: "关主任"}
	}
	const a, b = "a 07:30:00 placed 07:30:00 #1", "b 07:30:30 placed 07:31:00 #1 preempted by a"
	const bAlone = "b 07:30:30 placed 07:30:30 #1"
	d.expect([]factCase{
		{"a talk defers", []Fact{d.beside(FactTalk, "07:29:00", "07:35:00")}, []string{
			"a 07:30:00 placed 07:35:00 #1 preempted by 关主任", "b 07:30:30 placed 07:36:00 #1 preempted by 关主任",
		}},
		{"an alert that will begin is not run into", []Fact{d.beside(FactAlert, "07:30:59", "07:31:30")}, []string{
			"a 07:30:00 placed 07:31:30 #1 preempted by 关主任", "b 07:30:30 placed 07:32:30 #1 preempted by 关主任",
		}},
		{"a talk without an end leaves no place yet", []Fact{d.beside(FactTalk, "07:29:00", "")}, []string{
			"a 07:30:00 missed preempted by 关主任", "b 07:30:30 missed preempted by 关主任",
		}},
		{"a talk longer than lateness", []Fact{d.beside(FactTalk, "07:29:00", "08:00:01")}, []string{
			"a 07:30:00 missed preempted by 关主任", "b 07:30:30 placed 08:00:01 #1 preempted by 关主任",
		}},
		{"played by hand", []Fact{d.beside(FactPlayNow, "07:30:00", "07:30:10")}, []string{
			"a 07:30:00 placed 07:30:10 #1 preempted by 关主任", "b 07:30:30 placed 07:31:10 #1 preempted by a",
		}},
		{"a mute", []Fact{d.beside(FactMute, "07:00:00", "07:40:00")}, []string{
			"a 07:30:00 placed 07:40:00 #1 muted by 关主任", "b 07:30:30 placed 07:41:00 #1 muted by 关主任",
		}},
		{"a mute without an end", []Fact{d.beside(FactMute, "07:00:00", "")}, []string{"a 07:30:00 missed muted by 关主任", "b 07:30:30 missed muted by 关主任"}},
		{"a stop until its end", []Fact{d.beside(FactStop, "07:30:00", "07:45:00")}, []string{
			"a 07:30:00 placed 07:45:00 #1 stopped by 关主任", "b 07:30:30 placed 07:46:00 #1 stopped by 关主任",
		}},
		{"a stop cuts, and what it cut is tried again", []Fact{
			d.sounded(d.a, 1, false, "07:30:00", "07:30:20", "stopped", "关主任"), d.beside(FactStop, "07:30:20", "07:35:00"),
		}, []string{"a 07:30:00 placed 07:35:00 #2 stopped by 关主任", "b 07:30:30 placed 07:36:00 #1 stopped by 关主任"}},
		{"an airing that was stopped is over", []Fact{
			d.sounded(d.a, 1, false, "07:30:00", "07:30:20", "stopped", "关主任"), of(FactStop, d.a),
		}, []string{"a 07:30:00 missed 07:30:00 #1 stopped by 关主任", bAlone}},
		{"cancelled", []Fact{of(FactCancelled, d.a)}, []string{"a 07:30:00 missed cancelled by 关主任", bAlone}},
		{"cancelled too late", []Fact{of(FactCancelled, d.a), d.sounded(d.a, 1, true, "07:30:00", "07:31:00", "", "")}, []string{"a 07:30:00 done 07:30:00 #1", b}},
		{"of another day", []Fact{{Kind: FactTalk, Begin: d.at("00:00:00").AddDate(0, 0, -1), End: d.at("00:00:00")}}, []string{a, b}},
	})
}

func TestAProgrammeCancelsSingleAirings(t *testing.T) {
	d := newFactDay(t)
	d.Cancelled = []playlists.Cancellation{{Airing: d.a, By: "关主任", Grid: town}, {Airing: d.id("gone", "07:30:00")}}
	d.expect([]factCase{
		{"before it sounds", nil, []string{"a 07:30:00 missed cancelled by 关主任", "b 07:30:30 placed 07:30:30 #1"}},
		{"while it sounds it is too late", []Fact{d.sounded(d.a, 1, false, "07:30:00", "", "", "")}, []string{
			"a 07:30:00 sounding 07:30:00 #1", "b 07:30:30 placed 07:31:00 #1 preempted by a",
		}},
		{"after it was cut it is not tried again", []Fact{d.sounded(d.a, 1, false, "07:30:00", "07:30:10", "device_error", "")}, []string{
			"a 07:30:00 missed 07:30:00 #1 cancelled by 关主任", "b 07:30:30 placed 07:30:30 #1",
		}},
	})
	airings, err := Plan(d.Programme, nil, friday)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(Winner{Kind: ByPerson, Name: "关主任", Grid: town}, airings[0].Winner); diff != "" {
		t.Error(diff)
	}
}

func TestTheWinnerIsNamedInFull(t *testing.T) {
	d := newFactDay(t)
	until := func(s string) time.Time { return d.at(s).UTC() }
	drill := d.beside(FactAlert, "07:29:00", "07:31:00")
	drill.Drill = true
	alert := d.beside(FactAlert, "07:29:30", "07:32:00")
	alert.Level = 2
	for _, test := range []struct {
		name   string
		facts  []Fact
		reason Reason
		want   Winner
	}{
		{"a talk", []Fact{d.beside(FactTalk, "07:29:00", "07:31:00")}, ReasonDeferred, Winner{Kind: ByTalk, Name: "关主任", Grid: town, Until: until("07:31:00")}},
		{"a talk that goes on", []Fact{d.beside(FactTalk, "07:29:00", "")}, "", Winner{Kind: ByTalk, Name: "关主任", Grid: town}},
		{"a drill", []Fact{drill}, ReasonDeferred, Winner{Kind: ByDrill, Name: "关主任", Grid: town, Until: until("07:31:00")}},
		{"an alert before a talk 应急优先", []Fact{d.beside(FactTalk, "07:29:00", "07:33:00"), alert}, ReasonDeferred, Winner{Kind: ByAlert, Name: "关主任", Grid: town, Level: 2, Until: until("07:32:00")}},
		{"an outage", []Fact{d.outage("07:00:00", "07:31:00", "power_off")}, ReasonAfterOutage, Winner{Until: until("07:31:00")}},
		{"a cut", []Fact{d.sounded(d.a, 1, false, "07:30:00", "07:30:20", "preempted", "台风")}, ReasonNextAttempt, Winner{Name: "台风"}},
		{"nobody", nil, ReasonDue, Winner{}},
	} {
		t.Run(test.name, func(t *testing.T) {
			airings, err := Plan(d.Programme, test.facts, friday)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(test.want, airings[0].Winner); diff != "" || airings[0].Reason != test.reason {
				t.Errorf("reason %q, want %q\n%s", airings[0].Reason, test.reason, diff)
			}
		})
	}
	airings, err := Plan(d.Programme, nil, friday)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(Winner{Kind: ByRound, Name: "a", Grid: village, Ref: "a", Until: until("07:31:00")}, airings[1].Winner); diff != "" {
		t.Error(diff)
	}
}
