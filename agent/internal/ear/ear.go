// Package ear is a microphone near the horn: a program that records, and that tells of a ring test whether the horn was
// heard.
//
// It listens only while it is wanted, which is while a ring test sounds. Of what it records the last few seconds are held
// in memory; they are looked at for the chirp and forgotten when it is wanted no more. Nothing of them is written down or
// sent: what leaves this package is whether the chirp came, when, and how loud. Whatever the program does, it never makes
// a caller wait, and when Run returns, or the ear is wanted no more, the program has ended with all that it started.
package ear

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os/exec"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"dalaba/playlists/audio"
)

const (
	// longest is how long it listens at a time, whoever forgets that it does.
	longest = 5 * time.Minute
	// letGo is how long after its end the program may hold on to what it writes to.
	letGo = time.Second
	// slack is how far behind the present the microphone may be, and still have heard a ring test; and how much some
	// servers of sound recorded before they were asked.
	slack = 2 * time.Second
	// least is how much it must have heard to say that there was no chirp.
	least = 3 * time.Second / 2
	// mostSaid bounds what is logged of the program's complaints, in bytes.
	mostSaid = 200
)

var errEnded = errors.New("it ended by itself")

// Options say what is listened with.
type Options struct {
	// Command is a program and its arguments that writes what the microphone hears to its standard output, mono, 16 bits
	// a frame, the lower byte first, at audio.Rate, until it is ended. No shell reads it.
	Command []string
	// Now reads a monotonic clock.
	Now func() time.Duration
	Log *slog.Logger
}

// Ear is the package's component. It is safe for concurrent use.
type Ear struct {
	o       Options
	wanted  atomic.Bool
	failed  atomic.Bool
	changed chan struct{}

	mu   sync.Mutex // guards tape
	tape *tape      // of what is listened to now, or nil
}

// Heard is what the microphone gave since a moment.
type Heard struct {
	// Listened tells that it gave sound for long enough, and up to now. Without that a chirp that is not there says nothing.
	Listened bool
	// Chirp tells that a chirp was in it.
	Chirp bool
	// At is when the chirp's first frame had reached the agent at the latest, on the clock of Options.Now. What the
	// microphone and its driver hold back is in it, and cannot be told from the way of the sound.
	At time.Duration
	// Level is how loud the chirp was recorded, or, where there was none, everything: root mean square, in dBFS.
	Level float64
	// Piece is how much the microphone gives at a time.
	Piece time.Duration
}

// New checks o and runs nothing yet.
func New(o Options) (*Ear, error) {
	if len(o.Command) == 0 || o.Now == nil || o.Log == nil {
		return nil, errors.New("ear: it needs a command, a clock and a log")
	}
	return &Ear{o: o, changed: make(chan struct{}, 1)}, nil
}

// Want says whether it is to listen. It never blocks.
func (e *Ear) Want(on bool) {
	if e.wanted.Swap(on) == on {
		return
	}
	select {
	case e.changed <- struct{}{}:
	default:
	}
}

// Hears tells whether sound comes from the microphone.
func (e *Ear) Hears() bool {
	e.mu.Lock()
	t := e.tape
	e.mu.Unlock()
	return t != nil && t.length() > 0
}

// Heard looks through what came since a moment, of the last seconds. It takes some hundredths of a second, and is to be
// called while the ear is wanted.
func (e *Ear) Heard(since time.Duration) Heard {
	e.mu.Lock()
	t := e.tape
	e.mu.Unlock()
	if t == nil {
		return Heard{}
	}
	now := e.o.Now()
	frames, first := t.since(since)
	h := Heard{Piece: t.piece()}
	h.Listened = lengthOf(int64(len(frames))) >= least && t.time(first+int64(len(frames))) > now-slack
	found, ok := audio.FindChirp(frames)
	if h.Level = audio.RMS(frames); ok {
		h.Chirp, h.At, h.Level = true, t.time(first+int64(found.At)), found.Level
	}
	return h
}

// Problem is a sentence for people if the microphone gave nothing when it was listened to last, else "".
func (e *Ear) Problem() string {
	if e.failed.Load() {
		return "喇叭旁的麦克风没有声音,试响时听不到喇叭,请检查麦克风和它的线"
	}
	return ""
}

// Run listens whenever that is wanted, until ctx ends.
func (e *Ear) Run(ctx context.Context) error {
	for {
		select {
		case <-ctx.Done():
			return nil
		case <-e.changed:
		}
		if e.wanted.Load() {
			e.listen(ctx)
		}
	}
}

// listen runs the program until it ends or is wanted no more. One that fails is not started again before it is wanted
// anew.
func (e *Ear) listen(ctx context.Context) {
	ctx, end := context.WithTimeout(ctx, longest)
	defer end()
	t, said := newTape(e.o.Now), &opening{}
	e.hold(t)
	defer e.hold(nil)
	command := exec.CommandContext(ctx, e.o.Command[0], e.o.Command[1:]...)
	command.Stdout, command.Stderr, command.WaitDelay = t, said, letGo
	together(command)
	err := e.attend(ctx, end, command)
	heard := lengthOf(t.length())
	e.failed.Store(err != nil || heard == 0)
	if e.failed.Load() {
		e.o.Log.Error("microphone gives nothing", "command", e.o.Command[0], "error", err, "heard", heard, "said", said.String())
	}
}

// attend starts the program and ends it when it is wanted no more. It returns why it ended before, if it did.
func (e *Ear) attend(ctx context.Context, end context.CancelFunc, command *exec.Cmd) error {
	if err := command.Start(); err != nil {
		return fmt.Errorf("start: %w", err)
	}
	done := make(chan error, 1)
	go func() { done <- command.Wait() }()
	for e.wanted.Load() {
		select {
		case err := <-done:
			if ctx.Err() != nil {
				return nil
			}
			return errors.Join(errEnded, err)
		case <-e.changed:
		}
	}
	end()
	<-done // how it ended was our doing
	return nil
}

// hold makes t what is listened to, or nil nothing.
func (e *Ear) hold(t *tape) {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.tape = t
}

// opening keeps the first bytes of what is written.
type opening struct{ text []byte }

// Write takes everything and keeps little. See io.Writer.
func (o *opening) Write(p []byte) (int, error) {
	o.text = append(o.text, p[:min(len(p), mostSaid-len(o.text))]...)
	return len(p), nil
}

func (o *opening) String() string { return strings.TrimSpace(string(o.text)) }
