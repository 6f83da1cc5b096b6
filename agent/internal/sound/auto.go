package sound

import (
	"context"
	"errors"
	"log/slog"
	"sync/atomic"
	"time"
)

// Auto is an Output to the device, or to files where there has been no device from the beginning. A device that played
// once, or may still answer, is never given up: a terminal must not fall silent and call it sound.
type Auto struct {
	device, file Output
	log          *slog.Logger
	onFile       atomic.Bool
	there        bool // there is a device, or something that may be one; Run's
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
	if a.there || a.onFile.Load() || !errors.Is(err, ErrNoDevice) {
		a.there = true
		return err
	}
	a.log.Warn("there is no sound device: sound goes to files", "error", err)
	a.onFile.Store(true)
	return a.file.Run(ctx, source)
}
