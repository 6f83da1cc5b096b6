package api

// contentSentences are about recordings and what became of them.
var contentSentences = map[string]phrase{
	"not_a_recording": {
		"这个文件认不出是录音。WAV、MP3、FLAC、OGG 和手机录音都可以。",
		"This file is no recording that is known. WAV, MP3, FLAC, Ogg and phones' recordings are taken.",
	},
	"not_a_recording_but": {
		"这是 {format} 文件,不是录音。",
		"This is a {format} file, not a recording.",
	},
	"form_unread": {
		"这是 {format} 录音,这里转换不了。请用手机或电脑的浏览器打开“录音”页再传,或先转成 MP3、WAV。",
		"This is a {format} recording, which cannot be converted here. Upload it on the recordings page in a browser, or convert it to MP3 or WAV.",
	},
	"form_video": {
		"这是视频或手机录音({format}),这里取不出声音。请用手机或电脑的浏览器打开“录音”页再传,或先转成 MP3、WAV。",
		"This is a video or a phone's recording ({format}); its sound cannot be taken out here. Upload it on the recordings page in a browser, or convert it to MP3 or WAV.",
	},
	"form_wechat_voice": {
		"这是微信或 QQ 语音。请用手机或电脑的浏览器打开“录音”页再传,会自动转换。",
		"This is a WeChat or QQ voice message. Upload it on the recordings page in a browser, which converts it.",
	},
	"conversion_failed": {
		"这个 {format} 文件转换不了,可能坏了,请重新导出或另录一遍。",
		"This {format} file cannot be converted and may be damaged: export or record it again.",
	},
	"recording_broken": {
		"这个 {format} 文件坏了,读不出来,请重新导出或另录一遍。",
		"This {format} file is damaged and cannot be read: export or record it again.",
	},
	"flac_bits": {
		"这个 FLAC 是 {bits} 位的,请另存为 16 位或 24 位。",
		"This FLAC has {bits} bits: save it with 16 or 24.",
	},
	"clip_silent": {
		"这个录音里听不到声音。请检查话筒有没有开,再录一遍。",
		"Nothing can be heard in this recording. See whether the microphone was on, and record it again.",
	},
	"clip_too_short": {
		"这个录音太短,只有一声响。",
		"This recording is too short: it is a click.",
	},
	"level_raised": {
		"音量已调到标准(+{gain} dB)。",
		"Brought to the standard volume (+{gain} dB).",
	},
	"level_lowered": {
		"音量已调到标准(−{gain} dB)。",
		"Brought to the standard volume (−{gain} dB).",
	},
	"level_right": {
		"音量合适,没有改动。",
		"The volume was right and is unchanged.",
	},
	"level_most": {
		"录得太小声,音量已放到最大(+{gain} dB)。",
		"It was recorded very softly and is amplified as far as it may be (+{gain} dB).",
	},
	"wav_broken": {
		"这个 WAV 文件的开头坏了,读不出来,请重新导出。",
		"The beginning of this WAV file is damaged: export it again.",
	},
	"wav_format": {
		"这个 WAV 里的声音是 {format} 格式,请另存为普通 PCM 格式。",
		"The sound in this WAV is {format}: save it as plain PCM.",
	},
	"wav_format_unknown": {
		"这个 WAV 里的声音格式不认识,请另存为普通 PCM 格式。",
		"The sound in this WAV is in an unknown format: save it as plain PCM.",
	},
	"wav_bits": {
		"这个 WAV 是 {bits} 位的,请另存为 16 位。",
		"This WAV has {bits} bits: save it with 16.",
	},
	"wav_channels": {
		"这个录音有 {channels} 个声道,最多 8 个,请另存为单声道。",
		"This recording has {channels} channels, at most 8 are taken: save it as mono.",
	},
	"wav_rate": {
		"这个录音的采样率是 {rate},只收 4000 到 192000,请另存为 48000。",
		"The sampling rate is {rate}, 4000 to 192000 are taken: save it with 48000.",
	},
	"clip_no_sound": {
		"这个文件里没有声音。",
		"There is no sound in this file.",
	},
	"clip_too_long": {
		"这段录音有 {minutes} 分钟,最长 {limit} 分钟。",
		"The recording is {minutes} minutes long, the limit is {limit}.",
	},
}
