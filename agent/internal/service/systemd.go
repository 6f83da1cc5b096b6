package service

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"
)

const unitFile = Name + ".service"

// account is the one that owns the settings.
type account struct {
	name, home string
	uid, gid   int
}

// host is the machine that systemd runs on.
type host struct {
	// root is put before every path: "" but in tests.
	root string
	// uid is who asks.
	uid int
	// run runs a program and returns what it said.
	run func(ctx context.Context, name string, args ...string) (string, error)
}

func (h host) path(parts ...string) string { return filepath.Join(h.root, filepath.Join(parts...)) }

func (h host) has(path ...string) bool {
	_, err := os.Stat(h.path(path...))
	return err == nil
}

// unit decides whose service it is.
func (s *Service) unit(h host, a account) unit {
	run := filepath.Join("/run/user", strconv.Itoa(a.uid))
	server := a.uid != 0 && (h.has(run, "pulse/native") || h.has(run, "pipewire-0"))
	groups, _ := os.ReadFile(h.path("/etc/group")) // without it there are none
	return unit{
		program: s.o.Program, config: s.o.Config, account: a.name,
		own:   s.o.Way == WayUser || s.o.Way == WayAuto && server,
		audio: strings.Contains("\n"+string(groups), "\naudio:"),
	}
}

// places are where the unit lies, and where it would if it were the other's.
func (h host) places(u unit, a account) (here, other string) {
	system, own := h.path("/etc/systemd/system", unitFile), h.path(a.home, ".config/systemd/user", unitFile)
	if u.own {
		return own, system
	}
	return system, own
}

// allowed refuses, in words, what would fail halfway.
func (h host) allowed(u unit, a account) error {
	switch {
	case !h.has("/run/systemd/system"):
		return ErrNoSystemd
	case h.uid == 0:
		return nil
	case !u.own:
		return ErrRights
	case h.uid != a.uid:
		return ErrAccount
	}
	return nil
}

// control runs systemctl for the one whose service it is.
func (h host) control(ctx context.Context, own bool, a account, args ...string) error {
	switch {
	case own && h.uid == a.uid:
		args = append([]string{"--user"}, args...)
	case own:
		args = append([]string{"--user", "--machine=" + a.name + "@.host"}, args...)
	}
	if said, err := h.run(ctx, "systemctl", args...); err != nil {
		return fmt.Errorf("systemctl %s: %w: %s", strings.Join(args, " "), err, strings.TrimSpace(said))
	}
	return nil
}

func (s *Service) installOn(ctx context.Context, h host, a account) error {
	u := s.unit(h, a)
	if err := h.allowed(u, a); err != nil {
		return err
	}
	here, other := h.places(u, a)
	if err := s.removeFrom(ctx, h, a, other, !u.own); err != nil {
		return err
	}
	if u.own {
		// First: without it there may be nobody to tell of the unit.
		if said, err := h.run(ctx, "loginctl", "enable-linger", a.name); err != nil {
			return fmt.Errorf("没有人登录时也要运行,请执行 sudo loginctl enable-linger %s (let it run with nobody logged in): %w: %s", a.name, err, strings.TrimSpace(said))
		}
		s.say("账号 "+a.name+" 不登录也会运行", a.name+" lingers: its services run with nobody logged in")
	}
	if err := h.write(here, u, a); err != nil {
		return err
	}
	s.say("写好了 "+here, "written: "+here)
	for _, step := range [][]string{{"daemon-reload"}, {"enable", unitFile}, {"restart", unitFile}} {
		if err := h.control(ctx, u.own, a, step...); err != nil {
			return err
		}
	}
	s.say("开机会自动运行,现在已经启动,用的账号是 "+a.name, "it starts with the machine and has been started now, as "+a.name)
	if a.uid == 0 {
		s.say("! 用的是 root 账号:最好把设置文件和数据文件夹交给一个普通账号,再装一次",
			"! that is root: better give the settings and the data folder to an ordinary account, and install again")
	}
	return nil
}

func (s *Service) uninstallOn(ctx context.Context, h host, a account) error {
	u := s.unit(h, a)
	found := false
	for _, own := range []bool{false, true} {
		u.own = own
		here, _ := h.places(u, a)
		if _, err := os.Stat(here); err != nil {
			continue
		}
		found = true
		if err := h.allowed(u, a); err != nil {
			return err
		}
		if err := s.removeFrom(ctx, h, a, here, own); err != nil {
			return err
		}
	}
	if !found {
		s.say("本来就没有设成开机运行", "it was not installed")
		return nil
	}
	s.say("录音、安排和播放记录都还在,没有动", "recordings, programme and journal are where they were")
	return nil
}

// removeFrom ends the service that the unit at path describes and removes the unit, if there is one.
func (s *Service) removeFrom(ctx context.Context, h host, a account, path string, own bool) error {
	if _, err := os.Stat(path); errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err := h.allowed(unit{own: own}, a); err != nil {
		return err
	}
	if err := h.control(ctx, own, a, "disable", "--now", unitFile); err != nil {
		return err
	}
	if err := os.Remove(path); err != nil {
		return fmt.Errorf("remove unit: %w", err)
	}
	s.say("停掉并删除了 "+path, "ended and removed: "+path)
	return h.control(ctx, own, a, "daemon-reload")
}

// write puts the unit in its place, as the one whose it is.
func (h host) write(path string, u unit, a account) error {
	var made []string // folders that were not there, the innermost first
	for folder := filepath.Dir(path); ; folder = filepath.Dir(folder) {
		if _, err := os.Stat(folder); err == nil || folder == filepath.Dir(folder) {
			break
		}
		made = append(made, folder)
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return fmt.Errorf("write unit: %w", err)
	}
	next := path + ".new"
	if err := os.WriteFile(next, []byte(u.text()), 0o644); err != nil {
		return fmt.Errorf("write unit: %w", err)
	}
	if u.own && h.uid != a.uid {
		for _, name := range append(made, next) {
			if err := os.Chown(name, a.uid, a.gid); err != nil {
				return fmt.Errorf("write unit: %w", err)
			}
		}
	}
	if err := os.Rename(next, path); err != nil {
		return fmt.Errorf("write unit: %w", err)
	}
	return nil
}
