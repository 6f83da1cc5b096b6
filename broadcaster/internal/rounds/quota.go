package rounds

import (
	"errors"
	"time"

	"dalaba/playlists"
	"dalaba/playlists/timetable"
)

// Quota is how often a round is to begin on a day, at each terminal. The zero Quota asks for nothing.
type Quota struct {
	// Starts is the least number of starts on a day; zero asks for none.
	Starts int `json:"starts,omitempty"`
	// Spacing is how far apart two starts are at least; zero asks for nothing.
	Spacing playlists.Millis `json:"spacing_ms,omitempty"`
}

// maxSpacing bounds a spacing.
const maxSpacing = playlists.Millis(24 * 60 * 60 * 1000)

func (q *Quota) check() error {
	var mistakes []error
	if q.Starts < 0 || q.Starts > timetable.MaxQuota {
		mistakes = append(mistakes, invalid("quota_range", "quota.starts", map[string]any{"max": timetable.MaxQuota}))
	}
	if q.Spacing < 0 || q.Spacing > maxSpacing {
		mistakes = append(mistakes, invalid("spacing_range", "quota.spacing_ms", nil))
	}
	return errors.Join(mistakes...)
}

// window is when the draft may begin and has to be over: its own steps, with room for the last airing, or else the
// hours in which no start is asked back.
func (l *lookout) window(length playlists.Millis) (from, to playlists.TimeOfDay) {
	every := l.draft.Timetable.Every
	if every == nil || every.From == every.To {
		return earliestStart, latestStart
	}
	to = every.To + playlists.TimeOfDay((length+999)/1000)
	if every.To > every.From {
		return every.From, min(to, playlists.EndOfDay)
	}
	return every.From, min(to, every.From)
}

// reckon notes whether a terminal can manage the draft's quota at all, and if not, the ways out.
func (l *lookout) reckon() {
	starts := l.draft.Quota.Starts
	var length playlists.Millis
	for _, known := range l.Lengths {
		length = max(length, known.Length)
	}
	if starts == 0 || length == 0 {
		return
	}
	from, to := l.window(length)
	f, err := timetable.Feasible(timetable.Quota{
		Starts: starts, From: from, To: to, Length: length, Spacing: l.draft.Quota.Spacing,
	})
	if err != nil || f.Met {
		return // checkRound has refused what Feasible refuses, but for a length that no day holds: the plan tells that
	}
	l.warn("quota_impossible", map[string]any{
		"starts": starts, "manages": f.Tours, "from": from.String(), "to": to.String(),
	})
	for _, way := range []struct {
		code, name string
		open       bool
		value      int
	}{
		{"quota_with_more_terminals", "terminals", f.Terminals > 1, f.Terminals},
		{"quota_with_less_spacing", "minutes", f.MaxSpacing > 0, minutes(f.MaxSpacing)},
		{"quota_with_shorter_airings", "seconds", f.MaxLength >= 1000, int(f.MaxLength / 1000)},
		{"quota_with_longer_window", "minutes", f.MinWindow > 0, minutes(f.MinWindow + 59_999)},
		{"quota_with_fewer_starts", "starts", f.Tours > 0, f.Tours},
	} {
		if way.open {
			l.warn(way.code, map[string]any{way.name: way.value})
		}
	}
}

func minutes(m playlists.Millis) int { return int(m.Duration() / time.Minute) }

// lookAtQuota notes a day, of which no part is over, on which the draft begins too seldom.
func (l *lookout) lookAtQuota(day playlists.Date, starts int) {
	if want := l.draft.Quota.Starts; starts < want && day != l.today {
		l.warn("quota_missed", map[string]any{"day": day.String(), "starts": want, "is": starts})
	}
}

// lookAtSpacing notes two starts of the draft, one after the other, that are too close.
func (l *lookout) lookAtSpacing(last, next time.Time) {
	if apart := next.Sub(last); apart < l.draft.Quota.Spacing.Duration() {
		l.warn("closer_than_spacing", map[string]any{
			"time": l.clock(next), "minutes": int(apart / time.Minute), "spacing": minutes(l.draft.Quota.Spacing),
		})
	}
}
