package sheet

import (
	"context"
	"fmt"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
)

// server returns the sound server that the agent would play on if it were started by who looks, "" for none.
func (s *Sheet) server() string {
	m := s.o.Machine
	if named := m.env("PULSE_SERVER"); named != "" {
		return named
	}
	folder := m.env("XDG_RUNTIME_DIR")
	if folder != "" && m.has(folder, "pulse/native") {
		return filepath.Join(folder, "pulse/native")
	}
	return ""
}

// ownServer tells whether the agent's account has a sound server, which only its own processes reach.
func (s *Sheet) ownServer() bool {
	folder := filepath.Join("/run/user", strconv.Itoa(s.o.Account.UID))
	return s.o.Account.Name != "" && (s.o.Machine.has(folder, "pulse/native") || s.o.Machine.has(folder, "pipewire-0"))
}

// output says where sound will go.
func (s *Sheet) output(ctx context.Context) Line {
	if s.o.Output == "file" {
		return bad("声音写进文件 "+s.o.Files+",喇叭不会响", "sound goes into files in "+s.o.Files+": no horn will sound").
			do("在设置里把 sound.output 改成 device", "set sound.output to device")
	}
	if s.o.System == "windows" {
		return s.windowsOutput(ctx)
	}
	if server := s.server(); server != "" {
		return s.serverOutput(ctx, server)
	}
	cards := s.cards()
	switch {
	case s.ownServer():
		return looking("声卡由账号 "+s.o.Account.Name+" 的声音服务管着,从这里看不到", "the sound server of "+s.o.Account.Name+" has the card: it cannot be seen from here").
			do("用账号 "+s.o.Account.Name+" 再查一次,不要加 sudo", "check again as "+s.o.Account.Name+", without sudo")
	case len(cards) > 0:
		return good("ALSA 声卡:"+strings.Join(cards, "、"), "ALSA: "+strings.Join(cards, ", "))
	}
	return bad("没有找到声卡", "there is no sound card").do("插好声卡;在虚拟机里要先给它声卡", "plug one in")
}

// cards are the names of the ALSA cards.
func (s *Sheet) cards() []string {
	var names []string
	for line := range strings.Lines(s.o.Machine.read("/proc/asound/cards")) {
		// " 0 [PCH            ]: HDA-Intel - HDA Intel PCH"
		if _, name, found := strings.Cut(line, " - "); found && strings.Contains(line, "]:") {
			names = append(names, strings.TrimSpace(name))
		}
	}
	return names
}

// serverOutput asks a PulseAudio, or a PipeWire that speaks its language, where sound goes by default.
func (s *Sheet) serverOutput(ctx context.Context, server string) Line {
	said, err := s.o.Machine.run(ctx, "pactl", "info")
	if err != nil {
		return looking("声音服务 "+server+";没有 pactl,看不到是哪块声卡", "sound server "+server+"; without pactl its card cannot be seen").
			do("可以装上 pulseaudio-utils 再查一次", "install pulseaudio-utils and check again")
	}
	sink := field(said, "Default Sink")
	name := field(said, "Server Name")
	switch {
	case sink == "" || sink == "auto_null":
		return bad(name+" 没有声卡可用", name+" has no card").do("插好声卡,或在声音设置里选它", "plug a card in, or choose it")
	case strings.Contains(sink, "hdmi"):
		return looking(name+",默认输出是 HDMI(显示器):"+sink, name+", by default to HDMI: "+sink).
			do("功放接在耳机孔的话,在声音设置里选模拟输出", "choose the analogue output if the amplifier hangs there")
	}
	muted, volume := s.level(ctx, sink)
	switch {
	case muted || volume == 0:
		return bad(name+" 的输出 "+sink+" 被静音了", sink+" of "+name+" is muted").do("在声音设置里取消静音", "unmute it")
	case volume > 0 && volume < 50:
		return looking(fmt.Sprintf("%s,输出 %s,系统音量只有 %d%%", name, sink, volume), fmt.Sprintf("%s, %s, at only %d %%", name, sink, volume)).
			do("系统音量建议开到 100%,大小用平台上的音量调", "set it to 100 %: loudness is set in the console")
	}
	return good(name+",输出 "+sink, name+", "+sink)
}

// level returns whether an output of the sound server is muted, and its volume in percent, -1 where that is not known.
func (s *Sheet) level(ctx context.Context, sink string) (muted bool, percent int) {
	said, err := s.o.Machine.run(ctx, "pactl", "list", "sinks")
	if err != nil {
		return false, -1
	}
	for _, block := range strings.Split(said, "\nSink #") {
		if field(block, "Name") != sink {
			continue
		}
		found := regexp.MustCompile(`(\d+)%`).FindStringSubmatch(field(block, "Volume"))
		if found == nil {
			return field(block, "Mute") == "yes", -1
		}
		percent, err := strconv.Atoi(found[1])
		if err != nil {
			percent = -1
		}
		return field(block, "Mute") == "yes", percent
	}
	return false, -1
}

// field returns what stands behind a name and a colon at the beginning of a line.
func field(text, name string) string {
	for line := range strings.Lines(text) {
		if key, value, found := strings.Cut(line, ":"); found && strings.TrimSpace(key) == name {
			return strings.TrimSpace(value)
		}
	}
	return ""
}

// windowsOutput lists the sound devices: which of them is the default one, no command tells.
func (s *Sheet) windowsOutput(ctx context.Context) Line {
	said, err := s.o.Machine.run(ctx, "powershell", "-NoProfile", "-Command",
		"[Console]::OutputEncoding=[Text.Encoding]::UTF8; Get-CimInstance Win32_SoundDevice | ForEach-Object Name")
	names := strings.FieldsFunc(said, func(r rune) bool { return r == '\r' || r == '\n' })
	switch {
	case err != nil:
		return looking("看不到有哪些声卡", "the sound devices cannot be seen").do("用 agent test 听一听", "listen with agent test")
	case len(names) == 0:
		return bad("没有找到声卡", "there is no sound card").do("插好声卡", "plug one in")
	}
	return good("Windows 的默认输出;声卡:"+strings.Join(names, "、"), "the default of Windows; devices: "+strings.Join(names, ", "))
}
