package api

import (
	"slices"
	"testing"

	"dalaba/broadcaster/internal/access"
)

// school is what somebody sends who wants a quiet place, changed as change says.
func school(change map[string]any) map[string]any {
	body := map[string]any{
		"grid": shangxi, "name": "九江中学", "lat": 22.805, "lon": 113.005, "radius_m": 300, "from": "08:00", "to": "12:00",
		"first_day": "2031-06-07", "last_day": "2031-06-09",
	}
	for k, v := range change {
		body[k] = v
	}
	return body
}

func TestAQuietPlaceTellsWhomItSilencesAndOfWhomThatIsNotKnown(t *testing.T) {
	w := newTown(t)
	w.horn("校门", laoling, 22.8051, 113.0051)
	w.horn("村口", laoling, 22.9, 113.0)
	w.horn("没标", xianfeng)
	w.horn("别村", longhui, 22.8051, 113.0051)
	chen := w.signIn("chen")
	var reached reachedShape
	chen.must("POST", "/api/quiet-places/check", school(nil), &reached)
	if !slices.Equal(reached.Silenced, []string{"校门"}) || !slices.Equal(reached.Unplaced, []string{"没标"}) ||
		!slices.Equal(reached.Beyond, []beyondShape{{Name: "别村", GridName: "下西村 / 龙廻社"}}) {
		t.Errorf("would reach %+v", reached)
	}
	var list quietPlacesShape
	chen.must("GET", "/api/quiet-places", nil, &list)
	if len(list.Places) != 0 {
		t.Errorf("asking made %+v", list.Places)
	}
	var saved savedPlaceShape
	chen.must("POST", "/api/quiet-places", school(nil), &saved)
	if !slices.Equal(saved.Reached.Silenced, []string{"校门"}) || saved.Place.FirstDay != "2031-06-07" || saved.Place.GridName != "上西村" {
		t.Errorf("saved %+v", saved)
	}
}

func TestAQuietPlaceIsWidenedByOfficialsAndEndedByAdministrators(t *testing.T) {
	w := newTown(t)
	chen, long, admin := w.signIn("chen"), w.signIn("long"), w.signIn("admin")
	var town savedPlaceShape
	admin.must("POST", "/api/quiet-places", school(nil), &town)
	path := "/api/quiet-places/" + town.Place.ID
	refusals := []struct {
		name   string
		who    *visitor
		method string
		path   string
		in     any
		status int
		code   string
	}{
		{"made beside", long, "POST", "/api/quiet-places", school(nil), 403, "not_allowed"},
		{"made above", chen, "POST", "/api/quiet-places", school(map[string]any{"grid": townCode}), 403, "not_allowed"},
		{"looked up beside", long, "POST", "/api/quiet-places/check", school(nil), 403, "not_allowed"},
		{"changed beside", long, "PUT", path, school(nil), 403, "not_allowed"},
		{"removed by an official", chen, "DELETE", path, nil, 403, "not_allowed"},
		{"made smaller", chen, "PUT", path, school(map[string]any{"radius_m": 1}), 403, "quiet_place_lessened"},
		{"moved away", chen, "PUT", path, school(map[string]any{"lon": 110.0}), 403, "quiet_place_lessened"},
		{"for fewer hours", chen, "PUT", path, school(map[string]any{"to": "09:00"}), 403, "quiet_place_lessened"},
		{"for fewer days", chen, "PUT", path, school(map[string]any{"last_day": "2031-06-08"}), 403, "quiet_place_lessened"},
		{"given to another grid", admin, "PUT", path, school(map[string]any{"grid": xiaxi}), 422, "grid_stays"},
		{"one that is not", admin, "DELETE", "/api/quiet-places/none", nil, 404, "quiet_place_unknown"},
	}
	for _, r := range refusals {
		t.Run(r.name, func(t *testing.T) {
			if status, code := r.who.refused(r.method, r.path, r.in); status != r.status || code != r.code {
				t.Errorf("%d %s", status, code)
			}
		})
	}
	chen.must("PUT", path, school(map[string]any{"radius_m": 500, "from": "07:30", "last_day": ""}), nil)
	var list quietPlacesShape
	chen.must("GET", "/api/quiet-places", nil, &list)
	if len(list.Places) != 1 || list.Places[0].RadiusM != 500 || !list.Places[0].MayEdit || list.Places[0].MayRemove {
		t.Errorf("chen sees %+v", list.Places)
	}
	admin.must("PUT", path, school(map[string]any{"radius_m": 50}), nil)
	admin.must("DELETE", path, nil, nil)
}

func TestTwoPeopleOfOneNameAreTwo(t *testing.T) {
	w := newTown(t)
	w.person("wang", "王", access.RoleAdministrator, townCode)
	w.person("wang2", "王", access.RoleOfficial, shangxi)
	var saved savedPlaceShape
	w.signIn("wang").must("POST", "/api/quiet-places", school(nil), &saved)
	namesake, path := w.signIn("wang2"), "/api/quiet-places/"+saved.Place.ID
	if status, code := namesake.refused("PUT", path, school(map[string]any{"lon": 110.0})); status != 403 || code != "quiet_place_lessened" {
		t.Errorf("moved: %d %s", status, code)
	}
	if status, code := namesake.refused("DELETE", path, nil); status != 403 || code != "not_allowed" {
		t.Errorf("removed: %d %s", status, code)
	}
}

func TestASlipIsTakenBackByWhoMadeIt(t *testing.T) {
	w := newTown(t)
	chen := w.signIn("chen")
	var saved savedPlaceShape
	chen.must("POST", "/api/quiet-places", school(nil), &saved)
	if !saved.Place.MayRemove {
		t.Error("he is not told that he may")
	}
	chen.must("PUT", "/api/quiet-places/"+saved.Place.ID, school(map[string]any{"radius_m": 30}), nil)
	chen.must("DELETE", "/api/quiet-places/"+saved.Place.ID, nil, nil)
}

func TestAQuietPlaceThatCannotBeIsRefusedInWords(t *testing.T) {
	chen := newTown(t).signIn("chen")
	tests := []struct {
		name string
		in   map[string]any
		want string // the code
	}{
		{"no name", school(map[string]any{"name": ""}), "text_missing"},
		{"no time of day", school(map[string]any{"from": "8点"}), "time_of_day"},
		{"no day", school(map[string]any{"first_day": "2031-02-30"}), "day_unreadable"},
		{"days that run backwards", school(map[string]any{"last_day": "2031-06-01"}), "quiet_ends_before_it_begins"},
		{"days that are over", school(map[string]any{"first_day": "2021-06-07", "last_day": "2021-06-09"}), "quiet_place_over"},
		{"off the Earth", school(map[string]any{"lat": 113.0}), "position_out_of_range"},
		{"the whole county", school(map[string]any{"radius_m": 50_000}), "radius_out_of_range"},
		{"no hours", school(map[string]any{"to": "08:00"}), "quiet_span_impossible"},
		{"no such grid", school(map[string]any{"grid": shangxi + "999"}), "grid_unknown"},
	}
	for _, test := range tests {
		for _, path := range []string{"/api/quiet-places", "/api/quiet-places/check"} {
			t.Run(test.name+" "+path, func(t *testing.T) {
				if status, code := chen.refused("POST", path, test.in); status != 422 || code != test.want {
					t.Errorf("%d %s, want %s", status, code, test.want)
				}
			})
		}
	}
}
