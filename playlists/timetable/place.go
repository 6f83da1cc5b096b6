package timetable

import (
	"cmp"
	"fmt"
	"slices"
	"time"

	"dalaba/playlists"
)

// Plan says of each airing that p asks for on day what becomes of it, given facts: the same airings as Due has, in the
// same order. Facts about other days do not matter. Where facts about one airing contradict each other, what sounded
// whole counts first, then what sounds, then what was given up, stopped or cancelled.
//
// An airing that was cut is placed again, whole, after its last attempt; its Cause is then the cut's. One that is
// placed later than due names the first thing that stood in its way, and so does one that finds no place; where
// nothing stood in its way but the end of its day or validity, it is expired.
//
// Background fills what is left, entry by entry, around what sounds already. Only its first entry has to begin in time;
// once it has begun it goes on until its day or validity ends, after each interruption with the entry that was cut.
//
// An airing whose time has passed without a fact stays placed: who knows of time in which nothing could begin, tells
// of it as an outage.
//
// Plan returns an error for a programme that contradicts itself or is beyond bounds, and for more than MaxFacts facts.
func Plan(p *playlists.Programme, facts []Fact, day playlists.Date) ([]Airing, error) {
	if len(facts) > MaxFacts {
		return nil, fmt.Errorf("plan %s for terminal %s: %w", day, p.Terminal, tooLarge("facts", MaxFacts))
	}
	d, err := open(p, day)
	if err != nil {
		return nil, err
	}
	return newTimeline(d, facts).plan(), nil
}

// plan places what the facts leave open, and returns all airings.
func (t *timeline) plan() []Airing {
	for _, i := range order(t.firings) {
		switch f := &t.firings[i]; {
		case f.State != "" && f.now < 0:
		case f.parted:
			t.fill(i)
		case f.State == "":
			t.place(i)
		}
	}
	for i := range t.firings {
		f := &t.firings[i]
		f.Reason = f.reason()
	}
	return airings(t.firings)
}

// order returns the indexes of firings in the order of precedence.
func order(firings []firing) []int {
	indexes := make([]int, len(firings))
	for i := range indexes {
		indexes[i] = i
	}
	// Firings are sorted by due time and id already.
	slices.SortFunc(indexes, func(i, j int) int {
		return cmp.Or(cmp.Compare(firings[i].rank, firings[j].rank), cmp.Compare(i, j))
	})
	return indexes
}

// window is when an airing may sound.
type window struct {
	// from and latest are the first and the last moment at which it may begin, ends when it has to be over.
	from, latest, ends time.Duration
}

func (t *timeline) window(f *firing) window {
	due := t.since(f.Due)
	w := window{
		from:   max(due, t.since(f.resume)),
		latest: due + cmp.Or(f.Round.Lateness, playlists.DefaultLateness).Duration(),
		ends:   t.length(),
	}
	if !f.ask.ends.IsZero() {
		w.ends = t.since(f.ask.ends)
	}
	return w
}

// missEmpty gives f up if it asks for nothing, and tells whether it did.
func (f *firing) missEmpty() bool {
	if len(f.Entries) > 0 {
		return false
	}
	cause := playlists.CauseNoDialect
	if f.ask.lapsed {
		cause = playlists.CauseExpired
	}
	f.miss(cause, Winner{})
	return true
}

// place finds the firing with index i its stretch of the day, or misses it.
func (t *timeline) place(i int) {
	f := &t.firings[i]
	if f.missEmpty() {
		return
	}
	w, length := t.window(f), f.length()
	if limit, refused := t.refuses(f, length, f.ask.plays(t.Limits)); refused {
		f.miss(playlists.CauseDailyLimit, limit)
		return
	}
	begin, kept, ok := t.seek(f, w.from, min(w.latest, w.ends-length), length)
	if !ok {
		f.miss(t.why(kept))
		return
	}
	t.put(i, begin, length, kept)
	t.take(length, f.ask.plays(t.Limits))
}

// put gives the firing with index i, or a piece of it, the stretch from begin on; kept is what kept it from an earlier
// one, if anything did.
func (t *timeline) put(i int, begin, length time.Duration, kept span) {
	f := &t.firings[i]
	if f.State == "" {
		if kept.end != 0 && (f.resume.IsZero() || f.Cause == "") {
			f.because(t.told(kept))
		}
		if !f.resume.IsZero() {
			f.Attempt++
		}
		f.State, f.Start = StatePlaced, t.begin.Add(begin).UTC()
		f.Volume, f.VolumeBy = t.volume(f.Start, f.Round)
	}
	t.busy = t.busy.insert(span{begin: begin, end: begin + length, who: ^i})
}

// why returns the cause of what found no place because of kept, or, for the zero span, because of its time.
func (t *timeline) why(kept span) (playlists.Cause, Winner) {
	if kept.end == 0 {
		return playlists.CauseExpired, Winner{}
	}
	return t.told(kept)
}

// miss gives f up. An attempt that was cut says itself why.
func (f *firing) miss(cause playlists.Cause, by Winner) {
	f.State = StateMissed
	if f.Cause == "" {
		f.because(cause, by)
	}
}
