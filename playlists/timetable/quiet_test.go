package timetable

import (
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"dalaba/playlists"
)

// night is the root's quiet from first start.
func night() playlists.QuietRule {
	return playlists.QuietRule{Grid: town, From: clock("22:00"), To: clock("06:00")}
}

func TestNothingSoundsInQuiet(t *testing.T) {
	quiet := func(from, to string) playlists.QuietRule {
		return playlists.QuietRule{Grid: village, From: clock(from), To: clock(to)}
	}
	lifted := night()
	lifted.LiftedUntil = instant(t, "Asia/Shanghai", "2026-01-23 22:30:00")
	for _, test := range []struct {
		name  string
		due   string
		quiet []playlists.QuietRule
		want  string
	}{
		{"before the night", "21:59", []playlists.QuietRule{night()}, "placed 21:59:00 #1"},
		{"the night begins in the middle", "21:59:01", []playlists.QuietRule{night()}, "missed quiet_hours"},
		{"in the night, no way out before 24:00", "23:59:30", []playlists.QuietRule{night()}, "missed quiet_hours"},
		{"after midnight", "00:10", []playlists.QuietRule{night()}, "missed quiet_hours"},
		{"near the morning it is deferred", "05:45", []playlists.QuietRule{night()}, "placed 06:00:00 #1 quiet_hours"},
		{"at the morning", "06:00", []playlists.QuietRule{night()}, "placed 06:00:00 #1"},
		{"a span of midday begins in the middle", "11:59:30", []playlists.QuietRule{quiet("12:00", "12:10")}, "placed 12:10:00 #1 quiet_hours"},
		{"rules add up", "12:00", []playlists.QuietRule{quiet("12:05", "12:20"), quiet("11:00", "12:10")}, "placed 12:20:00 #1 quiet_hours"},
		{"a lower rule does not shorten the night", "22:10", []playlists.QuietRule{night(), quiet("22:20", "05:00")}, "missed quiet_hours"},
		{"from a time to itself is the whole day", "12:00", []playlists.QuietRule{quiet("09:00", "09:00")}, "missed quiet_hours"},
		{"to 24:00", "23:30", []playlists.QuietRule{quiet("23:00", "24:00")}, "missed quiet_hours"},
		{"from 24:00 is from midnight", "00:10", []playlists.QuietRule{quiet("24:00", "00:20")}, "placed 00:20:00 #1 quiet_hours"},
		{"lifted", "22:10", []playlists.QuietRule{lifted}, "placed 22:10:00 #1"},
		{"lifted until the middle of it", "22:29:30", []playlists.QuietRule{lifted}, "missed quiet_hours"},
		{"lifted last night, from midnight on too", "00:10", []playlists.QuietRule{lifted}, "placed 00:10:00 #1"},
		{"lifted, and another stands", "22:10", []playlists.QuietRule{lifted, night()}, "missed quiet_hours"},
	} {
		t.Run(test.name, func(t *testing.T) {
			p := programme(playlists.Round{Name: "a", Timetable: daily(test.due)})
			p.Quiet = test.quiet
			expectPlan(t, p, nil, []string{fmt.Sprintf("a %s %s", fullClock(test.due), test.want)})
		})
	}
}

// fullClock adds the seconds that a time of day leaves out.
func fullClock(s string) string {
	if len(s) == len("07:30") {
		return s + ":00"
	}
	return s
}

func TestQuietFollowsTheClocksWhenTheyChange(t *testing.T) {
	for _, test := range []struct{ name, day, due, want string }{
		{"an hour less of night", "2026-03-29", "05:45", "a 05:45:00 placed 06:00:00 #1 quiet_hours"},
		{"an hour more of night", "2026-10-25", "05:45", "a 05:45:00 placed 06:00:00 #1 quiet_hours"},
		{"the long day ends an hour later", "2026-10-25", "21:59", "a 21:59:00 placed 21:59:00 #1"},
		{"the short day too", "2026-03-29", "21:59:01", "a 21:59:01 missed quiet_hours"},
	} {
		t.Run(test.name, func(t *testing.T) {
			p := programme(playlists.Round{Name: "a", Timetable: daily(test.due)})
			p.Zone, p.Quiet = "Europe/Berlin", []playlists.QuietRule{night()}
			day, err := playlists.ParseDate(test.day)
			if err != nil {
				t.Fatal(err)
			}
			airings, err := Plan(p, nil, day)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff([]string{test.want}, lines(t, p, airings)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestAMandatoryRoundPassesWhatNodesBelowItsOwnerAdded(t *testing.T) {
	const society = village + "001"
	noon := func(grid playlists.GridCode) playlists.QuietRule {
		return playlists.QuietRule{Grid: grid, From: clock("12:00"), To: clock("13:30"), Name: "午休"}
	}
	for _, test := range []struct {
		name      string
		rule      playlists.GridCode
		owner     playlists.GridCode
		mandatory bool
		sounds    bool
	}{
		{"a superior's, marked", village, town, true, true},
		{"a superior's, not marked", village, town, false, false},
		{"its own node's", village, village, true, false},
		{"a lower node's", town, village, true, false},
		{"two levels up", society, town, true, true},
		{"the root yields to nobody, itself among them", town, town, true, false},
		{"another branch is nobody's superior", "440605123002", "440605123001", true, false},
	} {
		t.Run(test.name, func(t *testing.T) {
			p := programme(playlists.Round{Name: "a", Timetable: daily("12:30"), Owner: test.owner, Mandatory: test.mandatory})
			p.Quiet = []playlists.QuietRule{noon(test.rule)}
			want := "a 12:30:00 missed quiet_hours by 午休"
			if test.sounds {
				want = "a 12:30:00 placed 12:30:00 #1"
			}
			expectPlan(t, p, nil, []string{want})
			p.Quiet = nil
			p.Temporary = []playlists.TemporaryQuiet{{
				Grid: test.rule, Name: "午休", Begin: instant(t, p.Zone, "2026-01-23 12:00:00"), End: instant(t, p.Zone, "2026-01-23 13:30:00"),
			}}
			expectPlan(t, p, nil, []string{want})
		})
	}
}

func TestTheRootsNightYieldsToNoRound(t *testing.T) {
	p := programme(playlists.Round{Name: "a", Owner: town, Mandatory: true, Timetable: daily("00:07")})
	p.Quiet = []playlists.QuietRule{night(), {Grid: village, From: clock("00:00"), To: clock("05:00"), Name: "村里"}}
	expectPlan(t, p, nil, []string{"a 00:07:00 missed quiet_hours"})
}

func TestQuietSaysWhose(t *testing.T) {
	p := programme(playlists.Round{Name: "a", Timetable: daily("12:00")})
	at := func(s string) time.Time { return instant(t, p.Zone, s).UTC() }
	for _, test := range []struct {
		name string
		in   func(p *playlists.Programme)
		want Winner
	}{
		{"a rule", func(p *playlists.Programme) {
			p.Quiet = []playlists.QuietRule{{Grid: village, From: clock("11:00"), To: clock("12:10"), Name: "午休"}}
		}, Winner{Kind: ByQuietRule, Name: "午休", Grid: village, Until: at("2026-01-23 12:10:00")}},
		{"a place, on its days", func(p *playlists.Programme) {
			p.Quiet = []playlists.QuietRule{{
				Grid: town, From: clock("08:00"), To: clock("12:05"), Name: "高考", Place: true, FirstDay: friday, LastDay: friday,
			}}
		}, Winner{Kind: ByQuietPlace, Name: "高考", Grid: town, Until: at("2026-01-23 12:05:00")}},
		{"for a time", func(p *playlists.Programme) {
			p.Temporary = []playlists.TemporaryQuiet{{Grid: village, Name: "丧事", Begin: at("2026-01-22 10:00:00"), End: at("2026-01-23 12:20:00")}}
		}, Winner{Kind: ByTemporaryQuiet, Name: "丧事", Grid: village, Until: at("2026-01-23 12:20:00")}},
		{"of two that begin together the higher node's", func(p *playlists.Programme) {
			rule := playlists.QuietRule{Grid: village, From: clock("11:00"), To: clock("12:10"), Name: "村"}
			upper := rule
			upper.Grid, upper.Name = town, "镇"
			p.Quiet = []playlists.QuietRule{rule, upper}
		}, Winner{Kind: ByQuietRule, Name: "镇", Grid: town, Until: at("2026-01-23 12:10:00")}},
	} {
		t.Run(test.name, func(t *testing.T) {
			p := *p
			test.in(&p)
			airings, err := Plan(&p, nil, friday)
			if err != nil {
				t.Fatal(err)
			}
			a := airings[0]
			if diff := cmp.Diff(test.want, a.Winner); diff != "" || a.Reason != ReasonDeferred || a.Cause != playlists.CauseQuietHours {
				t.Errorf("%s %s\n%s", a.Reason, a.Cause, diff)
			}
		})
	}
}

func TestADatedRuleIsSilentOnItsDays(t *testing.T) {
	p := programme(playlists.Round{Name: "a", Lateness: 1, Timetable: every(720, "00:30", "12:30")})
	rule := playlists.QuietRule{Grid: town, From: clock("12:00"), To: clock("01:00")}
	const night, noon = "a 00:30:00 missed quiet_hours", "a 12:30:00 missed quiet_hours"
	const nightOn, noonOn = "a 00:30:00 placed 00:30:00 #1", "a 12:30:00 placed 12:30:00 #1"
	for _, test := range []struct {
		name        string
		first, last string
		want        []string
	}{
		{"its days are those on which it begins", "2026-01-23", "2026-01-23", []string{nightOn, noon}},
		{"and its last night goes on", "2026-01-20", "2026-01-22", []string{night, noonOn}},
		{"not begun", "2026-01-24", "2026-01-30", []string{nightOn, noonOn}},
		{"over", "2026-01-01", "2026-01-21", []string{nightOn, noonOn}},
	} {
		t.Run(test.name, func(t *testing.T) {
			rule.FirstDay, rule.LastDay = day(test.first), day(test.last)
			p.Quiet = []playlists.QuietRule{rule}
			expectPlan(t, p, nil, test.want)
		})
	}
}

func TestQuietAndMutesSilenceATalk(t *testing.T) {
	p := programme(playlists.Round{Name: "a", Timetable: daily("12:30")})
	p.Quiet = []playlists.QuietRule{{Grid: town, From: clock("22:00"), To: clock("06:00"), Name: "夜间"}}
	at := func(s string) time.Time { return instant(t, p.Zone, "2026-01-23 "+s) }
	mute := []Fact{{Kind: FactMute, Begin: at("11:00:00"), End: at("12:00:00"), By: "李村长"}, {Kind: FactTalk, Begin: at("12:00:00")}}
	for _, test := range []struct {
		at, cause, by, quiet string
	}{
		{"05:59:59", "quiet_hours", "夜间", ""},
		{"06:00:00", "", "", "22:00:00"},
		{"11:30:00", "muted", "李村长", ""},
		{"12:00:00", "", "", "22:00:00"},
		{"22:00:00", "quiet_hours", "夜间", ""},
	} {
		silence, err := SilenceAt(p, mute, at(test.at))
		if err != nil {
			t.Fatal(err)
		}
		next := ""
		if !silence.Next.IsZero() {
			next = silence.Next.In(at(test.at).Location()).Format(time.TimeOnly)
		}
		if string(silence.Cause) != test.cause || silence.By.Name != test.by || next != test.quiet {
			t.Errorf("%s: %+v, want %+v", test.at, silence, test)
		}
	}
	noon := at("12:00:00")
	p.Zone = "nowhere"
	if _, err := SilenceAt(p, nil, noon); err == nil {
		t.Error("a programme that contradicts itself is asked")
	}
}
