package api

// peopleSentences are about people, keys and enrolment.
var peopleSentences = map[string]phrase{
	"sign_in_first": {
		"请先登录。",
		"Please sign in first.",
	},
	"sign_in_wrong": {
		"名字或密码不对。",
		"The name or the password is wrong.",
	},
	"sign_in_too_often": {
		"试得太多了,请 {seconds} 秒后再试。",
		"Too many tries: try again in {seconds} seconds.",
	},
	"sign_in_busy": {
		"现在登录的人太多,请稍后再试。",
		"Too many people are signing in: try again shortly.",
	},
	"not_allowed": {
		"你没有权限在这里做这件事。",
		"You may not do this here.",
	},
	"old_password_wrong": {
		"原来的密码不对。",
		"The old password is wrong.",
	},
	"password_too_short": {
		"密码至少要 {least} 个字。",
		"A password needs at least {least} characters.",
	},
	"password_too_long": {
		"密码太长,或含有不能用的字符。",
		"The password is too long or has characters that cannot be used.",
	},
	"password_too_common": {
		"这个密码太常见,请换一个。",
		"Everybody tries this password first: choose another.",
	},
	"person_unknown": {
		"没有这个人。",
		"There is no such person.",
	},
	"person_name_bad": {
		"登录名只能用字、数字和 . _ - @ +,最多 {most} 个字。",
		"A sign-in name has letters, digits and . _ - @ + only, at most {most}.",
	},
	"person_display_bad": {
		"请填写姓名,最多 {most} 个字。",
		"Enter a name of at most {most} characters.",
	},
	"person_role_bad": {
		"请选择管理员或村干部。",
		"Choose administrator or official.",
	},
	"person_name_taken": {
		"登录名\"{name}\"已有人用。",
		"The sign-in name \"{name}\" is taken.",
	},
	"last_administrator": {
		"不能删:删了就没有人管理这里的人员了。",
		"Cannot be removed: nobody would be left to manage people here.",
	},
	"publisher_key_missing": {
		"签名钥匙不见了,新的安排发不出去。请把备份的钥匙文件放回原处再重启。",
		"The signing key is missing and nothing can be published: put the copy of the key file back and restart.",
	},
	"enrolment_code_unknown": {
		"接入码不对,或已换成新的。",
		"The code is wrong or was replaced by a newer one.",
	},
	"enrolment_code_expired": {
		"接入码已过期,请在网页上重新生成。",
		"The code has expired: make a new one in the console.",
	},
	"enrolment_code_used": {
		"接入码已经用过,请在网页上重新生成。",
		"The code was already used: make a new one in the console.",
	},
	"enrolment_key_bad": {
		"设备发来的钥匙不完整,请重新安装设备程序。",
		"The terminal sent an incomplete key: install its program again.",
	},
	"nothing_to_approve": {
		"这个设备没有等待批准的申请。",
		"Nothing is waiting for approval at this terminal.",
	},
	"check_digits_wrong": {
		"6 位数字和设备上显示的不一样,请再核对。",
		"The six digits are not those that the terminal shows: compare again.",
	},
	"grid_has_people": {
		"{name} 还在这个网格任职,不能删掉它。",
		"{name} still has a role at this grid, so it cannot vanish.",
	},
}
