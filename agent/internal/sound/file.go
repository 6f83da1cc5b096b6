package sound

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"sync/atomic"
	"time"
)

const (
	// fileTick is how often frames are written, and so how much later than asked a cut can come.
	fileTick = 50 * time.Millisecond
	// fileCatchUp bounds what one tick writes, so that after a stall the timeline is caught up at eight times its pace
	// and clips that sound can be read along.
	fileCatchUp = 8 * fileTick
	// fileStall is the longest stall that is caught up. After a longer one (the machine slept) the file ends.
	fileStall = 30 * time.Second
	// fileHeader is how often the header is brought up to date.
	fileHeader = 500 * time.Millisecond
	// fileDrift is how far the time in a file's name may be off before the next silence begins a new file.
	fileDrift = 20 * time.Millisecond
	// fileName is a file's name: the time of its first frame in UTC.
	fileName = "20060102T150405.000000Z.wav"
)

// FileOptions say where and how sound is written.
type FileOptions struct {
	// Folder is made if it is missing.
	Folder string
	// PerFile is how long a file is at least; it ends at the next silence, at twice that at the latest. At most 6 h.
	PerFile time.Duration
	// Keep is how many files are kept, at least 1, the newest with them.
	Keep int
	// Now is the monotonic clock.
	Now func() time.Duration
	// UTC tells what time it is, in UTC, at a reading of Now, as well as the caller knows.
	UTC func(time.Duration) time.Time
	Log *slog.Logger
}

// File is an Output that writes WAV files in real time. A file's name is the UTC time of its first frame, and every
// frame after it stands where its time puts it, so that a file is a true record of what would have been heard when. A
// file can be read at any moment: its header is never more than a second behind.
type File struct {
	o    FileOptions
	line atomic.Pointer[Line] // nil while nothing comes out
	out  atomic.Int64
}

// NewFile checks o and writes nothing yet.
func NewFile(o FileOptions) (*File, error) {
	switch {
	case o.Folder == "":
		return nil, errors.New("sound files: no folder")
	case o.PerFile < time.Second || o.PerFile > 6*time.Hour:
		return nil, fmt.Errorf("sound files: %v a file is not between 1 s and 6 h", o.PerFile)
	case o.Keep < 1:
		return nil, fmt.Errorf("sound files: keep %d files: want at least 1", o.Keep)
	}
	return &File{o: o}, nil
}

// Kind returns "file".
func (f *File) Kind() string { return "file" }

// Ahead returns 0: a frame is written once its time has come.
func (f *File) Ahead() time.Duration { return 0 }

// Line tells which frame is written when.
func (f *File) Line() (Line, bool) {
	if l := f.line.Load(); l != nil {
		return *l, true
	}
	return Line{}, false
}

// Out is the number of frames that have been written, as far as this process goes.
func (f *File) Out() int64 { return f.out.Load() }

// Run writes source until ctx ends or the disk fails. See Output.
func (f *File) Run(ctx context.Context, source Source) (err error) {
	if err := os.MkdirAll(f.o.Folder, 0o755); err != nil {
		return fmt.Errorf("sound files: %w: %w", ErrFault, err)
	}
	line := Line{Frame: source.Position(), At: f.o.Now()}
	w := &fileWriter{o: f.o, line: line}
	f.line.Store(&line)
	defer func() {
		f.line.Store(nil)
		if closed := w.close(); err == nil && closed != nil {
			err = fmt.Errorf("sound files: %w: %w", ErrFault, closed)
		}
	}()
	tick := time.NewTicker(fileTick)
	defer tick.Stop()
	chunk := make([]int16, Frames(fileTick))
	for {
		select {
		case <-ctx.Done():
			return nil
		case <-tick.C:
		}
		due := line.Frame + Frames(f.o.Now()-line.At) - source.Position()
		if due > Frames(fileStall) {
			return fmt.Errorf("sound files: stood still for %v: %w", Length(due).Round(time.Second), ErrFault)
		}
		for due = min(due, Frames(fileCatchUp)); due > 0; {
			part := chunk[:min(due, int64(len(chunk)))]
			at := source.Position()
			source.Fill(part)
			if err := w.write(part, at); err != nil {
				return fmt.Errorf("sound files: %w: %w", ErrFault, err)
			}
			f.out.Store(at + int64(len(part)))
			due -= int64(len(part))
		}
	}
}

// fileWriter is the file that is being written, and the change from one to the next.
type fileWriter struct {
	o    FileOptions
	line Line

	file   *wavFile      // or nil before the first frame
	first  time.Time     // of the file's first frame
	update time.Duration // when the header was last brought up to date
	turn   bool          // the file ends at the next silence
}

// write appends chunk, whose first frame is frame at of the timeline.
func (w *fileWriter) write(chunk []int16, at int64) error {
	now := w.line.Time(at)
	full := w.file != nil && w.file.frames >= 2*Frames(w.o.PerFile)
	if w.file == nil || full || w.turn && silent(chunk) {
		if err := w.next(now); err != nil {
			return err
		}
	}
	if err := w.file.append(chunk); err != nil {
		return err
	}
	if now-w.update < fileHeader {
		return nil
	}
	w.update = now
	named := w.first.Add(Length(w.file.frames))
	known := w.o.UTC(w.line.Time(at + int64(len(chunk))))
	w.turn = w.file.frames >= Frames(w.o.PerFile) || named.Sub(known).Abs() > fileDrift
	return w.file.flush()
}

// next begins a new file whose first frame is out at now, and removes the oldest ones.
func (w *fileWriter) next(now time.Duration) error {
	if err := w.close(); err != nil {
		return err
	}
	w.first = w.o.UTC(now).UTC().Truncate(time.Microsecond)
	file, err := createWAV(filepath.Join(w.o.Folder, w.first.Format(fileName)))
	if err != nil {
		return err
	}
	w.file, w.update, w.turn = file, now, false
	w.prune()
	return nil
}

func (w *fileWriter) close() error {
	if w.file == nil {
		return nil
	}
	file := w.file
	w.file = nil
	return file.close()
}

// prune removes all but the newest files that this output has named.
func (w *fileWriter) prune() {
	entries, err := os.ReadDir(w.o.Folder)
	if err != nil {
		w.o.Log.Warn("cannot list sound files", "error", err)
		return
	}
	var names []string
	for _, e := range entries {
		if _, err := time.Parse(fileName, e.Name()); err == nil {
			names = append(names, e.Name())
		}
	}
	slices.Sort(names)
	for _, name := range names[:max(0, len(names)-w.o.Keep)] {
		if err := os.Remove(filepath.Join(w.o.Folder, name)); err != nil {
			w.o.Log.Warn("cannot remove old sound file", "file", name, "error", err)
		}
	}
}

func silent(chunk []int16) bool {
	for _, s := range chunk {
		if s != 0 {
			return false
		}
	}
	return true
}
