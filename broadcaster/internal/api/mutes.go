package api

import (
	"context"
	"time"

	"dalaba/broadcaster/internal/access"
	"dalaba/broadcaster/internal/rounds"
	"dalaba/broadcaster/internal/store"
	"dalaba/playlists"
	"dalaba/playlists/grid"
	"dalaba/playlists/timetable"
)

func (a *API) muteOf(p access.Person, g *ground, m rounds.Mute) muteShape {
	return muteShape{
		ID: m.ID, By: m.By, Grid: string(m.Grid), GridName: g.names.Path(m.Grid), Reason: m.Reason, From: m.From, Until: m.Until,
		Open: m.Open(), MayLift: a.mayLift(p, g, m) == nil,
	}
}

// mayLift tells whether p may lift m: at the grid in whose name it was ordered, for what a superior has muted is lifted from
// his level up. Where the terminal has moved away from there it is whoever may mute it where it stands.
func (a *API) mayLift(p access.Person, g *ground, m rounds.Mute) error {
	at := m.Grid
	if t, placed := g.terminals[m.Terminal]; placed && !grid.Contains(at, t.Grid) {
		at = t.Grid
	}
	return a.may(p, access.ActMute, at)
}

// mutesNow are the mutes that hold now.
func (a *API) mutesNow(ctx context.Context) (hold []rounds.Mute, err error) {
	now := time.Now()
	all, err := a.Rounds.Mutes(ctx, now)
	for _, m := range all {
		if m.Holds(now) {
			hold = append(hold, m)
		}
	}
	return hold, err
}

// mutedNow tells which terminals are muted.
func (a *API) mutedNow(ctx context.Context) (map[playlists.TerminalID]bool, error) {
	hold, err := a.mutesNow(ctx)
	muted := make(map[playlists.TerminalID]bool, len(hold))
	for _, m := range hold {
		muted[m.Terminal] = true
	}
	return muted, err
}

// mutesOf are the mutes that hold at one terminal.
func (a *API) mutesOf(ctx context.Context, p access.Person, g *ground, terminal playlists.TerminalID) ([]muteShape, error) {
	hold, err := a.mutesNow(ctx)
	list := []muteShape{}
	for _, m := range hold {
		if m.Terminal == terminal {
			list = append(list, a.muteOf(p, g, m))
		}
	}
	return list, err
}

// muteTerminal takes the right where the terminal stands. It is done in the name of p's grid, which is that or above it.
func (a *API) muteTerminal(ctx context.Context, p access.Person, in *editing[newMuteShape]) (*answer[muteShape], error) {
	id := playlists.TerminalID(in.ID)
	if err := a.Store.Read(ctx, func(tx *store.Tx) error {
		t, err := a.Territory.Terminal(ctx, tx, id)
		if err != nil {
			return err
		}
		return a.may(p, access.ActMute, t.Grid)
	}); err != nil {
		return nil, err
	}
	g, err := a.readGround(ctx)
	if err != nil {
		return nil, err
	}
	m, err := a.Rounds.AddMute(ctx, rounds.Mute{Terminal: id, Mute: playlists.Mute{
		Until: moment(in.Body.Until), By: p.Display, Grid: p.Grid, Reason: in.Body.Reason,
	}})
	if err != nil {
		return nil, err
	}
	a.feed.Changed(TopicQuiet)
	return &answer[muteShape]{Body: a.muteOf(p, &g, m)}, nil
}

// liftMute lifts a mute that holds.
func (a *API) liftMute(ctx context.Context, p access.Person, in *byID) (*none, error) {
	hold, err := a.mutesNow(ctx)
	if err != nil {
		return nil, err
	}
	g, err := a.readGround(ctx)
	if err != nil {
		return nil, err
	}
	for _, m := range hold {
		if m.ID != in.ID {
			continue
		}
		if err := a.mayLift(p, &g, m); err != nil {
			return nil, err
		}
		defer a.feed.Changed(TopicQuiet)
		return &none{}, a.Rounds.LiftMute(ctx, m.ID, p.Display)
	}
	return nil, &playlists.Problem{Kind: playlists.NotFound, Code: "mute_unknown"}
}

// muteSpans are the stretches from begin to end in which a terminal with these mutes is silent.
func muteSpans(mutes []playlists.Mute, begin, end time.Time) (list []timetable.QuietSpan) {
	for _, m := range mutes {
		if m.Until.After(begin) && m.From.Before(end) {
			list = append(list, timetable.QuietSpan{
				Begin: later(m.From, begin), End: earlier(m.Until, end),
				By: timetable.Winner{Kind: timetable.ByPerson, Name: m.By, Grid: m.Grid, Reason: m.Reason, Until: m.Until},
			})
		}
	}
	return list
}

func later(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}

func earlier(a, b time.Time) time.Time {
	if a.Before(b) {
		return a
	}
	return b
}
