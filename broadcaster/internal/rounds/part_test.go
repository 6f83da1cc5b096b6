package rounds

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"dalaba/broadcaster/internal/rounds/roundssql"
	"dalaba/broadcaster/internal/store"
	"dalaba/playlists"
	"dalaba/playlists/timetable"
)

// nodes are what the horn of these tests obeys, the root first.
var nodes = []playlists.GridCode{town, shangxi, laoling, group}

// writes does something to the tables themselves.
func (f *fixture) writes(do func(tx *store.Tx, q *roundssql.Queries) error) {
	f.t.Helper()
	f.ok(f.store.Write(f.t.Context(), func(tx *store.Tx) error { return do(tx, roundssql.New(tx.Tx)) }))
}

// sayings keeps a playlist of node whose announcements are so many, each with a text of 2,000 characters.
func (f *fixture) sayings(node playlists.GridCode, many int) playlists.PlaylistID {
	f.t.Helper()
	var entries []playlists.PlaylistEntry
	f.writes(func(_ *store.Tx, q *roundssql.Queries) error {
		for i := range many {
			id := fmt.Sprint("saying ", node, i)
			if err := q.PutAnnouncement(f.t.Context(), roundssql.PutAnnouncementParams{
				ID: id, Title: id, Text: strings.Repeat("话", maxText), Owner: string(node),
			}); err != nil {
				return err
			}
			if err := q.InsertVariant(f.t.Context(), roundssql.InsertVariantParams{
				Announcement: id, Digest: sound("hands yue").String(),
			}); err != nil {
				return err
			}
			entries = append(entries, playlists.PlaylistEntry{
				Announcement: playlists.AnnouncementID(id), Dialects: playlists.DialectOwn, Repeats: 1,
			})
		}
		return nil
	})
	return must[Playlist](f.t)(f.CreatePlaylist(f.t.Context(), Playlist{
		Owner: node, Playlist: playlists.Playlist{Name: "话", Entries: entries},
	})).ID
}

// fillRounds brings node to a hair below its bounds on rounds: the last of them, of ten firings, is not there yet.
func (f *fixture) fillRounds(node playlists.GridCode, target playlists.GridCode) Round {
	f.t.Helper()
	list := f.sayings(node, 100)
	round := daily("第二百个", list, 8, 0, target)
	round.Owner, round.Timetable.Every.Minutes, round.Timetable.Every.To = node, 60, playlists.NewTimeOfDay(17, 0, 0)
	for day := range 230 {
		round.Timetable.Except = append(round.Timetable.Except, playlists.Date{Year: 2030, Month: 1, Day: 1}.AddDays(day))
	}
	f.writes(func(tx *store.Tx, q *roundssql.Queries) error {
		for i := range maxRoundsOf - 1 {
			one := round
			one.ID, one.Name, one.Since = playlists.RoundID(fmt.Sprint(node, " ", i)), fmt.Sprint("第", i), tx.Now
			one.Lateness = playlists.DefaultLateness
			if err := putRound(f.t.Context(), q, &one); err != nil {
				return err
			}
		}
		return nil
	})
	return round
}

func TestWhateverEverybodyElseHasMadeTheAdministratorsActFits(t *testing.T) {
	f := newFixture(t)
	f.night()
	f.terminals = nil // until everybody has made as much as he may: each change signs what it touches
	ctx := t.Context()
	noon := playlists.NewTimeOfDay(12, 0, 0)
	hush := func(node playlists.GridCode) error {
		_, err := f.AddQuiet(ctx, node, noon, noon+60, strings.Repeat("&", maxNote), "陈社长")
		return err
	}
	loud := func(node playlists.GridCode) error {
		_, err := f.SaveVolume(ctx, evening(node, 30, 0, 0), "陈社长")
		return err
	}
	place := func(node playlists.GridCode) error {
		p := school()
		p.Grid, p.Lat, p.Lon, p.FirstDay, p.LastDay = node, *at22(), *at113(), playlists.Date{}, playlists.Date{}
		_, _, err := f.SaveQuietPlace(ctx, p, "陈社长")
		return err
	}
	silence := func(node playlists.GridCode) error {
		q := f.funeral()
		q.Grid, q.Terminal = node, ""
		_, err := f.AddTemporaryQuiet(ctx, q)
		return err
	}
	for _, test := range []struct {
		name, code string
		most       int
		do         func(playlists.GridCode) error
	}{
		{"quiet", "quiet_too_many", maxQuietOf, hush},
		{"places", "quiet_places_too_many", maxPlacesOf, place},
		{"volume", "volume_too_many", maxVolumeOf, loud},
		{"temporary quiet", "temporary_quiet_too_many", maxTemporaryOf, silence},
	} {
		for _, node := range nodes[1:] {
			for range test.most {
				f.ok(test.do(node))
			}
			if diff := cmp.Diff([]string{test.code}, codes(test.do(node))); diff != "" {
				t.Errorf("%s beyond the bound of %s (-want +got):\n%s", test.name, node, diff)
			}
		}
		for range test.most - 1 {
			f.ok(test.do(town))
		}
	}
	f.terminals = []Terminal{
		{ID: "horn", Name: "一组喇叭", Grid: group, Dialects: []playlists.Dialect{yue}, Volume: 80, Lat: at22(), Lon: at113(), Shared: []playlists.GridCode{rulin}},
	}
	for _, last := range []func(playlists.GridCode) error{hush, place, loud, silence} {
		f.ok(last(town))
	}
	guests := f.fillRounds(rulin, rulin)
	must[Round](t)(f.CreateRound(ctx, guests))
	for _, node := range []playlists.GridCode{group, laoling, shangxi, town} {
		last := f.fillRounds(node, node)
		must[Round](t)(f.CreateRound(ctx, last))
		if node != town {
			_, err := f.CreateRound(ctx, last)
			if diff := cmp.Diff([]string{"rounds_too_many"}, codes(err)); diff != "" {
				t.Errorf("one round more of %s (-want +got):\n%s", node, diff)
			}
		}
	}
	f.ring = f.ringTest(map[playlists.GridCode]playlists.Millis{group: 6000})
	f.ok(f.store.Write(ctx, func(tx *store.Tx) error { return f.RingTestChanged(ctx, tx, town, "关主任", nil, f.ring) }))
	p := f.read("horn")
	if n := len(p.Rounds); n != 5*maxRoundsOf+1 || n > timetable.MaxRounds || len(p.Temporary) != timetable.MaxRules {
		t.Errorf("the horn has %d rounds and %d times of quiet", len(p.Rounds), len(p.Temporary))
	}
}

func at22() *float64  { v := 22.8; return &v }
func at113() *float64 { v := 113.0; return &v }

func TestANodeThatAsksTooMuchIsRefusedInWords(t *testing.T) {
	minutely := func(r *Round) {
		r.Timetable = playlists.Timetable{Cron: "* 0-16 * * *"}
	}
	f := newFixture(t)
	list := f.list().ID
	first := daily("一", list, 8, 0, laoling)
	first.Owner = shangxi
	minutely(&first)
	first = must[Round](t)(f.CreateRound(t.Context(), first))
	second := first
	if _, err := f.CreateRound(t.Context(), second); !cmp.Equal(codes(err), []string{"firings_too_many"}) {
		t.Errorf("2,040 firings a day: %v", err)
	}
	must[Round](t)(f.UpdateRound(t.Context(), first, "陈社长")) // what is there may stay
	second.Owner = town
	must[Round](t)(f.CreateRound(t.Context(), second)) // and is nobody else's
}

func TestGuestsOfASharedTerminalTogetherAreOneNode(t *testing.T) {
	f := newFixture(t)
	f.terminals[1].Shared = []playlists.GridCode{laoling, xianfeng} // rulin's horn
	list := f.list().ID
	for _, node := range []playlists.GridCode{laoling, xianfeng} {
		round := daily("每分钟", list, 8, 0, node)
		round.Owner, round.Timetable = node, playlists.Timetable{Cron: "* 0-16 * * *"}
		_, err := f.CreateRound(t.Context(), round)
		want := map[playlists.GridCode][]string{xianfeng: {"guests_too_many"}}[node]
		if diff := cmp.Diff(want, codes(err)); diff != "" {
			t.Errorf("of %s (-want +got):\n%s", node, diff)
		}
	}
}

func TestAQuietThatIsOverStillCountsWhileProgrammesTellOfIt(t *testing.T) {
	f := newFixture(t)
	for range maxTemporaryOf {
		q := must[TemporaryQuiet](t)(f.AddTemporaryQuiet(t.Context(), f.funeral()))
		f.pass(time.Second)
		f.ok(f.EndTemporaryQuiet(t.Context(), q.ID, "陈社长"))
	}
	_, err := f.AddTemporaryQuiet(t.Context(), f.funeral())
	if diff := cmp.Diff([]string{"temporary_quiet_too_many"}, codes(err)); diff != "" {
		t.Errorf("one more (-want +got):\n%s", diff)
	}
	f.pass(4 * 24 * time.Hour)
	must[TemporaryQuiet](t)(f.AddTemporaryQuiet(t.Context(), f.funeral()))
}

func TestAnOfficialCannotCallOffWithoutEnd(t *testing.T) {
	f := newFixture(t)
	round := daily("晨播", f.list().ID, 8, 0, laoling)
	round.Timetable.Every.To = playlists.NewTimeOfDay(20, 0, 0)
	round = must[Round](t)(f.CreateRound(t.Context(), round))
	due := f.clock().Add(time.Hour)
	f.writes(func(_ *store.Tx, q *roundssql.Queries) error {
		for i := range maxCancelledOf {
			if err := q.PutCancellation(t.Context(), roundssql.PutCancellationParams{
				Round: string(round.ID), DueMs: millis(due.Add(time.Duration(i) * time.Minute)), Grid: string(laoling),
			}); err != nil {
				return err
			}
		}
		return nil
	})
	c := Cancellation{Round: round.ID, Due: due.Add(maxCancelledOf * time.Minute), Grid: laoling, By: "陈社长"}
	if diff := cmp.Diff([]string{"cancellations_too_many"}, codes(f.Cancel(t.Context(), c))); diff != "" {
		t.Errorf("one more (-want +got):\n%s", diff)
	}
	c.Grid = town
	f.ok(f.Cancel(t.Context(), c))
}

func TestAPlaylistThatGrowsIsRefusedWhereItsRoundsSayTooMuch(t *testing.T) {
	f := newFixture(t)
	var lists []playlists.PlaylistID
	for _, node := range nodes {
		lists = append(lists, f.sayings(node, 100))
	}
	for i, list := range lists[:2] {
		round := daily("长", list, 8+i, 0, laoling)
		must[Round](t)(f.CreateRound(t.Context(), round))
	}
	third := daily("长", lists[2], 10, 0, laoling)
	if _, err := f.CreateRound(t.Context(), third); !cmp.Equal(codes(err), []string{"sayings_too_long"}) {
		t.Errorf("three long playlists: %v", err)
	}
	list := f.list()
	third.Playlist = list.ID
	must[Round](t)(f.CreateRound(t.Context(), third))
	list.Entries = must[Playlist](t)(f.Playlist(t.Context(), lists[2])).Entries
	if _, err := f.UpdatePlaylist(t.Context(), list, "关主任"); !cmp.Equal(codes(err), []string{"sayings_too_long"}) {
		t.Errorf("a short one that becomes long: %v", err)
	}
}
