package rounds

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"dalaba/playlists"
	"dalaba/playlists/timetable"
)

func TestWhyOfThePastIsTheLedgersToSay(t *testing.T) {
	for _, test := range []struct {
		name    string
		sounded [][2]time.Duration // attempts, from due on
		account Account            // the zero Account is none
		minute  int                // after due
		want    []string
		verdict timetable.Verdict
		args    map[string]any // of the last line
	}{
		{
			"it has not told us", nil,
			Account{Outcome: playlists.OutcomeUnreported},
			0,
			[]string{"why_unreported"},
			VerdictUnreported,
			map[string]any{"round": "早间", "due": "07:30"},
		},
		{
			"nothing has been written down", nil,
			Account{},
			0,
			[]string{"why_unreported"},
			VerdictUnreported,
			map[string]any{"round": "早间", "due": "07:30"},
		},
		{
			"missed", nil,
			Account{Outcome: playlists.OutcomeMissed, Cause: playlists.CausePreempted, By: timetable.Winner{Name: "镇里"}},
			0,
			[]string{"why_missed"},
			timetable.VerdictAbsent,
			map[string]any{"cause": "preempted", "by": "镇里", "due": "07:30"},
		},
		{
			"sounded on time",
			[][2]time.Duration{{0, 20 * time.Second}},
			Account{Outcome: playlists.OutcomePlayed},
			0,
			[]string{"why_sounds"},
			timetable.VerdictSounds,
			map[string]any{"start": "07:30"},
		},
		{
			"the minute after",
			[][2]time.Duration{{0, 20 * time.Second}},
			Account{Outcome: playlists.OutcomePlayed},
			1,
			[]string{"why_nothing"},
			timetable.VerdictNothing, nil,
		},
		{
			"cut",
			[][2]time.Duration{{0, 5 * time.Second}},
			Account{Outcome: playlists.OutcomePartial, Cause: playlists.CausePowerOff},
			0,
			[]string{"why_sounds", "why_cut"},
			timetable.VerdictSounds,
			map[string]any{"cause": "power_off", "start": "07:30"},
		},
		{
			"cut, and no next attempt, which the plan would make",
			[][2]time.Duration{{0, 61 * time.Second}},
			Account{Outcome: playlists.OutcomePartial, Cause: playlists.CausePowerOff},
			2,
			[]string{"why_nothing"},
			timetable.VerdictNothing, nil,
		},
		{
			"in part, and only later",
			[][2]time.Duration{{5 * time.Minute, 5*time.Minute + time.Second}},
			Account{Outcome: playlists.OutcomePartial, Cause: playlists.CausePowerOff},
			0,
			[]string{"why_cut"},
			timetable.VerdictAbsent,
			map[string]any{"cause": "power_off", "start": "07:35", "due": "07:30"},
		},
		{
			"an old recording",
			[][2]time.Duration{{0, 20 * time.Second}},
			Account{Outcome: playlists.OutcomeMissed, Cause: playlists.CauseNotReceived},
			0,
			[]string{"why_sounds", "why_cut"},
			timetable.VerdictSounds,
			map[string]any{"cause": "not_received"},
		},
		{
			"begun without a sound",
			[][2]time.Duration{{0, 0}},
			Account{Outcome: playlists.OutcomeMissed, Cause: playlists.CauseDeviceError},
			0,
			[]string{"why_missed"},
			timetable.VerdictAbsent,
			map[string]any{"cause": "device_error"},
		},
	} {
		t.Run(test.name, func(t *testing.T) {
			f := newFixture(t)
			round := must[Round](t)(f.CreateRound(t.Context(), daily("早间", f.list().ID, 7, 30, laoling)))
			due := f.clock().Add(30 * time.Minute)
			id := playlists.NewAiringID(round.ID, due, "laoling")
			if a := test.account; a.Outcome != "" {
				a.Airing, a.Round, a.RoundName, a.Due, a.Planned = id, round.ID, round.Name, due, true
				for _, s := range test.sounded {
					f.known = append(f.known, timetable.Fact{
						Kind: timetable.FactSounded, Airing: id, Attempt: 1, Begin: due.Add(s[0]), End: due.Add(s[1]),
						Whole: a.Outcome == playlists.OutcomePlayed, Cause: a.Cause,
					})
					if s[1] > s[0] {
						a.Began = due.Add(s[0])
					}
				}
				f.accounts = []Account{a}
			}
			f.pass(time.Hour)
			got, because := f.why("laoling", 0, 7, 30+test.minute)
			if diff := cmp.Diff(test.want, got); diff != "" || because.Verdict != test.verdict {
				t.Fatalf("verdict %s, want %s; lines (-want +got):\n%s", because.Verdict, test.verdict, diff)
			}
			for name, want := range test.args {
				if got := because.Lines[len(because.Lines)-1].Args[name]; got != want {
					t.Errorf("%s is %v, want %v", name, got, want)
				}
			}
		})
	}
}

func TestWhyOfThePastKnowsWhatNoProgrammeHad(t *testing.T) {
	f := newFixture(t)
	must[Round](t)(f.CreateRound(t.Context(), daily("早间", f.list().ID, 10, 0, laoling)))
	due := f.clock().Add(10 * time.Minute)
	id := playlists.NewAiringID("old", due, "laoling")
	f.known = []timetable.Fact{{Kind: timetable.FactSounded, Airing: id, Attempt: 1, Whole: true, Begin: due, End: due.Add(20 * time.Second)}}
	f.accounts = []Account{{Airing: id, Round: "old", RoundName: "旧的", Due: due, Outcome: playlists.OutcomePlayed, Began: due}}
	f.pass(time.Hour)
	if got, because := f.why("laoling", 0, 7, 10); !cmp.Equal(got, []string{"why_sounds"}) || because.Lines[0].Args["round"] != "旧的" {
		t.Errorf("an airing of an older programme: %+v", because.Lines)
	}
}

func TestWhyOfAMinuteInWhichTheProgrammeChanged(t *testing.T) {
	f := newFixture(t)
	round := must[Round](t)(f.CreateRound(t.Context(), daily("早间", f.list().ID, 7, 30, laoling)))
	f.pass(29*time.Minute + 30*time.Second)
	f.ok(f.Pause(t.Context(), round.ID, true, "李四")) // 30 s before it is due, in the minute before
	f.pass(time.Hour)
	if got, _ := f.why("laoling", 0, 7, 30); !cmp.Equal(got, []string{"why_paused"}) {
		t.Errorf("paused before it was due: %v", got)
	}
	g := newFixture(t)
	late := daily("早间", g.list().ID, 7, 30, laoling)
	late.Timetable.Every.From += 40
	late.Timetable.Every.To += 40
	round = must[Round](t)(g.CreateRound(t.Context(), late))
	g.pass(30*time.Minute + 20*time.Second)
	g.ok(g.Pause(t.Context(), round.ID, true, "李四")) // 20 s before it is due, in the same minute
	g.pass(time.Hour)
	if got, _ := g.why("laoling", 0, 7, 30); !cmp.Equal(got, []string{"why_paused"}) {
		t.Errorf("paused in the minute in which it would have been due: %v", got)
	}
	now := must[Round](t)(g.PlayNow(t.Context(), PlayNow{Playlist: round.Playlist, Targets: []playlists.GridCode{laoling}, Owner: town, By: "关主任"}))
	at := g.clock().In(shanghai(t))
	if got, because := g.why("laoling", 0, at.Hour(), at.Minute()); !cmp.Equal(got, []string{"why_sounds"}) || because.Sounds[0].Round.ID != now.ID {
		t.Errorf("the minute in which something is played by hand: %v", got)
	}
}
