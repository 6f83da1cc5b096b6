//go:build unix

package main

import (
	"fmt"
	"os"
	"syscall"
)

// restart puts a new process in the place of this one, with the same id. It returns only if that cannot be done.
func restart() error {
	path, err := os.Executable()
	if err == nil {
		err = syscall.Exec(path, os.Args, os.Environ())
	}
	return fmt.Errorf("restart: %w", err)
}
