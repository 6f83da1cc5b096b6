package api

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"sync"
	"time"

	"dalaba/broadcaster/internal/access"
	"dalaba/playlists"
)

// Topic is something that the console shows and that may have changed.
type Topic string

// The topics.
const (
	TopicTerminals  Topic = "terminals"
	TopicDay        Topic = "day"
	TopicContent    Topic = "content"
	TopicRounds     Topic = "rounds"
	TopicQuiet      Topic = "quiet" // all that bounds what sounds: quiet of every kind, volume, daily limits
	TopicGrids      Topic = "grids"
	TopicPeople     Topic = "people"
	TopicComplaints Topic = "complaints"
	TopicHearing    Topic = "hearing" // the ring test, what people heard, and what is to be repaired
)

// feedEvery is how often at the most a listener hears of changes; those in between are told together.
const feedEvery = 500 * time.Millisecond

// keepAlive is how often a listener hears something, so that proxies keep the connection and a dead one is noticed.
const keepAlive = 15 * time.Second

// maxListeners bounds how many consoles may listen at once.
const maxListeners = 2000

// Feed tells consoles what has changed. It carries topics, never content: each console fetches again what it shows and
// may see. It is safe for concurrent use; Changed never blocks.
type Feed struct {
	mu        sync.Mutex // guards listeners
	listeners map[*listener]struct{}
}

// listener is one console.
type listener struct {
	mu      sync.Mutex // guards pending
	pending []Topic
	wake    chan struct{} // holds at most one token
}

// NewFeed returns a feed without listeners.
func NewFeed() *Feed { return &Feed{listeners: make(map[*listener]struct{})} }

// Changed announces that topic may look different now.
func (f *Feed) Changed(topic Topic) {
	f.mu.Lock()
	defer f.mu.Unlock()
	for l := range f.listeners {
		l.add(topic)
	}
}

func (l *listener) add(topic Topic) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if !slices.Contains(l.pending, topic) {
		l.pending = append(l.pending, topic)
	}
	select {
	case l.wake <- struct{}{}:
	default:
	}
}

func (l *listener) take() []Topic {
	l.mu.Lock()
	defer l.mu.Unlock()
	taken := l.pending
	l.pending = nil
	return taken
}

func (f *Feed) join() *listener {
	f.mu.Lock()
	defer f.mu.Unlock()
	if len(f.listeners) >= maxListeners {
		return nil
	}
	l := &listener{wake: make(chan struct{}, 1)}
	f.listeners[l] = struct{}{}
	return l
}

func (f *Feed) leave(l *listener) {
	f.mu.Lock()
	defer f.mu.Unlock()
	delete(f.listeners, l)
}

// events serves the feed to one console until it goes away, or its person is nobody any more.
func (a *API) events(w http.ResponseWriter, r *http.Request, _ access.Person) error {
	l := a.feed.join()
	if l == nil {
		return &playlists.Problem{Kind: playlists.TooMany, Code: "too_many_listeners"}
	}
	defer a.feed.leave(l)
	w.Header().Set("Content-Type", "text/event-stream")
	w.Header().Set("Cache-Control", "no-store")
	out := http.NewResponseController(w)
	// The stream outlives the server's deadline for answers.
	if err := out.SetWriteDeadline(time.Time{}); err != nil {
		return fmt.Errorf("lift the write deadline: %w", err)
	}
	if _, err := fmt.Fprint(w, "event: hello\ndata: {}\n\n"); err != nil {
		return nil
	}
	for ctx := r.Context(); ; {
		if err := out.Flush(); err != nil {
			return nil
		}
		text, ok := a.nextEvent(ctx, l)
		if !ok {
			return nil
		}
		if _, err := w.Write(text); err != nil {
			return nil
		}
	}
}

// nextEvent waits for the next thing to say; false means that there is nobody to say it to.
func (a *API) nextEvent(ctx context.Context, l *listener) ([]byte, bool) {
	idle := time.NewTimer(keepAlive)
	defer idle.Stop()
	select {
	case <-ctx.Done():
		return nil, false
	case <-idle.C:
		if _, err := a.person(ctx); err != nil {
			return nil, false
		}
		return []byte(": still here\n\n"), true
	case <-l.wake:
	}
	pause := time.NewTimer(feedEvery)
	defer pause.Stop()
	select {
	case <-ctx.Done():
		return nil, false
	case <-pause.C:
	}
	text, err := json.Marshal(map[string][]Topic{"what": l.take()})
	return fmt.Appendf(nil, "event: changed\ndata: %s\n\n", text), err == nil
}
