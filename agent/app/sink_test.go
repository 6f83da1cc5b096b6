package app

import (
	"context"
	"sync/atomic"
	"time"

	"dalaba/agent/internal/sound"
)

// sink is an output into nothing: it pulls in real time, and when time jumps it goes on behind.
type sink struct {
	now  func() time.Duration
	line atomic.Pointer[sound.Line]
	out  atomic.Int64
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
	o.line.Store(&sound.Line{Frame: source.Position(), At: o.now()})
	for {
		select {
		case <-ctx.Done():
			return nil
		case <-tick.C:
		}
		due := o.line.Load().FrameAt(o.now()) - source.Position()
		if due > int64(len(chunk)) {
			o.line.Store(&sound.Line{Frame: source.Position(), At: o.now()})
			continue
		}
		source.Fill(chunk[:max(due, 0)])
		o.out.Store(source.Position())
	}
}
