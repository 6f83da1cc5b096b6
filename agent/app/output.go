package app

import (
	"context"
	"fmt"
	"log/slog"
	"time"

	"golang.org/x/sync/errgroup"

	"dalaba/agent/internal/ear"
	"dalaba/agent/internal/player"
	"dalaba/agent/internal/sound"
)

// openSound makes the output, and what switches the amplifier and listens at the horn, if there is anything. r has its
// watch. No device is opened yet, and nothing runs.
func (a *Agent) openSound(r *rooms) (err error) {
	log := func(component string) *slog.Logger { return a.o.Log.With("component", component) }
	if r.output, err = a.openOutput(r.watch, log("sound")); err != nil {
		return err
	}
	if o := a.o.Relay; len(o.On) > 0 || len(o.Off) > 0 {
		r.relay, err = sound.NewRelay(sound.RelayOptions{On: o.On, Off: o.Off, Lead: o.Lead, Hold: o.Hold, Log: log("relay")})
		if err != nil {
			return err
		}
	}
	if len(a.o.Microphone) > 0 {
		r.ear, err = ear.New(ear.Options{Command: a.o.Microphone, Now: a.machine.mono, Log: log("ear")})
	}
	return err
}

// aid gives the player what there is beside the output.
func (r *rooms) aid(o *player.Options) {
	if r.relay != nil {
		o.Amplifier = r.relay
	}
	if r.ear != nil {
		o.Ear = listener{r.ear}
	}
}

// runAids runs what there is beside the output until ctx ends.
func (r *rooms) runAids(ctx context.Context, group *errgroup.Group) {
	if r.relay != nil {
		group.Go(func() error { return r.relay.Run(ctx) })
	}
	if r.ear != nil {
		group.Go(func() error { return r.ear.Run(ctx) })
	}
}

// listener tells the player of what was heard only whether it was the horn.
type listener struct{ *ear.Ear }

// Heard tells whether a chirp came since a moment, and whether there was anything to hear it with.
func (l listener) Heard(since time.Duration) (chirp, listened bool) {
	h := l.Ear.Heard(since)
	return h.Chirp, h.Listened
}

// openOutput makes the output that the options name. It opens no device yet.
func (a *Agent) openOutput(w *watch, log *slog.Logger) (sound.Output, error) {
	if a.output != nil {
		return a.output, nil
	}
	var file sound.Output
	if a.o.Output == OutputFile || a.o.Output == OutputAuto && a.o.Files != "" {
		f, err := sound.NewFile(sound.FileOptions{
			Folder: a.o.Files, PerFile: a.o.PerFile, Keep: a.o.Keep, Now: a.machine.mono, UTC: w.utc, Log: log,
		})
		if err != nil {
			return nil, err
		}
		file = f
	}
	switch a.o.Output {
	case OutputFile:
		return file, nil
	case OutputDevice, OutputAuto:
		device := sound.NewDevice(a.o.Buffer, a.machine.mono)
		if file == nil {
			return device, nil
		}
		return sound.NewAuto(device, file, log), nil
	}
	return nil, fmt.Errorf("sound output %q: want auto, device or file", a.o.Output)
}
