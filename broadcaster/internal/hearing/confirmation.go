package hearing

import (
	"context"
	"fmt"
	"time"

	"dalaba/broadcaster/internal/hearing/hearingsql"
	"dalaba/broadcaster/internal/store"
	"dalaba/playlists"
)

// verifiedFor is how long a terminal counts as verified after somebody heard it: two ring tests.
const verifiedFor = 14 * 24 * time.Hour

// Confirmation is that somebody heard a terminal.
type Confirmation struct {
	// By is who, for people; empty for a microphone.
	By         string
	Microphone bool
	At         time.Time
}

// Holds tells whether the terminal is verified at now. The zero Confirmation never holds.
func (c Confirmation) Holds(now time.Time) bool { return now.Sub(c.At) <= verifiedFor }

// Confirmed returns when each terminal was last heard, by a person or by a microphone, and by whom. A terminal that nobody
// ever heard is not in it.
func (h *Hearing) Confirmed(ctx context.Context, tx *store.Tx) (map[playlists.TerminalID]Confirmation, error) {
	rows, err := hearingsql.New(tx).LastHeard(ctx)
	if err != nil {
		return nil, fmt.Errorf("read who heard: %w", err)
	}
	all := make(map[playlists.TerminalID]Confirmation, len(rows))
	for _, row := range rows {
		all[playlists.TerminalID(row.Terminal)] = Confirmation{By: row.PersonName, At: moment(row.AtMs)}
	}
	picked, err := h.record.HeardByMicrophone(ctx, tx)
	if err != nil {
		return nil, err
	}
	for id, at := range picked {
		if at.After(all[id].At) {
			all[id] = Confirmation{Microphone: true, At: at}
		}
	}
	return all, nil
}
