package rounds

import (
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"dalaba/playlists"
	"dalaba/playlists/timetable"
)

func TestAnOutlookPlansEqualProgrammesOnce(t *testing.T) {
	f := newFixture(t)
	list := f.list()
	f.night()
	round := must[Round](t)(f.CreateRound(t.Context(), daily("晨播", list.ID, 7, 30, town)))
	tomorrow := playlists.Date{Year: 2026, Month: 1, Day: 24}
	f.terminals = append(f.terminals, Terminal{ID: "laoling2", Name: "老龄社二号", Grid: laoling, Dialects: []playlists.Dialect{yue, cmn}, Volume: 50})
	f.ok(f.Cancel(t.Context(), Cancellation{
		Round: round.ID, Due: time.Date(2026, 1, 24, 7, 30, 0, 0, shanghai(t)), Terminal: "shangxi", Grid: town, By: "关主任",
	}))
	o := must[*Outlook](t)(f.Outlook(t.Context(), ids{"laoling", "laoling2", "shangxi", "rulin", "nobody"}))
	prospects, left, err := o.Day(t.Context(), tomorrow)
	if err != nil || left != 0 {
		t.Fatal(left, err)
	}
	var got []string
	for _, p := range prospects {
		for _, a := range p.Airings {
			got = append(got, fmt.Sprint(names(p.Terminals), a.State, a.Cause, len(Contents(p.Programme, a.Entries))))
		}
	}
	want := []string{"[laoling laoling2]placed2", "[rulin]placed1", "[shangxi]missedcancelled2"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("prospects (-want +got):\n%s", diff)
	}
	if c := Contents(prospects[0].Programme, prospects[0].Airings[0].Entries); c[0].Title != "勤洗手" || c[0].Dialect != yue {
		t.Errorf("contents: %+v", c)
	}
	quiet, err := o.Quiet(laoling, tomorrow)
	if err != nil || len(quiet) != 2 || quiet[0].End.Sub(quiet[0].Begin) != 6*time.Hour || quiet[0].By.Kind != timetable.ByQuietRule {
		t.Errorf("quiet: %+v, %v", quiet, err)
	}
}

func TestAnOutlookOfOneTerminalKnowsWhatHappened(t *testing.T) {
	f := newFixture(t)
	must[Round](t)(f.CreateRound(t.Context(), daily("晨播", f.list().ID, 7, 30, town)))
	at := f.clock().Add(30 * time.Minute)
	f.known = []timetable.Fact{{Kind: timetable.FactAlert, Begin: at, End: at.Add(4 * time.Minute), By: "台风", Grid: town}}
	for _, test := range []struct {
		ids  ids
		want time.Time
	}{{ids{"laoling"}, at.Add(4 * time.Minute)}, {ids{"laoling", "rulin"}, at}} {
		o := must[*Outlook](t)(f.Outlook(t.Context(), test.ids))
		prospects, _, err := o.Day(t.Context(), playlists.Date{Year: 2026, Month: 1, Day: 23})
		if err != nil || !prospects[0].Airings[0].Start.Equal(test.want) {
			t.Errorf("%v: %+v, %v", test.ids, prospects, err)
		}
	}
}

// BenchmarkOutlookOfATown plans a week of 3,000 terminals that speak 50 different lists of dialects.
func BenchmarkOutlookOfATown(b *testing.B) {
	f := newFixture(b)
	list := f.list()
	f.terminals = nil
	for i := range 20 {
		round := daily(fmt.Sprint("播", i), list.ID, 6, 30, town)
		round.Timetable.Every.Minutes, round.Timetable.Every.From = 60, playlists.NewTimeOfDay(6, 30+i, 0)
		round.Timetable.Every.To = playlists.NewTimeOfDay(21, 30+i, 0)
		must[Round](b)(f.CreateRound(b.Context(), round))
	}
	var all ids
	for i := range 3000 {
		all = append(all, playlists.TerminalID(fmt.Sprintf("t%04d", i)))
		f.terminals = append(f.terminals, Terminal{
			ID: all[i], Name: "喇叭", Grid: laoling, Volume: i % 100,
			Dialects: []playlists.Dialect{yue, cmn, playlists.Dialect(fmt.Sprintf("yue-x-d%02d", i%50))},
		})
	}
	b.ReportAllocs()
	for b.Loop() {
		o := must[*Outlook](b)(f.Outlook(b.Context(), all))
		for day := range 7 {
			prospects, left, err := o.Day(b.Context(), o.book.today.AddDays(1+day))
			if err != nil || left != 0 || len(prospects) != 50 || len(prospects[0].Airings) != 320 {
				b.Fatal(len(prospects), left, err)
			}
		}
	}
}
