package territory

import (
	"bytes"
	"encoding/json"
	"errors"

	"dalaba/playlists/grid"
)

// outlineMistake is what is wrong with one geometry: the code of a Problem.
type outlineMistake string

func (m outlineMistake) Error() string { return string(m) }

// The mistakes of one geometry.
const (
	outlineUnreadable outlineMistake = "grid_outline_bad"   // no GeoJSON geometry
	outlineKind       outlineMistake = "grid_outline_kind"  // not the kind that its level asks for
	outlineRange      outlineMistake = "grid_outline_range" // outside the Earth: often latitude before longitude
	outlineOpen       outlineMistake = "grid_outline_open"  // a ring that is not closed, or has fewer than three corners
	outlineEmpty      outlineMistake = "grid_outline_empty" // no points at all
)

var errTooManyPoints = errors.New("too many points")

// readOutline checks a grid's geometry and returns it without anything that GeoJSON does not ask for, and how many
// points it has. Its memory does not grow with the points. The error is an outlineMistake or errTooManyPoints.
func readOutline(raw json.RawMessage, level, most int) (geometry string, points int, err error) {
	var shape struct {
		Type        string          `json:"type"`
		Coordinates json.RawMessage `json:"coordinates"`
	}
	if json.Unmarshal(raw, &shape) != nil || len(shape.Coordinates) == 0 {
		return "", 0, outlineUnreadable
	}
	w := walk{in: json.NewDecoder(bytes.NewReader(shape.Coordinates)), most: most}
	depth := 0
	switch shape.Type {
	case "Point":
	case "MultiPoint":
		depth = 1
	case "Polygon":
		depth, w.rings = 2, true
	case "MultiPolygon":
		depth, w.rings = 3, true
	default:
		return "", 0, outlineKind
	}
	if w.rings != (level != grid.LevelGroup) {
		return "", 0, outlineKind
	}
	if err := w.array(depth); err != nil {
		return "", 0, err
	}
	var compact bytes.Buffer
	compact.WriteString(`{"type":"` + shape.Type + `","coordinates":`)
	if json.Compact(&compact, shape.Coordinates) != nil {
		return "", 0, outlineUnreadable
	}
	compact.WriteByte('}')
	return compact.String(), w.points, nil
}

// walk goes over coordinates, number by number.
type walk struct {
	in     *json.Decoder
	most   int
	rings  bool // the points stand in closed rings
	points int
	first  [2]float64 // of the line that is being read
	last   [2]float64
}

// array reads arrays nested depth deep around points.
func (w *walk) array(depth int) error {
	if depth == 0 {
		return w.point()
	}
	if expect(w.in, json.Delim('[')) != nil {
		return outlineUnreadable
	}
	members := 0
	for ; w.in.More(); members++ {
		if err := w.array(depth - 1); err != nil {
			return err
		}
		if depth == 1 && members == 0 {
			w.first = w.last
		}
	}
	if expect(w.in, json.Delim(']')) != nil {
		return outlineUnreadable
	}
	if members == 0 {
		return outlineEmpty
	}
	if depth == 1 && w.rings && (members < 4 || w.first != w.last) {
		return outlineOpen
	}
	return nil
}

// point reads longitude and latitude in degrees, and maybe a height.
func (w *walk) point() error {
	if w.points++; w.points > w.most {
		return errTooManyPoints
	}
	if expect(w.in, json.Delim('[')) != nil {
		return outlineUnreadable
	}
	n := 0
	for ; w.in.More(); n++ {
		token, err := w.in.Token()
		number, ok := token.(float64)
		if err != nil || !ok || n > 2 {
			return outlineUnreadable
		}
		if n < 2 {
			w.last[n] = number
		}
	}
	if expect(w.in, json.Delim(']')) != nil || n < 2 {
		return outlineUnreadable
	}
	if w.last[0] < -180 || w.last[0] > 180 || w.last[1] < -90 || w.last[1] > 90 {
		return outlineRange
	}
	return nil
}
