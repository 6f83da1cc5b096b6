package timetable

import (
	"fmt"
	"math/bits"
	"strings"
	"time"

	"github.com/robfig/cron/v3"

	"dalaba/playlists"
)

// parseCron reads a five-field expression. It refuses what the parser beneath would accept or stumble over: zones
// (the programme's holds), descriptors such as @every (their steps have no civil time) and fields that name nothing.
// Day of month and day of week, where both are narrowed, mean either.
func parseCron(expression string) (schedule *cron.SpecSchedule, problem *playlists.Problem) {
	mistake := func(code string, err error) *playlists.Problem {
		return &playlists.Problem{Kind: playlists.Invalid, Code: code, Field: "timetable.cron", Err: err}
	}
	defer func() {
		if r := recover(); r != nil {
			schedule, problem = nil, mistake("cron_syntax", fmt.Errorf("read cron expression: %v", r))
		}
	}()
	text := strings.TrimSpace(expression)
	switch {
	case len(text) > MaxCron:
		return nil, mistake("cron_syntax", fmt.Errorf("cron expression of %d bytes: at most %d", len(text), MaxCron))
	case strings.Contains(text, "="):
		return nil, mistake("cron_zone", nil)
	case strings.HasPrefix(text, "@"):
		return nil, mistake("cron_descriptor", nil)
	}
	parser := cron.NewParser(cron.Minute | cron.Hour | cron.Dom | cron.Month | cron.Dow)
	parsed, err := parser.Parse(text)
	if err != nil {
		return nil, mistake("cron_syntax", err)
	}
	schedule, ok := parsed.(*cron.SpecSchedule)
	if !ok || schedule.Minute == 0 || schedule.Hour == 0 || schedule.Dom == 0 || schedule.Month == 0 || schedule.Dow == 0 {
		return nil, mistake("cron_syntax", fmt.Errorf("cron expression %q: a field names nothing", text))
	}
	return schedule, nil
}

// cronDate returns the first day at or after d on which schedule fires, if there is one in the next five years.
func cronDate(schedule *cron.SpecSchedule, d playlists.Date) (playlists.Date, bool) {
	next := schedule.Next(d.Midnight(time.UTC).Add(-time.Second))
	if next.IsZero() {
		return playlists.Date{}, false
	}
	return playlists.DateOf(next), true
}

// cronOn tells whether d is one of schedule's days: where both are narrowed, day of month or day of week is enough.
func cronOn(schedule *cron.SpecSchedule, d playlists.Date) bool {
	const star = 1 << 63 // set in a field that was not narrowed
	inMonth, inWeek := schedule.Dom&(1<<d.Day) != 0, schedule.Dow&(1<<d.Weekday()) != 0
	if schedule.Month&(1<<d.Month) == 0 {
		return false
	}
	if schedule.Dom&star != 0 || schedule.Dow&star != 0 {
		return inMonth && inWeek
	}
	return inMonth || inWeek
}

// MostFirings returns how often t fires on one day at most, by its hours and minutes alone; zero for a t without them.
func MostFirings(t playlists.Timetable) int {
	if t.Every != nil && t.Every.Minutes > 0 {
		from, to := (&rule{Timetable: &t}).window()
		return int(to-from)/(t.Every.Minutes*60) + 1
	}
	schedule, problem := parseCron(t.Cron)
	if problem != nil {
		return 0
	}
	return bits.OnesCount64(schedule.Minute&(1<<60-1)) * bits.OnesCount64(schedule.Hour&(1<<24-1))
}

// appendCron appends the civil times at which schedule fires on d, in order.
func appendCron(times []playlists.TimeOfDay, schedule *cron.SpecSchedule, d playlists.Date) []playlists.TimeOfDay {
	midnight := d.Midnight(time.UTC)
	for t := schedule.Next(midnight.Add(-time.Second)); !t.IsZero(); t = schedule.Next(t) {
		passed := t.Sub(midnight)
		if passed >= 24*time.Hour {
			break
		}
		times = append(times, playlists.TimeOfDay(passed/time.Second))
	}
	return times
}
