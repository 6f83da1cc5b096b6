package main

import (
	"encoding/json"
	"fmt"

	"dalaba/config/demo"
)

// position is a place in the middle of the grid with this code, in degrees: the mean of the corners of its outline.
func position(code string) (lat, lon float64, err error) {
	var town struct {
		Features []struct {
			Properties struct {
				Code string `json:"code"`
			} `json:"properties"`
			Geometry struct {
				Type        string          `json:"type"`
				Coordinates json.RawMessage `json:"coordinates"`
			} `json:"geometry"`
		} `json:"features"`
	}
	if err := json.Unmarshal(demo.Grids(), &town); err != nil {
		return 0, 0, fmt.Errorf("read the town: %w", err)
	}
	for _, f := range town.Features {
		if f.Properties.Code != code || f.Geometry.Type != "Polygon" {
			continue
		}
		var rings [][][]float64
		if err := json.Unmarshal(f.Geometry.Coordinates, &rings); err != nil {
			return 0, 0, fmt.Errorf("read the outline of %s: %w", code, err)
		}
		corners := rings[0][1:] // the first is the last again
		for _, corner := range corners {
			lon += corner[0] / float64(len(corners))
			lat += corner[1] / float64(len(corners))
		}
		return lat, lon, nil
	}
	return 0, 0, fmt.Errorf("no grid %s with an outline in the town", code)
}
