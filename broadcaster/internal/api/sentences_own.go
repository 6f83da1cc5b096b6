package api

// ownSentences are what this package itself has to say.
var ownSentences = map[string]phrase{
	"internal": {
		"系统出了问题,已记下来。请再试一次。",
		"Something broke here and was written down. Please try again.",
	},
	"request_shape": {
		"填的内容有问题,请检查。",
		"Something in the form is not right: please check it.",
	},
	"request_too_large": {
		"内容太大。",
		"That is too large.",
	},
	"request_too_slow": {
		"网络太慢,没收完整。请再试一次。",
		"The connection was too slow: please try again.",
	},
	"request_type": {
		"内容的格式不对。",
		"That is not in the right format.",
	},
	"too_many_listeners": {
		"打开的页面太多,请稍后再试。",
		"Too many pages are open: try again later.",
	},
	"time_of_day": {
		"时间\"{text}\"不对,请写成 06:30。",
		"\"{text}\" is no time of day: write it as 06:30.",
	},
	"quiet_unknown": {
		"没有这个静音时段。",
		"There are no such quiet hours.",
	},
	"clip_unknown": {
		"没有这个录音。",
		"There is no such recording.",
	},
	"ticket_unknown": {
		"设备没有连上,不能取录音。",
		"The terminal is not connected and cannot fetch recordings.",
	},
	"clip_not_named": {
		"这个设备的安排里没有这个录音。",
		"The terminal's plan does not name this recording.",
	},
	"notice_night_lifted": {
		"夜间静音已解除到 {until}({reason})。",
		"The town's night is lifted until {until} ({reason}).",
	},
	"notice_no_key": {
		"签名钥匙不见了,新的安排发不出去。请联系管理员。",
		"The signing key is missing: new plans cannot be published. Ask the administrator.",
	},
	"note_silent": {
		"这个录音几乎没有声音。",
		"There is hardly any sound in this recording.",
	},
	"note_quiet": {
		"这个录音声音太小,户外可能听不清。",
		"This recording is very soft and may not be understood outdoors.",
	},
	"note_clipped": {
		"录得太响,声音有破音。",
		"It was recorded too loud and is distorted.",
	},
	"note_offset": {
		"录音设备可能有问题,声音会变小。",
		"The recording equipment seems faulty; it will sound softer.",
	},
	"note_short": {
		"不到一秒。",
		"It is shorter than a second.",
	},
	"note_truncated": {
		"文件不完整,只有前面一部分。",
		"The file is incomplete; this is its first part.",
	},
	"note_damaged": {
		"文件有几处坏了,那里没有声音,请听一遍。",
		"Parts of the file are damaged and silent: listen to it once.",
	},
	"note_late_begin": {
		"开头有好几秒没有声音,可以剪掉再传。",
		"It is silent for several seconds at its beginning: you may cut that off.",
	},
	"note_early_end": {
		"末尾有好几秒没有声音,可以剪掉再传。",
		"It is silent for several seconds at its end: you may cut that off.",
	},
	"note_pause": {
		"中间有好几秒没有声音,请听一遍。",
		"It is silent for several seconds in between: listen to it once.",
	},
	"grids_import_running": {
		"正在导入另一份网格,请等它完成。",
		"Another grid tree is being imported: wait until it is done.",
	},
	"dry_run_replaced": {
		"你又试排了一次,这一次就不算了,看新的结果。",
		"You have tried it again since: look at the newer result.",
	},
	"busy_planning": {
		"正在算别人的安排,请过几秒再试。",
		"Other plans are being worked out: try again in a few seconds.",
	},
	"used_above": {
		"《{user}》还在用它,那不归你管。请复制一份来改。",
		"“{user}” uses it, and is not yours to change. Make a copy and change that.",
	},
}
