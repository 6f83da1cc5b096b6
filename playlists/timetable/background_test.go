package timetable

import (
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"dalaba/playlists"
)

// music is a background of four entries of a minute with a second between, due at 07:30, and an announcement at 07:31:30.
func music(t *testing.T) *factDay {
	p := with(programme(
		playlists.Round{Name: "music", Class: playlists.ClassBackground, Playlist: "songs", Timetable: daily("07:30")},
		playlists.Round{Name: "news", Timetable: daily("07:31:30")},
	), "song", 60)
	song := line("song")
	song.Repeats, song.Gap = 4, seconds(1)
	p.Playlists = append(p.Playlists, list("songs", song))
	d := &factDay{t: t, Programme: p}
	d.a, d.b = d.id("music", "07:30:00"), d.id("news", "07:31:30")
	return d
}

// pieces plans the day and writes what becomes of the music.
func (d *factDay) pieces(t *testing.T, facts ...Fact) []string {
	t.Helper()
	airings, err := Plan(d.Programme, facts, friday)
	if err != nil {
		t.Fatal(err)
	}
	out := lines(t, d.Programme, airings[:1])
	for _, p := range airings[0].Pieces {
		out = append(out, fmt.Sprintf("%d-%d %s", p.First, p.Last, p.Start.In(d.at("00:00:00").Location()).Format(time.TimeOnly)))
	}
	if n := airings[0].Dropped; n > 0 {
		out = append(out, fmt.Sprint(n, " dropped"))
	}
	return out
}

type musicCase struct {
	name   string
	change func(*factDay)
	facts  func(*factDay) []Fact
	want   []string
}

func expectMusic(t *testing.T, cases []musicCase) {
	for _, test := range cases {
		t.Run(test.name, func(t *testing.T) {
			d := music(t)
			if test.change != nil {
				test.change(d)
			}
			var facts []Fact
			if test.facts != nil {
				facts = test.facts(d)
			}
			if diff := cmp.Diff(test.want, d.pieces(t, facts...)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// alone leaves nothing but the music.
func alone(d *factDay) { d.Rounds = d.Rounds[:1] }

// cut is the music that began on time, cut when so many entries had sounded.
func cut(d *factDay, end string, entries int) Fact {
	f := d.sounded(d.a, 1, false, "07:30:00", end, "preempted", "关主任")
	f.Entries = entries
	return f
}

func TestBackgroundFillsWhatIsLeft(t *testing.T) {
	expectMusic(t, []musicCase{
		{"in one go where nothing comes between", alone, nil, []string{"music 07:30:00 placed 07:30:00 #1"}},
		{"around an announcement, never cutting an entry", nil, nil, []string{"music 07:30:00 placed 07:30:00 #1", "0-0 07:30:00", "1-3 07:32:30"}},
		{"around a talk too", nil, func(d *factDay) []Fact { return []Fact{d.beside(FactTalk, "07:33:00", "09:00:00")} }, []string{
			"music 07:30:00 placed 07:30:00 #1", "0-0 07:30:00", "1-3 09:00:00",
		}},
		{"it has to begin in time", func(d *factDay) { d.Rounds[0].Lateness = seconds(60) }, func(d *factDay) []Fact { return []Fact{d.beside(FactTalk, "07:29:00", "07:31:01")} }, []string{
			"music 07:30:00 missed preempted by 关主任",
		}},
		{"what the day has no room for is dropped", func(d *factDay) {
			alone(d)
			d.Rounds[0].Timetable = daily("23:58")
		}, nil, []string{"music 23:58:00 placed 23:58:00 #1 expired", "0-0 23:58:00", "3 dropped"}},
		{"what its limit does not allow is dropped", func(d *factDay) {
			alone(d)
			d.Limits.Plays = 3
		}, nil, []string{"music 07:30:00 placed 07:30:00 #1 daily_limit by song", "0-2 07:30:00", "1 dropped"}},
		{"a limit counts earlier attempts once", func(d *factDay) {
			alone(d)
			d.Limits.Plays = 4
		}, func(d *factDay) []Fact { return []Fact{cut(d, "07:31:30", 1)} }, []string{
			"music 07:30:00 placed 07:31:30 #2 preempted by 关主任", "1-3 07:31:30",
		}},
		{"whole, by the rules of version 1", func(d *factDay) { d.PlanVersion = 1 }, nil, []string{"music 07:30:00 placed 07:32:30 #1 preempted by news"}},
	})
}

func TestBackgroundGoesOnWhereItWas(t *testing.T) {
	expectMusic(t, []musicCase{
		{"what was cut goes on with the entry that was cut", alone, func(d *factDay) []Fact { return []Fact{cut(d, "07:31:30", 1)} }, []string{
			"music 07:30:00 placed 07:31:30 #2 preempted by 关主任", "1-3 07:31:30",
		}},
		{"however late that is", alone, func(d *factDay) []Fact {
			return []Fact{cut(d, "07:31:30", 1), d.beside(FactTalk, "07:31:30", "11:00:00")}
		}, []string{"music 07:30:00 placed 11:00:00 #2 preempted by 关主任", "1-3 11:00:00"}},
		{"every entry has sounded in one attempt or another", alone, func(d *factDay) []Fact { return []Fact{cut(d, "07:34:00", 4)} }, []string{
			"music 07:30:00 done 07:30:00 #1",
		}},
		{"of what sounds only the present entry stands", nil, func(d *factDay) []Fact {
			f := d.sounded(d.a, 1, false, "07:30:00", "", "", "")
			return []Fact{f}
		}, []string{"music 07:30:00 sounding 07:30:00 #1", "0-0 07:30:00", "1-3 07:32:30"}},
		{"the present entry is known", alone, func(d *factDay) []Fact {
			f := d.sounded(d.a, 1, false, "07:30:00", "", "", "")
			f.Entries = 2
			return []Fact{f}
		}, []string{"music 07:30:00 sounding 07:30:00 #1", "0-2 07:30:00", "3-3 07:33:03"}},
	})
}

func TestBackgroundIsPartedOnlySoOften(t *testing.T) {
	d := music(t)
	d.Playlists[2].Entries[0].Repeats = playlists.MaxRepeats
	for range 9 {
		d.Playlists[2].Entries = append(d.Playlists[2].Entries, d.Playlists[2].Entries[0])
	}
	d.Rounds[1].Timetable = every(3, "07:30", "23:57")
	airings, err := Plan(d.Programme, nil, friday)
	if err != nil {
		t.Fatal(err)
	}
	for _, a := range airings {
		if a.Round.Name == "music" && (len(a.Pieces) != maxPieces || a.Dropped != 200-maxPieces) {
			t.Errorf("%d pieces, %d dropped", len(a.Pieces), a.Dropped)
		}
	}
}
