package timetable

import (
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"dalaba/playlists"
)

func TestQuietSpansAreTheDaysSilence(t *testing.T) {
	p := programme()
	lifted := night()
	lifted.LiftedUntil = instant(t, "Asia/Shanghai", "2026-01-23 05:00:00")
	p.Quiet = []playlists.QuietRule{
		lifted,
		{Grid: village, From: clock("12:00"), To: clock("14:00"), Name: "午休"},
		{Grid: village, From: clock("13:00"), To: clock("15:00"), Name: "学校", Place: true},
	}
	p.Temporary = []playlists.TemporaryQuiet{{
		Grid: village, Name: "丧事", Begin: instant(t, "Asia/Shanghai", "2026-01-23 21:00:00"),
		End: instant(t, "Asia/Shanghai", "2026-01-24 09:00:00"),
	}}
	spans, err := QuietSpans(p, playlists.Date{Year: 2026, Month: 1, Day: 23})
	if err != nil {
		t.Fatal(err)
	}
	zone := instant(t, "Asia/Shanghai", "2026-01-23 00:00:00").Location()
	var got []string
	for _, s := range spans {
		got = append(got, fmt.Sprintf("%s–%s %s %s", s.Begin.In(zone).Format("15:04"), s.End.In(zone).Format("15:04"), s.By.Kind, s.By.Name))
	}
	want := []string{
		"05:00–06:00 quiet_rule ", "12:00–14:00 quiet_rule 午休", "14:00–15:00 quiet_place 学校", "21:00–00:00 temporary_quiet 丧事",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("spans (-want +got):\n%s", diff)
	}
	p.Quiet[0].From = -1
	if _, err := QuietSpans(p, playlists.Date{Year: 2026, Month: 1, Day: 23}); playlists.ProblemOf(err) == nil {
		t.Errorf("quiet that contradicts itself: %v", err)
	}
}

// TestQuietSpansAreWhatSilenceAtSays holds the spans of a day against the question for one moment.
func TestQuietSpansAreWhatSilenceAtSays(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := drawProgramme.Draw(t, "programme")
		p.Mutes = nil
		day := drawDay.Draw(t, "day")
		spans, err := QuietSpans(p, day)
		if err != nil {
			t.Fatal(err)
		}
		zone, err := time.LoadLocation(p.Zone)
		if err != nil {
			t.Fatal(err)
		}
		begin := day.Midnight(zone)
		at := begin.Add(time.Duration(rapid.IntRange(0, int(day.AddDays(1).Midnight(zone).Sub(begin)/time.Second)-1).Draw(t, "at")) * time.Second)
		inside := false
		for _, s := range spans {
			inside = inside || !at.Before(s.Begin) && at.Before(s.End)
		}
		silence, err := SilenceAt(p, nil, at)
		if err != nil {
			t.Fatal(err)
		}
		if inside != (silence.Cause != "") {
			t.Fatalf("at %s: inside %v, silence %+v", at, inside, silence)
		}
	})
}
