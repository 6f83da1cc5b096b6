package main

import (
	"os"
	"slices"
	"strings"
	"testing"
)

func TestTheCommittedTownIsWhatIsDrawn(t *testing.T) {
	committed, err := os.ReadFile("../town.geojson")
	if err != nil {
		t.Fatal(err)
	}
	var drawn strings.Builder
	if err := draw(&drawn); err != nil {
		t.Fatal(err)
	}
	if drawn.String() != string(committed) {
		t.Error("config/demo/town.geojson is not what the program draws: run go run ./config/demo/draw")
	}
	if len(committed) > 1_500_000 {
		t.Errorf("%d bytes", len(committed))
	}
}

// doubleArea is twice what ring encloses, in square steps: positive, for it runs counterclockwise.
func doubleArea(ring []point) int {
	area := 0
	for i, p := range ring[1:] {
		area += ring[i].lon*p.lat - p.lon*ring[i].lat
	}
	return area
}

// around tells whether ring, counterclockwise, has p strictly inside.
func around(ring []point, p point) bool {
	inside := false
	for i, b := range ring[1:] {
		a := ring[i]
		turn := (b.lon-a.lon)*(p.lat-a.lat) - (b.lat-a.lat)*(p.lon-a.lon)
		if turn == 0 && min(a.lon, b.lon) <= p.lon && p.lon <= max(a.lon, b.lon) && min(a.lat, b.lat) <= p.lat && p.lat <= max(a.lat, b.lat) {
			return false
		}
		if (a.lat > p.lat) != (b.lat > p.lat) && (turn > 0) == (b.lat > a.lat) {
			inside = !inside
		}
	}
	return inside
}

func TestTheTownHasTheSizeThatItShouldHave(t *testing.T) {
	count := map[int]int{}
	households := 0
	names := map[string]string{}
	for _, g := range survey() {
		count[len(g.code)]++
		names[g.code] = g.name
		households += len(g.homes)
	}
	if count[9] != 1 || count[12] != 26 || count[15] < 120 || count[18] < 900 || households < 19_000 || households > 22_000 {
		t.Errorf("grids by length of code %v, %d households", count, households)
	}
	for code, want := range map[string]string{
		rootCode: "九江镇(示例)", rootCode + "201": "上西村", rootCode + "201001": "老龄社", rootCode + "201002": "先锋社",
		rootCode + "201003": "龙廻社", rootCode + "001": "儒林社区", rootCode + "002": "沙头社区", rootCode + "003": "江滨社区",
	} {
		if names[code] != want {
			t.Errorf("%s is called %q, want %q", code, names[code], want)
		}
	}
}

// TestGridsTileTheirParentWithoutGapOrOverlap uses that an edge between two neighbours is walked once each way: what is
// left when such pairs are struck out must be the parent's ring.
func TestGridsTileTheirParentWithoutGapOrOverlap(t *testing.T) {
	type edge struct{ from, to point }
	all := survey()
	for _, parent := range all {
		if len(parent.code) > 12 {
			continue
		}
		left := map[edge]bool{}
		area := 0
		for _, g := range all {
			if len(g.code) != len(parent.code)+3 || !strings.HasPrefix(g.code, parent.code) {
				continue
			}
			if doubleArea(g.ring) <= 0 || g.ring[0] != g.ring[len(g.ring)-1] {
				t.Fatalf("%s: ring of area %d", g.code, doubleArea(g.ring))
			}
			area += doubleArea(g.ring)
			for i, to := range g.ring[1:] {
				if e := (edge{g.ring[i], to}); left[edge{to, e.from}] {
					delete(left, edge{to, e.from})
				} else if left[e] {
					t.Fatalf("%s lies over a neighbour", g.code)
				} else {
					left[e] = true
				}
			}
		}
		for i, to := range parent.ring[1:] {
			delete(left, edge{parent.ring[i], to})
		}
		if len(left) != 0 || area != doubleArea(parent.ring) {
			t.Errorf("%s: %d edges lead nowhere, area %d of %d", parent.code, len(left), area, doubleArea(parent.ring))
		}
	}
}

func TestEveryHomeLiesInItsSociety(t *testing.T) {
	rings := map[string][]point{}
	codes := []string{}
	for _, g := range survey() {
		codes = append(codes, g.code)
		rings[g.code] = g.ring
		if g.homes == nil {
			continue
		}
		if g.households != len(g.homes) {
			t.Errorf("%s has %d households and %d homes", g.code, g.households, len(g.homes))
		}
		for _, home := range g.homes {
			if !around(rings[g.code[:15]], home) {
				t.Errorf("a home of %s lies outside at %v", g.code, home)
			}
		}
	}
	if !slices.IsSorted(codes) || len(slices.Compact(codes)) != len(rings) {
		t.Error("the codes are not in order, or occur twice")
	}
}
