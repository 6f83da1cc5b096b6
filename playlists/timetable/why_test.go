package timetable

import (
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"dalaba/playlists"
)

// said writes an answer as its verdict and what belongs to it.
func said(t *testing.T, p *playlists.Programme, a Answer) []string {
	out := []string{string(a.Verdict)}
	for _, s := range lines(t, p, a.Sounds) {
		out = append(out, "sounds "+s)
	}
	for _, s := range lines(t, p, a.Absent) {
		out = append(out, "absent "+s)
	}
	for _, f := range a.Facts {
		out = append(out, fmt.Sprintf("fact %s %s", f.Kind, f.By))
	}
	for _, i := range a.Idle {
		out = append(out, fmt.Sprintf("idle %s %s %s%s", i.Round.Name, i.Off, i.Day, i.Set))
	}
	if a.Cause != "" {
		out = append(out, fmt.Sprintf("%s by %s", a.Cause, a.By.Name))
	}
	return out
}

func TestWhyAnswersForAMinute(t *testing.T) {
	d := newFactDay(t)
	d.Quiet = []playlists.QuietRule{{Grid: town, From: clock("22:00"), To: clock("06:00"), Name: "夜间"}}
	talk := d.beside(FactTalk, "07:29:30", "07:34:00")
	for _, test := range []struct {
		name, at string
		facts    []Fact
		want     []string
	}{
		{"it sounds", "07:30:59", nil, []string{"sounds", "sounds a 07:30:00 placed 07:30:00 #1", "absent b 07:30:30 placed 07:31:00 #1 preempted by a"}},
		{"what was deferred sounds", "07:31:10", nil, []string{"sounds", "sounds b 07:30:30 placed 07:31:00 #1 preempted by a"}},
		{"somebody speaks", "07:30:00", []Fact{talk}, []string{
			"voice", "absent a 07:30:00 placed 07:34:00 #1 preempted by 关主任", "absent b 07:30:30 placed 07:35:00 #1 preempted by 关主任",
			"fact talk 关主任", "preempted by 关主任",
		}},
		{"after it, what was deferred", "07:34:20", []Fact{talk}, []string{"sounds", "sounds a 07:30:00 placed 07:34:00 #1 preempted by 关主任"}},
		{"it was missed", "07:30:00", []Fact{{Kind: FactMissed, Airing: d.a, Cause: "clip_absent"}, {Kind: FactCancelled, Airing: d.b, By: "李"}}, []string{
			"absent", "absent a 07:30:00 missed clip_absent", "absent b 07:30:30 missed cancelled by 李",
		}},
		{"the machine was off", "07:30:00", []Fact{d.outage("07:00:00", "07:40:00", "power_off")}, []string{
			"absent", "absent a 07:30:00 placed 07:40:00 #1 power_off", "absent b 07:30:30 placed 07:41:00 #1 power_off", "fact outage ", "power_off by ",
		}},
		{"an attempt sounded that was cut", "07:30:10", []Fact{d.sounded(d.a, 1, false, "07:30:00", "07:30:20", "device_error", ""), {Kind: FactStop, Airing: d.a, By: "李"}}, []string{
			"sounds", "sounds a 07:30:00 missed 07:30:00 #1 stopped by 李", "sounds b 07:30:30 placed 07:30:30 #1",
		}},
		{"the night", "23:00:00", nil, []string{"quiet", "quiet_hours by 夜间"}},
		{"nothing", "12:00:00", nil, []string{"nothing"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			answer, err := Why(d.Programme, test.facts, d.at(test.at))
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(test.want, said(t, d.Programme, answer)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestWhyKnowsWhichRoundWouldHaveSounded(t *testing.T) {
	with := func(change func(*playlists.Timetable)) playlists.Round {
		return playlists.Round{Name: "早间", Timetable: narrowed(every(60, "08:00", "12:00"), change)}
	}
	later := with(func(*playlists.Timetable) {})
	later.Since = instant(t, "Asia/Shanghai", "2026-01-23 11:00:00")
	for _, test := range []struct {
		name string
		in   playlists.Round
		want string
	}{
		{"its last day has passed", with(func(t *playlists.Timetable) { t.Until = day("2026-01-20") }), "idle 早间 ended 2026-01-20"},
		{"its first has not come", with(func(t *playlists.Timetable) { t.From = day("2026-02-01") }), "idle 早间 not_begun 2026-02-01"},
		{"not on Fridays", with(func(t *playlists.Timetable) { t.Weekdays = []int{1} }), "idle 早间 weekday 2026-01-23"},
		{"an excepted day", with(func(t *playlists.Timetable) { t.Except = []playlists.Date{friday} }), "idle 早间 excepted 2026-01-23"},
		{"a holiday", with(func(t *playlists.Timetable) { t.ExceptHolidays = []string{"假日"} }), "idle 早间 holiday 2026-01-23假日"},
		{"no such holiday", with(func(t *playlists.Timetable) { t.OnlyHolidays = []string{"学期"} }), "idle 早间 no_holiday 2026-01-23"},
		{"no such lunar day", with(func(t *playlists.Timetable) { t.Lunar = []playlists.LunarDay{{Day: 1}} }), "idle 早间 lunar 2026-01-23"},
		{"no market", with(func(t *playlists.Timetable) { t.Market = &playlists.Market{Endings: []int{4}} }), "idle 早间 market 2026-01-23"},
		{"no day of its expression", playlists.Round{Name: "早间", Timetable: cronTable("0 10 1 * *")}, "idle 早间 cron 2026-01-23"},
		{"a month that is not its", playlists.Round{Name: "早间", Timetable: cronTable("0 10 * 5 *")}, "idle 早间 cron 2026-01-23"},
		{"it came to be later", later, "idle 早间 since 2026-01-23"},
		{"a window of the night before", playlists.Round{Name: "早间", Timetable: narrowed(every(60, "22:00", "10:00"), func(t *playlists.Timetable) { t.Weekdays = []int{5} })}, "idle 早间 weekday 2026-01-22"},
	} {
		t.Run(test.name, func(t *testing.T) {
			p := programme(test.in)
			p.Holidays = []playlists.HolidaySet{{Name: "假日", Dates: []playlists.Date{friday}}, {Name: "学期"}}
			answer, err := Why(p, nil, instant(t, p.Zone, "2026-01-23 10:00:00"))
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff([]string{"idle", test.want}, said(t, p, answer)); diff != "" {
				t.Error(diff)
			}
			answer, err = Why(p, nil, instant(t, p.Zone, "2026-01-23 10:01:00"))
			if err != nil || answer.Verdict != VerdictNothing {
				t.Errorf("a minute later: %v, %v", said(t, p, answer), err)
			}
		})
	}
}

func TestWhyKnowsAnnouncementsThatAreNotValidYet(t *testing.T) {
	p := programme(playlists.Round{Name: "a", Timetable: daily("10:00")})
	p.Announcements[0].ValidFrom = instant(t, p.Zone, "2026-01-24 00:00:00")
	answer, err := Why(p, nil, instant(t, p.Zone, "2026-01-23 10:00:00"))
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]string{"idle", "idle a early 2026-01-23"}, said(t, p, answer)); diff != "" {
		t.Error(diff)
	}
}

func TestWhyNamesWhatComesBeforeAndAfter(t *testing.T) {
	p := programme(playlists.Round{Name: "a", Timetable: every(60, "08:00", "12:00")})
	answer, err := Why(p, nil, instant(t, p.Zone, "2026-01-23 09:30:20"))
	if err != nil {
		t.Fatal(err)
	}
	if got := lines(t, p, []Airing{*answer.Before, *answer.After}); !cmp.Equal(got, []string{"a 09:00:00 placed 09:00:00 #1", "a 10:00:00 placed 10:00:00 #1"}) {
		t.Error(got)
	}
	if length := answer.To.Sub(answer.From); length != time.Minute || answer.From.Second() != 0 {
		t.Errorf("from %s to %s", answer.From, answer.To)
	}
	p.Zone = "nowhere"
	if _, err := Why(p, nil, time.Time{}); err == nil {
		t.Error("a programme that contradicts itself is asked")
	}
}
