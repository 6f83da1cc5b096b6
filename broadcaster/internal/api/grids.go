package api

import (
	"bytes"
	"context"

	"dalaba/broadcaster/internal/access"
	"dalaba/broadcaster/internal/store"
	"dalaba/broadcaster/internal/territory"
	"dalaba/playlists"
	"dalaba/playlists/grid"
)

type gridsShape struct {
	Grids []gridShape `json:"grids"`
}

type importing struct {
	RawBody []byte `contentType:"application/geo+json"`
}

func (a *API) listGrids(ctx context.Context, p access.Person, _ *none) (*answer[gridsShape], error) {
	out := &answer[gridsShape]{Body: gridsShape{Grids: []gridShape{}}}
	err := a.Store.Read(ctx, func(tx *store.Tx) error {
		grids, err := a.Territory.Grids(ctx, tx)
		for _, g := range grids {
			if a.may(p, access.ActSeeGrid, g.Code) == nil {
				out.Body.Grids = append(out.Body.Grids, gridShape{
					Code: string(g.Code), Parent: string(grid.Parent(g.Code)), Name: g.Name, Level: g.Level, Chief: g.Chief,
					Households: g.Households, Invented: g.Invented,
				})
			}
		}
		return err
	})
	return out, err
}

func (a *API) importGrids(ctx context.Context, p access.Person, in *importing) (*answer[importedShape], error) {
	tree, err := territory.ReadTree(bytes.NewReader(in.RawBody))
	if err != nil {
		return nil, err
	}
	if err := a.may(p, access.ActImportGrids, tree.Root()); err != nil {
		return nil, err
	}
	err = a.Store.Write(ctx, func(tx *store.Tx) error {
		root, err := a.Territory.Root(ctx, tx)
		if err != nil {
			return err
		}
		if root.Code != tree.Root() {
			return &playlists.Problem{Kind: playlists.Conflict, Code: "grids_other_town", Args: map[string]any{"town": root.Name}}
		}
		if err := a.Territory.Import(ctx, tx, tree, a.Access, a.Rounds); err != nil {
			return err
		}
		terminals, err := a.Territory.Terminals(ctx, tx)
		if err != nil {
			return err
		}
		return a.Rounds.TerminalChanged(ctx, tx, shapes(terminals, func(t territory.Terminal) playlists.TerminalID { return t.ID })...)
	})
	if err != nil {
		return nil, err
	}
	a.feed.Changed(TopicGrids)
	a.feed.Changed(TopicDay)
	return &answer[importedShape]{Body: importedShape{Grids: tree.Grids(), Households: tree.Households()}}, nil
}
