package main

import (
	"testing"

	"dalaba/config/demo"
)

func TestEveryHornStandsSomewhereInTheTown(t *testing.T) {
	taken := make(map[[2]float64]string)
	for _, h := range demo.Horns() {
		lat, lon, err := position(h.Grid)
		if err != nil {
			t.Fatal(err)
		}
		if lat < 22.6 || lat > 23.1 || lon < 112.8 || lon > 113.3 {
			t.Errorf("%s stands at %v, %v: not in Nanhai", h.Name, lat, lon)
		}
		if other := taken[[2]float64{lat, lon}]; other != "" {
			t.Errorf("%s stands where %s does", h.Name, other)
		}
		taken[[2]float64{lat, lon}] = h.Name
	}
	if _, _, err := position("440605121201009"); err == nil {
		t.Error("a grid that is not there has a position")
	}
}
