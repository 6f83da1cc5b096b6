package app

import (
	"context"
	"sync/atomic"
	"time"

	"dalaba/agent/internal/sound"
)

// sink is an output into nothing: it pulls in real time. Whoever makes time jump has to say so (jump).
type sink struct {
	now    func() time.Duration
	line   atomic.Pointer[sound.Line]
	out    atomic.Int64
	source atomic.Pointer[sound.Source]
}

// jump goes on where it was, at the time that it is now. Whatever is placed from then on is placed by that.
func (o *sink) jump(now time.Duration) {
	if source := o.source.Load(); source != nil && o.line.Load() != nil {
		o.line.Store(&sound.Line{Frame: (*source).Position(), At: now})
	}
}

func (o *sink) Kind() string { return "file" }

func (o *sink) Ahead() time.Duration { return 0 }

func (o *sink) Line() (sound.Line, bool) {
	if l := o.line.Load(); l != nil {
		return *l, true
	}
	return sound.Line{}, false
}

func (o *sink) Out() int64 { return o.out.Load() }

func (o *sink) Run(ctx context.Context, source sound.Source) error {
	defer o.line.Store(nil)
	tick := time.NewTicker(100 * time.Millisecond)
	defer tick.Stop()
	chunk := make([]int16, sound.Rate)
	o.source.Store(&source)
	o.line.Store(&sound.Line{Frame: source.Position(), At: o.now()})
	for {
		select {
		case <-ctx.Done():
			return nil
		case <-tick.C:
		}
		due := o.line.Load().FrameAt(o.now()) - source.Position()
		source.Fill(chunk[:min(max(due, 0), int64(len(chunk)))])
		o.out.Store(source.Position())
	}
}
