package service

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"os/user"
	"strconv"
	"syscall"
	"time"
)

// runWithin is how long systemd may take over one thing.
const runWithin = time.Minute

// Install makes the agent start with the machine, starts it, and says what it did. It returns ErrRights, ErrAccount or
// ErrNoSystemd before anything is changed.
func (s *Service) Install(ctx context.Context) error {
	a, err := owner(s.o.Config)
	if err != nil {
		return err
	}
	return s.installOn(ctx, thisHost(), a)
}

// Uninstall ends the agent and makes it start no more. What it recorded stays.
func (s *Service) Uninstall(ctx context.Context) error {
	a, err := owner(s.o.Config)
	if err != nil {
		return err
	}
	return s.uninstallOn(ctx, thisHost(), a)
}

// Text is what Install would write.
func (s *Service) Text() (string, error) {
	a, err := owner(s.o.Config)
	if err != nil {
		return "", err
	}
	return s.unit(thisHost(), a).text(), nil
}

func thisHost() host {
	return host{uid: os.Getuid(), run: func(ctx context.Context, name string, args ...string) (string, error) {
		ctx, cancel := context.WithTimeout(ctx, runWithin)
		defer cancel()
		said, err := exec.CommandContext(ctx, name, args...).CombinedOutput()
		return string(said), err
	}}
}

// owner is the account that a file belongs to.
func owner(path string) (account, error) {
	found, err := os.Stat(path)
	if err != nil {
		return account{}, fmt.Errorf("read the settings: %w", err)
	}
	s, ok := found.Sys().(*syscall.Stat_t)
	if !ok {
		return account{}, fmt.Errorf("nobody owns %s", path)
	}
	u, err := user.LookupId(strconv.Itoa(int(s.Uid)))
	if err != nil {
		return account{}, fmt.Errorf("the owner of %s: %w", path, err)
	}
	return account{name: u.Username, home: u.HomeDir, uid: int(s.Uid), gid: int(s.Gid)}, nil
}
