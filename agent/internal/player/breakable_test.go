package player

import (
	"context"
	"sync"

	"dalaba/agent/internal/sound"
)

// breakable is an output that can be made to fail.
type breakable struct {
	sound.Output
	mu     sync.Mutex // guards what follows
	broken bool
	spent  bool // broken for this process
	snap   context.CancelFunc
}

func (b *breakable) Run(ctx context.Context, source sound.Source) error {
	inner, cancel := context.WithCancel(ctx)
	defer cancel()
	b.mu.Lock()
	b.snap = cancel
	broken, spent := b.broken, b.spent
	b.mu.Unlock()
	if spent {
		return sound.ErrSpent
	}
	if broken {
		return sound.ErrFault
	}
	err := b.Output.Run(inner, source)
	if ctx.Err() == nil && err == nil {
		return sound.ErrFault
	}
	return err
}

func (b *breakable) set(broken bool) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.broken = broken; broken {
		b.snap()
	}
}

func (b *breakable) spend() {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.spent = true
	b.snap()
}
