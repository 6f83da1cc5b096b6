package rounds

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"dalaba/playlists"
)

func TestPlayNowSoundsOnceWithinSeconds(t *testing.T) {
	f := newFixture(t)
	list := f.list()
	f.told()
	announcement := list.Entries[0].Announcement
	for _, p := range []PlayNow{
		{Playlist: list.ID, Targets: []playlists.GridCode{laoling}, Owner: shangxi, By: "李四"},
		{Announcement: announcement, Targets: []playlists.GridCode{laoling}, Owner: shangxi, By: "李四"},
		{Announcement: announcement, Targets: []playlists.GridCode{laoling}, Owner: shangxi, By: "李四"},
	} {
		round := must[Round](t)(f.PlayNow(t.Context(), p))
		next := f.Next(round, f.clock(), 2)
		if len(next) != 1 || !next[0].Equal(f.clock().Add(playNowLead)) {
			t.Errorf("falls due at %v", next)
		}
		if told := f.told(); !cmp.Equal(told, ids{"laoling"}) {
			t.Errorf("%v have news", told)
		}
		f.pass(time.Minute)
	}
	all := must[[]Playlist](t)(f.Playlists(t.Context()))
	if len(all) != 2 || all[0].Name != "勤洗手" || all[0].Owner != shangxi || len(all[0].UsedBy) != 1 {
		t.Errorf("an announcement that is played twice makes the playlists %+v", all)
	}
}

func TestPlayNowThatNobodyWouldHearIsRefused(t *testing.T) {
	f := newFixture(t)
	list := f.list()
	f.night()
	must[TemporaryQuiet](t)(f.AddTemporaryQuiet(t.Context(), f.funeral()))
	p := PlayNow{Playlist: list.ID, Targets: []playlists.GridCode{laoling}, Owner: town, By: "关主任"}
	_, err := f.PlayNow(t.Context(), p)
	if diff := cmp.Diff([]string{"quiet_now"}, codes(err)); diff != "" {
		t.Errorf("in quiet (-want +got):\n%s", diff)
	}
	if all := must[[]Round](t)(f.Rounds.Rounds(t.Context())); all != nil {
		t.Errorf("what was refused is kept: %+v", all)
	}
	p.Targets = []playlists.GridCode{shangxi}
	must[Round](t)(f.PlayNow(t.Context(), p))
	f.terminals = nil
	_, err = f.PlayNow(t.Context(), p)
	if diff := cmp.Diff([]string{"no_terminal_touched targets"}, codes(err)); diff != "" {
		t.Errorf("with no horn (-want +got):\n%s", diff)
	}
	_, err = f.PlayNow(t.Context(), PlayNow{Announcement: "x", Owner: town})
	if diff := cmp.Diff([]string{"announcement_unknown announcement"}, codes(err)); diff != "" {
		t.Errorf("with no announcement (-want +got):\n%s", diff)
	}
}

func TestARepeatAndACopyStayWithinTheirOwner(t *testing.T) {
	f := newFixture(t)
	round := must[Round](t)(f.CreateRound(t.Context(), daily("晨播", f.list().ID, 7, 30, laoling, rulin)))
	at := f.clock().Add(90 * time.Minute)
	again := must[Round](t)(f.Repeat(t.Context(), round.ID, at, shangxi, "李四"))
	if next := f.Next(again, f.clock(), 9); len(next) != 1 || !next[0].Equal(at) {
		t.Errorf("a repeat falls due at %v", next)
	}
	if again.By != "李四" || again.Owner != shangxi || !cmp.Equal(again.Targets, []playlists.GridCode{laoling}) {
		t.Errorf("a repeat by a village: %+v", again)
	}
	copied := must[Round](t)(f.Copy(t.Context(), round.ID, "晨播二", laoling, "李四"))
	if !copied.Paused || copied.Name != "晨播二" || copied.ID == round.ID || !cmp.Equal(copied.Timetable, round.Timetable) {
		t.Errorf("a copy: %+v", copied)
	}
	if kept := must[Round](t)(f.Round(t.Context(), round.ID)); !cmp.Equal(kept, round) {
		t.Errorf("the round itself: %s", cmp.Diff(round, kept))
	}
	for name, test := range map[string]struct {
		err  error
		want []string
	}{
		"in the past":          {second(f.Repeat(t.Context(), round.ID, f.clock(), town, "李四")), []string{"moment_out_of_range at"}},
		"for whom it is not":   {second(f.Copy(t.Context(), round.ID, "二", xianfeng, "李四")), []string{"targets_missing targets"}},
		"of what is not there": {second(f.Copy(t.Context(), "x", "二", town, "李四")), []string{"round_unknown"}},
	} {
		if diff := cmp.Diff(test.want, codes(test.err)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}

func second[V any](_ V, err error) error { return err }
