package api

import (
	"context"

	"dalaba/broadcaster/internal/access"
	"dalaba/broadcaster/internal/hearing"
	"dalaba/playlists"
)

type repairsQuery struct {
	Open     bool   `query:"open" doc:"Only what is not done"`
	Terminal string `query:"terminal" maxLength:"80" doc:"Only of this terminal"`
}

// listRepairs shows the tasks of p's grid and of what lies below it.
func (a *API) listRepairs(ctx context.Context, p access.Person, in *repairsQuery) (*answer[repairsShape], error) {
	if err := a.may(p, access.ActSeeGrid, p.Grid); err != nil {
		return nil, err
	}
	list, err := a.Hearing.Tasks(ctx, hearing.TaskFilter{Grid: p.Grid, Open: in.Open, Terminal: playlists.TerminalID(in.Terminal)})
	if err != nil {
		return nil, err
	}
	return &answer[repairsShape]{Body: repairsShape{
		Repairs: shapes(list, func(t hearing.Task) repairShape { return a.repairOf(p, t) }),
	}}, nil
}

// endRepair says that a task has been seen to.
func (a *API) endRepair(ctx context.Context, p access.Person, in *editing[endRepairShape]) (*answer[repairShape], error) {
	t, err := a.Hearing.Task(ctx, in.ID)
	if err != nil {
		return nil, err
	}
	if err := a.may(p, access.ActRepair, t.Grid); err != nil {
		return nil, err
	}
	if t, err = a.Hearing.EndTask(ctx, t.ID, in.Body.Outcome, p.Display); err != nil {
		return nil, err
	}
	a.feed.Changed(TopicHearing)
	return &answer[repairShape]{Body: a.repairOf(p, t)}, nil
}

func (a *API) repairOf(p access.Person, t hearing.Task) repairShape {
	out := repairShape{
		ID: t.ID, Terminal: string(t.Terminal), TerminalName: t.TerminalName, GridPath: t.GridPath, By: t.By, Opened: t.Opened,
		Done: instant(t.Done), DoneBy: t.DoneBy, Outcome: t.Outcome,
		MayEnd: t.Done.IsZero() && a.may(p, access.ActRepair, t.Grid) == nil,
		Reports: shapes(t.Reports, func(x hearing.Answer) repairReportShape {
			return repairReportShape{By: x.By, Round: x.RoundName, Due: x.Due, Note: x.Note, At: x.At, Heard: x.Heard}
		}),
	}
	if t.Heard != nil {
		out.HeardAt, out.HeardBy = &t.Heard.At, t.Heard.By
	}
	return out
}
