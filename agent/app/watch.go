package app

import (
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
)

// keepClock is how often the last synchronisation is written down.
const keepClock = time.Minute

// watch tells broadcaster time. It is safe for concurrent use.
type watch struct {
	file    string
	machine machine
	log     *slog.Logger

	mu        sync.Mutex // guards what follows
	estimator *clock.Estimator
	kept      time.Duration // when the synchronisation was written down last, on the monotonic clock
	trusted   bool
}

// newWatch reads what was known before; a file that cannot be read is as good as none.
func newWatch(file string, m machine, log *slog.Logger) (*watch, error) {
	var saved clock.Snapshot
	content, err := os.ReadFile(file)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("read clock: %w", err)
	}
	if err == nil && json.Unmarshal(content, &saved) != nil {
		log.Warn("what was known of the clock cannot be read", "file", file)
		saved = clock.Snapshot{}
	}
	return &watch{file: file, machine: m, log: log, estimator: clock.New(m.boot, saved)}, nil
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
	return player.Reading{Time: now, Mono: mono, State: w.estimator.State(int64(mono)), Bound: bound}
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
		w.keep()
	}
}

func (w *watch) keep() {
	content, err := json.Marshal(w.estimator.Snapshot())
	if err == nil {
		err = replaceFile(w.file, content)
	}
	if err != nil {
		w.log.Warn("clock cannot be kept", "error", err)
	}
}
