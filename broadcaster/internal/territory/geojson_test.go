package territory

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/google/go-cmp/cmp"

	"dalaba/playlists"
	"dalaba/playlists/grid"
)

const (
	square = `{"type":"Polygon","coordinates":[[[113,22.8],[113.1,22.8],[113.1,22.9],[113,22.8]]]}`
	points = `{"type":"MultiPoint","coordinates":[[113.01,22.81],[113.02,22.82]]}`
)

// row is a feature in which a test changes what it is about. Each field is JSON; "" leaves the member out.
type row struct{ code, name, households, geometry string }

func (r row) String() string {
	var members []string
	for _, m := range []struct{ name, value string }{{"code", r.code}, {"name", r.name}, {"households", r.households}} {
		if m.value != "" {
			members = append(members, fmt.Sprintf("%q:%s", m.name, m.value))
		}
	}
	feature := `{"type":"Feature","properties":{` + strings.Join(members, ",") + `}`
	if r.geometry != "" {
		feature += `,"geometry":` + r.geometry
	}
	return feature + "}"
}

// townRows is a town with two villages, two societies in the first one, and three groups.
func townRows() []row {
	return []row{
		{`"440605124001001001"`, `"一组"`, "20", points},
		{`"440605124001001002"`, `"二组"`, "22", points},
		{`"440605124001002001"`, `"一组"`, "8", points},
		{`"440605124"`, `"九江镇"`, "50", "null"},
		{`"440605124001"`, `"上西村"`, "", square},
		{`"440605124001001"`, `"老龄社"`, "42", square},
		{`"440605124001002"`, `"先锋社"`, "", square},
		{`"440605124002"`, `"儒林社区"`, "0", square},
	}
}

func collectionOf(rows []row) string {
	features := make([]string, len(rows))
	for i, r := range rows {
		features[i] = r.String()
	}
	return `{"type":"FeatureCollection","datum":"WGS-84","features":[` + strings.Join(features, ",\n") + `]}`
}

func smallTown() string { return collectionOf(townRows()) }

func read(t testing.TB, text string) *Tree {
	t.Helper()
	tree, err := ReadTree(strings.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	return tree
}

func TestATreeIsReadInAnyOrderAndAddsUp(t *testing.T) {
	tree := read(t, "\xef\xbb\xbf"+smallTown())
	if tree.Grids() != 8 || tree.Households() != 50 || tree.Root() != "440605124" {
		t.Errorf("grids %d, households %d, root %s", tree.Grids(), tree.Households(), tree.Root())
	}
	got := make(map[playlists.GridCode]int64)
	for _, p := range tree.plots {
		got[p.Code] = p.Households
	}
	want := map[playlists.GridCode]int64{
		"440605124": 50, "440605124001": 50, "440605124001001": 42, "440605124001001001": 20, "440605124001001002": 22,
		"440605124001002": 8, "440605124001002001": 8, "440605124002": 0,
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

// change returns the town with one row changed.
func change(i int, f func(*row)) string {
	rows := townRows()
	f(&rows[i])
	return collectionOf(rows)
}

// wrong is a file and what is wrong with it: "code field" of each mistake.
type wrong struct {
	name, in string
	want     []string
}

func (w wrong) check(t *testing.T) {
	_, err := ReadTree(strings.NewReader(w.in))
	var mistakes *Mistakes
	if code(err) != "grids_bad" || !errors.As(err, &mistakes) || mistakes.Count != len(mistakes.Found) {
		t.Fatalf("got %v", err)
	}
	var got []string
	for _, p := range mistakes.Found {
		got = append(got, p.Code+" "+p.Field)
	}
	if diff := cmp.Diff(w.want, got); diff != "" {
		t.Error(diff)
	}
}

func TestEachMistakeHasItsWord(t *testing.T) {
	for _, test := range []wrong{
		{"code twice", change(1, func(r *row) { r.code = `"440605124001001001"` }), []string{
			"grid_code_twice features[1].properties.code", "grid_households_differ features[3].properties.households",
			"grid_households_differ features[5].properties.households",
		}},
		{"code of 10 digits", change(7, func(r *row) { r.code = `"4406051240"` }), []string{"grid_code_bad features[7].properties.code"}},
		{"code of letters", change(7, func(r *row) { r.code = `"44060512400x"` }), []string{"grid_code_bad features[7].properties.code"}},
		{"code is a number", change(7, func(r *row) { r.code = `440605124002` }), []string{"grid_member_bad features[7].properties.code"}},
		{"no parent", change(7, func(r *row) { r.code = `"440605124003001"` }), []string{"grid_parent_missing features[7].properties.code"}},
		{"no name", change(7, func(r *row) { r.name = `" "` }), []string{"grid_name_missing features[7].properties.name"}},
		{"name of GBK bytes", change(7, func(r *row) { r.name = "\"\xc8\xe5\xc1\xd6\"" }), []string{"grid_name_bad features[7].properties.name"}},
		{"name too long", change(7, func(r *row) { r.name = `"` + strings.Repeat("长", 61) + `"` }), []string{"grid_name_bad features[7].properties.name"}},
		{"households below zero", change(0, func(r *row) { r.households = "-1" }), []string{"grid_households_bad features[0].properties.households"}},
		{"half a household", change(0, func(r *row) { r.households = "0.5" }), []string{"grid_households_bad features[0].properties.households"}},
		{"households of a group missing", change(0, func(r *row) { r.households = "" }), []string{"grid_households_missing features[0].properties.households"}},
		{"households differ", change(5, func(r *row) { r.households = "43" }), []string{"grid_households_differ features[5].properties.households"}},
		{"two towns", change(7, func(r *row) { r.code = `"440605125"` }), []string{"grid_second_town features[7].properties.code"}},
		{"feature is a number", strings.Replace(smallTown(), `"features":[`, `"features":[7,`, 1), []string{"grid_not_a_feature features[0]"}},
		{"feature of another type", strings.Replace(smallTown(), `"features":[`, `"features":[{},`, 1), []string{"grid_not_a_feature features[0].type"}},
		{"no town", collectionOf(townRows()[7:]), []string{"grid_parent_missing features[0].properties.code", "grid_town_missing "}},
		{"no grids", collectionOf(nil), []string{"grids_none features"}},
		{"no features", `{"type":"FeatureCollection","datum":"WGS-84"}`, []string{"grids_none features"}},
		{"no collection", strings.Replace(smallTown(), "FeatureCollection", "Topology", 1), []string{"grids_not_a_collection type"}},
		{"no datum", strings.Replace(smallTown(), "datum", "crs", 1), []string{"grids_datum_missing datum"}},
		{"another datum", strings.Replace(smallTown(), "WGS-84", "GCJ-02", 1), []string{"grids_datum_other datum"}},
		{"several at once", change(0, func(r *row) { r.name, r.households, r.geometry = "", "-1", square }), []string{
			"grid_name_missing features[0].properties.name", "grid_households_bad features[0].properties.households",
			"grid_outline_kind features[0].geometry",
		}},
	} {
		t.Run(test.name, test.check)
	}
}

func TestEachMistakeOfAnOutlineHasItsWord(t *testing.T) {
	geometry := func(i int, text string) string { return change(i, func(r *row) { r.geometry = text }) }
	for _, test := range []wrong{
		{"no outline", geometry(4, ""), []string{"grid_outline_missing features[4].geometry"}},
		{"a group with a polygon", geometry(0, square), []string{"grid_outline_kind features[0].geometry"}},
		{"a village of points", geometry(4, points), []string{"grid_outline_kind features[4].geometry"}},
		{"a village of a line", geometry(4, `{"type":"LineString","coordinates":[[113,22],[114,22]]}`), []string{"grid_outline_kind features[4].geometry"}},
		{"geometry is a text", geometry(4, `"here"`), []string{"grid_outline_bad features[4].geometry"}},
		{"too shallow", geometry(4, `{"type":"Polygon","coordinates":[[113,22],[114,22],[114,23],[113,22]]}`), []string{"grid_outline_bad features[4].geometry"}},
		{"too deep", geometry(0, `{"type":"MultiPoint","coordinates":[[[113,22]]]}`), []string{"grid_outline_bad features[0].geometry"}},
		{"one number", geometry(0, `{"type":"Point","coordinates":[113]}`), []string{"grid_outline_bad features[0].geometry"}},
		{"four numbers", geometry(0, `{"type":"Point","coordinates":[113,22,1,1]}`), []string{"grid_outline_bad features[0].geometry"}},
		{"null in a point", geometry(0, `{"type":"Point","coordinates":[113,null]}`), []string{"grid_outline_bad features[0].geometry"}},
		{"coordinates null", geometry(0, `{"type":"Point","coordinates":null}`), []string{"grid_outline_bad features[0].geometry"}},
		{"beyond any number", geometry(0, `{"type":"Point","coordinates":[1e999,22]}`), []string{"grid_outline_bad features[0].geometry"}},
		{"latitude first", geometry(0, `{"type":"Point","coordinates":[22,113]}`), []string{"grid_outline_range features[0].geometry"}},
		{"ring open", geometry(4, `{"type":"Polygon","coordinates":[[[113,22],[114,22],[114,23],[113,23]]]}`), []string{"grid_outline_open features[4].geometry"}},
		{"ring of two corners", geometry(4, `{"type":"Polygon","coordinates":[[[113,22],[114,22],[113,22]]]}`), []string{"grid_outline_open features[4].geometry"}},
		{"no points", geometry(4, `{"type":"MultiPolygon","coordinates":[]}`), []string{"grid_outline_empty features[4].geometry"}},
	} {
		t.Run(test.name, test.check)
	}
}

func TestWhatIsNoGeoJSONIsRefusedInOneWord(t *testing.T) {
	for _, in := range []string{
		"", "code,name\n1,2", "[]", "5", `{"type":`, `{"features":{}}`, `{"features":[`, smallTown()[:300], smallTown() + "x", "\x00",
		`{"features":[{"geometry":` + strings.Repeat("[", 20_000),
	} {
		if _, err := ReadTree(strings.NewReader(in)); code(err) != "grids_not_geojson" {
			t.Errorf("%.40q: %v", in, err)
		}
	}
}

func TestMistakesAreCountedButOnlyTheFirstAreDescribed(t *testing.T) {
	rows := make([]row, 80)
	_, err := ReadTree(strings.NewReader(collectionOf(rows)))
	var mistakes *Mistakes
	if !errors.As(err, &mistakes) || len(mistakes.Found) != MaxMistakes || mistakes.Count != 160 {
		t.Fatalf("got %v", err)
	}
	if got := playlists.ProblemOf(err).Args["count"]; got != 160 {
		t.Errorf("count is %v", got)
	}
}

func TestAReadersOwnErrorIsNotTheFilesFault(t *testing.T) {
	broken := errors.New("line cut")
	_, err := ReadTree(io.MultiReader(strings.NewReader(smallTown()[:200]), iotest.ErrReader(broken)))
	if !errors.Is(err, broken) || playlists.ProblemOf(err) != nil {
		t.Errorf("got %v", err)
	}
}

// spring makes an endless file: a head, and then one text again and again.
type spring struct{ head, text string }

func (s *spring) Read(p []byte) (int, error) {
	if s.head == "" {
		s.head = s.text
	}
	n := copy(p, s.head)
	s.head = s.head[n:]
	return n, nil
}

func TestAFileBeyondABoundIsRefused(t *testing.T) {
	most := bounds{file: 1 << 20, grids: 1000, points: 10_000}
	feature := townRows()[0].String() + ","
	for _, test := range []struct {
		name string
		in   io.Reader
		want string
	}{
		{"bytes", &spring{`{"x":"`, "1"}, "grids_file_too_large"},
		{"grids", &spring{`{"features":[`, feature}, "grids_too_many"},
		{"points", strings.NewReader(collectionOf([]row{{
			`"440605124001001001"`, `"一组"`, "1",
			`{"type":"MultiPoint","coordinates":[` + strings.Repeat("[1,1],", most.points) + "[1,1]]}",
		}})), "grids_too_many_points"},
	} {
		t.Run(test.name, func(t *testing.T) {
			if _, err := readTree(test.in, most); code(err) != test.want {
				t.Errorf("got %v, want %s", err, test.want)
			}
		})
	}
}

func TestAnOutlineIsKeptWithoutWhatNobodyAskedFor(t *testing.T) {
	geometry, n, err := readOutline(json.RawMessage(`{"x": 1, "coordinates": [ [1, 2, 9] , [3, 4] ], "type": "MultiPoint"}`), grid.LevelGroup, 10)
	if want := `{"type":"MultiPoint","coordinates":[[1,2,9],[3,4]]}`; err != nil || n != 2 || geometry != want {
		t.Errorf("got %s with %d points, %v", geometry, n, err)
	}
}

func FuzzReadTree(f *testing.F) {
	f.Add([]byte(smallTown()))
	f.Add([]byte(strings.Replace(smallTown(), "WGS-84", "BD-09", 1)))
	f.Add([]byte(`{"features":[{"type":"Feature","properties":null,"geometry":{"type":"Polygon","coordinates":[[]]}}]}`))
	f.Add([]byte(`{"features":[{"properties":{"code":1}},7,null]}`))
	f.Fuzz(func(t *testing.T, file []byte) {
		tree, err := ReadTree(strings.NewReader(string(file)))
		if err != nil {
			if p := playlists.ProblemOf(err); p == nil || p.Code == "" {
				t.Fatalf("not a problem: %v", err)
			}
			return
		}
		var groups int64
		for i, p := range tree.plots {
			if grid.Check(p.Code) != nil || !grid.Contains(tree.Root(), p.Code) || p.Name == "" || p.Households < 0 {
				t.Fatalf("plot %d: %+v", i, p)
			}
			if p.geometry != "" && !json.Valid([]byte(p.geometry)) {
				t.Fatalf("geometry of %s: %s", p.Code, p.geometry)
			}
			if p.Level == grid.LevelGroup {
				groups += p.Households
			}
		}
		if groups != tree.Households() {
			t.Fatalf("groups have %d households, the town %d", groups, tree.Households())
		}
	})
}
