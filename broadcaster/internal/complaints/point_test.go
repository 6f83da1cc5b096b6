package complaints

import (
	"encoding/json"
	"testing"

	"dalaba/playlists"
)

// square is a village of about a kilometre with a pond in its middle.
const square = `{"type":"Polygon","coordinates":[
	[[113,22.8],[113.01,22.8],[113.01,22.81],[113,22.81],[113,22.8]],
	[[113.004,22.804],[113.006,22.804],[113.006,22.806],[113.004,22.806],[113.004,22.804]]]}`

func TestThePointOfAComplaintLiesInItsGridOrCloseBy(t *testing.T) {
	const (
		points = `{"type":"MultiPoint","coordinates":[[113,22.8],[113.02,22.8]]}`
		two    = `{"type":"MultiPolygon","coordinates":[[[[112,22],[112.01,22],[112.01,22.01],[112,22]]],
			[[[113,22.8],[113.01,22.8],[113.01,22.81],[113,22.81],[113,22.8]]]]}`
	)
	for _, test := range []struct {
		name     string
		outlines map[playlists.GridCode]string
		lat, lon float64
		want     string // the code, or "" for a good point
	}{
		{"inside", map[playlists.GridCode]string{laoling: square}, 22.802, 113.002, ""},
		{"in the pond", map[playlists.GridCode]string{laoling: square}, 22.805, 113.005, ""},
		{"400 m south", map[playlists.GridCode]string{laoling: square}, 22.7964, 113.005, ""},
		{"600 m south", map[playlists.GridCode]string{laoling: square}, 22.7946, 113.005, "complaint_point_elsewhere"},
		{"600 m off a corner", map[playlists.GridCode]string{laoling: square}, 22.814, 113.0142, "complaint_point_elsewhere"},
		{"another village", map[playlists.GridCode]string{laoling: square}, 22.8, 113.1, "complaint_point_elsewhere"},
		{"beside one of its points", map[playlists.GridCode]string{laoling: points}, 22.8, 113.0201, ""},
		{"between its points", map[playlists.GridCode]string{laoling: points}, 22.8, 113.01, "complaint_point_elsewhere"},
		{"in one of two parts", map[playlists.GridCode]string{laoling: two}, 22.805, 113.005, ""},
		{"only the village is drawn", map[playlists.GridCode]string{shangxi: square}, 22.8, 113.1, "complaint_point_elsewhere"},
		{"only another village is drawn", map[playlists.GridCode]string{rulin: square}, 22.8, 113.1, ""},
		{"nothing is drawn", nil, 22.8, 113.1, ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			d := newDesk(t)
			d.outlines = test.outlines
			_, err := d.Make(t.Context(), Complaint{Grid: laoling, At: at(6, 32, 0), Words: "吵", Lat: &test.lat, Lon: &test.lon})
			if test.want == "" {
				d.must(err)
			} else {
				d.refused(err, test.want, "lat")
			}
		})
	}
}

func TestHowFarOutsideIsMeasuredInMetres(t *testing.T) {
	lat, lon := 22.8, 112.99
	c := Complaint{Lat: &lat, Lon: &lon}
	far, err := c.metresOutside(json.RawMessage(square))
	if err != nil || far < 1020 || far > 1030 { // 0.01° × cos 22.8° are 1025 m
		t.Errorf("%.1f m, %v", far, err)
	}
	for _, broken := range []string{`{`, `{"type":"Polygon","coordinates":1}`, `{"type":"Polygon","coordinates":[[[1],[]]]}`} {
		if far, err := c.metresOutside(json.RawMessage(broken)); err == nil && far < 500 {
			t.Errorf("%s: %v", broken, far)
		}
	}
}
