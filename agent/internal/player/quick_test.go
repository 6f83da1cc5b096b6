package player

import (
	"context"
	"sync/atomic"
	"time"

	"dalaba/agent/internal/sound"
)

// quick is an output for long stories: it pulls in real time, writes nothing, and when time jumps it goes on behind.
type quick struct {
	now  func() time.Duration
	line atomic.Pointer[sound.Line]
	out  atomic.Int64
}

func (q *quick) Kind() string { return "file" }

func (q *quick) Ahead() time.Duration { return 0 }

func (q *quick) Out() int64 { return q.out.Load() }

func (q *quick) Line() (sound.Line, bool) {
	if l := q.line.Load(); l != nil {
		return *l, true
	}
	return sound.Line{}, false
}

func (q *quick) Run(ctx context.Context, source sound.Source) error {
	defer q.line.Store(nil)
	tick := time.NewTicker(100 * time.Millisecond)
	defer tick.Stop()
	chunk := make([]int16, sound.Rate)
	q.line.Store(&sound.Line{Frame: source.Position(), At: q.now()})
	for {
		select {
		case <-ctx.Done():
			return nil
		case <-tick.C:
		}
		due := q.line.Load().FrameAt(q.now()) - source.Position()
		if due > int64(len(chunk)) {
			q.line.Store(&sound.Line{Frame: source.Position(), At: q.now()})
			continue
		}
		source.Fill(chunk[:max(due, 0)])
		q.out.Store(source.Position())
	}
}
