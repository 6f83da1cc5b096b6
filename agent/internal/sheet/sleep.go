package sheet

import (
	"context"
	"regexp"
	"strconv"
	"strings"
)

const (
	noSleepDo      = "执行 sudo systemctl mask sleep.target suspend.target hibernate.target hybrid-sleep.target"
	noSleepDoPlain = "run sudo systemctl mask sleep.target suspend.target hibernate.target hybrid-sleep.target"
)

// sleep says whether the machine may fall asleep, and the horn with it.
func (s *Sheet) sleep(ctx context.Context) Line {
	if s.o.System == "windows" {
		return s.windowsSleep(ctx)
	}
	m := s.o.Machine
	switch {
	case m.masked("sleep.target"), m.masked("suspend.target") && m.masked("hibernate.target"):
		return good("已经禁止睡眠", "sleep is forbidden")
	case m.read("/sys/power/state") == "":
		return good("这台电脑不会睡眠", "this machine cannot sleep")
	}
	idle := ""
	for line := range strings.Lines(m.read("/etc/systemd/logind.conf")) {
		if value, found := strings.CutPrefix(strings.TrimSpace(line), "IdleAction="); found {
			idle = value
		}
	}
	desktop, err := m.run(ctx, "gsettings", "get", "org.gnome.settings-daemon.plugins.power", "sleep-inactive-ac-type")
	if strings.Contains(idle, "suspend") || strings.Contains(idle, "hibernate") || err == nil && !strings.Contains(desktop, "nothing") {
		return bad("没人用时电脑会睡眠,睡了就不响", "it falls asleep when nobody uses it").do(noSleepDo, noSleepDoPlain)
	}
	return looking("没有禁止睡眠:合上盖子或误点就会睡", "sleep is not forbidden: a closed lid or a wrong click does it").do(noSleepDo, noSleepDoPlain)
}

// windowsSleep reads what powercfg says: whatever the language, its last two numbers are the minutes on mains and on
// battery, in seconds.
func (s *Sheet) windowsSleep(ctx context.Context) Line {
	for _, setting := range []string{"STANDBYIDLE", "HIBERNATEIDLE"} {
		said, err := s.o.Machine.run(ctx, "powercfg", "/query", "SCHEME_CURRENT", "SUB_SLEEP", setting)
		numbers := regexp.MustCompile(`0x[0-9a-fA-F]{8}`).FindAllString(said, -1)
		if err != nil || len(numbers) < 2 {
			return looking("看不出会不会睡眠", "it cannot be seen whether it sleeps").
				do("在电源设置里把睡眠和休眠都设成“从不”", "set sleep and hibernation to Never")
		}
		if seconds, err := strconv.ParseInt(numbers[len(numbers)-2][2:], 16, 64); err != nil || seconds > 0 {
			return bad("没人用时电脑会睡眠,睡了就不响", "it falls asleep when nobody uses it").
				do("执行 powercfg /change standby-timeout-ac 0 和 powercfg /change hibernate-timeout-ac 0",
					"run powercfg /change standby-timeout-ac 0 and powercfg /change hibernate-timeout-ac 0")
		}
	}
	return good("插着电不会睡眠", "it does not sleep on mains")
}
