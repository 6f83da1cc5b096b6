package service

import (
	"fmt"
	"strings"
)

// unit is a systemd unit that runs the agent.
type unit struct {
	program, config string
	// account is whose service it is: of the system, running as this account, or the account's own where own is set.
	account string
	own     bool
	// audio tells that the machine has a group of that name, to which its sound cards belong.
	audio bool
}

// text is the unit as it is written. It neither waits for the network nor asks for it: the agent plays without.
func (u unit) text() string {
	var b strings.Builder
	line := func(format string, args ...any) { fmt.Fprintf(&b, format+"\n", args...) }
	line("# 由 agent install 写成,再装一次会重写。 Written by agent install, which writes it anew.")
	line("[Unit]")
	line("Description=大喇叭 Dalaba agent")
	if u.own {
		line("Wants=pulseaudio.socket pipewire-pulse.socket")
		line("After=pulseaudio.socket pipewire-pulse.socket")
	} else {
		line("After=sound.target")
	}
	line("StartLimitIntervalSec=0")
	line("")
	line("[Service]")
	line("Type=exec")
	line("ExecStart=%s run -config %s", quoted(u.program), quoted(u.config))
	if !u.own {
		line("User=%s", u.account)
		if u.audio {
			line("SupplementaryGroups=audio")
		}
		line("OOMScoreAdjust=-500")
	}
	line("Restart=always")
	line("RestartSec=2")
	// The parent passes it on; 20 s is longer than it waits for its child.
	line("KillMode=mixed")
	line("TimeoutStopSec=20")
	line("UMask=0077")
	line("")
	line("[Install]")
	if u.own {
		line("WantedBy=default.target")
	} else {
		line("WantedBy=multi-user.target")
	}
	return b.String()
}

// quoted writes an argument as systemd reads it.
func quoted(s string) string {
	return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`, `%`, `%%`, `$`, `$$`).Replace(s) + `"`
}
