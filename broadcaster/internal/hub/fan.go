package hub

import (
	"context"
	"sync"

	"dalaba/playlists"
)

// fanWorkers is how many programmes are read from the database at once.
const fanWorkers = 4

// fan is the terminals whose programmes are to be looked at, each once, in the order in which they were named.
type fan struct {
	// wake holds a token for each worker that should look.
	wake chan struct{}

	mu      sync.Mutex // guards what follows
	waiting []playlists.TerminalID
	queued  map[playlists.TerminalID]bool
}

func newFan() *fan {
	return &fan{wake: make(chan struct{}, fanWorkers), queued: make(map[playlists.TerminalID]bool)}
}

func (f *fan) add(terminals []playlists.TerminalID) {
	f.mu.Lock()
	defer f.mu.Unlock()
	for _, t := range terminals {
		if !f.queued[t] {
			f.queued[t] = true
			f.waiting = append(f.waiting, t)
		}
	}
	for range min(fanWorkers, len(terminals)) {
		select {
		case f.wake <- struct{}{}:
		default:
		}
	}
}

func (f *fan) take() (playlists.TerminalID, bool) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if len(f.waiting) == 0 {
		return "", false
	}
	t := f.waiting[0]
	f.waiting = f.waiting[1:]
	delete(f.queued, t)
	return t, true
}

// fanOut sends programmes to the terminals that wait for them until ctx ends.
func (h *Hub) fanOut(ctx context.Context) {
	for {
		terminal, ok := h.fan.take()
		if ok {
			h.push(ctx, terminal)
			continue
		}
		select {
		case <-ctx.Done():
			return
		case <-h.fan.wake:
		}
	}
}

// push sends terminal its latest programme, if it is connected and has not got it. A terminal whose programme cannot
// be read is disconnected: it comes back and asks again.
func (h *Hub) push(ctx context.Context, terminal playlists.TerminalID) {
	h.mu.Lock()
	c := h.connected[terminal]
	h.mu.Unlock()
	if c == nil {
		return
	}
	envelope, ok, err := h.programmes.Programme(ctx, terminal)
	switch {
	case err != nil:
		c.fail(failed("read programme", err))
	case ok:
		c.out.publish(envelope)
	}
}
