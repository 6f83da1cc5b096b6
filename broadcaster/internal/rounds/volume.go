package rounds

import (
	"context"
	"errors"
	"fmt"
	"time"

	"dalaba/broadcaster/internal/rounds/roundssql"
	"dalaba/broadcaster/internal/store"
	"dalaba/playlists"
)

// VolumeRule is a volume rule of a grid as it is kept. It holds at Grid and below, where those below may narrow it; a
// terminal's own volume is the lowest rule of all. One that was saved without a Cap has
// its Percent as its Cap: who wants to let those below be louder names a higher one.
type VolumeRule struct {
	ID string `json:"id"`
	playlists.VolumeRule
	// By names who made it. It stays as it was made, as do Grid and Created.
	By      string    `json:"by"`
	Created time.Time `json:"created"`
}

// Volume returns every volume rule, by grid, the older first: of two of one grid that hold, the newer does.
func (r *Rounds) Volume(ctx context.Context) ([]VolumeRule, error) {
	var all []VolumeRule
	err := r.look(ctx, func(_ *store.Tx, b *book) error {
		all = b.volume
		return nil
	})
	return all, err
}

func (b *book) readVolume(ctx context.Context, q *roundssql.Queries) error {
	rows, err := q.VolumeRules(ctx)
	if err != nil {
		return fmt.Errorf("read volume rules: %w", err)
	}
	for _, row := range rows {
		b.volume = append(b.volume, VolumeRule{
			ID: row.ID,
			VolumeRule: playlists.VolumeRule{
				Grid: playlists.GridCode(row.Grid), From: playlists.TimeOfDay(row.FromS), To: playlists.TimeOfDay(row.ToS),
				Percent: int(row.Percent), Floor: int(row.Floor), Cap: int(row.Cap),
			},
			By: row.MadeBy, Created: moment(row.MadeMs),
		})
	}
	return nil
}

// volumeRule returns the book's volume rule, or nil.
func (b *book) volumeRule(id string) *VolumeRule {
	for i := range b.volume {
		if b.volume[i].ID == id {
			return &b.volume[i]
		}
	}
	return nil
}

// SaveVolume keeps a rule, a new one under a new id if rule has none.
func (r *Rounds) SaveVolume(ctx context.Context, rule VolumeRule, by string) (VolumeRule, error) {
	err := r.change(ctx, func(tx *store.Tx, b *book, q *roundssql.Queries) error {
		act, old := ActMade, b.volumeRule(rule.ID)
		switch {
		case old != nil:
			act = ActChanged
			rule.Grid, rule.By, rule.Created = old.Grid, old.By, old.Created
		case rule.ID != "":
			return notFound("volume_unknown")
		default:
			rule.ID, rule.By, rule.Created = newID(), by, tx.Now
			has := count(b.volume, func(x *VolumeRule) bool { return x.Grid == rule.Grid })
			if err := checkRoom("volume_too_many", has, maxVolumeOf); err != nil {
				return err
			}
		}
		if rule.Cap == 0 {
			rule.Cap = max(rule.Percent, 1) // zero would not bound
		}
		if err := errors.Join(checkVolume(&rule), r.checkGrid(ctx, tx, "grid", rule.Grid)); err != nil {
			return err
		}
		if err := q.PutVolumeRule(ctx, roundssql.PutVolumeRuleParams{
			ID: rule.ID, Grid: string(rule.Grid), FromS: int32(rule.From), ToS: int32(rule.To), Percent: int32(rule.Percent),
			Floor: int32(rule.Floor), Cap: int32(rule.Cap), MadeBy: rule.By, MadeMs: millis(rule.Created),
		}); err != nil {
			return fmt.Errorf("keep volume rule %s: %w", rule.ID, err)
		}
		if err := record(ctx, tx, q, rule.change(act, by), old, &rule); err != nil {
			return err
		}
		return r.publish(ctx, tx, below(rule.Grid))
	})
	return rule, err
}

// checkVolume refuses a rule whose percent its own bounds would not let stand.
func checkVolume(rule *VolumeRule) error {
	if rule.Floor < 0 || rule.Percent < rule.Floor || rule.Cap < rule.Percent || rule.Cap > 100 {
		return errors.Join(checkSpan(rule.From, rule.To), invalid("volume_range", "percent", map[string]any{
			"percent": rule.Percent, "floor": rule.Floor, "cap": rule.Cap,
		}))
	}
	return checkSpan(rule.From, rule.To)
}

// RemoveVolume ends a volume rule for good.
func (r *Rounds) RemoveVolume(ctx context.Context, id, by string) error {
	return r.change(ctx, func(tx *store.Tx, b *book, q *roundssql.Queries) error {
		rule := b.volumeRule(id)
		if rule == nil {
			return notFound("volume_unknown")
		}
		if err := q.DeleteVolumeRule(ctx, id); err != nil {
			return fmt.Errorf("delete volume rule %s: %w", id, err)
		}
		if err := record(ctx, tx, q, rule.change(ActRemoved, by), rule, nil); err != nil {
			return err
		}
		return r.publish(ctx, tx, below(rule.Grid))
	})
}

func (v *VolumeRule) change(act Act, by string) Change {
	return Change{
		By: by, Subject: SubjectVolume, ID: v.ID, Name: v.From.String() + "–" + v.To.String(), Grid: v.Grid, Act: act,
	}
}
