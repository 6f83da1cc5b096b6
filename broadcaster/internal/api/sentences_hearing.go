package api

// hearingSentences are about the ring test, what people heard, and repairs.
var hearingSentences = map[string]phrase{
	"weekday_unknown": {"请选星期几。", "Choose a day of the week."},
	"ring_test_out_of_hours": {
		"试响只能定在白天 {from} 到 {to} 之间的整分钟,请重新选时间。",
		"The ring test is for the day: choose a whole minute between {from} and {to}.",
	},
	"place_name_too_long": {
		"地名录音最长 {most} 秒,这段有 {is} 秒,请换一段短的。",
		"The name of a place may take {most} s, this recording takes {is} s: choose a shorter one.",
	},
	"airing_not_told": {
		"这次播出还没有记录,请过一会儿再点。",
		"Nothing is known of this yet: try again in a while.",
	},
	"airing_silent":    {"这一次没有播出声音,不用回答。", "Nothing sounded this time, so there is nothing to say."},
	"airing_not_begun": {"这一次还没播。", "This has not begun yet."},
	"airing_too_long_ago": {
		"这是 {hours} 小时以前播的,不再收回答了。",
		"This sounded more than {hours} hours ago; answers are closed.",
	},
	"answer_stands": {"您的回答已经过了一小时,不能再改了。", "You answered more than an hour ago: it stands."},
	"task_unknown":  {"没有这件报修。", "There is no such repair."},
	"task_done":     {"这件报修{by}已经办好了。", "{by} has seen to this already."},
}
