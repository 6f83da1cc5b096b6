package api

import (
	"context"

	"dalaba/broadcaster/internal/access"
	"dalaba/broadcaster/internal/rounds"
	"dalaba/broadcaster/internal/territory"
	"dalaba/playlists"
	"dalaba/playlists/grid"
)

type quietListShape struct {
	Quiet []quietShape `json:"quiet"`
}

func quietOf(q rounds.Quiet, names territory.Names) quietShape {
	return quietShape{
		ID: q.ID, Grid: string(q.Grid), GridName: names.Path(q.Grid), From: q.From.String(), To: q.To.String(),
		Note: q.Note, Night: q.Night, LiftedUntil: instant(q.LiftedUntil), LiftReason: q.LiftReason, LiftedBy: q.LiftedBy,
	}
}

// concerns tells whether what is ordered at node matters to p: it holds at p's grid, from above too, or below it.
func (a *API) concerns(p access.Person, node playlists.GridCode) bool {
	above := grid.Contains(node, p.Grid) && a.may(p, access.ActSeeGrid, p.Grid) == nil
	return above || a.may(p, access.ActSeeGrid, node) == nil
}

// listQuiet shows the rules that hold at p's grid, from above too, and those below it.
func (a *API) listQuiet(ctx context.Context, p access.Person, _ *none) (*answer[quietListShape], error) {
	rules, err := a.Rounds.Quiet(ctx)
	if err != nil {
		return nil, err
	}
	names, err := a.names(ctx)
	if err != nil {
		return nil, err
	}
	out := &answer[quietListShape]{Body: quietListShape{Quiet: []quietShape{}}}
	for _, q := range rules {
		if a.concerns(p, q.Grid) {
			out.Body.Quiet = append(out.Body.Quiet, quietOf(q, names))
		}
	}
	return out, nil
}

func (a *API) makeQuiet(ctx context.Context, p access.Person, in *making[newQuietShape]) (*answer[quietShape], error) {
	node := playlists.GridCode(in.Body.Grid)
	if err := a.may(p, access.ActEditQuiet, node); err != nil {
		return nil, err
	}
	from, err := timeOfDay("from", in.Body.From)
	if err != nil {
		return nil, err
	}
	to, err := timeOfDay("to", in.Body.To)
	if err != nil {
		return nil, err
	}
	q, err := a.Rounds.AddQuiet(ctx, node, from, to, in.Body.Note, p.Display)
	if err != nil {
		return nil, err
	}
	return a.quietAnswer(ctx, q)
}

func timeOfDay(field, text string) (playlists.TimeOfDay, error) {
	t, err := playlists.ParseTimeOfDay(text)
	if err != nil {
		return 0, &playlists.Problem{Kind: playlists.Invalid, Code: "time_of_day", Field: field, Args: map[string]any{"text": text}, Err: err}
	}
	return t, nil
}

func (a *API) quietAnswer(ctx context.Context, q rounds.Quiet) (*answer[quietShape], error) {
	names, err := a.names(ctx)
	if err != nil {
		return nil, err
	}
	a.feed.Changed(TopicQuiet)
	return &answer[quietShape]{Body: quietOf(q, names)}, nil
}

// quietRule returns the rule called id if p may do act to it.
func (a *API) quietRule(ctx context.Context, p access.Person, act access.Act, id string) (rounds.Quiet, error) {
	rules, err := a.Rounds.Quiet(ctx)
	if err != nil {
		return rounds.Quiet{}, err
	}
	for _, q := range rules {
		if q.ID == id {
			return q, a.may(p, act, q.Grid)
		}
	}
	return rounds.Quiet{}, &playlists.Problem{Kind: playlists.NotFound, Code: "quiet_unknown"}
}

// removeQuiet ends a rule for good, which is more than to lift it for a time, and so an administrator's act too.
func (a *API) removeQuiet(ctx context.Context, p access.Person, in *byID) (*none, error) {
	if _, err := a.quietRule(ctx, p, access.ActLiftQuiet, in.ID); err != nil {
		return nil, err
	}
	defer a.feed.Changed(TopicQuiet)
	return &none{}, a.Rounds.RemoveQuiet(ctx, in.ID, p.Display)
}

func (a *API) liftQuiet(ctx context.Context, p access.Person, in *editing[liftShape]) (*answer[quietShape], error) {
	if _, err := a.quietRule(ctx, p, access.ActLiftQuiet, in.ID); err != nil {
		return nil, err
	}
	if err := a.Rounds.Lift(ctx, in.ID, in.Body.Until, in.Body.Reason, p.Display); err != nil {
		return nil, err
	}
	q, err := a.quietRule(ctx, p, access.ActLiftQuiet, in.ID)
	if err != nil {
		return nil, err
	}
	return a.quietAnswer(ctx, q)
}

func (a *API) restoreQuiet(ctx context.Context, p access.Person, in *byID) (*none, error) {
	if _, err := a.quietRule(ctx, p, access.ActLiftQuiet, in.ID); err != nil {
		return nil, err
	}
	defer a.feed.Changed(TopicQuiet)
	return &none{}, a.Rounds.Restore(ctx, in.ID, p.Display)
}
