package main

import "fmt"

// The town's outline in whole steps of 0.00001 degree (about a metre), WGS-84: its middle, and its half width and height.
const (
	middleLon, middleLat = 11_300_000, 2_283_000
	halfWidth, halfHigh  = 5_850, 3_600
)

// point is a longitude and a latitude in steps of 0.00001 degree.
type point struct{ lon, lat int }

func (p point) String() string {
	return fmt.Sprintf("[%d.%05d,%d.%05d]", p.lon/100_000, p.lon%100_000, p.lat/100_000, p.lat%100_000)
}

// cell is a field of the lattice, by column and row.
type cell struct{ column, row int }

// lattice is a net of crooked four-cornered fields that covers the town. All outlines run along its threads, so that
// neighbours share their corners exactly: no gaps and no overlaps.
type lattice struct {
	columns, rows int
	corners       [][]point // [row][column], one more than fields each way
}

// unit is 1 in the whole-number arithmetic of this file, which gives the same on every machine.
const unit = 10_000

// newLattice shakes the corners of a regular net by up to a fifth of a field, which keeps every field convex, and rounds
// the town's outline off.
func newLattice(columns, rows int, d *dice) *lattice {
	l := &lattice{columns: columns, rows: rows}
	for r := range rows + 1 {
		line := make([]point, columns+1)
		for c := range line {
			x := 2*(c*unit+d.among(-unit/5, unit/5))/columns - unit
			y := 2*(r*unit+d.among(-unit/5, unit/5))/rows - unit
			line[c] = place(x, y)
		}
		l.corners = append(l.corners, line)
	}
	return l
}

// place maps the square from −unit to unit to the town: its sides bulge by 15 % and 20 %.
func place(x, y int) point {
	return point{
		lon: middleLon + halfWidth*x/unit*(100*unit*unit-15*y*y)/(100*unit*unit),
		lat: middleLat + halfHigh*y/unit*(100*unit*unit-20*x*x)/(100*unit*unit),
	}
}

// inside returns the point of field f at the shares u and v of its width and height, from 0 to unit, by bilinear
// interpolation.
func (l *lattice) inside(f cell, u, v int) point {
	a, b := l.corners[f.row][f.column], l.corners[f.row][f.column+1]
	c, d := l.corners[f.row+1][f.column], l.corners[f.row+1][f.column+1]
	mix := func(a, b, c, d int) int {
		return (a*(unit-u)*(unit-v) + b*u*(unit-v) + c*(unit-u)*v + d*u*v + unit*unit/2) / (unit * unit)
	}
	return point{mix(a.lon, b.lon, c.lon, d.lon), mix(a.lat, b.lat, c.lat, d.lat)}
}

// outline returns the closed ring around fields that hang together, counterclockwise: the edges that only one of them has.
func (l *lattice) outline(fields []cell) []point {
	type edge struct{ from, to cell }
	edges := make(map[edge]bool)
	for _, f := range fields {
		ring := [5]cell{f, {f.column + 1, f.row}, {f.column + 1, f.row + 1}, {f.column, f.row + 1}, f}
		for i := range 4 {
			if back := (edge{ring[i+1], ring[i]}); edges[back] {
				delete(edges, back)
			} else {
				edges[edge{ring[i], ring[i+1]}] = true
			}
		}
	}
	next := make(map[cell]cell, len(edges))
	first := cell{l.columns + 1, 0}
	for e := range edges {
		next[e.from] = e.to
		if e.from.row < first.row || e.from.row == first.row && e.from.column < first.column || first.column > l.columns {
			first = e.from
		}
	}
	ring := []point{l.corners[first.row][first.column]}
	for at := next[first]; ; at = next[at] {
		ring = append(ring, l.corners[at.row][at.column])
		if at == first {
			return ring
		}
	}
}

// dice is a small generator of chance (SplitMix64) that throws the same for ever.
type dice struct{ state uint64 }

func (d *dice) next() uint64 {
	d.state += 0x9E3779B97F4A7C15
	z := d.state
	z = (z ^ z>>30) * 0xBF58476D1CE4E5B9
	z = (z ^ z>>27) * 0x94D049BB133111EB
	return z ^ z>>31
}

// among returns a number from least to most.
func (d *dice) among(least, most int) int { return least + int(d.next()%uint64(most-least+1)) }
