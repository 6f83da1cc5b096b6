package rounds

import (
	"context"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"dalaba/broadcaster/internal/store"
	"dalaba/playlists"
	"dalaba/playlists/timetable"
)

// ringTest is one on Wednesdays at 10:00, at which grids sound something that is so long.
func (f *fixture) ringTest(lengths map[playlists.GridCode]playlists.Millis) *RingTest {
	said := make(map[playlists.GridCode]playlists.Announcement)
	for code, length := range lengths {
		said[code] = playlists.Announcement{
			ID: playlists.AnnouncementID("ring-test:" + code), Title: "试响:" + string(code), Text: "试响:" + string(code),
			Variants: []playlists.Clip{{Digest: sound("ring " + length.Duration().String()), Bytes: 1, Duration: length, Dialect: "zxx"}},
		}
	}
	return &RingTest{
		Name: "试响", Owner: town, Timetable: playlists.Timetable{Cron: "0 10 * * *", Weekdays: []int{3}}, Since: f.clock(), Said: said,
	}
}

// sets makes ring the town's.
func (f *fixture) sets(ring *RingTest) {
	f.t.Helper()
	before := f.ring
	f.ring = ring
	f.ok(f.store.Write(f.t.Context(), func(tx *store.Tx) error {
		var was, is any
		if before != nil {
			was = before.Timetable
		}
		if ring != nil {
			is = ring.Timetable
		}
		return f.RingTestChanged(f.t.Context(), tx, town, "关主任", was, is)
	}))
}

func TestEveryHornSaysItsPlaceOnceAWeekAndScreensDoNot(t *testing.T) {
	f := newFixture(t)
	f.terminals = []Terminal{
		{ID: "horn", Name: "喇叭", Grid: laoling, Dialects: []playlists.Dialect{yue}, Volume: 80},
		{ID: "cart", Name: "三轮车", Kind: playlists.KindMobile, Grid: xianfeng, Dialects: []playlists.Dialect{cmn}, Volume: 80},
		{ID: "screen", Name: "大屏", Kind: playlists.KindScreen, Grid: laoling, Dialects: []playlists.Dialect{cmn}, Volume: 80},
	}
	f.sets(f.ringTest(map[playlists.GridCode]playlists.Millis{laoling: 7000, xianfeng: 6000}))
	for id, want := range map[playlists.TerminalID]playlists.Millis{"horn": 7000, "cart": 6000, "screen": 0} {
		p := f.read(id)
		if ringLength(p) != want {
			t.Errorf("%s sounds for %v, not %v", id, ringLength(p), want)
		}
		sounds := 0
		for ahead := range 7 {
			airings, err := timetable.Plan(p, nil, playlists.DateOf(f.clock()).AddDays(ahead))
			f.ok(err)
			for _, a := range airings {
				if a.Round.ID == playlists.RingTest && a.Start.Equal(a.Due) && len(a.Entries) == 1 {
					sounds++
				}
			}
		}
		if want > 0 && sounds != 1 || want == 0 && sounds != 0 {
			t.Errorf("%s: %d ring tests in a week", id, sounds)
		}
	}
	if all, err := f.Rounds.Rounds(t.Context()); err != nil || len(all) != 0 {
		t.Errorf("among the rounds that people make: %v, %v", all, err)
	}
}

func TestTheRingTestIsARivalOfADraft(t *testing.T) {
	f := newFixture(t)
	f.sets(f.ringTest(map[playlists.GridCode]playlists.Millis{laoling: 7000, xianfeng: 7000}))
	draft := f.fillRounds(laoling, laoling)
	draft.Timetable = playlists.Timetable{Cron: "0 10 * * *"}
	run, err := f.DryRun(t.Context(), draft)
	f.ok(err)
	times := 0
	for _, o := range run.Outcomes {
		for _, fate := range o.Own {
			if fate.By.Name == "试响" {
				times++
			}
		}
	}
	if times != 2 {
		t.Errorf("in two weeks it puts the draft off %d times", times)
	}
}

func TestThatTheRingTestIsSetIsWrittenDownAndEndingItTakesItOut(t *testing.T) {
	f := newFixture(t)
	ctx := context.Background()
	f.sets(f.ringTest(map[playlists.GridCode]playlists.Millis{laoling: 7000, xianfeng: 6000}))
	f.pass(time.Minute)
	f.sets(nil)
	done, err := f.Changes(ctx, ChangeFilter{Subject: SubjectRingTest})
	f.ok(err)
	var acts []Act
	for _, c := range done {
		acts = append(acts, c.Act)
	}
	if diff := cmp.Diff([]Act{ActRemoved, ActMade}, acts); diff != "" {
		t.Error(diff)
	}
	for _, horn := range f.terminals {
		if p := f.read(horn.ID); ringLength(p) != 0 {
			t.Errorf("%s still sounds it", horn.ID)
		}
	}
}
