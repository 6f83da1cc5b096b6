package ledger

import (
	"testing"

	"dalaba/playlists"
	"dalaba/playlists/timetable"
)

const townCode = playlists.GridCode("440605124")

func TestOnlyWhatWasOrderedIsExcused(t *testing.T) {
	for _, test := range []struct {
		name   string
		reason reason
		owner  playlists.GridCode
		want   bool
	}{
		{"the town's quiet, the village's round", reason{cause: playlists.CauseQuietHours, grid: townCode}, village, true},
		{"the village's own quiet", reason{cause: playlists.CauseQuietHours, grid: village}, village, true},
		{"a village's quiet, the town's round", reason{cause: playlists.CauseQuietHours, grid: village}, townCode, false},
		{"a neighbour's quiet", reason{cause: playlists.CauseQuietHours, grid: "440605124002"}, village, false},
		{"nobody said whose quiet", reason{cause: playlists.CauseQuietHours}, townCode, true},
		{"nobody knows whose round", reason{cause: playlists.CauseQuietHours, grid: village}, "", true},
		{"an alert", reason{cause: playlists.CausePreempted, kind: timetable.ByAlert}, village, true},
		{"a drill", reason{cause: playlists.CausePreempted, kind: timetable.ByDrill, grid: townCode}, village, false},
		{"another round", reason{cause: playlists.CausePreempted, kind: timetable.ByRound, grid: townCode}, village, false},
		{"nobody said what stood first", reason{cause: playlists.CausePreempted}, village, false},
		{"called off", reason{cause: playlists.CauseCancelled, grid: village}, townCode, true},
		{"withdrawn", reason{cause: playlists.CauseRecalled}, townCode, true},
		{"muted", reason{cause: playlists.CauseMuted, grid: townCode}, village, false},
		{"the power was off", reason{cause: playlists.CausePowerOff}, village, false},
	} {
		for outcome, silent := range map[playlists.Outcome]bool{
			playlists.OutcomeMissed: true, playlists.OutcomePartial: true, playlists.OutcomePlayed: false, playlists.OutcomeUnreported: false,
		} {
			v := verdict{outcome: outcome, reason: test.reason}
			if got := v.excused(test.owner); got != (test.want && silent) {
				t.Errorf("%s, %s: excused %v", test.name, outcome, got)
			}
		}
	}
}

func TestAVillageDoesNotExcuseItsSilenceToTheTown(t *testing.T) {
	d := newDesk(t)
	everyHour(d)
	d.town.published[horn][0].Programme.Rounds[0].Owner = townCode
	own, towns := missed(at(6, 0), playlists.CauseQuietHours), missed(at(7, 0), playlists.CauseQuietHours)
	own.Miss.ByKind, own.Miss.ByGrid = string(timetable.ByTemporaryQuiet), village
	towns.Miss.ByKind, towns.Miss.ByGrid = string(timetable.ByQuietRule), townCode
	broken := cut(at(8, 0), 1, 0, 0, playlists.CauseQuietHours)
	broken.Play.ByKind, broken.Play.ByGrid = string(timetable.ByTemporaryQuiet), village
	d.send(own, towns, missed(at(9, 0), playlists.CauseQuietHours), broken, accounted(at(9, 30), 1))
	if c := d.figures(); c.Excused != 2 || c.Missed != 3 || c.Partial != 1 {
		t.Errorf("%+v", c)
	}
	yes := true
	if n := d.listed(Filter{Excused: &yes}); n != 2 {
		t.Errorf("%d are listed as excused", n)
	}
	for _, a := range d.airings() {
		if a.Owner != townCode {
			t.Errorf("the owner of %v is %q", a.Due, a.Owner)
		}
		if a.Due.Equal(at(8, 0)) && (a.ByKind != timetable.ByTemporaryQuiet || a.ByGrid != village) {
			t.Errorf("who cut it: %+v", a)
		}
	}
}
