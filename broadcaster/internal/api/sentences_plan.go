package api

// planSentences are those of the pure floor that plans: timetables, quiet, volume, quotas.
var planSentences = map[string]phrase{
	"programme_unreadable": {
		"收到的安排读不出来,没有采用,仍按原来的播。",
		"The programme cannot be read; the previous one stays in force.",
	},
	"holiday_unknown": {
		"没有叫“{name}”的假日表,请先建好,或者换一个。",
		"There is no list of days called “{name}”; make it first, or choose another.",
	},
	"holidays_too_many": {
		"假日表太多了,最多 {max} 个。",
		"There are too many lists of days; at most {max}.",
	},
	"holidays_too_long": {
		"假日表“{name}”太长了,最多 {max} 天。",
		"The list of days “{name}” is too long; at most {max} days.",
	},
	"holidays_twice": {
		"假日表要有名字,而且不能重名:“{name}”。",
		"Each list of days needs a name of its own: “{name}”.",
	},
	"lunar_range": {
		"农历没有 {month} 月 {day} 日这一天,请重新选;闰月要写明是闰几月。",
		"The lunar calendar has no month {month}, day {day}; choose again, and say which month a leap month follows.",
	},
	"lunar_too_many": {
		"农历日子选得太多了,最多 {max} 个。",
		"There are too many lunar days; at most {max}.",
	},
	"lunar_unknown_year": {
		"这些日期太远,农历算不准,请改日期。",
		"The lunar calendar is not known for such distant dates; change the dates.",
	},
	"market_range": {
		"墟日要选尾数,0 到 9,至少一个。",
		"Market days need at least one last digit, 0 to 9.",
	},
	"quiet_range": {
		"静音时段“{name}”的起止不对;临时静音最长 {hours} 小时。",
		"The quiet period “{name}” has an impossible start or end; temporary quiet lasts at most {hours} hours.",
	},
	"volume_range": {
		"音量上下限不对:下限 {floor},上限 {cap},要在 0 到 100 之间,下限不能高过上限。",
		"These volume limits are not possible: from {floor} to {cap}. They lie between 0 and 100, the lower one first.",
	},
	"quota_range": {
		"每天的遍数要在 1 到 {max} 之间;没有要求就空着。",
		"The number of airings a day must lie between 1 and {max}; leave it empty if none is asked for.",
	},
	"spacing_range": {
		"两遍之间的间隔不对,最长 24 小时。",
		"The time between two rounds is not possible; at most 24 hours.",
	},
	"length_range": {
		"一遍的时长不对,要大于零,最长 24 小时。",
		"The length of one round is not possible; more than nothing, at most 24 hours.",
	},
	"window_range": {
		"一天里的起止时间不对。",
		"The start or end of the day's window is not possible.",
	},
}
