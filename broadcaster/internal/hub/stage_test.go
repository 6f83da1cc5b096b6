package hub

import (
	"context"
	"crypto/ed25519"
	"encoding/json"
	"errors"
	"log/slog"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/gorilla/websocket"
	"go.uber.org/goleak"

	"dalaba/broadcaster/internal/store"
	"dalaba/playlists"
	"dalaba/playlists/wire"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// within bounds every wait of these tests; on a machine at rest none takes a hundredth of it.
const within = 10 * time.Second

// town is the other rooms, small and real: it knows each terminal's key, programme and journal.
type town struct {
	mu         sync.Mutex // guards what follows
	keys       map[playlists.TerminalID]ed25519.PublicKey
	programmes map[playlists.TerminalID]wire.Envelope
	acked      map[string]uint64
	rows       int
	broken     error
	refusals   int
}

func (t *town) Prove(_ context.Context, terminal playlists.TerminalID, nonce, signature []byte) error {
	t.mu.Lock()
	defer t.mu.Unlock()
	key, ok := t.keys[terminal]
	switch {
	case !ok:
		return &Refused{Code: wire.RefusedUnknown}
	case !ed25519.Verify(key, wire.HelloProof(nonce, terminal), signature):
		return &Refused{Code: wire.RefusedKey}
	}
	return nil
}

func (t *town) Programme(_ context.Context, terminal playlists.TerminalID) (wire.Envelope, bool, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	e, ok := t.programmes[terminal]
	return e, ok, nil
}

func (t *town) EnsureAbove(_ context.Context, terminal playlists.TerminalID, held uint64) error {
	t.publish(terminal, held+1, 10)
	return nil
}

func (t *town) publish(terminal playlists.TerminalID, revision uint64, bytes int) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.programmes[terminal] = wire.Envelope{Context: wire.ContextProgramme, Audience: string(terminal), Revision: revision, Body: make([]byte, bytes)}
}

func (t *town) AckedThrough(_ context.Context, _ playlists.TerminalID, journal string) (uint64, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.acked[journal], nil
}

func (t *town) Ingest(_ context.Context, _ playlists.TerminalID, journal string, rows []json.RawMessage) (uint64, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.broken != nil {
		t.refusals++
		return 0, t.broken
	}
	t.rows += len(rows)
	t.acked[journal] += uint64(len(rows))
	return t.acked[journal], nil
}

// stage is a hub that runs, behind a real server on loopback.
type stage struct {
	*testing.T
	*Hub
	town   *town
	db     *store.DB
	key    ed25519.PrivateKey
	server *httptest.Server
	stop   func() // ends Run and waits for it; may be called often
}

func newStage(t *testing.T, limits Limits) *stage {
	t.Helper()
	public, private, err := ed25519.GenerateKey(nil)
	if err != nil {
		t.Fatal(err)
	}
	s := &stage{T: t, key: private, town: &town{
		keys:       map[playlists.TerminalID]ed25519.PublicKey{"horn": public},
		programmes: make(map[playlists.TerminalID]wire.Envelope),
		acked:      make(map[string]uint64),
	}}
	s.db, err = store.Open(t.Context(), store.Options{Path: filepath.Join(t.TempDir(), "hub.db")})
	s.must(err)
	s.must(s.db.Migrate(t.Context(), "hub", Migrations()))
	s.Hub, err = New(Options{
		DB: s.db, Identity: s.town, Programmes: s.town, Ledger: s.town, Log: slog.New(slog.DiscardHandler), Clock: time.Now, Limits: limits,
	})
	s.must(err)
	s.server = httptest.NewServer(s.Hub)
	s.run()
	t.Cleanup(func() {
		s.stop()
		s.server.Close()
		s.must(s.db.Close())
	})
	return s
}

// run starts Run and waits until it lets terminals in.
func (s *stage) run() {
	ctx, cancel := context.WithCancel(s.Context())
	ended := make(chan error, 1)
	go func() { ended <- s.Hub.Run(ctx) }()
	s.stop = sync.OnceFunc(func() {
		cancel()
		s.must(<-ended)
	})
	s.eventually("the hub runs", func() bool {
		s.mu.Lock()
		defer s.mu.Unlock()
		return s.work != nil
	})
}

func (s *stage) must(err error) {
	s.Helper()
	if err != nil {
		s.Fatal(err)
	}
}

// eventually polls, because sockets and goroutines of the server's side have no other sign.
func (s *stage) eventually(what string, condition func() bool) {
	s.Helper()
	poll := time.NewTicker(time.Millisecond)
	defer poll.Stop()
	for deadline := time.Now().Add(within); !condition(); <-poll.C {
		if time.Now().After(deadline) {
			s.Fatalf("waited in vain: %s", what)
		}
	}
}

// agent is the other end of a connection.
type agent struct {
	*stage
	*websocket.Conn
}

func (s *stage) dial() *agent {
	s.Helper()
	dialer := websocket.Dialer{Subprotocols: []string{wire.Subprotocol}, HandshakeTimeout: within}
	c, response, err := dialer.DialContext(s.Context(), "ws"+strings.TrimPrefix(s.server.URL, "http")+wire.SocketPath, nil)
	s.must(err)
	s.must(response.Body.Close())
	s.Cleanup(func() { c.Close() })
	return &agent{s, c}
}

func (a *agent) say(m wire.Message) {
	a.Helper()
	text, err := wire.Encode(m)
	a.must(err)
	a.must(a.WriteMessage(websocket.TextMessage, text))
}

// hear returns the next message, which must be an M.
func hear[M wire.Message](a *agent) M {
	a.Helper()
	a.SetReadDeadline(time.Now().Add(within))
	_, text, err := a.ReadMessage()
	a.must(err)
	m, err := wire.Decode(text)
	a.must(err)
	want, ok := m.(M)
	if !ok {
		a.Fatalf("heard %T %.300s, want %T", m, text, want)
	}
	return want
}

// silence waits for the end of the connection without another message.
func (a *agent) silence() {
	a.Helper()
	a.SetReadDeadline(time.Now().Add(within))
	_, text, err := a.ReadMessage()
	var closed *websocket.CloseError
	if err == nil || !errors.As(err, &closed) {
		a.Fatalf("heard %.200s and %v, want the end", text, err)
	}
}

func (a *agent) refused(code wire.RefusalCode) {
	a.Helper()
	if r := hear[wire.Refusal](a); r.Code != code || r.Text == "" {
		a.Fatalf("refused with %+v, want %s", r, code)
	}
	a.silence()
}

// hello answers the challenge, changed by change.
func (a *agent) hello(held uint64, change func(*wire.Hello)) {
	a.Helper()
	challenge := hear[wire.Challenge](a)
	if len(challenge.Nonce) != nonceBytes || challenge.Version != wire.Version {
		a.Fatalf("challenge %+v", challenge)
	}
	h := wire.Hello{
		Version: wire.Version, Terminal: "horn", Signature: ed25519.Sign(a.key, wire.HelloProof(challenge.Nonce, "horn")),
		Boot: "boot", Process: "process", Software: "agent 1", PlanVersion: 1, Revision: held, Journal: "j",
	}
	if change != nil {
		change(&h)
	}
	a.say(h)
}

// connect goes through the door.
func (s *stage) connect(held uint64) (*agent, wire.Welcome) {
	s.Helper()
	a := s.dial()
	a.hello(held, nil)
	return a, hear[wire.Welcome](a)
}

func (s *stage) horn() Live {
	for _, l := range s.Terminals() {
		if l.Terminal == "horn" {
			return l
		}
	}
	return Live{}
}

func (s *stage) closedFor(r Reason, want int) {
	s.Helper()
	s.eventually("ended for "+string(r), func() bool { return s.Closed()[r] == want })
}
