package ledger

import (
	"encoding/json"
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"dalaba/playlists"
)

// everyHour publishes a round at 6:00, 7:00 … 11:00 under revision 1.
func everyHour(d *desk) {
	d.town.publish(horn, 1, at(0, 0), 1, 60, playlists.NewTimeOfDay(6, 0, 0), playlists.NewTimeOfDay(11, 0, 0))
}

func TestEachRowIsStoredOnceHoweverOftenItComes(t *testing.T) {
	var reports []playlists.Report
	for hour := 6; hour < 12; hour++ {
		reports = append(reports, both(at(hour, 0), 1, 0)...)
	}
	for i := range reports {
		reports[i].Seq = uint64(i + 1)
	}
	rows := contents(reports...)
	d := newDesk(t)
	everyHour(d)
	rapid.Check(t, func(r *rapid.T) {
		d.empty()
		if rapid.Bool().Draw(r, "plan first") {
			d.figures()
		}
		var acked uint64
		for acked < uint64(len(rows)) {
			// Any rows that were sent before may come again, in any order, beside those that follow.
			from := rapid.IntRange(0, int(acked)).Draw(r, "from")
			to := rapid.IntRange(from+1, len(rows)).Draw(r, "to")
			through := d.deliver("j", rapid.Permutation(rows[from:to]).Draw(r, "rows")...)
			if want := max(acked, uint64(to)); through != want {
				r.Fatalf("after rows %d to %d acknowledged through %d, want %d", from+1, to, through, want)
			}
			acked = through
		}
		if n := len(d.plays()); n != len(rows) {
			r.Fatalf("%d plays, want %d", n, len(rows))
		}
		want := Counts{Planned: 6, Played: 6, OnTime: 6}
		if diff := cmp.Diff(want, d.figures()); diff != "" {
			r.Fatal(diff)
		}
	})
}

func TestAPlayReportedAgainByANewJournalCountsOnce(t *testing.T) {
	d := newDesk(t)
	reports := both(at(6, 0), 1, 0)
	d.send(reports...)
	for i := range reports {
		reports[i].Seq = uint64(i + 1)
	}
	if through := d.deliver("another", contents(reports...)...); through != 2 || len(d.plays()) != 2 {
		t.Fatalf("through %d, %d plays", through, len(d.plays()))
	}
}

func TestABadRowNeverBlocksTheRowsBehindIt(t *testing.T) {
	good := play(at(6, 0), 1, 0, 0)
	change := func(f func(*playlists.Play)) json.RawMessage {
		r := play(at(6, 0), 1, 0, 0)
		r.Seq = 1
		f(r.Play)
		return contents(r)[0]
	}
	for _, test := range []struct {
		name string
		row  json.RawMessage
	}{
		{"not JSON", json.RawMessage(`{"seq":1,"play`)},
		{"not an object", json.RawMessage(`"\u0000"`)},
		{"no sequence", json.RawMessage(`{"play":{}}`)},
		{"absurd sequence", json.RawMessage(`{"seq":18446744073709551615}`)},
		{"a digest that is none", json.RawMessage(`{"seq":1,"play":{"clip":"xyz"}}`)},
		{"nothing in it", json.RawMessage(`{"seq":1}`)},
		{"two things in it", json.RawMessage(`{"seq":1,"miss":{},"accounted":{}}`)},
		{"far too long", json.RawMessage(`{"seq":1,"x":"` + strings.Repeat("大", 100_000) + `"}`)},
		{"another terminal's airing", change(func(p *playlists.Play) { p.Airing = playlists.NewAiringID(washing, p.Due, "other") })},
		{"end before begin", change(func(p *playlists.Play) { p.End = p.Begin.Add(-1) })},
		{"tomorrow's tomorrow", change(func(p *playlists.Play) { p.Begin = p.Begin.AddDate(0, 0, 2); p.End = p.Begin })},
		{"year zero", change(func(p *playlists.Play) { p.Begin = p.Begin.AddDate(-2026, 0, 0) })},
		{"entry beyond", change(func(p *playlists.Play) { p.Entry = 2 })},
		{"a NUL", change(func(p *playlists.Play) { p.By = "a\x00b" })},
		{"a long name", change(func(p *playlists.Play) { p.Event = strings.Repeat("e", 65) })},
		{"a result unheard of", change(func(p *playlists.Play) { p.Result = "perhaps" })},
		{"a chime of a minute", change(func(p *playlists.Play) { p.Lead = 60_000 })},
		{"a chime of less than nothing", change(func(p *playlists.Play) { p.Lead = -1 })},
		{"volume 101", change(func(p *playlists.Play) { p.Volume = 101 })},
	} {
		t.Run(test.name, func(t *testing.T) {
			d := newDesk(t)
			good.Seq = 2
			if through := d.deliver("j", test.row, contents(good)[0]); through != 2 {
				t.Fatalf("acknowledged through %d, want 2", through)
			}
			if d.quarantined() != 1 || len(d.plays()) != 1 {
				t.Fatalf("%d in quarantine, %d plays, want one of each", d.quarantined(), len(d.plays()))
			}
		})
	}
}

func TestALostRowNeverBlocksTheRowsBehindIt(t *testing.T) {
	d := newDesk(t)
	reports := both(at(6, 0), 1, 0)
	reports[0].Seq, reports[1].Seq = 41, 45
	if through := d.deliver("j", contents(reports...)...); through != 45 {
		t.Fatalf("acknowledged through %d", through)
	}
	// The first 40 are another broadcaster's; 42 to 44 are lost, and noted once.
	if through := d.deliver("j", contents(reports...)...); through != 45 || d.quarantined() != 1 || len(d.plays()) != 2 {
		t.Fatalf("acknowledged through %d, %d in quarantine, %d plays", through, d.quarantined(), len(d.plays()))
	}
}

func TestAJournalBelongsToOneTerminal(t *testing.T) {
	d := newDesk(t)
	d.send(both(at(6, 0), 1, 0)...)
	for _, journal := range []string{"j", "", "\xff", strings.Repeat("j", 65)} {
		if _, err := d.Ingest(t.Context(), "other", journal, []json.RawMessage{json.RawMessage(`{"seq":3}`)}); !errors.Is(err, ErrJournal) {
			t.Errorf("journal %.10q of another terminal: error %v", journal, err)
		}
	}
	if _, err := d.AckedThrough(t.Context(), "other", "j"); !errors.Is(err, ErrJournal) {
		t.Errorf("asked for by another terminal: error %v", err)
	}
}

func TestTwoJournalsOfATerminalHaveTheirOwnSequences(t *testing.T) {
	d := newDesk(t)
	d.send(both(at(6, 0), 1, 0)...)
	second := both(at(7, 0), 1, 0)
	second[0].Seq, second[1].Seq = 1, 2
	if through := d.deliver("k", contents(second...)...); through != 2 {
		t.Fatalf("the second journal is acknowledged through %d", through)
	}
	if n := len(d.plays()); n != 4 {
		t.Fatalf("%d plays, want 4", n)
	}
}

func TestARestartForgetsNothing(t *testing.T) {
	d := newDesk(t)
	everyHour(d)
	d.send(both(at(6, 0), 1, 0)...)
	before := d.figures()
	d.reopen()
	if acked, err := d.AckedThrough(t.Context(), horn, "j"); err != nil || acked != 2 {
		t.Fatalf("acknowledged through %d, %v", acked, err)
	}
	if diff := cmp.Diff(before, d.figures()); diff != "" {
		t.Fatal(diff)
	}
	// The agent did not hear the last acknowledgement and sends again, with more.
	d.seq = 0
	d.send(append(both(at(6, 0), 1, 0), both(at(7, 0), 1, 0)...)...)
	if diff := cmp.Diff(Counts{Planned: 6, Played: 2, OnTime: 2, Unreported: 4}, d.figures()); diff != "" {
		t.Fatal(diff)
	}
}

func TestAChangeIsToldAfterTheCommitAndOnlyThen(t *testing.T) {
	d := newDesk(t)
	d.send(both(at(6, 0), 1, 0)...)
	if d.changes != 1 {
		t.Fatalf("told %d times of one delivery", d.changes)
	}
	d.seq = 0
	d.send(both(at(6, 0), 1, 0)...)
	if d.changes != 1 {
		t.Fatal("told of a delivery that brought nothing new")
	}
}

func TestListsGoBackInTimePageByPage(t *testing.T) {
	d := newDesk(t)
	everyHour(d)
	for hour := 6; hour < 12; hour++ {
		d.send(both(at(hour, 0), 1, 0)...)
	}
	d.figures()
	all := d.plays()
	var paged []Play
	f := Filter{Since: day.Midnight(shanghai), Until: at(23, 0), Terminal: horn, Grid: village, Round: washing, Limit: 5}
	for pages := 0; ; pages++ {
		list, next := d.page(f)
		paged = append(paged, list...)
		if f.Cursor = next; next == "" {
			if pages != 2 {
				t.Errorf("%d pages, want 3", pages+1)
			}
			break
		}
	}
	if diff := cmp.Diff(all, paged); diff != "" {
		t.Fatal(diff)
	}
	if !slices.IsSortedFunc(all, func(a, b Play) int { return b.Due.Compare(a.Due) }) || all[0].Title != "勤洗手" || all[0].RoundName != "早晚播" {
		t.Errorf("the first is %+v", all[0])
	}
	for _, cursor := range []string{"?", "bm8"} {
		f.Cursor = cursor
		if _, _, err := d.Airings(t.Context(), nil, f); playlists.ProblemOf(err) == nil {
			t.Errorf("cursor %q: error %v", cursor, err)
		}
	}
	f = Filter{Since: day.Midnight(shanghai), Until: at(23, 0), Grid: "440605124001003", Limit: 5}
	if list, _ := d.page(f); len(list) != 0 {
		t.Errorf("%d plays in a society where nothing sounded", len(list))
	}
}

func TestARowWithoutASequenceTakesThePlaceThatIsLeftForIt(t *testing.T) {
	for _, test := range []struct {
		name     string
		in, want []uint64
	}{
		{"alone", []uint64{0}, []uint64{6}},
		{"all of them", []uint64{0, 0, 0}, []uint64{6, 7, 8}},
		{"before one that has it", []uint64{0, 0, 8, 9}, []uint64{6, 7, 8, 9}},
		{"between", []uint64{6, 0, 8, 0}, []uint64{6, 7, 8, 9}},
		{"delivered again", []uint64{0, 4, 5, 6}, []uint64{3, 4, 5, 6}},
		{"before the first", []uint64{0, 1}, []uint64{6, 1}},
	} {
		t.Run(test.name, func(t *testing.T) {
			rows := make([]row, len(test.in))
			for i, seq := range test.in {
				rows[i].Seq = seq
			}
			number(rows, 5)
			for i, want := range test.want {
				if rows[i].Seq != want {
					t.Errorf("row %d has sequence %d, want %d", i, rows[i].Seq, want)
				}
			}
		})
	}
}

func FuzzReadRow(f *testing.F) {
	reports := append(both(at(6, 0), 1, 0), missed(at(7, 0), playlists.CauseQuietHours), accounted(at(8, 0), 1, 2))
	for i, row := range contents(reports...) {
		f.Add([]byte(row), uint64(i))
	}
	f.Add([]byte(`{"seq":1e3}`), uint64(0))
	f.Fuzz(func(t *testing.T, text []byte, acked uint64) {
		acked %= maxNumber
		rows := []row{readRow(text)}
		number(rows, acked)
		r := rows[0]
		if r.Seq == 0 || r.Seq > maxNumber {
			t.Fatalf("sequence %d", r.Seq)
		}
		if bad := r.check(horn, at(12, 0)); bad == "" && (r.Play == nil) == (r.Miss == nil && r.Accounted == nil) {
			t.Fatal("believed a row that says nothing")
		}
		if kept := r.kept(); strings.ContainsRune(kept, 0) || strings.ToValidUTF8(kept, "") != kept || len(kept) > 3*maxContent {
			t.Fatalf("kept %.40q", kept)
		}
	})
}
