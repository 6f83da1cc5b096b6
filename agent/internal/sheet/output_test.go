package sheet

import (
	"os"
	"testing"
)

// What pactl says of a machine with a card.
const (
	pulseInfo = "Server String: /run/user/1000/pulse/native\nServer Name: PulseAudio (on PipeWire 0.3.65)\nDefault Sink: alsa_output.analog-stereo\n"
	pulseSink = "Sink #41\n\tState: SUSPENDED\n\tName: other\n\tMute: yes\n\tVolume: front-left: 0 / 0%\n\nSink #42\n\tName: alsa_output.analog-stereo\n\tMute: no\n\tVolume: front-left: 65536 / 100% / 0.00 dB,   front-right: 65536 / 100%\n"
)

func pulse(info, sinks string) machine {
	return machine{
		env:   map[string]string{"XDG_RUNTIME_DIR": "/run/user/1000"},
		files: map[string]string{"/run/user/1000/pulse/native": ""},
		said:  map[string]string{"pactl info": info, "pactl list sinks": sinks},
	}
}

func TestTheOutputIsTheOneThatWillBeUsed(t *testing.T) {
	cards := " 0 [PCH            ]: HDA-Intel - HDA Intel PCH\n                      HDA Intel PCH at 0xf7530000 irq 33\n 1 [Device         ]: USB-Audio - USB Audio Device\n"
	muted := "Sink #1\n\tName: alsa_output.analog-stereo\n\tMute: yes\n\tVolume: front-left: 65536 / 100%\n"
	low := "Sink #1\n\tName: alsa_output.analog-stereo\n\tMute: no\n\tVolume: front-left: 6553 / 10%\n"
	for _, test := range []struct {
		name string
		in   machine
		o    Options
		want wanted
	}{
		{"PipeWire", pulse(pulseInfo, pulseSink), Options{}, wanted{Good, "PipeWire", ""}},
		{"muted", pulse(pulseInfo, muted), Options{}, wanted{Bad, "静音", "取消静音"}},
		{"low", pulse(pulseInfo, low), Options{}, wanted{Look, "10%", "100%"}},
		{"a screen's own loudspeakers", pulse("Server Name: pulseaudio\nDefault Sink: alsa_output.hdmi-stereo\n", ""), Options{}, wanted{Look, "HDMI", "模拟"}},
		{"a server without a card", pulse("Server Name: pulseaudio\nDefault Sink: auto_null\n", ""), Options{}, wanted{Bad, "没有声卡", "插好"}},
		{"a server without pactl", machine{env: map[string]string{"PULSE_SERVER": "unix:/tmp/p"}}, Options{}, wanted{Look, "unix:/tmp/p", "pulseaudio-utils"}},
		{"ALSA", machine{files: map[string]string{"/proc/asound/cards": cards}}, Options{}, wanted{Good, "HDA Intel PCH、USB Audio Device", ""}},
		{
			"with sudo on a desktop",
			machine{files: map[string]string{"/run/user/1000/pulse/native": "", "/proc/asound/cards": cards}},
			Options{Account: Account{Name: "laba", UID: 1000}},
			wanted{Look, "laba", "sudo"},
		},
		{"nothing", machine{files: map[string]string{"/proc/asound/cards": "--- no soundcards ---\n"}}, Options{}, wanted{Bad, "没有找到声卡", "插好"}},
		{"files", machine{}, Options{Output: "file", Files: "/srv/sound"}, wanted{Bad, "/srv/sound", "sound.output"}},
		{"Windows", machine{said: map[string]string{windowsDevices: "Realtek High Definition Audio\r\nUSB 声卡\r\n"}}, Options{System: "windows"}, wanted{Good, "USB 声卡", ""}},
		{"Windows without a card", machine{said: map[string]string{windowsDevices: "\r\n"}}, Options{System: "windows"}, wanted{Bad, "没有", "插好"}},
		{"Windows that does not say", machine{}, Options{System: "windows"}, wanted{Look, "看不到", "agent test"}},
	} {
		test.want.check(t, test.name, test.in.sheet(t, test.o).output(t.Context()))
	}
}

const windowsDevices = "powershell -NoProfile -Command [Console]::OutputEncoding=[Text.Encoding]::UTF8; Get-CimInstance Win32_SoundDevice | ForEach-Object Name"

func TestOtherProgramsAreNamed(t *testing.T) {
	inputs := func(names ...string) machine {
		text := ""
		for _, name := range names {
			text += "Sink Input #7\n\tSink: 0\n\tProperties:\n\t\tapplication.name = \"" + name + "\"\n\t\tapplication.process.binary = \"x\"\n"
		}
		return machine{said: map[string]string{"pactl list sink-inputs": text}}
	}
	status := func(pid string) string { return "state: RUNNING\nowner_pid   : " + pid + "\ntrigger_time: 1.2\n" }
	alsa := machine{files: map[string]string{
		"/proc/asound/card0/pcm0p/sub0/status": status("77"), "/proc/77/comm": "mpv\n",
		"/proc/asound/card1/pcm0p/sub0/status": status("78"), "/proc/78/comm": "agent\n",
		"/proc/asound/card0/pcm1p/sub0/status": "closed\n", "/proc/asound/card0/pcm0c/sub0/status": status("79"),
	}}
	for _, test := range []struct {
		name   string
		in     machine
		system string
		want   wanted
	}{
		{"none", inputs(), "", wanted{Good, "没有别的", "提示音"}},
		{"ours", inputs("dalaba"), "", wanted{Good, "没有别的", "提示音"}},
		{"two", inputs("Firefox", "dalaba", "QQ", "QQ"), "", wanted{Look, "Firefox、QQ", "退掉"}},
		{"ALSA", alsa, "", wanted{Look, "还有:mpv", "退掉"}},
		{"Windows", machine{}, "windows", wanted{Look, "Windows", "无声"}},
	} {
		test.want.check(t, test.name, test.in.sheet(t, Options{System: test.system}).others(t.Context()))
	}
}

func TestSleepIsFound(t *testing.T) {
	awake := func(unit string) machine {
		return machine{files: map[string]string{"/etc/systemd/system/" + unit: "->/dev/null", "/sys/power/state": "freeze mem disk\n"}}
	}
	able := machine{files: map[string]string{"/sys/power/state": "freeze mem disk\n"}}
	gnome := func(kind string) machine {
		return able.with(machine{said: map[string]string{"gsettings get org.gnome.settings-daemon.plugins.power sleep-inactive-ac-type": kind}})
	}
	index := func(ac string) string {
		return "最小可能的设置: 0x00000000\r\n当前交流电源设置索引: 0x" + ac + "\r\n当前直流电源设置索引: 0x00000384\r\n"
	}
	windows := func(standby, hibernate string) machine {
		return machine{said: map[string]string{
			"powercfg /query SCHEME_CURRENT SUB_SLEEP STANDBYIDLE":   index(standby),
			"powercfg /query SCHEME_CURRENT SUB_SLEEP HIBERNATEIDLE": index(hibernate),
		}}
	}
	for _, test := range []struct {
		name   string
		in     machine
		system string
		want   wanted
	}{
		{"masked", awake("sleep.target"), "", wanted{Good, "禁止", ""}},
		{"only one way masked", awake("suspend.target"), "", wanted{Look, "没有禁止", "mask"}},
		{"both ways masked", awake("suspend.target").with(awake("hibernate.target")), "", wanted{Good, "禁止", ""}},
		{"not able to", machine{}, "", wanted{Good, "不会睡眠", ""}},
		{"a desktop that suspends", gnome("'suspend'"), "", wanted{Bad, "会睡眠", "mask"}},
		{"a desktop that does not", gnome("'nothing'"), "", wanted{Look, "没有禁止", "mask"}},
		{"the system suspends", able.with(machine{files: map[string]string{"/etc/systemd/logind.conf": "[Login]\n#IdleAction=ignore\nIdleAction=suspend\n"}}), "", wanted{Bad, "会睡眠", "mask"}},
		{"Windows that never sleeps", windows("00000000", "00000000"), "windows", wanted{Good, "不会睡眠", ""}},
		{"Windows that sleeps", windows("00000708", "00000000"), "windows", wanted{Bad, "会睡眠", "powercfg"}},
		{"Windows that hibernates", windows("00000000", "00002a30"), "windows", wanted{Bad, "会睡眠", "powercfg"}},
		{"Windows that does not say", machine{}, "windows", wanted{Look, "看不出", "从不"}},
	} {
		test.want.check(t, test.name, test.in.sheet(t, Options{System: test.system}).sleep(t.Context()))
	}
}

func TestStartWithNobodyLoggedIn(t *testing.T) {
	laba := Options{Account: Account{Name: "laba", Home: "/home/laba", UID: 1000}, Running: true}
	stopped := laba
	stopped.Running = false
	const etc, own = "/etc/systemd/system/", "/home/laba/.config/systemd/user/"
	unit := func(user string) machine {
		return machine{files: map[string]string{etc + unitFile: "[Service]\nExecStart=\"/a\"\nUser=" + user + "\nRestart=always\n"}}
	}
	enabled := machine{files: map[string]string{etc + "multi-user.target.wants/" + unitFile: ""}}
	mine := machine{files: map[string]string{own + unitFile: "", own + "default.target.wants/" + unitFile: ""}}
	lingers := machine{files: map[string]string{"/var/lib/systemd/linger/laba": ""}}
	group := func(text string) machine { return machine{files: map[string]string{"/etc/group": text}} }
	server := machine{files: map[string]string{"/run/user/1000/pulse/native": ""}}
	for _, test := range []struct {
		name string
		in   machine
		o    Options
		want wanted
	}{
		{"not installed", machine{files: map[string]string{"/run/systemd/system/x": ""}}, laba, wanted{Bad, "不会自动", "agent install -config /etc/agent.yaml"}},
		{"without systemd", machine{}, laba, wanted{Look, "没有 systemd", "agent run -config /etc/agent.yaml"}},
		{"of the system", unit("laba").with(enabled), laba, wanted{Good, "laba;正在运行", ""}},
		{"of the system, not running", unit("laba").with(enabled), stopped, wanted{Look, "没有运行", "重启"}},
		{"of the system, not enabled", unit("laba"), laba, wanted{Bad, "不会启动", "enable"}},
		{"as somebody else", unit("root").with(enabled), laba, wanted{Bad, "root", "agent install"}},
		{"away from the sound server", unit("laba").with(enabled).with(server), laba, wanted{Bad, "够不到", "-way user"}},
		{"the account's own", mine.with(lingers).with(server), laba, wanted{Good, "不用登录", ""}},
		{"out of reach of the cards", mine.with(lingers).with(group("audio:x:29:pulse\n")), laba, wanted{Bad, "audio", "usermod -aG audio laba"}},
		{"within reach of the cards", mine.with(lingers).with(group("root:x:0:\naudio:x:29:pulse,laba\n")), laba, wanted{Good, "不用登录", ""}},
		{"waiting for a login", mine, laba, wanted{Bad, "登录", "enable-linger laba"}},
		{"the account's own, not enabled", machine{files: map[string]string{own + unitFile: ""}}, laba, wanted{Bad, "不会启动", "agent install"}},
		{"Windows", machine{said: map[string]string{"sc.exe qc dalaba-agent": "        START_TYPE         : 2   AUTO_START\r\n"}}, Options{System: "windows", Running: true}, wanted{Good, "Windows", ""}},
		{"Windows by hand", machine{said: map[string]string{"sc.exe qc dalaba-agent": "        START_TYPE         : 3   DEMAND_START\r\n"}}, Options{System: "windows"}, wanted{Bad, "不会启动", "agent install"}},
		{"Windows without", machine{}, Options{System: "windows"}, wanted{Bad, "不会自动", "管理员"}},
	} {
		test.want.check(t, test.name, test.in.sheet(t, test.o).start(t.Context()))
	}
}

func TestThePowerIsForAPersonToTry(t *testing.T) {
	wanted{Look, "来电", "BIOS"}.check(t, "power", machine{}.sheet(t, Options{}).power(t.Context()))
}

func TestThisMachineIsSeen(t *testing.T) {
	m := ThisMachine()
	said, err := m.run(t.Context(), os.Args[0], "-test.list", "^TestThisMachineIsSeen$")
	if err != nil || said == "" || m.env("PATH") == "" || !m.has(os.Args[0]) {
		t.Errorf("%q, %v", said, err)
	}
}
