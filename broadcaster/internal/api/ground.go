package api

import (
	"context"

	"dalaba/broadcaster/internal/store"
	"dalaba/broadcaster/internal/territory"
	"dalaba/playlists"
)

// ground is what things are called that stand somewhere.
type ground struct {
	names     territory.Names
	terminals map[playlists.TerminalID]territory.Terminal
	root      playlists.GridCode
}

func (a *API) readGround(ctx context.Context) (ground, error) {
	g := ground{terminals: make(map[playlists.TerminalID]territory.Terminal)}
	err := a.Store.Read(ctx, func(tx *store.Tx) (err error) {
		if g.names, err = a.Territory.Names(ctx, tx); err != nil {
			return err
		}
		root, err := a.Territory.Root(ctx, tx)
		if err != nil {
			return err
		}
		g.root = root.Code
		placed, err := a.Territory.Terminals(ctx, tx)
		for _, t := range placed {
			g.terminals[t.ID] = t
		}
		return err
	})
	return g, err
}

// place is what people call a grid, or one terminal there.
func (g *ground) place(code playlists.GridCode, terminal playlists.TerminalID) string {
	t, placed := g.terminals[terminal]
	if !placed {
		return g.names.Path(code)
	}
	return g.names.Path(t.Grid) + " " + t.Name
}
