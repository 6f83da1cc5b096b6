package territory

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"dalaba/broadcaster/internal/store"
	"dalaba/broadcaster/internal/territory/territorysql"
	"dalaba/playlists"
	"dalaba/playlists/grid"
)

// Grid is a node of the tree.
type Grid struct {
	Code playlists.GridCode
	Name string
	// Level is grid.LevelTown to grid.LevelGroup.
	Level int
	// Chief is the name of the person who answers for it, or "".
	Chief string
	// Households is a group's own number, and the sum of the groups below for every other grid.
	Households int64
	// Invented tells that the geometry is made up.
	Invented bool
}

// Grids returns the tree, parents before children, by code. Outline has what is too large to be in it.
func (t *Territory) Grids(ctx context.Context, tx *store.Tx) ([]Grid, error) {
	rows, err := territorysql.New(tx).Grids(ctx)
	if err != nil {
		return nil, fmt.Errorf("list grids: %w", err)
	}
	all := make([]Grid, len(rows))
	for i, row := range rows {
		all[i] = gridOf(row)
	}
	return all, nil
}

// Grid returns the grid at code, or a Problem.
func (t *Territory) Grid(ctx context.Context, tx *store.Tx, code playlists.GridCode) (Grid, error) {
	row, err := territorysql.New(tx).Grid(ctx, string(code))
	if errors.Is(err, sql.ErrNoRows) {
		return Grid{}, unknownGrid(code)
	}
	if err != nil {
		return Grid{}, fmt.Errorf("find grid %s: %w", code, err)
	}
	return gridOf(row), nil
}

// Has tells whether code stands in the tree.
func (t *Territory) Has(ctx context.Context, tx *store.Tx, code playlists.GridCode) (bool, error) {
	_, err := t.Grid(ctx, tx, code)
	if playlists.ProblemOf(err) != nil {
		return false, nil
	}
	return err == nil, err
}

// Root returns the town, or a Problem while there is no tree.
func (t *Territory) Root(ctx context.Context, tx *store.Tx) (Grid, error) {
	row, err := territorysql.New(tx).Root(ctx)
	if errors.Is(err, sql.ErrNoRows) {
		return Grid{}, &playlists.Problem{Kind: playlists.NotFound, Code: "no_grids"}
	}
	if err != nil {
		return Grid{}, fmt.Errorf("find root: %w", err)
	}
	return gridOf(row), nil
}

// Found makes the town, with nothing below it, where there is no tree yet, and tells whether it did.
func (t *Territory) Found(ctx context.Context, tx *store.Tx, code playlists.GridCode, name string) (bool, error) {
	switch _, err := t.Root(ctx, tx); {
	case err == nil:
		return false, nil
	case playlists.ProblemOf(err) == nil:
		return false, err
	}
	if err := grid.Check(code); err != nil || grid.Level(code) != grid.LevelTown {
		return false, unknownGrid(code)
	}
	if err := territorysql.New(tx).InsertGrid(ctx, territorysql.InsertGridParams{Code: string(code), Name: name}); err != nil {
		return false, fmt.Errorf("found town: %w", err)
	}
	return true, nil
}

// Outline returns a grid's geometry as GeoJSON in WGS-84: a polygon, or points for a household group. It is nil for a
// grid that has none, and a Problem for one that does not exist.
func (t *Territory) Outline(ctx context.Context, tx *store.Tx, code playlists.GridCode) (json.RawMessage, error) {
	if _, err := t.Grid(ctx, tx, code); err != nil {
		return nil, err
	}
	geometry, err := territorysql.New(tx).Outline(ctx, string(code))
	if errors.Is(err, sql.ErrNoRows) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("find outline of %s: %w", code, err)
	}
	return json.RawMessage(geometry), nil
}

// Names are the names of all grids, for showing where many things are.
type Names map[playlists.GridCode]string

// Names returns the names of all grids.
func (t *Territory) Names(ctx context.Context, tx *store.Tx) (Names, error) {
	all, err := t.Grids(ctx, tx)
	if err != nil {
		return nil, err
	}
	names := make(Names, len(all))
	for _, g := range all {
		names[g.Code] = g.Name
	}
	return names, nil
}

// Path returns where code is, as people say it: the names from the village down, "上西村 / 老龄社", or the town's own name
// for the town. What the tree does not have is left out.
func (n Names) Path(code playlists.GridCode) string {
	if grid.Level(code) == grid.LevelTown {
		return n[code]
	}
	var names []string
	for _, c := range grid.Path(code) {
		if name := n[c]; name != "" && grid.Level(c) > grid.LevelTown {
			names = append(names, name)
		}
	}
	return strings.Join(names, " / ")
}

// Path is Names.Path for one grid, or a Problem when it does not exist.
func (t *Territory) Path(ctx context.Context, tx *store.Tx, code playlists.GridCode) (string, error) {
	names := make(Names)
	for _, c := range grid.Path(code) {
		g, err := t.Grid(ctx, tx, c)
		if err != nil {
			return "", err
		}
		names[c] = g.Name
	}
	if len(names) == 0 {
		return "", unknownGrid(code)
	}
	return names.Path(code), nil
}

func unknownGrid(code playlists.GridCode) error {
	return &playlists.Problem{Kind: playlists.NotFound, Code: "grid_unknown", Args: map[string]any{"grid": string(code)}}
}

func gridOf(row territorysql.Grid) Grid {
	code := playlists.GridCode(row.Code)
	return Grid{
		Code: code, Name: row.Name, Level: grid.Level(code), Chief: row.Chief,
		Households: row.Households, Invented: row.Invented,
	}
}
