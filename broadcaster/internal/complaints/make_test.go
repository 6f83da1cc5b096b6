package complaints

import (
	"math"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"dalaba/playlists"
)

func TestAComplaintIsKeptAsItWasWrittenDown(t *testing.T) {
	d := newDesk(t)
	lat, lon := 22.83, 112.99
	made, err := d.Make(t.Context(), Complaint{
		ID: "mine", Grid: laoling, Terminal: "village", Lat: &lat, Lon: &lon, At: at(6, 32, 20), Words: " 太吵了\r\n孩子醒了 ",
		Caller: " 陈伯 ", By: "关主任", Reply: "no", Closed: at(1, 0, 0),
	})
	d.must(err)
	want := Complaint{
		ID: made.ID, Grid: laoling, GridPath: "上西村 / 老龄社", Terminal: "village", TerminalName: "村口喇叭", Lat: &lat, Lon: &lon,
		At: at(6, 32, 0), Words: "太吵了\n孩子醒了", Caller: "陈伯", By: "关主任", Created: d.now,
	}
	if diff := cmp.Diff(want, made, cmpopts.IgnoreUnexported(Complaint{})); diff != "" || made.ID == "mine" || len(made.ID) < 20 {
		t.Errorf("made %q: %s", made.ID, diff)
	}
	d.terminals = nil // what is removed later keeps its name
	found, err := d.Case(t.Context(), made.ID)
	d.must(err)
	if diff := cmp.Diff(want, found.Complaint, cmpopts.IgnoreUnexported(Complaint{})); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]Step{{At: d.now, By: "关主任", Act: ActMade, Changes: []ChangeNote{}}}, found.Steps); diff != "" {
		t.Error(diff)
	}
}

func TestWhatCannotBeComplainedOfIsRefused(t *testing.T) {
	d := newDesk(t)
	number := func(f float64) *float64 { return &f }
	for _, test := range []struct {
		name        string
		change      func(*Complaint)
		code, field string
	}{
		{"no words", func(c *Complaint) { c.Words = " \n" }, "text_missing", "words"},
		{"too many words", func(c *Complaint) { c.Words = strings.Repeat("吵", 1001) }, "text_too_long", "words"},
		{"unreadable words", func(c *Complaint) { c.Words = "a\x00b" }, "text_unreadable", "words"},
		{"broken words", func(c *Complaint) { c.Words = "\xff" }, "text_unreadable", "words"},
		{"a caller of two lines", func(c *Complaint) { c.Caller = "a\nb" }, "text_unreadable", "caller"},
		{"a caller without end", func(c *Complaint) { c.Caller = strings.Repeat("伯", 81) }, "text_too_long", "caller"},
		{"no time", func(c *Complaint) { c.At = time.Time{} }, "text_missing", "at"},
		{"a minute to come", func(c *Complaint) { c.At = d.now.Add(time.Minute) }, "complaint_time_ahead", "at"},
		{"a time long ago", func(c *Complaint) { c.At = d.now.Add(-90*24*time.Hour - time.Second) }, "complaint_time_too_old", "at"},
		{"no grid", func(c *Complaint) { c.Grid = "" }, "grid_unknown", "grid"},
		{"a grid that is not", func(c *Complaint) { c.Grid = town + "999" }, "grid_unknown", "grid"},
		{"a terminal that is not", func(c *Complaint) { c.Terminal = "none" }, "terminal_unknown", "terminal"},
		{"another village's terminal", func(c *Complaint) { c.Terminal = "rulin" }, "complaint_terminal_elsewhere", "terminal"},
		{"half a point", func(c *Complaint) { c.Lat = number(22) }, "position_out_of_range", "lat"},
		{"no point on earth", func(c *Complaint) { c.Lat, c.Lon = number(91), number(0) }, "position_out_of_range", "lat"},
		{"no number", func(c *Complaint) { c.Lat, c.Lon = number(0), number(math.NaN()) }, "position_out_of_range", "lat"},
	} {
		t.Run(test.name, func(t *testing.T) {
			complaint := Complaint{Grid: laoling, At: at(6, 32, 0), Words: "吵"}
			test.change(&complaint)
			_, err := d.Make(t.Context(), complaint)
			d.refused(err, test.code, test.field)
		})
	}
	all, err := d.List(t.Context(), Filter{})
	if d.must(err); len(all) > 0 {
		t.Errorf("%d were kept", len(all))
	}
}

func TestTheLastMomentsCanBeComplainedOf(t *testing.T) {
	d := newDesk(t)
	for _, when := range []time.Time{d.now, d.now.Add(-90 * 24 * time.Hour)} {
		for _, terminal := range []playlists.TerminalID{"", "laoling", "village"} {
			_, err := d.Make(t.Context(), Complaint{Grid: laoling, Terminal: terminal, At: when, Words: "吵"})
			d.must(err)
		}
	}
}
