// Package service makes the agent start with the machine, with nobody logging in, and makes it one of the system's
// services while it runs.
//
// On Linux it writes a systemd unit of our own. There are two ways. Where the account that owns the settings has a sound
// server of its own (PulseAudio, PipeWire), the unit is that account's, and the account is made to linger: a service of
// the system does not reach a person's sound server. Else it is the system's, runs as that account, and plays on the
// card itself. On Windows it is a service that starts by itself and is started again when it fails.
//
// Installing twice is the same as installing once. What was recorded is never touched.
package service

import (
	"errors"
	"fmt"
	"io"
	"path/filepath"
)

// Name is what the system calls the service.
const Name = "dalaba-agent"

// Way is whose service it is, on Linux.
type Way string

// The ways. Auto takes the account's where it has a sound server.
const (
	WayAuto   Way = "auto"
	WaySystem Way = "system"
	WayUser   Way = "user"
)

// The errors that a person can mend.
var (
	ErrRights    = errors.New("要有管理员权限:在前面加 sudo 再来一次;Windows 上用“以管理员身份运行” (this takes an administrator: use sudo)")
	ErrNoSystemd = errors.New("这台电脑没有 systemd,不能设成开机自启,请用它自己的办法在开机时运行 agent run (there is no systemd here)")
	ErrAccount   = errors.New("设置文件是别的账号的:请用那个账号,或者用 sudo (the settings belong to another account)")
)

// Options say what is to start with the machine.
type Options struct {
	// Program and Config are the agent and its settings, as absolute paths.
	Program, Config string
	// Way is one of the constants; empty means WayAuto.
	Way Way
	// Say is where sentences for the person who installs go.
	Say io.Writer
}

// Service is the package's component.
type Service struct{ o Options }

// New checks o and does nothing yet.
func New(o Options) (*Service, error) {
	if !filepath.IsAbs(o.Program) || !filepath.IsAbs(o.Config) || o.Say == nil {
		return nil, fmt.Errorf("service: %q and %q are not both absolute paths, or there is nowhere to say things", o.Program, o.Config)
	}
	if o.Way == "" {
		o.Way = WayAuto
	}
	if o.Way != WayAuto && o.Way != WaySystem && o.Way != WayUser {
		return nil, fmt.Errorf("service: way %q: want auto, system or user", o.Way)
	}
	return &Service{o: o}, nil
}

func (s *Service) say(chinese, english string) {
	fmt.Fprintf(s.o.Say, "%s\n  %s\n", chinese, english)
}
