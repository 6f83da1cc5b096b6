package api

// winnerSentences are the words for who or what stood first, and for what becomes of an airing because of that. Those
// that begin with winner_ or because_ are parts of sentences; _unnamed is said where nobody knows a name.
var winnerSentences = map[string]phrase{
	"content":    {"《{title}》{dialect}", "“{title}” {dialect}"},
	"content_of": {"“{round}”的{contents}", "{contents} of “{round}”"},

	"whose_town":    {"镇里", "the town"},
	"whose_village": {"村里", "the village"},
	"whose_other":   {"别处", "another place"},

	"winner_round":                   {"{place}的《{name}》", "“{name}” of {place}"},
	"winner_round_unnamed":           {"{place}的定时播", "a round of {place}"},
	"winner_talk":                    {"{name}的喊话", "a talk by {name}"},
	"winner_talk_unnamed":            {"{place}的喊话", "a talk of {place}"},
	"winner_alert":                   {"{place}的应急广播({name})", "an alert of {place} ({name})"},
	"winner_alert_unnamed":           {"{place}的应急广播", "an alert of {place}"},
	"winner_drill":                   {"{place}的演练({name})", "a drill of {place} ({name})"},
	"winner_drill_unnamed":           {"{place}的演练", "a drill of {place}"},
	"winner_play_now":                {"{place}人工播放的《{name}》", "“{name}”, played by hand for {place},"},
	"winner_play_now_unnamed":        {"{place}的人工播放", "what was played by hand for {place}"},
	"winner_person":                  {"{name}", "{name}"},
	"winner_person_unnamed":          {"有人", "somebody"},
	"winner_quiet_rule":              {"静音时段({name})", "quiet hours ({name})"},
	"winner_quiet_rule_unnamed":      {"静音时段", "quiet hours"},
	"winner_quiet_place":             {"安静地点({name})", "a quiet place ({name})"},
	"winner_quiet_place_unnamed":     {"安静地点", "a quiet place"},
	"winner_temporary_quiet":         {"临时静音({name})", "temporary quiet ({name})"},
	"winner_temporary_quiet_unnamed": {"临时静音", "temporary quiet"},
	"winner_daily_minutes":           {"当天已播满 {most} 分钟", "the day's {most} minutes are used up"},
	"winner_daily_plays":             {"《{name}》当天已播满 {most} 遍", "“{name}” has sounded {most} times that day"},

	"because_first":     {"{winner}在先", "{winner} came first"},
	"because_muted":     {"{by}静了音", "{by} muted it"},
	"because_muted_for": {"{by}静了音({reason})", "{by} muted it ({reason})"},
	"because_unknown":   {"原因不明", "nobody said why"},
	"because_cancelled": {"{by}取消了", "{by} called it off"},

	"late_for_round":      {"{names} 现在没连上,{time} 以前收不到这次改动,还会照旧播。", "{names}: not connected, and will not hear of this before {time}. They go on as before."},
	"late_for_round_many": {"{names} 等 {count} 个喇叭现在没连上,{time} 以前收不到这次改动,还会照旧播。", "{names} and others, {count} in all: not connected, and will not hear of this before {time}. They go on as before."},

	"slot_deferred":   {"顺延到 {start},因为{because}。", "Moved to {start}: {because}."},
	"slot_moved":      {"{start} 播。", "At {start}."},
	"slot_will_miss":  {"不会播:{because}。", "It will not sound: {because}."},
	"slot_cancelled":  {"{because}。", "{because}."},
	"slot_late":       {"{start} 才播:{because}。", "Only at {start}: {because}."},
	"slot_late_plain": {"{start} 才播。", "Only at {start}."},
	"slot_missed":     {"没播成:{because}。", "It did not sound: {because}."},
	"slot_partial":    {"没播完:{because}。", "It sounded in part: {because}."},
	"slot_unreported": {"还没回报。", "Not reported yet."},
	"slot_at":         {"{total} 个里有 {count} 个:{reason}", "{count} of {total}: {reason}"},
}
