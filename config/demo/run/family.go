package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"time"
)

// patience is how long a process may take to end after it was asked to.
const patience = 10 * time.Second

// family is the processes that the demo started. It ends them, and only them.
type family struct {
	members []*member
	ended   bool
}

// member is one process. err holds how it ended once done is closed.
type member struct {
	name string
	log  string
	cmd  *exec.Cmd
	done chan struct{}
	err  error
}

// start runs a program with its output in folder/name.log.
func (f *family) start(name, folder, program string, args ...string) (*member, error) {
	m := &member{name: name, log: filepath.Join(folder, name+".log"), done: make(chan struct{})}
	out, err := os.OpenFile(m.log, os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o644)
	if err != nil {
		return nil, fmt.Errorf("open the log of %s: %w", name, err)
	}
	defer out.Close() // the process has its own
	m.cmd = exec.Command(program, args...)
	m.cmd.Stdout, m.cmd.Stderr = out, out
	// An interrupt at the keyboard is ours to pass on, so that the table still finds the broadcaster alive.
	m.cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	if err := m.cmd.Start(); err != nil {
		return nil, fmt.Errorf("start %s: %w", name, err)
	}
	go func() {
		m.err = m.cmd.Wait()
		close(m.done)
	}()
	f.members = append(f.members, m)
	return m, nil
}

// wait returns nil after length (zero: never) or when ctx ends, and an error when a process ends before.
func (f *family) wait(ctx context.Context, length time.Duration) error {
	var over <-chan time.Time
	if length > 0 {
		timer := time.NewTimer(length)
		defer timer.Stop()
		over = timer.C
	}
	first := make(chan *member, len(f.members))
	for _, m := range f.members {
		go func() {
			<-m.done
			first <- m
		}()
	}
	select {
	case <-ctx.Done():
		return nil
	case <-over:
		return nil
	case m := <-first:
		return f.blame(fmt.Errorf("%s ended by itself (%v)", m.name, m.err))
	}
}

// end asks every process to end, the last started first, and kills what does not within patience.
func (f *family) end() error {
	if f.ended {
		return nil
	}
	f.ended = true
	var all error
	for i := len(f.members) - 1; i >= 0; i-- {
		m := f.members[i]
		select {
		case <-m.done:
			continue
		default:
		}
		if err := m.cmd.Process.Signal(syscall.SIGTERM); err != nil {
			all = errors.Join(all, fmt.Errorf("end %s: %w", m.name, err))
		}
		timer := time.NewTimer(patience)
		select {
		case <-m.done:
		case <-timer.C:
			all = errors.Join(all, fmt.Errorf("%s did not end within %s and was killed", m.name, patience), m.cmd.Process.Kill())
			<-m.done
		}
		timer.Stop()
	}
	return all
}

// blame adds to err, unless it is nil, the last lines of each log, where the reason stands.
func (f *family) blame(err error) error {
	if err == nil {
		return nil
	}
	var b strings.Builder
	for _, m := range f.members {
		text, readErr := os.ReadFile(m.log)
		if readErr != nil {
			continue
		}
		lines := strings.Split(strings.TrimSpace(string(text)), "\n")
		fmt.Fprintf(&b, "\n--- %s\n%s", m.log, strings.Join(lines[max(0, len(lines)-8):], "\n"))
	}
	return fmt.Errorf("%w%s", err, b.String())
}

// lock makes sure that one demo at a time uses the folder.
func lock(path string) (unlock func(), err error) {
	file, err := os.OpenFile(path, os.O_CREATE|os.O_RDWR, 0o644)
	if err != nil {
		return nil, fmt.Errorf("open the lock: %w", err)
	}
	if err := syscall.Flock(int(file.Fd()), syscall.LOCK_EX|syscall.LOCK_NB); err != nil {
		return nil, errors.Join(fmt.Errorf("another demo is running in %s", filepath.Dir(path)), file.Close())
	}
	return func() { file.Close() }, nil
}

// free returns address, or the same host with any free port where its port is 0 or taken.
func free(address string) (string, error) {
	l, err := net.Listen("tcp", address)
	if err != nil {
		host, _, splitErr := net.SplitHostPort(address)
		if splitErr != nil {
			return "", fmt.Errorf("address %s: %w", address, splitErr)
		}
		fmt.Printf("%s is taken; using another port\n", address)
		if l, err = net.Listen("tcp", net.JoinHostPort(host, "0")); err != nil {
			return "", fmt.Errorf("find a free port: %w", err)
		}
	}
	return l.Addr().String(), l.Close()
}
