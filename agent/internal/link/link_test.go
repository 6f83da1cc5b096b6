package link

import (
	"crypto/ed25519"
	"sync"
	"testing"
	"time"

	"github.com/gorilla/websocket"

	"dalaba/playlists/wire"
)

func TestTheTerminalSaysWhoItIsAndAsksForTheTimeFirst(t *testing.T) {
	a, ends := connected(t)
	e := accept(t, ends, 0)
	h := e.hello
	if h.Terminal != "t" || h.Version != wire.Version || h.Revision != 3 || h.Journal != "j" || h.Boot != "b" || h.Process != "p" || h.PlanVersion != 1 {
		t.Errorf("%+v", h)
	}
	_, text, err := e.ws.ReadMessage()
	if err != nil {
		t.Fatal(err)
	}
	m, err := wire.Decode(text)
	request, ok := m.(wire.TimeRequest)
	if err != nil || !ok {
		t.Fatalf("the first word is %T, %v", m, err)
	}
	last := int64(0)
	for i := range burst {
		if request.T1 <= last {
			t.Errorf("asked at %d after %d", request.T1, last)
		}
		last = request.T1
		e.send(t, wire.TimeReply{T1: request.T1, T2: 1, T3: 2})
		if i < burst-1 {
			request = next[wire.TimeRequest](t, e)
		}
	}
	await(t, "answers are taken", func() (ok bool) {
		a.look(func() { ok = a.times == burst && a.ticket == "ticket" })
		return ok
	})
	a.link.StatusChanged()
	if s := next[wire.Status](t, e); s.Volume != 7 {
		t.Errorf("%+v", s)
	}
}

func TestRowsAreSentUntilTheyAreAcknowledged(t *testing.T) {
	a, ends := connected(t)
	for seq := range uint64(wire.MaxReports + 10) {
		a.rows = append(a.rows, report(seq+1))
	}
	e := accept(t, ends, 4)
	first := next[wire.Reports](t, e)
	if first.Journal != "j" || first.Rows[0].Seq != 5 || len(first.Rows) != wire.MaxReports {
		t.Fatalf("%d rows from %d", len(first.Rows), first.Rows[0].Seq)
	}
	// Acknowledgements of another journal, or of nothing new, change nothing and bring nothing.
	e.send(t, wire.ReportsAck{Journal: "other", Through: 500})
	e.send(t, wire.ReportsAck{Journal: "j", Through: 4})
	e.ws.Close()
	e = accept(t, ends, 4)
	if again := next[wire.Reports](t, e); again.Rows[0].Seq != 5 {
		t.Fatalf("after the break from %d", again.Rows[0].Seq)
	}
	e.send(t, wire.ReportsAck{Journal: "j", Through: wire.MaxReports + 4})
	if rest := next[wire.Reports](t, e); rest.Rows[0].Seq != wire.MaxReports+5 || len(rest.Rows) != 6 {
		t.Fatalf("then %d rows from %d", len(rest.Rows), rest.Rows[0].Seq)
	}
	e.send(t, wire.ReportsAck{Journal: "j", Through: wire.MaxReports + 10})
	await(t, "all is acknowledged", func() bool { return a.Acked() == wire.MaxReports+10 })
	a.look(func() { a.rows = append(a.rows, report(wire.MaxReports+11)) })
	a.link.RowsAdded()
	if more := next[wire.Reports](t, e); len(more.Rows) != 1 || more.Rows[0].Seq != wire.MaxReports+11 {
		t.Errorf("%+v", more)
	}
}

func TestAProgrammeIsAnswered(t *testing.T) {
	a, ends := connected(t)
	e := accept(t, ends, 0)
	e.send(t, wire.Programme{Envelope: wire.Envelope{Revision: 9}})
	if r := next[wire.ProgrammeResult](t, e); r.Revision != 9 || !r.InForce {
		t.Errorf("%+v", r)
	}
	e.ws.Close()
	if e = accept(t, ends, 0); e.hello.Revision != 9 || a.Revision() != 9 {
		t.Errorf("%+v", e.hello)
	}
}

func TestStatusIsSentAtMostTwiceASecond(t *testing.T) {
	a, ends := connected(t)
	e := accept(t, ends, 0)
	next[wire.Status](t, e)
	began := time.Now()
	stop := make(chan struct{})
	var asking sync.WaitGroup
	asking.Go(func() {
		tick := time.NewTicker(time.Millisecond)
		defer tick.Stop()
		for {
			select {
			case <-stop:
				return
			case <-tick.C:
				a.link.StatusChanged()
			}
		}
	})
	for range 3 {
		next[wire.Status](t, e)
	}
	close(stop)
	asking.Wait()
	if took := time.Since(began); took < 2*statusEvery {
		t.Errorf("three within %v", took)
	}
}

func TestEveryBreakIsFollowedByAnotherConnection(t *testing.T) {
	for _, c := range []struct {
		name string
		end  func(t *testing.T, e *end)
	}{
		{"hung up", func(t *testing.T, e *end) { e.ws.Close() }},
		{"turned away", func(t *testing.T, e *end) { e.send(t, wire.Refusal{Code: wire.RefusedClosing, Text: "bye"}) }},
		{"no message", func(t *testing.T, e *end) { e.ws.WriteMessage(websocket.TextMessage, []byte("{")) }},
		{"too long", func(t *testing.T, e *end) { e.ws.WriteMessage(websocket.TextMessage, make([]byte, wire.MaxMessage+1)) }},
	} {
		_, ends := connected(t)
		e := accept(t, ends, 0)
		next[wire.TimeRequest](t, e)
		c.end(t, e)
		next[wire.TimeRequest](t, accept(t, ends, 0))
		t.Log(c.name)
	}
}

func TestWhatIsNotKnownIsIgnored(t *testing.T) {
	_, ends := connected(t)
	e := accept(t, ends, 0)
	e.ws.WriteMessage(websocket.TextMessage, []byte(`{"type":"of_tomorrow","x":1}`))
	e.send(t, wire.Programme{Envelope: wire.Envelope{Revision: 2}})
	next[wire.ProgrammeResult](t, e)
}

func TestATerminalThatWaitsForApprovalKeepsAsking(t *testing.T) {
	a, ends := connected(t)
	for range 2 {
		meet(t, ends).send(t, wire.Refusal{Code: wire.RefusedPending, Text: "等待批准"})
	}
	accept(t, ends, 0)
	a.look(func() {
		if a.pending != 2 {
			t.Errorf("%d times pending", a.pending)
		}
	})
}

func TestOptionsAreChecked(t *testing.T) {
	for _, address := range []string{"", "ftp://x", "http://", "::"} {
		if _, err := New(Options{Address: address, Terminal: "t", Key: make([]byte, ed25519.PrivateKeySize)}); err == nil {
			t.Errorf("%q is taken", address)
		}
	}
	if _, err := New(Options{Address: "http://x"}); err == nil {
		t.Error("no identity is taken")
	}
}
