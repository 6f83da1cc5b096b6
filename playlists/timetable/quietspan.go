package timetable

import (
	"fmt"
	"time"

	"dalaba/playlists"
)

// QuietSpan is a stretch of a day in which nothing ordinary sounds at a terminal.
type QuietSpan struct {
	// Begin and End are in UTC, half open, within the day.
	Begin, End time.Time
	// By is the rule that silences it: of several, the one that began first.
	By Winner
}

// QuietSpans returns when the rules of p silence its terminal on day, in order and without overlaps. It looks at quiet
// alone: what p asks for may be anything.
func QuietSpans(p *playlists.Programme, day playlists.Date) ([]QuietSpan, error) {
	d := &calendarDay{Programme: p}
	for _, step := range []func() error{d.checkSizes, d.openZone, d.checkQuiet} {
		if err := step(); err != nil {
			return nil, fmt.Errorf("ask terminal %s for its quiet: %w", p.Terminal, err)
		}
	}
	d.turn(day)
	var list []QuietSpan
	for _, s := range d.quiet(ordinary) {
		w := d.blocks[s.who].winner
		w.Until = d.begin.Add(d.blocks[s.who].end).UTC()
		list = append(list, QuietSpan{Begin: d.begin.Add(s.begin).UTC(), End: d.begin.Add(s.end).UTC(), By: w})
	}
	return list, nil
}
