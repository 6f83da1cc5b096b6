package complaints

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"dalaba/broadcaster/internal/complaints/complaintssql"
	"dalaba/broadcaster/internal/store"
)

// Act is what a person did about a complaint.
type Act string

// The acts.
const (
	ActMade     Act = "made"
	ActReplied  Act = "replied" // a reply was kept
	ActClosed   Act = "closed"
	ActReopened Act = "reopened"
)

// Step is one thing that was done about a complaint. Steps are kept for ever.
type Step struct {
	At  time.Time
	By  string
	Act Act
	// Reply and Outcome are as they were then, and Changes what it was closed with.
	Reply, Outcome string
	Changes        []ChangeNote
}

func stepsOf(ctx context.Context, q *complaintssql.Queries, id string) ([]Step, error) {
	rows, err := q.Steps(ctx, id)
	if err != nil {
		return nil, fmt.Errorf("read what was done about complaint %s: %w", id, err)
	}
	steps := make([]Step, len(rows))
	for i, row := range rows {
		steps[i] = Step{At: moment(row.AtMs), By: row.ActBy, Act: Act(row.Act), Reply: row.Reply, Outcome: row.Outcome}
		if err := json.Unmarshal([]byte(row.Changes), &steps[i].Changes); err != nil {
			return nil, fmt.Errorf("read what was done about complaint %s: %w", id, err)
		}
	}
	return steps, nil
}

// SaveReply keeps a reply that is not given yet, for by. An empty one is none.
func (c *Complaints) SaveReply(ctx context.Context, id, reply, by string) (Complaint, error) {
	return c.step(ctx, id, func(tx *store.Tx, complaint *Complaint) (err error) {
		if !complaint.Closed.IsZero() {
			return conflict("complaint_closed")
		}
		before := complaint.Reply
		if complaint.Reply, err = prose("reply", reply, 0, maxReply); err != nil || complaint.Reply == before {
			return err
		}
		return put(ctx, tx, complaint, ActReplied, by)
	})
}

// Close closes a complaint for by, with the reply that was given, what was done in his words, which may be empty, and the
// Seqs of what was changed: of those in the case's Since, none if nothing was.
func (c *Complaints) Close(ctx context.Context, id, reply, outcome string, changes []int64, by string) (Complaint, error) {
	notes, err := c.chosen(ctx, id, changes)
	if err != nil {
		return Complaint{}, err
	}
	return c.step(ctx, id, func(tx *store.Tx, complaint *Complaint) error {
		if !complaint.Closed.IsZero() {
			return conflict("complaint_closed")
		}
		var err error
		if complaint.Reply, err = prose("reply", reply, 1, maxReply); err != nil {
			return err
		}
		if complaint.Outcome, err = prose("outcome", outcome, 0, maxOutcome); err != nil {
			return err
		}
		complaint.Closed, complaint.ClosedBy = tx.Now, by
		complaint.with(notes)
		return put(ctx, tx, complaint, ActClosed, by)
	})
}

// chosen returns the changes with these Seqs, or a Problem where one of them has nothing to do with complaint id.
func (c *Complaints) chosen(ctx context.Context, id string, changes []int64) ([]ChangeNote, error) {
	if len(changes) == 0 {
		return nil, nil
	}
	known, err := c.Case(ctx, id)
	if err != nil {
		return nil, err
	}
	all := known.Since
	var notes []ChangeNote
	for _, seq := range changes {
		i := slices.IndexFunc(all, func(n ChangeNote) bool { return n.Seq == seq })
		if i < 0 {
			return nil, invalid("complaint_change_unknown", "changes", nil)
		}
		if !slices.ContainsFunc(notes, func(n ChangeNote) bool { return n.Seq == seq }) {
			notes = append(notes, all[i])
		}
	}
	return notes, nil
}

// Reopen opens a closed complaint again, for by. With what it was closed stays among its steps.
func (c *Complaints) Reopen(ctx context.Context, id, by string) (Complaint, error) {
	return c.step(ctx, id, func(tx *store.Tx, complaint *Complaint) error {
		if complaint.Closed.IsZero() {
			return conflict("complaint_open")
		}
		complaint.Closed, complaint.ClosedBy = time.Time{}, ""
		complaint.with(nil)
		return put(ctx, tx, complaint, ActReopened, by)
	})
}

// step does something about a complaint, and returns it as it then is.
func (c *Complaints) step(ctx context.Context, id string, do func(*store.Tx, *Complaint) error) (Complaint, error) {
	var complaint Complaint
	err := c.store.Write(ctx, func(tx *store.Tx) (err error) {
		if complaint, err = find(ctx, complaintssql.New(tx), id); err != nil {
			return err
		}
		return do(tx, &complaint)
	})
	if err != nil {
		return Complaint{}, err
	}
	return complaint, nil
}
