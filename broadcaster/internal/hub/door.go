package hub

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"net/http"
	"slices"

	"github.com/gorilla/websocket"

	"dalaba/playlists"
	"dalaba/playlists/wire"
)

const (
	// maxHello bounds a hello in bytes, maxMessage any later message: reports are the largest, at 8 KB a row.
	maxHello   = 8 << 10
	maxMessage = wire.MaxReports * 8 << 10
	// maxWord and maxSentence bound what a terminal says of itself, in bytes.
	maxWord     = 100
	maxSentence = 400
	// nonceBytes is the length of a challenge, ticketBytes that of a ticket.
	nonceBytes  = 32
	ticketBytes = 32
	// retryAfter is in seconds what a terminal is told that came in a crowd.
	retryAfter = "5"
)

// ServeHTTP takes a terminal's connection and returns when it has ended.
func (h *Hub) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	// Agents send no Origin. Browsers always do, and none of them has a business here.
	if r.Header.Get("Origin") != "" {
		http.Error(w, "this address is for terminals", http.StatusForbidden)
		return
	}
	if !websocket.IsWebSocketUpgrade(r) || !slices.Contains(websocket.Subprotocols(r), wire.Subprotocol) {
		http.Error(w, "this address is for terminals: want a websocket with subprotocol "+wire.Subprotocol, http.StatusBadRequest)
		return
	}
	if !h.hellos.Allow() || !h.enter() {
		h.count(ReasonCrowded)
		w.Header().Set("Retry-After", retryAfter)
		http.Error(w, "come back later", http.StatusServiceUnavailable)
		return
	}
	defer h.doors.Done()
	upgrader := websocket.Upgrader{
		HandshakeTimeout: h.limits.HelloWithin,
		Subprotocols:     []string{wire.Subprotocol},
		CheckOrigin:      func(*http.Request) bool { return true }, // checked above
	}
	socket, err := upgrader.Upgrade(w, r, nil)
	if err != nil { // and the client has been told
		h.leave(nil)
		return
	}
	c := newConn(h, socket, r.RemoteAddr)
	if work := h.opened(c); work != nil {
		c.talk(work)
	} else {
		c.socket.Close()
	}
	h.leave(c)
}

// enter reserves a stranger's place, and tells whether there was one.
func (h *Hub) enter() bool {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.work == nil || h.strangers >= h.limits.Strangers || h.entered >= h.limits.Connections {
		return false
	}
	h.entered++
	h.strangers++
	h.doors.Add(1)
	return true
}

// opened makes c known to takeLeave, and returns the context of its work, nil when the hub has ended meanwhile.
func (h *Hub) opened(c *conn) context.Context {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.work != nil {
		h.open[c] = struct{}{}
	}
	return h.work
}

// admit makes c the connection of its terminal, which has proved who it is, in place of an older one.
func (h *Hub) admit(c *conn, hello wire.Hello, ticket string) {
	h.mu.Lock()
	c.terminal, c.ticket = hello.Terminal, hashTicket(ticket)
	h.strangers--
	old := h.connected[c.terminal]
	h.connected[c.terminal] = c
	h.tickets[c.ticket] = c.terminal
	now := h.clock()
	h.live[c.terminal] = &Live{
		Terminal: c.terminal, Connected: true, Since: now, LastSeen: now, Revision: hello.Revision,
		Software: brief(hello.Software, maxWord), RemoteAddr: c.address,
	}
	h.unsaved[c.terminal] = true
	h.mu.Unlock()
	if old != nil {
		old.end(ReasonReplaced)
	}
	h.onChange(c.terminal)
}

// leave gives back c's place; c is nil for a connection that never opened.
func (h *Hub) leave(c *conn) {
	h.mu.Lock()
	h.entered--
	var terminal playlists.TerminalID // whose connection this was
	reason := ReasonLost
	if c != nil {
		delete(h.open, c)
		reason = c.out.why().reason
	}
	h.closed[reason]++
	switch {
	case c == nil || c.terminal == "":
		h.strangers--
	case h.connected[c.terminal] == c:
		terminal = c.terminal
		delete(h.connected, terminal)
		h.live[terminal].Connected = false
		fallthrough
	default:
		delete(h.tickets, c.ticket)
	}
	h.mu.Unlock()
	if terminal != "" {
		h.log.Info("terminal disconnected", "terminal", terminal, "reason", reason)
		h.onChange(terminal)
	}
}

func (h *Hub) count(r Reason) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.closed[r]++
}

// ticketHash is what the hub keeps of a ticket, so that looking one up takes the same time for any guess.
type ticketHash [sha256.Size]byte

func hashTicket(ticket string) ticketHash { return sha256.Sum256([]byte(ticket)) }

func newTicket() string {
	b := make([]byte, ticketBytes)
	rand.Read(b) // which never fails
	return base64.RawURLEncoding.EncodeToString(b)
}
