package player

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"dalaba/playlists"
	"dalaba/playlists/timetable"
)

func TestLookSaysWhatAPlanMeansNow(t *testing.T) {
	now := time.Date(2026, 1, 23, 7, 30, 0, 0, time.UTC)
	r := &playlists.Round{ID: "r", Lateness: 60_000}
	airing := func(id byte, due time.Duration, state timetable.State, start time.Duration, cause playlists.Cause) timetable.Airing {
		a := timetable.Airing{ID: playlists.AiringID{id}, Round: r, Due: now.Add(due), State: state, Cause: cause}
		if state != timetable.StateMissed {
			a.Start = now.Add(start)
		}
		return a
	}
	const placed, missed = timetable.StatePlaced, timetable.StateMissed
	type said struct {
		Begin, Passed byte
		Misses        []byte
		Through, Wake time.Duration // from now; Wake zero for none
		News          bool
	}
	of := func(a timetable.Airing, change func(*timetable.Airing)) []timetable.Airing {
		change(&a)
		return []timetable.Airing{a}
	}
	music := func(a *timetable.Airing) {
		a.Round, a.Attempt = &playlists.Round{ID: "m", Class: playlists.ClassBackground, Lateness: 60_000}, 2
	}
	for _, c := range []struct {
		name   string
		plan   []timetable.Airing
		outage bool
		known  byte
		want   said
	}{
		{"nothing planned", nil, false, 0, said{Through: -accountLag}},
		{
			"one that is to come",
			[]timetable.Airing{airing(1, time.Minute, placed, time.Minute, "")},
			false, 0,
			said{Through: -accountLag, Wake: time.Minute - time.Second},
		},
		{
			"one that is to be made ready, before one to come",
			[]timetable.Airing{airing(2, time.Minute, placed, time.Minute, ""), airing(1, 0, placed, time.Second, "")},
			false, 0,
			said{Begin: 1, Through: -accountLag, Wake: time.Minute - time.Second},
		},
		{
			"one that is a little late begins all the same",
			[]timetable.Airing{airing(1, -time.Second, placed, -time.Second, "")},
			false, 0,
			said{Begin: 1, Through: -accountLag},
		},
		{
			"one whose time has passed",
			[]timetable.Airing{airing(1, -10*time.Second, placed, -10*time.Second, "")},
			false, 0,
			said{Passed: 1, Through: -10 * time.Second},
		},
		{
			"one that is done",
			[]timetable.Airing{airing(1, -10*time.Second, timetable.StateDone, -10*time.Second, "")},
			false, 0,
			said{Through: -accountLag, News: true},
		},
		{
			"one that sounds",
			[]timetable.Airing{airing(1, -10*time.Second, timetable.StateSounding, -10*time.Second, "")},
			false, 0,
			said{Through: -10 * time.Second},
		},
		{
			"forbidden and due",
			[]timetable.Airing{airing(1, -10*time.Second, missed, 0, playlists.CauseQuietHours)},
			false, 0,
			said{Misses: []byte{1}, Through: -accountLag, News: true},
		},
		{
			"forbidden and not due",
			[]timetable.Airing{airing(1, 10*time.Second, missed, 0, playlists.CauseQuietHours)},
			false, 0,
			said{Through: -accountLag},
		},
		{
			"forbidden, as far as can be told in an outage",
			[]timetable.Airing{airing(1, -10*time.Second, missed, 0, playlists.CauseQuietHours)},
			true, 0,
			said{Through: -10 * time.Second},
		},
		{
			"preempted, but it might get a place yet",
			[]timetable.Airing{airing(1, -10*time.Second, missed, 0, playlists.CausePreempted)},
			false, 0,
			said{Through: -10 * time.Second},
		},
		{
			"preempted for good",
			[]timetable.Airing{airing(1, -61*time.Second, missed, 0, playlists.CausePreempted)},
			false, 0,
			said{Misses: []byte{1}, Through: -accountLag, News: true},
		},
		{
			"silenced, but only for a while",
			of(airing(1, -10*time.Second, missed, 0, playlists.CauseQuietHours), func(a *timetable.Airing) {
				a.Winner.Until = now
			}),
			false, 0,
			said{Through: -10 * time.Second},
		},
		{
			"called off, and nothing could begin anyway",
			[]timetable.Airing{airing(1, -10*time.Second, missed, 0, playlists.CauseCancelled)},
			true, 0,
			said{Misses: []byte{1}, Through: -accountLag, News: true},
		},
		{
			"stopped for good",
			[]timetable.Airing{airing(9, -10*time.Second, missed, 0, playlists.CauseStopped)},
			false, 0,
			said{Misses: []byte{9}, Through: -accountLag, News: true},
		},
		{
			"stopped with everything else, until somebody ends that",
			[]timetable.Airing{airing(1, -10*time.Second, missed, 0, playlists.CauseStopped)},
			false, 0,
			said{Through: -10 * time.Second},
		},
		{
			"cut, and too late for another attempt",
			of(airing(1, -61*time.Second, missed, 0, playlists.CauseDeviceError), func(a *timetable.Airing) {
				a.Start = a.Due
			}),
			false, 0,
			said{Misses: []byte{1}, Through: -accountLag, News: true},
		},
		{
			"background that goes on later",
			of(airing(1, -time.Hour, placed, time.Minute, playlists.CausePreempted), music),
			false, 0,
			said{Through: -accountLag, Wake: time.Minute - time.Second, News: true},
		},
		{
			"background that might go on yet",
			of(airing(1, -time.Hour, missed, 0, playlists.CausePreempted), func(a *timetable.Airing) {
				music(a)
				a.Start = a.Due
			}),
			false, 0,
			said{Through: -accountLag, News: true},
		},
		{
			"written down already",
			[]timetable.Airing{airing(1, -10*time.Second, missed, 0, playlists.CauseClipAbsent)},
			false, 1,
			said{Through: -accountLag, News: true},
		},
	} {
		o := look(c.plan, view{
			now: now, ahead: time.Second, outage: c.outage, accounted: now.Add(-time.Hour), revision: 5,
			stopped: func(id playlists.AiringID) bool { return id[0] == 9 },
			missed:  func(id playlists.AiringID) bool { return c.known != 0 && id[0] == c.known },
		})
		got := said{Through: o.through.Sub(now), News: o.news}
		if o.begin != nil {
			got.Begin = o.begin.ID[0]
		}
		if o.passed != nil {
			got.Passed = o.passed.ID[0]
		}
		for _, m := range o.misses {
			got.Misses = append(got.Misses, m.Airing[0])
		}
		if !o.wake.IsZero() {
			got.Wake = o.wake.Sub(now)
		}
		if diff := cmp.Diff(c.want, got); diff != "" {
			t.Errorf("%s: -want +got\n%s", c.name, diff)
		}
	}
}
