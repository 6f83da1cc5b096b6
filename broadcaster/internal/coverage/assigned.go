package coverage

import (
	"slices"
	"strings"
	"time"

	"dalaba/playlists"
	"dalaba/playlists/grid"
)

// assigned computes the figures of every grid. It is pure.
func assigned(grids []Grid, plays []Completed, standings []Standing) []Figure {
	t := newTree(grids)
	for _, p := range plays {
		if p.Plays > 0 {
			t.play(p)
		}
	}
	for _, s := range standings {
		t.stand(s)
	}
	for i := range t.figures {
		t.touch(i)
	}
	return t.figures
}

// tree is the grids in the order of their codes: what lies below a node follows it without a break.
type tree struct {
	figures []Figure
	// own is each node's own households.
	own []int
	at  map[playlists.GridCode]int
	// sounded holds the dialects in which a terminal of the very node completed a play.
	sounded map[playlists.GridCode]map[playlists.Dialect]bool
}

func newTree(grids []Grid) *tree {
	grids = slices.Clone(grids)
	slices.SortFunc(grids, func(a, b Grid) int { return strings.Compare(string(a.Code), string(b.Code)) })
	t := &tree{
		at:      make(map[playlists.GridCode]int, len(grids)),
		sounded: make(map[playlists.GridCode]map[playlists.Dialect]bool),
	}
	for i, g := range grids {
		t.at[g.Code] = i
		t.own = append(t.own, g.Households)
		t.figures = append(t.figures, Figure{
			Grid: g.Code, Name: g.Name, Level: grid.Level(g.Code), Dialects: make(map[playlists.Dialect]int),
		})
	}
	return t
}

// each calls f for every figure that a terminal of grid code can touch: those above, the grid itself, those below.
func (t *tree) each(code playlists.GridCode, f func(*Figure)) {
	for _, above := range grid.Path(grid.Parent(code)) {
		if i, ok := t.at[above]; ok {
			f(&t.figures[i])
		}
	}
	i, ok := t.at[code]
	for ; ok && i < len(t.figures) && grid.Contains(code, t.figures[i].Grid); i++ {
		f(&t.figures[i])
	}
}

func (t *tree) play(p Completed) {
	if t.sounded[p.Grid] == nil {
		t.sounded[p.Grid] = make(map[playlists.Dialect]bool)
	}
	t.sounded[p.Grid][p.Dialect] = true
	t.each(p.Grid, func(f *Figure) { f.Plays += p.Plays })
}

func (t *tree) stand(s Standing) {
	t.each(s.Grid, func(f *Figure) {
		f.Terminals++
		if s.Open.IsZero() {
			f.Reported++
			return
		}
		f.Through = earlier(f.Through, s.Open)
	})
}

// earlier returns the earlier of two moments, of which zero is none.
func earlier(a, b time.Time) time.Time {
	if a.IsZero() || !b.IsZero() && b.Before(a) {
		return b
	}
	return a
}

// touch counts the households of the i-th node, when it is a leaf, for the node and all above it.
func (t *tree) touch(i int) {
	leaf := t.figures[i].Grid
	if i+1 < len(t.figures) && grid.Contains(leaf, t.figures[i+1].Grid) {
		return
	}
	path := grid.Path(leaf)
	dialects := make(map[playlists.Dialect]bool)
	for _, code := range path {
		for d := range t.sounded[code] {
			dialects[d] = true
		}
	}
	for _, code := range path {
		j, ok := t.at[code]
		if !ok {
			continue
		}
		f := &t.figures[j]
		f.Households += t.own[i]
		if len(dialects) > 0 {
			f.Touched += t.own[i]
		}
		for d := range dialects {
			f.Dialects[d] += t.own[i]
		}
	}
}
