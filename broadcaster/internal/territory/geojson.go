package territory

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"

	"dalaba/playlists"
)

// datum is the only one that is taken. GCJ-02, which Chinese map services use, is off by 500 m.
const datum = "WGS-84"

// ReadTree reads a grid tree from a GeoJSON FeatureCollection in UTF-8. Beside features it has a member "datum", which
// must be "WGS-84". Each feature is a grid: its properties are code, name, chief (optional), households (required for a
// household group; elsewhere optional, and then it must be the sum of the groups below) and invented (optional); its
// geometry is a Polygon or MultiPolygon, for a household group a Point or MultiPoint, for the town null is enough.
//
// A file that is wrong gives a Problem whose cause is a *Mistakes with all that is wrong with it. Other errors are r's.
func ReadTree(r io.Reader) (*Tree, error) {
	return readTree(r, bounds{file: MaxFile, grids: MaxGrids, points: MaxPoints})
}

// bounds are how much one file may hold: bytes, grids and points.
type bounds struct{ file, grids, points int }

func readTree(r io.Reader, most bounds) (*Tree, error) {
	in := &bounded{r: r, left: int64(most.file)}
	buffered := bufio.NewReader(in)
	if head, _ := buffered.Peek(3); bytes.Equal(head, []byte("\xef\xbb\xbf")) {
		buffered.Discard(3) // Windows programs write a byte order mark
	}
	c := collection{in: json.NewDecoder(buffered), most: most}
	err := c.readAll()
	switch {
	case errors.Is(err, errTooLarge):
		return nil, tooLarge("grids_file_too_large", "megabytes", most.file>>20)
	case in.err != nil:
		return nil, fmt.Errorf("read grids: %w", in.err)
	case playlists.ProblemOf(err) != nil:
		return nil, err
	case err != nil:
		return nil, &playlists.Problem{Kind: playlists.Invalid, Code: "grids_not_geojson", Err: err}
	}
	c.checkWhole()
	tree := grow(c.plots, &c.found)
	if err := c.found.problem(); err != nil {
		return nil, err
	}
	return tree, nil
}

// bounded reads no more than left bytes of r, and keeps r's own error.
type bounded struct {
	r    io.Reader
	left int64
	err  error
}

var errTooLarge = errors.New("too large")

// Read returns errTooLarge when there are more bytes than are left.
func (b *bounded) Read(p []byte) (int, error) {
	n, err := b.r.Read(p[:min(int64(len(p)), b.left+1)])
	if b.left -= int64(n); b.left < 0 {
		return 0, errTooLarge
	}
	if err != nil && !errors.Is(err, io.EOF) {
		b.err = err
	}
	return n, err
}

// collection is a FeatureCollection while it is read, feature by feature.
type collection struct {
	in     *json.Decoder
	most   bounds
	kind   string
	datum  string
	listed bool // there was a member features
	read   int  // features so far
	plots  []plot
	points int
	found  Mistakes
}

// readAll returns an error where the file is no GeoJSON, and notes everything that is wrong with what it says.
func (c *collection) readAll() error {
	if err := expect(c.in, json.Delim('{')); err != nil {
		return err
	}
	for c.in.More() {
		name, err := c.in.Token()
		if err != nil {
			return err
		}
		switch name {
		case "type":
			err = decode(c.in, &c.kind)
		case "datum":
			err = decode(c.in, &c.datum)
		case "features":
			err = c.readFeatures()
		default:
			var ignored json.RawMessage
			err = c.in.Decode(&ignored)
		}
		if err != nil {
			return fmt.Errorf("%v: %w", name, err)
		}
	}
	if err := expect(c.in, json.Delim('}')); err != nil {
		return err
	}
	if _, err := c.in.Token(); err != io.EOF {
		return errors.Join(errors.New("more follows"), err)
	}
	return nil
}

// checkWhole notes what is wrong with the file's own members.
func (c *collection) checkWhole() {
	switch {
	case c.kind != "FeatureCollection":
		c.found.add(-1, "type", "grids_not_a_collection", nil)
	case !c.listed || len(c.plots) == 0 && c.found.Count == 0:
		c.found.add(-1, "features", "grids_none", nil)
	}
	switch c.datum {
	case datum:
	case "":
		c.found.add(-1, "datum", "grids_datum_missing", nil)
	default:
		c.found.add(-1, "datum", "grids_datum_other", args{"datum": shorten(c.datum)})
	}
}

func (c *collection) readFeatures() error {
	c.listed = true
	if err := expect(c.in, json.Delim('[')); err != nil {
		return err
	}
	for ; c.in.More(); c.read++ {
		if c.read == c.most.grids {
			return tooLarge("grids_too_many", "most", c.most.grids)
		}
		var f feature
		err := c.in.Decode(&f)
		if wrong := (*json.UnmarshalTypeError)(nil); errors.As(err, &wrong) {
			c.plantBad(&f, wrong.Field)
			continue
		}
		if err != nil {
			return fmt.Errorf("feature %d: %w", c.read+1, err)
		}
		if err := c.plant(&f); err != nil {
			return err
		}
	}
	return expect(c.in, json.Delim(']'))
}

// decode reads a value into v; one of another kind leaves v as it was.
func decode(in *json.Decoder, v any) error {
	err := in.Decode(v)
	if wrong := (*json.UnmarshalTypeError)(nil); errors.As(err, &wrong) {
		return nil
	}
	return err
}

func expect(in *json.Decoder, want json.Delim) error {
	got, err := in.Token()
	if err == io.EOF {
		err = io.ErrUnexpectedEOF
	}
	if err == nil && got != want {
		err = fmt.Errorf("%v in the place of %v", got, want)
	}
	return err
}

func tooLarge(code, arg string, bound int) error {
	return &playlists.Problem{Kind: playlists.TooLarge, Code: code, Args: args{arg: bound}}
}
