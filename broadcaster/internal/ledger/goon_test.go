package ledger

import (
	"testing"
	"time"

	"dalaba/playlists"
	"dalaba/playlists/timetable"
)

func TestWhatHasBegunSoundsUntilItShouldBeOver(t *testing.T) {
	due := at(7, 0)
	id := playlists.NewAiringID(washing, due, horn)
	for _, test := range []struct {
		name    string
		after   time.Duration // due
		reports []playlists.Report
		state   timetable.State
		start   time.Duration // after due
	}{
		{"the first entry is over", 6 * time.Second, []playlists.Report{play(due, 1, 0, 0)}, timetable.StateSounding, 0},
		{"begun late", 12 * time.Second, []playlists.Report{play(due, 1, 0, 5*time.Second)}, timetable.StateSounding, 5 * time.Second},
		{"its word may be on the way", 60 * time.Second, []playlists.Report{play(due, 1, 0, 0)}, timetable.StateSounding, 0},
		{"nobody knows", 2 * time.Minute, []playlists.Report{play(due, 1, 0, 0)}, timetable.StateMissed, 0},
		{"whole", 12 * time.Second, both(due, 1, 0), timetable.StateDone, 0},
		{
			"cut, and tried again", 12 * time.Second,
			[]playlists.Report{play(due, 1, 0, 0), cut(due, 1, 1, 0, playlists.CauseDeviceError)},
			timetable.StatePlaced, 9 * time.Second,
		},
		{
			"the second attempt", 40 * time.Second,
			[]playlists.Report{cut(due, 1, 0, 0, playlists.CauseDeviceError), play(due, 2, 0, 30*time.Second)},
			timetable.StateSounding, 30 * time.Second,
		},
		{
			"given up", 12 * time.Second,
			[]playlists.Report{play(due, 1, 0, 0), missed(due, playlists.CausePowerOff)},
			timetable.StateMissed, 0,
		},
	} {
		t.Run(test.name, func(t *testing.T) {
			d := newDesk(t)
			everyHour(d)
			p := d.town.published[horn][0].Programme
			p.PlanVersion = timetable.Version
			d.now = due.Add(test.after)
			d.must(d.CatchUp(t.Context(), d.now))
			d.send(test.reports...)
			facts, _ := d.told(horn)
			plan, err := timetable.Plan(p, facts, day)
			d.must(err)
			for _, a := range plan {
				if a.ID != id {
					continue
				}
				if got := a.Start.Sub(due); a.State != test.state || got != test.start {
					t.Errorf("%s from %v on, want %s from %v on", a.State, got, test.state, test.start)
				}
			}
		})
	}
}

func TestWhatIsPlannedKeepsItsGaps(t *testing.T) {
	d := newDesk(t)
	everyHour(d)
	d.town.published[horn][0].Programme.Playlists[0].Entries[0].Gap = 3000
	d.figures()
	list := d.airings()
	if got := Length(list[0].Contents); len(list) == 0 || got != 12_000 {
		t.Errorf("an airing sounds for %d ms: %+v", got, list[0].Contents)
	}
	if got := Length([]Content{{Duration: 5000}, {Duration: 4000}}); got != 9000 {
		t.Errorf("one whose gaps were not kept sounds for %d ms", got)
	}
}
