// Package coverage says which households a day's plays reached. Its unit is the household, and its rule is union,
// never sum: two horns on one house are one house.
//
// Before a grid's geometry is used there is one figure, "assigned": a horn is taken to reach all households of the
// grid to which it belongs. It is kept apart from what geometry will say. The package keeps nothing: it computes from
// the grid tree and the ledger, so that late reports change its figures by themselves.
package coverage

import (
	"context"
	"errors"
	"fmt"
	"time"

	"dalaba/broadcaster/internal/store"
	"dalaba/playlists"
)

// Grid is a node of the tree with the households that it names itself. Only those of nodes without children count; a
// node above them has the sum of what lies below.
type Grid struct {
	Code       playlists.GridCode
	Name       string
	Households int
}

// Completed counts the complete plays of a dialect at terminals whose own grid is Grid.
type Completed struct {
	Grid    playlists.GridCode
	Dialect playlists.Dialect
	Plays   int
}

// Standing is how far the reports of one terminal have come: Open is when the first airing fell due that it has not
// reported, zero when it has reported all.
type Standing struct {
	Terminal playlists.TerminalID
	Grid     playlists.GridCode
	Open     time.Time
}

// territory is the grid tree.
type territory interface {
	Grids(ctx context.Context, tx *store.Tx) ([]Grid, error)
}

// ledger is what sounded, due from since up to, not including, until.
type ledger interface {
	Completed(ctx context.Context, tx *store.Tx, since, until time.Time) ([]Completed, error)
	Standings(ctx context.Context, tx *store.Tx, since, until time.Time) ([]Standing, error)
}

// Options are what coverage needs, all of it.
type Options struct {
	Territory territory
	Ledger    ledger
	// Zone is the town's, in which days begin and end.
	Zone *time.Location
}

// Coverage computes figures. It is safe for concurrent use.
type Coverage struct {
	territory territory
	ledger    ledger
	zone      *time.Location
}

// New checks o.
func New(o Options) (*Coverage, error) {
	if o.Territory == nil || o.Ledger == nil || o.Zone == nil {
		return nil, errors.New("new coverage: an option is missing")
	}
	return &Coverage{territory: o.Territory, ledger: o.Ledger, zone: o.Zone}, nil
}

// Figure is the day of one grid.
type Figure struct {
	Grid  playlists.GridCode
	Name  string
	Level int // as package grid counts levels
	// Households lie in the grid; Touched of them belong to a terminal that completed at least one play.
	Households, Touched int
	// Dialects says how many households were touched in each dialect.
	Dialects map[playlists.Dialect]int
	// Plays counts the complete plays that touched any of the households. A play at a village's horn touches all its
	// societies and counts for each, so that plays of grids side by side do not add up to those of the grid above.
	Plays int
	// Of the Terminals that had something planned and can touch the grid, Reported have told what became of it all.
	Terminals, Reported int
	// Through is the moment up to which the figure is complete: nothing that fell due before it is unreported. It is
	// zero when everything was reported.
	Through time.Time
}

// Assigned returns the figures of day for every grid of the tree, each before those below it.
func (c *Coverage) Assigned(ctx context.Context, tx *store.Tx, day playlists.Date) ([]Figure, error) {
	since, until := day.Midnight(c.zone), day.AddDays(1).Midnight(c.zone)
	grids, err := c.territory.Grids(ctx, tx)
	if err != nil {
		return nil, fmt.Errorf("cover %s: read grids: %w", day, err)
	}
	plays, err := c.ledger.Completed(ctx, tx, since, until)
	if err != nil {
		return nil, fmt.Errorf("cover %s: %w", day, err)
	}
	standings, err := c.ledger.Standings(ctx, tx, since, until)
	if err != nil {
		return nil, fmt.Errorf("cover %s: %w", day, err)
	}
	return assigned(grids, plays, standings), nil
}
