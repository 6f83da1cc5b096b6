package ledger

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"dalaba/broadcaster/internal/store"
	"dalaba/playlists"
)

// listed counts the day's airings that f narrows the list to.
func (d *desk) listed(f Filter) int {
	d.Helper()
	f.Since, f.Until, f.Limit = day.Midnight(shanghai), day.AddDays(1).Midnight(shanghai), MaxList
	var list []Airing
	d.must(d.db.Read(d.Context(), func(tx *store.Tx) (err error) {
		list, _, err = d.Airings(d.Context(), tx, f)
		return err
	}))
	return len(list)
}

// mustList checks that each figure of c can be listed.
func (d *desk) mustList(r *rapid.T, c Counts) {
	yes, no := true, false
	of := func(o playlists.Outcome) int { return d.listed(Filter{Planned: &yes, Outcome: o}) }
	got := Counts{
		Planned: d.listed(Filter{Planned: &yes}), Played: of(playlists.OutcomePlayed), Partial: of(playlists.OutcomePartial),
		Missed: of(playlists.OutcomeMissed), Unreported: of(playlists.OutcomeUnreported), Excused: d.listed(Filter{Excused: &yes}),
		Extra: d.listed(Filter{Planned: &no, Outcome: playlists.OutcomePlayed}) + d.listed(Filter{Planned: &no, Outcome: playlists.OutcomePartial}),
	}
	want := c
	want.OnTime, want.Late, want.Unexplained, want.Causes, want.ExcusedCauses = 0, 0, 0, nil, nil
	if diff := cmp.Diff(want, got); diff != "" {
		r.Fatalf("figures and what is listed (-figures +listed):\n%s", diff)
	}
	for cause, n := range c.Causes {
		if cause == "" {
			continue
		}
		listed := d.listed(Filter{Planned: &yes, Cause: cause, Outcome: playlists.OutcomePartial}) +
			d.listed(Filter{Planned: &yes, Cause: cause, Outcome: playlists.OutcomeMissed})
		excused := d.listed(Filter{Cause: cause, Excused: &yes})
		if listed != n || excused != c.ExcusedCauses[cause] {
			r.Fatalf("%s: %d listed, %d of them excused, in %+v", cause, listed, excused, c)
		}
	}
}

func TestEveryCauseIsExcusedInListsAsInFigures(t *testing.T) {
	causes := []playlists.Cause{
		playlists.CausePreempted, playlists.CauseQuietHours, playlists.CauseMuted, playlists.CauseDailyLimit, playlists.CauseNotApproved,
		playlists.CauseClipAbsent, playlists.CauseClipBad, playlists.CauseNoDialect, playlists.CauseDeviceError, playlists.CauseOutputBusy,
		playlists.CausePowerOff, playlists.CauseAgentDown, playlists.CauseClockUntrusted, playlists.CauseProgrammeExpired,
		playlists.CauseNotReceived, playlists.CauseOffline, playlists.CauseLinkLost, playlists.CauseExpired, playlists.CauseStopped,
		playlists.CauseRecalled, playlists.CauseCancelled, playlists.CauseLost,
	}
	d := newDesk(t)
	d.town.publish(horn, 1, at(0, 0), 1, 10, 0, playlists.NewTimeOfDay(11, 50, 0))
	for i, cause := range causes {
		d.send(missed(at(i/6, i%6*10), cause))
	}
	c := d.figures()
	yes, no := true, false
	for _, cause := range causes {
		excused, not := d.listed(Filter{Cause: cause, Excused: &yes}), d.listed(Filter{Cause: cause, Excused: &no})
		if c.Causes[cause] != 1 || excused != c.ExcusedCauses[cause] || excused+not != 1 {
			t.Errorf("%s: %d listed as excused and %d as not, in %+v", cause, excused, not, c)
		}
	}
	if n := d.listed(Filter{Round: washing, Grid: village}); n != c.Planned {
		t.Errorf("%d of the round, %d planned", n, c.Planned)
	}
	if n := d.listed(Filter{Round: "another"}); n != 0 {
		t.Errorf("%d of another round", n)
	}
}
