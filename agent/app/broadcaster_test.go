package app

import (
	"bytes"
	"crypto/ed25519"
	"crypto/rand"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"sync"
	"testing"
	"time"

	"github.com/gorilla/websocket"

	"dalaba/playlists"
	"dalaba/playlists/timetable"
	"dalaba/playlists/wire"
)

const theTerminal = playlists.TerminalID("horn-1")

// broadcaster is a small broadcaster of one terminal.
type broadcaster struct {
	t      testing.TB
	server *httptest.Server
	key    ed25519.PrivateKey
	began  time.Time

	mu       sync.Mutex // guards what follows
	pending  bool
	terminal ed25519.PublicKey
	clips    map[playlists.Digest][]byte
	sent     wire.Envelope
	sockets  map[*socket]bool
	results  []wire.ProgrammeResult
	status   wire.Status
	journals map[string]map[uint64]playlists.Report
	acked    map[string]uint64
	deaf     bool // takes plays and acknowledges none
}

// socket is one connection.
type socket struct {
	ws *websocket.Conn
	mu sync.Mutex // serialises writes
}

func (s *socket) send(m wire.Message) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if text, err := wire.Encode(m); err == nil {
		s.ws.WriteMessage(websocket.TextMessage, text)
	}
}

func newBroadcaster(t testing.TB) *broadcaster {
	t.Helper()
	_, key, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	b := &broadcaster{
		t: t, key: key, began: time.Now(), clips: map[playlists.Digest][]byte{}, sockets: map[*socket]bool{},
		journals: map[string]map[uint64]playlists.Report{}, acked: map[string]uint64{},
	}
	mux := http.NewServeMux()
	mux.HandleFunc("POST "+wire.EnrolPath, b.enrol)
	mux.HandleFunc(wire.SocketPath, b.talk)
	mux.HandleFunc("GET "+wire.ClipPath+"{digest}", b.clip)
	b.server = httptest.NewServer(mux)
	t.Cleanup(func() {
		b.hangUp()
		b.server.Close()
	})
	return b
}

func (b *broadcaster) code() string {
	return wire.EnrolmentCode{
		Address: b.server.URL, Fingerprint: wire.Fingerprint(b.key.Public().(ed25519.PublicKey)), Secret: "once",
	}.String()
}

func (b *broadcaster) publisher() playlists.Publisher {
	return playlists.Publisher{Key: b.key.Public().(ed25519.PublicKey), Grid: "440605124"}
}

// Sign makes the broadcaster a wire.Signer.
func (b *broadcaster) Sign(message []byte) (ed25519.PublicKey, []byte, error) {
	return b.key.Public().(ed25519.PublicKey), ed25519.Sign(b.key, message), nil
}

func (b *broadcaster) enrol(w http.ResponseWriter, r *http.Request) {
	var request wire.EnrolRequest
	if json.NewDecoder(r.Body).Decode(&request) != nil || request.Secret != "once" {
		http.Error(w, "no", http.StatusForbidden)
		return
	}
	b.mu.Lock()
	b.terminal = request.Key
	b.mu.Unlock()
	json.NewEncoder(w).Encode(wire.EnrolReply{Terminal: theTerminal, Publisher: b.publisher()})
}

func (b *broadcaster) clip(w http.ResponseWriter, r *http.Request) {
	if r.Header.Get("Authorization") != "Bearer ticket" {
		http.Error(w, "no", http.StatusUnauthorized)
		return
	}
	digest, _ := playlists.ParseDigest(r.PathValue("digest"))
	b.mu.Lock()
	content, found := b.clips[digest]
	b.mu.Unlock()
	if !found {
		http.NotFound(w, r)
		return
	}
	http.ServeContent(w, r, "", time.Time{}, bytes.NewReader(content))
}

func (b *broadcaster) talk(w http.ResponseWriter, r *http.Request) {
	up := websocket.Upgrader{Subprotocols: []string{wire.Subprotocol}}
	ws, err := up.Upgrade(w, r, nil)
	if err != nil {
		return
	}
	defer ws.Close()
	s := &socket{ws: ws}
	nonce := make([]byte, 32)
	rand.Read(nonce)
	s.send(wire.Challenge{Version: wire.Version, Nonce: nonce})
	hello, ok := receive(ws).(wire.Hello)
	b.mu.Lock()
	known := ok && ed25519.Verify(b.terminal, wire.HelloProof(nonce, hello.Terminal), hello.Signature)
	pending, acked := b.pending, b.acked[hello.Journal]
	b.mu.Unlock()
	switch {
	case !known:
		s.send(wire.Refusal{Code: wire.RefusedKey, Text: "?"})
		return
	case pending:
		s.send(wire.Refusal{Code: wire.RefusedPending, Text: "等待批准"})
		return
	}
	s.send(wire.Welcome{Version: wire.Version, Ticket: "ticket", AckedThrough: acked})
	b.mu.Lock()
	b.sockets[s] = true
	if b.sent.Revision > 0 {
		s.send(wire.Programme{Envelope: b.sent})
	}
	b.mu.Unlock()
	for m := receive(ws); m != nil; m = receive(ws) {
		b.take(s, m)
	}
	b.mu.Lock()
	delete(b.sockets, s)
	b.mu.Unlock()
}

func receive(ws *websocket.Conn) wire.Message {
	_, text, err := ws.ReadMessage()
	if err != nil {
		return nil
	}
	m, err := wire.Decode(text)
	if err != nil {
		return nil
	}
	return m
}

func (b *broadcaster) take(s *socket, m wire.Message) {
	now := b.now().UnixNano()
	b.mu.Lock()
	defer b.mu.Unlock()
	switch m := m.(type) {
	case wire.TimeRequest:
		s.send(wire.TimeReply{T1: m.T1, T2: now, T3: b.now().UnixNano()})
	case wire.ProgrammeResult:
		b.results = append(b.results, m)
	case wire.Status:
		b.status = m
	case wire.Reports:
		if b.journals[m.Journal] == nil {
			b.journals[m.Journal] = map[uint64]playlists.Report{}
		}
		deaf := false
		for _, row := range m.Rows {
			b.journals[m.Journal][row.Seq] = row
			deaf = deaf || b.deaf && row.Play != nil
		}
		if !deaf {
			b.acked[m.Journal] = max(b.acked[m.Journal], m.Rows[len(m.Rows)-1].Seq)
			s.send(wire.ReportsAck{Journal: m.Journal, Through: b.acked[m.Journal]})
		}
	}
}

// now is broadcaster time, from a clock that does not step.
func (b *broadcaster) now() time.Time { return b.began.Add(time.Since(b.began)) }

// hangUp breaks all connections.
func (b *broadcaster) hangUp() {
	b.mu.Lock()
	defer b.mu.Unlock()
	for s := range b.sockets {
		s.ws.Close()
	}
}

// publish signs programme p and sends it to whoever is connected, now and later.
func (b *broadcaster) publish(p *playlists.Programme) {
	b.t.Helper()
	body, err := json.Marshal(p)
	if err != nil {
		b.t.Fatal(err)
	}
	e, err := wire.Seal(b, wire.ContextProgramme, string(p.Terminal), p.Revision, p.Expires, body)
	if err != nil {
		b.t.Fatal(err)
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	b.sent = e
	for s := range b.sockets {
		s.send(wire.Programme{Envelope: e})
	}
}

// offer makes content a clip that can be fetched.
func (b *broadcaster) offer(content []byte) playlists.Clip {
	c := clipOf(content)
	b.mu.Lock()
	defer b.mu.Unlock()
	b.clips[c.Digest] = content
	return c
}

// plays returns every play that was reported, of all journals.
func (b *broadcaster) plays() []playlists.Play {
	b.mu.Lock()
	defer b.mu.Unlock()
	var plays []playlists.Play
	for _, rows := range b.journals {
		for _, r := range rows {
			if r.Play != nil {
				plays = append(plays, *r.Play)
			}
		}
	}
	return plays
}

// programme is one round of one clip that falls due once, at due, rounded down to a minute: rounds know no seconds.
func (b *broadcaster) programme(revision uint64, clip playlists.Clip, due time.Time) *playlists.Programme {
	utc := due.UTC()
	at := playlists.NewTimeOfDay(utc.Hour(), utc.Minute(), utc.Second())
	return &playlists.Programme{
		Terminal: theTerminal, Revision: revision, PlanVersion: timetable.Version, Zone: "UTC", Name: "一号喇叭",
		Grid: "440605124001", Dialects: []playlists.Dialect{"cmn"},
		Announcements: []playlists.Announcement{{ID: "a", Title: "勤洗手", Text: "勤洗手", Variants: []playlists.Clip{clip}}},
		Playlists: []playlists.Playlist{{ID: "p", Name: "p", Entries: []playlists.PlaylistEntry{
			{Announcement: "a", Dialects: playlists.DialectAll, Repeats: 1},
		}}},
		Rounds: []playlists.Round{{
			ID: "r", Name: "早上", Playlist: "p", Class: playlists.ClassAnnouncement, Owner: "440605124",
			Timetable: playlists.Timetable{Every: &playlists.Every{Minutes: 1440, From: at, To: at}},
			Lateness:  playlists.DefaultLateness,
		}},
		Publishers: []playlists.Publisher{b.publisher()},
		Signed:     b.now(), Expires: b.now().Add(playlists.ProgrammeLife),
	}
}
