package ledger

import (
	"fmt"
	"time"

	"pgregory.net/rapid"

	"dalaba/playlists"
	"dalaba/playlists/timetable"
)

// drawProgramme is one revision with some rounds that stand in each other's way, background among them.
func drawProgramme(r *rapid.T, d *desk) *playlists.Programme {
	d.town.published = make(map[playlists.TerminalID][]Published)
	d.town.publish(horn, 1, at(0, 0), 1, 60, 0, 0)
	p := d.town.published[horn][0].Programme
	p.PlanVersion = timetable.Version
	p.Quiet = []playlists.QuietRule{{Grid: village, From: playlists.NewTimeOfDay(22, 0, 0), To: playlists.NewTimeOfDay(6, 0, 0)}}
	p.Playlists[0].Entries[0].Gap = 1000
	p.Playlists = append(p.Playlists, playlists.Playlist{ID: "music", Entries: []playlists.PlaylistEntry{
		{Announcement: "hands", Dialects: playlists.DialectOwn, Repeats: 10, Gap: 500},
	}})
	for i := range p.Playlists {
		if length := rapid.SampledFrom([]playlists.Millis{0, 3000, 15_000}).Draw(r, "chime"); length > 0 {
			p.Playlists[i].Chime = &playlists.Clip{Digest: playlists.Digest{9}, Duration: length}
		}
	}
	p.Rounds = nil
	for i := range rapid.IntRange(1, 4).Draw(r, "rounds") {
		round := playlists.Round{
			ID: playlists.RoundID(fmt.Sprint("round ", i)), Name: fmt.Sprint("播 ", i), Playlist: "list", Owner: village,
			Class: playlists.ClassAnnouncement, Lateness: playlists.Millis(rapid.IntRange(1, 30).Draw(r, "lateness") * 60_000),
		}
		if rapid.Bool().Draw(r, "background") {
			round.Class, round.Playlist = playlists.ClassBackground, "music"
		}
		from := playlists.NewTimeOfDay(rapid.SampledFrom([]int{5, 7}).Draw(r, "hour"), rapid.SampledFrom([]int{0, 1, 55}).Draw(r, "minute"), 0)
		every := rapid.SampledFrom([]int{2, 10, 60}).Draw(r, "every")
		to := from + playlists.TimeOfDay(every*60*rapid.IntRange(0, 5).Draw(r, "times"))
		round.Timetable.Every = &playlists.Every{Minutes: every, From: from, To: to}
		p.Rounds = append(p.Rounds, round)
	}
	return p
}

func drawTroubles(r *rapid.T) []timetable.Fact {
	var list []timetable.Fact
	begin := at(5, 0)
	for range rapid.IntRange(0, 3).Draw(r, "troubles") {
		begin = begin.Add(time.Duration(rapid.IntRange(1, 90*60_000).Draw(r, "after")) * time.Millisecond)
		end := begin.Add(time.Duration(rapid.IntRange(1, 50*60_000).Draw(r, "for")) * time.Millisecond)
		cause := rapid.SampledFrom([]playlists.Cause{playlists.CausePowerOff, playlists.CauseDeviceError, playlists.CauseClockUntrusted}).Draw(r, "cause")
		list = append(list, timetable.Fact{Kind: timetable.FactOutage, Begin: begin, End: end, Cause: cause})
		begin = end
	}
	return list
}
