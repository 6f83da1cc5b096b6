package hub

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net"
	"sync"
	"time"

	"github.com/gorilla/websocket"

	"dalaba/playlists"
	"dalaba/playlists/wire"
)

// conn is one terminal's connection.
type conn struct {
	hub     *Hub
	socket  *websocket.Conn
	address string
	out     *outbox
	// written is closed when the writer has ended.
	written chan struct{}
	// reports is what the worker has still to store. The reader closes it.
	reports chan reports

	// terminal and ticket are set under hub.mu when the terminal has proved who it is, and stay.
	terminal playlists.TerminalID
	ticket   ticketHash
}

// reports is a wire.Reports whose rows nobody has read: that is the ledger's business, row by row.
type reports struct {
	Type    string            `json:"type"`
	Journal string            `json:"journal"`
	Rows    []json.RawMessage `json:"rows"`
}

// backlog is how many messages with reports may wait for the worker. Behind them the reader waits.
const backlog = 2

func newConn(h *Hub, socket *websocket.Conn, address string) *conn {
	return &conn{
		hub: h, socket: socket, address: address, out: newOutbox(h.limits.Queue),
		written: make(chan struct{}), reports: make(chan reports, backlog),
	}
}

// talk holds the conversation and returns when it has ended, with all its goroutines.
func (c *conn) talk(ctx context.Context) {
	var others sync.WaitGroup
	others.Go(c.write)
	others.Go(func() { c.store(ctx) })
	err := c.greet(ctx)
	if err == nil {
		err = c.listen()
	}
	close(c.reports)
	c.fail(err)
	others.Wait()
}

// end lets the connection end for r, with the word that belongs to it. The first end stands.
func (c *conn) end(r Reason) { c.out.end(farewell{reason: r, code: r.refusal()}) }

// fail ends the connection because of err.
func (c *conn) fail(err error) {
	var refused *Refused
	var timeout net.Error
	var malformed *malformedError
	switch {
	case errors.As(err, &refused):
		c.out.end(farewell{reason: ReasonRefused, code: refused.Code})
	case errors.As(err, &malformed):
		c.hub.log.Debug("not in the conversation", "address", c.address, "error", err)
		c.end(ReasonProtocol)
	case errors.Is(err, websocket.ErrReadLimit):
		c.end(ReasonProtocol)
	case errors.As(err, &timeout) && timeout.Timeout():
		c.end(ReasonSilent)
	case errors.Is(err, errVersion):
		c.end(ReasonVersion)
	case errors.As(err, new(*failedError)):
		c.hub.log.Error("connection given up", "terminal", c.terminal, "error", err)
		c.end(ReasonFailed)
	default:
		c.end(ReasonLost)
	}
}

// malformedError is the error of a message that is not in the conversation.
type malformedError struct{ what string }

func (e *malformedError) Error() string { return e.what }

func malformed(format string, args ...any) error {
	return &malformedError{fmt.Sprintf(format, args...)}
}

// failedError is the error of something that went wrong on this side.
type failedError struct{ error }

func (e *failedError) Unwrap() error { return e.error }

// failed says what was being done when err happened on this side; a *Refused stays one.
func failed(doing string, err error) error { return &failedError{fmt.Errorf("%s: %w", doing, err)} }

var errVersion = errors.New("no version in common")

// receive returns the next message, and when it was read. It leaves the rows of reports as they are.
func (c *conn) receive(within time.Duration) (message any, at time.Time, err error) {
	for {
		c.socket.SetReadDeadline(time.Now().Add(within))
		kind, text, err := c.socket.ReadMessage()
		at = c.hub.clock()
		if err != nil {
			return nil, at, err
		}
		if kind != websocket.TextMessage {
			return nil, at, malformed("message of websocket type %d", kind)
		}
		var head reports
		if err := json.Unmarshal(text, &head); err == nil && head.Type == "reports" {
			return head, at, nil
		}
		m, err := wire.Decode(text)
		if errors.Is(err, wire.ErrUnknownType) {
			continue // from an agent that is newer
		}
		if err != nil {
			return nil, at, malformed("%.200s", err)
		}
		return m, at, nil
	}
}

// store hands reports to the ledger, one message after the other, and acknowledges what is stored for good. After an
// error it stores nothing more: what comes next would leave a gap.
func (c *conn) store(ctx context.Context) {
	broken := false
	for r := range c.reports {
		if broken {
			continue // until the reader ends
		}
		through, err := c.hub.ledger.Ingest(ctx, c.terminal, r.Journal, r.Rows)
		if err != nil {
			c.fail(failed("store reports", err))
			broken = true
			continue
		}
		c.answer(wire.ReportsAck{Journal: r.Journal, Through: through})
	}
}

// answer queues m; a terminal that does not read its answers is disconnected, so that it slows nobody down.
func (c *conn) answer(m wire.Message) {
	if !c.out.answer(m) {
		c.end(ReasonStuck)
	}
}

// write writes what is queued, and pings, until the end. It closes the socket, by which the reader ends too.
func (c *conn) write() {
	defer close(c.written)
	defer c.socket.Close()
	ping := time.NewTicker(c.hub.limits.Ping)
	defer ping.Stop()
	for {
		m, ended := c.out.next()
		var err error
		switch {
		case ended:
			c.takeLeave()
			return
		case m != nil:
			err = c.send(m)
		default:
			select {
			case <-c.out.wake:
			case <-ping.C:
				err = c.socket.WriteControl(websocket.PingMessage, nil, time.Now().Add(c.hub.limits.Write))
			}
		}
		if err != nil {
			c.unwritable(err)
			return
		}
	}
}

// unwritable ends the connection after a write failed.
func (c *conn) unwritable(err error) {
	var timeout net.Error
	if errors.As(err, &timeout) && timeout.Timeout() {
		c.end(ReasonStuck)
		return
	}
	c.end(ReasonLost)
}

// send writes m. The time is put into a TimeReply here, right before it goes.
func (c *conn) send(m wire.Message) error {
	if reply, ok := m.(wire.TimeReply); ok {
		reply.T3 = c.hub.clock().UnixNano()
		m = reply
	}
	text, err := wire.Encode(m)
	if err != nil {
		return fmt.Errorf("send: %w", err)
	}
	c.socket.SetWriteDeadline(time.Now().Add(c.hub.limits.Write))
	return c.socket.WriteMessage(websocket.TextMessage, text)
}

// takeLeave tells the terminal why, if there is a word for it, and closes the websocket in good order. What fails here
// fails: the connection ends in any case.
func (c *conn) takeLeave() {
	last := c.out.why()
	if last.reason == ReasonLost || last.reason == ReasonStuck {
		return
	}
	deadline := time.Now().Add(min(c.hub.limits.Write, c.hub.limits.Close))
	if last.code != "" {
		if text, err := wire.Encode(wire.Refusal{Code: last.code, Text: sentence(last.code)}); err == nil {
			c.socket.SetWriteDeadline(deadline)
			if c.socket.WriteMessage(websocket.TextMessage, text) != nil {
				return
			}
		}
	}
	goodbye := websocket.FormatCloseMessage(websocket.CloseNormalClosure, string(last.reason))
	c.socket.WriteControl(websocket.CloseMessage, goodbye, deadline)
}
