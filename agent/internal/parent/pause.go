package parent

import "time"

const (
	// minPause and maxPause bound how long a child is left ended: a crash in the middle of a round costs no more than it
	// must, one at every start costs the machine nothing.
	minPause = time.Second
	maxPause = time.Minute
	// lived is how long a child must have run for its end to count as the first of its kind.
	lived = time.Minute
)

// pauses are the lengths of time between one child and the next: each twice as long as the one before.
type pauses struct{ last time.Duration }

// next returns the pause after a child that ran that long.
func (p *pauses) next(ran time.Duration) time.Duration {
	if ran > lived {
		p.last = 0
	}
	p.last = min(max(2*p.last, minPause), maxPause)
	return p.last
}
