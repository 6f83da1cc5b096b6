package rounds

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"time"

	"dalaba/broadcaster/internal/store"
	"dalaba/playlists"
	"dalaba/playlists/timetable"
)

// clerk fills a town's book with something of everything.
type clerk struct {
	*fixture
	*rand.Rand
	lists []playlists.PlaylistID
}

func (c *clerk) hour() playlists.TimeOfDay {
	return playlists.NewTimeOfDay(c.IntN(24), c.IntN(60), c.IntN(2)*30)
}

func (c *clerk) node() playlists.GridCode {
	return []playlists.GridCode{town, shangxi, rulin, laoling, xianfeng}[c.IntN(5)]
}

func (c *clerk) minutes(n int) time.Duration { return time.Duration(c.IntN(n)) * time.Minute }

// settle places 50 loudspeakers about the town, all at once: each change of the book signs every programme it touches.
func (c *clerk) settle() {
	c.terminals = nil
	spoken := [][]playlists.Dialect{{yue, cmn}, {cmn}, {yue}}
	for i := range 50 {
		lat, lon := 22.8+c.Float64()/100, 112.9+c.Float64()/100
		t := Terminal{
			ID: playlists.TerminalID(fmt.Sprint("t", i)), Name: fmt.Sprint(i, "号"), Grid: c.node(), Dialects: spoken[c.IntN(3)],
			Volume: 1 + c.IntN(100), Lat: &lat, Lon: &lon,
		}
		if c.IntN(9) == 0 {
			t.Kind, t.Lat, t.Lon = playlists.KindMobile, nil, nil
		}
		c.terminals = append(c.terminals, t)
	}
	c.ok(c.store.Write(c.t.Context(), func(tx *store.Tx) error {
		return c.TerminalChanged(c.t.Context(), tx, names(c.terminals)...)
	}))
}

// silence mutes some of the loudspeakers, and lifts some of that again.
func (c *clerk) silence(ctx context.Context) {
	c.t.Helper()
	for _, t := range c.terminals {
		if c.IntN(8) > 0 {
			continue
		}
		made := must[Mute](c.t)(c.AddMute(ctx, Mute{Terminal: t.ID, Mute: playlists.Mute{
			Until: c.clock().Add(time.Minute + c.minutes(14*24*60)), By: "关主任", Grid: t.Grid, Reason: "办丧事",
		}}))
		if c.IntN(3) == 0 {
			c.ok(c.LiftMute(ctx, made.ID, "关主任"))
		}
	}
}

// write makes announcements, playlists, rounds, and what bounds them, as people do.
func (c *clerk) write(ctx context.Context) {
	c.t.Helper()
	c.terminals = nil
	must[Holidays](c.t)(c.SaveHolidays(ctx, playlists.HolidaySet{
		Name: "假日", Dates: []playlists.Date{{Year: 2026, Month: 1, Day: 24 + c.IntN(7)}},
	}, "关主任"))
	for _, a := range []Announcement{hands(), visits()} {
		made := must[Announcement](c.t)(c.CreateAnnouncement(ctx, a))
		list := must[Playlist](c.t)(c.CreatePlaylist(ctx, Playlist{Owner: town, By: "关主任", Playlist: playlists.Playlist{
			Name: made.Title,
			Entries: []playlists.PlaylistEntry{{
				Announcement: made.ID, Dialects: playlists.DialectAll, Repeats: 1 + c.IntN(9), Gap: playlists.Millis(c.IntN(5000)),
			}},
		}}))
		c.lists = append(c.lists, list.ID)
		if c.IntN(2) == 0 {
			bell := c.bell(playlists.Millis(1 + c.IntN(15_000)))
			list.Chime = &bell
			must[Playlist](c.t)(c.UpdatePlaylist(ctx, list, "关主任"))
		}
	}
	for i := range 4 + c.IntN(6) {
		c.round(ctx, i)
	}
	if c.IntN(2) == 0 {
		must[Quiet](c.t)(c.AddQuiet(ctx, c.node(), c.hour(), c.hour(), "午睡", "关主任"))
	}
	begin := c.clock().Add(c.minutes(900))
	must[TemporaryQuiet](c.t)(c.AddTemporaryQuiet(ctx, TemporaryQuiet{
		TemporaryQuiet: playlists.TemporaryQuiet{Grid: c.node(), Begin: begin, End: begin.Add(time.Minute + c.minutes(600))},
		Reason:         QuietFuneral, By: "关主任",
	}))
	if _, _, err := c.SaveQuietPlace(ctx, QuietPlace{
		Grid: town, Name: "小学", Lat: 22.805, Lon: 112.905, Radius: float64(100 + c.IntN(900)), From: c.hour(), To: c.hour(),
	}, "关主任"); err != nil {
		c.t.Fatal(err)
	}
	must[VolumeRule](c.t)(c.SaveVolume(ctx, VolumeRule{VolumeRule: playlists.VolumeRule{
		Grid: c.node(), From: c.hour(), To: c.hour(), Percent: 20 + c.IntN(51), Floor: 20, Cap: 70,
	}}, "关主任"))
	c.ok(c.SetLimits(ctx, playlists.Limits{Minutes: c.IntN(90), Plays: c.IntN(30)}, "关主任"))
}

func (c *clerk) round(ctx context.Context, i int) {
	c.t.Helper()
	round := daily(fmt.Sprint("第", i), c.lists[c.IntN(2)], c.IntN(24), c.IntN(60), c.node(), c.node())
	round.Targets = slices.Compact(slices.Sorted(slices.Values(round.Targets)))
	round.Mandatory = c.IntN(4) == 0
	round.Lateness = playlists.MillisOf(c.minutes(90))
	if c.IntN(3) == 0 {
		round.Volume = 1 + c.IntN(100)
	}
	when := &round.Timetable
	switch c.IntN(7) {
	case 0:
		when.Every, when.Cron = nil, "*/17 6-22 * * *"
	case 1:
		when.Market = &playlists.Market{Endings: []int{3, 6, 9}}
	case 2:
		when.Lunar = []playlists.LunarDay{{Day: 1 + c.IntN(30)}}
	case 3:
		when.ExceptHolidays = []string{"假日"}
	case 4:
		round.Class = playlists.ClassBackground
		when.Every.Minutes, when.Every.From, when.Every.To = 120, 6*3600, 21*3600
	case 5:
		when.Every.Minutes, when.Every.From, when.Every.To = 10+c.IntN(200), c.hour(), c.hour()
	case 6:
		when.Weekdays = []int{1 + c.IntN(7), 6}
		slices.Sort(when.Weekdays)
		when.Weekdays = slices.Compact(when.Weekdays)
	}
	made := must[Round](c.t)(c.CreateRound(ctx, round))
	if next := c.Next(made, c.clock(), 1); len(next) == 1 && c.IntN(3) == 0 {
		c.ok(c.Cancel(ctx, Cancellation{Round: made.ID, Due: next[0], Grid: town, By: "关主任"}))
	}
}

// happened draws what became of some of a day's airings.
func (c *clerk) happened(p *playlists.Programme, day playlists.Date) []timetable.Fact {
	begin := day.Midnight(c.zone).Add(c.minutes(24 * 60))
	facts := []timetable.Fact{{Kind: timetable.FactTalk, Begin: begin, End: begin.Add(c.minutes(30)), By: "关主任"}}
	due := must[[]timetable.Airing](c.t)(timetable.Due(p, day))
	for _, a := range due[:min(20, len(due))] {
		if c.IntN(4) == 0 {
			facts = append(facts, timetable.Fact{
				Kind: timetable.FactSounded, Airing: a.ID, Attempt: 1, Begin: a.Due, End: a.Due.Add(c.minutes(5)),
				Entries: c.IntN(3), Whole: c.IntN(2) == 0,
			})
		}
	}
	return facts
}
