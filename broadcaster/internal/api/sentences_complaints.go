package api

// complaintSentences are about complaints: what is wrong with one, what was found, what can be done, and the lines of a
// reply, which begin with complaint_reply_.
var complaintSentences = map[string]phrase{
	"complaint_unknown":    {"没有这条投诉。", "There is no such complaint."},
	"complaint_closed":     {"这条投诉已经办结,要改请先重新打开。", "This complaint is closed; open it again first."},
	"complaint_open":       {"这条投诉还没办结。", "This complaint is not closed."},
	"complaint_time_ahead": {"这个时间还没到,请重新选。", "That time has not come yet; choose again."},
	"complaint_time_too_old": {
		"只能查最近 {days} 天,请重新选时间。",
		"Only the last {days} days can be looked up; choose again.",
	},
	"complaint_terminal_elsewhere": {
		"{terminal}不在这个地方,请重新选喇叭或地方。",
		"{terminal} does not serve this place; choose another loudspeaker or place.",
	},
	"complaint_change_unknown": {
		"选的改动里,有一项和这条投诉没有关系,请重新选。",
		"One of the chosen changes has nothing to do with this complaint; choose again.",
	},
	"complaint_point_elsewhere": {
		"图上点的地方离{place}太远了,请重新点,或者改选地方。",
		"The point on the map is too far from {place}; choose another point or place.",
	},

	"complaint_found_planned": {
		"{begin} 到 {end},{terminal}播了《{titles}》,音量 {volume} %,是{owner}的定时播“{round}”({by})。",
		"{begin}–{end}: {terminal} played “{titles}” at volume {volume} %, by round “{round}” of {owner} ({by}).",
	},
	"complaint_found_extra": {
		"{begin} 到 {end},{terminal}播了《{titles}》,音量 {volume} %,不在当天的安排里。",
		"{begin}–{end}: {terminal} played “{titles}” at volume {volume} %, which was not planned.",
	},
	"complaint_found_talk": {
		"{begin} 到 {end},{terminal}有人喊话,音量 {volume} %。",
		"{begin}–{end}: somebody spoke over {terminal} at volume {volume} %.",
	},
	"complaint_found_alert": {
		"{begin} 到 {end},{terminal}播的是应急广播《{titles}》,音量 {volume} %。",
		"{begin}–{end}: {terminal} sounded the alert “{titles}” at volume {volume} %.",
	},
	"complaint_found_missed": {
		"{due} 该播“{round}”,{terminal}没播成:{cause}。",
		"{due}: “{round}” was due at {terminal} and did not play: {cause}.",
	},
	"complaint_found_unreported": {
		"{due} 该播“{round}”,{terminal}还没回报。",
		"{due}: “{round}” was due at {terminal}, which has not reported yet.",
	},
	"complaint_by_unknown": {"不知道谁定的", "nobody knows whose"},
	"complaint_untitled":   {"一段录音", "a recording"},

	"complaint_remedy_later": {"“{round}”从 {start} 改到 {instead} 播。", "Move “{round}” from {start} to {instead}."},
	"complaint_remedy_earlier": {
		"“{round}”从 {start} 提前到 {instead} 播。",
		"Move “{round}” forward from {start} to {instead}.",
	},
	"complaint_remedy_lower": {
		"{from} 到 {to} 音量从 {volume} % 调到 {lower} %。",
		"Lower the volume from {volume} % to {lower} % between {from} and {to}.",
	},
	"complaint_remedy_shorter": {
		"“{round}”每条从播 {repeats} 遍改成 {fewer} 遍。",
		"Repeat each line of “{round}” {fewer} times at most instead of {repeats}.",
	},
	"complaint_remedy_less": {
		"“{round}”一次响 {minutes} 分钟,减少几条内容。",
		"“{round}” sounds for {minutes} minutes at a time; take something out.",
	},
	"complaint_remedy_quiet": {"临时静音,写明原因。", "Order temporary quiet, with a reason."},

	"complaint_reply_greeting": {
		"您好!您反映{place} {date} {time} 喇叭的事,我们查过了。",
		"Hello. We have looked into what you told us about the loudspeaker at {place} on {date} at {time}.",
	},
	"complaint_reply_greeting_caller": {
		"{caller},您好!您反映{place} {date} {time} 喇叭的事,我们查过了。",
		"Hello {caller}. We have looked into what you told us about the loudspeaker at {place} on {date} at {time}.",
	},
	"complaint_reply_not_then": {
		"{time} 那一分钟没有喇叭在响,前后十分钟里响过的是:",
		"No loudspeaker was sounding at {time}; within ten minutes of it there was:",
	},
	"complaint_reply_planned": {
		"{begin} 到 {end},{terminal}播了《{titles}》,音量 {volume} %,是{owner}安排的“{round}”。",
		"From {begin} to {end} {terminal} played “{titles}” at volume {volume} %, arranged by {owner} as “{round}”.",
	},
	"complaint_reply_extra": {
		"{begin} 到 {end},{terminal}播了《{titles}》,音量 {volume} %,不在当天的安排里。",
		"From {begin} to {end} {terminal} played “{titles}” at volume {volume} %, which was not planned that day.",
	},
	"complaint_reply_talk": {
		"{begin} 到 {end},{terminal}有人喊话,音量 {volume} %。",
		"From {begin} to {end} somebody spoke over {terminal} at volume {volume} %.",
	},
	"complaint_reply_alert": {
		"{begin} 到 {end},{terminal}播的是应急广播《{titles}》。",
		"From {begin} to {end} {terminal} sounded the emergency message “{titles}”.",
	},
	"complaint_reply_deferred": {
		"原定 {due} 播,因为要先播“{winner}”,顺延到 {begin}。",
		"It was due at {due}; “{winner}” had to go first, so it began at {begin}.",
	},
	"complaint_reply_more": {"另外还响过 {count} 次。", "{count} more things sounded."},
	"complaint_reply_nothing": {
		"我们查了 {from} 到 {to} 的播放记录,附近的喇叭没有响过。",
		"The records from {from} to {to} show no loudspeaker sounding near you.",
	},
	"complaint_reply_nothing_yet": {
		"从目前收到的播放记录看,{from} 到 {to} 附近的喇叭没有响过。",
		"The records received so far show no loudspeaker sounding near you from {from} to {to}.",
	},
	"complaint_reply_unreported": {
		"{terminals}还没有回报,播没播要等它连上才知道,查清了再告诉您。",
		"{terminals} has not reported yet; we shall know once it is connected, and will tell you.",
	},
	"complaint_reply_sorry":             {"打扰到您了,很抱歉。", "We are sorry for the disturbance."},
	"complaint_reply_changed_round":     {"“{name}”的播放安排已经改了。", "“{name}” has been rescheduled."},
	"complaint_reply_changed_paused":    {"“{name}”已经暂停。", "“{name}” has been paused."},
	"complaint_reply_changed_removed":   {"“{name}”已经取消,以后不播了。", "“{name}” has been removed and will not play again."},
	"complaint_reply_changed_cancelled": {"“{name}”已经少播一次。", "One airing of “{name}” has been called off."},
	"complaint_reply_changed_content":   {"“{name}”的内容已经改了。", "The content of “{name}” has been changed."},
	"complaint_reply_changed_volume":    {"{name} 的音量已经调整。", "The volume for {name} has been adjusted."},
	"complaint_reply_changed_quiet":     {"已经给这里安排了静音({name})。", "Quiet has been arranged there ({name})."},
	"complaint_reply_changed_limits":    {"每天播放的时间和次数已经重新限定。", "The daily limits on playing have been reset."},
	"complaint_reply_above": {
		"这是{owner}统一安排的,我们会把您的意见转给{owner}。",
		"This was arranged by {owner}; we will pass on to {owner} what you told us.",
	},
	"complaint_reply_considering": {
		"时间和音量怎么调整,我们商量好再告诉您。",
		"We are considering how to change the time and the volume, and will tell you.",
	},
	"complaint_reply_thanks": {
		"谢谢您告诉我们,以后有不合适的地方请随时说。",
		"Thank you for telling us; please do so again whenever something is not right.",
	},
}
