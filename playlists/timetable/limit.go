package timetable

import (
	"cmp"
	"fmt"
	"slices"
	"time"

	"dalaba/playlists"
)

// checkLimits refuses limits below nothing.
func (d *calendarDay) checkLimits() error {
	if l := d.Limits; l.Minutes < 0 || l.Plays < 0 {
		return fmt.Errorf("limits of %d minutes and %d plays", l.Minutes, l.Plays)
	}
	return nil
}

// meter counts a day's sounding against the programme's limits: first what sounded, then what is placed, in the order
// of precedence.
type meter struct {
	*calendarDay
	sounded time.Duration
	plays   map[playlists.AnnouncementID]int
}

// limited tells whether any limit is set.
func (m *meter) limited() bool { return m.Limits.Minutes > 0 || m.Limits.Plays > 0 }

// plays is how often one announcement sounds in an airing.
type plays struct {
	announcement playlists.AnnouncementID
	count        int
}

// playsOf returns how often each announcement sounds in entries, in the order of their ids.
func playsOf(entries []playlists.Entry) []plays {
	ids := make([]playlists.AnnouncementID, len(entries))
	for i, e := range entries {
		ids[i] = e.Announcement
	}
	slices.Sort(ids)
	var list []plays
	for _, id := range ids {
		if n := len(list); n > 0 && list[n-1].announcement == id {
			list[n-1].count++
		} else {
			list = append(list, plays{id, 1})
		}
	}
	return list
}

// refuses returns the limit that an airing of r due at due would break if it took length and list more, or nothing.
func (m *meter) refuses(f *firing, length time.Duration, list []plays) (Winner, bool) {
	if !m.limited() || f.Due.Before(f.Round.Unlimited) {
		return Winner{}, false
	}
	if most := time.Duration(m.Limits.Minutes) * time.Minute; most > 0 && m.sounded+length > most {
		return Winner{Kind: ByDailyMinutes}, true
	}
	if m.Limits.Plays > 0 {
		for _, p := range list {
			if m.plays[p.announcement]+p.count > m.Limits.Plays {
				w := Winner{Kind: ByDailyPlays, Ref: string(p.announcement)}
				if a := m.announcements[p.announcement]; a != nil {
					w.Name = a.Title
				}
				return w, true
			}
		}
	}
	return Winner{}, false
}

// take counts length and list.
func (m *meter) take(length time.Duration, list []plays) {
	m.sounded += length
	if m.Limits.Plays == 0 {
		return
	}
	if m.plays == nil {
		m.plays = make(map[playlists.AnnouncementID]int)
	}
	for _, p := range list {
		m.plays[p.announcement] += p.count
	}
}

// takeFact counts what sounded for whatever reason, alerts apart.
func (m *meter) takeFact(f *Fact) {
	switch f.Kind {
	case FactSounded, FactTalk, FactPlayNow:
		if m.limited() && !f.End.IsZero() {
			m.sounded += max(m.since(f.End)-m.since(f.Begin), 0)
		}
	}
}

// takePlays counts what the facts about f, sorted by attempt, say of its entries: those that reached their end.
func (m *meter) takePlays(f *firing, facts []Fact) {
	if m.Limits.Plays == 0 {
		return
	}
	before := 0 // background: what earlier attempts have sounded
	for i := range facts {
		fact := &facts[i]
		if fact.Kind != FactSounded {
			continue
		}
		first, last := 0, complete(f.Entries, fact)
		if f.parted {
			first, before = before, max(before, last)
		}
		if last > first {
			m.take(0, playsOf(f.Entries[first:last]))
		}
	}
}

// complete returns how many of entries reached their end in the attempt that fact tells of, all of one that sounds.
func complete(entries []playlists.Entry, fact *Fact) int {
	if fact.Whole || fact.End.IsZero() {
		return len(entries)
	}
	sounded := playlists.MillisOf(fact.End.Sub(fact.Begin))
	byTime := slices.IndexFunc(entries, func(e playlists.Entry) bool { return e.At+e.Duration > sounded })
	return min(cmp.Or(fact.Entries, max(byTime, 0)), len(entries))
}
