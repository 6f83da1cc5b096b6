package api

import (
	"context"
	"time"

	"dalaba/broadcaster/internal/access"
	"dalaba/broadcaster/internal/ledger"
	"dalaba/broadcaster/internal/store"
	"dalaba/playlists"
)

// registerQuery says which airings or plays are wanted.
type registerQuery struct {
	Day      playlists.Date `query:"day" doc:"2026-01-23; today when empty"`
	Terminal string         `query:"terminal" maxLength:"80"`
	Grid     string         `query:"grid" maxLength:"18" doc:"At or below; the person's own grid when empty"`
	Outcome  string         `query:"outcome" enum:"played,partial,missed,unreported" doc:"Of airings: only these; all when empty"`
	Cause    string         `query:"cause" maxLength:"40" doc:"Of airings: only those with this cause"`
	Planned  string         `query:"planned" enum:"yes,no" doc:"Of airings: only those that were planned, or were not"`
	Excused  string         `query:"excused" enum:"yes,no" doc:"Of airings: only those that were ordered not to sound, or were not"`
	Limit    int            `query:"limit" minimum:"1" maximum:"500" default:"100"`
	Cursor   string         `query:"cursor" maxLength:"600" doc:"What the page before returned as next"`
}

type airingsShape struct {
	Airings []airingShape `json:"airings"`
	Next    string        `json:"next" doc:"Cursor of the next page, empty after the last"`
}

type playsShape struct {
	Plays []playShape `json:"plays"`
	Next  string      `json:"next" doc:"Cursor of the next page, empty after the last"`
}

// filter is the query for what p may see.
func (a *API) filter(p access.Person, q *registerQuery) (ledger.Filter, error) {
	node := playlists.GridCode(q.Grid)
	if node == "" {
		node = p.Grid
	}
	day, err := a.date("day", q.Day)
	if err != nil {
		return ledger.Filter{}, err
	}
	return ledger.Filter{
		Since: day.Midnight(a.Location), Until: day.AddDays(1).Midnight(a.Location),
		Terminal: playlists.TerminalID(q.Terminal), Grid: node, Limit: q.Limit, Cursor: q.Cursor,
	}, a.may(p, access.ActSeeGrid, node)
}

// yes reads a choice; nil is none.
func yes(choice string) *bool {
	if choice == "" {
		return nil
	}
	chosen := choice == "yes"
	return &chosen
}

func (a *API) listAirings(ctx context.Context, p access.Person, in *registerQuery) (*answer[airingsShape], error) {
	filter, err := a.filter(p, in)
	if err != nil {
		return nil, err
	}
	filter.Outcome, filter.Cause = playlists.Outcome(in.Outcome), playlists.Cause(in.Cause)
	filter.Planned, filter.Excused = yes(in.Planned), yes(in.Excused)
	if err := a.Ledger.CatchUp(ctx, time.Now()); err != nil {
		return nil, err
	}
	t, err := a.readTeller(ctx)
	if err != nil {
		return nil, err
	}
	out := &answer[airingsShape]{}
	err = a.Store.Read(ctx, func(tx *store.Tx) error {
		list, next, err := a.Ledger.Airings(ctx, tx, filter)
		out.Body = airingsShape{Next: next, Airings: shapes(list, t.airing)}
		return err
	})
	return out, err
}

// airing is an airing as the ledger has it.
func (t *teller) airing(x ledger.Airing) airingShape {
	return airingShape{
		ID: x.ID.String(), Due: x.Due, Round: x.RoundName, Terminal: string(x.Terminal), Name: x.TerminalName,
		GridPath: x.GridPath, Planned: x.Planned, Outcome: string(x.Outcome), OnTime: x.Timing == ledger.OnTime,
		Begin: instant(x.Began), Cause: string(x.Cause), Reason: t.because(x.Cause, x.Winner()),
	}
}

func (a *API) listPlays(ctx context.Context, p access.Person, in *registerQuery) (*answer[playsShape], error) {
	filter, err := a.filter(p, in)
	if err != nil {
		return nil, err
	}
	t, err := a.readTeller(ctx)
	if err != nil {
		return nil, err
	}
	out := &answer[playsShape]{}
	err = a.Store.Read(ctx, func(tx *store.Tx) error {
		list, next, err := a.Ledger.Plays(ctx, tx, filter)
		out.Body = playsShape{Next: next, Plays: shapes(list, t.play)}
		return err
	})
	return out, err
}

// play is a play as the ledger has it.
func (t *teller) play(x ledger.Play) playShape {
	return playShape{
		Event: x.Event, Airing: x.Airing.String(), Terminal: string(x.Terminal), Name: x.TerminalName,
		GridPath: x.GridPath, Round: x.RoundName, Announcement: x.Title, Dialect: string(x.Dialect),
		Begin: x.Begin, End: x.End, LeadMS: int64(x.Lead), SoundedMS: int64(x.Sounded), Volume: x.Volume, Attempt: x.Attempt, Result: string(x.Result),
		Reason: t.because(x.Cause, x.Winner()), Evidence: int(x.Evidence), Clock: string(x.Clock),
		ClockErrorMS: int64(x.ClockError), Output: x.Output, Extra: !x.Planned,
	}
}
