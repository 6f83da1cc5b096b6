package app

import (
	"crypto/rand"
	"encoding/hex"
	"time"
)

// machine is what the agent runs on.
type machine struct {
	// boot names the run of the machine: it is the same after the agent is restarted, and another after the machine is.
	boot string
	// mono is a clock that never steps, counted from the machine's start, running while the machine sleeps.
	mono func() time.Duration
	// hardware reads the clock that runs while the power is off, in nanoseconds, and tells whether there is one. It may
	// show local time.
	hardware func() (shown int64, ok bool)
}

// noHardware is a machine without such a clock.
func noHardware() (int64, bool) { return 0, false }

// processClock is a machine of which only this process is known: every restart of the agent counts as one of the
// machine, which claims less than there may be, never more.
func processClock() machine {
	began := time.Now()
	return machine{
		boot: newProcess(), mono: func() time.Duration { return time.Since(began) + time.Second }, hardware: noHardware,
	}
}

// newProcess draws a name for this run of the agent.
func newProcess() string {
	var id [16]byte
	rand.Read(id[:]) // never fails
	return hex.EncodeToString(id[:])
}
