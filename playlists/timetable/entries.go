package timetable

import (
	"slices"
	"time"

	"dalaba/playlists"
)

// ask is what the airings of one playlist ask for, as long as the same announcements are valid.
type ask struct {
	entries []playlists.Entry
	// chime is what sounds before them, or nil; length counts it.
	chime  *playlists.Clip
	length playlists.Millis
	// from and until bound the due times for which it holds, half open; zero ones do not bound.
	from, until time.Time
	// ends is when the first of its announcements stops being valid; zero for never.
	ends time.Time
	// early and lapsed tell that a line was left out because its announcement is not yet, or no longer, valid.
	early, lapsed bool
	// counted is what plays returns, once it was asked.
	counted []plays
}

// plays returns how often each announcement sounds, where that is limited.
func (a *ask) plays(limits playlists.Limits) []plays {
	if limits.Plays > 0 && a.counted == nil {
		a.counted = playsOf(a.entries)
	}
	return a.counted
}

// holds tells whether an airing due at due asks for the same.
func (a *ask) holds(due time.Time) bool {
	return !due.Before(a.from) && (a.until.IsZero() || due.Before(a.until))
}

// waits tells that nothing is to sound because its time has not come: then nothing is due.
func (a *ask) waits() bool { return len(a.entries) == 0 && a.early && !a.lapsed }

// newAsk returns what an airing of pl that falls due at due asks for at a terminal with these dialects, in order, with
// the times at which its entries begin. Of each line every dialect sounds before the next repeat. A line whose
// announcement is not valid at due, is not known, or has no recording that fits, is left out; where nothing is left there
// is no chime either.
func newAsk(pl *playlists.Playlist, terminal []playlists.Dialect, byID map[playlists.AnnouncementID]*playlists.Announcement, due time.Time) *ask {
	a := &ask{}
	var end playlists.Millis
	if pl.Chime != nil {
		end = pl.Chime.Duration + Breath
	}
	var clips []playlists.Clip
	for _, line := range pl.Entries {
		announcement := byID[line.Announcement]
		if announcement == nil || !a.admit(announcement, due) {
			continue
		}
		clips = appendClips(clips[:0], announcement, terminal, line.Dialects)
		if len(clips) == 0 {
			continue
		}
		if until := announcement.ValidUntil; !until.IsZero() && (a.ends.IsZero() || until.Before(a.ends)) {
			a.ends = until
		}
		repeats := min(max(line.Repeats, 1), playlists.MaxRepeats)
		a.entries = slices.Grow(a.entries, repeats*len(clips))
		for range repeats {
			for _, clip := range clips {
				a.entries = append(a.entries, playlists.Entry{
					Announcement: announcement.ID, Dialect: clip.Dialect, Clip: clip.Digest, At: end, Duration: clip.Duration,
				})
				a.length = end + clip.Duration
				end = a.length + line.Gap
			}
		}
	}
	if len(a.entries) > 0 {
		a.chime = pl.Chime
	}
	return a
}

// admit tells whether announcement is valid at due, and notes until when and since when that holds.
func (a *ask) admit(announcement *playlists.Announcement, due time.Time) bool {
	early := due.Before(announcement.ValidFrom)
	lapsed := !announcement.ValidUntil.IsZero() && !due.Before(announcement.ValidUntil)
	for _, bound := range [...]time.Time{announcement.ValidFrom, announcement.ValidUntil} {
		switch {
		case bound.IsZero():
		case due.Before(bound):
			if a.until.IsZero() || bound.Before(a.until) {
				a.until = bound
			}
		case bound.After(a.from):
			a.from = bound
		}
	}
	a.early = a.early || early
	a.lapsed = a.lapsed || lapsed
	return !early && !lapsed
}

// appendClips appends the recordings of announcement that rule picks for a terminal with these dialects, in order.
func appendClips(clips []playlists.Clip, announcement *playlists.Announcement, terminal []playlists.Dialect, rule playlists.DialectRule) []playlists.Clip {
	switch rule {
	case playlists.DialectAll:
		for _, d := range terminal {
			if clip, ok := announcement.Variant(d); ok {
				clips = append(clips, clip)
			}
		}
	case playlists.DialectOwn:
		for _, d := range terminal {
			if clip, ok := announcement.Variant(d); ok {
				return append(clips, clip)
			}
		}
		if len(announcement.Variants) > 0 {
			clips = append(clips, announcement.Variants[0])
		}
	default:
		if clip, ok := announcement.Variant(playlists.Dialect(rule)); ok {
			clips = append(clips, clip)
		}
	}
	return clips
}
