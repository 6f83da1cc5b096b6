package rounds

import (
	"context"
	"database/sql"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"slices"
	"time"

	"dalaba/broadcaster/internal/rounds/roundssql"
	"dalaba/broadcaster/internal/store"
	"dalaba/playlists"
	"dalaba/playlists/timetable"
	"dalaba/playlists/wire"
)

// reissueAfter is the age at which a programme is signed anew, so that a terminal that can be reached always holds one
// with nearly all of its life ahead.
const reissueAfter = 24 * time.Hour

// lookEvery is how often Run looks for programmes to sign.
const lookEvery = time.Hour

// batch is how many terminals Run handles in one transaction: others wait for the writer no longer than that takes.
const batch = 200

// maxRevision bounds revisions so that they fit the column for ever.
const maxRevision = math.MaxInt64 / 2

// publish rebuilds the programmes of the chosen terminals in the transaction that changed what they depend on.
func (r *Rounds) publish(ctx context.Context, tx *store.Tx, chosen func(Terminal) bool) error {
	terminals, err := r.choose(ctx, tx, chosen)
	if err != nil {
		return err
	}
	return r.reprint(ctx, tx, terminals, demand{})
}

func (r *Rounds) choose(ctx context.Context, tx *store.Tx, chosen func(Terminal) bool) ([]Terminal, error) {
	all, err := r.land.Terminals(ctx, tx)
	if err != nil {
		return nil, fmt.Errorf("read terminals: %w", err)
	}
	return slices.DeleteFunc(slices.Clone(all), func(t Terminal) bool { return !chosen(t) }), nil
}

// demand says when a published revision that says the same as a new one would may not stay. The zero demand lets all
// stay.
type demand struct {
	// signedAfter is the moment after which it must have been signed.
	signedAfter time.Time
	// above is a revision that must not be higher, and that a new one must exceed.
	above int64
}

// reprint makes a new revision for each terminal whose programme says something new, or does not meet the demand. Where
// it cannot be signed it stays unpublished: what people change must not depend on the key.
func (r *Rounds) reprint(ctx context.Context, tx *store.Tx, terminals []Terminal, d demand) error {
	if len(terminals) == 0 {
		return nil
	}
	root, err := r.land.Root(ctx, tx)
	if err != nil {
		return fmt.Errorf("read root: %w", err)
	}
	b, err := r.open(ctx, tx)
	if err != nil {
		return err
	}
	p := &press{
		book: b, zone: r.zone, key: r.publisher.PublisherKey(), root: root, now: tx.Now, tried: make(map[string]bool),
	}
	q := roundssql.New(tx.Tx)
	var published []playlists.TerminalID
	var unsigned int
	var reason error
	for _, t := range terminals {
		done, err := r.reprintOne(ctx, q, p, t, d)
		var missing *unsignedError
		if errors.As(err, &missing) {
			unsigned, reason = unsigned+1, missing
			err = q.MarkUnpublished(ctx, roundssql.MarkUnpublishedParams{Terminal: string(t.ID), SinceMs: tx.Now.UnixMilli()})
		}
		if err != nil {
			return fmt.Errorf("publish programme of terminal %s: %w", t.ID, err)
		}
		if done {
			published = append(published, t.ID)
		}
	}
	tx.AfterCommit(func() {
		if unsigned > 0 {
			r.log.Error("programmes not published", "terminals", unsigned, "error", reason)
		}
		if len(published) > 0 {
			r.published(published)
		}
	})
	return nil
}

// unsignedError means that a programme could not be signed.
type unsignedError struct{ err error }

func (e *unsignedError) Error() string { return "no publisher key: " + e.err.Error() }
func (e *unsignedError) Unwrap() error { return e.err }

var errNoKey = errors.New("the key file is missing")

// reprintOne tells whether it made a new revision.
func (r *Rounds) reprintOne(ctx context.Context, q *roundssql.Queries, p *press, t Terminal, d demand) (bool, error) {
	if len(p.key) == 0 {
		return false, &unsignedError{errNoKey}
	}
	head, err := q.Head(ctx, string(t.ID))
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return false, err
	}
	programme, content, err := p.set(t)
	if err != nil {
		return false, err
	}
	if head.Content == content && head.PublishedMs > millis(d.signedAfter) && head.Revision >= d.above {
		return false, q.MarkPublished(ctx, head.Terminal)
	}
	revision := uint64(max(head.Revision, d.above)) + 1
	body, err := p.print(programme, revision)
	if err != nil {
		return false, err
	}
	e, err := wire.Seal(r.publisher, wire.ContextProgramme, string(t.ID), revision, programme.Expires, body)
	if err != nil {
		return false, &unsignedError{err}
	}
	if err := q.InsertProgramme(ctx, roundssql.InsertProgrammeParams{
		Terminal: string(t.ID), Revision: int64(revision), PublishedMs: p.now.UnixMilli(), ExpiresMs: e.ExpiresMS,
		Content: content, Body: string(body), Key: hex.EncodeToString(e.Key), Signature: hex.EncodeToString(e.Signature),
	}); err != nil {
		return false, err
	}
	return true, q.MarkPublished(ctx, string(t.ID))
}

// EnsureAbove publishes the terminal's programme again under a higher revision if the terminal holds a revision that is
// higher than any that was published: the database was restored from a backup then, and the terminal would refuse what
// comes next. It does nothing for a terminal that there is not.
func (r *Rounds) EnsureAbove(ctx context.Context, terminal playlists.TerminalID, held uint64) error {
	if held > maxRevision {
		return fmt.Errorf("terminal %s holds revision %d: beyond any that can be published", terminal, held)
	}
	return r.store.Write(ctx, func(tx *store.Tx) error {
		head, err := roundssql.New(tx.Tx).Head(ctx, string(terminal))
		if err != nil && !errors.Is(err, sql.ErrNoRows) {
			return fmt.Errorf("read revision of terminal %s: %w", terminal, err)
		}
		if uint64(head.Revision) >= held {
			return nil
		}
		terminals, err := r.choose(ctx, tx, among([]playlists.TerminalID{terminal}))
		if err != nil {
			return err
		}
		return r.reprint(ctx, tx, terminals, demand{above: int64(held)})
	})
}

// TerminalChanged publishes what a change of the terminals (a new one, or another grid, position, name, volume, output
// delay, or other dialects or grids with which it is shared) makes of their programmes, in the transaction that changed them.
func (r *Rounds) TerminalChanged(ctx context.Context, tx *store.Tx, ids ...playlists.TerminalID) error {
	terminals, err := r.choose(ctx, tx, among(ids))
	if err != nil {
		return err
	}
	if err := r.joinPlaces(ctx, tx, terminals); err != nil {
		return err
	}
	return r.reprint(ctx, tx, terminals, demand{})
}

// TerminalRemoved ends the terminals' programmes, in the transaction that removed them. Their history stays. The last
// programme of each asks for nothing: signed, it silences an agent that would otherwise go on for as long as the one
// that it holds.
func (r *Rounds) TerminalRemoved(ctx context.Context, tx *store.Tx, ids ...playlists.TerminalID) error {
	root, err := r.land.Root(ctx, tx)
	if err != nil {
		return fmt.Errorf("read root: %w", err)
	}
	q := roundssql.New(tx.Tx)
	for _, id := range ids {
		if err := r.withdraw(ctx, q, id, root, tx.Now); err != nil {
			return fmt.Errorf("withdraw programme of terminal %s: %w", id, err)
		}
	}
	tx.AfterCommit(func() { r.published(ids) })
	return nil
}

func (r *Rounds) withdraw(ctx context.Context, q *roundssql.Queries, id playlists.TerminalID, root playlists.GridCode, now time.Time) error {
	if err := q.MarkPublished(ctx, string(id)); err != nil {
		return err
	}
	head, err := q.Head(ctx, string(id))
	if errors.Is(err, sql.ErrNoRows) || err == nil && head.Content == "" {
		return nil
	}
	if err != nil {
		return err
	}
	last := roundssql.InsertProgrammeParams{Terminal: string(id), Revision: head.Revision + 1, PublishedMs: now.UnixMilli()}
	e, err := r.farewell(id, uint64(last.Revision), root, now)
	switch {
	case err != nil:
		r.log.Error("the last programme of a removed terminal is not signed", "terminal", id, "error", err)
	default:
		last.ExpiresMs, last.Body = e.ExpiresMS, string(e.Body)
		last.Key, last.Signature = hex.EncodeToString(e.Key), hex.EncodeToString(e.Signature)
	}
	return q.InsertProgramme(ctx, last)
}

// farewell is a programme that asks for nothing.
func (r *Rounds) farewell(id playlists.TerminalID, revision uint64, root playlists.GridCode, now time.Time) (wire.Envelope, error) {
	programme := playlists.Programme{
		Terminal: id, Revision: revision, PlanVersion: timetable.Version, Zone: r.zone.String(),
		Publishers: []playlists.Publisher{{Key: r.publisher.PublisherKey(), Grid: root}},
		Signed:     now, Expires: now.Add(playlists.ProgrammeLife),
	}
	body, err := json.Marshal(programme)
	if err != nil {
		return wire.Envelope{}, fmt.Errorf("write programme: %w", err)
	}
	return wire.Seal(r.publisher, wire.ContextProgramme, string(id), revision, programme.Expires, body)
}

// among chooses the terminals with these ids.
func among(ids []playlists.TerminalID) func(Terminal) bool {
	return func(t Terminal) bool { return slices.Contains(ids, t.ID) }
}

// Run signs what is unpublished, and every programme anew once a day, until ctx is done. It then returns nil.
func (r *Rounds) Run(ctx context.Context) error {
	tick := time.NewTicker(lookEvery)
	defer tick.Stop()
	for {
		if err := r.refresh(ctx); err != nil && ctx.Err() == nil {
			r.log.Error("programmes not refreshed", "error", err)
		}
		select {
		case <-ctx.Done():
			return nil
		case <-tick.C:
		}
	}
}

// refresh looks at every terminal, a batch at a time.
func (r *Rounds) refresh(ctx context.Context) error {
	var all []Terminal
	if err := r.store.Read(ctx, func(tx *store.Tx) (err error) {
		all, err = r.land.Terminals(ctx, tx)
		return err
	}); err != nil {
		return fmt.Errorf("read terminals: %w", err)
	}
	for some := range slices.Chunk(all, batch) {
		ids := make([]playlists.TerminalID, len(some))
		for i, t := range some {
			ids[i] = t.ID
		}
		if err := r.store.Write(ctx, func(tx *store.Tx) error {
			terminals, err := r.choose(ctx, tx, among(ids))
			if err != nil {
				return err
			}
			return r.reprint(ctx, tx, terminals, demand{signedAfter: tx.Now.Add(-reissueAfter)})
		}); err != nil {
			return err
		}
	}
	return nil
}
