package rounds

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"dalaba/playlists"
	"dalaba/playlists/timetable"
)

func TestWhatWouldSoundNowhereIsRefusedWithItsReason(t *testing.T) {
	f := newFixture(t)
	list := f.list()
	f.night()
	round := must[Round](t)(f.CreateRound(t.Context(), daily("晨播", list.ID, 7, 30, laoling)))
	night := time.Date(2026, 1, 23, 23, 0, 0, 0, f.zone)
	evening := time.Date(2026, 1, 23, 19, 0, 0, 0, f.zone)
	for _, test := range []struct {
		name  string
		at    time.Time
		limit int // plays of one announcement a day
		want  []string
	}{
		{"at night", night, 0, []string{"quiet_then"}},
		{"on a full day", evening, 2, []string{"limit_reached"}},
		{"with room", evening, 60, nil},
	} {
		f.ok(f.SetLimits(t.Context(), playlists.Limits{Plays: test.limit}, "关主任"))
		_, err := f.Repeat(t.Context(), round.ID, test.at, laoling, "关主任")
		if diff := cmp.Diff(test.want, codes(err)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", test.name, diff)
		}
	}
}

func TestWhatSoundedTodayCountsWhenSomethingIsPlayedAtOnce(t *testing.T) {
	f := newFixture(t)
	list := f.list()
	round := must[Round](t)(f.CreateRound(t.Context(), daily("晨播", list.ID, 7, 30, laoling)))
	f.ok(f.SetLimits(t.Context(), playlists.Limits{Plays: 2}, "关主任"))
	f.pass(time.Hour)
	now := PlayNow{Playlist: list.ID, Targets: []playlists.GridCode{laoling}, Owner: town, By: "关主任"}
	due := time.Date(2026, 1, 23, 7, 30, 0, 0, f.zone)
	f.known = []timetable.Fact{{Kind: timetable.FactMissed, Airing: playlists.NewAiringID(round.ID, due, "laoling"), Cause: playlists.CausePowerOff}}
	must[Round](t)(f.PlayNow(t.Context(), now))
	f.known = []timetable.Fact{{
		Kind: timetable.FactSounded, Airing: playlists.NewAiringID(round.ID, due, "laoling"), Attempt: 1,
		Begin: due, End: due.Add(20 * time.Second), Entries: 2, Whole: true,
	}}
	_, err := f.PlayNow(t.Context(), now)
	if diff := cmp.Diff([]string{"limit_reached"}, codes(err)); diff != "" {
		t.Errorf("after it sounded (-want +got):\n%s", diff)
	}
}
