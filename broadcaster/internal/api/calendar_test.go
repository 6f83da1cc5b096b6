package api

import (
	"fmt"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"dalaba/broadcaster/internal/store"
	"dalaba/broadcaster/internal/territory"
	"dalaba/playlists"
)

// told is a slot in a line: due time, round, state, at how many of how many it sounds, and what is said.
func (w *town) told(s slotShape) string {
	start := "–"
	if s.Start != nil {
		start = s.Start.In(w.Location).Format("15:04")
	}
	return strings.TrimSpace(fmt.Sprintf("%s %s %s %s %d/%d %s",
		s.Due.In(w.Location).Format("15:04"), s.RoundName, s.State, start, s.Sounding, s.Terminals, s.Reason))
}

func (w *town) slots(list []slotShape) []string { return shapes(list, w.told) }

func TestACalendarHasThePastFromTheLedgerAndTheFutureFromThePlan(t *testing.T) {
	y := newYesterday(t)
	one, two := y.horn("1号", laoling), y.horn("2号", laoling)
	admin, chen := y.signIn("admin"), y.signIn("chen")
	masks := admin.round("口罩", "30 7,9 * * *", townCode)
	hands := chen.round("洗手", "0 12 * * *", laoling)
	y.arrive()
	check(t, y.Ledger.CatchUp(t.Context(), time.Now()))
	y.reports(one, y.play(one, masks, y.at(7, 30), 0, ""), y.play(one, masks, y.at(9, 30), time.Minute, ""), y.play(one, hands, y.at(12, 0), 0, "power_off"),
		accounted(y.at(13, 0), 1))
	y.reports(two, y.play(two, masks, y.at(7, 30), 0, ""), y.miss(two, masks, y.at(9, 30), "preempted", "台风"))
	tomorrow := playlists.DateOf(time.Now().In(y.Location)).AddDays(1)
	due := playlists.NewTimeOfDay(9, 30, 0).On(tomorrow, y.Location)
	admin.must("POST", "/api/rounds/"+masks+"/cancellations", map[string]any{"due": due}, nil)
	noon := playlists.NewTimeOfDay(12, 0, 0).On(tomorrow, y.Location)
	chen.must("POST", "/api/temporary-quiet", hush(map[string]any{
		"grid": laoling, "terminal": two, "begin": noon.Add(-time.Minute), "end": noon.Add(5 * time.Minute),
	}), nil)

	var town, horn calendarShape
	path := "&days=3&from=" + y.day.String()
	chen.must("GET", "/api/calendar?grid="+laoling+path, nil, &town)
	chen.must("GET", "/api/calendar?terminal="+string(two)+path, nil, &horn)
	if len(town.Days) != 3 || town.Name != "上西村 / 老龄社" || horn.Name != "2号" {
		t.Fatalf("calendars: %+v", town)
	}
	for _, test := range []struct {
		name string
		got  []slotShape
		want []string
	}{
		{"yesterday", town.Days[0].Slots, []string{
			"07:30 口罩 played 07:30 2/2",
			"09:30 口罩 missed 09:31 1/2 2 个里有 1 个:没播成:让给台风。",
			"12:00 洗手 partial 12:00 1/2 2 个里有 1 个:没播完:停电。",
		}},
		{"yesterday at one", horn.Days[0].Slots, []string{
			"07:30 口罩 played 07:30 1/1", "09:30 口罩 missed – 0/1 没播成:让给台风。", "12:00 洗手 unreported – 0/1 还没回报。",
		}},
		{"tomorrow", town.Days[2].Slots, []string{
			"07:30 口罩 coming 07:30 2/2",
			"09:30 口罩 cancelled – 0/2 管理员取消了。",
			"12:00 洗手 coming 12:00 2/2 2 个里有 1 个:顺延到 12:05,因为临时静音(丧事)。",
		}},
		{"tomorrow at one", horn.Days[2].Slots, []string{
			"07:30 口罩 coming 07:30 1/1", "09:30 口罩 cancelled – 0/1 管理员取消了。",
			"12:00 洗手 coming 12:05 1/1 顺延到 12:05,因为临时静音(丧事)。",
		}},
	} {
		if diff := cmp.Diff(test.want, y.slots(test.got)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", test.name, diff)
		}
	}
	if today := town.Days[1].Slots; len(today) != 3 {
		t.Errorf("today: %v", y.slots(today))
	}
	first, last := town.Days[2].Slots[0], town.Days[2].Slots[2]
	if first.OwnerName != "九江镇" || first.MayEdit || first.Movable || !cmp.Equal(first.Contents, []string{"《口罩》粤语"}) || first.Airing != "" {
		t.Errorf("the town's: %+v", first)
	}
	if !last.MayEdit || !last.Movable || !last.Late {
		t.Errorf("the village's: %+v", last)
	}
	if slot := horn.Days[0].Slots[0]; slot.Airing == "" || slot.MayEdit || !cmp.Equal(slot.Contents, []string{"《口罩》粤语"}) {
		t.Errorf("yesterday's at one: %+v", slot)
	}
}

func TestACalendarShowsWhenItIsQuiet(t *testing.T) {
	y := newYesterday(t)
	one := y.horn("1号", laoling)
	chen := y.signIn("chen")
	y.arrive()
	tomorrow := playlists.DateOf(time.Now().In(y.Location)).AddDays(1)
	at := func(hour int) time.Time { return playlists.NewTimeOfDay(hour, 0, 0).On(tomorrow, y.Location) }
	chen.must("POST", "/api/temporary-quiet", hush(map[string]any{"grid": laoling, "terminal": one, "begin": at(13), "end": at(15)}), nil)
	spans := func(list []silenceSpanShape) []string {
		return shapes(list, func(s silenceSpanShape) string {
			return s.Begin.In(y.Location).Format("15:04") + "–" + s.End.In(y.Location).Format("15:04") + " " + s.Kind + " " + s.Reason
		})
	}
	night := []string{"00:00–06:00 quiet_rule 静音时段", "22:00–00:00 quiet_rule 静音时段"}
	for path, want := range map[string][]string{
		"grid=" + laoling + "&from=" + tomorrow.String(): night,
		"terminal=" + string(one) + "&from=" + tomorrow.String(): {
			night[0], "13:00–15:00 temporary_quiet 临时静音(丧事)", night[1],
		},
		"grid=" + laoling + "&from=" + y.day.String():         night,
		"terminal=" + string(one) + "&from=" + y.day.String(): night,
	} {
		var c calendarShape
		chen.must("GET", "/api/calendar?"+path, nil, &c)
		if diff := cmp.Diff(want, spans(c.Days[0].Quiet)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", path, diff)
		}
	}
}

func TestADayWithTooMuchIsShortened(t *testing.T) {
	w := newTown(t)
	w.horn("1号", laoling)
	chen := w.signIn("chen")
	chen.round("每分钟", "* 6-21 * * *", laoling)
	tomorrow := playlists.DateOf(time.Now().In(w.Location)).AddDays(1)
	var c calendarShape
	chen.must("GET", "/api/calendar?from="+tomorrow.String(), nil, &c)
	if day := c.Days[0]; len(day.Slots) != maxSlots || day.More != 16*60-maxSlots || c.Grid != shangxi {
		t.Errorf("%d slots, %d more", len(day.Slots), day.More)
	}
}

func TestARoundIsMovableThatFiresAtStepsOrOnceADay(t *testing.T) {
	for cron, want := range map[string]bool{"30 7 * * *": true, "30 7 * * 1-5": true, "30 7,9 * * *": false, "*/5 7 * * *": false, "": false} {
		if got := movable(&playlists.Timetable{Cron: cron}); got != want {
			t.Errorf("%q: %v", cron, got)
		}
	}
	if !movable(&playlists.Timetable{Every: &playlists.Every{Minutes: 20}}) {
		t.Error("equal steps are not movable")
	}
}

// BenchmarkCalendarOfATown shows a week of 3,000 terminals, with 50 different lists of dialects and 20 rounds: today,
// of which what is over is in the ledger, and six days to come.
func BenchmarkCalendarOfATown(b *testing.B) {
	w := newTown(b)
	admin := w.signIn("admin")
	for i := range 20 {
		admin.round("播"+strconv.Itoa(i), strconv.Itoa(i*3)+" 6-21 * * *", townCode)
	}
	w.write(func(tx *store.Tx) error {
		for i := range 50 {
			if err := w.Territory.AddDialect(b.Context(), tx, territory.Dialect{Tag: playlists.Dialect("yue-x-d" + strconv.Itoa(i)), Name: "话" + strconv.Itoa(i)}); err != nil {
				return err
			}
		}
		var all []playlists.TerminalID
		for i := range 3000 {
			made, err := w.Territory.CreateTerminal(b.Context(), tx, territory.Terminal{
				Name: strconv.Itoa(i), Kind: playlists.KindSpeaker, Grid: laoling, Volume: 80,
				Dialects: []playlists.Dialect{"yue", playlists.Dialect("yue-x-d" + strconv.Itoa(i%50))},
			})
			if err != nil {
				return err
			}
			all = append(all, made.ID)
		}
		return w.Rounds.TerminalChanged(b.Context(), tx, all...)
	})
	check(b, w.Ledger.CatchUp(b.Context(), time.Now()))
	b.ReportAllocs()
	for b.Loop() {
		var c calendarShape
		admin.must("GET", "/api/calendar?days=7", nil, &c)
		if day := c.Days[1]; len(day.Slots) != 20*16 || day.Slots[0].Terminals != 3000 {
			b.Fatalf("%d slots", len(day.Slots))
		}
	}
}
