package timetable

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"dalaba/playlists"
)

// silenced is a mute by somebody of the village.
func (d *factDay) silenced(from, until string) {
	d.Mutes = append(d.Mutes, playlists.Mute{From: d.at(from), Until: d.at(until), By: "关主任", Grid: village, Reason: "办丧事"})
}

func TestNothingSoundsWhileMuted(t *testing.T) {
	for _, test := range []struct {
		name  string
		mute  func(d *factDay)
		facts func(d *factDay) []Fact
		want  []string
	}{
		{"until it ends by itself, or was lifted", func(d *factDay) { d.silenced("07:00:00", "07:40:00") }, nil, []string{
			"a 07:30:00 placed 07:40:00 #1 muted by 关主任", "b 07:30:30 placed 07:41:00 #1 muted by 关主任",
		}},
		{"for longer than they may be late", func(d *factDay) { d.silenced("07:00:00", "08:00:01") }, nil, []string{
			"a 07:30:00 missed muted by 关主任", "b 07:30:30 placed 08:00:01 #1 muted by 关主任",
		}},
		{"a mute that is foreseen is not run into", func(d *factDay) { d.silenced("07:30:59", "07:32:00") }, nil, []string{
			"a 07:30:00 placed 07:32:00 #1 muted by 关主任", "b 07:30:30 placed 07:33:00 #1 muted by 关主任",
		}},
		{"one that began over it", func(d *factDay) { d.silenced("07:30:20", "07:35:00") }, func(d *factDay) []Fact {
			return []Fact{d.sounded(d.a, 1, false, "07:30:00", "07:30:20", "muted", "关主任")}
		}, []string{"a 07:30:00 placed 07:35:00 #2 muted by 关主任", "b 07:30:30 placed 07:36:00 #1 muted by 关主任"}},
		{"since days ago", func(d *factDay) {
			d.silenced("07:00:00", "07:40:00")
			d.Mutes[0].From = d.Mutes[0].From.AddDate(0, 0, -29)
		}, nil, []string{"a 07:30:00 placed 07:40:00 #1 muted by 关主任", "b 07:30:30 placed 07:41:00 #1 muted by 关主任"}},
		{"lifted in the moment in which it was ordered", func(d *factDay) { d.silenced("07:30:10", "07:30:10") }, nil, []string{
			"a 07:30:00 placed 07:30:00 #1", "b 07:30:30 placed 07:31:00 #1 preempted by a",
		}},
		{"an alert before it", func(d *factDay) { d.silenced("07:00:00", "07:40:00") }, func(d *factDay) []Fact {
			f := d.beside(FactAlert, "07:29:00", "07:45:00")
			f.By = "台风"
			return []Fact{f}
		}, []string{"a 07:30:00 placed 07:45:00 #1 preempted by 台风", "b 07:30:30 placed 07:46:00 #1 preempted by 台风"}},
		{"rules of before know none", func(d *factDay) {
			d.silenced("07:00:00", "07:40:00")
			d.PlanVersion = 2
		}, nil, []string{"a 07:30:00 placed 07:30:00 #1", "b 07:30:30 placed 07:31:00 #1 preempted by a"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			d := newFactDay(t)
			test.mute(d)
			var facts []Fact
			if test.facts != nil {
				facts = test.facts(d)
			}
			expectPlan(t, d.Programme, facts, test.want)
		})
	}
}

func TestAMuteNamesWhoOrderedItAndWhy(t *testing.T) {
	d := newFactDay(t)
	d.silenced("07:29:00", "07:31:00")
	want := Winner{Kind: ByPerson, Name: "关主任", Grid: village, Reason: "办丧事", Until: d.at("07:31:00").UTC()}
	airings, err := Plan(d.Programme, nil, friday)
	if err != nil {
		t.Fatal(err)
	}
	if a := airings[0]; a.Cause != playlists.CauseMuted || a.Winner != want || a.Reason != ReasonDeferred {
		t.Errorf("%+v", a)
	}
	answer, err := Why(d.Programme, nil, d.at("07:30:00"))
	if err != nil {
		t.Fatal(err)
	}
	if answer.Cause != playlists.CauseMuted || answer.By != want || len(answer.Facts) != 1 || answer.Facts[0].Kind != FactMute {
		t.Errorf("%+v", answer)
	}
	silence, err := SilenceAt(d.Programme, nil, d.at("07:30:59"))
	if diff := cmp.Diff(Silence{Cause: playlists.CauseMuted, By: want}, silence); err != nil || diff != "" {
		t.Errorf("%v\n%s", err, diff)
	}
	for _, at := range []string{"07:28:59", "07:31:00"} {
		if silence, err := SilenceAt(d.Programme, nil, d.at(at)); err != nil || silence.Cause != "" {
			t.Errorf("at %s: %+v, %v", at, silence, err)
		}
	}
}

func TestMutesAreBounded(t *testing.T) {
	from := instant(t, shanghai, "2026-01-23 07:00:00")
	for _, test := range []struct {
		name string
		in   []playlists.Mute
		fine bool
	}{
		{"the longest", []playlists.Mute{{From: from, Until: from.Add(playlists.MaxMute)}}, true},
		{"longer", []playlists.Mute{{From: from, Until: from.Add(playlists.MaxMute + time.Millisecond)}}, false},
		{"without an end", []playlists.Mute{{From: from}}, false},
		{"over before it begins", []playlists.Mute{{From: from, Until: from.Add(-time.Second)}}, false},
		{"as many as can be", make([]playlists.Mute, MaxMutes), true},
		{"more", make([]playlists.Mute, MaxMutes+1), false},
	} {
		p := programme(once("a", "08:00"))
		p.Mutes = test.in
		if _, err := Plan(p, nil, friday); (err == nil) != test.fine {
			t.Errorf("%s: %v", test.name, err)
		}
		if _, err := SilenceAt(p, nil, from); (err == nil) != test.fine {
			t.Errorf("%s: %v", test.name, err)
		}
	}
}

func TestWhoAsksIsToldOfEveryMute(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := drawScene.Draw(t, "scene")
		at := drawInstant(t, "asked").Add(time.Duration(rapid.IntRange(-30, 30).Draw(t, "minutes")) * time.Minute)
		s.facts = nil
		muted := false
		for _, m := range s.Mutes {
			muted = muted || !at.Before(m.From) && at.Before(m.Until)
		}
		silence, err := SilenceAt(s.Programme, nil, at)
		if err != nil {
			t.Fatal(err)
		}
		if muted && silence.Cause == "" || !muted && silence.Cause == playlists.CauseMuted {
			t.Errorf("at %s, muted %v: %+v", at, muted, silence)
		}
	})
}
