package coverage

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"dalaba/playlists"
)

const (
	jiujiang = playlists.GridCode("440605124")
	shangxi  = playlists.GridCode("440605124001")
	laoling  = playlists.GridCode("440605124001001")
	laoling1 = playlists.GridCode("440605124001001001")
	laoling2 = playlists.GridCode("440605124001001002")
	xianfeng = playlists.GridCode("440605124001002") // with households of its own and no groups
	rulin    = playlists.GridCode("440605124002")
	rulin1   = playlists.GridCode("440605124002001")
)

// sample is two villages; what a grid with children says of its own households does not count.
func sample() []Grid {
	return []Grid{
		{rulin1, "儒林一社", 40},
		{rulin, "儒林", 0},
		{laoling2, "老龄二组", 30},
		{laoling1, "老龄一组", 20},
		{laoling, "老龄", 999},
		{xianfeng, "先锋", 60},
		{shangxi, "上西村", 0},
		{jiujiang, "九江镇", 0},
	}
}

func TestAssigned(t *testing.T) {
	for _, test := range []struct {
		name  string
		plays []Completed
		// touched and plays by grid; a grid that is not named has neither.
		touched, count map[playlists.GridCode]int
		// dialects of the town.
		dialects map[playlists.Dialect]int
	}{
		{"an empty day", nil, nil, nil, nil},
		{
			"a society's play counts for the society, its village and the town, and nowhere else",
			[]Completed{{laoling, "yue", 1}},
			map[playlists.GridCode]int{jiujiang: 50, shangxi: 50, laoling: 50, laoling1: 20, laoling2: 30},
			map[playlists.GridCode]int{jiujiang: 1, shangxi: 1, laoling: 1, laoling1: 1, laoling2: 1},
			map[playlists.Dialect]int{"yue": 50},
		},
		{
			"two horns on one village, and again, are one village",
			[]Completed{{shangxi, "yue", 2}, {shangxi, "cmn", 5}, {laoling, "yue", 3}},
			map[playlists.GridCode]int{jiujiang: 110, shangxi: 110, laoling: 50, laoling1: 20, laoling2: 30, xianfeng: 60},
			map[playlists.GridCode]int{jiujiang: 10, shangxi: 10, laoling: 10, laoling1: 10, laoling2: 10, xianfeng: 7},
			map[playlists.Dialect]int{"yue": 110, "cmn": 110},
		},
		{
			"one group's horn",
			[]Completed{{laoling2, "cmn", 4}},
			map[playlists.GridCode]int{jiujiang: 30, shangxi: 30, laoling: 30, laoling2: 30},
			map[playlists.GridCode]int{jiujiang: 4, shangxi: 4, laoling: 4, laoling2: 4},
			map[playlists.Dialect]int{"cmn": 30},
		},
		{
			"two villages in two dialects",
			[]Completed{{xianfeng, "cmn", 1}, {rulin, "yue", 1}},
			map[playlists.GridCode]int{jiujiang: 100, shangxi: 60, xianfeng: 60, rulin: 40, rulin1: 40},
			map[playlists.GridCode]int{jiujiang: 2, shangxi: 1, xianfeng: 1, rulin: 1, rulin1: 1},
			map[playlists.Dialect]int{"cmn": 60, "yue": 40},
		},
		{"a grid that was taken out of the tree", []Completed{{"440605124009", "yue", 1}, {"", "yue", 1}}, nil, map[playlists.GridCode]int{jiujiang: 1}, nil},
		{"no play at all", []Completed{{laoling, "yue", 0}}, nil, nil, nil},
	} {
		t.Run(test.name, func(t *testing.T) {
			households := map[playlists.GridCode]int{
				jiujiang: 150, shangxi: 110, laoling: 50, laoling1: 20, laoling2: 30, xianfeng: 60, rulin: 40, rulin1: 40,
			}
			figures := assigned(sample(), test.plays, nil)
			if len(figures) != len(households) || figures[0].Grid != jiujiang || figures[0].Level != 0 {
				t.Fatalf("%d figures, the first is %+v", len(figures), figures[0])
			}
			for _, f := range figures {
				if f.Households != households[f.Grid] || f.Touched != test.touched[f.Grid] || f.Plays != test.count[f.Grid] {
					t.Errorf("%s: %d of %d households by %d plays, want %d of %d by %d", f.Name, f.Touched, f.Households, f.Plays,
						test.touched[f.Grid], households[f.Grid], test.count[f.Grid])
				}
			}
			want := test.dialects
			if want == nil {
				want = map[playlists.Dialect]int{}
			}
			if diff := cmp.Diff(want, figures[0].Dialects); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestFiguresSayHowFarTheyAreComplete(t *testing.T) {
	six, seven := time.Date(2026, 11, 23, 6, 0, 0, 0, time.UTC), time.Date(2026, 11, 23, 7, 0, 0, 0, time.UTC)
	figures := assigned(sample(), nil, []Standing{
		{"a", laoling, time.Time{}}, {"b", xianfeng, seven}, {"c", shangxi, six}, {"d", rulin1, time.Time{}},
	})
	type complete struct {
		Reported, Terminals int
		Through             time.Time
	}
	got := make(map[playlists.GridCode]complete)
	for _, f := range figures {
		got[f.Grid] = complete{f.Reported, f.Terminals, f.Through}
	}
	want := map[playlists.GridCode]complete{
		jiujiang: {2, 4, six}, shangxi: {1, 3, six}, laoling: {1, 2, six}, laoling1: {1, 2, six}, laoling2: {1, 2, six},
		xianfeng: {0, 2, six}, rulin: {1, 1, time.Time{}}, rulin1: {1, 1, time.Time{}},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

// Households are weighed and rolled up: a grid's figure is the sum of its children's, in whatever order plays come.
func TestAGridHasTheSumOfItsChildren(t *testing.T) {
	codes := []playlists.GridCode{jiujiang, shangxi, laoling, laoling1, laoling2, xianfeng, rulin, rulin1}
	children := map[playlists.GridCode][]playlists.GridCode{
		jiujiang: {shangxi, rulin}, shangxi: {laoling, xianfeng}, laoling: {laoling1, laoling2}, rulin: {rulin1},
	}
	rapid.Check(t, func(r *rapid.T) {
		var plays []Completed
		for range rapid.IntRange(0, 6).Draw(r, "plays") {
			plays = append(plays, Completed{
				rapid.SampledFrom(codes).Draw(r, "grid"), rapid.SampledFrom([]playlists.Dialect{"yue", "cmn"}).Draw(r, "dialect"), 1,
			})
		}
		by := make(map[playlists.GridCode]Figure)
		for _, f := range assigned(sample(), plays, nil) {
			by[f.Grid] = f
		}
		for parent, below := range children {
			var households, touched int
			for _, code := range below {
				households += by[code].Households
				touched += by[code].Touched
			}
			if f := by[parent]; f.Households != households || f.Touched != touched || f.Touched > f.Households {
				r.Fatalf("%s: %d of %d, its children %d of %d", parent, f.Touched, f.Households, touched, households)
			}
		}
	})
}

func BenchmarkAssigned(b *testing.B) {
	var grids []Grid
	var plays []Completed
	add := func(code playlists.GridCode, households int) {
		grids = append(grids, Grid{Code: code, Households: households})
	}
	add(jiujiang, 0)
	for v := range 26 {
		village := jiujiang + number(v)
		add(village, 0)
		for s := range 5 {
			add(village+number(s), 0)
			plays = append(plays, Completed{village + number(s), "yue", 3}, Completed{village + number(s), "cmn", 3})
			for g := range 8 {
				add(village+number(s)+number(g), 20)
			}
		}
	}
	b.ReportAllocs()
	for b.Loop() {
		assigned(grids, plays, nil)
	}
}

func number(n int) playlists.GridCode {
	return playlists.GridCode([]byte{'0', byte('0' + n/10), byte('0' + n%10)})
}
