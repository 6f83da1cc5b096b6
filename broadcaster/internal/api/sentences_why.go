package api

// whySentences say why something sounds, or does not.
var whySentences = map[string]phrase{
	"why_sounds": {
		"{start} 播《{round}》。",
		"“{round}” at {start}.",
	},
	"why_sounds_late": {
		"《{round}》本该 {due},{start} 才播:{by} 在先。",
		"“{round}”, due {due}, at {start}: {by} came first.",
	},
	"why_deferred": {
		"《{round}》从 {due} 顺延到 {start}:{by} 在先。",
		"“{round}” moved from {due} to {start}: {by} came first.",
	},
	"why_missed": {
		"《{round}》{due} 没播成:{cause}{by}。",
		"“{round}” at {due} did not sound: {cause} {by}.",
	},
	"why_talk": {
		"{by} 喊话,{time} 开始。",
		"A talk by {by}, from {time}.",
	},
	"why_alert": {
		"{by} 应急,{time} 开始。",
		"An alert by {by}, from {time}.",
	},
	"why_drill": {
		"{by} 演练,{time} 开始。",
		"A drill by {by}, from {time}.",
	},
	"why_play_now": {
		"{by} 人工播放,{time} 开始。",
		"Played by hand by {by}, from {time}.",
	},
	"why_mute": {
		"{by} 静了音。",
		"Muted by {by}.",
	},
	"why_stop": {
		"{by} 叫停。",
		"Stopped by {by}.",
	},
	"why_outage": {
		"{time} 起播不了:{cause}。",
		"Nothing could sound from {time}: {cause}.",
	},
	"why_ended": {
		"《{round}》{day} 结束。",
		"“{round}” ended on {day}.",
	},
	"why_not_begun": {
		"《{round}》{day} 才开始。",
		"“{round}” begins on {day}.",
	},
	"why_weekday": {
		"《{round}》这天不播。",
		"“{round}” is not for this day of the week.",
	},
	"why_cron": {
		"《{round}》这天不播。",
		"“{round}” is not for this day.",
	},
	"why_lunar": {
		"《{round}》不是它的农历日子。",
		"“{round}” is not for this lunar day.",
	},
	"why_market": {
		"《{round}》不是墟日。",
		"“{round}”: not a market day.",
	},
	"why_excepted": {
		"《{round}》这天除外。",
		"“{round}” leaves this day out.",
	},
	"why_holiday": {
		"《{round}》“{set}”不播。",
		"“{round}” does not play on “{set}”.",
	},
	"why_no_holiday": {
		"《{round}》只在指定日子播。",
		"“{round}” plays on its days only.",
	},
	"why_since": {
		"《{round}》后来才定的。",
		"“{round}” was made later.",
	},
	"why_early": {
		"《{round}》内容还没到生效时间。",
		"The content of “{round}” was not valid yet.",
	},
	"why_paused": {
		"《{round}》{day} {time} 被{by}暂停。",
		"“{round}” was paused by {by} on {day} at {time}.",
	},
	"why_removed": {
		"《{round}》{day} {time} 被{by}删除。",
		"“{round}” was removed by {by} on {day} at {time}.",
	},
	"why_unpublished": {
		"《{round}》还没发到这个喇叭的安排里。",
		"“{round}” was not in this speaker's plan yet.",
	},
	"why_silent": {
		"静音:{by},到 {until}。",
		"Quiet: {by}, until {until}.",
	},
	"why_nothing": {
		"这时没有安排。",
		"Nothing was planned.",
	},
	"why_no_programme": {
		"这个喇叭还没有安排。",
		"This speaker has no plan yet.",
	},
}
