package grid

import "math"

// metresPerDegree is the length of a degree of a great circle.
const metresPerDegree = 6_371_008.8 * math.Pi / 180

// Metres returns how far point b is from point a, to the millimetre, in a plane centred on a. Positions are in degrees,
// WGS-84. Over the few kilometres that sound carries it does not matter that the plane is none; from b to a it may be a
// little more or less.
func Metres(aLat, aLon, bLat, bLon float64) float64 {
	x, y := Offset(aLat, aLon, bLat, bLon)
	return math.Round(math.Hypot(x, y)*1000) / 1000
}

// Offset returns how far b lies east and north of a, in metres, in a plane centred on a. Positions are in degrees, WGS-84.
func Offset(aLat, aLon, bLat, bLon float64) (east, north float64) {
	return (bLon - aLon) * math.Cos(aLat*math.Pi/180) * metresPerDegree, (bLat - aLat) * metresPerDegree
}
