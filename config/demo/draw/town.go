package main

import (
	"fmt"
	"slices"
)

// rootCode is the town's, after which each level adds three digits.
const rootCode = "440605121"

// The lattice: five rows of villages, each four fields high, in which villages stand side by side.
const (
	columns     = 30
	villageRows = 5
	fieldRows   = 4
)

// village is a village or community, with the names of its societies.
type village struct {
	number    int // the last three digits of its code
	name      string
	societies []string
}

// villages returns the 26 of them in the order in which they stand on the map, row by row.
func villages() []village {
	known := map[int]village{
		8:  {1, "儒林社区", []string{"儒林一片", "儒林二片", "儒林三片", "儒林四片", "儒林五片"}},
		12: {201, "上西村", []string{"老龄社", "先锋社", "龙廻社"}},
		16: {2, "沙头社区", []string{"沙头一片", "沙头二片", "沙头三片", "沙头四片", "沙头五片"}},
		22: {3, "江滨社区", []string{"江滨一片", "江滨二片", "江滨三片", "江滨四片", "江滨五片"}},
	}
	var list []village
	samples := 0
	for i := range 26 {
		v, named := known[i]
		if !named {
			samples++
			v = village{number: 201 + samples, name: "示例" + chinese(samples) + "村"}
			for s := range 5 {
				v.societies = append(v.societies, chinese(s+1)+"社")
			}
		}
		list = append(list, v)
	}
	return list
}

// chinese writes n, from 1 to 99, as people say it.
func chinese(n int) string {
	digits := []rune("零一二三四五六七八九")
	if n < 10 {
		return string(digits[n])
	}
	text := "十"
	if n >= 20 {
		text = string(digits[n/10]) + text
	}
	if n%10 > 0 {
		text += string(digits[n%10])
	}
	return text
}

// grid is a node of the tree as it is written down.
type grid struct {
	code, name, chief string
	households        int
	ring              []point // outline, of all but groups
	homes             []point // one for each household of a group
}

// survey lays the town out: its grids in the order of their codes.
func survey() []grid {
	d := &dice{state: 2020_01_23}
	l := newLattice(columns, villageRows*fieldRows, d)
	var all []cell
	var below []grid
	total := 0
	rest := villages()
	for row := range villageRows {
		side := 5
		if row == villageRows/2 {
			side = 6
		}
		for i := range side {
			fields := block(i*columns/side, row*fieldRows, columns/side)
			grids := settle(l, rest[0], fields, d)
			rest = rest[1:]
			all = append(all, fields...)
			below = append(below, grids...)
			total += grids[0].households
		}
	}
	slices.SortFunc(below, func(a, b grid) int {
		if a.code < b.code {
			return -1
		}
		return 1
	})
	return append([]grid{{code: rootCode, name: "九江镇(示例)", households: total, ring: l.outline(all)}}, below...)
}

// block returns the fields of one village, in a line that winds through them, so that any stretch of it hangs together.
func block(column, row, width int) []cell {
	var fields []cell
	for r := range fieldRows {
		line := make([]cell, width)
		for c := range line {
			line[c] = cell{column + c, row + r}
		}
		if r%2 == 1 {
			slices.Reverse(line)
		}
		fields = append(fields, line...)
	}
	return fields
}

// settle returns a village on the given fields with all that is in it, itself first.
func settle(l *lattice, v village, fields []cell, d *dice) []grid {
	code := fmt.Sprintf("%s%03d", rootCode, v.number)
	grids := []grid{{code: code, name: v.name, chief: "示例网格长", ring: l.outline(fields)}}
	for i, name := range v.societies {
		part := fields[i*len(fields)/len(v.societies) : (i+1)*len(fields)/len(v.societies)]
		society := grid{code: fmt.Sprintf("%s%03d", code, i+1), name: name, ring: l.outline(part)}
		var groups []grid
		for g := range min(d.among(7, 8)*5/len(v.societies), 2*len(part)) {
			group := grid{code: fmt.Sprintf("%s%03d", society.code, g+1), name: fmt.Sprintf("%d 组", g+1), households: d.among(13, 30)}
			group.homes = build(l, part[g%len(part)], g/len(part), group.households, d)
			society.households += group.households
			groups = append(groups, group)
		}
		grids[0].households += society.households
		grids = append(append(grids, society), groups...)
	}
	return grids
}

// build puts homes into one half of a field, with a margin.
func build(l *lattice, f cell, half, homes int, d *dice) []point {
	list := make([]point, homes)
	for i := range list {
		u := half*unit/2 + d.among(unit*6/100, unit*44/100)
		list[i] = l.inside(f, u, d.among(unit*6/100, unit*94/100))
	}
	return list
}
