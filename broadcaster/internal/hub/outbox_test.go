package hub

import (
	"testing"

	"dalaba/playlists/wire"
)

func TestTheTimeGoesBeforeEverythingElse(t *testing.T) {
	o := newOutbox(10)
	o.holds(0)
	o.publish(wire.Envelope{Revision: 1})
	for _, m := range []wire.Message{wire.ReportsAck{Through: 1}, wire.ReportsAck{Through: 2}, wire.TimeReply{T1: 3}} {
		if !o.answer(m) {
			t.Fatal("there is no room")
		}
	}
	for i, want := range []wire.Message{wire.TimeReply{T1: 3}, wire.ReportsAck{Through: 1}, wire.ReportsAck{Through: 2}} {
		if got, _ := o.next(); got != want {
			t.Errorf("message %d is %+v, want %+v", i, got, want)
		}
	}
	if got, _ := o.next(); got == nil {
		t.Error("the programme is gone")
	}
}
