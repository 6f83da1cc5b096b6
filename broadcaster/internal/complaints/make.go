package complaints

import (
	"context"
	"errors"
	"fmt"
	"math"
	"slices"
	"time"

	"dalaba/broadcaster/internal/store"
)

// Bounds on a complaint. Texts are in characters.
const (
	maxWords   = 1000
	maxCaller  = 80
	maxReply   = 1000
	maxOutcome = 500
	// oldest is how long ago the minute complained of may lie.
	oldest = 90 * 24 * time.Hour
)

// Make writes a complaint down and returns it as it is kept. It takes from complaint Grid, Terminal, Lat and Lon, At,
// Words, Caller and By. What is wrong with them comes back as Problems.
func (c *Complaints) Make(ctx context.Context, complaint Complaint) (Complaint, error) {
	made := Complaint{
		ID: newID(), Grid: complaint.Grid, Terminal: complaint.Terminal, Lat: complaint.Lat, Lon: complaint.Lon,
		At: complaint.At.UTC().Truncate(time.Minute), By: complaint.By,
	}
	err := c.store.Write(ctx, func(tx *store.Tx) error {
		var words, caller error
		made.Words, words = prose("words", complaint.Words, 1, maxWords)
		made.Caller, caller = line("caller", complaint.Caller, maxCaller)
		made.Created = tx.Now
		if err := errors.Join(words, caller, made.checkTime(tx.Now), made.checkPoint(), c.checkPlace(ctx, tx, &made)); err != nil {
			return err
		}
		return put(ctx, tx, &made, ActMade, made.By)
	})
	return made, err
}

func (c *Complaint) checkTime(now time.Time) error {
	switch {
	case c.At.IsZero():
		return invalid("text_missing", "at", nil)
	case c.At.After(now):
		return invalid("complaint_time_ahead", "at", nil)
	case c.At.Before(now.Add(-oldest)):
		return invalid("complaint_time_too_old", "at", map[string]any{"days": int(oldest / (24 * time.Hour))})
	}
	return nil
}

func (c *Complaint) checkPoint() error {
	if c.Lat == nil && c.Lon == nil {
		return nil
	}
	if c.Lat == nil || c.Lon == nil || !(math.Abs(*c.Lat) <= 90 && math.Abs(*c.Lon) <= 180) { // neither is NaN
		return invalid("position_out_of_range", "lat", nil)
	}
	return nil
}

// checkPlace refuses a grid that is not in the tree, and a terminal that cannot be heard there: it stands neither at or
// below the grid nor above it, nor is it shared with such a grid; and a point that lies elsewhere. It notes what both are called.
func (c *Complaints) checkPlace(ctx context.Context, tx *store.Tx, made *Complaint) error {
	known, err := c.land.Has(ctx, tx, made.Grid)
	if err != nil {
		return fmt.Errorf("look up grid %s: %w", made.Grid, err)
	}
	if !known {
		return invalid("grid_unknown", "grid", map[string]any{"grid": string(made.Grid)})
	}
	if made.GridPath, err = c.land.GridPath(ctx, tx, made.Grid); err != nil {
		return fmt.Errorf("look up grid %s: %w", made.Grid, err)
	}
	if err := c.checkWithin(ctx, tx, made); err != nil || made.Terminal == "" {
		return err
	}
	all, err := c.land.Terminals(ctx, tx)
	if err != nil {
		return fmt.Errorf("read terminals: %w", err)
	}
	i := slices.IndexFunc(all, func(t Terminal) bool { return t.ID == made.Terminal })
	if i < 0 {
		return invalid("terminal_unknown", "terminal", nil)
	}
	if made.TerminalName = all[i].Name; !all[i].serves(made.Grid) {
		return invalid("complaint_terminal_elsewhere", "terminal", map[string]any{"terminal": made.TerminalName})
	}
	return nil
}
