package api

import (
	"encoding/json"
	"slices"
	"testing"

	"dalaba/playlists"
)

func TestATerminalIsPlacedAndSharedWithTheRightAtBothEnds(t *testing.T) {
	w := newTown(t)
	w.person("qu", "区书记", "administrator", shangxi)
	qu, admin := w.signIn("qu"), w.signIn("admin")
	horn := func(change map[string]any) map[string]any {
		body := map[string]any{"name": "1号", "kind": "speaker", "grid": laoling, "dialects": []string{"yue"}, "volume": 80}
		for k, v := range change {
			body[k] = v
		}
		return body
	}
	if status, _ := qu.refused("POST", "/api/terminals", horn(map[string]any{"shared": []string{longhui}})); status != 403 {
		t.Errorf("shared with another village: %d", status)
	}
	var made enrolmentShape
	qu.must("POST", "/api/terminals", horn(map[string]any{"lat": 22.8, "lon": 113.0, "shared": []string{xianfeng}}), &made)
	id := made.Terminal.ID
	if made.Terminal.Lat == nil || *made.Terminal.Lat != 22.8 || !slices.Equal(made.Terminal.Shared, []string{xianfeng}) {
		t.Errorf("made %+v", made.Terminal)
	}
	both := []string{xianfeng, longhui}
	if status, _ := qu.refused("PUT", "/api/terminals/"+id, horn(map[string]any{"shared": both})); status != 403 {
		t.Errorf("shared on with another village: %d", status)
	}
	admin.must("PUT", "/api/terminals/"+id, horn(map[string]any{"shared": both}), nil)
	var renamed terminalShape
	qu.must("PUT", "/api/terminals/"+id, horn(map[string]any{"name": "一号", "shared": both}), &renamed)
	if renamed.Name != "一号" || renamed.Lat != nil || !slices.Equal(renamed.Shared, both) {
		t.Errorf("renamed %+v", renamed)
	}
	for name, test := range map[string]struct {
		in   map[string]any
		want string // the code
	}{
		"half a position":        {horn(map[string]any{"name": "2号", "lat": 22.8}), "position_range"},
		"a position that moves":  {horn(map[string]any{"name": "2号", "kind": "mobile", "lat": 22.8, "lon": 113.0}), "position_mobile"},
		"shared with its own":    {horn(map[string]any{"name": "2号", "shared": []string{shangxi}}), "shared_needless"},
		"sound far too late":     {horn(map[string]any{"name": "2号", "output_delay_ms": 5001}), "output_delay_bad"},
		"sound before its time":  {horn(map[string]any{"name": "2号", "output_delay_ms": -1}), "output_delay_bad"},
		"shared with the moon":   {horn(map[string]any{"name": "2号", "shared": []string{townCode + "999"}}), "grid_unknown"},
		"off the Earth, eastern": {horn(map[string]any{"name": "2号", "lat": 22.8, "lon": 213.0}), "position_range"},
	} {
		if status, code := admin.refused("POST", "/api/terminals", test.in); status != 422 || code != test.want {
			t.Errorf("%s: %d %s", name, status, code)
		}
	}
}

func TestARoundReachesWhatIsSharedWithItsPlace(t *testing.T) {
	w := newTown(t)
	admin := w.signIn("admin")
	admin.must("POST", "/api/terminals", map[string]any{
		"name": "桥头", "kind": "speaker", "grid": laoling, "dialects": []string{"yue"}, "volume": 80, "shared": []string{longhui},
	}, nil)
	admin.round("早间", "30 7 * * *", longhui)
	var list roundsShape
	admin.must("GET", "/api/rounds", nil, &list)
	if len(list.Rounds) != 1 || list.Rounds[0].Delivery.Terminals != 1 {
		t.Errorf("the round reaches %+v", list.Rounds)
	}
}

func TestTheDelayOfATerminalsSoundIsInItsProgrammeAtOnce(t *testing.T) {
	w := newTown(t)
	id := w.horn("1号", laoling)
	admin, chen, long := w.signIn("admin"), w.signIn("chen"), w.signIn("long")
	body := map[string]any{"name": "1号", "kind": "speaker", "grid": laoling, "dialects": []string{"yue"}, "volume": 80}
	for _, delay := range []int64{320, 0} {
		body["output_delay_ms"] = delay
		var changed, seen terminalShape
		admin.must("PUT", "/api/terminals/"+string(id), body, &changed)
		chen.must("GET", "/api/terminals/"+string(id), nil, &seen)
		if changed.OutputDelayMS != delay || seen.OutputDelayMS != delay {
			t.Errorf("asked for %d ms, answered %d, shown %d", delay, changed.OutputDelayMS, seen.OutputDelayMS)
		}
		envelope, found, err := w.Rounds.Programme(t.Context(), id)
		check(t, err)
		var programme playlists.Programme
		check(t, json.Unmarshal(envelope.Body, &programme))
		if !found || int64(programme.OutputDelay) != delay {
			t.Errorf("asked for %d ms, the programme says %d", delay, programme.OutputDelay)
		}
	}
	if status, _ := long.refused("GET", "/api/terminals/"+string(id), nil); status != 403 {
		t.Errorf("another village's official sees it: %d", status)
	}
	if status, code := admin.refused("GET", "/api/terminals/none", nil); status != 404 || code != "terminal_unknown" {
		t.Errorf("one that there is not: %d %s", status, code)
	}
	if status, _ := long.refused("PUT", "/api/terminals/"+string(id), body); status != 403 {
		t.Errorf("another village's official changes it: %d", status)
	}
}
