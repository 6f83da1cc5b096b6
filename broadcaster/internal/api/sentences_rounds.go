package api

// roundSentences are about rounds, what they do to each other, and quiet.
var roundSentences = map[string]phrase{
	"grid_in_use": {
		"这里还有 {count} 项安排在用:{users}。先改掉再删。",
		"{count} things still use this place: {users}. Change them first.",
	},
	"round_unknown": {
		"没有这个定时播,可能已被删掉。",
		"There is no such round; it may have been removed.",
	},
	"class_unknown": {
		"请选\"宣传\"或\"背景\"。",
		"Choose announcement or background.",
	},
	"volume_out_of_range": {
		"音量要在 1% 到 100% 之间。",
		"The volume must be between 1 % and 100 %.",
	},
	"volume_held": {
		"想要音量 {percent}%,按那里的音量规定只能是 {lowest}%。",
		"It asks for {percent} %; by the volume rules there it will be {lowest} %.",
	},
	"volume_held_between": {
		"想要音量 {percent}%,按各处的音量规定会是 {lowest}% 到 {highest}%。",
		"It asks for {percent} %; by the volume rules there it will be {lowest} % to {highest} %.",
	},
	"muted_now": {
		"现在不会响:那里的喇叭被{by}静音了,先恢复再播。",
		"It would not sound: {by} muted the speakers there. Lift that first.",
	},
	"lateness_out_of_range": {
		"最多可以晚 {most} 小时播。",
		"It can be at most {most} hours late.",
	},
	"targets_missing": {
		"还没选在哪里播。",
		"Choose where it shall play.",
	},
	"too_many_targets": {
		"一次最多选 {most} 个地方。",
		"At most {most} places.",
	},
	"target_outside_owner": {
		"这个地方不归你管,不能选。",
		"That place is outside your area.",
	},
	"programme_too_large": {
		"{terminal} 的安排太多了,请减少一些。",
		"{terminal} has too much to do; take something away.",
	},
	"quiet_span_impossible": {
		"静音时段的开始和结束不对。",
		"The start and end of the quiet period are not possible.",
	},
	"night_stays": {
		"夜间静音不能删,只能暂时解除。",
		"The night's quiet cannot be removed, only lifted for a time.",
	},
	"lift_end_out_of_range": {
		"解除要有结束时间,从现在起最多 {most} 天。",
		"A lifting needs an end, at most {most} days from now.",
	},
	"too_many_airings": {
		"一次看得太多,请缩小范围。",
		"That is too much at once; choose less.",
	},
	"no_terminal_touched": {
		"这些地方还没有喇叭,播了没人听到。",
		"There is no loudspeaker there; nobody would hear it.",
	},
	"starts_early": {
		"开始时间是 {time},太早了吧?",
		"It starts at {time}. Is that not too early?",
	},
	"starts_late": {
		"开始时间是 {time},太晚了吧?",
		"It starts at {time}. Is that not too late?",
	},
	"falls_into_mute": {
		"{time} 那一次有喇叭不会响:{by}把它静音了。",
		"At {time} a speaker stays silent: {by} has muted it.",
	},
	"moved_by_mute": {
		"{time} 那一次有喇叭要到 {start} 才播:{by}把它静音了。",
		"At {time} a speaker begins only at {start}: {by} has muted it.",
	},
	"falls_into_quiet": {
		"{time} 在静音时段里,不会响。",
		"{time} is in a quiet period; it will not sound.",
	},
	"moved_by_quiet": {
		"{time} 在静音时段里,顺延到 {start}。",
		"{time} is in a quiet period; it moves to {start}.",
	},
	"moved_by_round": {
		"{time} 要让给《{round}》,顺延到 {start}。",
		"At {time} “{round}” goes first; it moves to {start}.",
	},
	"gives_way": {
		"{time} 要让给《{round}》,播不成。",
		"At {time} “{round}” goes first and leaves no time; it will not play.",
	},
	"moves_round": {
		"《{round}》{time} 那次会顺延到 {start}。",
		"“{round}” at {time} moves to {start}.",
	},
	"displaces_round": {
		"《{round}》{time} 那次会播不成。",
		"“{round}” at {time} will not play.",
	},
	"longer_than_step": {
		"播一次要 {seconds} 秒,比 {step} 分钟的间隔还长。",
		"One airing takes {seconds} s, longer than the step of {step} min.",
	},
	"announcements_over": {
		"{time} 那次,宣传内容已经过期,没有可播的。",
		"At {time} the announcements are over; there is nothing to play.",
	},
	"no_dialect": {
		"{time} 那次,有的喇叭没有合适的录音。",
		"At {time} some loudspeaker has no recording that fits.",
	},
	"no_time_left": {
		"{time} 那次,剩下的时间不够播完。",
		"At {time} there is not enough time left to play it.",
	},
	"cursor_unknown": {
		"这一页找不到了,请从头看起。",
		"This page cannot be found any more: start from the beginning.",
	},
	"quiet_reason_unknown": {
		"请选原因:丧事、病人、考试或其他。",
		"Choose a reason: funeral, illness, exam or other.",
	},
	"quiet_ends_before_it_begins": {
		"结束要晚于开始。",
		"The end must come after the beginning.",
	},
	"quiet_too_long": {
		"临时静音最多 {most} 小时。",
		"Temporary quiet lasts at most {most} hours.",
	},
	"quiet_place_unknown": {
		"这个安静地点已经没有了。",
		"This quiet place no longer exists.",
	},
	"position_out_of_range": {
		"地图上的位置不对。",
		"This is no position on the map.",
	},
	"radius_out_of_range": {
		"半径要在 1 到 {most} 米之间。",
		"The radius must be 1 to {most} metres.",
	},
	"volume_unknown": {
		"这条音量规定已经没有了。",
		"This volume rule no longer exists.",
	},
	"limit_out_of_range": {
		"每日上限最多 {most}。",
		"The daily limit is at most {most}.",
	},
	"holidays_unknown": {
		"没有这组日子。",
		"There is no such set of days.",
	},
	"holidays_empty": {
		"至少要有一天。",
		"Name at least one day.",
	},
	"holidays_in_use": {
		"还有 {count} 个定时播在用:{users}。",
		"{count} rounds still use it: {users}.",
	},
	"airing_over": {
		"已经过了时间,改不了。",
		"Its time has passed.",
	},
	"airing_unknown": {
		"这个时间没有要播的。",
		"Nothing is due at that time.",
	},
	"cancellation_unknown": {
		"这一次没有取消过。",
		"This one was not called off.",
	},
	"quiet_then": {
		"那时静音,到 {until} 为止,播了没人听到。换个时间吧。",
		"It is quiet then, until {until}: nobody would hear it. Choose another time.",
	},
	"limit_reached": {
		"当天已经播满了,这次不会响。改天再播,或者请管理员放开每天上限。",
		"The day's limit is reached: this would not sound. Choose another day, or ask an administrator to lift the limit.",
	},
	"no_room": {
		"那时别的播出排满了,这次不会响。换个时间吧。",
		"Other things sound then and leave no room: this would not sound. Choose another time.",
	},
	"nothing_fits": {
		"这些喇叭没有合适的录音,这次不会响。",
		"No recording fits what is spoken at these loudspeakers: this would not sound.",
	},
	"quiet_now": {
		"现在静音,到 {until} 为止,播了没人听到。",
		"It is quiet until {until}; nobody would hear it.",
	},
	"closer_than_spacing": {
		"{time} 离上一次只有 {minutes} 分钟,要求 {spacing} 分钟。",
		"{time} is only {minutes} minutes after the last, not {spacing}.",
	},
	"horn_above": {
		"{terminals} 装在上一级,这次不会响。要它也响,就在设备页把它和这里共用,或把范围选大一级。",
		"{terminals} stand one level up and will stay silent. To have them sound, share them with this grid or choose a wider area.",
	},
	"rounds_too_many": {
		"这个网格最多 {most} 个定时播,先删掉不用的。",
		"A place has at most {most} rounds: remove those that are not needed.",
	},
	"firings_too_many": {
		"这个网格的定时播加起来一天最多播 {most} 次,这样就有 {is} 次了,请减少一些。",
		"The rounds of a place may fire {most} times a day together; that would be {is}: make them fewer.",
	},
	"sayings_too_many": {
		"这个网格的定时播一共最多用 {most} 条宣传内容,请减少一些。",
		"The rounds of a place play at most {most} announcements together: use fewer.",
	},
	"sayings_too_long": {
		"这个网格的定时播和宣传文字加起来太多了,喇叭存不下,请减少一些。",
		"The rounds of a place and what they say are more than a loudspeaker can keep: make them shorter.",
	},
	"cancellations_too_many": {
		"取消的次数太多了,最多 {most} 次;不想播就暂停这个定时播。",
		"At most {most} airings can be called off: pause the round instead.",
	},
	"guests_too_many": {
		"和{terminal}共用的网格在那里排得太多了,放不下这个定时播。",
		"The grids that share {terminal} have too much planned there: this round does not fit.",
	},
	"round_too_large": {
		"这个定时播的日子和范围写得太多了,请分成几个。",
		"This round lists too many days and places: make several of it.",
	},
}
