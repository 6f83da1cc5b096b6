package api

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestTheDailyLimitsAreTheTownsAndEverybodySeesThem(t *testing.T) {
	w := newTown(t)
	chen, admin := w.signIn("chen"), w.signIn("admin")
	limits := map[string]any{"minutes": 90, "plays": 8}
	if status, code := chen.refused("PUT", "/api/limits", limits); status != 403 || code != "not_allowed" {
		t.Errorf("an official: %d %s", status, code)
	}
	admin.must("PUT", "/api/limits", limits, nil)
	want := limitsShape{Minutes: 90, Plays: 8, OfferedMinutes: 60, OfferedPlays: 6}
	for who, mayEdit := range map[*visitor]bool{chen: false, admin: true} {
		var seen limitsShape
		who.must("GET", "/api/limits", nil, &seen)
		want.MayEdit = mayEdit
		if diff := cmp.Diff(want, seen); diff != "" {
			t.Errorf("limits (-want +got):\n%s", diff)
		}
	}
	if status, code := admin.refused("PUT", "/api/limits", map[string]any{"minutes": 60, "plays": 1200}); status != 422 || code != "limit_out_of_range" {
		t.Errorf("too many plays: %d %s", status, code)
	}
	admin.must("PUT", "/api/limits", map[string]any{"minutes": 1440, "plays": 1000}, nil)
	for _, beyond := range []map[string]any{{"minutes": 1441, "plays": 6}, {"minutes": 60, "plays": 1001}, {"minutes": 60, "plays": 5000}} {
		if status, code := admin.refused("PUT", "/api/limits", beyond); status != 422 || code != "limit_out_of_range" {
			t.Errorf("%v: %d %s", beyond, status, code)
		}
	}
	if status, code := admin.refused("PUT", "/api/limits", map[string]any{"minutes": -1, "plays": 6}); status != 422 || code != "request_shape" {
		t.Errorf("less than nothing: %d %s", status, code)
	}
}

func TestAnAdministratorOfAVillageIsNotTheTowns(t *testing.T) {
	w := newTown(t)
	w.person("qu", "区书记", "administrator", shangxi)
	qu := w.signIn("qu")
	for path, body := range map[string]any{
		"/api/limits":      map[string]any{"minutes": 90, "plays": 8},
		"/api/holidays/春节": map[string]any{"days": []string{"2031-01-23"}},
	} {
		if status, code := qu.refused("PUT", path, body); status != 403 || code != "not_allowed" {
			t.Errorf("%s: %d %s", path, status, code)
		}
	}
}
