package api

// placeSentences are about the grid tree and its terminals.
var placeSentences = map[string]phrase{
	"grid_has_terminals": {
		"还有 {count} 个设备在要删掉的网格里:{terminals}。请先移走。",
		"{count} terminals still stand at grids that would vanish: {terminals}. Move them first.",
	},
	"grid_unknown": {
		"没有这个网格。",
		"There is no such grid.",
	},
	"no_grids": {
		"还没有导入网格。",
		"No grids have been imported yet.",
	},
	"terminal_unknown": {
		"没有这个设备。",
		"There is no such terminal.",
	},
	"terminal_name_taken": {
		"这个网格里已有叫\"{name}\"的设备。",
		"A terminal called \"{name}\" is already in this grid.",
	},
	"terminal_kind_bad": {
		"请选择喇叭、流动喇叭或大屏。",
		"Choose speaker, mobile speaker or screen.",
	},
	"volume_bad": {
		"音量要在 1 到 100 之间。",
		"The volume must be 1 to 100.",
	},
	"output_delay_bad": {
		"声音晚到的时间要在 0 到 {most} 毫秒之间。",
		"The delay of its sound must be 0 to {most} milliseconds.",
	},
	"position_range": {
		"地图上的位置不对,请重新选。",
		"This is no position on the map: choose again.",
	},
	"position_mobile": {
		"流动喇叭没有固定位置,不用填。",
		"A mobile speaker has no fixed position: leave it empty.",
	},
	"shared_count_bad": {
		"最多和 {most} 个网格共用。",
		"It can be shared with at most {most} grids.",
	},
	"shared_needless": {
		"它本来就在这个网格里,不用再选共用。",
		"It belongs to this grid already and need not be shared with it.",
	},
	"grid_has_shared": {
		"还有 {count} 个设备和要删掉的网格共用:{terminals}。请先取消共用。",
		"{count} terminals are still shared with grids that would vanish: {terminals}. Undo that first.",
	},
	"name_bad": {
		"请填写名称,最多 {most} 个字。",
		"Enter a name of at most {most} characters.",
	},
	"dialects_count_bad": {
		"请选 1 到 {most} 种话。",
		"Choose 1 to {most} dialects.",
	},
	"dialect_unknown": {
		"镇里没有列出这种话。",
		"The town does not list this dialect.",
	},
	"dialect_twice": {
		"同一种话选了两次。",
		"A dialect was chosen twice.",
	},
	"dialect_tag_bad": {
		"\"{tag}\"不是规范的语种代号,例如 yue 或 yue-x-jiujiang。",
		"\"{tag}\" is not a well-formed tag, such as yue or yue-x-jiujiang.",
	},
	"grids_not_geojson": {
		"这不是 GeoJSON 文件,或文件不完整。",
		"This is not a GeoJSON file, or it is incomplete.",
	},
	"grids_file_too_large": {
		"文件太大,最多 {megabytes} MB。",
		"The file is too large: at most {megabytes} MB.",
	},
	"grids_too_many": {
		"网格太多,最多 {most} 个。",
		"Too many grids: at most {most}.",
	},
	"grids_too_many_points": {
		"坐标点太多,最多 {most} 个。",
		"Too many points: at most {most}.",
	},
	"grids_bad": {
		"文件里有 {count} 处要改,改好再导入,现有网格没有变。",
		"The file has {count} mistakes: mend them and import again; nothing has changed.",
	},
	"grids_not_a_collection": {
		"文件开头的 type 要写 FeatureCollection。",
		"The file's type must be FeatureCollection.",
	},
	"grids_none": {
		"文件里没有网格。",
		"There are no grids in the file.",
	},
	"grids_other_town": {
		"这个文件是别的镇的。这里是{town}。",
		"This file is of another town; this is {town}.",
	},
	"grids_datum_missing": {
		"文件没有写坐标系,请加上 \"datum\": \"WGS-84\"。",
		"The file does not state its datum: add \"datum\": \"WGS-84\".",
	},
	"grids_datum_other": {
		"坐标系是 {datum},现在只收 WGS-84;其他坐标系会偏差约 500 米。",
		"The datum is {datum}; only WGS-84 is taken: others are off by some 500 m.",
	},
	"grid_not_a_feature": {
		"第 {feature} 个:不是 Feature。",
		"No. {feature}: not a Feature.",
	},
	"grid_member_bad": {
		"第 {feature} 个:{member} 的写法不对(文字要加引号)。",
		"No. {feature}: {member} is of the wrong kind (text needs quotes).",
	},
	"grid_code_bad": {
		"第 {feature} 个({name}):编码\"{grid}\"不对,镇 9 位、村居 12 位、经济社 15 位、小组 18 位数字。",
		"No. {feature} ({name}): code \"{grid}\" is wrong: 9, 12, 15 or 18 digits.",
	},
	"grid_code_twice": {
		"第 {feature} 个:编码 {grid} 和\"{other}\"重复。",
		"No. {feature}: code {grid} is also that of {other}.",
	},
	"grid_parent_missing": {
		"第 {feature} 个({name}):上级网格 {parent} 不在文件里。",
		"No. {feature} ({name}): its parent {parent} is not in the file.",
	},
	"grid_town_missing": {
		"文件里没有镇(9 位编码)。",
		"The town (9-digit code) is not in the file.",
	},
	"grid_second_town": {
		"第 {feature} 个({name}):一个文件只能有一个镇。",
		"No. {feature} ({name}): only one town is possible.",
	},
	"grid_name_missing": {
		"第 {feature} 个({grid}):没有名称。",
		"No. {feature} ({grid}): the name is missing.",
	},
	"grid_name_bad": {
		"第 {feature} 个({grid}):名称太长或有乱码,最多 {most} 个字;请把文件存为 UTF-8。",
		"No. {feature} ({grid}): the name is longer than {most} characters or unreadable: save the file as UTF-8.",
	},
	"grid_chief_bad": {
		"第 {feature} 个({grid}):网格长姓名太长或有乱码,最多 {most} 个字;请把文件存为 UTF-8。",
		"No. {feature} ({grid}): the chief's name is longer than {most} characters or unreadable: save the file as UTF-8.",
	},
	"grid_households_missing": {
		"第 {feature} 个({name}):小组要写户数。",
		"No. {feature} ({name}): a household group needs its number of households.",
	},
	"grid_households_bad": {
		"第 {feature} 个({name}):户数\"{households}\"不对,要 0 到 {most} 的整数。",
		"No. {feature} ({name}): households \"{households}\" must be a whole number from 0 to {most}.",
	},
	"grid_households_differ": {
		"第 {feature} 个({name}):写了 {households} 户,下面各小组加起来是 {sum} 户。",
		"No. {feature} ({name}): it states {households} households; the groups below add up to {sum}.",
	},
	"grid_outline_missing": {
		"第 {feature} 个({name}):没有位置图形。",
		"No. {feature} ({name}): its geometry is missing.",
	},
	"grid_outline_kind": {
		"第 {feature} 个({name}):镇、村居、经济社要用面,小组要用点。",
		"No. {feature} ({name}): polygons for town, villages and societies, points for groups.",
	},
	"grid_outline_bad": {
		"第 {feature} 个({name}):图形读不懂。",
		"No. {feature} ({name}): its geometry cannot be read.",
	},
	"grid_outline_range": {
		"第 {feature} 个({name}):坐标超出范围,是不是经纬度写反了?",
		"No. {feature} ({name}): coordinates out of range: are latitude and longitude swapped?",
	},
	"grid_outline_open": {
		"第 {feature} 个({name}):边界没有闭合,或不到三个角。",
		"No. {feature} ({name}): its outline is not closed or has fewer than three corners.",
	},
	"grid_outline_empty": {
		"第 {feature} 个({name}):图形里没有点。",
		"No. {feature} ({name}): its geometry has no points.",
	},
}
