package complaints

import (
	"context"
	"fmt"
	"slices"
	"time"

	"dalaba/broadcaster/internal/complaints/complaintssql"
	"dalaba/broadcaster/internal/store"
	"dalaba/playlists"
	"dalaba/playlists/grid"
)

// lookBack is how long before the window something may have fallen due that sounded in it: as late as a round may be, and
// an hour for it to sound.
const lookBack = time.Duration(playlists.MaxLateness)*time.Millisecond + time.Hour

// maxOutside bounds the terminals outside of the grid that are looked at: more do not stand within 400 m.
const maxOutside = 100

// Case is a complaint with all that is known of it.
type Case struct {
	Complaint
	// Findings are what sounded near there and then: what did at the minute first, and what was due and did not sound
	// last. At most 200; More counts the others.
	Findings []Finding
	More     int
	// Nothing: nothing sounded there then, as far as is known.
	Nothing bool
	// Unreported are the terminals that had something due and have not told what became of it, and UnreportedNames what
	// people call them.
	Unreported      []playlists.TerminalID
	UnreportedNames []string
	// Remedies are what can be offered; the last is always quiet.
	Remedies []Remedy
	// Since are the changes after the minute complained of that touch what sounded or its grid, newest first.
	Since []ChangeNote
	// ClosedWith are the changes with which it was closed, as they were called then.
	ClosedWith []ChangeNote
	// Steps are what was done about it, in order.
	Steps []Step
	Draft Draft
}

// Case returns the complaint called id with what is known of it now, or a Problem.
func (c *Complaints) Case(ctx context.Context, id string) (Case, error) {
	e := &evidence{zone: c.zone}
	if err := c.store.Read(ctx, func(tx *store.Tx) error { return c.listen(ctx, tx, id, e) }); err != nil {
		return Case{}, err
	}
	findings := e.heard()
	if err := c.ask(ctx, e, findings); err != nil {
		return Case{}, err
	}
	if err := c.store.Read(ctx, func(tx *store.Tx) error { return c.read(ctx, tx, e, findings) }); err != nil {
		return Case{}, err
	}
	return e.decide(findings), nil
}

// listen notes the complaint, who stands near, and what sounded.
func (c *Complaints) listen(ctx context.Context, tx *store.Tx, id string, e *evidence) (err error) {
	q := complaintssql.New(tx)
	if e.complaint, err = find(ctx, q, id); err != nil {
		return err
	}
	if e.steps, err = stepsOf(ctx, q, id); err != nil {
		return err
	}
	all, err := c.land.Terminals(ctx, tx)
	if err != nil {
		return fmt.Errorf("read terminals: %w", err)
	}
	e.now, e.stand = tx.Now, make(map[playlists.TerminalID]Terminal, len(all))
	from, to := e.complaint.window()
	scope := Scope{Since: from.Add(-lookBack), Until: to, Grid: e.complaint.Grid}
	for _, t := range all {
		e.stand[t.ID] = t
		if e.complaint.hears(t) && !grid.Contains(scope.Grid, t.Grid) && len(scope.Terminals) < maxOutside {
			scope.Terminals = append(scope.Terminals, t.ID)
		}
	}
	if id := e.complaint.Terminal; id != "" && !slices.Contains(scope.Terminals, id) {
		scope.Terminals = append(scope.Terminals, id) // whatever became of it
	}
	if e.sounds, err = c.ledger.Sounds(ctx, tx, scope); err != nil {
		return fmt.Errorf("read what sounded: %w", err)
	}
	return nil
}

// ask notes whose plans the findings were, and what was changed since.
func (c *Complaints) ask(ctx context.Context, e *evidence, findings []Finding) (err error) {
	var rounds []playlists.RoundID
	for i := range findings[:min(len(findings), maxFindings)] {
		if id := findings[i].Round; id != "" && !slices.Contains(rounds, id) {
			rounds = append(rounds, id)
		}
	}
	if e.makers, err = c.rounds.Makers(ctx, rounds); err != nil {
		return fmt.Errorf("ask whose plan it was: %w", err)
	}
	if e.changes, err = c.rounds.Changes(ctx, e.complaint.At); err != nil {
		return fmt.Errorf("read changes: %w", err)
	}
	return nil
}

// read explains findings by what was in force, and notes what is now where they were meant, and what owners are called.
func (c *Complaints) read(ctx context.Context, tx *store.Tx, e *evidence, findings []Finding) error {
	e.things, e.names = make(map[thing]bool), make(map[playlists.GridCode]string)
	for i := range findings[:min(len(findings), maxFindings)] {
		f := &findings[i]
		p, err := c.rounds.Programme(ctx, tx, f.Terminal, f.Due)
		if err != nil {
			return fmt.Errorf("read programme of terminal %s: %w", f.Terminal, err)
		}
		e.explain(f, p)
		if _, known := e.names[f.Owner]; !known && f.Owner != "" {
			if e.names[f.Owner], err = c.land.GridPath(ctx, tx, f.Owner); err != nil {
				return fmt.Errorf("find the name of %s: %w", f.Owner, err)
			}
		}
	}
	e.present = make(map[playlists.TerminalID]*playlists.Programme)
	meant := e.meant(findings)
	for i := range meant[:min(len(meant), maxFindings)] {
		id := meant[i].Terminal
		if _, known := e.present[id]; known {
			continue
		}
		p, err := c.rounds.Programme(ctx, tx, id, tx.Now)
		if err != nil {
			return fmt.Errorf("read programme of terminal %s: %w", id, err)
		}
		e.present[id] = p
	}
	return nil
}
