package sound

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os/exec"
	"strings"
	"sync/atomic"
	"time"
)

const (
	// relayWithin is how long one of a relay's commands may take.
	relayWithin = 5 * time.Second
	// relayAgain is how long after a failure it is tried again.
	relayAgain = 10 * time.Second
	// relayMost bounds a relay's times.
	relayMost = 10 * time.Minute
)

// RelayOptions say how an amplifier is switched.
type RelayOptions struct {
	// On and Off are the commands, each a program and its arguments. No shell reads them.
	On, Off []string
	// Lead is how long before sound the amplifier has to be on, Hold how long it stays on behind it. At most 10 min each.
	Lead, Hold time.Duration
	Log        *slog.Logger
}

// Relay switches an amplifier by running commands. It is safe for concurrent use.
type Relay struct {
	o       RelayOptions
	wanted  atomic.Bool
	failed  atomic.Bool
	changed chan struct{}
}

// NewRelay checks o and runs nothing yet.
func NewRelay(o RelayOptions) (*Relay, error) {
	switch {
	case len(o.On) == 0 || len(o.Off) == 0:
		return nil, errors.New("relay: it needs a command for on and one for off")
	case o.Lead < 0 || o.Lead > relayMost || o.Hold < 0 || o.Hold > relayMost:
		return nil, fmt.Errorf("relay: %v before and %v behind are not between 0 and %v", o.Lead, o.Hold, relayMost)
	}
	return &Relay{o: o, changed: make(chan struct{}, 1)}, nil
}

// Want says whether the amplifier is to be on. It never blocks.
func (r *Relay) Want(on bool) {
	if r.wanted.Swap(on) == on {
		return
	}
	select {
	case r.changed <- struct{}{}:
	default:
	}
}

// Lead is how long before sound the amplifier has to be on.
func (r *Relay) Lead() time.Duration { return r.o.Lead }

// Hold is how long it stays on behind it.
func (r *Relay) Hold() time.Duration { return r.o.Hold }

// Problem is a sentence for people if the last command failed, else "".
func (r *Relay) Problem() string {
	if r.failed.Load() {
		return "功放开关的命令没有成功,喇叭可能不响,请检查继电器"
	}
	return ""
}

// Run switches the amplifier until ctx ends, and then off. It begins with what is wanted, by default off: nobody knows how
// the last process left it.
func (r *Relay) Run(ctx context.Context) error {
	is, again := unknown, time.NewTimer(0)
	defer again.Stop()
	for {
		select {
		case <-ctx.Done():
		case <-again.C:
		case <-r.changed:
		}
		if ctx.Err() != nil {
			r.wanted.Store(false)
			r.set(ctx, &is)
			return nil
		}
		if !r.set(ctx, &is) {
			again.Reset(relayAgain)
		}
	}
}

// position is how a relay is.
type position int

const (
	unknown position = iota
	off
	on
)

// set makes what is what is wanted, and returns whether that succeeded. A command that has begun is not broken off by
// ctx: nobody would know what it did.
func (r *Relay) set(ctx context.Context, is *position) bool {
	wanted, command := off, r.o.Off
	if r.wanted.Load() {
		wanted, command = on, r.o.On
	}
	if wanted == *is {
		return true
	}
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), relayWithin)
	defer cancel()
	run := exec.CommandContext(ctx, command[0], command[1:]...)
	run.WaitDelay = time.Second
	output, err := run.CombinedOutput()
	r.failed.Store(err != nil)
	if *is = wanted; err != nil {
		*is = unknown
		said := strings.TrimSpace(string(output[:min(len(output), 200)]))
		r.o.Log.Error("amplifier cannot be switched", "on", wanted == on, "command", command[0], "error", err, "output", said)
		return false
	}
	return true
}
