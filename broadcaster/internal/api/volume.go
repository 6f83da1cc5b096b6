package api

import (
	"context"
	"errors"

	"dalaba/broadcaster/internal/access"
	"dalaba/broadcaster/internal/rounds"
	"dalaba/broadcaster/internal/territory"
	"dalaba/playlists"
)

func (a *API) volumeOf(p access.Person, names territory.Names, x rounds.VolumeRule) volumeRuleShape {
	return volumeRuleShape{
		ID: x.ID, Grid: string(x.Grid), GridName: names.Path(x.Grid), From: x.From.String(), To: x.To.String(),
		Percent: x.Percent, Floor: x.Floor, Cap: x.Cap, By: x.By, MayEdit: a.may(p, access.ActEditVolume, x.Grid) == nil,
	}
}

// volumeFrom reads what a person wrote into x.
func volumeFrom(s volumeEditShape, x rounds.VolumeRule) (rounds.VolumeRule, error) {
	var mistakes [2]error
	x.Percent, x.Floor, x.Cap = s.Percent, s.Floor, s.Cap
	x.From, mistakes[0] = timeOfDay("from", s.From)
	x.To, mistakes[1] = timeOfDay("to", s.To)
	return x, errors.Join(mistakes[:]...)
}

// listVolume shows the rules that hold at p's grid, from above too, and those below it.
func (a *API) listVolume(ctx context.Context, p access.Person, _ *none) (*answer[volumeListShape], error) {
	all, err := a.Rounds.Volume(ctx)
	if err != nil {
		return nil, err
	}
	names, err := a.names(ctx)
	if err != nil {
		return nil, err
	}
	out := &answer[volumeListShape]{Body: volumeListShape{Volume: []volumeRuleShape{}}}
	for _, x := range all {
		if a.concerns(p, x.Grid) {
			out.Body.Volume = append(out.Body.Volume, a.volumeOf(p, names, x))
		}
	}
	return out, nil
}

func (a *API) makeVolume(ctx context.Context, p access.Person, in *making[volumeEditShape]) (*answer[volumeRuleShape], error) {
	x := rounds.VolumeRule{VolumeRule: playlists.VolumeRule{Grid: playlists.GridCode(in.Body.Grid)}}
	if err := a.may(p, access.ActEditVolume, x.Grid); err != nil {
		return nil, err
	}
	return a.saveVolume(ctx, p, in.Body, x)
}

func (a *API) editVolume(ctx context.Context, p access.Person, in *editing[volumeEditShape]) (*answer[volumeRuleShape], error) {
	x, err := a.volumeRule(ctx, p, in.ID)
	if err != nil {
		return nil, err
	}
	if err := sameGrid(in.Body.Grid, x.Grid); err != nil {
		return nil, err
	}
	return a.saveVolume(ctx, p, in.Body, x)
}

func (a *API) saveVolume(ctx context.Context, p access.Person, s volumeEditShape, x rounds.VolumeRule) (*answer[volumeRuleShape], error) {
	x, err := volumeFrom(s, x)
	if err != nil {
		return nil, err
	}
	if x, err = a.Rounds.SaveVolume(ctx, x, p.Display); err != nil {
		return nil, err
	}
	names, err := a.names(ctx)
	if err != nil {
		return nil, err
	}
	a.feed.Changed(TopicQuiet)
	return &answer[volumeRuleShape]{Body: a.volumeOf(p, names, x)}, nil
}

// volumeRule returns the rule called id if p may change it.
func (a *API) volumeRule(ctx context.Context, p access.Person, id string) (rounds.VolumeRule, error) {
	all, err := a.Rounds.Volume(ctx)
	if err != nil {
		return rounds.VolumeRule{}, err
	}
	for _, x := range all {
		if x.ID == id {
			return x, a.may(p, access.ActEditVolume, x.Grid)
		}
	}
	return rounds.VolumeRule{}, &playlists.Problem{Kind: playlists.NotFound, Code: "volume_unknown"}
}

func (a *API) removeVolume(ctx context.Context, p access.Person, in *byID) (*none, error) {
	x, err := a.volumeRule(ctx, p, in.ID)
	if err != nil {
		return nil, err
	}
	defer a.feed.Changed(TopicQuiet)
	return &none{}, a.Rounds.RemoveVolume(ctx, x.ID, p.Display)
}
