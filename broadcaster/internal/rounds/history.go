package rounds

import (
	"context"
	"database/sql"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"time"

	"dalaba/broadcaster/internal/rounds/roundssql"
	"dalaba/broadcaster/internal/store"
	"dalaba/playlists"
	"dalaba/playlists/wire"
)

// Published is a revision as it was published for a terminal.
type Published struct {
	Revision uint64
	// From is when it came into force; the next one ends it.
	From time.Time
	// Programme is never nil. From the moment at which the terminal was removed it asks for nothing.
	Programme *playlists.Programme
}

// Programme returns the terminal's newest programme, exactly as it was signed, and whether there is one.
func (r *Rounds) Programme(ctx context.Context, terminal playlists.TerminalID) (wire.Envelope, bool, error) {
	var e wire.Envelope
	err := r.store.Read(ctx, func(tx *store.Tx) error {
		row, err := roundssql.New(tx.Tx).Newest(ctx, string(terminal))
		if err != nil || row.Body == "" {
			return err
		}
		e, err = envelope(row)
		return err
	})
	if errors.Is(err, sql.ErrNoRows) {
		return wire.Envelope{}, false, nil
	}
	if err != nil {
		return wire.Envelope{}, false, fmt.Errorf("read programme of terminal %s: %w", terminal, err)
	}
	return e, e.Revision > 0, nil
}

func envelope(row roundssql.Programme) (wire.Envelope, error) {
	key, keyErr := hex.DecodeString(row.Key)
	signature, err := hex.DecodeString(row.Signature)
	return wire.Envelope{
		Context: wire.ContextProgramme, Audience: row.Terminal, Revision: uint64(row.Revision), ExpiresMS: row.ExpiresMs,
		Body: []byte(row.Body), Key: key, Signature: signature,
	}, errors.Join(keyErr, err)
}

// Heads returns each terminal's newest published revision. A terminal without a programme is not in it.
func (r *Rounds) Heads(ctx context.Context) (map[playlists.TerminalID]uint64, error) {
	heads := make(map[playlists.TerminalID]uint64)
	err := r.store.Read(ctx, func(tx *store.Tx) error {
		rows, err := roundssql.New(tx.Tx).Heads(ctx)
		for _, row := range rows {
			if row.Content != "" {
				heads[playlists.TerminalID(row.Terminal)] = uint64(row.Revision)
			}
		}
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("read revisions: %w", err)
	}
	return heads, nil
}

// Unpublished returns the terminals whose newest programme could not be signed.
func (r *Rounds) Unpublished(ctx context.Context) ([]playlists.TerminalID, error) {
	var ids []playlists.TerminalID
	err := r.store.Read(ctx, func(tx *store.Tx) error {
		rows, err := roundssql.New(tx.Tx).Unpublished(ctx)
		for _, row := range rows {
			ids = append(ids, playlists.TerminalID(row))
		}
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("read unpublished terminals: %w", err)
	}
	return ids, nil
}

// Revisions returns what was in force at the terminal from from until before to, in order: first what was in force at
// from, if anything was, then each that came into force later. Where the broadcaster's clock was set back, the later
// revision holds.
func (r *Rounds) Revisions(ctx context.Context, tx *store.Tx, terminal playlists.TerminalID, from, to time.Time) ([]Published, error) {
	q := roundssql.New(tx.Tx)
	first, err := q.InForce(ctx, roundssql.InForceParams{Terminal: string(terminal), PublishedMs: millis(from)})
	if err != nil {
		return nil, fmt.Errorf("read revision of terminal %s: %w", terminal, err)
	}
	rows, err := q.History(ctx, roundssql.HistoryParams{
		Terminal: string(terminal), Revision: first, PublishedMs: millis(to),
	})
	if err != nil {
		return nil, fmt.Errorf("read revisions of terminal %s: %w", terminal, err)
	}
	var all []Published
	for _, row := range rows {
		at := moment(row.PublishedMs)
		all = slices.DeleteFunc(all, func(p Published) bool { return !p.From.Before(at) })
		programme := &playlists.Programme{Terminal: terminal, Revision: uint64(row.Revision), Zone: r.zone.String()}
		if row.Body != "" {
			if err := json.Unmarshal([]byte(row.Body), programme); err != nil {
				return nil, fmt.Errorf("read revision %d of terminal %s: %w", row.Revision, terminal, err)
			}
		}
		all = append(all, Published{Revision: uint64(row.Revision), From: at, Programme: programme})
	}
	return all, nil
}
