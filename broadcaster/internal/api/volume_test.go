package api

import "testing"

func TestVolumeIsSaidWhereOneHolds(t *testing.T) {
	w := newTown(t)
	chen, long, admin := w.signIn("chen"), w.signIn("long"), w.signIn("admin")
	rule := func(grid string, percent, floor, most int) map[string]any {
		return map[string]any{"grid": grid, "from": "06:00", "to": "08:00", "percent": percent, "floor": floor, "cap": most}
	}
	var town, made volumeRuleShape
	admin.must("POST", "/api/volume", rule(townCode, 60, 30, 70), &town)
	chen.must("POST", "/api/volume", rule(shangxi, 50, 0, 0), &made)
	if made.Cap != 50 {
		t.Errorf("without a cap it is kept with %d", made.Cap)
	}
	if made.GridName != "上西村" || !made.MayEdit || made.By != "陈社长" {
		t.Errorf("made %+v", made)
	}
	refusals := []struct {
		name   string
		who    *visitor
		method string
		path   string
		in     any
		status int
		code   string
	}{
		{"made beside", long, "POST", "/api/volume", rule(shangxi, 50, 0, 0), 403, "not_allowed"},
		{"the town's changed", chen, "PUT", "/api/volume/" + town.ID, rule(townCode, 100, 0, 0), 403, "not_allowed"},
		{"the town's removed", chen, "DELETE", "/api/volume/" + town.ID, nil, 403, "not_allowed"},
		{"changed beside", long, "PUT", "/api/volume/" + made.ID, rule(shangxi, 40, 0, 0), 403, "not_allowed"},
		{"given to another grid", chen, "PUT", "/api/volume/" + made.ID, rule(laoling, 40, 0, 0), 422, "grid_stays"},
		{"over its own cap", chen, "POST", "/api/volume", rule(shangxi, 80, 0, 70), 422, "volume_range"},
		{"louder than loud", chen, "POST", "/api/volume", rule(shangxi, 101, 0, 0), 422, "request_shape"},
		{"one that is not", chen, "DELETE", "/api/volume/none", nil, 404, "volume_unknown"},
	}
	for _, r := range refusals {
		t.Run(r.name, func(t *testing.T) {
			if status, code := r.who.refused(r.method, r.path, r.in); status != r.status || code != r.code {
				t.Errorf("%d %s", status, code)
			}
		})
	}
	chen.must("PUT", "/api/volume/"+made.ID, rule(shangxi, 40, 0, 0), nil)
	for _, want := range []struct {
		who   *visitor
		rules int
	}{{admin, 2}, {chen, 2}, {long, 1}} {
		var list volumeListShape
		want.who.must("GET", "/api/volume", nil, &list)
		if len(list.Volume) != want.rules {
			t.Errorf("sees %+v, want %d rules", list.Volume, want.rules)
		}
	}
	chen.must("DELETE", "/api/volume/"+made.ID, nil, nil)
}
