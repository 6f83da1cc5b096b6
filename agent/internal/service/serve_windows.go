package service

import (
	"context"
	"os"
	"path/filepath"

	"github.com/kardianos/service"
)

// maxLog is the size of a log at which the next start begins a new one, in bytes.
const maxLog = 4 << 20

// Serve runs run, which is to end with its context: as a service, if the service manager has started this process, until
// it says stop; else until ctx ends.
func Serve(ctx context.Context, run func(context.Context) error) error {
	if service.Interactive() {
		return run(ctx)
	}
	d, err := service.New(&program{run: run, done: make(chan error, 1)}, &service.Config{Name: Name})
	if err != nil {
		return err
	}
	return d.Run()
}

// Console is where this process says things: the file agent.log beside the program if the service manager has started
// it, for then there is no console. The log before the last is kept under another name.
func Console() (out, problems *os.File) {
	if service.Interactive() {
		return os.Stdout, os.Stderr
	}
	program, err := os.Executable()
	if err != nil {
		return os.Stdout, os.Stderr
	}
	path := filepath.Join(filepath.Dir(program), "agent.log")
	if found, err := os.Stat(path); err == nil && found.Size() > maxLog {
		_ = os.Remove(path + ".old") // what cannot be made room for is written over the limit
		_ = os.Rename(path, path+".old")
	}
	file, err := os.OpenFile(path, os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	if err != nil {
		return os.Stdout, os.Stderr
	}
	return file, file
}
