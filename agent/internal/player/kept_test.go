package player

import (
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"dalaba/playlists"
	"dalaba/playlists/timetable"
)

// drawn is a programme with something of everything in it, and what happened on its day.
func drawn(r *rand.Rand, revision uint64, publisher playlists.Publisher) (*playlists.Programme, []timetable.Fact) {
	p := programme(revision, publisher)
	p.Zone, p.Grid, p.Name = "Asia/Shanghai", "440605124001", "上西村 3号"
	p.PlanVersion = 1 + r.IntN(timetable.Version)
	p.Dialects = []playlists.Dialect{"yue", "cmn"}
	minutes := func(n int) time.Duration { return time.Duration(r.IntN(n)) * time.Minute }
	tod := func() playlists.TimeOfDay { return playlists.NewTimeOfDay(r.IntN(24), r.IntN(60), r.IntN(2)*30) }
	for i := range 1 + r.IntN(5) {
		round := playlists.Round{
			ID: playlists.RoundID(fmt.Sprint("r", i)), Name: fmt.Sprint("第", i), Playlist: "p", Class: playlists.ClassAnnouncement,
			Lateness: playlists.MillisOf(minutes(120)), Owner: []playlists.GridCode{"440605124", "440605124001"}[r.IntN(2)],
			Since: signed.Add(-minutes(3000)), Mandatory: r.IntN(3) == 0,
			Timetable: playlists.Timetable{Every: &playlists.Every{Minutes: 10 + r.IntN(300), From: tod(), To: tod()}},
			Volume:    r.IntN(2) * r.IntN(101),
		}
		if r.IntN(3) == 0 {
			round.Class = playlists.ClassBackground
		}
		switch r.IntN(5) {
		case 0:
			round.Timetable.Every, round.Timetable.Cron = nil, "*/17 6-22 * * *"
		case 1:
			round.Timetable.Market = &playlists.Market{Endings: []int{3, 6, 9}}
		case 2:
			round.Timetable.Lunar = []playlists.LunarDay{{Day: 1 + r.IntN(30)}}
		case 3:
			round.Timetable.ExceptHolidays = []string{"假日"}
		}
		p.Rounds = append(p.Rounds, round)
	}
	p.Playlists[0].Entries[0].Repeats = 1 + r.IntN(9)
	p.Announcements[0].Variants[0].Duration = playlists.MillisOf(time.Duration(1+r.IntN(200)) * 1001 * time.Millisecond)
	drawSound(r, p)
	p.Holidays = []playlists.HolidaySet{{Name: "假日", Dates: []playlists.Date{{Year: 2026, Month: 1, Day: 1 + r.IntN(30)}}}}
	p.Quiet = []playlists.QuietRule{
		{Grid: "440605124", From: playlists.NewTimeOfDay(22, 0, 0), To: playlists.NewTimeOfDay(6, 0, 0), Name: "夜间"},
		{Grid: "440605124001", From: tod(), To: tod(), Name: "午睡", LiftedUntil: signed.Add(minutes(600))},
	}
	begin := signed.Add(minutes(900))
	p.Temporary = []playlists.TemporaryQuiet{{Grid: "440605124001", Name: "丧事", Begin: begin, End: begin.Add(time.Hour)}}
	p.Volume = []playlists.VolumeRule{{Grid: "440605124", From: tod(), To: tod(), Percent: r.IntN(101), Cap: 70, Floor: 20}}
	p.Limits = playlists.Limits{Minutes: r.IntN(90), Plays: r.IntN(30)}
	day, err := timetable.Due(p, friday)
	if err != nil {
		panic(err)
	}
	var facts []timetable.Fact
	for i, a := range day {
		end := a.Due.Add(time.Duration(r.IntN(300_000)) * time.Millisecond)
		switch {
		case i > 20:
		case r.IntN(8) == 0:
			p.Cancelled = append(p.Cancelled, playlists.Cancellation{Airing: a.ID, By: "关主任", Grid: "440605124"})
		case r.IntN(4) == 0:
			facts = append(facts, timetable.Fact{
				Kind: timetable.FactSounded, Airing: a.ID, Attempt: 1, Begin: a.Due, End: end, Entries: r.IntN(3), Whole: r.IntN(2) == 0,
			})
		}
	}
	return p, append(facts, timetable.Fact{Kind: timetable.FactTalk, Begin: begin, End: begin.Add(minutes(30)), By: "关主任"})
}

// drawSound draws a chime, and mutes.
func drawSound(r *rand.Rand, p *playlists.Programme) {
	if r.IntN(2) == 0 {
		p.Playlists[0].Chime = &playlists.Clip{Digest: playlists.Digest{9}, Duration: playlists.Millis(1 + r.IntN(15_000))}
	}
	for range r.IntN(3) {
		from := signed.Add(time.Duration(r.IntN(1200)) * time.Minute)
		p.Mutes = append(p.Mutes, playlists.Mute{From: from, Until: from.Add(time.Duration(r.IntN(600)) * time.Minute), By: "关主任", Grid: p.Grid, Reason: "丧事"})
	}
}

var friday = playlists.Date{Year: 2026, Month: 1, Day: 23}

func TestWhatIsKeptIsPlannedAsWhatWasPublished(t *testing.T) {
	town := newSigner(t)
	r := rand.New(rand.NewPCG(1, 1000))
	s := &shop{file: filepath.Join(t.TempDir(), "programme.json"), first: town.publisher(), now: signed.Add(time.Minute)}
	airings := 0
	for revision := range uint64(1000) {
		published, facts := drawn(r, revision+1, town.publisher())
		if result := s.open(t).Take(seal(t, town, published)); !result.InForce {
			t.Fatal(result.Reason)
		}
		kept, _ := s.open(t).Held()
		want, err := timetable.Plan(published, facts, friday)
		if err != nil {
			t.Fatal(err)
		}
		got, err := timetable.Plan(kept, facts, friday)
		if err != nil {
			t.Fatal(err)
		}
		airings += len(got)
		if changes := timetable.Compare(want, got).Changes; len(want) != len(got) || len(changes) > 0 {
			t.Fatalf("programme %d: %d airings, then %d, %+v", revision, len(want), len(got), changes)
		}
		if revision%20 > 0 {
			continue // comparing every field takes long
		}
		some := min(len(got), 5)
		if diff := cmp.Diff(want[:some], got[:some], cmpopts.EquateEmpty()); diff != "" {
			t.Fatalf("programme %d: %s", revision, diff)
		}
	}
	t.Logf("%d airings", airings)
}
