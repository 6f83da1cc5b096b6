package rounds

import (
	"context"
	"fmt"
	"slices"
	"time"

	"dalaba/broadcaster/internal/store"
	"dalaba/playlists"
	"dalaba/playlists/grid"
)

// Terminal is what rounds need to know of a terminal.
type Terminal struct {
	ID   playlists.TerminalID
	Name string
	// Kind is what it is; empty means a speaker. Daily limits and quiet places are for what does not move.
	Kind     playlists.TerminalKind
	Grid     playlists.GridCode
	Dialects []playlists.Dialect
	// Volume is in percent, 0 to 100.
	Volume int
	// OutputDelay is how long its sound is on the way from its output to the air.
	OutputDelay playlists.Millis
	// Lat and Lon are where a fixed one stands, in degrees, WGS-84; nil where that is not known.
	Lat, Lon *float64
	// Shared are other grids that it serves too. Rounds for them touch it; it obeys only where it belongs, at Grid.
	Shared []playlists.GridCode
	// Created is when it was placed first: no round asks anything of it for earlier moments.
	Created time.Time
}

// fixed tells whether the terminal stays where it is.
func (t *Terminal) fixed() bool { return t.Kind != playlists.KindMobile }

// Touches tells whether a round for targets is a round for a terminal that is placed at at and shared with shared: one of
// the targets contains one of these.
func Touches(targets []playlists.GridCode, at playlists.GridCode, shared []playlists.GridCode) bool {
	for _, target := range targets {
		if grid.Contains(target, at) {
			return true
		}
		for _, code := range shared {
			if grid.Contains(target, code) {
				return true
			}
		}
	}
	return false
}

func touches(targets []playlists.GridCode, t Terminal) bool {
	return Touches(targets, t.Grid, t.Shared)
}

// within chooses the terminals that a round for targets touches.
func within(targets []playlists.GridCode) func(Terminal) bool {
	return func(t Terminal) bool { return touches(targets, t) }
}

// below chooses the terminals that belong at or below node: they obey its rules.
func below(node playlists.GridCode) func(Terminal) bool {
	return func(t Terminal) bool { return grid.Contains(node, t.Grid) }
}

// Touched returns the terminals that a round for targets touches.
func (r *Rounds) Touched(ctx context.Context, targets []playlists.GridCode) ([]Terminal, error) {
	var touched []Terminal
	err := r.store.Read(ctx, func(tx *store.Tx) (err error) {
		touched, err = r.choose(ctx, tx, within(targets))
		return err
	})
	return touched, err
}

// land is the grid tree and what stands on it.
type land interface {
	// Root returns the tree's root, or "" before there is a tree.
	Root(ctx context.Context, tx *store.Tx) (playlists.GridCode, error)
	Has(ctx context.Context, tx *store.Tx, code playlists.GridCode) (bool, error)
	// Terminals returns every terminal that has not been removed.
	Terminals(ctx context.Context, tx *store.Tx) ([]Terminal, error)
}

// MayVanish returns a Problem that names the rounds, quiet, mutes, quiet places and volume rules at the grids in gone, if there are
// any: they would speak to nobody, unseen.
func (r *Rounds) MayVanish(ctx context.Context, tx *store.Tx, gone []playlists.GridCode) error {
	b, err := r.open(ctx, tx)
	if err != nil {
		return err
	}
	isGone := make(map[playlists.GridCode]bool, len(gone))
	for _, code := range gone {
		isGone[code] = true
	}
	var users []string
	for _, round := range b.rounds {
		if isGone[round.Owner] || slices.ContainsFunc(round.Targets, func(target playlists.GridCode) bool { return isGone[target] }) {
			users = appendNew(users, round.Name)
		}
	}
	for _, rule := range b.quiet {
		if isGone[rule.Grid] {
			users = appendNew(users, rule.From.String()+"–"+rule.To.String())
		}
	}
	for _, q := range b.temporary {
		if isGone[q.Grid] && q.End.After(tx.Now) {
			users = appendNew(users, q.Name)
		}
	}
	for _, m := range b.mutes {
		if isGone[m.Grid] && m.Until.After(tx.Now) {
			users = appendNew(users, m.Reason)
		}
	}
	for _, p := range b.places {
		if isGone[p.Grid] {
			users = appendNew(users, p.Name)
		}
	}
	for _, v := range b.volume {
		if isGone[v.Grid] {
			users = appendNew(users, v.From.String()+"–"+v.To.String())
		}
	}
	if len(users) == 0 {
		return nil
	}
	return inUse("grid_in_use", users)
}

// checkGrid returns nil for a grid of the tree.
func (r *Rounds) checkGrid(ctx context.Context, tx *store.Tx, field string, code playlists.GridCode) error {
	known, err := r.land.Has(ctx, tx, code)
	if err != nil {
		return fmt.Errorf("look up grid %s: %w", code, err)
	}
	if !known {
		return invalid("grid_unknown", field, map[string]any{"grid": string(code)})
	}
	return nil
}
