// Package parent is a process that does nothing but keep another one running: the agent itself, which plays. A sound
// device that was lost comes back only to a new process, and so does everything after a crash.
//
// What ties the two together is the child's standard input, a pipe on which nothing is ever sent. It closes when the
// parent tells the child to end, and by itself when the parent is gone, however it went: no child is left behind. That is
// the same on every system, and it needs no signal.
package parent

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"os/exec"
	"time"
)

const (
	// StatusDone is the exit status of a child that was told to end, or had nothing to do.
	StatusDone = 0
	// StatusMend is that of a child that a person has to help first: starting it again would change nothing.
	StatusMend = 1
	// StatusAgain is that of a child that wants a new process in its place. Every other status means the same.
	StatusAgain = 75

	// endWithin is how long a child may take to end: it fades out and writes down what it did.
	endWithin = 12 * time.Second
)

// Options say which child is kept running, and how.
type Options struct {
	// Program and Arguments are what is started. It must call Orphaned.
	Program   string
	Arguments []string
	// Out and Problems are the child's standard output and standard error.
	Out, Problems io.Writer
	Log           *slog.Logger
}

// Ended is how a child ended that is not to be started again.
type Ended struct{ Status int }

// Error says so.
func (e Ended) Error() string { return fmt.Sprintf("it ended with status %d", e.Status) }

// Parent is the package's component.
type Parent struct{ o Options }

// New checks o and starts nothing.
func New(o Options) (*Parent, error) {
	if o.Program == "" || o.Log == nil {
		return nil, errors.New("parent: no program, or nowhere to log")
	}
	return &Parent{o: o}, nil
}

// Run keeps a child running until ctx ends, and then ends it. It returns nil when the last child ended with StatusDone,
// Ended when it ended with StatusMend, and another error when it had to be killed. When Run returns there is no child.
func (p *Parent) Run(ctx context.Context) error {
	var pauses pauses
	for {
		began := time.Now()
		err := p.child(ctx)
		var exit *exec.ExitError
		switch {
		case err == nil || errors.Is(err, errKilled):
			return err
		case errors.As(err, &exit) && (exit.ExitCode() == StatusMend || ctx.Err() != nil):
			return Ended{exit.ExitCode()}
		case ctx.Err() != nil:
			return nil
		}
		pause := pauses.next(time.Since(began))
		p.o.Log.Warn("the agent ended and is started again", "error", err, "lived", time.Since(began).Round(time.Millisecond), "after", pause)
		again := time.NewTimer(pause)
		select {
		case <-ctx.Done():
			again.Stop()
			return nil
		case <-again.C:
		}
	}
}

// errKilled means that a child did not end when it was told to.
var errKilled = errors.New("the agent did not end and was killed")

// child starts one child and waits until it has ended. When ctx ends the child is told to.
func (p *Parent) child(ctx context.Context) error {
	c := exec.Command(p.o.Program, p.o.Arguments...)
	c.Stdout, c.Stderr = p.o.Out, p.o.Problems
	c.WaitDelay = time.Second // what its own children hold open is no reason to wait for ever
	line, err := c.StdinPipe()
	if err != nil {
		return fmt.Errorf("start the agent: %w", err)
	}
	if err := c.Start(); err != nil {
		return fmt.Errorf("start the agent: %w", errors.Join(err, line.Close()))
	}
	p.o.Log.Debug("the agent was started", "pid", c.Process.Pid)
	ended := make(chan error, 1)
	go func() { ended <- c.Wait() }()
	select {
	case err := <-ended:
		return err
	case <-ctx.Done():
	}
	line.Close() // its end may be gone already
	late := time.NewTimer(endWithin)
	defer late.Stop()
	select {
	case err := <-ended:
		return err
	case <-late.C:
		return fmt.Errorf("%w: %w", errKilled, errors.Join(c.Process.Kill(), <-ended))
	}
}

// Orphaned returns a context that ends with ctx, and when the parent of this process says so or is gone. Who then does
// not end in time is ended by force. It is for a child's main, and takes its standard input.
func Orphaned(ctx context.Context) context.Context {
	ctx, cancel := context.WithCancel(ctx)
	go func() {
		// Whatever comes is not meant for us; an error is as good as the end.
		_, _ = io.Copy(io.Discard, os.Stdin)
		cancel()
		time.Sleep(endWithin + time.Second)
		os.Exit(StatusAgain)
	}()
	return ctx
}
