package complaints

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"dalaba/playlists"
	"dalaba/playlists/timetable"
)

// margin is how far before and behind the minute complained of something that sounded may have been meant: people do not
// look at the clock first.
const margin = 10 * time.Minute

// maxFindings bounds the findings of a case.
const maxFindings = 200

// Finding is one thing that sounded near the place and the minute without a longer pause, or was due then and did not
// sound: Begin and End are zero then, and Volume too.
type Finding struct {
	Terminal     playlists.TerminalID
	TerminalName string
	// Grid is where the terminal stood, and GridPath what people called that.
	Grid     playlists.GridCode
	GridPath string
	// Round, Owner and By say by whose plan: the round, whose it is, and who made it. They are empty where nobody knows.
	Round     playlists.RoundID
	RoundName string
	Owner     playlists.GridCode
	OwnerName string
	By        string
	Class     playlists.Class
	// Announcement is the titles of what sounded, with 、 between them, and Dialects what they were spoken in.
	Announcement string
	Dialects     []playlists.Dialect
	Due          time.Time
	Begin, End   time.Time
	// Volume is in percent, the loudest of it. VolumeBy is the rule that gave it: of a grid, or, where its Grid is empty,
	// the terminal's own; nil where that is not known.
	Volume   int
	VolumeBy *playlists.VolumeRule
	Outcome  playlists.Outcome
	// Cause says why it was missed, partial or late; CauseBy names who or what, for people.
	Cause   playlists.Cause
	CauseBy string
	// Metres is how far away it sounded, -1 where the place or the terminal has no point.
	Metres float64
	// AtTheMinute: it sounded in the minute complained of itself.
	AtTheMinute bool
	// Extra: it sounded without having been planned.
	Extra bool
	// Talk: somebody spoke live.
	Talk bool
	// Line says it for the official.
	Line Line

	titles        []string
	announcements []playlists.AnnouncementID
}

// Sounded tells whether anything was to be heard.
func (f *Finding) Sounded() bool { return !f.Begin.IsZero() }

// window is the time in which what sounded may have been meant, half open.
func (c *Complaint) window() (from, to time.Time) {
	return c.At.Add(-margin), c.At.Add(time.Minute + margin)
}

// heard returns what may have been meant, the likeliest first: what sounded at the minute, at the terminal that
// was named, near by.
func (e *evidence) heard() []Finding {
	var all []Finding
	for i := range e.sounds {
		s := &e.sounds[i]
		t := e.placed(s)
		if !e.complaint.hears(t) {
			continue
		}
		for _, f := range e.complaint.stretches(s) {
			f.Metres = e.complaint.metres(t)
			all = append(all, f)
		}
	}
	slices.SortFunc(all, func(a, b Finding) int {
		return cmp.Or(
			-compareBool(a.Sounded(), b.Sounded()), -compareBool(a.AtTheMinute, b.AtTheMinute),
			-compareBool(a.Terminal == e.complaint.Terminal, b.Terminal == e.complaint.Terminal),
			-compareBool(a.Metres >= 0, b.Metres >= 0), cmp.Compare(a.Metres, b.Metres), a.Begin.Compare(b.Begin),
			a.Due.Compare(b.Due), cmp.Compare(a.TerminalName, b.TerminalName), cmp.Compare(a.Terminal, b.Terminal),
			cmp.Compare(a.Round, b.Round),
		)
	})
	return all
}

// stretches returns the stretches of s that reach into the window: plays with no more than an entry's gap between them, of
// which none but the last was broken off.
// What sounded nothing at all is one finding where it was planned for the window.
func (c *Complaint) stretches(s *Sound) []Finding {
	from, to := c.window()
	if len(s.Plays) == 0 {
		if !s.Planned || s.Due.Before(from) || !s.Due.Before(to) {
			return nil
		}
		return []Finding{s.finding()}
	}
	plays := slices.SortedFunc(slices.Values(s.Plays), func(a, b Play) int { return a.Begin.Compare(b.Begin) })
	var all []Finding
	for len(plays) > 0 {
		f, n := s.finding(), 1
		for f.add(c, &plays[0]); n < len(plays) && !plays[n-1].Cut && plays[n].Begin.Sub(f.End) <= playlists.MaxGap.Duration(); n++ {
			f.add(c, &plays[n])
		}
		if plays = plays[n:]; f.Begin.Before(to) && f.End.After(from) {
			all = append(all, f)
		}
	}
	return all
}

// finding is s before anything has sounded.
func (s *Sound) finding() Finding {
	return Finding{
		Terminal: s.Terminal, TerminalName: s.TerminalName, Grid: s.Grid, GridPath: s.GridPath, Round: s.Round,
		RoundName: s.RoundName, Class: s.Class, Due: s.Due, Outcome: s.Outcome, Cause: s.Cause, CauseBy: s.CauseBy,
		Metres: -1, Extra: !s.Planned, Talk: s.Class == playlists.ClassLive,
	}
}

// add lets f have sounded p, which began no earlier than the others.
func (f *Finding) add(c *Complaint, p *Play) {
	if f.Begin.IsZero() {
		f.Begin, f.End = p.Begin, p.End
	}
	if p.End.After(f.End) {
		f.End = p.End
	}
	f.Volume = max(f.Volume, p.Volume)
	f.AtTheMinute = f.AtTheMinute || p.Begin.Before(c.At.Add(time.Minute)) && p.End.After(c.At)
	if p.Title != "" && !slices.Contains(f.titles, p.Title) {
		f.titles = append(f.titles, p.Title)
		f.Announcement = strings.Join(f.titles, "、")
	}
	f.announcements = append(f.announcements, p.Announcement)
	if p.Dialect != "" && !slices.Contains(f.Dialects, p.Dialect) {
		f.Dialects = append(f.Dialects, p.Dialect)
	}
}

// explain notes whose plan f was, whose rule its volume came from, and what it was made of, by p, which was in force then;
// it may be nil.
func (e *evidence) explain(f *Finding, p *playlists.Programme) {
	f.Owner, f.By = e.makers[f.Round].Owner, e.makers[f.Round].By
	if r := roundOf(p, f.Round); r != nil {
		f.Owner = r.Owner
	}
	if p != nil && f.Sounded() && f.Class != playlists.ClassAlert {
		if percent, rule, err := timetable.Volume(p, f.Begin); err == nil && percent == f.Volume {
			f.VolumeBy = rule
		}
	}
	e.note(f, p)
}

func compareBool(a, b bool) int {
	switch {
	case a == b:
		return 0
	case b:
		return -1
	}
	return 1
}
