package complaints

import (
	"slices"
	"time"

	"dalaba/playlists"
	"dalaba/playlists/grid"
	"dalaba/playlists/timetable"
)

// RemedyKind is what kind of thing can be offered.
type RemedyKind string

// The kinds of remedy.
const (
	// RemedyLater: the round starts at a better hour, Instead of Start: later in the morning, or earlier in the evening.
	RemedyLater RemedyKind = "later"
	// RemedyLower: a volume rule of Grid from From to To, of VolumeInstead percent and with that as its cap, as a rule has
	// that names none.
	RemedyLower RemedyKind = "lower"
	// RemedyShorter: RepeatsInstead repeats in Playlist, or, where that is 0, less in it.
	RemedyShorter RemedyKind = "shorter"
	// RemedyQuiet: temporary quiet of Grid, or of Terminal alone.
	RemedyQuiet RemedyKind = "quiet"
)

// Remedy is something that can be offered. What its kind does not need is zero.
type Remedy struct {
	Kind RemedyKind
	// Round and Playlist are what would be changed.
	Round     playlists.RoundID
	RoundName string
	Playlist  playlists.PlaylistID
	// Grid is whose the change would be: the round's owner, or the node of the new rule.
	Grid     playlists.GridCode
	Terminal playlists.TerminalID
	// Above: Grid is not at or below that of the complaint, so that it is a superior's to change: pass it on.
	Above bool

	Start, Instead        playlists.TimeOfDay
	From, To              playlists.TimeOfDay
	Volume, VolumeInstead int
	// Length is how long it sounded.
	Length                  playlists.Millis
	Repeats, RepeatsInstead int
	// Line says it for the official.
	Line Line
}

// Hours in which a start is offered at another one: before the first and after the second. They lie inside the hours that
// are asked back when a round is saved: what nobody asks back can still be complained of.
const (
	early = playlists.TimeOfDay(7*60*60 + 30*60)
	late  = playlists.TimeOfDay(20*60*60 + 30*60)
)

const (
	// noticeable is how much later a start must be for a household to notice.
	noticeable = playlists.TimeOfDay(15 * 60)
	// long is how much of one thing is too much.
	long = 5 * time.Minute
	// ahead is how far a round is searched for the start that was complained of.
	ahead = 31 * 24 * time.Hour
)

// The starts that are offered: the first two in the morning, the last in the evening.
const (
	firstStart  = playlists.TimeOfDay(7 * 60 * 60)
	secondStart = playlists.TimeOfDay(8 * 60 * 60)
	lastStart   = playlists.TimeOfDay(20 * 60 * 60)
)

// remedies returns what can be offered for findings: other hours first, then less volume, then less of it, and always
// quiet. It looks at what sounded at the minute, or else near it; at the terminal that was named, if that did.
func (e *evidence) remedies(findings []Finding) []Remedy {
	meant := e.meant(findings)
	var all []Remedy
	for i := range meant {
		all = merge(all, e.later(&meant[i]))
	}
	for i := range meant {
		all = merge(all, e.lower(&meant[i]))
	}
	for i := range meant {
		all = merge(all, e.shorter(&meant[i]))
	}
	all = append(all, e.quiet(meant))
	for i := range all {
		r := &all[i]
		r.Above = !grid.Contains(e.complaint.Grid, r.Grid)
		r.Line = r.line()
	}
	return all
}

// meant returns those of findings, in their order, that were complained of as far as can be told.
func (e *evidence) meant(findings []Finding) []Finding {
	for _, fits := range []func(*Finding) bool{
		func(f *Finding) bool { return f.AtTheMinute && f.Terminal == e.complaint.Terminal },
		func(f *Finding) bool { return f.AtTheMinute },
		func(f *Finding) bool { return f.Sounded() && f.Terminal == e.complaint.Terminal },
		func(f *Finding) bool { return f.Sounded() },
	} {
		var meant []Finding
		for i := range findings {
			if fits(&findings[i]) {
				meant = append(meant, findings[i])
			}
		}
		if len(meant) > 0 {
			return meant
		}
	}
	return nil
}

// merge adds r to all, unless it is nil or the same is offered already for another terminal: then the most of both is.
func merge(all []Remedy, r *Remedy) []Remedy {
	if r == nil {
		return all
	}
	same := func(other Remedy) bool {
		if r.Kind == RemedyLower {
			return other.Kind == r.Kind && other.Grid == r.Grid && other.From == r.From && other.To == r.To
		}
		return other.Kind == r.Kind && other.Round == r.Round && other.Start == r.Start
	}
	i := slices.IndexFunc(all, same)
	if i < 0 {
		return append(all, *r)
	}
	all[i].Volume, all[i].VolumeInstead = max(all[i].Volume, r.Volume), max(all[i].VolumeInstead, r.VolumeInstead)
	all[i].Length = max(all[i].Length, r.Length)
	return all
}

// standing returns the round of f as it stands now at the terminal where it sounded, or nil: then nothing about it can be
// changed any more, or it is none.
func (e *evidence) standing(f *Finding) (*playlists.Programme, *playlists.Round) {
	if f.Talk || f.Class == playlists.ClassAlert {
		return nil, nil
	}
	p := e.present[f.Terminal]
	return p, roundOf(p, f.Round)
}

func (e *evidence) later(f *Finding) *Remedy {
	p, r := e.standing(f)
	if r == nil {
		return nil
	}
	start := timeOf(f.Due.In(e.zone))
	instead, ok := better(start, timeOf(f.Begin.In(e.zone)))
	if !ok || !e.startsAt(p, r, start) {
		return nil
	}
	return &Remedy{Kind: RemedyLater, Round: r.ID, RoundName: r.Name, Playlist: r.Playlist, Grid: r.Owner, Start: start, Instead: instead}
}

// better returns a better hour for what is due at start and began at begin, and whether there is one.
func better(start, begin playlists.TimeOfDay) (playlists.TimeOfDay, bool) {
	switch {
	case begin < early && begin+noticeable <= firstStart:
		return firstStart, true
	case begin < early:
		return secondStart, true
	case begin > late && start > lastStart:
		return lastStart, true
	}
	return 0, false
}

// startsAt tells whether r starts at this time of day on one of the next days, as it stands in p.
func (e *evidence) startsAt(p *playlists.Programme, r *playlists.Round, start playlists.TimeOfDay) bool {
	today, last := playlists.DateOf(e.now.In(e.zone)), e.now.Add(ahead)
	for day := today; ; day = day.AddDays(1) {
		at := start.On(day, e.zone).Add(-time.Second)
		if at.Before(e.now) {
			continue // today's has passed
		}
		next := timetable.Next(r.Timetable, e.zone, at, 1, p.Holidays...)
		if len(next) == 0 || next[0].After(last) {
			return false
		}
		if timeOf(next[0].In(e.zone)) == start {
			return true
		}
		if found := playlists.DateOf(next[0].In(e.zone)); found.Compare(day.AddDays(1)) > 0 {
			day = found.AddDays(-1) // there is nothing until found, which comes next
		}
	}
}

// lower offers three quarters of the volume, as far as the floors of superiors and all other rules let it be lowered. It
// asks the planner what would hold with such a rule, so that what is offered is what becomes of it.
func (e *evidence) lower(f *Finding) *Remedy {
	p := e.present[f.Terminal]
	if p == nil || p.Grid == "" || f.Class == playlists.ClassAlert {
		return nil
	}
	from, to := hours(f.Begin.In(e.zone), f.End.In(e.zone))
	at := timeOf(f.Begin.In(e.zone)).On(playlists.DateOf(e.now.In(e.zone)), e.zone)
	now, _, err := timetable.Volume(p, at)
	if err != nil || now < f.Volume {
		return nil // it was lowered since
	}
	wanted := now * 3 / 4 / 5 * 5
	if wanted == 0 {
		return nil
	}
	lowered := *p
	lowered.Volume = append(slices.Clone(p.Volume), playlists.VolumeRule{From: from, To: to, Percent: wanted, Cap: wanted, Grid: p.Grid})
	instead, _, err := timetable.Volume(&lowered, at)
	if err != nil || instead >= now {
		return nil
	}
	return &Remedy{Kind: RemedyLower, Grid: p.Grid, From: from, To: to, Volume: now, VolumeInstead: instead}
}

// hours returns the whole hours around what sounded from begin to end.
func hours(begin, end time.Time) (from, to playlists.TimeOfDay) {
	const hour = playlists.TimeOfDay(60 * 60)
	from, to = timeOf(begin)/hour*hour, (timeOf(end)+hour-1)/hour*hour
	if to == from {
		to += hour
	}
	return from, to
}

func (e *evidence) shorter(f *Finding) *Remedy {
	p, r := e.standing(f)
	if r == nil {
		return nil
	}
	repeats := 1
	for i := range p.Playlists {
		if p.Playlists[i].ID != r.Playlist {
			continue
		}
		for _, entry := range p.Playlists[i].Entries {
			repeats = max(repeats, entry.Repeats)
		}
	}
	length := f.End.Sub(f.Begin)
	if repeats == 1 && length <= long {
		return nil
	}
	remedy := &Remedy{
		Kind: RemedyShorter, Round: r.ID, RoundName: r.Name, Playlist: r.Playlist, Grid: r.Owner,
		Length: playlists.MillisOf(length), Repeats: repeats,
	}
	if repeats > 1 {
		remedy.RepeatsInstead = repeats / 2
	}
	return remedy
}

// quiet offers temporary quiet where meant sounded, or, where nothing did, where it was complained of.
func (e *evidence) quiet(meant []Finding) Remedy {
	terminal, several, below := e.complaint.Terminal, false, false
	for i := range meant {
		if i == 0 {
			terminal = meant[0].Terminal
		}
		several = several || meant[i].Terminal != terminal
		below = below || grid.Contains(e.complaint.Grid, e.stand[meant[i].Terminal].Grid)
	}
	t, stands := e.stand[terminal]
	if !stands || several && below {
		return Remedy{Kind: RemedyQuiet, Grid: e.complaint.Grid}
	}
	return Remedy{Kind: RemedyQuiet, Grid: t.Grid, Terminal: terminal}
}

func (r *Remedy) line() Line {
	args := map[string]any{
		"round": r.RoundName, "start": r.Start.String(), "instead": r.Instead.String(), "from": r.From.String(),
		"to": r.To.String(), "volume": r.Volume, "lower": r.VolumeInstead, "repeats": r.Repeats, "fewer": r.RepeatsInstead,
		"minutes": int((r.Length.Duration() + time.Minute - 1) / time.Minute),
	}
	code := "complaint_remedy_" + string(r.Kind)
	switch {
	case r.Kind == RemedyLater && r.Instead < r.Start:
		code = "complaint_remedy_earlier"
	case r.Kind == RemedyShorter && r.RepeatsInstead == 0:
		code = "complaint_remedy_less"
	}
	return Line{code, args}
}

// timeOf returns the time of day that clocks show at t.
func timeOf(t time.Time) playlists.TimeOfDay { return playlists.NewTimeOfDay(t.Clock()) }
