package app

import (
	"context"
	"errors"
	"fmt"
	"math"
	"path/filepath"
	"time"

	"golang.org/x/sync/errgroup"

	"dalaba/agent/internal/sound"
)

const (
	// chirpOpens is how long the output may take to begin, chirpLead how long before its time the chirp is made ready.
	chirpOpens = 5 * time.Second
	chirpLead  = 500 * time.Millisecond
	// chirpSettles is how many frames an output takes before its pace is looked at: it may begin with a burst.
	chirpSettles = sound.Rate / 2
	// chirpTick is how often the output is looked at.
	chirpTick = 5 * time.Millisecond
	// chirpCarries is the volume, in percent, from which on a chirp counts as sound.
	chirpCarries = 2
	// chirpPace is by what share the output's pace may differ from the clock's: a second or two shows no more.
	chirpPace = 0.05
)

// ErrSilent means that a chirp was not put out as it should have been. Its text is for people.
var ErrSilent = errors.New("电脑没有把声音放出来 (the computer did not put the sound out)")

// ErrAmplifier means that a command that switches the amplifier did not succeed. Its text is for people.
var ErrAmplifier = errors.New("开关功放的命令没有成功:喇叭可能没响,或者一直开着,请检查继电器和设置里 relay 下面的命令 (a relay command did not succeed: see to the relay, and to the commands below relay)")

// Test sounds one chirp, at percent of full scale, on the output that would be used, and says which that was and whether
// it took the sound at the clock's pace. Who stands at the machine may test at any hour: nothing is asked of the
// programme, and nothing is written down. It returns ErrSilent when the sound did not come out, and ErrAmplifier
// when the amplifier could not be switched.
func (a *Agent) Test(ctx context.Context, percent int) error {
	log := a.o.Log.With("component", "test")
	w, err := newWatch(a.path("clock.json"), a.machine, log)
	if err != nil {
		return err
	}
	r := &rooms{watch: w}
	if err := a.openSound(r); err != nil {
		return err
	}
	group, ctx := errgroup.WithContext(ctx)
	ctx, stop := context.WithCancel(ctx)
	mixer := sound.NewMixer()
	group.Go(func() error { return r.play(ctx, mixer) })
	if r.relay != nil {
		r.relay.Want(true)
	}
	r.runAids(ctx, group)
	switched := true
	group.Go(func() error {
		defer stop()
		err := a.chirp(ctx, r, mixer, percent)
		switched = r.relay == nil || r.relay.Problem() == ""
		return err
	})
	if err := group.Wait(); err != nil {
		return fmt.Errorf("%w: %w", ErrSilent, err)
	}
	if !switched || r.relay != nil && r.relay.Problem() != "" {
		return ErrAmplifier
	}
	if a.o.Output == OutputAuto && r.output.Kind() == OutputFile {
		return fmt.Errorf("%w: 没有找到声卡", ErrSilent)
	}
	return nil
}

// play plays the mixer until ctx ends or the output fails. One that is only slow to begin is waited for.
func (r *rooms) play(ctx context.Context, mixer *sound.Mixer) error {
	for {
		err := r.output.Run(ctx, mixer)
		if !errors.Is(err, sound.ErrLate) || ctx.Err() != nil {
			return err
		}
	}
}

// chirp places one on the mixer that the output plays, and watches it through.
func (a *Agent) chirp(ctx context.Context, r *rooms, mixer *sound.Mixer, percent int) error {
	lead := chirpLead
	if r.relay != nil {
		lead += r.relay.Lead()
	}
	r.startListening(ctx)
	var line sound.Line
	settled := func() bool {
		latest, ok := r.output.Line()
		if ok {
			line = latest
		}
		return ok && r.output.Out() > chirpSettles
	}
	if !until(ctx, chirpOpens, settled) {
		return fmt.Errorf("nothing came out within %v", chirpOpens)
	}
	fmt.Fprintln(a.o.Say, a.whereTo(r.output.Kind()))
	tone := sound.NewChirp()
	length := tone.Frames()
	at := line.FrameAt(a.machine.mono() + r.output.Ahead() + lead)
	voice, err := mixer.Place(tone, length, at, percent)
	if err != nil {
		return err
	}
	defer voice.Remove()
	voice.Feed(ctx) // all of it fits into what is read ahead
	within := lead + r.output.Ahead() + 2*sound.Length(length) + chirpOpens
	first, began := a.stepped(ctx, r.output)
	if !until(ctx, within, func() bool { return voice.Over() && r.output.Out() >= voice.End() }) {
		return fmt.Errorf("the sound was not out within %v", within)
	}
	last, ended := a.stepped(ctx, r.output)
	pace := float64(last-first) / (ended - began).Seconds()
	if off := pace/sound.Rate - 1; math.Abs(off) > chirpPace || voice.Starved() > 0 || percent >= chirpCarries && !voice.Carried() {
		return fmt.Errorf("%.0f frames a second instead of %d, %d of them missing", pace, sound.Rate, voice.Starved())
	}
	if r.output.Kind() == OutputFile {
		a.say(fmt.Sprintf("声音写进文件了:每秒 %.0f 帧,和时钟一致。", pace), fmt.Sprintf("It was written: %.0f frames a second, at the clock's pace.", pace))
		return nil
	}
	a.say(fmt.Sprintf("电脑已放音:音量 %d%%,每秒 %.0f 帧,和时钟一致。喇叭响没响,请到喇叭下面听:应该是一声由低到高的“呜——”,一秒钟。", percent, pace),
		fmt.Sprintf("The computer put it out: volume %d %%, %.0f frames a second, at the clock's pace. Whether the horn sounded is for you to hear: one second, rising.", percent, pace))
	if r.ear != nil {
		settled() // for the latest word on when it was out
		a.sayHeard(r.listen(ctx, line.Time(voice.Start())))
	}
	return nil
}

// stepped waits until the output has taken some more, for it takes much at once, and returns how much it has and when.
func (a *Agent) stepped(ctx context.Context, o sound.Output) (out int64, at time.Duration) {
	was := o.Out()
	until(ctx, chirpOpens, func() bool { return o.Out() != was })
	return o.Out(), a.machine.mono()
}

// whereTo says, in words, where sound of that kind of output goes.
func (a *Agent) whereTo(kind string) string {
	if kind != OutputFile {
		return "声音出口:声卡\nOutput: the sound device"
	}
	folder := a.o.Files
	if whole, err := filepath.Abs(folder); err == nil {
		folder = whole
	}
	return fmt.Sprintf("声音出口:文件,在 %s 里。喇叭不会响!\nOutput: files, in %s. No horn will sound!", folder, folder)
}

func (a *Agent) say(chinese, english string) { fmt.Fprintf(a.o.Say, "%s\n%s\n", chinese, english) }

// until polls until ok, and returns whether that came within so long.
func until(ctx context.Context, within time.Duration, ok func() bool) bool {
	late := time.NewTimer(within)
	defer late.Stop()
	tick := time.NewTicker(chirpTick)
	defer tick.Stop()
	for !ok() {
		select {
		case <-ctx.Done():
			return false
		case <-late.C:
			return false
		case <-tick.C:
		}
	}
	return true
}
