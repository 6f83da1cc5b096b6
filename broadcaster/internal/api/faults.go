package api

import "dalaba/playlists"

// fault is what keeps a terminal silent now, and what a person can do about it.
type fault struct{ what, remedy phrase }

// faults are those that an agent tells of itself.
var faults = map[playlists.Cause]fault{
	playlists.CauseDeviceError: {
		phrase{"声卡或音响出错", "its sound output fails"},
		phrase{
			"请看喇叭电脑的声卡、音频线插好没有,功放开了没有。接好后会自己恢复,不用重启。",
			"Check the sound card, the audio cable and the amplifier at the loudspeaker’s computer. It recovers by itself, without a restart.",
		},
	},
	playlists.CauseOutputBusy: {
		phrase{"声卡被别的程序占用", "another program holds its sound output"},
		phrase{
			"请在喇叭电脑上关掉别的放音程序(播放器、浏览器、会议软件)。空出来后会自己恢复,不用重启。",
			"Close other programs that play sound on the loudspeaker’s computer (players, browsers, meetings). It recovers by itself, without a restart.",
		},
	},
	playlists.CauseClockUntrusted: {
		phrase{"喇叭电脑不知道现在几点", "its computer does not know the time"},
		phrase{
			"请让它连上网络,连上平台就会对时。",
			"Connect it to the network: it sets its clock by the broadcaster.",
		},
	},
	playlists.CauseProgrammeExpired: {
		phrase{"太久没联系,安排已过期", "it was out of touch for too long, and its plan has expired"},
		phrase{
			"请让它连上网络,收到新的安排就会接着播。",
			"Connect it to the network: it goes on as soon as it has a new plan.",
		},
	},
}

// faultWords are what keeps a terminal silent and what to do about it; what is not among faults has no remedy here.
func faultWords(l language, cause playlists.Cause) (what, remedy string) {
	f, ok := faults[cause]
	if !ok {
		return reason(l, cause, ""), ""
	}
	return f.what.in(l, nil), f.remedy.in(l, nil)
}
