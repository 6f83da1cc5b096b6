package hub

import (
	"errors"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/gorilla/websocket"

	"dalaba/playlists"
	"dalaba/playlists/wire"
)

func TestAConversation(t *testing.T) {
	s := newStage(t, Limits{})
	s.town.publish("horn", 3, 10)
	s.town.acked["j"] = 7
	before := time.Now().UnixNano()
	a, welcome := s.connect(2)
	if welcome.AckedThrough != 7 {
		t.Errorf("acknowledged through %d", welcome.AckedThrough)
	}
	if p := hear[wire.Programme](a); p.Envelope.Revision != 3 {
		t.Errorf("programme %d", p.Envelope.Revision)
	}
	if terminal, ok := s.TicketTerminal(welcome.Ticket); !ok || terminal != "horn" {
		t.Errorf("the ticket is %q's", terminal)
	}
	if !s.Reach("horn") || s.Reach("other") {
		t.Error("who is connected is within reach, and nobody else")
	}
	a.say(wire.ProgrammeResult{Revision: 3, InForce: true})
	s.eventually("the programme is in force", func() bool { return s.horn().Revision == 3 })
	if said := s.horn().Said; !said.IsZero() {
		t.Errorf("it spoke of itself at %v, and has not yet", said)
	}
	a.say(wire.Status{Revision: 3, Volume: 80})
	s.must(a.WriteMessage(websocket.TextMessage, []byte(`{"type":"song","of":"tomorrow"}`)))
	a.say(wire.TimeRequest{T1: 42})
	if r := hear[wire.TimeReply](a); r.T1 != 42 || r.T2 < before || r.T3 < r.T2 || r.T3 > time.Now().Add(time.Second).UnixNano() {
		t.Errorf("time %+v", r)
	}
	a.say(wire.Reports{Journal: "j", Rows: make([]playlists.Report, 5)})
	if ack := hear[wire.ReportsAck](a); ack != (wire.ReportsAck{Journal: "j", Through: 12}) {
		t.Errorf("acknowledged %+v", ack)
	}
	l := s.horn()
	if !l.Connected || l.Revision != 3 || l.Status.Volume != 80 || l.Software != "agent 1" || l.Refused != "" || l.LastSeen.Before(l.Since) || l.Said.Before(l.Since) || l.Said.After(l.LastSeen) {
		t.Errorf("live %+v", l)
	}
	s.town.publish("horn", 4, 10)
	s.Publish([]playlists.TerminalID{"horn", "other"})
	if p := hear[wire.Programme](a); p.Envelope.Revision != 4 {
		t.Errorf("programme %d", p.Envelope.Revision)
	}
	a.say(wire.ProgrammeResult{Revision: 4, Reason: "cannot"})
	s.eventually("the refusal is known", func() bool { return s.horn().Refused == "cannot" && s.horn().Revision == 3 })
	a.Close()
	s.closedFor(ReasonLost, 1)
	if _, ok := s.TicketTerminal(welcome.Ticket); ok || s.horn().Connected || s.Reach("horn") {
		t.Error("the ticket outlives the connection")
	}
}

func TestATerminalThatHasTheProgrammeIsSentNone(t *testing.T) {
	s := newStage(t, Limits{})
	s.town.publish("horn", 3, 10)
	a, _ := s.connect(3)
	s.Publish([]playlists.TerminalID{"horn"})
	s.town.publish("horn", 4, 10)
	s.Publish([]playlists.TerminalID{"horn"})
	if p := hear[wire.Programme](a); p.Envelope.Revision != 4 {
		t.Errorf("programme %d", p.Envelope.Revision)
	}
}

func TestATerminalThatHoldsANewerProgrammeIsOutdone(t *testing.T) {
	for _, has := range []bool{true, false} {
		s := newStage(t, Limits{})
		if has {
			s.town.publish("horn", 3, 10)
		}
		a, _ := s.connect(9)
		if p := hear[wire.Programme](a); p.Envelope.Revision != 10 {
			t.Errorf("programme %d", p.Envelope.Revision)
		}
	}
}

func TestOnlyAgentsMayKnock(t *testing.T) {
	s := newStage(t, Limits{})
	url := "ws" + strings.TrimPrefix(s.server.URL, "http")
	for _, test := range []struct {
		name   string
		dialer websocket.Dialer
		header http.Header
		want   int
	}{
		{"a browser", websocket.Dialer{Subprotocols: []string{wire.Subprotocol}}, http.Header{"Origin": {s.server.URL}}, http.StatusForbidden},
		{"another protocol", websocket.Dialer{Subprotocols: []string{"chat"}}, nil, http.StatusBadRequest},
		{"no protocol", websocket.Dialer{}, nil, http.StatusBadRequest},
	} {
		t.Run(test.name, func(t *testing.T) {
			_, response, err := test.dialer.DialContext(t.Context(), url, test.header)
			if !errors.Is(err, websocket.ErrBadHandshake) || response.StatusCode != test.want {
				t.Fatalf("%v, %v", response, err)
			}
			response.Body.Close()
		})
	}
}
