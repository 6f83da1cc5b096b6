package api

import "testing"

func TestAnOfficialLengthensQuietInHisVillageAndOnlyAnAdministratorEndsIt(t *testing.T) {
	w := newTown(t)
	chen, long := w.signIn("chen"), w.signIn("long")
	rule := map[string]any{"grid": shangxi, "from": "12:00", "to": "14:00", "note": "午休"}
	var made quietShape
	chen.must("POST", "/api/quiet", rule, &made)
	if status, code := long.refused("POST", "/api/quiet", rule); status != 403 || code != "not_allowed" {
		t.Errorf("another's official: %d %s", status, code)
	}
	if status, _ := chen.refused("DELETE", "/api/quiet/"+made.ID, nil); status != 403 {
		t.Errorf("an official ends quiet: %d", status)
	}
	w.signIn("admin").must("DELETE", "/api/quiet/"+made.ID, nil, nil)
}

func TestQuietFromAboveIsShownAndThatOfOthersIsNot(t *testing.T) {
	w := newTown(t)
	w.signIn("chen").must("POST", "/api/quiet", map[string]any{"grid": laoling, "from": "12:00", "to": "14:00", "note": ""}, nil)
	for name, want := range map[string]int{"admin": 2, "chen": 2, "long": 1} {
		var list quietListShape
		w.signIn(name).must("GET", "/api/quiet", nil, &list)
		if len(list.Quiet) != want {
			t.Errorf("%s sees %d rules, want %d", name, len(list.Quiet), want)
		}
	}
}
