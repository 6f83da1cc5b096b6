package api

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"testing"
	"time"

	"dalaba/broadcaster/internal/hearing"
	"dalaba/broadcaster/internal/ledger"
	"dalaba/broadcaster/internal/rounds"
	"dalaba/broadcaster/internal/store"
	"dalaba/broadcaster/internal/territory"
	"dalaba/playlists"
)

// RingTest is the ring test, for the rounds.
func (n *neighbours) RingTest(ctx context.Context, tx *store.Tx) (*rounds.RingTest, error) {
	ring, err := n.Hearing.Ring(ctx, tx)
	if err != nil || ring == nil {
		return nil, err
	}
	return &rounds.RingTest{Name: ring.Name, Owner: ring.Owner, Timetable: ring.Timetable, Since: ring.Since, Said: ring.Said}, nil
}

// listeners are the tree and what stands on it, for who hears it.
type listeners struct{ *territory.Territory }

func (l listeners) Root(ctx context.Context, tx *store.Tx) (playlists.GridCode, error) {
	root, err := l.Territory.Root(ctx, tx)
	return root.Code, ifAny(err)
}

func (l listeners) Paths(ctx context.Context, tx *store.Tx) (map[playlists.GridCode]string, error) {
	names, err := l.Territory.Names(ctx, tx)
	paths := make(map[playlists.GridCode]string)
	for code := range names {
		paths[code] = names.Path(code)
	}
	return paths, err
}

func (l listeners) Terminal(ctx context.Context, tx *store.Tx, id playlists.TerminalID) (hearing.Terminal, error) {
	t, err := l.Territory.Terminal(ctx, tx, id)
	if err != nil {
		return hearing.Terminal{}, err
	}
	path, err := l.Path(ctx, tx, t.Grid)
	return hearing.Terminal{ID: t.ID, Name: t.Name, Grid: t.Grid, GridPath: path}, err
}

// hearsay is the ledger, for what people heard.
type hearsay struct{ *ledger.Ledger }

func (h hearsay) Airing(ctx context.Context, tx *store.Tx, terminal playlists.TerminalID, id playlists.AiringID, since time.Time) (hearing.Airing, bool, error) {
	all, err := h.AiringsOf(ctx, tx, terminal, since, tx.Now.Add(time.Minute))
	for _, a := range all {
		if a.ID == id {
			return hearing.Airing{
				ID: a.ID, Round: a.Round, RoundName: a.RoundName, Due: a.Due, Began: a.Began,
				Silent: a.Outcome == playlists.OutcomeMissed,
			}, true, err
		}
	}
	return hearing.Airing{}, false, err
}

// tells lets a terminal report that it sounded a round's airing, one entry, due at due.
func (w *town) tells(horn playlists.TerminalID, round playlists.RoundID, due time.Time) {
	w.t.Helper()
	due = due.UTC().Truncate(time.Second)
	row, err := json.Marshal(playlists.Report{Seq: 1, Play: &playlists.Play{
		Event: fmt.Sprint("e", due.Unix()), Airing: playlists.NewAiringID(round, due, horn), Round: round, Due: due, Attempt: 1,
		Entries: 1, Announcement: "hands", Dialect: "yue", Boot: "b", Process: "p", Begin: due, End: due.Add(time.Second),
		Sounded: 1000, Clock: playlists.ClockTrusted, Volume: 80, Result: playlists.ResultComplete,
		Evidence: playlists.EvidencePlayer, Output: "file",
	}})
	check(w.t, err)
	_, err = w.Ledger.Ingest(w.t.Context(), horn, fmt.Sprint("journal ", horn, due.Unix()), []json.RawMessage{row})
	check(w.t, err)
}

// asked is what v is asked about.
func (v *visitor) asked(query string) []askedShape {
	v.t.Helper()
	var list heardShape
	v.must("GET", "/api/heard"+query, nil, &list)
	return list.Asked
}

func TestAPersonSaysWhetherHeHeardItAndTheRegisterHasIt(t *testing.T) {
	w := newTown(t)
	horn, other := w.horn("老龄社喇叭", laoling), w.horn("龙廻社喇叭", longhui)
	now := time.Now()
	w.tells(horn, "morning", now.Add(-2*time.Hour))
	w.tells(horn, "noon", now.Add(-time.Hour))
	w.tells(other, "noon", now.Add(-time.Hour))
	chen := w.signIn("chen")
	asked := chen.asked("")
	if len(asked) != 1 || asked[0].TerminalName != "老龄社喇叭" || asked[0].GridPath != "上西村 / 老龄社" || asked[0].Answer != nil {
		t.Fatalf("asked about %+v", asked)
	}
	if all := chen.asked("?terminal=" + string(horn)); len(all) != 2 {
		t.Errorf("of the horn: %+v", all)
	}
	path := "/api/airings/" + asked[0].Airing + "/heard"
	var said answeredShape
	chen.must("PUT", path, map[string]any{"terminal": horn, "heard": true}, &said)
	if !said.Heard || said.Task != "" || said.Until.Sub(said.At) != time.Hour {
		t.Errorf("%+v", said)
	}
	if again := chen.asked(""); again[0].Answer == nil || !again[0].Answer.Heard {
		t.Errorf("%+v", again)
	}
	var plays playsShape
	chen.must("GET", "/api/plays?terminal="+string(horn)+"&day="+playlists.DateOf(now.Add(-time.Hour).In(w.Location)).String(), nil, &plays)
	if len(plays.Plays) == 0 || plays.Plays[0].Evidence != 3 {
		t.Errorf("the register has %+v", plays.Plays)
	}
	var terminals terminalsShape
	w.signIn("admin").must("GET", "/api/terminals", nil, &terminals)
	for _, x := range terminals.Terminals {
		want := map[string]string{string(horn): "yes", string(other): "no"}[x.ID]
		if x.Verified != want || want == "yes" && (x.HeardBy != "陈社长" || x.HeardHow != "person" || x.HeardAt == nil) {
			t.Errorf("%s: %q, heard by %q", x.Name, x.Verified, x.HeardBy)
		}
	}
	if status, code := w.signIn("long").refused("PUT", path, map[string]any{"terminal": horn, "heard": true}); status != 403 {
		t.Errorf("from the other village: %d %s", status, code)
	}
	if status, code := chen.refused("PUT", "/api/airings/nothing/heard", map[string]any{"terminal": horn, "heard": true}); status != 404 || code != "airing_not_told" {
		t.Errorf("of nothing: %d %s", status, code)
	}
}

func TestNobodyIsAskedAboutAHornThatHasMovedAway(t *testing.T) {
	w := newTown(t)
	horn := w.horn("老龄社喇叭", laoling)
	w.tells(horn, "noon", time.Now().Add(-time.Hour))
	w.moves(horn, longhui)
	if asked := w.signIn("chen").asked(""); len(asked) != 0 {
		t.Errorf("where it stood: %+v", asked)
	}
	if asked := w.signIn("admin").asked(""); len(asked) != 1 {
		t.Errorf("above both: %+v", asked)
	}
}

func TestWhoDidNotHearItOpensARepairThatSomebodyEnds(t *testing.T) {
	w := newTown(t)
	horn := w.horn("老龄社喇叭", laoling)
	w.tells(horn, "noon", time.Now().Add(-time.Hour))
	chen, long := w.signIn("chen"), w.signIn("long")
	path := "/api/airings/" + chen.asked("")[0].Airing + "/heard"
	chen.must("PUT", path, map[string]any{"terminal": horn, "heard": false, "note": "一点声音都没有"}, nil)
	var list repairsShape
	long.must("GET", "/api/repairs", nil, &list)
	if len(list.Repairs) != 0 {
		t.Errorf("the other village sees %+v", list.Repairs)
	}
	chen.must("GET", "/api/repairs?open=true", nil, &list)
	if len(list.Repairs) != 1 || len(list.Repairs[0].Reports) != 1 || list.Repairs[0].Reports[0].Note != "一点声音都没有" || !list.Repairs[0].MayEnd {
		t.Fatalf("%+v", list.Repairs)
	}
	w.signIn("admin").must("PUT", path, map[string]any{"terminal": horn, "heard": true}, nil)
	chen.must("GET", "/api/repairs?open=true&terminal="+string(horn), nil, &list)
	if len(list.Repairs) != 1 || list.Repairs[0].HeardBy != "管理员" || list.Repairs[0].HeardAt == nil {
		t.Errorf("after somebody heard it: %+v", list.Repairs)
	}
	end := "/api/repairs/" + list.Repairs[0].ID + "/done"
	if status, _ := long.refused("PUT", end, map[string]any{"outcome": "好了"}); status != 403 {
		t.Errorf("the other village ends it: %d", status)
	}
	var done repairShape
	chen.must("PUT", end, map[string]any{"outcome": "换了保险丝"}, &done)
	if done.Done == nil || done.DoneBy != "陈社长" || done.MayEnd {
		t.Errorf("%+v", done)
	}
	if status, code := chen.refused("PUT", end, map[string]any{"outcome": "好了"}); status != http.StatusConflict || code != "task_done" {
		t.Errorf("again: %d %s", status, code)
	}
}
