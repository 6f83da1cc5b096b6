package api

import (
	"time"

	"dalaba/playlists"
)

// phrase is one sentence in both languages. {name} are places for arguments.
type phrase struct{ zh, en string }

// causes say why something did not sound, was cut or began late, as people would.
var causes = map[playlists.Cause]phrase{
	playlists.CausePreempted:        {"让给{by}", "gave way to {by}"},
	playlists.CauseQuietHours:       {"静音时段", "quiet hours"},
	playlists.CauseMuted:            {"被人静音", "somebody muted it"},
	playlists.CauseDailyLimit:       {"当天播满了", "the day's limit was reached"},
	playlists.CauseNotApproved:      {"还没人批", "nobody had approved it"},
	playlists.CauseClipAbsent:       {"录音还没传到", "the recording had not arrived"},
	playlists.CauseClipBad:          {"录音坏了", "the recording was damaged"},
	playlists.CauseNoDialect:        {"没有合适的录音", "no recording fitted"},
	playlists.CauseDeviceError:      {"声卡或音响出错", "the sound output failed"},
	playlists.CauseOutputBusy:       {"声卡被别的程序占用", "another program held the sound output"},
	playlists.CausePowerOff:         {"停电", "the power was off"},
	playlists.CauseAgentDown:        {"喇叭电脑上的程序没在运行", "the program on the loudspeaker's computer was not running"},
	playlists.CauseClockUntrusted:   {"喇叭电脑的时间不准", "its computer did not know the time"},
	playlists.CauseProgrammeExpired: {"太久没联系,安排已过期", "out of touch for too long"},
	playlists.CauseNotReceived:      {"没收到新的安排", "the new plan had not reached it"},
	playlists.CauseOffline:          {"没连上", "not connected"},
	playlists.CauseLinkLost:         {"中途断线", "the line broke"},
	playlists.CauseExpired:          {"过了时间", "its time had passed"},
	playlists.CauseStopped:          {"被{by}叫停", "stopped by {by}"},
	playlists.CauseRecalled:         {"已撤回", "withdrawn"},
	playlists.CauseCancelled:        {"已取消", "cancelled"},
	playlists.CauseLost:             {"记录丢失", "its record was lost"},
}

// reason is the sentence for a cause; nothing for no cause.
func reason(l language, cause playlists.Cause, by string) string {
	p, ok := causes[cause]
	if !ok {
		return ""
	}
	if by == "" {
		by = map[language]string{chinese: "别的播出", english: "something else"}[l]
		if cause == playlists.CauseStopped {
			by = map[language]string{chinese: "人", english: "somebody"}[l]
		}
	}
	return p.in(l, map[string]any{"by": by})
}

// instant returns t as a shape has it: nil for the zero time.
func instant(t time.Time) *time.Time {
	if t.IsZero() {
		return nil
	}
	return &t
}
