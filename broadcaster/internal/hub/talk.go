package hub

import (
	"context"
	"crypto/rand"
	"time"

	"dalaba/playlists"
	"dalaba/playlists/wire"
)

// patience is how many pings a terminal may leave unanswered.
const patience = 3

// greet finds out who the terminal is, and welcomes it.
func (c *conn) greet(ctx context.Context) error {
	nonce := make([]byte, nonceBytes)
	rand.Read(nonce) // which never fails
	c.answer(wire.Challenge{Version: wire.Version, Nonce: nonce})
	c.socket.SetReadLimit(maxHello)
	m, _, err := c.receive(c.hub.limits.HelloWithin)
	if err != nil {
		return err
	}
	hello, ok := m.(wire.Hello)
	if !ok {
		return malformed("%T before hello", m)
	}
	if hello.Version != wire.Version {
		return errVersion
	}
	if hello.Terminal == "" || len(hello.Terminal) > maxWord || hello.Journal == "" || len(hello.Journal) > maxWord {
		return malformed("hello without a terminal or a journal")
	}
	if err := c.hub.identity.Prove(ctx, hello.Terminal, nonce, hello.Signature); err != nil {
		return failed("prove terminal", err)
	}
	if err := c.hub.outdo(ctx, hello); err != nil {
		return failed("make a programme above the one held", err)
	}
	acked, err := c.hub.ledger.AckedThrough(ctx, hello.Terminal, hello.Journal)
	if err != nil {
		return failed("read journal", err)
	}
	c.socket.SetReadLimit(maxMessage)
	c.socket.SetPongHandler(func(string) error {
		c.hub.heard(c)
		return c.socket.SetReadDeadline(time.Now().Add(patience * c.hub.limits.Ping))
	})
	ticket := newTicket()
	c.hub.admit(c, hello, ticket)
	c.answer(wire.Welcome{Version: wire.Version, Ticket: ticket, AckedThrough: acked})
	c.out.holds(hello.Revision) // from here on a programme may follow the welcome
	c.hub.log.Info("terminal connected", "terminal", c.terminal, "address", c.address, "revision", hello.Revision)
	c.hub.fan.add([]playlists.TerminalID{c.terminal})
	return nil
}

// outdo sees to it that the programme that a terminal is to have is not older than the one it holds: a terminal
// refuses to go back, and the database may have come from a backup.
func (h *Hub) outdo(ctx context.Context, hello wire.Hello) error {
	if hello.Revision == 0 {
		return nil
	}
	latest, ok, err := h.programmes.Programme(ctx, hello.Terminal)
	if err != nil || ok && latest.Revision >= hello.Revision {
		return err
	}
	return h.programmes.EnsureAbove(ctx, hello.Terminal, hello.Revision)
}

// listen acts on what the terminal says until it says no more. It returns why.
func (c *conn) listen() error {
	for {
		m, at, err := c.receive(patience * c.hub.limits.Ping)
		if err != nil {
			return err
		}
		c.hub.heard(c)
		switch m := m.(type) {
		case wire.TimeRequest:
			c.answer(wire.TimeReply{T1: m.T1, T2: at.UnixNano()})
		case wire.Status:
			c.hub.status(c, m)
		case wire.ProgrammeResult:
			c.hub.result(c, m)
		case reports:
			if m.Journal == "" || len(m.Journal) > maxWord || len(m.Rows) > wire.MaxReports {
				return malformed("reports with %d rows", len(m.Rows))
			}
			select {
			case c.reports <- m:
			case <-c.written:
				return nil
			}
		default:
			return malformed("%T from a terminal", m)
		}
	}
}
