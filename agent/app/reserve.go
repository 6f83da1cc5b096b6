package app

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"sync"
	"time"

	"dalaba/playlists/clips"
)

const (
	// reserveBytes is how much is held for records: weeks of them, and a programme.
	reserveBytes = 8 << 20
	// reserveTick is how often it is seen to.
	reserveTick = 10 * time.Second
)

// reserve is disk space that is held, in a file of nothing, for what must be written down after others have filled the
// disk: records come before recordings. It is safe for concurrent use.
type reserve struct {
	file string
	free func() (int64, error)
	// least is what the disk must have left for the reserve to be laid in.
	least int64
	// changed is called when problem tells something new. It must not block.
	changed func()
	log     *slog.Logger

	mu    sync.Mutex // guards what follows, and the file
	spent bool
}

// spend is told why something could not be written. If the disk is full it gives the reserve away, and returns whether
// there was one.
func (r *reserve) spend(err error) bool {
	if !clips.IsFull(err) {
		return false
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	if os.Remove(r.file) != nil {
		return false
	}
	r.log.Warn("the disk is full: records use the reserve", "error", err)
	r.setLocked(true)
	return true
}

// hold lays the reserve in, or in again, where there is room.
func (r *reserve) hold() error {
	r.mu.Lock()
	defer r.mu.Unlock()
	if found, err := os.Stat(r.file); err == nil && found.Size() == reserveBytes {
		r.setLocked(false)
		return nil
	}
	if free, err := r.free(); err != nil || free < r.least+reserveBytes {
		return err
	}
	file, err := os.OpenFile(r.file, os.O_CREATE|os.O_TRUNC|os.O_WRONLY, 0o600)
	if err != nil {
		return fmt.Errorf("lay in the reserve: %w", err)
	}
	nothing := make([]byte, 64<<10)
	for n := 0; n < reserveBytes && err == nil; n += len(nothing) {
		_, err = file.Write(nothing)
	}
	if err = errors.Join(err, file.Close()); err != nil {
		return fmt.Errorf("lay in the reserve: %w", errors.Join(err, os.Remove(r.file)))
	}
	r.setLocked(false)
	return nil
}

func (r *reserve) setLocked(spent bool) {
	if r.spent != spent {
		r.spent = spent
		r.changed()
	}
}

// write replaces a file, from the reserve if it must be.
func (r *reserve) write(path string, content []byte) error {
	err := replaceFile(path, content)
	if err != nil && r.spend(err) {
		err = replaceFile(path, content)
	}
	return err
}

// problem is a sentence for people while the reserve is spent, else "".
func (r *reserve) problem() string {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.spent {
		return "磁盘满了:播放记录在用预留的一点空间,请尽快清理磁盘"
	}
	return ""
}

// Run sees to the reserve, and has written what could not be, until ctx ends.
func (r *reserve) Run(ctx context.Context, again func() error) error {
	tick := time.NewTicker(reserveTick)
	defer tick.Stop()
	for {
		if err := errors.Join(r.hold(), again()); err != nil {
			r.log.Warn("the disk cannot be written", "error", err)
		}
		select {
		case <-ctx.Done():
			return nil
		case <-tick.C:
		}
	}
}
