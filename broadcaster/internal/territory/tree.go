package territory

import (
	"cmp"
	"slices"

	"dalaba/playlists"
	"dalaba/playlists/grid"
)

// Bounds on one import.
const (
	// MaxFile is in bytes.
	MaxFile = 64 << 20
	// MaxGrids is how many grids a tree may have, MaxPoints how many points all their outlines together.
	MaxGrids  = 100_000
	MaxPoints = 2_000_000
	// MaxHouseholds is how many households one grid may have.
	MaxHouseholds = 1_000_000
)

// Tree is a grid tree that has been checked and is not kept yet. ReadTree makes it.
type Tree struct {
	plots []plot // by code
}

// plot is a grid of a tree, with what is needed to check it.
type plot struct {
	Grid
	geometry string // GeoJSON, or ""
	stated   bool   // the file gives its number of households
	feature  int    // its place in the file
}

// Grids returns how many grids the tree has.
func (t *Tree) Grids() int { return len(t.plots) }

// Households returns how many households the whole tree has.
func (t *Tree) Households() int64 {
	if len(t.plots) == 0 {
		return 0
	}
	return t.plots[0].Households
}

// Root returns the code of the town, "" for the zero Tree.
func (t *Tree) Root() playlists.GridCode {
	if len(t.plots) == 0 {
		return ""
	}
	return t.plots[0].Code
}

// grow makes a tree of plots that are right by themselves, and notes what is wrong with them together: codes that occur
// twice, no town or two, a missing parent, households that do not add up.
func grow(plots []plot, found *Mistakes) *Tree {
	slices.SortStableFunc(plots, func(a, b plot) int { return cmp.Compare(a.Code, b.Code) })
	places := make(map[playlists.GridCode]int, len(plots))
	roots := 0
	for i := range plots {
		p := &plots[i]
		if first, taken := places[p.Code]; taken {
			found.add(p.feature, "code", "grid_code_twice", args{"grid": string(p.Code), "other": plots[first].Name})
			continue
		}
		places[p.Code] = i
		if p.Level == grid.LevelTown {
			roots++
			if roots > 1 {
				found.add(p.feature, "code", "grid_second_town", args{"grid": string(p.Code), "name": p.Name})
			}
		} else if _, has := places[grid.Parent(p.Code)]; !has { // a parent sorts before its children
			found.add(p.feature, "code", "grid_parent_missing", args{"grid": string(p.Code), "name": p.Name, "parent": string(grid.Parent(p.Code))})
		}
	}
	if roots == 0 && len(plots) > 0 {
		found.add(-1, "", "grid_town_missing", nil)
	}
	addUp(plots, places, found)
	return &Tree{plots}
}

// addUp computes the households of every grid above the groups, and compares them with what the file states where
// those of all groups below are known.
func addUp(plots []plot, places map[playlists.GridCode]int, found *Mistakes) {
	sums := make([]int64, len(plots))
	unsure := make([]bool, len(plots)) // a group's own number is not known
	for i := range plots {
		if plots[i].Level != grid.LevelGroup || places[plots[i].Code] != i {
			continue
		}
		for _, code := range grid.Path(plots[i].Code) {
			if at, has := places[code]; has {
				sums[at] += plots[i].Households
				unsure[at] = unsure[at] || !plots[i].stated
			}
		}
	}
	for i := range plots {
		p := &plots[i]
		if p.Level == grid.LevelGroup || places[p.Code] != i {
			continue
		}
		if p.stated && !unsure[i] && p.Households != sums[i] {
			found.add(p.feature, "households", "grid_households_differ", args{
				"grid": string(p.Code), "name": p.Name, "households": p.Households, "sum": sums[i],
			})
		}
		p.Households = sums[i]
	}
}
