package complaints

import (
	"cmp"
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"time"

	"dalaba/broadcaster/internal/complaints/complaintssql"
	"dalaba/broadcaster/internal/store"
	"dalaba/playlists"
)

// Complaint is what somebody complained of, and what became of it.
type Complaint struct {
	// ID names it for ever; Make draws it.
	ID   string
	Grid playlists.GridCode
	// Terminal is the one that was named, or "".
	Terminal playlists.TerminalID
	// GridPath and TerminalName are what people called both when it was written down; Make fills them in.
	GridPath, TerminalName string
	// Lat and Lon are where it was heard, in degrees, WGS-84, or both nil.
	Lat, Lon *float64
	// At is the beginning of the minute complained of.
	At time.Time
	// Words are the caller's; Caller says who called, and may be empty.
	Words, Caller string
	// By wrote it down, at Created.
	By      string
	Created time.Time
	// Reply is a draft, or what was answered.
	Reply string
	// Closed is zero while it is open.
	Closed   time.Time
	ClosedBy string
	// Changes are the Seqs of the rounds' changes with which it was closed.
	Changes []int64
	// Outcome is what was done, in a person's words; it may be empty.
	Outcome string

	closedWith []ChangeNote // the Changes, as they were called then
}

// Filter chooses complaints. Its zero fields choose all.
type Filter struct {
	// Grid chooses those of it and of what lies below it.
	Grid playlists.GridCode
	// Open chooses those that are not closed.
	Open bool
	// BeforeID continues a list: it is the ID of the last complaint of the part before.
	BeforeID string
	// Most is how many are returned at most, up to MaxList, which 0 stands for.
	Most int
}

// MaxList bounds what List returns at once.
const MaxList = 200

// List returns complaints, open ones first, and of each the latest first.
func (c *Complaints) List(ctx context.Context, f Filter) ([]Complaint, error) {
	var all []Complaint
	err := c.store.Read(ctx, func(tx *store.Tx) error {
		q := complaintssql.New(tx)
		wanted := complaintssql.ComplaintsParams{
			Grid: string(f.Grid), GridEnd: string(f.Grid) + ":", // codes are digits, and ":" comes after the last of them
			LeastOpen: rank(f.Open), CursorOpen: math.MaxInt64, Most: int32(min(cmp.Or(max(f.Most, 0), MaxList), MaxList)),
		}
		if f.BeforeID != "" {
			last, err := find(ctx, q, f.BeforeID)
			if err != nil {
				return err
			}
			wanted.CursorOpen, wanted.CursorMade, wanted.CursorID = rank(last.Closed.IsZero()), millis(last.Created), last.ID
		}
		rows, err := q.Complaints(ctx, wanted)
		if err != nil {
			return fmt.Errorf("list complaints: %w", err)
		}
		for _, row := range rows {
			complaint, err := complaintOf(row)
			if err != nil {
				return err
			}
			all = append(all, complaint)
		}
		return nil
	})
	return all, err
}

// Complaint returns the complaint called id as it is kept, or a Problem.
func (c *Complaints) Complaint(ctx context.Context, id string) (complaint Complaint, err error) {
	err = c.store.Read(ctx, func(tx *store.Tx) error {
		complaint, err = find(ctx, complaintssql.New(tx), id)
		return err
	})
	return complaint, err
}

// rank puts open ones before closed ones.
func rank(open bool) int64 {
	if open {
		return 1
	}
	return 0
}

// find returns the complaint called id, or a Problem.
func find(ctx context.Context, q *complaintssql.Queries, id string) (Complaint, error) {
	row, err := q.Complaint(ctx, id)
	if errors.Is(err, sql.ErrNoRows) {
		return Complaint{}, &playlists.Problem{Kind: playlists.NotFound, Code: "complaint_unknown"}
	}
	if err != nil {
		return Complaint{}, fmt.Errorf("find complaint %s: %w", id, err)
	}
	return complaintOf(row)
}

func complaintOf(row complaintssql.Complaint) (Complaint, error) {
	c := Complaint{
		ID: row.ID, Grid: playlists.GridCode(row.Grid), GridPath: row.GridPath,
		Terminal: playlists.TerminalID(row.Terminal), TerminalName: row.TerminalName, At: moment(row.AtMs),
		Words: row.Words, Caller: row.Caller, By: row.MadeBy, Created: moment(row.MadeMs),
		Reply: row.Reply, Outcome: row.Outcome, Closed: moment(row.ClosedMs), ClosedBy: row.ClosedBy,
	}
	if row.Lat.Valid && row.Lon.Valid {
		c.Lat, c.Lon = &row.Lat.Float64, &row.Lon.Float64
	}
	var notes []ChangeNote
	if err := json.Unmarshal([]byte(row.Changes), &notes); err != nil {
		return Complaint{}, fmt.Errorf("read changes of complaint %s: %w", row.ID, err)
	}
	c.with(notes)
	return c, nil
}

// with sets with which changes c was closed.
func (c *Complaint) with(notes []ChangeNote) {
	c.Changes, c.closedWith = nil, notes
	for _, n := range notes {
		c.Changes = append(c.Changes, n.Seq)
	}
}

// put keeps c, and writes down that by did act to it.
func put(ctx context.Context, tx *store.Tx, c *Complaint, act Act, by string) error {
	changes, err := json.Marshal(append([]ChangeNote{}, c.closedWith...))
	if err != nil {
		return fmt.Errorf("keep complaint %s: %w", c.ID, err)
	}
	q := complaintssql.New(tx)
	if err := q.PutComplaint(ctx, complaintssql.PutComplaintParams{
		ID: c.ID, Grid: string(c.Grid), GridPath: c.GridPath, Terminal: string(c.Terminal), TerminalName: c.TerminalName,
		Lat: degrees(c.Lat), Lon: degrees(c.Lon), AtMs: millis(c.At), Words: c.Words, Caller: c.Caller, MadeBy: c.By,
		MadeMs: millis(c.Created), Reply: c.Reply, Outcome: c.Outcome, ClosedMs: millis(c.Closed), ClosedBy: c.ClosedBy,
		Changes: string(changes),
	}); err != nil {
		return fmt.Errorf("keep complaint %s: %w", c.ID, err)
	}
	if err := q.InsertStep(ctx, complaintssql.InsertStepParams{
		Complaint: c.ID, AtMs: millis(tx.Now), Act: string(act), ActBy: by, Reply: c.Reply, Outcome: c.Outcome,
		Changes: string(changes),
	}); err != nil {
		return fmt.Errorf("write down what was done about complaint %s: %w", c.ID, err)
	}
	return nil
}

func degrees(f *float64) sql.NullFloat64 {
	if f == nil {
		return sql.NullFloat64{}
	}
	return sql.NullFloat64{Float64: *f, Valid: true}
}
