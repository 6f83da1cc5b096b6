package ledger

import (
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"dalaba/broadcaster/internal/store"
	"dalaba/playlists"
)

func TestFiringsStandForAllTheirTerminals(t *testing.T) {
	d := newDesk(t)
	for _, terminal := range []playlists.TerminalID{horn, "second", "third"} {
		d.town.publish(terminal, 1, at(0, 0), 1, 60, playlists.NewTimeOfDay(9, 0, 0), playlists.NewTimeOfDay(10, 0, 0))
	}
	d.must(d.CatchUp(t.Context(), d.now))
	d.send(both(at(9, 0), 1, 3*time.Second)...)
	d.send(missed(at(10, 0), playlists.CausePowerOff))
	read := func(node playlists.GridCode) (list []Firing) {
		d.must(d.db.Read(t.Context(), func(tx *store.Tx) (err error) {
			list, err = d.Firings(t.Context(), tx, node, at(0, 0), at(24, 0))
			for i := range list {
				d.must(d.Describe(t.Context(), tx, &list[i]))
			}
			return err
		}))
		return list
	}
	list := read(village)
	var got []string
	for _, f := range list {
		got = append(got, fmt.Sprintf("%s %s at %d", f.Due.In(shanghai).Format("15:04"), f.RoundName, f.Airings))
		for _, e := range f.Ends {
			got = append(got, fmt.Sprintf("  %d %s %s %s", e.Airings, e.Outcome, e.Timing, e.Cause))
		}
	}
	want := []string{
		"09:00 早晚播 at 3", "  1 played late ", "  2 unreported  ",
		"10:00 早晚播 at 3", "  1 missed  power_off", "  2 unreported  ",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("firings (-want +got):\n%s", diff)
	}
	if began := list[0].Ends[0].Began; !began.Equal(at(9, 0).Add(3 * time.Second)) {
		t.Errorf("began at %v", began)
	}
	said := list[0].Contents
	if len(said) != 2 || said[0].Title != "勤洗手" || said[1].Dialect != "cmn" {
		t.Errorf("it said %+v", said)
	}
	if list := read("440605124002"); list != nil {
		t.Errorf("another village has %+v", list)
	}
}

// BenchmarkFirings reads a day of 3,000 terminals with 20 airings each.
func BenchmarkFirings(b *testing.B) {
	d := newDesk(b)
	for i := range 3000 {
		d.town.publish(playlists.TerminalID(fmt.Sprintf("t%04d", i)), 1, at(0, 0), 1, 60, playlists.NewTimeOfDay(0, 30, 0), playlists.NewTimeOfDay(19, 30, 0))
	}
	d.now = at(23, 0)
	d.must(d.CatchUp(b.Context(), d.now))
	b.ReportAllocs()
	for b.Loop() {
		d.must(d.db.Read(b.Context(), func(tx *store.Tx) error {
			list, err := d.Firings(b.Context(), tx, village, at(0, 0), at(24, 0))
			if err == nil && (len(list) != 20 || list[0].Airings != 3000) {
				b.Fatalf("%d firings", len(list))
			}
			return err
		}))
	}
}
