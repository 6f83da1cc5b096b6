package ledger

import (
	"context"
	"fmt"
	"time"

	"dalaba/broadcaster/internal/ledger/ledgersql"
	"dalaba/broadcaster/internal/store"
	"dalaba/playlists"
)

// SetHeard notes that people heard an airing at terminal, or that nobody says so any more. Every play of it from which
// something came out then has at least the evidence of a person; what the terminal itself reported is kept as it is. The
// airing need not be known yet: the word is by airing and holds for whatever of it arrives.
func (l *Ledger) SetHeard(
	ctx context.Context, tx *store.Tx, terminal playlists.TerminalID, round playlists.RoundID, due time.Time, heard bool,
) error {
	q := ledgersql.New(tx)
	var err error
	if heard {
		err = q.SetHeard(ctx, ledgersql.SetHeardParams{Due: dueMillis(due), Terminal: string(terminal), Round: string(round)})
	} else {
		err = q.ClearHeard(ctx, ledgersql.ClearHeardParams{Due: dueMillis(due), Terminal: string(terminal), Round: string(round)})
	}
	if err != nil {
		return wrap("note who heard an airing", terminal, err)
	}
	l.changed(tx, terminal)
	return nil
}

// evidence is the grade of a play: what the terminal reported, or that a person heard it.
func evidence(p ledgersql.Play, heard bool) playlists.Evidence {
	reported := playlists.Evidence(p.Evidence)
	if heard && p.Sounded > 0 {
		return max(reported, playlists.EvidencePerson)
	}
	return reported
}

// HeardByMicrophone tells when a microphone last heard each terminal. What none ever heard is not in it.
func (l *Ledger) HeardByMicrophone(ctx context.Context, tx *store.Tx) (map[playlists.TerminalID]time.Time, error) {
	rows, err := ledgersql.New(tx).PickedUp(ctx)
	if err != nil {
		return nil, fmt.Errorf("read what microphones heard: %w", err)
	}
	all := make(map[playlists.TerminalID]time.Time, len(rows))
	for _, row := range rows {
		all[playlists.TerminalID(row.Terminal)] = instant(row.Began)
	}
	return all, nil
}
