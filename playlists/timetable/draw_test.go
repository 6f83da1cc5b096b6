package timetable

import (
	"fmt"
	"slices"
	"time"

	"pgregory.net/rapid"

	"dalaba/playlists"
)

var (
	drawTime = rapid.Custom(func(t *rapid.T) playlists.TimeOfDay {
		return playlists.TimeOfDay(rapid.IntRange(0, 24*12).Draw(t, "five minutes") * 300)
	})
	drawTable = rapid.Custom(func(t *rapid.T) playlists.Timetable {
		var table playlists.Timetable
		if rapid.Bool().Draw(t, "on weekdays") {
			table.Weekdays = rapid.SliceOfN(rapid.IntRange(1, 7), 1, 6).Draw(t, "weekdays")
		}
		switch rapid.IntRange(0, 9).Draw(t, "narrowed") {
		case 0:
			table.ExceptHolidays = []string{"假日"}
		case 1:
			table.OnlyHolidays = []string{"假日", "学期"}
		case 2:
			table.Lunar = []playlists.LunarDay{{Day: rapid.IntRange(1, 30).Draw(t, "lunar day")}, {Month: 12, Day: playlists.LastLunarDay}}
		case 3:
			table.Market = &playlists.Market{Endings: []int{3, 6, 9}, Lunar: rapid.Bool().Draw(t, "lunar")}
		}
		if rapid.Bool().Draw(t, "cron") {
			table.Cron = rapid.SampledFrom([]string{"*/7 * * * *", "30 2 * * *", "0 0 * * *", "15,45 6-22 * * 1-5", "0 12 29 * sun"}).Draw(t, "expression")
			return table
		}
		table.Every = &playlists.Every{
			Minutes: rapid.SampledFrom([]int{1, 5, 17, 60, 1440}).Draw(t, "step"),
			From:    min(drawTime.Draw(t, "from"), playlists.EndOfDay-300), To: drawTime.Draw(t, "to"),
		}
		return table
	})
	drawGrid      = rapid.SampledFrom([]playlists.GridCode{town, village})
	drawProgramme = rapid.Custom(func(t *rapid.T) *playlists.Programme {
		p := with(with(programme(), "short", 4), "long", 400)
		p.Playlists = append(p.Playlists, list("medley", line("minute"), line("short"), line("minute"), line("long"), line("short")))
		p.Playlists[3].Entries[1].Gap = 1_500
		p.Zone = rapid.SampledFrom([]string{"Asia/Shanghai", "Europe/Berlin", "America/Sao_Paulo"}).Draw(t, "zone")
		p.Holidays = []playlists.HolidaySet{{Name: "假日", Dates: []playlists.Date{friday, {Year: 2026, Month: 10, Day: 25}}}, {Name: "学期"}}
		for i := range rapid.IntRange(1, 5).Draw(t, "rounds") {
			p.Rounds = append(p.Rounds, drawRound(t, fmt.Sprint("r", i)))
		}
		drawQuiet(t, p)
		drawSound(t, p)
		for range rapid.IntRange(0, 3).Draw(t, "volume rules") {
			p.Volume = append(p.Volume, playlists.VolumeRule{
				From: drawTime.Draw(t, "loud from"), To: drawTime.Draw(t, "loud to"), Grid: drawGrid.Draw(t, "set by"),
				Percent: rapid.IntRange(0, 100).Draw(t, "percent"), Floor: rapid.IntRange(0, 40).Draw(t, "floor"),
				Cap: rapid.SampledFrom([]int{0, 40, 70}).Draw(t, "cap"),
			})
		}
		if rapid.Bool().Draw(t, "bounded") {
			p.Announcements[1].ValidFrom = drawInstant(t, "valid from")
			p.Announcements[1].ValidUntil = drawInstant(t, "valid until")
		}
		p.Limits = rapid.SampledFrom([]playlists.Limits{{}, {}, {Minutes: 60, Plays: 6}, {Minutes: 7}, {Plays: 40}}).Draw(t, "limits")
		return p
	})
	// Among them are both days on which clocks change in Berlin, and one on which they skip midnight in São Paulo.
	drawDay = rapid.SampledFrom([]playlists.Date{
		friday,
		{Year: 2026, Month: time.March, Day: 29},
		{Year: 2026, Month: time.October, Day: 25},
		{Year: 2018, Month: time.November, Day: 4},
		{Year: 2028, Month: time.February, Day: 29},
	})
	// drawNear draws one of them, or the day before or after it.
	drawNear = rapid.Custom(func(t *rapid.T) playlists.Date {
		return drawDay.Draw(t, "near").AddDays(rapid.IntRange(-1, 1).Draw(t, "days"))
	})
)

func drawQuiet(t *rapid.T, p *playlists.Programme) {
	for range rapid.IntRange(0, 2).Draw(t, "quiet rules") {
		q := playlists.QuietRule{Grid: drawGrid.Draw(t, "ordered by"), From: drawTime.Draw(t, "silent from"), To: drawTime.Draw(t, "silent to"), Name: "静音"}
		switch rapid.IntRange(0, 3).Draw(t, "quiet kind") {
		case 0:
			q.LiftedUntil = drawInstant(t, "lifted until")
		case 1:
			q.Place, q.FirstDay, q.LastDay = true, drawNear.Draw(t, "first day"), drawNear.Draw(t, "last day")
			if q.LastDay.Compare(q.FirstDay) < 0 {
				q.FirstDay, q.LastDay = q.LastDay, q.FirstDay
			}
		}
		p.Quiet = append(p.Quiet, q)
	}
	if rapid.Bool().Draw(t, "temporary") {
		begin := drawInstant(t, "silenced at")
		p.Temporary = append(p.Temporary, playlists.TemporaryQuiet{
			Grid: village, Name: "丧事", Begin: begin, End: begin.Add(time.Duration(rapid.IntRange(1, 72).Draw(t, "hours")) * time.Hour),
		})
	}
}

// drawSound draws what is not silence: chimes, and what rounds ask for as their volume; and then mutes.
func drawSound(t *rapid.T, p *playlists.Programme) {
	for i := range p.Playlists {
		if rapid.IntRange(0, 2).Draw(t, "chime") == 0 {
			c := clip("chime", 0)
			c.Duration = playlists.Millis(rapid.SampledFrom([]int{1, 2_500, 15_000}).Draw(t, "chime length"))
			p.Playlists[i].Chime = &c
		}
	}
	for i := range p.Rounds {
		p.Rounds[i].Volume = rapid.SampledFrom([]int{0, 0, 5, 60, 100}).Draw(t, "asked")
	}
	for range rapid.SampledFrom([]int{0, 0, 1, 2}).Draw(t, "mutes") {
		from := drawInstant(t, "muted at")
		p.Mutes = append(p.Mutes, playlists.Mute{
			From: from, Until: from.Add(time.Duration(rapid.IntRange(0, 300).Draw(t, "muted minutes")) * time.Minute),
			By: "关主任", Grid: drawGrid.Draw(t, "muted for"), Reason: "办丧事",
		})
	}
}

func drawInstant(t *rapid.T, label string) time.Time {
	day := drawDay.Draw(t, label)
	return day.Midnight(time.UTC).Add(time.Duration(rapid.IntRange(-10, 30).Draw(t, "hours")) * time.Hour)
}

func drawRound(t *rapid.T, id string) playlists.Round {
	r := playlists.Round{
		ID: playlists.RoundID(id), Name: id, Timetable: drawTable.Draw(t, "timetable"),
		Playlist:  rapid.SampledFrom([]playlists.PlaylistID{"minute", "short", "long", "medley"}).Draw(t, "playlist"),
		Class:     rapid.SampledFrom([]playlists.Class{playlists.ClassAnnouncement, playlists.ClassBackground}).Draw(t, "class"),
		Owner:     drawGrid.Draw(t, "owner"),
		Lateness:  seconds(rapid.SampledFrom([]int{0, 1, 90, 3600}).Draw(t, "lateness")),
		Mandatory: rapid.Bool().Draw(t, "mandatory"),
	}
	if rapid.Bool().Draw(t, "unlimited") {
		r.Unlimited = drawInstant(t, "unlimited until")
	}
	return r
}

// scene is a programme, a day and facts that its terminal could have.
type scene struct {
	*playlists.Programme
	day   playlists.Date
	facts []Fact
}

var drawScene = rapid.Custom(func(t *rapid.T) scene {
	s := scene{Programme: drawProgramme.Draw(t, "programme"), day: drawDay.Draw(t, "day")}
	airings, err := Plan(s.Programme, nil, s.day)
	if err != nil {
		t.Fatal(err)
	}
	for _, i := range rapid.SliceOfNDistinct(rapid.IntRange(0, max(len(airings)-1, 0)), 0, min(5, len(airings)), rapid.ID[int]).Draw(t, "with facts") {
		if airings[i].State == StatePlaced {
			s.happen(t, &airings[i])
		}
	}
	for range rapid.IntRange(0, 2).Draw(t, "beside") {
		begin := s.day.Midnight(time.UTC).Add(time.Duration(rapid.IntRange(-600, 1800).Draw(t, "minutes")) * time.Minute)
		f := Fact{Begin: begin, End: begin.Add(20 * time.Minute), By: "关主任", Grid: village, Cause: playlists.CauseAgentDown}
		f.Kind = rapid.SampledFrom([]FactKind{FactOutage, FactTalk, FactAlert, FactPlayNow, FactMute, FactStop}).Draw(t, "kind")
		if rapid.IntRange(0, 5).Draw(t, "ends") == 0 {
			f.End = time.Time{}
		}
		s.facts = append(s.facts, f)
	}
	return s
})

// happen draws what became of an airing that had a place.
func (s *scene) happen(t *rapid.T, a *Airing) {
	sounded := Fact{Kind: FactSounded, Airing: a.ID, Attempt: 1, Begin: a.Start, End: a.Start.Add(a.Length.Duration()), Whole: true}
	switch what := rapid.SampledFrom([]string{"whole", "cut", "missed", "sounding", "cancelled", "cancelled in the programme", "stopped"}).Draw(t, "what"); {
	case what == "missed":
		sounded = Fact{Kind: FactMissed, Airing: a.ID, Cause: playlists.CauseClipBad}
	case what == "sounding":
		sounded.End, sounded.Whole = time.Time{}, false
	case what == "cancelled":
		sounded = Fact{Kind: FactCancelled, Airing: a.ID, By: "关主任"}
	case what == "stopped":
		sounded = Fact{Kind: FactStop, Airing: a.ID, By: "关主任"}
	case what == "cancelled in the programme":
		s.Cancelled = append(s.Cancelled, playlists.Cancellation{Airing: a.ID, By: "关主任"})
		return
	case what == "cut" || a.Pieces != nil:
		sounded.End, sounded.Whole, sounded.Cause = a.Start.Add(time.Second), false, playlists.CauseDeviceError
	}
	s.facts = append(s.facts, sounded)
}

func (s scene) plan(t interface{ Fatal(args ...any) }) []Airing {
	airings, err := Plan(s.Programme, s.facts, s.day)
	if err != nil {
		t.Fatal(err)
	}
	return airings
}

func (s scene) zone(t interface{ Fatal(args ...any) }) *time.Location {
	loc, err := time.LoadLocation(s.Zone)
	if err != nil {
		t.Fatal(err)
	}
	return loc
}

// shuffled returns s with everything in another order whose order does not matter.
func (s scene) shuffled(shuffle func(n int, swap func(i, j int))) scene {
	q := *s.Programme
	q.Rounds, q.Playlists, q.Announcements = mixed(shuffle, q.Rounds), mixed(shuffle, q.Playlists), mixed(shuffle, q.Announcements)
	q.Quiet, q.Temporary, q.Mutes = mixed(shuffle, q.Quiet), mixed(shuffle, q.Temporary), mixed(shuffle, q.Mutes)
	q.Holidays, q.Cancelled = mixed(shuffle, q.Holidays), mixed(shuffle, q.Cancelled)
	return scene{&q, s.day, mixed(shuffle, s.facts)}
}

func mixed[T any](shuffle func(n int, swap func(i, j int)), list []T) []T {
	list = slices.Clone(list)
	shuffle(len(list), func(i, j int) { list[i], list[j] = list[j], list[i] })
	return list
}
