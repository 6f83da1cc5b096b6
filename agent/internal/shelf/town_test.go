package shelf

import (
	"bytes"
	"context"
	"crypto/sha256"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"go.uber.org/goleak"

	"dalaba/playlists"
	"dalaba/playlists/clips"
	"dalaba/playlists/wire"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// town is a broadcaster that serves clips, and a shelf that fetches them.
type town struct {
	t      *testing.T
	server *httptest.Server
	client *http.Client
	folder string
	store  *clips.Store
	shelf  *Shelf
	stop   func()

	mu     sync.Mutex // guards what follows
	clips  map[string][]byte
	asked  []string // the Range of each request
	answer func(w http.ResponseWriter, r *http.Request, content []byte) bool
	free   int64
}

func newTown(t *testing.T) *town {
	t.Helper()
	s := &town{t: t, folder: t.TempDir(), clips: map[string][]byte{}, free: 1 << 40}
	s.server = httptest.NewServer(s)
	s.client = s.server.Client()
	t.Cleanup(s.server.Close)
	return s
}

func (s *town) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	content, answer := s.clips[strings.TrimPrefix(r.URL.Path, wire.ClipPath)], s.answer
	s.asked = append(s.asked, r.Header.Get("Range"))
	s.mu.Unlock()
	switch {
	case r.Header.Get("Authorization") != "Bearer ticket":
		http.Error(w, "no", http.StatusUnauthorized)
	case content == nil:
		http.NotFound(w, r)
	case answer == nil || !answer(w, r, content):
		http.ServeContent(w, r, "", time.Time{}, bytes.NewReader(content))
	}
}

// start opens the store and runs a shelf on it, as a new process would.
func (s *town) start(ticket string) {
	s.t.Helper()
	var err error
	if s.store, err = clips.New(clips.Options{Folder: s.folder}); err != nil {
		s.t.Fatal(err)
	}
	s.shelf, err = New(Options{
		Store: s.store, Address: s.server.URL, Client: s.client, Changed: func() {},
		Free: func() (int64, error) { s.mu.Lock(); defer s.mu.Unlock(); return s.free, nil },
		Log:  slog.New(slog.NewTextHandler(s.t.Output(), nil)),
	})
	if err != nil {
		s.t.Fatal(err)
	}
	if ticket != "" {
		s.shelf.Admit(ticket)
	}
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan error, 1)
	go func() { done <- s.shelf.Run(ctx) }()
	var once sync.Once
	s.stop = func() {
		once.Do(func() {
			cancel()
			if err := <-done; err != nil {
				s.t.Error(err)
			}
		})
	}
	s.t.Cleanup(s.stop)
}

// offer has the broadcaster serve a clip of that size.
func (s *town) offer(name string, size int) Wanted {
	content := bytes.Repeat([]byte(name+"."), size)[:size]
	c := playlists.Clip{Digest: sha256.Sum256(content), Bytes: int64(size), Dialect: "cmn"}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.clips[c.Digest.String()] = content
	return Wanted{Clip: c, Title: name}
}

func (s *town) path(w Wanted) string {
	name := w.Digest.String()
	return filepath.Join(s.folder, name[:2], name+".wav")
}

// ranges are those of the requests so far.
func (s *town) ranges() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]string(nil), s.asked...)
}

func await(t *testing.T, what string, ok func() bool) {
	t.Helper()
	deadline := time.After(10 * time.Second)
	tick := time.NewTicker(5 * time.Millisecond)
	defer tick.Stop()
	for !ok() {
		select {
		case <-deadline:
			t.Fatalf("never: %s", what)
		case <-tick.C:
		}
	}
}

func (s *town) awaitWhole(w ...Wanted) {
	s.t.Helper()
	for _, w := range w {
		await(s.t, w.Title+" is whole", func() bool { return s.shelf.Whole(w.Digest) })
	}
}
