package rounds

import (
	"context"
	"fmt"
	"time"

	"dalaba/broadcaster/internal/store"
	"dalaba/playlists"
	"dalaba/playlists/timetable"
)

// Outlook is what the book as it stands has in mind for some terminals. It needs no database any more, and is not safe
// for concurrent use.
type Outlook struct {
	zone  *time.Location
	book  *book
	views []*view
	// known are the facts of today, where there is one terminal.
	known []timetable.Fact
}

// view is terminals that have the same to do, with the programme of the first of them.
type view struct {
	terminals []Terminal
	programme *playlists.Programme
}

// Prospect is one day at terminals that have the same to do.
type Prospect struct {
	Terminals []Terminal
	// Programme is that of the first of them, without what is the press's, and Airings is its plan. At the others the
	// volume may differ, and which of two equals goes first that are due at the same moment.
	Programme *playlists.Programme
	Airings   []timetable.Airing
}

// Outlook prepares what is to come at the terminals with these ids; one that there is not is left out. Of a single one
// today is placed around what is known of it; of several, as if nothing that rules cannot know had happened.
func (r *Rounds) Outlook(ctx context.Context, ids []playlists.TerminalID) (*Outlook, error) {
	chosen := make(map[playlists.TerminalID]bool, len(ids))
	for _, id := range ids {
		chosen[id] = true
	}
	o := &Outlook{zone: r.zone}
	err := r.look(ctx, func(tx *store.Tx, b *book) error {
		o.book = b
		terminals, err := r.choose(ctx, tx, func(t Terminal) bool { return chosen[t.ID] })
		if err != nil {
			return err
		}
		known := make(map[string]*view)
		for _, t := range terminals {
			programme := b.programmeOf(t, r.zone, b.today)
			key := toDo(programme) + "\n" + b.calledOffAt(t)
			if known[key] == nil {
				known[key] = &view{programme: programme}
				o.views = append(o.views, known[key])
			}
			known[key].terminals = append(known[key].terminals, t)
		}
		if len(terminals) != 1 || r.facts == nil {
			return nil
		}
		o.known, err = r.facts.Facts(ctx, tx, terminals[0].ID, b.today.Midnight(r.zone), b.today.AddDays(1).Midnight(r.zone))
		if err != nil {
			return fmt.Errorf("read what is known of terminal %s: %w", terminals[0].ID, err)
		}
		return nil
	})
	return o, err
}

// Day plans a day, today or later, of which it has all airings. What has the same to do is planned once. Once there are
// 50,000 airings it begins no more: left is how many terminals it left out.
func (o *Outlook) Day(ctx context.Context, day playlists.Date) (list []Prospect, left int, err error) {
	airings := 0
	for _, v := range o.views {
		if err := ctx.Err(); err != nil {
			return nil, 0, err
		}
		if airings > maxUpcoming {
			left += len(v.terminals)
			continue
		}
		var known []timetable.Fact
		if day == o.book.today {
			known = o.known
		}
		plan, err := timetable.Plan(v.programme, known, day)
		if err != nil {
			return nil, 0, named(v.programme, err)
		}
		airings += len(plan)
		list = append(list, Prospect{Terminals: v.terminals, Programme: v.programme, Airings: plan})
	}
	return list, left, nil
}

// Quiet returns when day is silent at every terminal at or below node: by the rules and the temporary quiet of node and
// above it, as they stand now. It does not know of temporary quiet that was over three days ago.
func (o *Outlook) Quiet(node playlists.GridCode, day playlists.Date) ([]timetable.QuietSpan, error) {
	p := o.book.programmeOf(Terminal{Grid: node}, o.zone, day)
	p.Rounds, p.Playlists, p.Announcements = nil, nil, nil
	return timetable.QuietSpans(p, day)
}
