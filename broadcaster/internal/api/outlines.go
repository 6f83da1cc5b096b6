package api

import (
	"context"

	"dalaba/broadcaster/internal/access"
	"dalaba/broadcaster/internal/store"
	"dalaba/broadcaster/internal/territory"
	"dalaba/playlists"
	"dalaba/playlists/grid"
)

type outlinesQuery struct {
	Grid string `query:"grid" maxLength:"18" doc:"At or below; the person's own grid when empty"`
}

func (a *API) listOutlines(ctx context.Context, p access.Person, in *outlinesQuery) (*answer[outlinesShape], error) {
	node := playlists.GridCode(in.Grid)
	if node == "" {
		node = p.Grid
	}
	if err := a.may(p, access.ActSeeGrid, node); err != nil {
		return nil, err
	}
	out := &answer[outlinesShape]{}
	err := a.Store.Read(ctx, func(tx *store.Tx) error {
		names, err := a.Territory.Names(ctx, tx)
		if err != nil {
			return err
		}
		all, err := a.Territory.Outlines(ctx, tx, node)
		out.Body.Outlines = shapes(all, func(o territory.Outline) outlineShape {
			return outlineShape{Code: string(o.Code), Level: grid.Level(o.Code), Name: names[o.Code], Geometry: o.Geometry}
		})
		return err
	})
	return out, err
}
