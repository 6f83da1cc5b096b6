package api

import (
	"net/url"
	"slices"
	"testing"
)

func TestListsOfDaysAreTheTownsAndEverybodySeesThem(t *testing.T) {
	w := newTown(t)
	chen, admin := w.signIn("chen"), w.signIn("admin")
	days := func(days ...string) map[string]any { return map[string]any{"days": append([]string{}, days...)} }
	path := "/api/holidays/" + url.PathEscape("国庆 10/1")
	if status, code := chen.refused("PUT", "/api/holidays/x", days("2031-10-01")); status != 403 || code != "not_allowed" {
		t.Errorf("an official: %d %s", status, code)
	}
	var saved holidaysShape
	admin.must("PUT", path, days("2031-10-02", "2031-10-01", "2031-10-02"), &saved)
	if saved.Name != "国庆 10/1" || !slices.Equal(saved.Days, []string{"2031-10-01", "2031-10-02"}) || saved.By != "管理员" {
		t.Errorf("saved %+v", saved)
	}
	var list holidaysListShape
	chen.must("GET", "/api/holidays", nil, &list)
	if len(list.Holidays) != 1 || list.Holidays[0].MayEdit {
		t.Errorf("chen sees %+v", list.Holidays)
	}
	for name, test := range map[string]struct {
		in   any
		want string // the code
	}{
		"no such day": {days("2031-02-29"), "day_unreadable"},
		"no day":      {days(), "holidays_empty"},
		"long ago":    {days("0031-02-01"), "moment_out_of_range"},
	} {
		if status, code := admin.refused("PUT", "/api/holidays/x", test.in); status != 422 || code != test.want {
			t.Errorf("%s: %d %s", name, status, code)
		}
	}
	if status, _ := chen.refused("DELETE", path, nil); status != 403 {
		t.Errorf("an official removes: %d", status)
	}
	admin.must("DELETE", path, nil, nil)
	if status, code := admin.refused("DELETE", path, nil); status != 404 || code != "holidays_unknown" {
		t.Errorf("removed twice: %d %s", status, code)
	}
}
