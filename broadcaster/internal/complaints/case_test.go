package complaints

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"dalaba/playlists"
)

func TestACaseBringsTogetherWhatTheOtherRoomsKnow(t *testing.T) {
	d := newDesk(t)
	made := d.complain()
	horn := planned(32, play("口罩", 1920, 1950, 80))
	horn.Terminal, horn.Grid, horn.GridPath = "village", shangxi, "上西村"
	yesterday := planned(0, play("洗手", 1920, 1950, 80))
	yesterday.Due = at(6, 22, 0).Add(-lookBack - 1)
	d.sounds = []Sound{horn, yesterday}
	d.programmes["village"] = inForce(shangxi, town, 1, cron(6, 32))
	d.makers = map[playlists.RoundID]Maker{"morning": {Owner: shangxi, By: "镇宣传"}}
	d.changes = []ChangeNote{
		{Seq: 3, At: at(12, 30, 0), By: "镇宣传", Subject: "round", ID: "morning", Act: "changed", Name: "早间"},
		{Seq: 2, At: at(6, 31, 0), Subject: "round", ID: "morning", Act: "changed", Name: "早间"},
	}
	c, err := d.Case(t.Context(), made.ID)
	d.must(err)
	if diff := cmp.Diff([]string{"06:32:00–06:32:30@80 口罩 village now"}, short(c.Findings)); diff != "" || c.Nothing {
		t.Fatal(diff)
	}
	f := c.Findings[0]
	if f.Owner != town || f.OwnerName != "九江镇" || f.By != "镇宣传" || f.VolumeBy == nil || f.VolumeBy.Percent != 80 {
		t.Errorf("%+v", f)
	}
	if diff := cmp.Diff([]string{"later 9 06:32→07:00 above", "lower 12 06:00–07:00 80→60 above", "quiet 12 village above"}, offers(c.Remedies)); diff != "" {
		t.Error(diff)
	}
	if len(c.Since) != 1 || c.Since[0].Seq != 3 {
		t.Errorf("%v", c.Since)
	}
	if diff := cmp.Diff([]string{"planned", "sorry", "changed_round", "above"}, codes(c.Draft)); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]playlists.TerminalID{"village"}, d.scope.Terminals); diff != "" || d.scope.Grid != laoling {
		t.Error(diff)
	}
}

func TestWhatWasNamedIsLookedForAfterItWasRemoved(t *testing.T) {
	d := newDesk(t)
	made, err := d.Make(t.Context(), Complaint{Grid: laoling, Terminal: "village", At: at(6, 32, 0), Words: "吵"})
	d.must(err)
	horn := planned(32, play("口罩", 1920, 1950, 80))
	horn.Terminal, horn.Grid = "village", shangxi
	d.sounds, d.terminals = []Sound{horn}, nil
	c, err := d.Case(t.Context(), made.ID)
	d.must(err)
	if diff := cmp.Diff([]string{"06:32:00–06:32:30@80 口罩 village now"}, short(c.Findings)); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]string{"quiet 15 "}, offers(c.Remedies)); diff != "" {
		t.Error(diff)
	}
}
