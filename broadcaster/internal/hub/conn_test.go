package hub

import (
	"testing"
	"time"

	"dalaba/playlists"
	"dalaba/playlists/wire"
)

func TestASecondConnectionTakesTheFirstOnesPlace(t *testing.T) {
	s := newStage(t, Limits{})
	first, ticket := s.connect(0)
	second, _ := s.connect(0)
	first.refused(wire.RefusedReplaced)
	s.closedFor(ReasonReplaced, 1)
	if _, ok := s.TicketTerminal(ticket.Ticket); ok {
		t.Error("the first connection's ticket still serves")
	}
	if !s.horn().Connected {
		t.Error("the terminal is not connected any more")
	}
	s.town.publish("horn", 1, 10)
	s.Publish([]playlists.TerminalID{"horn"})
	hear[wire.Programme](second)
}

func TestADroppedTerminalIsToldThatItIsUnknown(t *testing.T) {
	s := newStage(t, Limits{})
	a, _ := s.connect(0)
	s.Drop("horn")
	s.Drop("other")
	a.refused(wire.RefusedUnknown)
	s.closedFor(ReasonDropped, 1)
}

func TestATerminalThatDoesNotReadIsClosedAndCounted(t *testing.T) {
	s := newStage(t, Limits{Write: 100 * time.Millisecond})
	s.connect(0)
	for revision := uint64(1); s.Closed()[ReasonStuck] == 0; revision++ {
		s.town.publish("horn", revision, 4<<20)
		s.Publish([]playlists.TerminalID{"horn"})
		s.eventually("the programme was taken out or the connection ended", func() bool {
			s.mu.Lock()
			c := s.connected["horn"]
			s.mu.Unlock()
			if c == nil {
				return s.Closed()[ReasonStuck] > 0
			}
			c.out.mu.Lock()
			defer c.out.mu.Unlock()
			return c.out.highest == revision && c.out.programme == nil || c.out.ending
		})
		if revision > 100 {
			t.Fatal("400 MB were swallowed")
		}
	}
	if s.horn().Connected {
		t.Error("the terminal is still connected")
	}
}

func TestOnlyTheNewestProgrammeWaits(t *testing.T) {
	o := newOutbox(2)
	o.publish(wire.Envelope{Revision: 9})
	if m, _ := o.next(); m != nil {
		t.Fatalf("before the welcome there is %v", m)
	}
	o.holds(3)
	for _, revision := range []uint64{3, 5, 7, 6} {
		o.publish(wire.Envelope{Revision: revision})
	}
	if !o.answer(wire.ReportsAck{Through: 1}) || !o.answer(wire.ReportsAck{Through: 2}) || o.answer(wire.ReportsAck{Through: 3}) {
		t.Fatal("the queue is not two long")
	}
	for i, want := range []any{wire.ReportsAck{Through: 1}, wire.ReportsAck{Through: 2}} {
		if m, ended := o.next(); m != want || ended {
			t.Fatalf("message %d is %v, want %v", i, m, want)
		}
	}
	if m, _ := o.next(); m.(wire.Programme).Envelope.Revision != 7 {
		t.Fatalf("the programme is %v", m)
	}
	o.answer(wire.ReportsAck{Through: 4})
	o.end(farewell{reason: ReasonReplaced})
	o.end(farewell{reason: ReasonClosing})
	if m, ended := o.next(); m != nil || !ended || o.why().reason != ReasonReplaced {
		t.Fatalf("at the end there is %v", m)
	}
}

func TestASilentTerminalIsPingedAndOneThatIsGoneIsMissed(t *testing.T) {
	s := newStage(t, Limits{Ping: 20 * time.Millisecond})
	a, _ := s.connect(0)
	// Reading is what answers pings: while it reads, the terminal stays.
	pings := 0
	answer := a.PingHandler()
	a.SetPingHandler(func(text string) error {
		if pings++; pings == 6 {
			a.SetReadDeadline(time.Now()) // and now it is gone
		}
		return answer(text)
	})
	a.SetReadDeadline(time.Now().Add(within))
	if _, text, err := a.ReadMessage(); err == nil {
		t.Fatalf("heard %s", text)
	}
	if pings != 6 {
		t.Fatalf("%d pings", pings)
	}
	s.closedFor(ReasonSilent, 1)
}

func TestTheEndIsToldAndNothingIsLeft(t *testing.T) {
	s := newStage(t, Limits{})
	known, _ := s.connect(0)
	stranger := s.dial()
	hear[wire.Challenge](stranger)
	s.stop() // and goleak looks for what is left
	known.refused(wire.RefusedClosing)
	stranger.refused(wire.RefusedClosing)
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(s.open) != 0 || s.entered != 0 || s.strangers != 0 || len(s.connected) != 0 || len(s.tickets) != 0 {
		t.Errorf("left: %d open, %d entered, %d strangers", len(s.open), s.entered, s.strangers)
	}
}

func TestTheEndDoesNotWaitForATerminalThatDoesNotRead(t *testing.T) {
	s := newStage(t, Limits{Close: 100 * time.Millisecond, Write: time.Hour})
	s.connect(0)
	s.town.publish("horn", 1, wire.MaxMessage)
	s.Publish([]playlists.TerminalID{"horn"})
	s.eventually("the programme is being written", func() bool {
		s.mu.Lock()
		c := s.connected["horn"]
		s.mu.Unlock()
		c.out.mu.Lock()
		defer c.out.mu.Unlock()
		return c.out.highest == 1 && c.out.programme == nil
	})
	begin := time.Now()
	s.stop()
	if took := time.Since(begin); took > within {
		t.Errorf("the end took %v", took)
	}
}

func TestWhoWasSeenIsKnownAfterARestart(t *testing.T) {
	s := newStage(t, Limits{})
	a, _ := s.connect(0)
	a.say(wire.Status{Revision: 5, ClipsWanted: 3, ClipsWhole: 2, Sounding: &wire.Sounding{Event: "e"}})
	s.eventually("the status is known", func() bool { return s.horn().Revision == 5 })
	before := s.horn()
	s.stop()
	again, err := New(Options{DB: s.db, Identity: s.town, Programmes: s.town, Ledger: s.town, Log: s.log, Clock: s.clock})
	s.must(err)
	s.Hub = again
	s.run()
	after := s.horn()
	if after.Connected || after.Revision != 5 || after.Software != "agent 1" || after.LastSeen.Before(before.LastSeen.Truncate(time.Millisecond)) {
		t.Errorf("before %+v, after %+v", before, after)
	}
	if !after.Said.Equal(before.Said.Truncate(time.Millisecond)) {
		t.Errorf("it said so %v, and now it seems %v", before.Said, after.Said)
	}
	if after.Status.ClipsWhole != 2 || after.Status.ClipsWanted != 3 || after.Status.Sounding != nil {
		t.Errorf("what it said last is now %+v", after.Status)
	}
}

func TestNobodyComesInUnlessTheHubRuns(t *testing.T) {
	s := newStage(t, Limits{})
	s.stop()
	if s.enter() {
		t.Error("somebody came in after the end")
	}
}
