package player

import (
	"context"
	"errors"
	"time"

	"dalaba/agent/internal/sound"
)

const (
	// outputRetry is how long an output that failed is left alone.
	outputRetry = 5 * time.Second
	// spentAfter is how long an output that only a new process gets back is waited for all the same, if it has played in
	// this one; neverAfter, if it has not.
	spentAfter = 10 * time.Second
	neverAfter = 2 * time.Minute
)

// ErrOutput is what Run returns when only a new process gets the output back.
var ErrOutput = errors.New("the sound output is lost to this process")

// keepOutput runs the output until ctx ends, and again whenever it fails. When that is of no use any more it says so on
// spent.
func (p *Player) keepOutput(ctx context.Context, spent chan<- struct{}) {
	last, patience := p.Now().Mono, neverAfter // when it last played
	for ctx.Err() == nil {
		played, err := p.runOutput(ctx)
		if err == nil || ctx.Err() != nil {
			return
		}
		now := p.Now().Mono
		if played {
			last, patience = now, spentAfter
		}
		if errors.Is(err, sound.ErrSpent) && now-last >= patience {
			close(spent)
			return
		}
		if p.fault.Swap(&err) == nil {
			p.Log.Error("sound output failed", "error", err)
		}
		p.wake()
		if errors.Is(err, sound.ErrLate) {
			continue // that took a while already
		}
		select {
		case <-ctx.Done():
		case <-time.After(outputRetry):
		}
	}
}

// runOutput runs the output once, and takes the fault away when something comes out. It returns whether anything did.
func (p *Player) runOutput(ctx context.Context) (played bool, err error) {
	done := make(chan error, 1)
	p.feeders.Go(func() { done <- p.Output.Run(ctx, p.mixer) })
	tick := time.NewTicker(busyTick)
	defer tick.Stop()
	for {
		select {
		case err := <-done:
			return played, err
		case <-tick.C:
			if _, ok := p.Output.Line(); !ok {
				continue
			}
			tick.Stop()
			played = true
			if p.fault.Swap(nil) != nil {
				p.Log.Info("sound output plays again")
			}
			p.wake()
		}
	}
}

func (p *Player) wake() {
	select {
	case p.outcome <- struct{}{}:
	default:
	}
}
