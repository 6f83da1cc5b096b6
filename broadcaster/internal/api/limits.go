package api

import (
	"context"

	"dalaba/broadcaster/internal/access"
	"dalaba/broadcaster/internal/store"
	"dalaba/playlists"
)

// mayInTown asks whether p may do what concerns the whole town.
func (a *API) mayInTown(ctx context.Context, p access.Person, act access.Act) error {
	return a.Store.Read(ctx, func(tx *store.Tx) error {
		root, err := a.Territory.Root(ctx, tx)
		if err != nil {
			return err
		}
		return a.may(p, act, root.Code)
	})
}

// mayEditTown is mayInTown for showing a button: no right is no error.
func (a *API) mayEditTown(ctx context.Context, p access.Person, act access.Act) (bool, error) {
	err := a.mayInTown(ctx, p, act)
	if problem := playlists.ProblemOf(err); problem != nil && problem.Kind == playlists.Forbidden {
		return false, nil
	}
	return err == nil, err
}

// showLimits shows them to everybody: they hold everywhere.
func (a *API) showLimits(ctx context.Context, p access.Person, _ *none) (*answer[limitsShape], error) {
	limits, err := a.Rounds.Limits(ctx)
	if err != nil {
		return nil, err
	}
	mayEdit, err := a.mayEditTown(ctx, p, access.ActEditLimits)
	return &answer[limitsShape]{Body: limitsShape{
		Minutes: limits.Minutes, Plays: limits.Plays, MayEdit: mayEdit,
		OfferedMinutes: playlists.DefaultLimitMinutes, OfferedPlays: playlists.DefaultLimitPlays,
	}}, err
}

func (a *API) editLimits(ctx context.Context, p access.Person, in *making[limitsEditShape]) (*answer[limitsShape], error) {
	if err := a.mayInTown(ctx, p, access.ActEditLimits); err != nil {
		return nil, err
	}
	if err := a.Rounds.SetLimits(ctx, playlists.Limits{Minutes: in.Body.Minutes, Plays: in.Body.Plays}, p.Display); err != nil {
		return nil, err
	}
	a.feed.Changed(TopicQuiet)
	return a.showLimits(ctx, p, nil)
}
