package complaints

import (
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"dalaba/playlists"
)

// inForce is the programme of a terminal in grid: the round "morning" of owner at the times given, and a volume of its own
// of 80 percent.
func inForce(grid, owner playlists.GridCode, repeats int, times playlists.Timetable, rules ...playlists.VolumeRule) *playlists.Programme {
	return &playlists.Programme{
		Zone: "Asia/Shanghai", Grid: grid,
		Rounds:    []playlists.Round{{ID: "morning", Name: "早间", Owner: owner, Playlist: "list", Timetable: times}},
		Playlists: []playlists.Playlist{{ID: "list", Entries: []playlists.PlaylistEntry{{Repeats: 1}, {Repeats: repeats}}}},
		Volume:    append(rules, playlists.VolumeRule{To: playlists.EndOfDay, Percent: 80}),
	}
}

func cron(hour, minute int) playlists.Timetable {
	return playlists.Timetable{Cron: fmt.Sprintf("%d %d * * *", minute, hour)}
}

// clockSound is an airing of "morning" at laoling that sounded at 80 percent, due and begun at these times of the day.
func clockSound(due, begin playlists.TimeOfDay, length time.Duration) Sound {
	s := planned(0)
	start := begin.On(day, shanghai)
	s.Due, s.Outcome, s.Cause = due.On(day, shanghai), playlists.OutcomePlayed, ""
	s.Plays = []Play{{Title: "口罩", Begin: start, End: start.Add(length), Volume: 80}}
	return s
}

// offers writes remedies so that a test can say what it wants.
func offers(remedies []Remedy) []string {
	var all []string
	for _, r := range remedies {
		text := fmt.Sprintf("%s %d", r.Kind, len(r.Grid))
		switch r.Kind {
		case RemedyLater:
			text += fmt.Sprintf(" %s→%s", r.Start, r.Instead)
		case RemedyLower:
			text += fmt.Sprintf(" %s–%s %d→%d", r.From, r.To, r.Volume, r.VolumeInstead)
		case RemedyShorter:
			text += fmt.Sprintf(" %s ×%d→%d", r.Length.Duration(), r.Repeats, r.RepeatsInstead)
		case RemedyQuiet:
			text += " " + string(r.Terminal)
		}
		if r.Above {
			text += " above"
		}
		all = append(all, text)
	}
	return all
}

func TestRemediesFollowFromWhatSounded(t *testing.T) {
	const half = 30 * time.Second
	floor := func(grid playlists.GridCode, percent, floor int) playlists.VolumeRule {
		return playlists.VolumeRule{To: playlists.EndOfDay, Percent: percent, Floor: floor, Grid: grid}
	}
	quiet := "quiet 15 laoling"
	lower := func(hour, instead int) string {
		return fmt.Sprintf("lower 15 %02d:00–%02d:00 80→%d", hour, hour+1, instead)
	}
	clock := playlists.NewTimeOfDay
	for _, test := range []struct {
		name       string
		due, begin playlists.TimeOfDay
		length     time.Duration
		now        *playlists.Programme
		want       []string
	}{
		{
			"early", clock(6, 30, 0), clock(6, 30, 0), half, inForce(laoling, laoling, 1, cron(6, 30)),
			[]string{"later 15 06:30→07:00", lower(6, 60), quiet},
		},
		{
			"nearly seven is not moved to seven", clock(6, 50, 0), clock(6, 50, 0), half, inForce(laoling, laoling, 1, cron(6, 50)),
			[]string{"later 15 06:50→08:00", lower(6, 60), quiet},
		},
		{
			"a minute before the bound", clock(7, 29, 0), clock(7, 29, 59), half, inForce(laoling, laoling, 1, cron(7, 29)),
			[]string{"later 15 07:29→08:00", "lower 15 07:00–08:00 80→60", quiet},
		},
		{"at the bound", clock(7, 30, 0), clock(7, 30, 0), half, inForce(laoling, laoling, 1, cron(7, 30)), []string{lower(7, 60), quiet}},
		{"in the evening", clock(20, 30, 0), clock(20, 30, 0), half, inForce(laoling, laoling, 1, cron(20, 30)), []string{lower(20, 60), quiet}},
		{
			"late", clock(20, 30, 0), clock(20, 30, 1), half, inForce(laoling, laoling, 1, cron(20, 30)),
			[]string{"later 15 20:30→20:00", lower(20, 60), quiet},
		},
		{
			"late because others stood first", clock(19, 50, 0), clock(20, 40, 0), half, inForce(laoling, laoling, 1, cron(19, 50)),
			[]string{lower(20, 60), quiet},
		},
		{
			"it was moved since", clock(6, 30, 0), clock(6, 30, 0), half, inForce(laoling, laoling, 1, cron(7, 0)),
			[]string{lower(6, 60), quiet},
		},
		{
			"its other days changed, not its hour", clock(6, 30, 0), clock(6, 30, 0), half,
			inForce(laoling, laoling, 1, playlists.Timetable{Cron: "30 6 * * 1"}),
			[]string{"later 15 06:30→07:00", lower(6, 60), quiet},
		},
		{
			"it had its last day", clock(6, 30, 0), clock(6, 30, 0), half,
			inForce(laoling, laoling, 1, playlists.Timetable{Cron: "30 6 * * *", Until: day}),
			[]string{lower(6, 60), quiet},
		},
		{
			"one of many starts", clock(6, 30, 0), clock(6, 30, 0), half,
			inForce(laoling, laoling, 1, playlists.Timetable{Every: &playlists.Every{Minutes: 5, From: clock(6, 0, 0), To: clock(21, 0, 0)}}),
			[]string{"later 15 06:30→07:00", lower(6, 60), quiet},
		},
		{
			"its round is gone", clock(6, 30, 0), clock(6, 30, 0), 10 * time.Minute, &playlists.Programme{Zone: "Asia/Shanghai", Grid: laoling},
			[]string{"lower 15 06:00–07:00 100→75", quiet},
		},
		{"its terminal is gone", clock(6, 30, 0), clock(6, 30, 0), 10 * time.Minute, nil, []string{quiet}},
		{
			"a superior's round and his floor", clock(6, 30, 0), clock(6, 30, 0), half, inForce(laoling, town, 1, cron(6, 30), floor(town, 90, 70)),
			[]string{"later 9 06:30→07:00 above", lower(6, 70), quiet},
		},
		{"at the superior's floor", clock(9, 0, 0), clock(9, 0, 0), half, inForce(laoling, laoling, 1, cron(9, 0), floor(town, 90, 80)), []string{quiet}},
		{
			"an own floor does not hold", clock(9, 0, 0), clock(9, 0, 0), half, inForce(laoling, laoling, 1, cron(9, 0), floor(laoling, 90, 80)),
			[]string{lower(9, 60), quiet},
		},
		{
			"it was lowered since", clock(9, 0, 0), clock(9, 0, 0), half,
			inForce(laoling, laoling, 1, cron(9, 0), playlists.VolumeRule{To: playlists.EndOfDay, Percent: 60, Cap: 60, Grid: laoling}),
			[]string{quiet},
		},
		{"five minutes", clock(9, 0, 0), clock(9, 0, 0), long, inForce(laoling, laoling, 1, cron(9, 0)), []string{lower(9, 60), quiet}},
		{
			"more than five minutes", clock(9, 0, 0), clock(9, 0, 0), long + time.Second, inForce(laoling, laoling, 1, cron(9, 0)),
			[]string{lower(9, 60), "shorter 15 5m1s ×1→0", quiet},
		},
		{
			"again and again", clock(9, 0, 0), clock(9, 0, 0), half, inForce(laoling, shangxi, 3, cron(9, 0)),
			[]string{lower(9, 60), "shorter 12 30s ×3→1 above", quiet},
		},
		{
			"over the hour", clock(9, 50, 0), clock(9, 50, 0), 12 * time.Minute, inForce(laoling, laoling, 1, cron(9, 50)),
			[]string{"lower 15 09:00–11:00 80→60", "shorter 15 12m0s ×1→0", quiet},
		},
		{
			"to midnight", clock(23, 50, 0), clock(23, 50, 0), 12 * time.Minute, inForce(laoling, laoling, 1, cron(23, 50)),
			[]string{"later 15 23:50→20:00", "lower 15 23:00–01:00 80→60", "shorter 15 12m0s ×1→0", quiet},
		},
	} {
		t.Run(test.name, func(t *testing.T) {
			e := evidenceOf(clockSound(test.due, test.begin, test.length))
			e.now, e.complaint.At = e.now.AddDate(0, 0, 1), test.begin.On(day, shanghai).UTC().Truncate(time.Minute)
			e.present["laoling"] = test.now
			if diff := cmp.Diff(test.want, offers(e.remedies(e.heard()))); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestRemediesLookAtWhatWasMeant(t *testing.T) {
	clock := playlists.NewTimeOfDay
	now, before := clockSound(clock(6, 30, 0), clock(6, 30, 0), time.Minute), clockSound(clock(6, 22, 0), clock(6, 22, 0), time.Minute)
	before.Round = "other"
	second := now
	second.Terminal, second.TerminalName = "laoling2", "二号"
	horn := now
	horn.Terminal, horn.Grid = "village", shangxi
	talk, alert := now, now
	talk.Class, alert.Class = playlists.ClassLive, playlists.ClassAlert
	low := inForce(laoling, laoling, 1, cron(6, 30))
	low.Rounds = append(low.Rounds, playlists.Round{ID: "other", Owner: laoling, Timetable: cron(6, 22)})
	for _, test := range []struct {
		name  string
		named playlists.TerminalID
		in    []Sound
		want  []string
	}{
		{"nothing sounded", "", nil, []string{"quiet 15 "}},
		{"nothing sounded at the village's horn", "village", nil, []string{"quiet 12 village above"}},
		{"nothing sounded at one that is gone", "gone", nil, []string{"quiet 15 "}},
		{"what sounded at the minute", "", []Sound{before, now}, []string{"later 15 06:30→07:00", "lower 15 06:00–07:00 80→60", "quiet 15 laoling"}},
		{"else what sounded near it", "", []Sound{before}, []string{"later 15 06:22→07:00", "lower 15 06:00–07:00 80→60", "quiet 15 laoling"}},
		{"one round at two terminals is offered once", "", []Sound{now, second}, []string{"later 15 06:30→07:00", "lower 15 06:00–07:00 80→60", "quiet 15 "}},
		{"but of two the one that was named", "laoling2", []Sound{now, second}, []string{"later 15 06:30→07:00", "lower 15 06:00–07:00 80→60", "quiet 15 laoling2"}},
		{"the village's horn is the village's", "", []Sound{horn}, []string{"later 15 06:30→07:00", "lower 12 06:00–07:00 80→60 above", "quiet 12 village above"}},
		{"a talk has no round", "", []Sound{talk}, []string{"lower 15 06:00–07:00 80→60", "quiet 15 laoling"}},
		{"an alert keeps its volume", "", []Sound{alert}, []string{"quiet 15 laoling"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			e := evidenceOf(test.in...)
			e.complaint.Terminal = test.named
			e.present["laoling"], e.present["laoling2"] = low, low
			e.present["village"] = inForce(shangxi, laoling, 1, cron(6, 30))
			if diff := cmp.Diff(test.want, offers(e.remedies(e.heard()))); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestEachRemedyHasItsSentence(t *testing.T) {
	for _, test := range []struct {
		in   Remedy
		want string
	}{
		{Remedy{Kind: RemedyLater, Start: 6 * 3600, Instead: 7 * 3600}, "later"},
		{Remedy{Kind: RemedyLater, Start: 21 * 3600, Instead: 20 * 3600}, "earlier"},
		{Remedy{Kind: RemedyLower}, "lower"},
		{Remedy{Kind: RemedyShorter, Repeats: 3, RepeatsInstead: 1}, "shorter"},
		{Remedy{Kind: RemedyShorter, Repeats: 1}, "less"},
		{Remedy{Kind: RemedyQuiet}, "quiet"},
	} {
		if got := test.in.line(); got.Code != "complaint_remedy_"+test.want {
			t.Errorf("%v, want %s", got, test.want)
		}
	}
}
