package app

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"sync"
	"time"

	"dalaba/agent/internal/player"
	"dalaba/playlists"
	"dalaba/playlists/clock"
	"dalaba/playlists/wire"
)

// keepClock is how often what is known of the clocks is written down.
const keepClock = time.Minute

// keptClock is the content of the file.
type keptClock struct {
	clock.Snapshot
	Hardware clock.Hardware `json:"hardware"`
}

// watch tells broadcaster time. It is safe for concurrent use.
type watch struct {
	file    string
	machine machine
	log     *slog.Logger
	write   func(path string, content []byte) error

	mu        sync.Mutex // guards what follows
	estimator *clock.Estimator
	hardware  clock.Hardware
	kept      time.Duration // when it was written down last, on the monotonic clock
	trusted   bool
}

// newWatch reads what was known before; a file that cannot be read is as good as none.
func newWatch(file string, m machine, log *slog.Logger) (*watch, error) {
	var saved keptClock
	content, err := os.ReadFile(file)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("read clock: %w", err)
	}
	if err == nil && json.Unmarshal(content, &saved) != nil {
		log.Warn("what was known of the clock cannot be read", "file", file)
		saved = keptClock{}
	}
	w := &watch{file: file, machine: m, log: log, write: replaceFile, estimator: clock.New(m.boot, saved.Snapshot), hardware: saved.Hardware}
	w.recall()
	return w, nil
}

// recall takes the hardware clock's word where nothing better is known on this boot.
func (w *watch) recall() {
	shown, ok := w.machine.hardware()
	if !ok {
		return
	}
	mono := w.machine.mono()
	if now, bound, ok := w.hardware.Now(shown); ok {
		w.estimator.Recall(int64(mono), now, bound)
		w.log.Info("the hardware clock tells the time", "time", now, "bound", bound)
	}
}

// Run notes now and then that the machine runs, so that time without power can be told, until ctx ends.
func (w *watch) Run(ctx context.Context) error {
	tick := time.NewTicker(keepClock)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return nil
		case <-tick.C:
		}
		w.mu.Lock()
		w.hardware.Live(w.machine.boot, int64(w.machine.mono()))
		w.keep()
		w.mu.Unlock()
	}
}

// hardwareClock says what is known of the machine's hardware clock.
func (w *watch) hardwareClock() wire.HardwareClock {
	if _, ok := w.machine.hardware(); !ok {
		return wire.HardwareNone
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.hardware.Ran {
		return wire.HardwareRuns
	}
	return wire.HardwareUnproved
}

// read tells the time now.
func (w *watch) read() player.Reading {
	w.mu.Lock()
	defer w.mu.Unlock()
	mono := w.machine.mono()
	now, bound, ok := w.estimator.Now(int64(mono))
	if !ok {
		return player.Reading{Mono: mono, State: playlists.ClockUntrusted}
	}
	return player.Reading{Time: now, Mono: mono, State: w.estimator.State(int64(mono)), Bound: bound, Rate: w.estimator.Rate()}
}

// time tells broadcaster time, if it can be believed.
func (w *watch) time() (time.Time, bool) {
	r := w.read()
	if r.State == playlists.ClockUntrusted {
		return time.Time{}, false
	}
	return r.Time, true
}

// utc tells the time at a reading of the monotonic clock: broadcaster time, and before that is known the machine's own.
func (w *watch) utc(mono time.Duration) time.Time {
	w.mu.Lock()
	defer w.mu.Unlock()
	if t, _, ok := w.estimator.Now(int64(mono)); ok {
		return t
	}
	return time.Now().UTC().Add(mono - w.machine.mono())
}

// wallClock tells by how much the machine's own time of day is ahead of broadcaster time, zero while that is not known.
func (w *watch) wallClock() time.Duration {
	w.mu.Lock()
	defer w.mu.Unlock()
	now, _, ok := w.estimator.Now(int64(w.machine.mono()))
	if !ok {
		return 0
	}
	return time.Now().Round(0).Sub(now)
}

func (w *watch) roundTrip() time.Duration {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.estimator.RoundTrip()
}

// exchange takes in one question about the time and its answer.
func (w *watch) exchange(t1, t2, t3, t4 int64) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if err := w.estimator.Add(clock.Exchange{T1: t1, T2: t2, T3: t3, T4: t4}); err != nil {
		w.log.Debug("time exchange ignored", "error", err)
		return
	}
	if !w.trusted {
		w.trusted = true
		now, bound, _ := w.estimator.Now(t4)
		w.log.Info("clock is synchronised", "time", now, "bound", bound)
	}
	if mono := time.Duration(t4); w.kept == 0 || mono-w.kept >= keepClock {
		w.kept = mono
		w.mark()
		w.keep()
	}
}

// mark tells the hardware clock what time it is now.
func (w *watch) mark() {
	shown, ok := w.machine.hardware()
	if !ok {
		return
	}
	mono := int64(w.machine.mono())
	now, bound, ok := w.estimator.Now(mono)
	if !ok {
		return
	}
	w.hardware.Synchronised(clock.Mark{
		Hardware: shown, Broadcaster: now.UnixNano(), Error: int64(bound), Boot: w.machine.boot, Local: mono,
	})
}

func (w *watch) keep() {
	content, err := json.Marshal(keptClock{Snapshot: w.estimator.Snapshot(), Hardware: w.hardware})
	if err == nil {
		err = w.write(w.file, content)
	}
	if err != nil {
		w.log.Warn("clock cannot be kept", "error", err)
	}
}
