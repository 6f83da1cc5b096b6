package timetable

import (
	"fmt"
	"time"

	"dalaba/playlists"
)

// pastMidnight tells whether a daily span from one time to another ends on the day after.
func pastMidnight(from, to playlists.TimeOfDay) bool { return to <= from }

// checkQuiet refuses quiet that contradicts itself, so that nobody believes in a silence that is none.
func (d *calendarDay) checkQuiet() error {
	wrong := func(field string, name string) error {
		return &playlists.Problem{
			Kind: playlists.Invalid, Code: "quiet_range", Field: field,
			Args: map[string]any{"name": name, "hours": int(playlists.MaxTemporaryQuiet / time.Hour)},
		}
	}
	for _, q := range d.Quiet {
		outside := q.From < 0 || q.From > playlists.EndOfDay || q.To < 0 || q.To > playlists.EndOfDay
		if outside || !q.FirstDay.IsZero() && !q.LastDay.IsZero() && q.LastDay.Compare(q.FirstDay) < 0 {
			return wrong("quiet", q.Name)
		}
	}
	for _, q := range d.Temporary {
		if length := q.End.Sub(q.Begin); length <= 0 || length > playlists.MaxTemporaryQuiet {
			return wrong("temporary_quiet", q.Name)
		}
	}
	return nil
}

// quiet returns when the day is silent for who is not silenced by rules for which yields is true. A rule that is lifted
// begins again at its LiftedUntil.
func (d *calendarDay) quiet(yields func(rule playlists.GridCode) bool) spans {
	list := make([]block, 0, 2*len(d.Quiet)+len(d.Temporary))
	silence := func(begin, end time.Time, w Winner) {
		if b := d.block(begin, end); b.begin < b.end {
			b.cause, b.winner = playlists.CauseQuietHours, w
			list = append(list, b)
		}
	}
	for i := range d.Quiet {
		q := &d.Quiet[i]
		if yields(q.Grid) {
			continue
		}
		w := Winner{Kind: ByQuietRule, Name: q.Name, Grid: q.Grid}
		if q.Place {
			w.Kind = ByQuietPlace
		}
		for _, day := range [...]playlists.Date{d.date.AddDays(-1), d.date} {
			if !q.FirstDay.IsZero() && day.Compare(q.FirstDay) < 0 || !q.LastDay.IsZero() && day.Compare(q.LastDay) > 0 {
				continue
			}
			last := day
			if pastMidnight(q.From, q.To) {
				last = day.AddDays(1)
			}
			begin := q.From.On(day, d.zone)
			if begin.Before(q.LiftedUntil) {
				begin = q.LiftedUntil
			}
			silence(begin, q.To.On(last, d.zone), w)
		}
	}
	for i := range d.Temporary {
		if q := &d.Temporary[i]; !yields(q.Grid) {
			silence(q.Begin, q.End, Winner{Kind: ByTemporaryQuiet, Name: q.Name, Grid: q.Grid})
		}
	}
	return d.stand(list)
}

// ordinary yields to nobody.
func ordinary(playlists.GridCode) bool { return false }

// silentFor returns when the day is silent for r: one that is mandatory passes what nodes below its owner have added.
func (t *timeline) silentFor(r *playlists.Round) spans {
	if !r.Mandatory {
		return t.silent
	}
	if silent, known := t.mandatory[r.Owner]; known {
		return silent
	}
	if t.mandatory == nil {
		t.mandatory = make(map[playlists.GridCode]spans)
	}
	silent := t.quiet(func(rule playlists.GridCode) bool { return above(r.Owner, rule) })
	t.mandatory[r.Owner] = silent
	return silent
}

// Silence is what keeps a talk, a drill or something played by hand from beginning at a moment. An alert that is no
// drill asks nobody.
type Silence struct {
	// Cause is CauseQuietHours or CauseMuted, and By who ordered it; both are zero where it may begin.
	Cause playlists.Cause
	By    Winner
	// Next is when the next quiet begins on the same civil day, by which all has to be over; zero where none does.
	Next time.Time
}

// SilenceAt tells what silences the terminal of p at the moment at, given facts, and what will.
func SilenceAt(p *playlists.Programme, facts []Fact, at time.Time) (Silence, error) {
	d := &calendarDay{Programme: p}
	for _, step := range []func() error{d.checkSizes, d.openZone, d.checkQuiet, d.checkMutes} {
		if err := step(); err != nil {
			return Silence{}, fmt.Errorf("ask terminal %s: %w", p.Terminal, err)
		}
	}
	d.turn(playlists.DateOf(at.In(d.zone)))
	t := newTimeline(d, facts)
	moment := d.since(at)
	for _, s := range [...]spans{t.silent, t.mutes} {
		if hit := s.hit(moment, moment+1); hit != nil {
			cause, by := t.told(*hit)
			return Silence{Cause: cause, By: by}, nil
		}
	}
	var silence Silence
	if next := t.silent.free(moment, d.length()); next < d.length() {
		silence.Next = d.begin.Add(next).UTC()
	}
	return silence, nil
}
