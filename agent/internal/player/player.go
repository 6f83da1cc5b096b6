// Package player makes a terminal's programme true: it asks the timetable what is to sound when, sounds it at its very
// moment, and writes down what became of it.
//
// One goroutine decides everything. At each step it looks at the clock, the output and the programme; notes outages
// (spans in which nothing can begin); moves the attempt that sounds along; and, when nothing sounds, lets the pure
// function look say what the plan means now. What rules do not know (what sounded, what was missed, outages) comes from
// the journal, so that a new process plans as the old one would have.
//
// A new programme is in force at once: what sounds ends if it is called off or silenced, whether or not that can be
// written down. A chime sounds with the attempt that it begins and is no play: an attempt that is cut before its first
// word has left nothing, and its airing waits as before. Background sounds in the pieces
// that the plan has for it and makes way between two entries; each piece is an attempt, which goes on where the last one
// ended.
//
// What sounds keeps step with broadcaster time to a fraction of a millisecond, whatever the machine's crystals do: an
// attempt follows every new reading of the time. Only a reading by which somebody has set the clock (seconds away) is not
// followed: from then on the attempt is counted on the monotonic clock, and the next one has the new time. Time that a
// correction jumps over is an outage like another; a step back replays nothing, because what has sounded is known by its
// airing.
package player

import (
	"context"
	"errors"
	"log/slog"
	"math"
	"os"
	"sync"
	"sync/atomic"
	"time"

	"dalaba/agent/internal/journal"
	"dalaba/agent/internal/sound"
	"dalaba/playlists"
)

const (
	// lead is how long before its time an entry is made ready, beside what the output pulls ahead: its beginning must
	// be on disk by then, also on a slow memory card.
	lead = 500 * time.Millisecond
	// restTick is how often the player looks around while nothing sounds.
	restTick = time.Second
	// busyTick is how often it does while something sounds or is about to.
	busyTick = 100 * time.Millisecond
	// aliveEvery is how often the journal learns that the agent runs.
	aliveEvery = 30 * time.Second
)

// Reading is the time at one moment.
type Reading struct {
	// Time is broadcaster time; it means nothing while State is untrusted.
	Time time.Time
	// Mono is the monotonic clock, counted from the machine's start.
	Mono time.Duration
	// Rate is how much more broadcaster time passes than monotonic time, as a share.
	Rate  float64
	State playlists.ClockState
	// Bound is how far Time may be off.
	Bound time.Duration
}

// at returns the time at another reading of the monotonic clock.
func (r Reading) at(mono time.Duration) time.Time {
	d := mono - r.Mono
	return r.Time.Add(d + time.Duration(math.Round(float64(d)*r.Rate)))
}

// mono returns the monotonic clock's reading at another time.
func (r Reading) mono(t time.Time) time.Duration {
	d := t.Sub(r.Time)
	return r.Mono + d - time.Duration(math.Round(float64(d)*r.Rate/(1+r.Rate)))
}

// clips is where recordings are.
type clips interface {
	// Whole tells whether a clip is here with all its bytes.
	Whole(playlists.Digest) bool
	// Open opens a clip that is whole.
	Open(playlists.Digest) (*os.File, error)
	// Doubt says that a clip was read and is not what it should be. It is not whole until it has been looked into.
	Doubt(playlists.Digest)
}

// keeper holds the programme.
type keeper interface {
	// Held returns the programme in force and when it expires, or nil.
	Held() (*playlists.Programme, time.Time)
	// Changed receives after another programme has come into force.
	Changed() <-chan struct{}
}

// Options are what a Player works with. All fields but Amplifier and Ear are needed.
type Options struct {
	Journal *journal.Journal
	Output  sound.Output
	Clips   clips
	Keeper  keeper
	Now     func() Reading
	// Amplifier is nil where there is none to be switched.
	Amplifier amplifier
	// Ear is nil where there is no microphone near the horn.
	Ear ear
	// Boot and Process name the runs of the machine and of the agent.
	Boot, Process string
	// Changed is called, on the player's goroutine, when what Status tells has changed.
	Changed func()
	Log     *slog.Logger
}

// Player is the room's component.
type Player struct {
	Options
	mixer   *sound.Mixer
	fault   atomic.Pointer[error] // why the output does not run; nil while it does, or tries to
	outcome chan struct{}         // the output has failed or begun again
	feeders sync.WaitGroup

	// What follows belongs to Run's goroutine.
	outages outages
	day     day
	attempt *attempt // or nil
	retired []*sounding
	unsaid  []playlists.Play // that were cut, and that the journal has not taken
	stuck   bool             // the journal cannot be written
	alive   time.Duration
	delay   time.Duration // from the output to the horn
	power   power
	hearing hearing
	noise   int64                // that was held back, as far as it has been logged
	started time.Duration        // when Run began
	last    Reading              // the last one at which the time was known
	held    *playlists.Programme // that was in force at the last step, or nil
	heldAt  time.Duration        // when it came into force, if it did not come with the process
	brought *playlists.Programme // that came with the process, or nil

	mu     sync.Mutex // guards status
	status Status
}

// New returns a player that does nothing yet.
func New(o Options) (*Player, error) {
	if o.Journal == nil || o.Output == nil || o.Clips == nil || o.Keeper == nil || o.Now == nil || o.Changed == nil || o.Log == nil {
		return nil, errors.New("player: something that it works with is missing")
	}
	return &Player{Options: o, mixer: sound.NewMixer(), outcome: make(chan struct{}, 1), hearing: hearing{ear: o.Ear}}, nil
}

// Run plays until ctx ends. What sounds then is faded out and journalled as cut. It returns ErrOutput when only a new
// process can play.
func (p *Player) Run(ctx context.Context) error {
	// The output outlives ctx by the length of a fade.
	sounding, silence := context.WithCancel(context.WithoutCancel(ctx))
	defer p.feeders.Wait()
	defer silence()
	spent := make(chan struct{})
	p.feeders.Go(func() { p.keepOutput(sounding, spent) })

	started := p.Now()
	p.started = started.Mono
	p.brought, _ = p.Keeper.Held()
	p.alive = started.Mono - aliveEvery
	p.outages.slept(p.Journal, started.Mono)
	timer := time.NewTimer(0)
	defer timer.Stop()
	for {
		select {
		case <-ctx.Done():
			p.stop()
			return nil
		case <-spent:
			p.stop()
			return ErrOutput
		case <-timer.C:
		case <-p.Keeper.Changed():
		case <-p.outcome:
		}
		timer.Reset(p.step(sounding))
	}
}

// step does what is to be done now and returns when to look again.
func (p *Player) step(ctx context.Context) time.Duration {
	now := p.Now()
	p.day.wake = 0 // plan says it anew, if it gets that far
	err := p.takeProgramme(now)
	if err == nil {
		err = p.say()
	}
	if err == nil && p.stuck && now.State != playlists.ClockUntrusted {
		err = p.Journal.Alive(now.Time) // does it take anything again?
	}
	if err == nil {
		err = p.noteOutages(now)
	}
	p.takeDelay()
	if err == nil && p.attempt != nil {
		err = p.advance(ctx, now)
	}
	if err == nil && now.State != playlists.ClockUntrusted && p.held != nil {
		err = p.plan(ctx, now)
	}
	if err == nil && now.State != playlists.ClockUntrusted && now.Mono-p.alive >= aliveEvery {
		p.alive = now.Mono
		err = p.Journal.Alive(now.Time)
	}
	if stuck := err != nil; stuck != p.stuck {
		p.stuck = stuck
		if stuck {
			p.Log.Error("player is stuck", "error", err)
		}
	}
	p.retire(now)
	p.switchPower(now)
	p.hearing.follow(p.attempt)
	p.tell(now)
	if p.attempt != nil || len(p.retired) > 0 {
		return busyTick
	}
	if next := p.day.wake; next > 0 {
		return max(10*time.Millisecond, min(restTick, next-p.Now().Mono))
	}
	return restTick
}

// noteOutages writes down which things keep everything from beginning.
func (p *Player) noteOutages(now Reading) error {
	_, expires := p.Keeper.Held()
	expired := p.held != nil && now.State != playlists.ClockUntrusted && !now.Time.Before(expires)
	changed := p.outages.set(playlists.CauseClockUntrusted, now.State == playlists.ClockUntrusted, now.Mono)
	changed = p.outages.set(playlists.CauseProgrammeExpired, expired, now.Mono) || changed
	changed = p.outages.set(playlists.CauseDeviceError, p.fault.Load() != nil, now.Mono) || changed
	if changed {
		p.day.stale = true
	}
	if err := p.noteStep(now); err != nil {
		return err
	}
	return p.outages.write(p.Journal, now)
}

// noteStep writes down the time that a correction of the clock has jumped over: nothing could begin in it. A step back
// needs no word: what has sounded has sounded.
func (p *Player) noteStep(now Reading) error {
	if now.State == playlists.ClockUntrusted {
		return nil
	}
	if p.last != (Reading{}) && now.Time.Sub(p.last.at(now.Mono)) > playlists.OnTimeWithin {
		end := now.Time.Add(lead + p.ahead())
		p.Log.Warn("the clock was set forward", "from", p.last.at(now.Mono), "to", now.Time)
		if err := p.Journal.Outage(journal.Outage{Cause: playlists.CauseClockUntrusted, Begin: p.last.Time, End: end}); err != nil {
			return err
		}
		p.day.stale = true
	}
	p.last = now
	return nil
}

// stop fades out what sounds, writes it down, and waits until the fade is out.
func (p *Player) stop() {
	now := p.Now()
	if p.attempt != nil {
		p.cut(now, playlists.CauseAgentDown, "")
	}
	for deadline := now.Mono + time.Second; len(p.retired) > 0 && p.Now().Mono < deadline; {
		time.Sleep(10 * time.Millisecond)
		p.retire(p.Now())
	}
	for _, s := range p.retired {
		s.close()
	}
	if now.State != playlists.ClockUntrusted {
		if err := p.Journal.Alive(now.Time); err != nil {
			p.Log.Error("journal cannot be written", "error", err)
		}
	}
}
