package rounds

import (
	"context"
	"fmt"

	"dalaba/broadcaster/internal/rounds/roundssql"
	"dalaba/broadcaster/internal/store"
	"dalaba/playlists"
)

// Bounds on daily limits: a day has no more minutes, and nobody counts more plays.
const (
	maxLimitMinutes = 24 * 60
	maxLimitPlays   = 1_000
)

// Limits returns the town's daily limits for what does not move. FoundLimits makes
// them what is usual; where neither that nor SetLimits was called there are none.
func (r *Rounds) Limits(ctx context.Context) (playlists.Limits, error) {
	var limits playlists.Limits
	err := r.look(ctx, func(_ *store.Tx, b *book) error {
		limits = b.limits
		return nil
	})
	return limits, err
}

func (b *book) readLimits(ctx context.Context, q *roundssql.Queries) error {
	rows, err := q.DailyLimits(ctx)
	if err != nil {
		return fmt.Errorf("read daily limits: %w", err)
	}
	for _, row := range rows {
		b.limits = playlists.Limits{Minutes: int(row.Minutes), Plays: int(row.Plays)}
	}
	return nil
}

// FoundLimits gives a town that is being founded the limits that are usual, playlists.DefaultLimitMinutes and
// DefaultLimitPlays. It is for the first start alone: a town that stands keeps what it has.
func (r *Rounds) FoundLimits(ctx context.Context, tx *store.Tx, root playlists.GridCode) error {
	q := roundssql.New(tx.Tx)
	limits := playlists.Limits{Minutes: playlists.DefaultLimitMinutes, Plays: playlists.DefaultLimitPlays}
	if err := q.PutDailyLimits(ctx, roundssql.PutDailyLimitsParams{
		Town: string(root), Minutes: int32(limits.Minutes), Plays: int32(limits.Plays),
	}); err != nil {
		return fmt.Errorf("keep daily limits: %w", err)
	}
	return record(ctx, tx, q, Change{Subject: SubjectLimits, ID: string(root), Grid: root, Act: ActMade}, nil, limits)
}

// SetLimits sets the town's daily limits; a zero one does not bound.
func (r *Rounds) SetLimits(ctx context.Context, limits playlists.Limits, by string) error {
	return r.change(ctx, func(tx *store.Tx, b *book, q *roundssql.Queries) error {
		if limits.Minutes < 0 || limits.Minutes > maxLimitMinutes {
			return invalid("limit_out_of_range", "minutes", map[string]any{"most": maxLimitMinutes})
		}
		if limits.Plays < 0 || limits.Plays > maxLimitPlays {
			return invalid("limit_out_of_range", "plays", map[string]any{"most": maxLimitPlays})
		}
		root, err := r.land.Root(ctx, tx)
		if err != nil {
			return fmt.Errorf("read root: %w", err)
		}
		if err := q.PutDailyLimits(ctx, roundssql.PutDailyLimitsParams{
			Town: string(root), Minutes: int32(limits.Minutes), Plays: int32(limits.Plays),
		}); err != nil {
			return fmt.Errorf("keep daily limits: %w", err)
		}
		done := Change{By: by, Subject: SubjectLimits, ID: string(root), Grid: root, Act: ActChanged}
		if err := record(ctx, tx, q, done, b.limits, limits); err != nil {
			return err
		}
		return r.publish(ctx, tx, func(t Terminal) bool { return t.fixed() })
	})
}
