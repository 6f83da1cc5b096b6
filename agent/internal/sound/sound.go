// Package sound is where an agent's frames come out: the mixer that makes one endless timeline of them, and the outputs
// that play that timeline. Everything is mono at Rate frames a second, 16 bits a frame.
//
// Silence is sounded too: an output runs for ever, so that frame n has a known time and a clip can be placed at a moment
// instead of being started. A caller reads an output's Line, computes the frame that will be out at the moment it wants,
// and places a voice there in the Mixer before the output has pulled that frame. A sound device has a clock of its own, so
// the Line has a rate, and a voice that sounds is kept in step by playing it a little faster or slower (Voice.Follow).
//
// Output is a contract with several homes (Device, File, Simulated, Auto); all of them pass one suite. Times in this
// package are readings of a monotonic clock that the caller supplies, counted from wherever that clock counts.
package sound

import (
	"context"
	"errors"
	"fmt"
	"math"
	"time"
)

// Rate is the number of frames a second, everywhere.
const Rate = 48_000

// Source is what an output pulls its frames from.
type Source interface {
	// Fill overwrites all of out with the timeline's next frames. It never blocks and never leaves any out. Only one
	// output pulls at a time.
	Fill(out []int16)
	// Position is the number of frames that have been pulled so far, and so the next frame's number.
	Position() int64
}

// Output plays a source's timeline in real time.
type Output interface {
	// Kind is what a play's record calls this output: "device", "file" or "simulated".
	Kind() string
	// Run plays source until ctx ends, and then returns nil, or until the output cannot go on, and then returns why,
	// in most cases wrapping ErrFault. It may be called again afterwards; the timeline continues with the next frame.
	Run(ctx context.Context, source Source) error
	// Line tells which frame is out when. It answers false while nothing comes out. It is safe for concurrent use.
	Line() (Line, bool)
	// Out is the number of the first frame of the timeline that is not known to be out: all before it were put out, or
	// fell into a time in which nothing was. After the output has failed it stays where it was until it runs again.
	Out() int64
	// Ahead is the longest time by which a frame is pulled before it is out.
	Ahead() time.Duration
}

// ErrFault means that an output does not sound although it should.
var ErrFault = errors.New("sound output does not play")

// ErrNoDevice means that there is no sound device to play on.
var ErrNoDevice = fmt.Errorf("no sound device: %w", ErrFault)

// ErrLate means that the device has not answered yet. It may still do so: the output is worth running again at once.
var ErrLate = fmt.Errorf("sound device does not answer: %w", ErrFault)

// ErrSpent means that only a new process can get the output back.
var ErrSpent = fmt.Errorf("this process cannot open it again: %w", ErrFault)

// Line says that frame Frame is out at At, and the others before and after it at Rate, but for Drift: that is by how much
// a frame lasts longer than it should, as a share.
type Line struct {
	Frame int64
	At    time.Duration
	Drift float64
}

// Time returns when frame n is out.
func (l Line) Time(n int64) time.Duration {
	frames := n - l.Frame
	// Whole seconds apart, so that a month of frames does not overflow.
	d := time.Duration(frames/Rate)*time.Second + time.Duration(frames%Rate)*time.Second/Rate
	return l.At + d + time.Duration(math.Round(float64(d)*l.Drift))
}

// FrameAt returns the frame that begins nearest to t.
func (l Line) FrameAt(t time.Duration) int64 {
	d := t - l.At
	d -= time.Duration(math.Round(float64(d) * l.Drift / (1 + l.Drift)))
	seconds, rest := d/time.Second, d%time.Second
	return l.Frame + int64(seconds)*Rate + int64(math.Round(rest.Seconds()*Rate))
}

// Frames returns how many frames make up d, rounded down.
func Frames(d time.Duration) int64 {
	return int64(d/time.Second)*Rate + int64(d%time.Second)*Rate/int64(time.Second)
}

// Length returns how long n frames sound.
func Length(n int64) time.Duration { return Line{}.Time(n) }
