package timetable

import (
	"errors"
	"fmt"
	"time"

	"dalaba/playlists"
)

// calendarDay is a programme made ready for one civil day.
type calendarDay struct {
	*playlists.Programme
	date playlists.Date
	zone *time.Location
	// begin and end are the day's first instant and the next day's.
	begin, end time.Time

	announcements map[playlists.AnnouncementID]*playlists.Announcement
	playlists     map[playlists.PlaylistID]*playlists.Playlist
	cancelled     map[playlists.AiringID]*playlists.Cancellation
	// almanac knows the programme's holidays; volumes are its rules, the highest node's first.
	almanac *almanac
	volumes []*playlists.VolumeRule

	// firings is what expand found, and blocks what stands beside them.
	firings []firing
	blocks  []block
}

// open makes p ready for day and expands it.
func open(p *playlists.Programme, day playlists.Date) (*calendarDay, error) {
	d := &calendarDay{Programme: p}
	for _, step := range []func() error{
		d.checkSizes, d.openZone, d.openAlmanac, d.checkQuiet, d.checkMutes, d.checkVolume, d.checkLimits, d.openCancelled,
		d.openAnnouncements, d.openPlaylists, d.checkRounds,
		func() error {
			d.turn(day)
			return d.expand()
		},
	} {
		if err := step(); err != nil {
			return nil, fmt.Errorf("plan %s for terminal %s: %w", day, p.Terminal, err)
		}
	}
	return d, nil
}

// turn opens day.
func (d *calendarDay) turn(day playlists.Date) {
	d.date = day
	d.begin, d.end = day.Midnight(d.zone), day.AddDays(1).Midnight(d.zone)
}

// since returns how long after the day's first instant t is, within the day.
func (d *calendarDay) since(t time.Time) time.Duration {
	return min(max(t.Sub(d.begin), 0), d.length())
}

// length is how long the day is: 24 hours, or one more or less where clocks change.
func (d *calendarDay) length() time.Duration { return d.end.Sub(d.begin) }

func (d *calendarDay) openAlmanac() error {
	days, problem := newAlmanac(d.Holidays)
	if problem != nil {
		return problem
	}
	d.almanac = days
	return nil
}

func (d *calendarDay) openCancelled() error {
	if len(d.Cancelled) == 0 {
		return nil
	}
	d.cancelled = make(map[playlists.AiringID]*playlists.Cancellation, len(d.Cancelled))
	for i := range d.Cancelled {
		c := &d.Cancelled[i]
		if d.cancelled[c.Airing] != nil {
			return fmt.Errorf("airing %s: cancelled twice", c.Airing)
		}
		d.cancelled[c.Airing] = c
	}
	return nil
}

// tooLarge is the problem of a programme in which there are more than most of what.
func tooLarge(what string, most int) *playlists.Problem {
	return &playlists.Problem{
		Kind: playlists.TooLarge, Code: "programme_too_large", Args: map[string]any{"what": what, "max": most},
	}
}

func (d *calendarDay) checkSizes() error {
	for _, size := range []struct {
		what      string
		has, most int
	}{
		{"rounds", len(d.Rounds), MaxRounds},
		{"playlists", len(d.Programme.Playlists), MaxPlaylists},
		{"announcements", len(d.Programme.Announcements), MaxAnnouncements},
		{"dialects", len(d.Dialects), MaxDialects},
		{"quiet", len(d.Quiet), MaxRules},
		{"volume", len(d.Programme.Volume), MaxRules},
		{"temporary_quiet", len(d.Temporary), MaxRules},
		{"mutes", len(d.Mutes), MaxMutes},
		{"cancelled", len(d.Cancelled), MaxCancelled},
	} {
		if size.has > size.most {
			return tooLarge(size.what, size.most)
		}
	}
	return nil
}

func (d *calendarDay) openZone() error {
	// An empty name and Local would mean whatever the machine is set to.
	if d.Zone == "" || d.Zone == "Local" {
		return fmt.Errorf("zone %q: name one", d.Zone)
	}
	zone, err := time.LoadLocation(d.Zone)
	if err != nil {
		return fmt.Errorf("zone %q: %w", d.Zone, err)
	}
	d.zone = zone
	return nil
}

func (d *calendarDay) openAnnouncements() error {
	d.announcements = make(map[playlists.AnnouncementID]*playlists.Announcement, len(d.Programme.Announcements))
	for i := range d.Programme.Announcements {
		a := &d.Programme.Announcements[i]
		if d.announcements[a.ID] != nil {
			return fmt.Errorf("announcement %s: there are two", a.ID)
		}
		d.announcements[a.ID] = a
		if len(a.Variants) > MaxVariants {
			return tooLarge("variants", MaxVariants)
		}
		for _, c := range a.Variants {
			if c.Duration <= 0 || c.Duration > dayMillis {
				return fmt.Errorf("announcement %s: a clip of %d ms", a.ID, c.Duration)
			}
		}
	}
	return nil
}

// dayMillis bounds a clip: nothing longer could end by 24:00 of an ordinary day.
const dayMillis = playlists.Millis(24 * 60 * 60 * 1000)

func (d *calendarDay) openPlaylists() error {
	d.playlists = make(map[playlists.PlaylistID]*playlists.Playlist, len(d.Programme.Playlists))
	for i := range d.Programme.Playlists {
		pl := &d.Programme.Playlists[i]
		if d.playlists[pl.ID] != nil {
			return fmt.Errorf("playlist %s: there are two", pl.ID)
		}
		d.playlists[pl.ID] = pl
		if err := d.checkLines(pl); err != nil {
			return fmt.Errorf("playlist %s: %w", pl.ID, err)
		}
		if c := pl.Chime; c != nil && (c.Duration <= 0 || c.Duration > playlists.MaxChime) {
			return fmt.Errorf("playlist %s: a chime of %d ms", pl.ID, c.Duration)
		}
		if pl.Chime != nil && d.PlanVersion < firstChimed {
			bare := *pl
			bare.Chime = nil
			d.playlists[pl.ID] = &bare
		}
	}
	return nil
}

// checkLines refuses references to nothing and anything that could make an airing absurdly long.
func (d *calendarDay) checkLines(pl *playlists.Playlist) error {
	if len(pl.Entries) > playlists.MaxPlaylistEntries {
		return tooLarge("lines", playlists.MaxPlaylistEntries)
	}
	entries := 0
	for _, line := range pl.Entries {
		a := d.announcements[line.Announcement]
		if a == nil {
			return fmt.Errorf("announcement %s: not in the programme", line.Announcement)
		}
		if line.Repeats < 0 || line.Repeats > playlists.MaxRepeats || line.Gap < 0 || line.Gap > playlists.MaxGap {
			return fmt.Errorf("announcement %s: %d repeats with %d ms between", line.Announcement, line.Repeats, line.Gap)
		}
		entries += max(line.Repeats, 1) * len(a.Variants)
	}
	if entries > MaxEntries {
		return tooLarge("entries", MaxEntries)
	}
	return nil
}

// openRound reads r's timetable and refuses what a round cannot be.
func (d *calendarDay) openRound(r *playlists.Round) (*rule, error) {
	switch {
	case r.Class != playlists.ClassAnnouncement && r.Class != playlists.ClassBackground:
		return nil, fmt.Errorf("class %q: want announcement or background", r.Class)
	case !percent(r.Volume):
		return nil, fmt.Errorf("volume of %d percent", r.Volume)
	case r.Lateness < 0 || r.Lateness > playlists.MaxLateness:
		return nil, fmt.Errorf("lateness of %d ms", r.Lateness)
	case d.playlists[r.Playlist] == nil:
		return nil, fmt.Errorf("playlist %s: not in the programme", r.Playlist)
	}
	rule, problems := newRule(&r.Timetable, d.almanac)
	if len(problems) > 0 {
		return nil, join(problems)
	}
	return rule, nil
}

// checkRounds refuses a round that is there twice.
func (d *calendarDay) checkRounds() error {
	seen := make(map[playlists.RoundID]struct{}, len(d.Rounds))
	for i := range d.Rounds {
		seen[d.Rounds[i].ID] = struct{}{}
	}
	if len(seen) < len(d.Rounds) {
		return errors.New("a round is there twice")
	}
	return nil
}
