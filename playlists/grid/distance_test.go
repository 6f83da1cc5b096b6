package grid

import (
	"math"
	"testing"
)

func TestMetresAreThoseOfAPlaneCentredOnTheFirstPoint(t *testing.T) {
	const lat, lon = 22.8, 112.9
	north := func(m float64) float64 { return lat + m/metresPerDegree }
	east := func(m float64) float64 { return lon + m/(metresPerDegree*math.Cos(lat*math.Pi/180)) }
	for _, test := range []struct {
		name     string
		lat, lon float64
		want     float64
	}{
		{"the point itself", lat, lon, 0},
		{"north", north(300), lon, 300},
		{"south", north(-300), lon, 300},
		{"east", lat, east(300), 300},
		{"west", lat, east(-300), 300},
		{"a diagonal", north(180), east(-240), 300},
		{"less than half a millimetre more", north(300.0004), lon, 300},
		{"a millimetre more", north(300.001), lon, 300.001},
		{"a degree north", lat + 1, lon, 111_195.08},
		{"a degree east", lat, lon + 1, 102_506.647},
	} {
		if got := Metres(lat, lon, test.lat, test.lon); got != test.want {
			t.Errorf("%s: %v m, want %v", test.name, got, test.want)
		}
	}
	if there, back := Metres(0, 0, 60, 1), Metres(60, 1, 0, 0); there <= back {
		t.Errorf("%v m from the equator, %v m from the north: the plane is the first point's", there, back)
	}
}
