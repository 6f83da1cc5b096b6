package api

// listSentences are about announcements, the recordings they use, and playlists.
var listSentences = map[string]phrase{
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
	"chime_too_long": {
		"提示音最长 {most} 秒,这段有 {is} 秒。",
		"A chime has at most {most} seconds; this one has {is}.",
	},
	"recording_built_in": {
		"“{title}”是系统自带的,不能改也不能删。",
		"“{title}” comes with the software; it stays as it is.",
	},
	"recording_without_words": {
		"这段录音里没有人说话,只能当提示音。",
		"Nobody speaks in this recording; it can only be a chime.",
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
}
