package api

// roundSentences are about announcements, playlists, rounds and quiet.
var roundSentences = map[string]phrase{
	"text_missing": {
		"这里还没填。",
		"This is still empty.",
	},
	"text_too_long": {
		"最多 {most} 个字,现在 {is} 个。",
		"At most {most} characters; this has {is}.",
	},
	"text_unreadable": {
		"里面有看不懂的字符,请重新输入。",
		"It contains unreadable characters; type it again.",
	},
	"grid_in_use": {
		"这里还有 {count} 项安排在用:{users}。先改掉再删。",
		"{count} things still use this place: {users}. Change them first.",
	},
	"announcement_unknown": {
		"没有这条宣传内容,可能已被删掉。",
		"There is no such announcement; it may have been removed.",
	},
	"announcement_in_use": {
		"节目单 {users} 还在用,先从里面拿掉。",
		"Still in playlists {users}; take it out there first.",
	},
	"announcement_without_recording": {
		"《{announcement}》还没有录音。",
		"“{announcement}” has no recording yet.",
	},
	"announcement_without_dialect": {
		"《{announcement}》没有这种话的录音。",
		"“{announcement}” has no recording in that dialect.",
	},
	"playlist_would_be_silent": {
		"这样改,节目单《{playlist}》里的《{announcement}》就没声音可放了。",
		"Then “{announcement}” in playlist “{playlist}” would have nothing to play.",
	},
	"validity_ends_before_it_begins": {
		"结束时间要晚于开始时间。",
		"The end must be after the beginning.",
	},
	"moment_out_of_range": {
		"日期不对,请重新选。",
		"The date is not possible; choose again.",
	},
	"too_many_variants": {
		"一条内容最多 {most} 个录音。",
		"At most {most} recordings for one announcement.",
	},
	"recording_unknown": {
		"没有这个录音,可能已被删掉。",
		"There is no such recording; it may have been removed.",
	},
	"recording_in_another_dialect": {
		"这个录音说的是另一种话。",
		"This recording is in another dialect.",
	},
	"playlist_unknown": {
		"没有这个节目单,可能已被删掉。",
		"There is no such playlist; it may have been removed.",
	},
	"playlist_in_use": {
		"定时播 {users} 还在用它,先改那边。",
		"Rounds {users} still play it; change them first.",
	},
	"playlist_empty": {
		"节目单里还没有内容。",
		"The playlist is still empty.",
	},
	"playlist_too_long": {
		"节目单最多 {most} 条。",
		"A playlist has at most {most} lines.",
	},
	"repeats_out_of_range": {
		"重复次数要在 1 到 {most} 之间。",
		"Repeats must be between 1 and {most}.",
	},
	"gap_out_of_range": {
		"间隔最长 {most} 分钟。",
		"A gap is at most {most} minutes.",
	},
	"round_unknown": {
		"没有这个定时播,可能已被删掉。",
		"There is no such round; it may have been removed.",
	},
	"class_unknown": {
		"请选\"宣传\"或\"背景\"。",
		"Choose announcement or background.",
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
	"timetable_over": {
		"这个安排的时间都已经过去了,请改日期。",
		"All its times have passed; change the dates.",
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
	"recording_in_use": {
		"《{users}》还在用这个录音,先从那里拿掉。",
		"Still used by {users}; take it out there first.",
	},
	"upload_too_large": {
		"文件太大,最多 {megabytes} MB。",
		"The file is too large; at most {megabytes} MB.",
	},
	"upload_broken_off": {
		"上传中断了,请再传一次。",
		"The upload broke off; send it again.",
	},
	"disk_full": {
		"服务器磁盘满了,请告诉管理员。",
		"The server's disk is full; tell the administrator.",
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
	"quiet_now": {
		"现在静音,到 {until} 为止,播了没人听到。",
		"It is quiet until {until}; nobody would hear it.",
	},
	"quota_missed": {
		"{day} 只能播 {is} 次,要求 {starts} 次。",
		"On {day} it sounds {is} times, not {starts}.",
	},
	"closer_than_spacing": {
		"{time} 离上一次只有 {minutes} 分钟,要求 {spacing} 分钟。",
		"{time} is only {minutes} minutes after the last, not {spacing}.",
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
	"horn_above": {
		"{terminals} 装在上一级,这次不会响。要它也响,就在设备页把它和这里共用,或把范围选大一级。",
		"{terminals} stand one level up and will stay silent. To have them sound, share them with this grid or choose a wider area.",
	},
}
