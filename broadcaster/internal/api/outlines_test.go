package api

import (
	"encoding/json"
	"testing"
)

func TestAMapShowsWhatOneMaySee(t *testing.T) {
	w := newTown(t)
	chen := w.signIn("chen")
	var seen outlinesShape
	chen.must("GET", "/api/grids/outlines", nil, &seen)
	var names []string
	for _, o := range seen.Outlines {
		names = append(names, o.Name)
		var shape struct{ Type string }
		if err := json.Unmarshal(o.Geometry, &shape); err != nil || shape.Type == "" {
			t.Errorf("%s lies in %s (%v)", o.Name, o.Geometry, err)
		}
	}
	if len(names) != 5 || names[0] != "上西村" || seen.Outlines[0].Level != 1 {
		t.Errorf("sees %v", names)
	}
	chen.must("GET", "/api/grids/outlines?grid="+laoling, nil, &seen)
	if len(seen.Outlines) != 2 {
		t.Errorf("at 老龄社: %d", len(seen.Outlines))
	}
	for _, code := range []string{xiaxi, townCode, "4"} {
		if status, _ := chen.refused("GET", "/api/grids/outlines?grid="+code, nil); status != 403 {
			t.Errorf("%s: %d", code, status)
		}
	}
}
