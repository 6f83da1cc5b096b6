package api

import (
	"strings"

	"dalaba/playlists"
)

// said are the sentences that agents of this version say of themselves, in Chinese as they travel. {title} is a recording's.
// What an agent of another version says is shown as it came.
var said = []phrase{
	{"没有找到声卡,声音只写进文件,喇叭不响", "No sound card was found: the sound goes to a file, and the loudspeaker is silent"},
	{"播放记录存不下,最早的一部分已经丢失", "Its records did not fit on the disk: the oldest are lost"},
	{"磁盘满了:播放记录在用预留的一点空间,请尽快清理磁盘", "The disk is full: records use a small reserve. Clear the disk soon"},
	{"磁盘空间不够,新录音下载不了;已有的照常播,记录照记。请清理磁盘", "The disk has too little space: new recordings are not downloaded. Those that are there play on, and records are kept. Clear the disk"},
	{"磁盘写不进:新安排已经照做,但断电后会忘记,请清理磁盘", "The disk cannot be written: the new plan is followed, but would be forgotten in a power cut. Clear the disk"},
	{"记录写不进磁盘,在修好之前不会播放", "Records cannot be written to the disk: nothing sounds until that is mended"},
	{"功放开关的命令没有成功,喇叭可能不响,请检查继电器", "The amplifier could not be switched on and may be silent: check the relay"},
	{"电脑放了音,旁边的麦克风没听到,请查功放和线", "The computer played, and the microphone beside it heard nothing: check the amplifier and the wiring"},
	{"录音《{title}》在本机损坏,正在重新下载", "The recording “{title}” is damaged there and is being downloaded again"},
	{"录音《{title}》在本机丢失,正在重新下载", "The recording “{title}” is gone there and is being downloaded again"},
	{"录音《{title}》下载后核对不上,正在重新下载", "The recording “{title}” did not arrive whole and is being downloaded again"},
	{"录音《{title}》还没下载下来,会再试", "The recording “{title}” has not been downloaded yet; it will be tried again"},
	{"声音设备不出声,请检查声卡和音频线", "The sound device is silent: check the sound card and the audio cable"},
	{"不知道现在几点,连上平台对时之前不会按时播放", "It does not know the time: nothing sounds by timetable until it has set its clock by the broadcaster"},
	{"安排太旧,已停止播放,请让本机连上平台", "Its plan is too old and it has stopped: let it connect to the broadcaster"},
	{"收到的安排不可信,没有采用", "It was sent a plan that it could not trust, and did not take it"},
	{"本机软件太旧,看不懂新安排,请更新;仍按原来的安排播放", "Its software is too old for the new plan: update it. It goes on by the old plan"},
	{"收到的安排已经过期,没有采用", "It was sent a plan that had expired, and did not take it"},
	{"收到的安排太大,没有采用;仍按原来的安排播放", "It was sent a plan that was too large, and goes on by the old one"},
}

// restated are sentences that say in an agent's words what its fault says already.
var restated = map[playlists.Cause]string{
	playlists.CauseDeviceError:      "声音设备不出声,请检查声卡和音频线",
	playlists.CauseClockUntrusted:   "不知道现在几点,连上平台对时之前不会按时播放",
	playlists.CauseProgrammeExpired: "安排太旧,已停止播放,请让本机连上平台",
}

// problemsOf are an agent's sentences for people in the language, without the one that only restates its fault.
func problemsOf(l language, problems []string, fault playlists.Cause) []string {
	out := []string{}
	for _, sentence := range problems {
		if sentence != restated[fault] {
			out = append(out, saidIn(l, sentence))
		}
	}
	return out
}

// saidIn is what an agent said, in the language where it is known there.
func saidIn(l language, sentence string) string {
	if l == chinese {
		return sentence
	}
	for _, p := range said {
		before, after, holds := strings.Cut(p.zh, "{title}")
		if !holds && sentence == p.zh {
			return p.en
		}
		if rest, ok := strings.CutPrefix(sentence, before); holds && ok {
			if title, ok := strings.CutSuffix(rest, after); ok {
				return p.in(l, map[string]any{"title": title})
			}
		}
	}
	return sentence
}
