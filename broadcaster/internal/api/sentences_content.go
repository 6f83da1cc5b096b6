package api

// contentSentences are about recordings and what became of them.
var contentSentences = map[string]phrase{
	"not_wav": {
		"这个文件不是 WAV 录音,请另存为 WAV 再上传。",
		"This is not a WAV recording: save it as WAV and upload it again.",
	},
	"not_wav_but": {
		"这是 {format} 文件,现在只收 WAV 录音,请先转成 WAV。",
		"This is a {format} file; only WAV is taken for now: convert it first.",
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
