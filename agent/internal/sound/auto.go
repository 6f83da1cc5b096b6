package sound

import (
	"context"
	"errors"
	"log/slog"
	"sync/atomic"
	"time"
)

// Auto is an Output to the device, or to files where there has been no device from the beginning. A device that played
// once is never given up: a terminal must not fall silent and call it sound.
type Auto struct {
	device, file Output
	log          *slog.Logger
	onFile       atomic.Bool
	sounded      bool // the device has had a line; Run's
}

// NewAuto prefers device. Its choice of file is logged.
func NewAuto(device, file Output, log *slog.Logger) *Auto {
	return &Auto{device: device, file: file, log: log}
}

func (a *Auto) chosen() Output {
	if a.onFile.Load() {
		return a.file
	}
	return a.device
}

// Kind is that of the output which was chosen.
func (a *Auto) Kind() string { return a.chosen().Kind() }

// Ahead is that of the output which was chosen.
func (a *Auto) Ahead() time.Duration { return a.chosen().Ahead() }

// Line is that of the output which was chosen.
func (a *Auto) Line() (Line, bool) { return a.chosen().Line() }

// Out is that of the output which was chosen.
func (a *Auto) Out() int64 { return a.chosen().Out() }

// Run plays on the chosen output. See Output.
func (a *Auto) Run(ctx context.Context, source Source) error {
	err := a.chosen().Run(ctx, source)
	if errors.Is(err, ErrNoDevice) && !a.sounded && !a.onFile.Load() {
		// Some sound servers take longer to answer than a silence may go unnoticed; one more try costs little.
		err = a.device.Run(ctx, source)
	}
	if a.onFile.Load() || !errors.Is(err, ErrNoDevice) {
		a.sounded = a.sounded || !errors.Is(err, ErrNoDevice)
		return err
	}
	if a.sounded {
		return err
	}
	a.log.Warn("there is no sound device: sound goes to files", "error", err)
	a.onFile.Store(true)
	return a.file.Run(ctx, source)
}
