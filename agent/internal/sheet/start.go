package sheet

import (
	"context"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"dalaba/agent/internal/service"
)

const unitFile = service.Name + ".service"

// start says whether the agent starts with the machine, with nobody logging in.
func (s *Sheet) start(ctx context.Context) Line {
	if s.o.System == "windows" {
		return s.windowsStart(ctx)
	}
	m, who := s.o.Machine, s.o.Account
	const systemFolder = "/etc/systemd/system"
	own := filepath.Join(who.Home, ".config/systemd/user")
	switch {
	case m.has(systemFolder, unitFile):
		if !m.has(systemFolder, "multi-user.target.wants", unitFile) {
			return bad("装了,但开机不会启动", "it is installed and not enabled").do("执行 sudo systemctl enable "+unitFile, "run sudo systemctl enable "+unitFile)
		}
		return s.systemStart(field(unequal(m.read(systemFolder, unitFile)), "User"))
	case who.Home != "" && m.has(own, unitFile):
		if !m.has(own, "default.target.wants", unitFile) {
			return bad("装了,但开机不会启动", "it is installed and not enabled").do("再执行一次 agent install", "run agent install again")
		}
		if !m.has("/var/lib/systemd/linger", who.Name) {
			return bad("要等 "+who.Name+" 登录才会运行", "it waits for "+who.Name+" to log in").
				do("执行 sudo loginctl enable-linger "+who.Name, "run sudo loginctl enable-linger "+who.Name)
		}
		if s.outsider() {
			return bad("账号 "+who.Name+" 不在 audio 组:没有人登录时用不了声卡", who.Name+" is not in the group audio: with nobody logged in it has no sound card").
				do("执行 sudo usermod -aG audio "+who.Name+",再重启电脑", "run sudo usermod -aG audio "+who.Name+" and restart the machine")
		}
		return s.running("开机自动运行,账号 "+who.Name+",不用登录", "it starts with the machine as "+who.Name+", with nobody logged in")
	}
	if !m.has("/run/systemd/system") {
		return looking("这台电脑没有 systemd,看不出开机会不会自动运行", "there is no systemd here: it cannot be seen whether it starts with the machine").
			do("用这台电脑自己的办法,让它开机时运行 agent run -config "+s.o.Config, "let the machine's own means run agent run -config "+s.o.Config)
	}
	return bad("开机不会自动运行", "it does not start with the machine").
		do("执行 sudo agent install -config "+s.o.Config, "run sudo agent install -config "+s.o.Config)
}

// outsider tells whether the sound cards belong to a group that the agent's account is not in. Who sits at the machine is
// let in all the same; a service without a login is not.
func (s *Sheet) outsider() bool {
	for line := range strings.Lines(s.o.Machine.read("/etc/group")) {
		fields := strings.Split(strings.TrimSpace(line), ":") // audio:x:29:pulse,laba
		if len(fields) == 4 && fields[0] == "audio" {
			return !slices.Contains(strings.Split(fields[3], ","), s.o.Account.Name)
		}
	}
	return false
}

// systemStart judges a service of the system that runs as who: it must own the settings, and must not need what only a
// person's own services reach.
func (s *Sheet) systemStart(who string) Line {
	account := s.o.Account
	switch {
	case account.Name != "" && who != account.Name:
		return bad("服务用的账号是 "+who+",设置文件是 "+account.Name+" 的", "the service runs as "+who+", the settings belong to "+account.Name).
			do("再执行一次 sudo agent install", "run sudo agent install again")
	case s.ownServer() && s.o.Output != "file":
		return bad("系统服务够不到账号 "+who+" 的声音服务,会没有声音", "a service of the system does not reach the sound server of "+who).
			do("执行 sudo agent install -way user -config "+s.o.Config, "run sudo agent install -way user -config "+s.o.Config)
	}
	return s.running("开机自动运行,系统服务,账号 "+who, "it starts with the machine, as "+who)
}

// running adds whether the agent runs now.
func (s *Sheet) running(chinese, english string) Line {
	if s.o.Running {
		return good(chinese+";正在运行", english+"; it runs now")
	}
	return looking(chinese+";现在没有运行", english+"; it does not run now").do("重启一次电脑,再查一次", "restart the machine and check again")
}

func (s *Sheet) windowsStart(ctx context.Context) Line {
	said, err := s.o.Machine.run(ctx, "sc.exe", "qc", service.Name)
	switch kind := regexp.MustCompile(`START_TYPE\s*:\s*(\d)`).FindStringSubmatch(said); {
	case err != nil:
		return bad("开机不会自动运行", "it does not start with the machine").
			do("用管理员身份执行 agent install", "run agent install as an administrator")
	case kind == nil || kind[1] != "2":
		return bad("装了,但开机不会启动", "it is installed and does not start by itself").do("再执行一次 agent install", "run agent install again")
	}
	return s.running("开机自动运行(Windows 服务),不用登录", "it starts with the machine (a Windows service), with nobody logged in")
}

// unequal writes a unit's assignments as field reads them.
func unequal(text string) string {
	return regexp.MustCompile(`(?m)^(\w+)=`).ReplaceAllString(text, "$1: ")
}

// power is for a person to see to: no program can look into the firmware.
func (s *Sheet) power(context.Context) Line {
	return looking("停电后来电,电脑会不会自己开机,程序看不到", "whether it starts when power returns, no program can see").
		do("BIOS 里把来电恢复(AC Power Recovery)设成开机(Power On),再拔插一次电源试试", "set AC Power Recovery to Power On in the BIOS, and try it by pulling the plug")
}
