package timetable

import (
	"testing"
	"time"

	"pgregory.net/rapid"

	"dalaba/playlists"
)

// TestNothingSoundsInQuietOnDaysOnWhichClocksChange asks for something every five minutes of such a day.
func TestNothingSoundsInQuietOnDaysOnWhichClocksChange(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := with(programme(), "short", 4)
		p.Zone = "Europe/Berlin"
		p.Rounds = []playlists.Round{{
			ID: "r", Playlist: "short", Class: playlists.ClassAnnouncement, Owner: drawGrid.Draw(t, "owner"), Lateness: 1,
			Mandatory: rapid.Bool().Draw(t, "mandatory"),
			Timetable: playlists.Timetable{Every: &playlists.Every{Minutes: 5, To: playlists.EndOfDay}},
		}}
		drawQuiet(t, p)
		day := playlists.Date{Year: 2026, Month: time.March, Day: 29}
		if rapid.Bool().Draw(t, "autumn") {
			day = playlists.Date{Year: 2026, Month: time.October, Day: 25}
		}
		s := scene{Programme: p, day: day}
		for _, a := range s.plan(t) {
			if a.State == StatePlaced {
				s.checkQuiet(t, a, a.Start, s.zone(t))
			}
		}
	})
}

// checkQuiet looks at a moment at which a sounds: by the civil clock where it does not change, and else by the instants
// between which a rule holds. Both are other ways than the one under test.
func (s scene) checkQuiet(t *rapid.T, a Airing, at time.Time, loc *time.Location) {
	passes := func(rule playlists.GridCode) bool {
		return a.Round.Mandatory && a.Round.Owner == town && rule == village
	}
	silent := silentByInstants
	if sameOffsetAllDay(at, loc) {
		silent = silentByClock
	}
	for _, q := range s.Quiet {
		if !passes(q.Grid) && !at.Before(q.LiftedUntil) && silent(q, at, loc) {
			t.Fatalf("%v sounds at %s, in the quiet of %v", a, at.In(loc), q)
		}
	}
	for _, q := range s.Temporary {
		if !passes(q.Grid) && !at.Before(q.Begin) && at.Before(q.End) {
			t.Fatalf("%v sounds at %s, in the quiet of %v", a, at.In(loc), q)
		}
	}
}

// sameOffsetAllDay tells whether clocks in loc do not change within a day of at.
func sameOffsetAllDay(at time.Time, loc *time.Location) bool {
	_, before := at.Add(-24 * time.Hour).In(loc).Zone()
	_, after := at.Add(24 * time.Hour).In(loc).Zone()
	return before == after
}

// begins tells whether q begins on day.
func begins(q playlists.QuietRule, day playlists.Date) bool {
	return (q.FirstDay.IsZero() || day.Compare(q.FirstDay) >= 0) && (q.LastDay.IsZero() || day.Compare(q.LastDay) <= 0)
}

// silentByClock tells whether q holds when the clock shows at.
func silentByClock(q playlists.QuietRule, at time.Time, loc *time.Location) bool {
	now, began := playlists.NewTimeOfDay(at.In(loc).Clock()), playlists.DateOf(at.In(loc))
	silent := q.From <= now && now < q.To
	if q.To <= q.From {
		silent = now >= q.From || now < q.To
		if now < q.From {
			began = began.AddDays(-1)
		}
	}
	return silent && begins(q, began)
}

// silentByInstants tells whether at lies between the instants at which q begins and ends on the day or the day before.
func silentByInstants(q playlists.QuietRule, at time.Time, loc *time.Location) bool {
	today := playlists.DateOf(at.In(loc))
	for _, day := range []playlists.Date{today.AddDays(-1), today} {
		last := day
		if q.To <= q.From {
			last = day.AddDays(1)
		}
		if begins(q, day) && !at.Before(shown(day, q.From, loc)) && at.Before(shown(last, q.To, loc)) {
			return true
		}
	}
	return false
}

// shown returns the first instant at which clocks in loc show tod on day. Where they skip it, it is the one at which they
// would have shown it.
func shown(day playlists.Date, tod playlists.TimeOfDay, loc *time.Location) time.Time {
	wall := day.Midnight(time.UTC).Add(time.Duration(tod) * time.Second)
	_, before := wall.Add(-24 * time.Hour).In(loc).Zone()
	_, after := wall.Add(24 * time.Hour).In(loc).Zone()
	first, second := wall.Add(-time.Duration(before)*time.Second), wall.Add(-time.Duration(after)*time.Second)
	shows := func(at time.Time) bool {
		_, offset := at.In(loc).Zone()
		return at.Add(time.Duration(offset) * time.Second).Equal(wall)
	}
	if !shows(first) && shows(second) {
		return second
	}
	return first
}
