//go:build !windows

package service

import (
	"context"
	"os"
)

// Serve runs run, which is to end with its context. A service is a process like others here.
func Serve(ctx context.Context, run func(context.Context) error) error { return run(ctx) }

// Console is where this process says things: the system keeps what a service says.
func Console() (out, problems *os.File) { return os.Stdout, os.Stderr }
