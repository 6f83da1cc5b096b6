package timetable

import (
	"fmt"
	"testing"
	"time"

	"dalaba/playlists"
)

const (
	town    = playlists.GridCode("440605123")
	village = playlists.GridCode("440605123001")
)

// friday is an ordinary day in the town.
var friday = playlists.Date{Year: 2026, Month: time.January, Day: 23}

// seconds returns n seconds in the unit of the programme.
func seconds(n int) playlists.Millis { return playlists.Millis(n * 1000) }

// daily fires once a day.
func daily(at string) playlists.Timetable { return every(1, at, at) }

func every(minutes int, from, to string) playlists.Timetable {
	return playlists.Timetable{Every: &playlists.Every{Minutes: minutes, From: clock(from), To: clock(to)}}
}

// clock reads a time of day that the test itself wrote.
func clock(s string) playlists.TimeOfDay {
	t, err := playlists.ParseTimeOfDay(s)
	if err != nil {
		panic(err)
	}
	return t
}

// instant reads the civil time of an instant, 2026-01-23 07:30:00, in zone.
func instant(t *testing.T, zone, s string) time.Time {
	t.Helper()
	loc, err := time.LoadLocation(zone)
	if err != nil {
		t.Fatal(err)
	}
	at, err := time.ParseInLocation(time.DateTime, s, loc)
	if err != nil {
		t.Fatal(err)
	}
	return at
}

// programme is one of the town's terminals with rounds that each have a playlist of one clip of a minute.
func programme(rounds ...playlists.Round) *playlists.Programme {
	p := &playlists.Programme{
		Terminal: "t1", Revision: 1, PlanVersion: Version, Zone: "Asia/Shanghai", Grid: village,
		Dialects: []playlists.Dialect{"yue", "cmn"},
	}
	p.Announcements = []playlists.Announcement{announcement("minute", clip("cmn", 60))}
	p.Playlists = []playlists.Playlist{list("minute", line("minute"))}
	for _, r := range rounds {
		if r.Playlist == "" {
			r.Playlist = "minute"
		}
		if r.Class == "" {
			r.Class = playlists.ClassAnnouncement
		}
		if r.Owner == "" {
			r.Owner = village
		}
		if r.ID == "" {
			r.ID = playlists.RoundID(r.Name)
		}
		p.Rounds = append(p.Rounds, r)
	}
	return p
}

// with adds a playlist of one announcement with one clip, both named name.
func with(p *playlists.Programme, name string, length int) *playlists.Programme {
	p.Announcements = append(p.Announcements, announcement(name, clip("cmn", length)))
	p.Playlists = append(p.Playlists, list(name, line(name)))
	return p
}

func announcement(id string, variants ...playlists.Clip) playlists.Announcement {
	return playlists.Announcement{ID: playlists.AnnouncementID(id), Title: id, Text: id, Variants: variants}
}

func clip(d playlists.Dialect, length int) playlists.Clip {
	return playlists.Clip{Digest: playlists.Digest{d[0], byte(length)}, Bytes: int64(length) * 96_000, Duration: seconds(length), Dialect: d}
}

func list(id string, lines ...playlists.PlaylistEntry) playlists.Playlist {
	return playlists.Playlist{ID: playlists.PlaylistID(id), Name: id, Entries: lines}
}

func line(id string) playlists.PlaylistEntry {
	return playlists.PlaylistEntry{Announcement: playlists.AnnouncementID(id), Dialects: playlists.DialectOwn, Repeats: 1}
}

// lines writes airings as "round due → what became of it", in p's zone.
func lines(t *testing.T, p *playlists.Programme, airings []Airing) []string {
	t.Helper()
	loc, err := time.LoadLocation(p.Zone)
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, a := range airings {
		s := fmt.Sprintf("%s %s", a.Round.Name, a.Due.In(loc).Format(time.TimeOnly))
		if a.State != "" {
			s += " " + string(a.State)
		}
		if !a.Start.IsZero() {
			s += fmt.Sprintf(" %s #%d", a.Start.In(loc).Format(time.TimeOnly), a.Attempt)
		}
		if a.Cause != "" {
			s += " " + string(a.Cause)
		}
		if a.By != "" {
			s += " by " + a.By
		}
		out = append(out, s)
	}
	return out
}
