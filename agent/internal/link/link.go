// Package link is the agent's end of the conversation that package wire describes: it dials the broadcaster, proves who
// the terminal is, asks for the time, takes programmes, and delivers status and reports, and it does so again after
// every break, for ever.
//
// A connection has two goroutines: one reads, one writes. The writer decides what goes next; questions about the time go
// before everything else. Nothing is kept here: what has to survive a break lies in the journal, the rest is asked for
// again.
package link

import (
	"context"
	"crypto/ed25519"
	"errors"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"net/url"
	"strings"
	"time"

	"github.com/gorilla/websocket"

	"dalaba/playlists"
	"dalaba/playlists/wire"
)

const (
	// firstWait and longestWait bound the wait between two attempts to connect.
	firstWait   = 500 * time.Millisecond
	longestWait = time.Minute
	// pendingWait is the longest wait while a person is about to approve the terminal.
	pendingWait = 5 * time.Second
	// dialWait bounds connecting, until the Welcome.
	dialWait = 20 * time.Second
)

// rows is the journal as far as it is to be delivered.
type rows interface {
	// ID names the journal.
	ID() string
	// Rows returns the first rows that have not been acknowledged, at most limit.
	Rows(limit int) ([]playlists.Report, error)
	// Ack notes that rows have been stored for good.
	Ack(through uint64) error
	// Acked returns the highest sequence that has been stored for good.
	Acked() uint64
}

// programmes is who judges programmes.
type programmes interface {
	Take(wire.Envelope) wire.ProgrammeResult
	Revision() uint64
}

// Options are what a Link works with. All fields but Pending are needed.
type Options struct {
	// Address is the broadcaster's base URL, http or https.
	Address  string
	Terminal playlists.TerminalID
	Key      ed25519.PrivateKey
	// Boot and Process name the runs of the machine and of the agent, Software its version.
	Boot, Process, Software string
	// PlanVersion is the highest version of the planning rules that the agent knows.
	PlanVersion int

	Journal    rows
	Programmes programmes
	Status     func() wire.Status
	// Mono is the monotonic clock in nanoseconds, counted from the machine's start.
	Mono func() int64
	// Time takes one exchange of the four timestamps.
	Time func(t1, t2, t3, t4 int64)
	// Admitted is called with the ticket of each Welcome.
	Admitted func(ticket string)
	// Pending is called whenever the broadcaster says that a person has to approve the terminal; nil is allowed.
	Pending func()
	Log     *slog.Logger
}

// Link is the room's component.
type Link struct {
	o      Options
	socket string
	status chan struct{} // status has changed
	rows   chan struct{} // there are rows
}

// New checks o and dials nothing yet.
func New(o Options) (*Link, error) {
	u, err := url.Parse(o.Address)
	if err != nil || (u.Scheme != "http" && u.Scheme != "https") || u.Host == "" {
		return nil, fmt.Errorf("link: address %q is not an http or https URL", o.Address)
	}
	if len(o.Key) != ed25519.PrivateKeySize || o.Terminal == "" {
		return nil, errors.New("link: no identity")
	}
	u.Scheme = "ws" + strings.TrimPrefix(u.Scheme, "http")
	u.Path = strings.TrimSuffix(u.Path, "/") + wire.SocketPath
	u.RawQuery, u.Fragment = "", ""
	return &Link{o: o, socket: u.String(), status: make(chan struct{}, 1), rows: make(chan struct{}, 1)}, nil
}

// StatusChanged has the status sent soon. It never blocks.
func (l *Link) StatusChanged() { signal(l.status) }

// RowsAdded has the journal's rows sent soon. It never blocks.
func (l *Link) RowsAdded() { signal(l.rows) }

func signal(c chan struct{}) {
	select {
	case c <- struct{}{}:
	default:
	}
}

// Run keeps a connection until ctx ends.
func (l *Link) Run(ctx context.Context) error {
	wait := firstWait
	for ctx.Err() == nil {
		welcomed, err := l.connect(ctx)
		if ctx.Err() != nil {
			break
		}
		var turned *turnedAway
		refused := errors.As(err, &turned)
		// Two that take turns with one identity must not do so as fast as they can.
		if welcomed && !(refused && turned.Code == wire.RefusedReplaced) {
			wait = firstWait
		}
		if refused && turned.Code == wire.RefusedPending {
			wait = min(wait, pendingWait)
			if l.o.Pending != nil {
				l.o.Pending()
			}
		}
		// Half of the wait is drawn, so that a thousand agents do not come back in the same moment.
		pause := wait/2 + rand.N(wait/2)
		l.o.Log.Info("not connected", "error", err, "again_in", pause.Round(time.Millisecond))
		wait = min(2*wait, longestWait)
		timer := time.NewTimer(pause)
		select {
		case <-ctx.Done():
		case <-timer.C:
		}
		timer.Stop()
	}
	return nil
}

// connect dials, introduces the terminal and talks until the connection breaks. It returns whether it was welcomed.
func (l *Link) connect(ctx context.Context) (welcomed bool, err error) {
	greeting, cancel := context.WithTimeout(ctx, dialWait)
	defer cancel()
	dialer := websocket.Dialer{
		HandshakeTimeout: dialWait, Subprotocols: []string{wire.Subprotocol},
		ReadBufferSize: 4096, WriteBufferSize: 4096,
	}
	ws, response, err := dialer.DialContext(greeting, l.socket, nil)
	if err != nil {
		if response != nil {
			err = fmt.Errorf("%w: %s", err, response.Status)
		}
		return false, fmt.Errorf("dial: %w", err)
	}
	defer ws.Close()
	if ws.Subprotocol() != wire.Subprotocol {
		return false, fmt.Errorf("the other side speaks %q, not %q", ws.Subprotocol(), wire.Subprotocol)
	}
	ws.SetReadLimit(wire.MaxMessage)
	// Ending ctx ends reads and writes that are under way.
	defer context.AfterFunc(ctx, func() { ws.Close() })()
	if err := l.introduce(ws); err != nil {
		return false, err
	}
	l.o.Log.Info("connected", "address", l.o.Address)
	return true, l.talk(ctx, ws)
}

// turnedAway is the broadcaster's Refusal as an error.
type turnedAway struct{ wire.Refusal }

func (t *turnedAway) Error() string { return fmt.Sprintf("turned away (%s): %s", t.Code, t.Text) }

// introduce answers the Challenge and takes the Welcome.
func (l *Link) introduce(ws *websocket.Conn) error {
	deadline := time.Now().Add(dialWait)
	if err := errors.Join(ws.SetReadDeadline(deadline), ws.SetWriteDeadline(deadline)); err != nil {
		return err
	}
	challenge, err := expect[wire.Challenge](ws)
	if err != nil {
		return err
	}
	proof := wire.HelloProof(challenge.Nonce, l.o.Terminal)
	text, err := wire.Encode(wire.Hello{
		Version: wire.Version, Terminal: l.o.Terminal, Signature: ed25519.Sign(l.o.Key, proof),
		Boot: l.o.Boot, Process: l.o.Process, Software: l.o.Software, PlanVersion: l.o.PlanVersion,
		Revision: l.o.Programmes.Revision(), Journal: l.o.Journal.ID(),
	})
	if err != nil {
		return err
	}
	if err := ws.WriteMessage(websocket.TextMessage, text); err != nil {
		return fmt.Errorf("send hello: %w", err)
	}
	welcome, err := expect[wire.Welcome](ws)
	if err != nil {
		return err
	}
	if err := l.o.Journal.Ack(welcome.AckedThrough); err != nil {
		return err
	}
	l.o.Admitted(welcome.Ticket)
	return nil
}

// expect reads one message, which must be an M.
func expect[M wire.Message](ws *websocket.Conn) (M, error) {
	var none M
	_, text, err := ws.ReadMessage()
	if err != nil {
		return none, fmt.Errorf("read %T: %w", none, err)
	}
	message, err := wire.Decode(text)
	if err != nil {
		return none, err
	}
	switch m := message.(type) {
	case M:
		return m, nil
	case wire.Refusal:
		return none, &turnedAway{m}
	}
	return none, fmt.Errorf("got %T instead of %T", message, none)
}
