package hub

import (
	"math"
	"slices"
	"sync"

	"dalaba/playlists/wire"
)

// outbox is what waits to be written to one terminal. Answers go first, in order, but for the time, which goes before
// everything: waiting would falsify it. Behind them there is room for one programme, the newest.
type outbox struct {
	limit int
	// wake holds a token when there may be something new.
	wake chan struct{}

	mu        sync.Mutex // guards what follows
	answers   []wire.Message
	programme *wire.Programme // or nil
	// highest is the revision of the newest programme that the terminal has or was sent.
	highest uint64
	ending  bool
	last    farewell
}

func newOutbox(limit int) *outbox {
	return &outbox{limit: limit, wake: make(chan struct{}, 1), highest: math.MaxUint64}
}

// holds tells that the terminal has the programme with revision held; before that it is sent none.
func (o *outbox) holds(held uint64) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.highest = held
}

// answer puts m behind the other answers, and tells whether there was room. After the end it does nothing.
func (o *outbox) answer(m wire.Message) bool {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.ending {
		return true
	}
	if len(o.answers) >= o.limit {
		return false
	}
	if _, urgent := m.(wire.TimeReply); urgent {
		o.answers = slices.Insert(o.answers, 0, m)
	} else {
		o.answers = append(o.answers, m)
	}
	o.ring()
	return true
}

// publish puts e in the place of a programme that still waits, unless the terminal has or was sent one as new.
func (o *outbox) publish(e wire.Envelope) {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.ending || e.Revision <= o.highest {
		return
	}
	o.highest, o.programme = e.Revision, &wire.Programme{Envelope: e}
	o.ring()
}

// farewell is how a connection ends: why, and the word that the terminal is told, "" for none.
type farewell struct {
	reason Reason
	code   wire.RefusalCode
}

// end drops what waits; next returns nothing but the end from now on. The first farewell stands.
func (o *outbox) end(f farewell) {
	o.mu.Lock()
	defer o.mu.Unlock()
	if !o.ending {
		o.ending, o.last = true, f
		o.answers, o.programme = nil, nil
	}
	o.ring()
}

func (o *outbox) ring() {
	select {
	case o.wake <- struct{}{}:
	default:
	}
}

// next takes out what is to be written next; it returns nil when nothing waits. ended tells that nothing may follow.
func (o *outbox) next() (m wire.Message, ended bool) {
	o.mu.Lock()
	defer o.mu.Unlock()
	switch {
	case len(o.answers) > 0:
		m = o.answers[0]
		o.answers = o.answers[1:]
	case o.programme != nil:
		m = *o.programme
		o.programme = nil
	}
	return m, o.ending
}

// why is the farewell, that of a lost connection when there was none.
func (o *outbox) why() farewell {
	o.mu.Lock()
	defer o.mu.Unlock()
	if !o.ending {
		return farewell{reason: ReasonLost}
	}
	return o.last
}
