package territory

import (
	"encoding/json"
	"errors"
	"strconv"
	"strings"
	"unicode/utf8"

	"dalaba/playlists"
	"dalaba/playlists/grid"
)

// maxGridName is in characters.
const maxGridName = 60

// feature is a grid as the file has it.
type feature struct {
	Type       string `json:"type"`
	Properties struct {
		Code       string          `json:"code"`
		Name       string          `json:"name"`
		Chief      string          `json:"chief"`
		Households json.RawMessage `json:"households"`
		Invented   bool            `json:"invented"`
	} `json:"properties"`
	Geometry json.RawMessage `json:"geometry"`
}

// plant checks a feature by itself and adds it to the plots. Only a file that is too large is an error.
func (c *collection) plant(f *feature) error {
	i, properties := c.read, &f.Properties
	code := playlists.GridCode(properties.Code)
	p := plot{feature: i, Grid: Grid{
		Code: code, Name: strings.TrimSpace(properties.Name), Level: grid.Level(code),
		Chief: strings.TrimSpace(properties.Chief), Invented: properties.Invented,
	}}
	if f.Type != "Feature" {
		c.found.add(i, ".type", "grid_not_a_feature", nil)
		return nil
	}
	if p.Name == "" {
		c.found.add(i, "name", "grid_name_missing", args{"grid": shorten(properties.Code)})
	} else if !showable(p.Name, maxGridName) {
		c.found.add(i, "name", "grid_name_bad", args{"grid": shorten(properties.Code), "most": maxGridName})
	}
	if p.Chief != "" && !showable(p.Chief, maxGridName) {
		c.found.add(i, "chief", "grid_chief_bad", args{"grid": shorten(properties.Code), "most": maxGridName})
	}
	if grid.Check(code) != nil {
		c.found.add(i, "code", "grid_code_bad", args{"grid": shorten(properties.Code), "name": shorten(p.Name)})
		return nil // it has no place in the tree, and what else must be right depends on its level
	}
	c.readHouseholds(&p, properties.Households)
	if err := c.readOutline(&p, f.Geometry); err != nil {
		return err
	}
	c.plots = append(c.plots, p)
	return nil
}

// plantBad notes that a member of f is of another kind than it must be. f keeps its place in the tree if it can, so
// that those below it are not reported too.
func (c *collection) plantBad(f *feature, member string) {
	if member == "" {
		c.found.add(c.read, ".", "grid_not_a_feature", nil)
		return
	}
	c.found.add(c.read, "."+member, "grid_member_bad", args{"member": member})
	code := playlists.GridCode(f.Properties.Code)
	if grid.Check(code) == nil {
		c.plots = append(c.plots, plot{feature: c.read, Grid: Grid{Code: code, Name: f.Properties.Name, Level: grid.Level(code)}})
	}
}

func (c *collection) readHouseholds(p *plot, number json.RawMessage) {
	if len(number) == 0 || string(number) == "null" {
		if p.Level == grid.LevelGroup {
			c.found.add(p.feature, "households", "grid_households_missing", args{"grid": string(p.Code), "name": shorten(p.Name)})
		}
		return
	}
	households, err := strconv.ParseInt(string(number), 10, 64)
	if err != nil || households < 0 || households > MaxHouseholds {
		c.found.add(p.feature, "households", "grid_households_bad", args{
			"grid": string(p.Code), "name": shorten(p.Name), "households": shorten(string(number)), "most": MaxHouseholds,
		})
		return
	}
	p.Households, p.stated = households, true
}

func (c *collection) readOutline(p *plot, raw json.RawMessage) error {
	if len(raw) == 0 || string(raw) == "null" {
		if p.Level != grid.LevelTown {
			c.found.add(p.feature, ".geometry", "grid_outline_missing", args{"grid": string(p.Code), "name": shorten(p.Name)})
		}
		return nil
	}
	geometry, points, err := readOutline(raw, p.Level, c.most.points-c.points)
	if errors.Is(err, errTooManyPoints) {
		return tooLarge("grids_too_many_points", "most", c.most.points)
	}
	if wrong := outlineMistake(""); errors.As(err, &wrong) {
		c.found.add(p.feature, ".geometry", string(wrong), args{"grid": string(p.Code), "name": shorten(p.Name)})
		return nil
	}
	if err != nil {
		return err
	}
	p.geometry = geometry
	c.points += points
	return nil
}

// shorten bounds what a sentence quotes of the file.
func shorten(s string) string {
	const most = 40
	for i, n := 0, 0; i < len(s); n++ {
		if n == most {
			return s[:i] + "…"
		}
		_, size := utf8.DecodeRuneInString(s[i:])
		i += size
	}
	return s
}
