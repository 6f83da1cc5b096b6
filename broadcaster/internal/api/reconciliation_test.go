package api

import (
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"dalaba/broadcaster/internal/store"
	"dalaba/playlists"
	"dalaba/playlists/grid"
)

func (y *yesterday) reconciled(v *visitor) (out reconciliationShape) {
	y.t.Helper()
	v.must("GET", "/api/reconciliation?day="+y.day.String(), nil, &out)
	return out
}

func TestADayIsHeldAgainstItsPlan(t *testing.T) {
	y := newYesterday(t)
	one, two, gone := y.horn("1号", laoling), y.horn("2号", xianfeng), y.horn("3号", laoling)
	y.horn("4号", longhui)
	admin, chen := y.signIn("admin"), y.signIn("chen")
	masks := admin.round("口罩", "30 7,9,10,11 * * *", shangxi)
	y.arrive()
	check(t, y.Ledger.CatchUp(t.Context(), time.Now()))
	y.reports(one,
		y.play(one, masks, y.at(7, 30), 0, ""), y.play(one, masks, y.at(9, 30), time.Minute, ""),
		y.miss(one, masks, y.at(10, 30), playlists.CauseQuietHours, ""), y.play(one, masks, y.at(11, 30), 0, playlists.CauseStopped),
		accounted(y.at(12, 30), 1),
	)
	y.reports(two, y.miss(two, masks, y.at(7, 30), playlists.CausePowerOff, ""))
	admin.must("DELETE", "/api/terminals/"+string(gone), nil, nil)

	day := y.reconciled(chen)
	var rows []string
	for _, r := range append(slices.Clone(day.Grids), day.Terminals...) {
		rows = append(rows, r.GridPath+" "+r.Name)
	}
	want := []string{
		"上西村 上西村", "上西村 / 老龄社 老龄社", "上西村 / 老龄社 / 一组 一组", "上西村 / 先锋社 先锋社", "上西村 / 先锋社 / 一组 一组",
		"上西村 / 老龄社 1号", "上西村 / 老龄社 3号", "上西村 / 先锋社 2号",
	}
	if diff := cmp.Diff(want, rows); diff != "" {
		t.Errorf("rows (-want +got):\n%s", diff)
	}
	village := day.Grids[0]
	if diff := cmp.Diff(countsShape{Planned: 12, Played: 2, Partial: 1, Missed: 2, Unreported: 7}, village.Counts); diff != "" {
		t.Errorf("counts (-want +got):\n%s", diff)
	}
	if village.OnTime != 1 || village.Late != 1 || village.Excused != 1 || village.Due != 11 {
		t.Errorf("village: %+v", village)
	}
	causes := []causeCountShape{
		{Cause: "power_off", Reason: "停电", Count: 1},
		{Cause: "quiet_hours", Reason: "静音时段", Count: 1, Excused: 1},
		{Cause: "stopped", Reason: "被人叫停", Count: 1},
	}
	if diff := cmp.Diff(causes, village.Causes); diff != "" {
		t.Errorf("causes (-want +got):\n%s", diff)
	}
	var missed airingsShape
	chen.must("GET", "/api/airings?day="+y.day.String()+"&outcome=missed&cause=power_off", nil, &missed)
	if len(missed.Airings) != 1 || missed.Airings[0].Name != "2号" || missed.Airings[0].Reason != "停电" {
		t.Errorf("behind a figure: %+v", missed.Airings)
	}
	var all reconciliationShape
	y.signIn("long").must("GET", "/api/reconciliation?day="+y.day.String(), nil, &all)
	for _, r := range append(all.Grids, all.Terminals...) {
		if !grid.Contains(xiaxi, playlists.GridCode(r.Grid)) {
			t.Errorf("another village sees %+v", r)
		}
	}
}

// TestEverythingPlannedIsInOneColumn holds the sum over random ledgers, in every row, and grids against their terminals.
func TestEverythingPlannedIsInOneColumn(t *testing.T) {
	y := newYesterday(t)
	nodes := []playlists.GridCode{townCode, shangxi, laoling, xianfeng, longhui}
	var horns []playlists.TerminalID
	for i, node := range nodes {
		horns = append(horns, y.horn(string(rune('A'+i)), node))
	}
	admin := y.signIn("admin")
	admin.round("口罩", "10,40 7-20 * * *", townCode)
	admin.round("洗手", "*/20 8-18 * * *", shangxi)
	y.arrive()
	check(t, y.Ledger.CatchUp(t.Context(), time.Now()))
	for seed := range uint64(12) {
		random := rand.New(rand.NewPCG(seed, 7))
		for _, horn := range horns {
			y.reports(horn, y.story(random, horn)...)
		}
		day := y.reconciled(admin)
		sums := make(map[string]countsShape)
		for _, r := range append(slices.Clone(day.Grids), day.Terminals...) {
			c := r.Counts
			if c.Planned != c.Played+c.Partial+c.Missed+c.Unreported || c.Played != r.OnTime+r.Late || r.Due != c.Planned-r.Excused {
				t.Fatalf("seed %d: %+v", seed, r)
			}
			var caused, excused int64
			for _, cause := range r.Causes {
				caused, excused = caused+cause.Count, excused+cause.Excused
			}
			if caused != c.Partial+c.Missed || excused != r.Excused || r.Unexplained > c.Unreported {
				t.Fatalf("seed %d: causes %+v", seed, r)
			}
			if r.Terminal == "" {
				continue
			}
			for _, code := range grid.Path(playlists.GridCode(r.Grid)) {
				s := sums[string(code)]
				sums[string(code)] = countsShape{
					s.Planned + c.Planned, s.Played + c.Played, s.Partial + c.Partial, s.Missed + c.Missed,
					s.Unreported + c.Unreported, s.Extra + c.Extra,
				}
			}
		}
		for _, r := range day.Grids {
			if diff := cmp.Diff(sums[r.Grid], r.Counts); diff != "" {
				t.Fatalf("seed %d: %s against its terminals (-want +got):\n%s", seed, r.Name, diff)
			}
		}
	}
}

// story is what a terminal says of some of yesterday's airings, and perhaps that it has said all.
func (y *yesterday) story(random *rand.Rand, horn playlists.TerminalID) (list []playlists.Report) {
	y.t.Helper()
	causes := []playlists.Cause{
		playlists.CauseQuietHours, playlists.CauseCancelled, playlists.CausePowerOff, playlists.CauseClipAbsent, playlists.CausePreempted,
	}
	y.read(func(tx *store.Tx) error {
		airings, err := y.Ledger.AiringsOf(y.t.Context(), tx, horn, y.at(0, 0), y.at(24, 0))
		for _, x := range airings {
			cause := causes[random.IntN(len(causes))]
			switch random.IntN(12) {
			case 0:
				list = append(list, y.miss(horn, string(x.Round), x.Due, cause, "别人"))
			case 1:
				list = append(list, y.playOf(x.Contents[0], horn, string(x.Round), x.Due, time.Duration(random.IntN(5))*time.Second, ""))
			case 2:
				list = append(list, y.playOf(x.Contents[0], horn, string(x.Round), x.Due, 0, cause))
			}
		}
		return err
	})
	if random.IntN(3) == 0 {
		list = append(list, accounted(y.at(random.IntN(24), 0), 1, 2, 3))
	}
	return list
}
