package api

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"dalaba/broadcaster/internal/access"
	"dalaba/broadcaster/internal/store"
	"dalaba/playlists"
)

// mute silences a horn because of the neighbours, until somebody lifts it.
func (v *visitor) mute(horn playlists.TerminalID) (made muteShape) {
	v.t.Helper()
	v.must("POST", mutesAt(horn), map[string]any{"reason": "有人反映太吵"}, &made)
	return made
}

func mutesAt(horn playlists.TerminalID) string { return "/api/terminals/" + string(horn) + "/mutes" }

// moves puts a terminal into another grid.
func (w *town) moves(horn playlists.TerminalID, to playlists.GridCode) {
	w.t.Helper()
	w.write(func(tx *store.Tx) error {
		terminal, err := w.Territory.Terminal(w.t.Context(), tx, horn)
		if err != nil {
			return err
		}
		terminal.Grid = to
		if _, err = w.Territory.UpdateTerminal(w.t.Context(), tx, terminal); err != nil {
			return err
		}
		return w.Rounds.TerminalChanged(w.t.Context(), tx, horn)
	})
}

func TestAHornIsMutedFromItsOwnGridAndAboveAndSoundsAgainFromTheLevelThatMutedIt(t *testing.T) {
	w := newTown(t)
	w.person("li", "李社长", access.RoleOfficial, xianfeng)
	horn, beside := w.horn("1号", xianfeng), w.horn("2号", laoling)
	admin, chen, li, long := w.signIn("admin"), w.signIn("chen"), w.signIn("li"), w.signIn("long")
	for name, try := range map[string]func() (int, string){
		"another village":     func() (int, string) { return long.refused("POST", mutesAt(horn), map[string]any{"reason": "x"}) },
		"the society beside":  func() (int, string) { return li.refused("POST", mutesAt(beside), map[string]any{"reason": "x"}) },
		"its society, lifted": func() (int, string) { return li.refused("DELETE", "/api/mutes/"+chen.mute(beside).ID, nil) },
	} {
		if status, code := try(); status != 403 || code != "not_allowed" {
			t.Errorf("%s: %d %s", name, status, code)
		}
	}
	for _, test := range []struct {
		name          string
		by            *visitor
		grid          string
		li, chen, top bool // who may lift it
	}{
		{"by its society", li, "上西村 / 先锋社", true, true, true},
		{"by the village", chen, "上西村", false, true, true},
		{"by the town", admin, "九江镇", false, false, true},
	} {
		made := test.by.mute(horn)
		if made.GridName != test.grid || !made.Open || !made.MayLift || made.Until.Sub(made.From) != playlists.MaxMute {
			t.Errorf("%s: %+v", test.name, made)
		}
		for who, may := range map[*visitor]bool{li: test.li, chen: test.chen, admin: test.top} {
			var day timelineShape
			who.must("GET", "/api/terminals/"+string(horn)+"/timeline", nil, &day)
			if len(day.Mutes) != 1 || day.Mutes[0].MayLift != may || !day.MayMute {
				t.Errorf("%s is shown as %+v, want %v", test.name, day.Mutes, may)
			}
			if may {
				continue
			}
			if status, code := who.refused("DELETE", "/api/mutes/"+made.ID, nil); status != 403 || code != "not_allowed" {
				t.Errorf("%s, lifted from below: %d %s", test.name, status, code)
			}
		}
		if status, _ := long.refused("DELETE", "/api/mutes/"+made.ID, nil); status != 403 {
			t.Errorf("%s, lifted from beside: %d", test.name, status)
		}
		admin.must("DELETE", "/api/mutes/"+made.ID, nil, nil)
		if status, code := admin.refused("DELETE", "/api/mutes/"+made.ID, nil); status != 404 || code != "mute_unknown" {
			t.Errorf("%s, lifted twice: %d %s", test.name, status, code)
		}
	}
}

func TestAMutedHornThatMovesIsLiftedWhereItStands(t *testing.T) {
	w := newTown(t)
	horn := w.horn("1号", xianfeng)
	chen, long := w.signIn("chen"), w.signIn("long")
	made := chen.mute(horn)
	w.moves(horn, longhui)
	var day timelineShape
	long.must("GET", "/api/terminals/"+string(horn)+"/timeline", nil, &day)
	if len(day.Mutes) != 1 || !day.Mutes[0].MayLift {
		t.Errorf("where it stands now it shows as %+v", day.Mutes)
	}
	if status, _ := chen.refused("DELETE", "/api/mutes/"+made.ID, nil); status != 403 {
		t.Errorf("from where it stood: %d", status)
	}
	long.must("DELETE", "/api/mutes/"+made.ID, nil, nil)
}

func TestAMuteThatCannotBeIsRefusedInWords(t *testing.T) {
	w := newTown(t)
	horn, chen := w.horn("1号", xianfeng), w.signIn("chen")
	for _, test := range []struct {
		name   string
		in     map[string]any
		status int
		code   string
	}{
		{"no reason", map[string]any{"reason": " "}, 422, "text_missing"},
		{"31 days", map[string]any{"reason": "维修", "until": time.Now().AddDate(0, 0, 31)}, 422, "mute_too_long"},
		{"an end in the past", map[string]any{"reason": "维修", "until": time.Now().Add(-time.Minute)}, 422, "mute_ends_before_it_begins"},
	} {
		if status, code := chen.refused("POST", mutesAt(horn), test.in); status != test.status || code != test.code {
			t.Errorf("%s: %d %s", test.name, status, code)
		}
	}
	if status, code := chen.refused("POST", mutesAt("nothing"), map[string]any{"reason": "维修"}); status != 404 || code != "terminal_unknown" {
		t.Errorf("no such horn: %d %s", status, code)
	}
	chen.mute(horn)
	if status, code := chen.refused("POST", mutesAt(horn), map[string]any{"reason": "维修"}); status != 409 || code != "muted_already" {
		t.Errorf("twice: %d %s", status, code)
	}
}

func TestAMutedHornShowsWhereverItIsLookedAtWithWhoAndWhy(t *testing.T) {
	w := newTown(t)
	horn, other := w.horn("1号", xianfeng), w.horn("2号", laoling)
	chen := w.signIn("chen")
	chen.round("口罩", "0 * * * *", shangxi)
	made := chen.mute(horn)

	var list terminalsShape
	chen.must("GET", "/api/terminals", nil, &list)
	for _, x := range list.Terminals {
		if x.Muted != (x.ID == string(horn)) {
			t.Errorf("%s is muted: %v", x.Name, x.Muted)
		}
	}
	tomorrow := playlists.DateOf(time.Now().In(w.Location)).AddDays(1)
	var day timelineShape
	chen.must("GET", "/api/terminals/"+string(horn)+"/timeline?day="+tomorrow.String(), nil, &day)
	last := day.Quiet[len(day.Quiet)-1]
	if last.Kind != "mute" || last.Reason != "陈社长静了音(有人反映太吵)" || !last.Begin.Equal(day.Begin) || !last.End.Equal(day.End) {
		t.Errorf("shown as %+v", last)
	}
	for _, slot := range day.Plan {
		if slot.Due.In(w.Location).Hour() == 9 && (slot.State != "missed" || slot.Reason != "不会播:陈社长静了音(有人反映太吵)。") {
			t.Errorf("planned: %+v", slot)
		}
	}
	chen.must("GET", "/api/terminals/"+string(other)+"/timeline?day="+tomorrow.String(), nil, &day)
	if len(day.Mutes) != 0 || len(day.Quiet) != 2 {
		t.Errorf("beside it: %+v", day.Quiet)
	}
	why := chen.why(horn, playlists.NewTimeOfDay(9, 0, 0).On(tomorrow, w.Location))
	want := []string{
		"09:00 上西村 / 先锋社 1号 静音到 " + when(chinese, made.Until.In(w.Location), time.Now()) + ",因为陈社长静了音(有人反映太吵)。",
		"09:00 上西村 / 先锋社 1号:《口罩》粤语,不会播,因为陈社长静了音(有人反映太吵)。",
	}
	if diff := cmp.Diff(want, why.Lines); diff != "" {
		t.Errorf("why (-want +got):\n%s", diff)
	}
	chen.must("DELETE", "/api/mutes/"+made.ID, nil, nil)
	day0 := func(at time.Time) string { return dated(chinese, at.In(w.Location), time.Now()) }
	said := chen.said("/api/changes?subject=mute", chinese)
	if len(said) != 2 || said[0] != "陈社长解除了上西村 / 先锋社 1号的静音(有人反映太吵)。" ||
		said[1] != "陈社长把上西村 / 先锋社 1号静音到 "+day0(made.Until)+"(有人反映太吵)。" {
		t.Errorf("history: %q", said)
	}
	chen.must("GET", "/api/terminals", nil, &list)
	for _, x := range list.Terminals {
		if x.Muted {
			t.Errorf("%s is still muted", x.Name)
		}
	}
}
