package territory

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"dalaba/broadcaster/internal/store"
	"dalaba/broadcaster/internal/territory/territorysql"
	"dalaba/playlists"
)

// Tenant is another room that keeps things at grids.
type Tenant interface {
	// MayVanish returns a Problem when something of the room stands at one of the grids in gone.
	MayVanish(ctx context.Context, tx *store.Tx, gone []playlists.GridCode) error
}

// maxNamed bounds how many terminals a Problem names.
const maxNamed = 10

// Import puts tree in the place of the tree that is kept. A grid that has terminals, or with which one is shared, or at
// which one of tenants keeps something, cannot vanish: that is a Problem, and nothing has changed once tx is rolled back.
func (t *Territory) Import(ctx context.Context, tx *store.Tx, tree *Tree, tenants ...Tenant) error {
	gone, err := t.vanishing(ctx, tx, tree)
	if err != nil {
		return err
	}
	if len(gone) > 0 {
		if err := t.mayVanish(ctx, tx, gone); err != nil {
			return err
		}
		for _, tenant := range tenants {
			if err := tenant.MayVanish(ctx, tx, gone); err != nil {
				return err
			}
		}
	}
	if err := replace(ctx, territorysql.New(tx), tree); err != nil {
		return fmt.Errorf("import grids: %w", err)
	}
	return nil
}

// vanishing returns the codes that are kept and not in tree, in order.
func (t *Territory) vanishing(ctx context.Context, tx *store.Tx, tree *Tree) ([]playlists.GridCode, error) {
	codes, err := territorysql.New(tx).GridCodes(ctx)
	if err != nil {
		return nil, fmt.Errorf("list grid codes: %w", err)
	}
	stays := make(map[playlists.GridCode]bool, len(tree.plots))
	for i := range tree.plots {
		stays[tree.plots[i].Code] = true
	}
	var gone []playlists.GridCode
	for _, code := range codes {
		if !stays[playlists.GridCode(code)] {
			gone = append(gone, playlists.GridCode(code))
		}
	}
	return gone, nil
}

// mayVanish returns a Problem that names the terminals at the grids in gone, which are in order, or those that are shared
// with one of them.
func (t *Territory) mayVanish(ctx context.Context, tx *store.Tx, gone []playlists.GridCode) error {
	terminals, err := t.Terminals(ctx, tx)
	if err != nil {
		return err
	}
	names, err := t.Names(ctx, tx)
	if err != nil {
		return err
	}
	vanishes := func(code playlists.GridCode) bool {
		_, found := slices.BinarySearch(gone, code)
		return found
	}
	var placed, shared []string
	for _, terminal := range terminals {
		name := names.Path(terminal.Grid) + " / " + terminal.Name
		if vanishes(terminal.Grid) {
			placed = append(placed, name)
		}
		if slices.ContainsFunc(terminal.Shared, vanishes) {
			shared = append(shared, name)
		}
	}
	if len(placed) > 0 {
		return conflict("grid_has_terminals", placed)
	}
	if len(shared) > 0 {
		return conflict("grid_has_shared", shared)
	}
	return nil
}

// conflict is the Problem that terminals, by name, hang on a grid.
func conflict(code string, terminals []string) error {
	return &playlists.Problem{
		Kind: playlists.Conflict, Code: code,
		Args: map[string]any{"count": len(terminals), "terminals": strings.Join(terminals[:min(len(terminals), maxNamed)], ", ")},
	}
}

func replace(ctx context.Context, q *territorysql.Queries, tree *Tree) error {
	if err := q.DeleteOutlines(ctx); err != nil {
		return err
	}
	if err := q.DeleteGrids(ctx); err != nil {
		return err
	}
	for i := range tree.plots {
		p := &tree.plots[i]
		err := q.InsertGrid(ctx, territorysql.InsertGridParams{
			Code: string(p.Code), Name: p.Name, Chief: p.Chief, Households: p.Households, Invented: p.Invented,
		})
		if err == nil && p.geometry != "" {
			err = q.InsertOutline(ctx, territorysql.InsertOutlineParams{Code: string(p.Code), Geometry: p.geometry})
		}
		if err != nil {
			return fmt.Errorf("grid %s: %w", p.Code, err)
		}
	}
	return nil
}
