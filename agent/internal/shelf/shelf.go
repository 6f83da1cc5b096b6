// Package shelf sees to it that a terminal has the recordings that its programme names: it fetches them, goes on where
// a fetch broke off, looks after them, and lets go of those that nothing names any more.
//
// A recording counts as whole when its bytes had its digest at some time and its file has not changed since. After a
// start that is believed by its size first, so that nothing waits, and checked by its digest in the background.
package shelf

import (
	"context"
	"errors"
	"log/slog"
	"net/http"
	"os"
	"slices"
	"sync"
	"time"

	"dalaba/playlists"
	"dalaba/playlists/clips"
)

const (
	// keepUnnamed is how long a recording stays that no programme names: rounds come back.
	keepUnnamed = 7 * 24 * time.Hour
	// lookEvery is how often the files are looked at.
	lookEvery = time.Minute
	// minRetry and maxRetry bound how long a recording that could not be fetched is left alone.
	minRetry = time.Second
	maxRetry = 5 * time.Minute
	// defaultMinFree is the disk space that is left alone where Options say nothing.
	defaultMinFree = 200 << 20
	// maxClip bounds one recording, in bytes: over six hours of sound.
	maxClip = 2 << 30
)

// Wanted is a recording that a programme names, with the title that people know it by.
type Wanted struct {
	playlists.Clip
	Title string
}

// Options say where recordings lie and come from.
type Options struct {
	Store *clips.Store
	// Address is the broadcaster's base URL.
	Address string
	Client  *http.Client
	// Free tells how many bytes the disk has left.
	Free func() (int64, error)
	// MinFree is what must stay free; zero means 200 MiB.
	MinFree int64
	// Changed is called when what Status tells has changed.
	Changed func()
	Log     *slog.Logger
}

// Shelf is the room's component. It is safe for concurrent use.
type Shelf struct {
	Options
	wake chan struct{}

	mu       sync.Mutex // guards what follows
	wanted   []Wanted
	held     map[playlists.Digest]*book
	ticket   string
	low      bool // there is less room than must stay free
	full     bool // the last fetch filled the disk, whatever Free says
	reported Status
}

// book is what is known of one recording.
type book struct {
	title   string
	clip    playlists.Clip
	named   bool
	since   time.Time // not named since
	whole   bool
	doubted bool      // its file has changed: it is not whole until it has been checked
	checked bool      // by its digest
	stamp   time.Time // its file's time of change when it was found whole
	problem string
	retry   time.Time // not to be fetched before
	pause   time.Duration
}

// Status is what a shelf tells of itself.
type Status struct {
	Wanted, Whole int
	// Free is the disk space left, in bytes.
	Free     int64
	Problems []string
}

// New returns a shelf that wants nothing and does nothing yet.
func New(o Options) (*Shelf, error) {
	if o.Store == nil || o.Free == nil || o.Changed == nil || o.Log == nil || o.Client == nil {
		return nil, errors.New("shelf: something that it works with is missing")
	}
	if o.MinFree == 0 {
		o.MinFree = defaultMinFree
	}
	return &Shelf{Options: o, wake: make(chan struct{}, 1), held: map[playlists.Digest]*book{}}, nil
}

// Want says which recordings the programme names, in the order in which they are to be fetched.
func (s *Shelf) Want(wanted []Wanted) {
	s.mu.Lock()
	s.wanted = slices.Clone(wanted)
	now := time.Now()
	for _, b := range s.held {
		if b.named {
			b.named, b.since = false, now
		}
	}
	for _, w := range wanted {
		b := s.held[w.Digest]
		if b == nil {
			b = &book{}
			s.held[w.Digest] = b
		}
		b.title, b.clip, b.named, b.retry, b.pause = w.Title, w.Clip, true, time.Time{}, 0
		s.lookLocked(b)
	}
	s.mu.Unlock()
	s.stir()
	s.tell()
}

// Admit gives the ticket that the broadcaster lets in. A new one is a reason to try again what was turned away.
func (s *Shelf) Admit(ticket string) {
	s.mu.Lock()
	s.ticket = ticket
	for _, b := range s.held {
		b.retry, b.pause = time.Time{}, 0
	}
	s.mu.Unlock()
	s.stir()
}

// Whole tells whether recording d is here with all its bytes, looking at its file now.
func (s *Shelf) Whole(d playlists.Digest) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	b := s.held[d]
	if b == nil || !b.named {
		return false
	}
	s.lookLocked(b)
	if !b.whole {
		s.stir()
	}
	return b.whole
}

// Open opens recording d.
func (s *Shelf) Open(d playlists.Digest) (*os.File, error) { return s.Store.Open(d) }

// Status returns how the shelf is now.
func (s *Shelf) Status() Status {
	free, err := s.Free()
	if err != nil {
		free = 0
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	status := Status{Free: free}
	for _, w := range s.wanted {
		b := s.held[w.Digest]
		status.Wanted++
		if b.whole {
			status.Whole++
		}
		if b.problem != "" {
			status.Problems = append(status.Problems, b.problem)
		}
	}
	if s.low || s.full {
		status.Problems = append(status.Problems, "磁盘空间不够,新录音下载不了;已有的照常播,记录照记。请清理磁盘")
	}
	return status
}

// Run fetches, checks and lets go until ctx ends.
func (s *Shelf) Run(ctx context.Context) error {
	s.adopt()
	tick := time.NewTicker(lookEvery)
	defer tick.Stop()
	for {
		next := s.work(ctx)
		retry := time.NewTimer(next)
		select {
		case <-ctx.Done():
			retry.Stop()
			return nil
		case <-tick.C:
			s.look()
		case <-s.wake:
		case <-retry.C:
		}
		retry.Stop()
		s.evict()
		s.room(0)
		s.tell()
	}
}

// work fetches and checks what there is to be fetched and checked, and returns when there may be more.
func (s *Shelf) work(ctx context.Context) time.Duration {
	for ctx.Err() == nil {
		b, fetch, wait := s.next(time.Now())
		if b == nil {
			return wait
		}
		if fetch {
			s.fetch(ctx, b)
		} else {
			s.check(ctx, b)
		}
		s.tell()
	}
	return 0
}

// next returns a recording that is to be fetched now, else one to be checked, else how long there is nothing to do.
func (s *Shelf) next(now time.Time) (b *book, fetch bool, wait time.Duration) {
	s.mu.Lock()
	defer s.mu.Unlock()
	wait = lookEvery
	var unchecked *book
	for _, w := range s.wanted {
		b := s.held[w.Digest]
		switch {
		case b.doubted:
			return b, false, 0
		case !b.whole && s.ticket != "" && !b.retry.After(now):
			return b, true, 0
		case !b.whole && s.ticket != "":
			wait = min(wait, b.retry.Sub(now))
		case b.whole && !b.checked && unchecked == nil:
			unchecked = b
		}
	}
	return unchecked, false, wait
}

func (s *Shelf) stir() {
	select {
	case s.wake <- struct{}{}:
	default:
	}
}

// tell calls Changed if Status has changed in anything but the free space.
func (s *Shelf) tell() {
	now := s.Status()
	s.mu.Lock()
	same := now.Wanted == s.reported.Wanted && now.Whole == s.reported.Whole && slices.Equal(now.Problems, s.reported.Problems)
	s.reported = now
	s.mu.Unlock()
	if !same {
		s.Changed()
	}
}
