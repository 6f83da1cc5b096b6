package api

// silenceSentences are about temporary quiet, quiet places, volume, limits and lists of days.
var silenceSentences = map[string]phrase{
	"day_unreadable": {
		"日期“{text}”不对,请写成 2026-01-23。",
		"“{text}” is no day: write it as 2026-01-23.",
	},
	"quiet_place_over": {
		"这些日子已经过了,请改到哪天为止。",
		"These days are over: choose a later last day.",
	},
	"quiet_too_many": {
		"一个网格最多 {most} 段静音时段,先删掉不用的。",
		"A place has at most {most} quiet periods: remove those that are not needed.",
	},
	"quiet_places_too_many": {
		"一个网格最多 {most} 个安静地点,先删掉不用的。",
		"A place orders at most {most} quiet places: remove those that are not needed.",
	},
	"temporary_quiet_too_many": {
		"这里几天内的临时静音已有 {most} 次,请改用静音时段,或找上一级。",
		"There are {most} times of temporary quiet here within a few days: use a quiet period, or ask the place above.",
	},
	"volume_too_many": {
		"一个网格最多 {most} 条音量规定,先删掉不用的。",
		"A place has at most {most} volume rules: remove those that are not needed.",
	},
	"grid_stays": {
		"定好以后不能换到别的网格,请在那边另建一条。",
		"It stays with the place it was made for: make another one there.",
	},
	"quiet_place_lessened": {
		"这个安静地点是{by}定的,只能加宽;要缩小或移走,请找管理员。",
		"{by} ordered this quiet place. You can widen it; to make it smaller or move it, ask an administrator.",
	},
	"muted_already": {
		"{by}已经把“{terminal}”静音了。要改,先恢复再静音。",
		"{by} has muted “{terminal}” already. To change that, lift it first.",
	},
	"mutes_too_many": {
		"这个喇叭几天内已经静音 {most} 次,请过几天再定,或找上一级。",
		"This speaker was muted {most} times within a few days: wait some days, or ask the place above.",
	},
	"mute_ends_before_it_begins": {
		"静音到的时间已经过了,请改晚一点。",
		"That end has passed: choose a later one.",
	},
	"mute_too_long": {
		"静音最长 {most} 天,到时候可以再静音。",
		"A mute holds at most {most} days; after that it can be ordered again.",
	},
	"mute_unknown": {
		"这次静音已经结束了。",
		"This mute is over already.",
	},
	"notice_silent": {
		"{place} 现在临时静音({reason}),到 {until}。",
		"{place} is in temporary quiet ({reason}) until {until}.",
	},
	"notice_silent_more": {
		"还有 {count} 处也在临时静音。",
		"{count} more places are in temporary quiet.",
	},
	"quiet_for_funeral": {"丧事", "funeral"},
	"quiet_for_illness": {"病人", "illness"},
	"quiet_for_exam":    {"考试", "exam"},
	"quiet_for_other":   {"其他", "other reasons"},
}
