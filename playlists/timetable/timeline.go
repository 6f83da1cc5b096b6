package timetable

import (
	"slices"
	"time"

	"dalaba/playlists"
)

// timeline is the day as it fills up.
type timeline struct {
	*calendarDay
	meter
	// alerts and talks are what stands above all, mutes and silent what no airing may overlap, busy what other airings
	// take, and outages what none may begin in.
	alerts, talks, silent, mutes, busy, outages spans
	// mandatory is what silent is for mandatory rounds, by owner.
	mandatory map[playlists.GridCode]spans
}

// newTimeline lets the facts stand: it settles the airings that they decide, and takes up the time that they took.
func newTimeline(d *calendarDay, facts []Fact) *timeline {
	t := &timeline{calendarDay: d, meter: meter{calendarDay: d}, silent: d.quiet(ordinary)}
	facts = slices.Concat(facts, d.muted())
	slices.SortFunc(facts, compareFacts)
	busy := make([]span, 0, len(facts)+len(d.firings))
	for i := range d.firings {
		f := &d.firings[i]
		own := factsOf(facts, f.ID)
		f.settle(own)
		f.cancel(d.cancelled)
		t.takePlays(f, own)
		for k := range own {
			if own[k].Kind == FactSounded {
				busy = append(busy, t.sounded(i, &own[k]))
				own[k].Kind = "" // taken up
			}
		}
		if !f.Start.IsZero() {
			f.Volume, f.VolumeBy = d.volume(f.Start, f.Round)
		}
	}
	t.takeUp(facts, busy)
	return t
}

// sounded returns the stretch that an attempt at the firing with index i took, or will have taken.
func (t *timeline) sounded(i int, fact *Fact) span {
	f := &t.firings[i]
	end := fact.End
	if end.IsZero() {
		end = fact.Begin.Add(f.length())
		if f.parted && len(f.Entries) > 0 {
			// Of background only the entry that sounds now cannot be moved.
			f.done = min(f.done, len(f.Entries)-1)
			f.now = min(max(f.done, fact.Entries), len(f.Entries)-1)
			end = fact.Begin.Add(f.stretch(f.done, f.now))
		}
		f.resume = end
	}
	s := span{begin: t.since(fact.Begin), end: t.since(end), who: ^i}
	t.meter.sounded += max(s.end-s.begin, 0)
	return s
}

// takeUp lets stand what is not about an airing of the day.
func (t *timeline) takeUp(facts []Fact, busy []span) {
	var alerts, talks, mutes, outages, gone []block
	for i := range facts {
		f := &facts[i]
		var list *[]block
		switch f.Kind {
		case FactSounded:
			list = &gone
		case FactAlert:
			list = &alerts
		case FactTalk, FactPlayNow:
			list = &talks
		case FactMute:
			list = &mutes
		case FactStop:
			if !f.Airing.IsZero() {
				continue
			}
			list = &talks
		case FactOutage:
			list = &outages
		default:
			continue
		}
		b := t.block(f.Begin, f.End)
		if f.End.IsZero() && f.Kind != FactSounded {
			b.end, b.open = t.length(), true
		}
		b.cause, b.winner = f.cause(), f.winner()
		*list = append(*list, b)
		t.takeFact(f)
	}
	t.alerts, t.talks, t.mutes, t.outages = t.stand(alerts), t.stand(talks), t.stand(mutes), t.stand(outages)
	busy = append(busy, t.stand(gone)...)
	slices.SortFunc(busy, compareSpans)
	t.busy = newSpans(busy)
}

// told returns why nothing else fits into s, and who stands there.
func (t *timeline) told(s span) (playlists.Cause, Winner) {
	if s.who < 0 {
		r := t.firings[^s.who].Round
		return playlists.CausePreempted, Winner{
			Kind: ByRound, Name: r.Name, Grid: r.Owner, Ref: string(r.ID), Until: t.begin.Add(s.end).UTC(),
		}
	}
	b := &t.blocks[s.who]
	w := b.winner
	if !b.open {
		w.Until = t.begin.Add(b.end).UTC()
	}
	return b.cause, w
}

// seek returns the first begin from from to latest at which f is free for length, and, if that is not from, the first
// thing that was in the way; the zero span is nothing.
func (t *timeline) seek(f *firing, from, latest, length time.Duration) (begin time.Duration, kept span, ok bool) {
	silent := t.silentFor(f.Round)
	for begin = from; ; {
		s := t.hit(silent, begin, length)
		if s != nil && kept.end == 0 {
			kept = *s
		}
		if begin > latest {
			return 0, kept, false
		}
		if s == nil {
			return begin, kept, true
		}
		begin = s.end
	}
}

// hit returns what keeps an airing of this length from beginning at begin, or nil; what stands highest, if several do.
func (t *timeline) hit(silent spans, begin, length time.Duration) *span {
	for _, s := range [...]spans{t.alerts, t.talks, silent, t.mutes} {
		if one := s.hit(begin, begin+length); one != nil {
			return one
		}
	}
	if one := t.outages.hit(begin, begin+1); one != nil {
		return one
	}
	return t.busy.hit(begin, begin+length)
}

// room returns until when f can go on that begins at begin, at most until end.
func (t *timeline) room(f *firing, begin, end time.Duration) time.Duration {
	for _, s := range [...]spans{t.alerts, t.talks, t.silentFor(f.Round), t.mutes, t.busy} {
		end = s.free(begin, end)
	}
	return end
}
