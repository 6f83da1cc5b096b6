package complaints

import (
	"context"
	"encoding/json"
	"fmt"
	"math"

	"dalaba/broadcaster/internal/store"
	"dalaba/playlists/grid"
)

// beside is how far outside of its grid's outline a complaint's point may lie, in metres: outlines are drawn roughly, and
// people stand at the edge. Farther away it would tell of places that are not the official's to look at.
const beside = 500

// checkWithin refuses a point that lies too far from the grid of c: from its outline, or, where it has none, from that of
// the nearest grid above it that has one.
func (c *Complaints) checkWithin(ctx context.Context, tx *store.Tx, made *Complaint) error {
	if made.Lat == nil || made.Lon == nil {
		return nil
	}
	path := grid.Path(made.Grid)
	for i := len(path) - 1; i >= 0; i-- {
		if known, err := c.land.Has(ctx, tx, path[i]); err != nil || !known {
			return err
		}
		outline, err := c.land.Outline(ctx, tx, path[i])
		if err != nil {
			return fmt.Errorf("read outline of %s: %w", path[i], err)
		}
		if outline == nil {
			continue
		}
		far, err := made.metresOutside(outline)
		if err != nil {
			return fmt.Errorf("read outline of %s: %w", path[i], err)
		}
		if far > beside {
			return invalid("complaint_point_elsewhere", "lat", map[string]any{"place": made.GridPath})
		}
		return nil
	}
	return nil
}

// metresOutside returns how far the point of c lies outside of what outline encloses, 0 inside, in metres. Outline is
// GeoJSON in WGS-84: a polygon or several, or points, which enclose nothing.
func (c *Complaint) metresOutside(outline json.RawMessage) (float64, error) {
	var shape struct {
		Type        string
		Coordinates json.RawMessage
	}
	if err := json.Unmarshal(outline, &shape); err != nil {
		return 0, err
	}
	var polygons [][][]corner
	read := any(&polygons)
	switch shape.Type {
	case "Polygon":
		polygons = make([][][]corner, 1)
		read = &polygons[0]
	case "MultiPoint":
		polygons = [][][]corner{make([][]corner, 1)}
		read = &polygons[0][0]
	case "Point":
		polygons = [][][]corner{{make([]corner, 1)}}
		read = &polygons[0][0][0]
	}
	if err := json.Unmarshal(shape.Coordinates, read); err != nil {
		return 0, err
	}
	least := math.Inf(1)
	for _, rings := range polygons {
		inside := false
		for _, ring := range rings {
			far, crossed := c.look(ring, shape.Type == "MultiPoint")
			least, inside = min(least, far), inside != crossed
		}
		if inside {
			return 0, nil
		}
	}
	return least, nil
}

// corner is a longitude and a latitude in degrees, and maybe a height.
type corner []float64

// look returns how far the point of c is from a line of corners, or from the nearest of them where they stand apart, in a
// plane centred on the point; and whether a ray from it to the east crosses the line an odd number of times.
func (c *Complaint) look(line []corner, apart bool) (metres float64, crossed bool) {
	metres = math.Inf(1)
	var fromX, fromY float64
	for i, at := range line {
		if len(at) < 2 {
			continue
		}
		x, y := grid.Offset(*c.Lat, *c.Lon, at[1], at[0])
		if i == 0 || apart {
			fromX, fromY = x, y
		}
		dx, dy := x-fromX, y-fromY
		along := 0.0
		if length := dx*dx + dy*dy; length > 0 {
			along = min(max(-(fromX*dx+fromY*dy)/length, 0), 1)
		}
		metres = min(metres, math.Hypot(fromX+along*dx, fromY+along*dy))
		if (fromY > 0) != (y > 0) && fromX-fromY*dx/dy > 0 {
			crossed = !crossed
		}
		fromX, fromY = x, y
	}
	return metres, crossed
}
