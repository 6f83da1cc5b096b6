package api

// whenSentences are about timetables and quotas.
var whenSentences = map[string]phrase{
	"timetable_over": {
		"这个安排的时间都已经过去了,请改日期。",
		"All its times have passed; change the dates.",
	},
	"quota_missed": {
		"{day} 只能播 {is} 次,要求 {starts} 次。",
		"On {day} it sounds {is} times, not {starts}.",
	},
	"quota_impossible": {
		"{from} 到 {to} 一个喇叭最多 {manages} 次,做不到 {starts} 次。",
		"From {from} to {to} one speaker manages {manages}, not {starts}.",
	},
	"quota_with_more_terminals": {
		"用 {terminals} 个轮流可以。",
		"{terminals} in turn would do.",
	},
	"quota_with_less_spacing": {
		"间隔缩短到 {minutes} 分钟可以。",
		"A spacing of {minutes} minutes would do.",
	},
	"quota_with_shorter_airings": {
		"每次不超过 {seconds} 秒可以。",
		"At most {seconds} seconds each would do.",
	},
	"quota_with_longer_window": {
		"时段拉长到 {minutes} 分钟可以。",
		"A window of {minutes} minutes would do.",
	},
	"quota_with_fewer_starts": {
		"或者改成 {starts} 次。",
		"Or ask for {starts}.",
	},
	"timetable_empty": {
		"还没有选播出时间。",
		"Choose when it should play.",
	},
	"timetable_both": {
		"播出时间只能用一种写法,请去掉一种。",
		"Use only one way of giving the times; remove the other.",
	},
	"timetable_never_fires": {
		"按这些日期和星期,一次也不会播。",
		"With these dates and weekdays it would never play.",
	},
	"cron_syntax": {
		"播出时间的写法看不懂,请检查这一行。",
		"This line of times cannot be read; please check it.",
	},
	"cron_zone": {
		"播出时间里不能写时区,一律按本镇时间。",
		"Do not write a time zone; the town's time always applies.",
	},
	"cron_descriptor": {
		"播出时间里不能用 @ 开头的写法,请写明几点几分。",
		"Times that begin with @ cannot be used; give the hour and minute.",
	},
	"cron_never_fires": {
		"没有这样的日子(例如 2 月 31 日),一次也不会播。",
		"There is no such day (31 February, say), so it would never play.",
	},
	"every_minutes_range": {
		"间隔要在 1 到 {max} 分钟之间。",
		"The interval must be from 1 to {max} minutes.",
	},
	"every_from_range": {
		"开始时间要在 00:00 到 23:59 之间。",
		"The start must be between 00:00 and 23:59.",
	},
	"every_to_range": {
		"结束时间要在 00:00 到 24:00 之间。",
		"The end must be between 00:00 and 24:00.",
	},
	"weekday_range": {
		"星期只能是周一到周日。",
		"Weekdays run from Monday to Sunday.",
	},
	"until_before_from": {
		"结束日期 {until} 早于开始日期 {from}。",
		"The last day, {until}, is before the first, {from}.",
	},
	"except_too_many": {
		"不播的日子最多 {max} 天。",
		"At most {max} days can be left out.",
	},
	"except_covers_all": {
		"不播的日子把所有日子都盖住了,一次也不会播。",
		"The days left out cover every day, so it would never play.",
	},
}
