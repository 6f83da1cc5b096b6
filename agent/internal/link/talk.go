package link

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"sync"
	"time"

	"github.com/gorilla/websocket"

	"dalaba/playlists/wire"
)

const (
	// pingEvery is how often the other side is asked whether it is there, and silence how long it may say nothing.
	pingEvery = 10 * time.Second
	silence   = 35 * time.Second
	// writeWait bounds one write.
	writeWait = 20 * time.Second
	// statusEvery bounds how often the status is sent.
	statusEvery = 500 * time.Millisecond
	// statusRefresh is how often it is sent though nothing has changed: round trip and free space do, unnoticed.
	statusRefresh = time.Minute
	// ackWait is how long an acknowledgement may take before the rows are sent again.
	ackWait = 30 * time.Second
	// burst is how many times in a row the time is asked for; burstWait is how long one answer may take.
	burst     = 8
	burstWait = 2 * time.Second
	// burstSoon is the pause between two bursts at first, burstLater after burstSoonFor: in the first minute on a mobile
	// network, forty seconds leave 1.5 ms of error where twenty leave 2.5 ms.
	burstSoon    = 2 * time.Second
	burstSoonFor = 40 * time.Second
	burstLater   = 10 * time.Second
)

// talk is the conversation on one connection after the Welcome.
type talk struct {
	*Link
	ws   *websocket.Conn
	news chan struct{} // the reader has given the writer something to do

	mu      sync.Mutex // guards what follows
	results []wire.ProgrammeResult
	asked   bool // a question about the time is under way
	acked   bool // the rows that were sent have been acknowledged
}

// talk reads and writes until the connection breaks or ctx ends.
func (l *Link) talk(ctx context.Context, ws *websocket.Conn) error {
	t := &talk{Link: l, ws: ws, news: make(chan struct{}, 1), acked: true}
	ctx, cancel := context.WithCancel(ctx)
	wrote := make(chan error, 1)
	go func() {
		err := t.write(ctx)
		ws.Close() // ends the reader
		wrote <- err
	}()
	err := t.read()
	cancel()
	return errors.Join(err, <-wrote)
}

// read takes messages until the connection breaks.
func (t *talk) read() error {
	alive := func(string) error { return t.ws.SetReadDeadline(time.Now().Add(silence)) }
	t.ws.SetPongHandler(alive)
	for {
		if err := alive(""); err != nil {
			return err
		}
		_, text, err := t.ws.ReadMessage()
		now := t.o.Mono()
		if err != nil {
			return fmt.Errorf("read: %w", err)
		}
		message, err := wire.Decode(text)
		if errors.Is(err, wire.ErrUnknownType) {
			continue
		}
		if err != nil {
			return err
		}
		if err := t.take(message, now); err != nil {
			return err
		}
	}
}

// take does what message asks for. It was read at now.
func (t *talk) take(message wire.Message, now int64) error {
	switch m := message.(type) {
	case wire.TimeReply:
		t.o.Time(m.T1, m.T2, m.T3, now)
		t.note(func() { t.asked = false })
	case wire.Programme:
		result := t.o.Programmes.Take(m.Envelope)
		// A broadcaster that sends faster than it listens gets the last answers only.
		t.note(func() { t.results = append(t.results[max(0, len(t.results)-7):], result) })
		t.StatusChanged()
	case wire.ReportsAck:
		// One that acknowledges nothing new must not make us send the same rows in a circle.
		if m.Journal != t.o.Journal.ID() || m.Through <= t.o.Journal.Acked() {
			return nil
		}
		if err := t.o.Journal.Ack(m.Through); err != nil {
			return err
		}
		t.note(func() { t.acked = true })
	case wire.Refusal:
		return &turnedAway{m}
	}
	return nil
}

// note changes what the writer looks at.
func (t *talk) note(change func()) {
	t.mu.Lock()
	change()
	t.mu.Unlock()
	signal(t.news)
}

// agenda is when the writer has to do what.
type agenda struct {
	began                       time.Time
	left                        int // questions left of the burst
	time, status, refresh, ping time.Time
	rows                        time.Time // zero when there is nothing to send before an acknowledgement
	statusDue                   bool
	rowsDue                     bool
}

// write sends what is to be sent until the connection breaks or ctx ends.
func (t *talk) write(ctx context.Context) error {
	now := time.Now()
	a := &agenda{began: now, left: burst, time: now, status: now, refresh: now, ping: now.Add(pingEvery), rowsDue: true}
	timer := time.NewTimer(0)
	defer timer.Stop()
	for {
		sent, err := t.sendNext(a, time.Now())
		if err != nil {
			return err
		}
		if sent {
			continue
		}
		timer.Reset(time.Until(a.next()))
		select {
		case <-ctx.Done():
			return nil
		case <-timer.C:
		case <-t.news:
		case <-t.status:
			a.statusDue = true
		case <-t.rows:
			a.rowsDue = true
		}
	}
}

// next is when something falls due by itself.
func (a *agenda) next() time.Time {
	next := a.ping
	for _, at := range []time.Time{a.time, a.refresh, a.rows} {
		if !at.IsZero() && at.Before(next) {
			next = at
		}
	}
	if a.statusDue && a.status.Before(next) {
		next = a.status
	}
	return next
}

// sendNext sends the most urgent thing that is due, and returns whether there was any.
func (t *talk) sendNext(a *agenda, now time.Time) (bool, error) {
	t.mu.Lock()
	asked, acked := t.asked, t.acked
	t.mu.Unlock()
	switch {
	case !a.time.After(now), a.left < burst && !asked:
		return true, t.ask(a, now)
	case t.pendingResult():
		return true, t.sendResult()
	case a.statusDue && !a.status.After(now), !a.refresh.After(now):
		a.statusDue = false
		a.status, a.refresh = now.Add(statusEvery), now.Add(statusRefresh)
		return true, t.send(t.o.Status())
	case a.rowsDue && acked, !a.rows.IsZero() && !a.rows.After(now):
		return t.sendRows(a, now)
	case acked && !a.rows.IsZero():
		a.rows, a.rowsDue = time.Time{}, true // there may be more behind the rows that were acknowledged
		return true, nil
	case !a.ping.After(now):
		a.ping = now.Add(pingEvery)
		return true, t.ws.WriteControl(websocket.PingMessage, nil, now.Add(writeWait))
	}
	return false, nil
}

// ask asks for the time: the first question of a burst, the next one when the last is answered, or after an answer has
// not come.
func (t *talk) ask(a *agenda, now time.Time) error {
	t.mu.Lock()
	t.asked = true
	t.mu.Unlock()
	a.left--
	a.time = now.Add(burstWait)
	if a.left == 0 {
		pause := burstSoon
		if now.Sub(a.began) >= burstSoonFor {
			pause = burstLater*4/5 + rand.N(burstLater*2/5)
		}
		a.left, a.time = burst, now.Add(pause)
	}
	return t.send(wire.TimeRequest{})
}

func (t *talk) pendingResult() bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	return len(t.results) > 0
}

func (t *talk) sendResult() error {
	t.mu.Lock()
	result := t.results[0]
	t.results = t.results[1:]
	t.mu.Unlock()
	return t.send(result)
}

// sendRows sends the first rows that have not been acknowledged, if there are any.
func (t *talk) sendRows(a *agenda, now time.Time) (bool, error) {
	a.rowsDue, a.rows = false, time.Time{}
	rows, err := t.o.Journal.Rows(wire.MaxReports)
	if err != nil || len(rows) == 0 {
		return false, err
	}
	a.rows = now.Add(ackWait)
	t.mu.Lock()
	t.acked = false
	t.mu.Unlock()
	return true, t.send(wire.Reports{Journal: t.o.Journal.ID(), Rows: rows})
}

// send writes one message. A question about the time is stamped at the last moment.
func (t *talk) send(m wire.Message) error {
	if err := t.ws.SetWriteDeadline(time.Now().Add(writeWait)); err != nil {
		return err
	}
	if _, asks := m.(wire.TimeRequest); asks {
		m = wire.TimeRequest{T1: t.o.Mono()}
	}
	text, err := wire.Encode(m)
	if err != nil {
		return err
	}
	if err := t.ws.WriteMessage(websocket.TextMessage, text); err != nil {
		return fmt.Errorf("write: %w", err)
	}
	return nil
}
