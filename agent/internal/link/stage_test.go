package link

import (
	"context"
	"crypto/ed25519"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/gorilla/websocket"
	"go.uber.org/goleak"

	"dalaba/playlists"
	"dalaba/playlists/wire"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// end is the broadcaster's end of one connection, or of none yet.
type end struct {
	ws    *websocket.Conn
	hello wire.Hello
}

func (e *end) send(t *testing.T, m wire.Message) {
	t.Helper()
	text, err := wire.Encode(m)
	if err != nil {
		t.Fatal(err)
	}
	e.ws.WriteMessage(websocket.TextMessage, text)
}

// next returns the next message that is an M, and passes over others.
func next[M wire.Message](t *testing.T, e *end) M {
	t.Helper()
	e.ws.SetReadDeadline(time.Now().Add(10 * time.Second))
	for {
		_, text, err := e.ws.ReadMessage()
		if err != nil {
			t.Fatalf("waiting for %T: %v", *new(M), err)
		}
		m, err := wire.Decode(text)
		if err != nil {
			t.Fatal(err)
		}
		if m, ok := m.(M); ok {
			return m
		}
	}
}

// terminal is everything around a link.
type terminal struct {
	link *Link

	mu       sync.Mutex // guards what follows
	rows     []playlists.Report
	acked    uint64
	times    int
	ticket   string
	pending  int
	revision uint64
	statuses int
}

func (a *terminal) ID() string { return "j" }

func (a *terminal) Rows(limit int) ([]playlists.Report, error) {
	a.mu.Lock()
	defer a.mu.Unlock()
	rows := slices.DeleteFunc(slices.Clone(a.rows), func(r playlists.Report) bool { return r.Seq <= a.acked })
	return rows[:min(len(rows), limit)], nil
}

func (a *terminal) Ack(through uint64) error {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.acked = max(a.acked, through)
	return nil
}

func (a *terminal) Acked() uint64 {
	a.mu.Lock()
	defer a.mu.Unlock()
	return a.acked
}

func (a *terminal) Take(e wire.Envelope) wire.ProgrammeResult {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.revision = e.Revision
	return wire.ProgrammeResult{Revision: e.Revision, InForce: true}
}

func (a *terminal) Revision() uint64 {
	a.mu.Lock()
	defer a.mu.Unlock()
	return a.revision
}

func (a *terminal) look(f func()) {
	a.mu.Lock()
	defer a.mu.Unlock()
	f()
}

// connected starts a link and returns the other end of its connections as they are made, after the Hello.
func connected(t *testing.T) (*terminal, <-chan *end) {
	t.Helper()
	public, key, err := ed25519.GenerateKey(nil)
	if err != nil {
		t.Fatal(err)
	}
	ends := make(chan *end)
	over := make(chan struct{})
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		up := websocket.Upgrader{Subprotocols: []string{wire.Subprotocol}}
		ws, err := up.Upgrade(w, r, nil)
		if err != nil {
			return
		}
		e := &end{ws: ws}
		nonce := []byte("nonce")
		e.send(t, wire.Challenge{Version: wire.Version, Nonce: nonce})
		_, text, err := ws.ReadMessage()
		if err != nil {
			ws.Close()
			return
		}
		m, err := wire.Decode(text)
		hello, ok := m.(wire.Hello)
		if err != nil || !ok || r.URL.Path != wire.SocketPath || !ed25519.Verify(public, wire.HelloProof(nonce, "t"), hello.Signature) {
			t.Errorf("%s: %+v, %v", r.URL.Path, m, err)
		}
		e.hello = hello
		select {
		case ends <- e:
		case <-over:
			ws.Close()
		}
	}))
	a := &terminal{revision: 3}
	began := time.Now()
	a.link, err = New(Options{
		Address: server.URL + "/", Terminal: "t", Key: key, Boot: "b", Process: "p", Software: "s", PlanVersion: 1,
		Journal: a, Programmes: a, Log: slog.New(slog.NewTextHandler(t.Output(), nil)),
		Status:   func() wire.Status { a.look(func() { a.statuses++ }); return wire.Status{Volume: 7} },
		Mono:     func() int64 { return int64(time.Since(began)) },
		Time:     func(t1, t2, t3, t4 int64) { a.look(func() { a.times++ }) },
		Admitted: func(ticket string) { a.look(func() { a.ticket = ticket }) },
		Pending:  func() { a.look(func() { a.pending++ }) },
	})
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan error, 1)
	go func() { done <- a.link.Run(ctx) }()
	t.Cleanup(func() {
		cancel()
		if err := <-done; err != nil {
			t.Error(err)
		}
		close(over)
		server.Close()
	})
	return a, ends
}

// accept takes the next connection and welcomes it.
func accept(t *testing.T, ends <-chan *end, acked uint64) *end {
	t.Helper()
	e := meet(t, ends)
	e.send(t, wire.Welcome{Version: wire.Version, Ticket: "ticket", AckedThrough: acked})
	return e
}

func meet(t *testing.T, ends <-chan *end) *end {
	t.Helper()
	select {
	case e := <-ends:
		t.Cleanup(func() { e.ws.Close() })
		return e
	case <-time.After(20 * time.Second):
		t.Fatal("nobody connects")
		return nil
	}
}

// await polls until ok.
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

func report(seq uint64) playlists.Report {
	return playlists.Report{Seq: seq, Miss: &playlists.Miss{Cause: playlists.CauseClipAbsent}}
}
