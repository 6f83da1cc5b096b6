package sheet

import (
	"context"
	"path/filepath"
	"slices"
	"strings"
)

// ours is the name under which the agent plays.
const ours = "dalaba"

// others says which other programs sound on the same output now: what they play, the horn will play.
func (s *Sheet) others(ctx context.Context) Line {
	if s.o.System == "windows" {
		return looking("在 Windows 上看不出来", "it cannot be seen on Windows").
			do("退掉会出声的程序(音乐、QQ、微信提示音),声音方案选“无声”", "end what sounds, and choose the sound scheme No Sounds")
	}
	var names []string
	if said, err := s.o.Machine.run(ctx, "pactl", "list", "sink-inputs"); err == nil {
		names = players(said)
	} else {
		names = s.owners()
	}
	if len(names) > 0 {
		return looking("正在出声的还有:"+strings.Join(names, "、"), "sounding too: "+strings.Join(names, ", ")).
			do("退掉它们,关掉系统提示音:它们的声音喇叭也会放出来", "end them: the horn will sound what they sound")
	}
	return good("现在没有别的程序在出声", "nothing else sounds now").
		do("桌面电脑请关掉系统提示音", "on a desktop, turn the system's own sounds off")
}

// players are the programs that a sound server plays, but for ours.
func players(said string) []string {
	var names []string
	for _, block := range strings.Split(said, "Sink Input #")[1:] {
		name := property(block, "application.name")
		if name == "" {
			name = property(block, "media.name")
		}
		if name != ours && property(block, "application.process.binary") != "agent" && !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	return names
}

// property returns what a sound server says of a stream.
func property(text, name string) string {
	for line := range strings.Lines(text) {
		if key, value, found := strings.Cut(line, "="); found && strings.TrimSpace(key) == name {
			return strings.Trim(strings.TrimSpace(value), `"`)
		}
	}
	return ""
}

// owners are the programs that play on ALSA's cards themselves, but for ours.
func (s *Sheet) owners() []string {
	m := s.o.Machine
	var names []string
	for _, path := range m.list("/proc/asound/card*/pcm*p/sub*/status") {
		status := m.read(path)
		if field(status, "state") != "RUNNING" {
			continue
		}
		name := m.read("/proc", filepath.Base(field(status, "owner_pid")), "comm")
		if name == "" {
			name = "?"
		}
		if name != "agent" && !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	return names
}
