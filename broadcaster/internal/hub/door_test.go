package hub

import (
	"crypto/ed25519"
	"errors"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/gorilla/websocket"

	"dalaba/playlists"
	"dalaba/playlists/wire"
)

func TestTheDoor(t *testing.T) {
	_, foreign, err := ed25519.GenerateKey(nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct {
		name string
		in   func(*wire.Hello)
		want wire.RefusalCode
	}{
		{"another's key", func(h *wire.Hello) { h.Signature = ed25519.Sign(foreign, []byte("x")) }, wire.RefusedKey},
		{"no signature", func(h *wire.Hello) { h.Signature = nil }, wire.RefusedKey},
		{"unknown", func(h *wire.Hello) { h.Terminal = "column" }, wire.RefusedUnknown},
		{"newer version", func(h *wire.Hello) { h.Version++ }, wire.RefusedVersion},
		{"no version", func(h *wire.Hello) { h.Version = 0 }, wire.RefusedVersion},
		{"no terminal", func(h *wire.Hello) { h.Terminal = "" }, wire.RefusedProtocol},
		{"no journal", func(h *wire.Hello) { h.Journal = "" }, wire.RefusedProtocol},
		{"a name without end", func(h *wire.Hello) { h.Terminal = playlists.TerminalID(strings.Repeat("x", 1000)) }, wire.RefusedProtocol},
		{"a hello without end", func(h *wire.Hello) { h.Software = strings.Repeat("x", maxHello) }, ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			s := newStage(t, Limits{})
			a := s.dial()
			a.hello(0, test.in)
			if test.want != "" {
				a.refused(test.want)
			} else { // too long to be answered
				a.silence()
				s.closedFor(ReasonProtocol, 1)
			}
			if len(s.Terminals()) != 0 {
				t.Error("a stranger is listed among the terminals")
			}
		})
	}
}

func TestTheSignatureOfOneConnectionServesNoOther(t *testing.T) {
	s := newStage(t, Limits{})
	var overheard []byte
	first := s.dial()
	first.hello(0, func(h *wire.Hello) { overheard = h.Signature })
	hear[wire.Welcome](first)
	second := s.dial()
	second.hello(0, func(h *wire.Hello) { h.Signature = overheard })
	second.refused(wire.RefusedKey)
}

func TestWhoSaysNoHelloIsSentAway(t *testing.T) {
	s := newStage(t, Limits{HelloWithin: 50 * time.Millisecond})
	a := s.dial()
	hear[wire.Challenge](a)
	a.silence()
	s.closedFor(ReasonSilent, 1)
}

func TestWhatIsNotInTheConversationEndsIt(t *testing.T) {
	for _, test := range []struct {
		name string
		kind int
		text string
	}{
		{"not JSON", websocket.TextMessage, "GET / HTTP/1.1"},
		{"bytes", websocket.BinaryMessage, `{"type":"status"}`},
		{"nothing", websocket.TextMessage, ""},
		{"an array", websocket.TextMessage, "[1,2,3]"},
		{"a wrong field", websocket.TextMessage, `{"type":"status","revision":"three"}`},
		{"what only the broadcaster says", websocket.TextMessage, `{"type":"welcome"}`},
		{"a second hello", websocket.TextMessage, `{"type":"hello"}`},
		{"too many rows", websocket.TextMessage, `{"type":"reports","journal":"j","rows":[0` + strings.Repeat(",0", wire.MaxReports) + `]}`},
		{"rows of no journal", websocket.TextMessage, `{"type":"reports","rows":[{}]}`},
		{"too much", websocket.TextMessage, `{"type":"status","problems":["` + strings.Repeat("x", maxMessage) + `"]}`},
	} {
		t.Run(test.name, func(t *testing.T) {
			s := newStage(t, Limits{})
			a, _ := s.connect(0)
			// The hub may close before it has read all; then the write fails, and that is the end too.
			err := a.WriteMessage(test.kind, []byte(test.text))
			if err == nil && test.name != "too much" {
				a.refused(wire.RefusedProtocol)
			}
			s.closedFor(ReasonProtocol, 1)
		})
	}
}

func TestABadRowIsTheLedgersBusiness(t *testing.T) {
	s := newStage(t, Limits{})
	a, _ := s.connect(0)
	s.must(a.WriteMessage(websocket.TextMessage, []byte(`{"type":"reports","journal":"j","rows":[{"seq":"one"},7,{"seq":3}]}`)))
	if ack := hear[wire.ReportsAck](a); ack.Through != 3 {
		t.Errorf("acknowledged %+v", ack)
	}
}

func TestALedgerThatFailsEndsTheConnectionAndAcknowledgesNothing(t *testing.T) {
	for _, test := range []struct {
		err  error
		want Reason
	}{
		{errors.New("disk full"), ReasonFailed},
		{&Refused{Code: wire.RefusedProtocol}, ReasonRefused},
	} {
		s := newStage(t, Limits{})
		s.town.broken = test.err
		a, _ := s.connect(0)
		a.say(wire.Reports{Journal: "j", Rows: make([]playlists.Report, 5)})
		// More must not be stored without what came before; its write may come too late, which is well.
		a.WriteMessage(websocket.TextMessage, []byte(`{"type":"reports","journal":"j","rows":[{"seq":6}]}`))
		if test.want == ReasonRefused {
			hear[wire.Refusal](a)
		}
		a.silence()
		s.closedFor(test.want, 1)
		if s.town.refusals != 1 {
			t.Errorf("the ledger was asked %d times", s.town.refusals)
		}
	}
}

func TestACrowdIsLetInOneByOne(t *testing.T) {
	s := newStage(t, Limits{Connections: 2, Strangers: 1})
	knock := func() int {
		dialer := websocket.Dialer{Subprotocols: []string{wire.Subprotocol}}
		c, response, err := dialer.DialContext(t.Context(), "ws"+strings.TrimPrefix(s.server.URL, "http"), nil)
		if err == nil {
			t.Cleanup(func() { c.Close() })
		}
		response.Body.Close()
		return response.StatusCode
	}
	stranger := s.dial()
	if status := knock(); status != http.StatusServiceUnavailable {
		t.Errorf("a second stranger: %d", status)
	}
	stranger.hello(0, nil)
	hear[wire.Welcome](stranger)
	if status := knock(); status != http.StatusSwitchingProtocols {
		t.Errorf("a stranger beside a terminal: %d", status)
	}
	if status := knock(); status != http.StatusServiceUnavailable {
		t.Errorf("a third connection: %d", status)
	}
	if n := s.Closed()[ReasonCrowded]; n != 2 {
		t.Errorf("%d were sent away", n)
	}
}

// FuzzHello sends anything as the first word. Nobody gets in, and nothing breaks.
func FuzzHello(f *testing.F) {
	for _, seed := range []string{
		`{"type":"hello","version":1,"terminal":"horn","journal":"j","signature":"AAAA"}`, `{"type":"hello"}`, `{}`, ``, `null`,
		`{"type":"reports","rows":[{}]}`, `{"type":"unheard-of"}`, "\xff\xfe", `{"type":"hello","version":1e400}`, `[[[[[[[[`,
	} {
		f.Add([]byte(seed), true)
	}
	f.Fuzz(func(t *testing.T, text []byte, readable bool) {
		s := newStage(t, Limits{HelloWithin: 20 * time.Millisecond})
		a := s.dial()
		hear[wire.Challenge](a)
		kind := websocket.BinaryMessage
		if readable {
			kind = websocket.TextMessage
		}
		a.WriteMessage(kind, text) // which fails when the hub was faster
		a.SetReadDeadline(time.Now().Add(within))
		for {
			_, text, err := a.ReadMessage()
			if err != nil {
				break
			}
			if m, err := wire.Decode(text); err != nil || m == wire.Message(nil) || strings.Contains(string(text), `"welcome"`) {
				t.Fatalf("heard %s", text)
			}
		}
		if len(s.Terminals()) != 0 {
			t.Fatal("a stranger came in")
		}
	})
}
