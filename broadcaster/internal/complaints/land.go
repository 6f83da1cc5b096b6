package complaints

import (
	"slices"

	"dalaba/playlists"
	"dalaba/playlists/grid"
)

// within is how far from a complaint's point a loudspeaker is looked for, in metres: beyond it hardly any is loud enough
// to complain of.
const within = 400

// Terminal is what complaints need to know of a terminal.
type Terminal struct {
	ID   playlists.TerminalID
	Name string
	Grid playlists.GridCode
	// Shared are other grids that it serves too.
	Shared []playlists.GridCode
	// Lat and Lon are where a fixed one stands, in degrees, WGS-84; nil where that is not known.
	Lat, Lon *float64
}

// metres returns how far t stands from the point of c, to the millimetre, or -1 where one of both is not known.
func (c *Complaint) metres(t Terminal) float64 {
	if c.Lat == nil || c.Lon == nil || t.Lat == nil || t.Lon == nil {
		return -1
	}
	return grid.Metres(*c.Lat, *c.Lon, *t.Lat, *t.Lon)
}

// serves tells whether t stands at or below code, or above it, as a village's horn does that reaches the societies, or is
// shared with such a grid.
func (t *Terminal) serves(code playlists.GridCode) bool {
	related := func(own playlists.GridCode) bool { return grid.Contains(code, own) || grid.Contains(own, code) }
	return related(t.Grid) || slices.ContainsFunc(t.Shared, related)
}

// hears tells whether t may have been heard where c was: it stands at or below the grid, or near the point, or serves the
// grid otherwise. One that stands outside of the grid, and is known to stand far from the point, was not meant.
func (c *Complaint) hears(t Terminal) bool {
	if grid.Contains(c.Grid, t.Grid) || t.ID == c.Terminal {
		return true
	}
	if m := c.metres(t); m >= 0 {
		return m <= within
	}
	return t.serves(c.Grid)
}
