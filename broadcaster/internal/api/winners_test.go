package api

import (
	"testing"
	"time"

	"dalaba/broadcaster/internal/territory"
	"dalaba/playlists"
	"dalaba/playlists/timetable"
)

func TestWhoStoodFirstIsSaidInWords(t *testing.T) {
	names := territory.Names{townCode: "九江镇", shangxi: "上西村", laoling: "老龄社"}
	zone := time.FixedZone("Asia/Shanghai", 8*60*60)
	due := time.Date(2026, 1, 23, 7, 30, 0, 0, zone)
	for _, test := range []struct {
		name   string
		start  time.Time
		cause  playlists.Cause
		winner timetable.Winner
		zh, en string
	}{
		{
			"a superior's alert", due.Add(4 * time.Minute), playlists.CausePreempted,
			timetable.Winner{Kind: timetable.ByAlert, Grid: townCode},
			"顺延到 07:34,因为镇里的应急广播在先。", "Moved to 07:34: an alert of the town came first.",
		},
		{
			"an alert with a name", due.Add(4 * time.Minute), playlists.CausePreempted,
			timetable.Winner{Kind: timetable.ByAlert, Grid: townCode, Name: "台风"},
			"顺延到 07:34,因为镇里的应急广播(台风)在先。", "Moved to 07:34: an alert of the town (台风) came first.",
		},
		{
			"a drill", due.Add(4 * time.Minute), playlists.CausePreempted,
			timetable.Winner{Kind: timetable.ByDrill, Grid: shangxi},
			"顺延到 07:34,因为上西村的演练在先。", "Moved to 07:34: a drill of 上西村 came first.",
		},
		{
			"a village's round", due.Add(time.Minute), playlists.CausePreempted,
			timetable.Winner{Kind: timetable.ByRound, Grid: shangxi, Name: "晨播"},
			"顺延到 07:31,因为上西村的《晨播》在先。", "Moved to 07:31: “晨播” of 上西村 came first.",
		},
		{
			"a talk", due.Add(time.Minute), playlists.CausePreempted,
			timetable.Winner{Kind: timetable.ByTalk, Grid: laoling, Name: "陈社长"},
			"顺延到 07:31,因为陈社长的喊话在先。", "Moved to 07:31: a talk by 陈社长 came first.",
		},
		{
			"by hand", due.Add(time.Minute), playlists.CausePreempted,
			timetable.Winner{Kind: timetable.ByPlayNow, Grid: townCode, Name: "口罩"},
			"顺延到 07:31,因为镇里人工播放的《口罩》在先。", "Moved to 07:31: “口罩”, played by hand for the town, came first.",
		},
		{
			"the night",
			time.Time{},
			playlists.CauseQuietHours,
			timetable.Winner{Kind: timetable.ByQuietRule, Grid: townCode},
			"不会播:静音时段。", "It will not sound: quiet hours.",
		},
		{
			"a quiet place",
			time.Time{},
			playlists.CauseQuietHours,
			timetable.Winner{Kind: timetable.ByQuietPlace, Grid: townCode, Name: "中学考场"},
			"不会播:安静地点(中学考场)。", "It will not sound: a quiet place (中学考场).",
		},
		{
			"a funeral",
			time.Time{},
			playlists.CauseQuietHours,
			timetable.Winner{Kind: timetable.ByTemporaryQuiet, Grid: laoling, Name: "丧事"},
			"不会播:临时静音(丧事)。", "It will not sound: temporary quiet (funeral).",
		},
		{
			"the day's minutes",
			time.Time{},
			playlists.CauseDailyLimit,
			timetable.Winner{Kind: timetable.ByDailyMinutes},
			"不会播:当天已播满 60 分钟。", "It will not sound: the day's 60 minutes are used up.",
		},
		{
			"the day's plays",
			time.Time{},
			playlists.CauseDailyLimit,
			timetable.Winner{Kind: timetable.ByDailyPlays, Name: "口罩"},
			"不会播:《口罩》当天已播满 6 遍。", "It will not sound: “口罩” has sounded 6 times that day.",
		},
		{
			"somebody muted it", due.Add(time.Minute), playlists.CauseMuted,
			timetable.Winner{Kind: timetable.ByPerson, Name: "关主任"},
			"顺延到 07:31,因为关主任静了音。", "Moved to 07:31: 关主任 muted it.",
		},
		{
			"somebody called it off",
			time.Time{},
			playlists.CauseCancelled,
			timetable.Winner{Kind: timetable.ByPerson, Name: "关主任"},
			"关主任取消了。", "关主任 called it off.",
		},
		{
			"nobody knows who stopped it",
			time.Time{},
			playlists.CauseStopped,
			timetable.Winner{},
			"不会播:被人叫停。", "It will not sound: stopped by somebody.",
		},
		{
			"a journal's word",
			time.Time{},
			playlists.CauseQuietHours,
			timetable.Winner{Name: "午休"},
			"不会播:静音时段(午休)。", "It will not sound: quiet hours (午休).",
		},
		{"no cause at all", time.Time{}, "", timetable.Winner{}, "不会播:原因不明。", "It will not sound: nobody said why."},
		{"on time", due, "", timetable.Winner{}, "", ""},
	} {
		for l, want := range map[language]string{chinese: test.zh, english: test.en} {
			told := &teller{ground: ground{names: names}, language: l, zone: zone, limits: playlists.Limits{Minutes: 60, Plays: 6}}
			if got := told.fate(due, test.start, test.cause, test.winner); got != want {
				t.Errorf("%s: %q, want %q", test.name, got, want)
			}
		}
	}
}

// TestEveryKindOfWinnerAndEveryCauseHasWords looks through all there are, with a name and without one.
func TestEveryKindOfWinnerAndEveryCauseHasWords(t *testing.T) {
	told := &teller{language: chinese}
	for _, kind := range []timetable.WinnerKind{
		timetable.ByRound, timetable.ByTalk, timetable.ByAlert, timetable.ByDrill, timetable.ByPlayNow, timetable.ByPerson,
		timetable.ByQuietRule, timetable.ByQuietPlace, timetable.ByTemporaryQuiet, timetable.ByDailyMinutes, timetable.ByDailyPlays,
	} {
		for _, name := range []string{"", "名"} {
			if got := told.winner(timetable.Winner{Kind: kind, Name: name}); got == "" || coded.MatchString(got) {
				t.Errorf("%s %q: %q", kind, name, got)
			}
		}
	}
	for cause := range causes {
		if got := told.because(cause, timetable.Winner{}); got == "" || coded.MatchString(got) {
			t.Errorf("%s: %q", cause, got)
		}
	}
}
