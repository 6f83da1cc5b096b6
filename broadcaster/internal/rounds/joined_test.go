package rounds

import (
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"dalaba/broadcaster/internal/store"
	"dalaba/playlists"
	"dalaba/playlists/timetable"
)

// today is what the terminal's newest programme makes of the fixture's day, round and due time of each airing.
func (f *fixture) today(terminal playlists.TerminalID) []string {
	f.t.Helper()
	p := f.read(terminal)
	if p == nil {
		return nil
	}
	plan, err := timetable.Plan(p, nil, playlists.DateOf(f.clock().In(shanghai(f.t))))
	f.ok(err)
	var list []string
	for _, a := range plan {
		list = append(list, a.Round.Name+" "+a.Due.In(shanghai(f.t)).Format("15:04")+" "+string(a.State)+" "+a.Start.In(shanghai(f.t)).Format("15:04:05"))
	}
	return list
}

// halfHourly is a round every thirty minutes from 7:30 to 10:00.
func halfHourly(list playlists.PlaylistID, targets ...playlists.GridCode) Round {
	round := daily("防溺水", list, 7, 30, targets...)
	round.Timetable.Every.Minutes, round.Timetable.Every.To = 30, playlists.NewTimeOfDay(10, 0, 0)
	return round
}

func TestAnotherTargetChangesNothingWhereTheRoundSoundedBefore(t *testing.T) {
	grids := []playlists.GridCode{town, shangxi, rulin, laoling, xianfeng}
	f := newFixture(t)
	list, morning := f.list(), f.clock()
	rapid.Check(t, func(r *rapid.T) {
		morning = morning.AddDate(0, 0, 1)
		f.pass(morning.Sub(f.clock()))
		draw := func(label string) []playlists.GridCode {
			return rapid.SliceOfNDistinct(rapid.SampledFrom(grids), 1, 4, rapid.ID[playlists.GridCode]).Draw(r, label)
		}
		for i := range f.terminals {
			if rapid.IntRange(0, 2).Draw(r, "shared") == 0 {
				f.terminals[i].Shared = draw("with")
			} else {
				f.terminals[i].Shared = nil
			}
		}
		before := draw("targets")
		round := must[Round](t)(f.CreateRound(t.Context(), halfHourly(list.ID, before...)))
		for range rapid.IntRange(1, 3).Draw(r, "edits") {
			f.pass(time.Duration(rapid.IntRange(1, 70).Draw(r, "minutes")) * time.Minute)
			was := make(map[playlists.TerminalID][]string)
			for _, terminal := range f.terminals {
				was[terminal.ID] = f.today(terminal.ID)
			}
			after := draw("targets")
			if rapid.Bool().Draw(r, "only more") {
				after = append(after, before...)
			}
			round.Targets = after
			round = must[Round](t)(f.UpdateRound(t.Context(), round, "李四"))
			for _, terminal := range f.terminals {
				is := f.today(terminal.ID)
				switch {
				case !touches(after, terminal):
					if len(is) > 0 {
						r.Fatalf("%s is not touched, and has %v", terminal.ID, is)
					}
				case touches(before, terminal):
					if diff := cmp.Diff(was[terminal.ID], is); diff != "" {
						r.Fatalf("%s was touched before, and has changed:\n%s", terminal.ID, diff)
					}
				default:
					for _, airing := range f.due(terminal.ID) {
						if airing.Before(f.clock()) {
							r.Fatalf("%s is new at %v, and has to play what was due at %v", terminal.ID, f.clock(), airing)
						}
					}
				}
			}
			before = after
		}
		f.ok(f.RemoveRound(t.Context(), round.ID, "李四"))
	})
}

// due is when the terminal's airings of the fixture's day fall due.
func (f *fixture) due(terminal playlists.TerminalID) []time.Time {
	f.t.Helper()
	due, err := timetable.Due(f.read(terminal), playlists.DateOf(f.clock().In(shanghai(f.t))))
	f.ok(err)
	var list []time.Time
	for _, a := range due {
		list = append(list, a.Due)
	}
	return list
}

func TestATerminalPlaysNothingThatWasDueBeforeItCame(t *testing.T) {
	f := newFixture(t)
	must[Round](t)(f.CreateRound(t.Context(), halfHourly(f.list().ID, shangxi, rulin)))
	f.pass(40 * time.Minute) // 7:40
	move := func(terminal playlists.TerminalID, change func(*Terminal)) {
		t.Helper()
		i := slices.IndexFunc(f.terminals, func(t Terminal) bool { return t.ID == terminal })
		change(&f.terminals[i])
		f.ok(f.store.Write(t.Context(), func(tx *store.Tx) error { return f.TerminalChanged(t.Context(), tx, terminal) }))
	}
	first := func(terminal playlists.TerminalID) string { return f.due(terminal)[0].In(shanghai(t)).Format("15:04") }
	f.terminals = append(f.terminals, Terminal{
		ID: "new", Name: "新喇叭", Grid: laoling, Dialects: []playlists.Dialect{yue}, Volume: 80, Created: f.clock(),
	}, Terminal{ID: "hall", Name: "镇府喇叭", Grid: town, Dialects: []playlists.Dialect{yue}, Volume: 80})
	move("new", func(*Terminal) {})
	move("hall", func(*Terminal) {})
	move("laoling", func(t *Terminal) { t.Grid = rulin })
	if first("new") != "08:00" || first("laoling") != "07:30" || len(f.due("hall")) != 0 {
		t.Errorf("a new one from %s, one that was moved from target to target from %s, one above them %v",
			first("new"), first("laoling"), f.due("hall"))
	}
	f.pass(time.Hour) // 8:40
	move("hall", func(t *Terminal) { t.Shared = []playlists.GridCode{laoling} })
	if first("hall") != "09:00" {
		t.Errorf("one that has come to be shared from %s", first("hall"))
	}
	move("hall", func(t *Terminal) { t.Name, t.Volume = "大院喇叭", 50 })
	if p := f.read("hall"); first("hall") != "09:00" || p.Name != "大院喇叭" {
		t.Errorf("under another name from %s: %s", first("hall"), p.Name)
	}
	f.pass(4 * 24 * time.Hour)
	f.ok(f.refresh(t.Context()))
	if first("hall") != "07:30" || first("new") != "07:30" {
		t.Errorf("days later from %s and %s", first("hall"), first("new"))
	}
}

func TestAnotherPlaylistLeavesWhatWaitsForItsTurn(t *testing.T) {
	f := newFixture(t)
	round := must[Round](t)(f.CreateRound(t.Context(), halfHourly(f.list().ID, shangxi)))
	f.pass(31 * time.Minute) // 7:31
	was := f.today("laoling")
	other := f.list()
	round.Playlist = other.ID
	must[Round](t)(f.UpdateRound(t.Context(), round, "李四"))
	if diff := cmp.Diff(was, f.today("laoling")); diff != "" {
		t.Errorf("airings of the day (-before +after):\n%s", diff)
	}
	if p := f.read("laoling"); len(p.Playlists) != 1 || p.Playlists[0].ID != other.ID {
		t.Errorf("the programme has %v", p.Playlists)
	}
}
