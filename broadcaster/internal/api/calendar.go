package api

import (
	"cmp"
	"context"
	"time"

	"dalaba/broadcaster/internal/access"
	"dalaba/broadcaster/internal/ledger"
	"dalaba/broadcaster/internal/rounds"
	"dalaba/broadcaster/internal/store"
	"dalaba/broadcaster/internal/territory"
	"dalaba/playlists"
	"dalaba/playlists/grid"
	"dalaba/playlists/timetable"
)

// maxSlots is how many slots one day of a calendar shows.
const maxSlots = 500

type calendarQuery struct {
	Grid     string         `query:"grid" maxLength:"18" doc:"This or terminal; the person's own grid when both are empty"`
	Terminal string         `query:"terminal" maxLength:"80"`
	From     playlists.Date `query:"from" doc:"2026-01-23; today when empty"`
	Days     int            `query:"days" minimum:"1" maximum:"7" default:"1"`
}

// calendar is what is looked at: a grid with all that stands below it, or one terminal. What has fallen due is the
// ledger's to say, and never planned anew; what is to come is the plan's.
type calendar struct {
	api *API
	*desk
	// node is the grid, and one the terminal, whose id is empty for none.
	node playlists.GridCode
	one  territory.Terminal
	// today is now's, and outlook what is to come from today on; nil if no day of it is asked for.
	today   playlists.Date
	outlook *rounds.Outlook
}

func (a *API) showCalendar(ctx context.Context, p access.Person, in *calendarQuery) (*answer[calendarShape], error) {
	from, err := a.date("from", in.From)
	if err != nil {
		return nil, err
	}
	c, err := a.openCalendar(ctx, p, in.Grid, in.Terminal)
	if err != nil {
		return nil, err
	}
	done, err := a.views.take(ctx)
	if err != nil {
		return nil, err
	}
	defer done()
	if err := c.look(ctx, from.AddDays(in.Days-1)); err != nil {
		return nil, err
	}
	out := calendarShape{Grid: string(c.node), Terminal: string(c.one.ID), Name: c.names.Path(c.node), Now: c.now, Days: []calendarDayShape{}}
	if c.one.ID != "" {
		out.Grid, out.Name = "", c.one.Name
	}
	for i := range in.Days {
		day, err := c.day(ctx, from.AddDays(i))
		if err != nil {
			return nil, err
		}
		out.Days = append(out.Days, day)
	}
	return &answer[calendarShape]{Body: out}, nil
}

// openCalendar asks whether p may see the grid or the terminal, and brings the ledger up to now.
func (a *API) openCalendar(ctx context.Context, p access.Person, node, terminal string) (*calendar, error) {
	c := &calendar{api: a, node: playlists.GridCode(node)}
	if terminal != "" {
		var err error
		if c.one, err = a.seen(ctx, p, terminal); err != nil {
			return nil, err
		}
		c.node = c.one.Grid
	} else {
		c.node = cmp.Or(c.node, p.Grid)
		if err := a.may(p, access.ActSeeGrid, c.node); err != nil {
			return nil, err
		}
	}
	now := time.Now()
	if err := a.Ledger.CatchUp(ctx, now); err != nil {
		return nil, err
	}
	var err error
	c.desk, err = a.readDesk(ctx, p, now)
	c.today = playlists.DateOf(now.In(a.Location))
	return c, err
}

// look prepares what is to come, unless last is over.
func (c *calendar) look(ctx context.Context, last playlists.Date) (err error) {
	if last.Compare(c.today) < 0 {
		return nil
	}
	var ids []playlists.TerminalID
	for id, t := range c.terminals {
		if id == c.one.ID || c.one.ID == "" && (grid.Contains(c.node, t.Grid) || len(within(c.node, t.Shared)) > 0) {
			ids = append(ids, id)
		}
	}
	c.outlook, err = c.api.Rounds.Outlook(ctx, ids)
	return err
}

func (c *calendar) day(ctx context.Context, day playlists.Date) (calendarDayShape, error) {
	out := calendarDayShape{
		Day: day.String(), Begin: day.Midnight(c.api.Location), End: day.AddDays(1).Midnight(c.api.Location), Quiet: []silenceSpanShape{},
	}
	var prospects []rounds.Prospect
	var err error
	if day.Compare(c.today) >= 0 {
		if prospects, out.Unplanned, err = c.outlook.Day(ctx, day); err != nil {
			return out, err
		}
	}
	if c.one.ID != "" {
		out.Slots, err = c.slotsOfOne(ctx, day, prospects)
	} else {
		out.Slots, err = c.slotsOfGrid(ctx, day, prospects)
	}
	if err != nil {
		return out, err
	}
	if len(out.Slots) > maxSlots {
		out.Slots, out.More = out.Slots[:maxSlots], len(out.Slots)-maxSlots
	}
	quiet, err := c.quiet(ctx, day, prospects)
	out.Quiet = append(out.Quiet, c.silences(quiet)...)
	return out, err
}

// slotsOfGrid gathers the ledger's firings that were due before now, and the plan's from now on.
func (c *calendar) slotsOfGrid(ctx context.Context, day playlists.Date, prospects []rounds.Prospect) ([]slotShape, error) {
	g := c.gathering(c.node)
	if day.Compare(c.today) <= 0 {
		ahead := c.ahead(c.node, prospects)
		begin, end := day.Midnight(c.api.Location), day.AddDays(1).Midnight(c.api.Location)
		err := c.api.Store.Read(ctx, func(tx *store.Tx) error {
			list, err := c.api.Ledger.Firings(ctx, tx, c.node, begin, end)
			for i := range list {
				f := &list[i]
				if !f.Due.Before(c.now) {
					continue // planned while this is being answered
				}
				if i < 2*maxSlots {
					if err := c.api.Ledger.Describe(ctx, tx, f); err != nil {
						return err
					}
				}
				g.write(f, ahead[firing{f.Due, f.Round}])
			}
			if err != nil {
				return err
			}
			shared, err := c.sharedFirings(ctx, tx, begin, end)
			for i := range shared {
				g.write(&shared[i], ahead[firing{shared[i].Due, shared[i].Round}])
			}
			return err
		})
		if err != nil {
			return nil, err
		}
	}
	for i := range prospects {
		g.plan(&prospects[i], c.now)
	}
	return g.sorted(), nil
}

// sharedFirings are what was due before now at terminals that stand elsewhere, and are shared with a grid at or below the
// calendar's that the round is for.
func (c *calendar) sharedFirings(ctx context.Context, tx *store.Tx, begin, end time.Time) (list []ledger.Firing, err error) {
	for id, t := range c.terminals {
		if len(within(c.node, t.Shared)) == 0 {
			continue
		}
		written, err := c.api.Ledger.AiringsOf(ctx, tx, id, begin, end)
		if err != nil {
			return nil, err
		}
		for i := range written {
			x := &written[i]
			if !x.Planned || !x.Due.Before(c.now) || grid.Contains(c.node, x.Grid) || !c.counts(c.node, x.Grid, t.Shared, x.Round, x.Owner) {
				continue
			}
			list = append(list, ledger.Firing{
				Due: x.Due, Round: x.Round, Airings: 1, Ends: []ledger.End{x.End()}, RoundName: x.RoundName, Class: x.Class,
				Owner: x.Owner, Contents: x.Contents,
			})
		}
	}
	return list, nil
}

// slotsOfOne lists what the ledger has of the terminal, and what its plan has from now on.
func (c *calendar) slotsOfOne(ctx context.Context, day playlists.Date, prospects []rounds.Prospect) ([]slotShape, error) {
	list := []slotShape{}
	plan := make(map[firing]slotShape)
	for i := range prospects {
		p := &prospects[i]
		for k := range p.Airings {
			x := &p.Airings[k]
			slot := c.planned(x, rounds.Contents(p.Programme, x.Entries))
			if x.Due.Before(c.now) {
				plan[firing{x.Due, x.Round.ID}] = slot
			} else {
				list = append(list, slot)
			}
		}
	}
	if day.Compare(c.today) > 0 {
		return list, nil
	}
	var written []ledger.Airing
	err := c.api.Store.Read(ctx, func(tx *store.Tx) (err error) {
		written, err = c.api.Ledger.AiringsOf(ctx, tx, c.one.ID, day.Midnight(c.api.Location), day.AddDays(1).Midnight(c.api.Location))
		return err
	})
	past := []slotShape{}
	for i := range written {
		x := &written[i]
		if !x.Planned || !x.Due.Before(c.now) {
			continue
		}
		slot := c.written(x)
		if ahead, there := plan[firing{x.Due, x.Round}]; there && slot.State == slotUnreported &&
			(ahead.State == slotComing || ahead.State == slotSounding) {
			slot = ahead
		}
		past = append(past, slot)
	}
	return append(past, list...), err
}

// quiet is when day is silent at the terminal, by the last programme that was in force on it, or at the grid. The spans of
// mutes come last.
func (c *calendar) quiet(ctx context.Context, day playlists.Date, prospects []rounds.Prospect) ([]timetable.QuietSpan, error) {
	if c.one.ID == "" {
		return c.quietOfGrid(ctx, day)
	}
	programme, err := c.programme(ctx, day, prospects)
	if err != nil || programme == nil {
		return nil, err
	}
	spans, err := timetable.QuietSpans(programme, day)
	return append(spans, muteSpans(programme.Mutes, day.Midnight(c.api.Location), day.AddDays(1).Midnight(c.api.Location))...), err
}

// programme is the last of the terminal's that was in force on day, or nil.
func (c *calendar) programme(ctx context.Context, day playlists.Date, prospects []rounds.Prospect) (*playlists.Programme, error) {
	if len(prospects) > 0 {
		return prospects[0].Programme, nil
	}
	var history []rounds.Published
	err := c.api.Store.Read(ctx, func(tx *store.Tx) (err error) {
		history, err = c.api.Rounds.Revisions(ctx, tx, c.one.ID, day.Midnight(c.api.Location), day.AddDays(1).Midnight(c.api.Location))
		return err
	})
	if err != nil || len(history) == 0 {
		return nil, err
	}
	return history[len(history)-1].Programme, nil
}

func (c *calendar) quietOfGrid(ctx context.Context, day playlists.Date) (_ []timetable.QuietSpan, err error) {
	outlook := c.outlook
	if outlook == nil {
		if outlook, err = c.api.Rounds.Outlook(ctx, nil); err != nil {
			return nil, err
		}
	}
	return outlook.Quiet(c.node, day)
}
