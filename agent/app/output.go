package app

import (
	"fmt"
	"log/slog"

	"dalaba/agent/internal/sound"
)

// openRelay makes what switches the amplifier, if there is anything.
func (r *rooms) openRelay(o Relay, log *slog.Logger) (err error) {
	if len(o.On) == 0 && len(o.Off) == 0 {
		return nil
	}
	r.relay, err = sound.NewRelay(sound.RelayOptions{On: o.On, Off: o.Off, Lead: o.Lead, Hold: o.Hold, Log: log})
	return err
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
