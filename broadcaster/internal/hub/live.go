package hub

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"dalaba/broadcaster/internal/hub/hubsql"
	"dalaba/broadcaster/internal/store"
	"dalaba/playlists"
	"dalaba/playlists/wire"
)

// saveEvery is how often it is written down who was heard of.
const saveEvery = 30 * time.Second

// maxProblems bounds the sentences of a status.
const maxProblems = 20

// Live is what the hub knows of a terminal now, or knew when it was last connected.
type Live struct {
	Terminal  playlists.TerminalID
	Connected bool
	// Since is when the connection began, or the last one did; zero for a terminal that was not connected since the
	// broadcaster started.
	Since time.Time
	// LastSeen is when something was last heard of it.
	LastSeen time.Time
	// Status is its latest word, also from before the broadcaster started; zero when it has said nothing. Do not change it.
	Status wire.Status
	// Said is when it said that; zero when it has said nothing.
	Said time.Time
	// Revision is that of the programme in force, zero for none.
	Revision uint64
	// Refused is why it did not accept a newer programme; empty when it accepted the latest that it was sent.
	Refused    string
	Software   string
	RemoteAddr string
}

// Terminals returns every terminal that was ever connected, by id.
func (h *Hub) Terminals() []Live {
	h.mu.Lock()
	defer h.mu.Unlock()
	list := make([]Live, 0, len(h.live))
	for _, l := range h.live {
		list = append(list, *l)
	}
	slices.SortFunc(list, func(a, b Live) int { return strings.Compare(string(a.Terminal), string(b.Terminal)) })
	return list
}

// update changes what is known of c's terminal, unless another connection has taken c's place.
func (h *Hub) update(c *conn, change func(*Live)) bool {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.connected[c.terminal] != c {
		return false
	}
	l := h.live[c.terminal]
	l.LastSeen = h.clock()
	change(l)
	h.unsaved[c.terminal] = true
	return true
}

func (h *Hub) heard(c *conn) { h.update(c, func(*Live) {}) }

func (h *Hub) status(c *conn, s wire.Status) {
	s.Problems = s.Problems[:min(len(s.Problems), maxProblems)]
	for i := range s.Problems {
		s.Problems[i] = brief(s.Problems[i], maxSentence)
	}
	s.Output, s.Fault = brief(s.Output, maxWord), playlists.Cause(brief(string(s.Fault), maxWord))
	if h.update(c, func(l *Live) { l.Status, l.Said, l.Revision = s, l.LastSeen, s.Revision }) {
		h.onChange(c.terminal)
	}
}

func (h *Hub) result(c *conn, r wire.ProgrammeResult) {
	known := h.update(c, func(l *Live) {
		if r.InForce {
			l.Revision, l.Refused = r.Revision, ""
		} else {
			l.Refused = brief(r.Reason, maxSentence)
		}
	})
	if !r.InForce {
		h.log.Warn("terminal refused its programme", "terminal", c.terminal, "revision", r.Revision, "reason", brief(r.Reason, maxSentence))
	}
	if known {
		h.onChange(c.terminal)
	}
}

// said is when l was said, as it is kept.
func said(l Live) int64 {
	if l.Said.IsZero() {
		return 0
	}
	return l.Said.UnixMilli()
}

// brief cuts s to most bytes, between characters.
func brief(s string, most int) string {
	if len(s) <= most {
		return s
	}
	for most > 0 && !utf8.RuneStart(s[most]) {
		most--
	}
	return s[:most]
}

// remember reads who was heard of before the broadcaster started.
func (h *Hub) remember(ctx context.Context) error {
	return h.db.Read(ctx, func(tx *store.Tx) error {
		rows, err := hubsql.New(tx).AllLastSeen(ctx)
		if err != nil {
			return fmt.Errorf("read who was seen: %w", err)
		}
		h.mu.Lock()
		defer h.mu.Unlock()
		for _, r := range rows {
			l := &Live{
				Terminal: playlists.TerminalID(r.Terminal), LastSeen: time.UnixMilli(r.Seen).UTC(),
				Revision: uint64(r.Revision), Software: r.Software, RemoteAddr: r.Address,
			}
			if r.Status != "" {
				if err := json.Unmarshal([]byte(r.Status), &l.Status); err != nil {
					h.log.Warn("what a terminal said last cannot be read", "terminal", r.Terminal, "error", err)
				}
				l.Status.Sounding = nil // whatever it was, nobody knows of it now
			}
			if r.Said != 0 {
				l.Said = time.UnixMilli(r.Said).UTC()
			}
			h.live[l.Terminal] = l
		}
		return nil
	})
}

// keepSaving saves every now and then until ctx ends.
func (h *Hub) keepSaving(ctx context.Context) {
	ticker := time.NewTicker(saveEvery)
	defer ticker.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-ticker.C:
		}
		if err := h.save(ctx); err != nil {
			h.log.Error("not written down who was seen", "error", err)
		}
	}
}

// save writes down who was heard of since the last time.
func (h *Hub) save(ctx context.Context) error {
	h.mu.Lock()
	var seen []Live
	for terminal := range h.unsaved {
		seen = append(seen, *h.live[terminal])
	}
	clear(h.unsaved)
	h.mu.Unlock()
	if len(seen) == 0 {
		return nil
	}
	err := h.db.Write(ctx, func(tx *store.Tx) error {
		q := hubsql.New(tx)
		for _, l := range seen {
			status, err := json.Marshal(l.Status)
			if err != nil {
				return err
			}
			err = q.SetLastSeen(ctx, hubsql.SetLastSeenParams{
				Terminal: string(l.Terminal), Seen: l.LastSeen.UnixMilli(), Revision: int64(l.Revision),
				Software: l.Software, Address: l.RemoteAddr, Status: string(status),
				Said: said(l),
			})
			if err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		h.mu.Lock()
		defer h.mu.Unlock()
		for _, l := range seen {
			h.unsaved[l.Terminal] = true
		}
		return fmt.Errorf("save who was seen: %w", err)
	}
	return nil
}
