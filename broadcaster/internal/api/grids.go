package api

import (
	"context"
	"encoding/json"
	"net/http"

	"dalaba/broadcaster/internal/access"
	"dalaba/broadcaster/internal/store"
	"dalaba/broadcaster/internal/territory"
	"dalaba/playlists"
	"dalaba/playlists/grid"
)

type gridsShape struct {
	Grids []gridShape `json:"grids"`
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

// importGrids replaces the tree by the request's body. One import at a time is read, from those who may.
func (a *API) importGrids(w http.ResponseWriter, r *http.Request, p access.Person) error {
	if err := a.may(p, access.ActImportGrids, p.Grid); err != nil {
		return err
	}
	select {
	case a.importing <- struct{}{}:
		defer func() { <-a.importing }()
	default:
		return &playlists.Problem{Kind: playlists.TooMany, Code: "grids_import_running"}
	}
	tree, err := territory.ReadTree(http.MaxBytesReader(w, r.Body, territory.MaxFile+1))
	if err != nil {
		return err
	}
	if err := a.replaceTree(r.Context(), p, tree); err != nil {
		return err
	}
	a.feed.Changed(TopicGrids)
	a.feed.Changed(TopicDay)
	w.Header().Set("Content-Type", "application/json")
	return json.NewEncoder(w).Encode(importedShape{Grids: tree.Grids(), Households: tree.Households()})
}

// replaceTree puts tree in the place of the one that is kept, and rebuilds every programme on it.
func (a *API) replaceTree(ctx context.Context, p access.Person, tree *territory.Tree) error {
	return a.Store.Write(ctx, func(tx *store.Tx) error {
		root, err := a.Territory.Root(ctx, tx)
		if err != nil {
			return err
		}
		if root.Code != tree.Root() {
			return &playlists.Problem{Kind: playlists.Conflict, Code: "grids_other_town", Args: map[string]any{"town": root.Name}}
		}
		if err := a.may(p, access.ActImportGrids, root.Code); err != nil {
			return err
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
}
