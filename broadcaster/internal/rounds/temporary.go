package rounds

import (
	"context"
	"errors"
	"fmt"
	"math"
	"time"

	"dalaba/broadcaster/internal/rounds/roundssql"
	"dalaba/broadcaster/internal/store"
	"dalaba/playlists"
	"dalaba/playlists/grid"
)

// QuietReason is why somebody asks for silence once.
type QuietReason string

// The reasons.
const (
	QuietFuneral QuietReason = "funeral"
	QuietIllness QuietReason = "illness"
	QuietExam    QuietReason = "exam"
	QuietOther   QuietReason = "other"
)

// Name is what the village calls the reason, or "" for one that there is not. It is what a silenced round is told.
func (q QuietReason) Name() string {
	switch q {
	case QuietFuneral:
		return "丧事"
	case QuietIllness:
		return "病人"
	case QuietExam:
		return "考试"
	case QuietOther:
		return "其他"
	}
	return ""
}

// maxTemporary bounds what TemporaryQuiet returns.
const maxTemporary = 1000

// TemporaryQuiet is quiet that a chief ordered for once. Grid is the node for which he acted; Name is the reason's. Where
// it ended early, End is when it did; where it ended before it began, End is Begin.
type TemporaryQuiet struct {
	ID string `json:"id"`
	playlists.TemporaryQuiet
	// Terminal is the one that falls silent; empty means all at or below Grid.
	Terminal playlists.TerminalID `json:"terminal,omitempty"`
	Reason   QuietReason          `json:"reason"`
	// Note is for those who keep the book; it does not travel.
	Note string `json:"note,omitempty"`
	// By names who ordered it, for people, and EndedBy who ended it early. ByID is the person who ordered it: it tells two
	// of one name apart, and is empty where nobody knows.
	By      string    `json:"by"`
	ByID    string    `json:"-"`
	Created time.Time `json:"created"`
	EndedBy string    `json:"ended_by,omitempty"`
}

// silences tells whether it is meant for t.
func (q *TemporaryQuiet) silences(t Terminal) bool {
	if q.Terminal != "" {
		return q.Terminal == t.ID
	}
	return grid.Contains(q.Grid, t.Grid)
}

// TemporaryQuiet returns what ended after since or is still to end, the latest first, at most 1,000.
func (r *Rounds) TemporaryQuiet(ctx context.Context, since time.Time) ([]TemporaryQuiet, error) {
	var all []TemporaryQuiet
	err := r.store.Read(ctx, func(tx *store.Tx) (err error) {
		all, err = temporaryQuiet(ctx, roundssql.New(tx.Tx), since, maxTemporary)
		return err
	})
	return all, err
}

func temporaryQuiet(ctx context.Context, q *roundssql.Queries, since time.Time, most int32) ([]TemporaryQuiet, error) {
	rows, err := q.TemporaryQuiet(ctx, roundssql.TemporaryQuietParams{EndMs: millis(since), Limit: most})
	if err != nil {
		return nil, fmt.Errorf("read temporary quiet: %w", err)
	}
	var all []TemporaryQuiet
	for _, row := range rows {
		reason := QuietReason(row.Reason)
		all = append(all, TemporaryQuiet{
			ID: row.ID,
			TemporaryQuiet: playlists.TemporaryQuiet{
				Grid: playlists.GridCode(row.Grid), Name: reason.Name(), Begin: moment(row.BeginMs), End: moment(row.EndMs),
			},
			Terminal: playlists.TerminalID(row.Terminal), Reason: reason, Note: row.Note,
			By: row.MadeBy, ByID: row.ByID, Created: moment(row.MadeMs), EndedBy: row.EndedBy,
		})
	}
	return all, nil
}

func (b *book) readTemporary(ctx context.Context, q *roundssql.Queries) (err error) {
	b.temporary, err = temporaryQuiet(ctx, q, b.kept, math.MaxInt32)
	return err
}

// AddTemporaryQuiet silences what quiet names from Begin, which is now if it is not later, to End, for at most 72 hours.
func (r *Rounds) AddTemporaryQuiet(ctx context.Context, quiet TemporaryQuiet) (TemporaryQuiet, error) {
	err := r.change(ctx, func(tx *store.Tx, b *book, q *roundssql.Queries) error {
		quiet.ID, quiet.Created, quiet.EndedBy = newID(), tx.Now, ""
		if err := r.checkTemporary(ctx, tx, &quiet); err != nil {
			return err
		}
		if err := checkRoom("temporary_quiet_too_many", b.heldOf(&quiet), maxTemporaryOf); err != nil {
			return err
		}
		if err := q.InsertTemporaryQuiet(ctx, roundssql.InsertTemporaryQuietParams{
			ID: quiet.ID, Grid: string(quiet.Grid), Terminal: string(quiet.Terminal), Reason: string(quiet.Reason),
			Note: quiet.Note, BeginMs: millis(quiet.Begin), EndMs: millis(quiet.End), MadeBy: quiet.By,
			MadeMs: millis(quiet.Created), ByID: quiet.ByID,
		}); err != nil {
			return fmt.Errorf("keep temporary quiet: %w", err)
		}
		if err := record(ctx, tx, q, quiet.change(ActMade, quiet.By), nil, &quiet); err != nil {
			return err
		}
		return r.publish(ctx, tx, quiet.silences)
	})
	return quiet, err
}

// heldOf returns how many temporary quiets of the same node one of the terminals that quiet is for has in its programme,
// the one that has most of them.
func (b *book) heldOf(quiet *TemporaryQuiet) int {
	held := make(map[playlists.TerminalID]int)
	most := 0
	for i := range b.temporary {
		x := &b.temporary[i]
		if x.Grid != quiet.Grid || !x.End.After(x.Begin) {
			continue
		}
		held[x.Terminal]++
		if x.Terminal != "" && (quiet.Terminal == "" || quiet.Terminal == x.Terminal) {
			most = max(most, held[x.Terminal])
		}
	}
	return held[""] + most
}

// checkTemporary tells every mistake, and brings quiet into the form in which it is kept.
func (r *Rounds) checkTemporary(ctx context.Context, tx *store.Tx, quiet *TemporaryQuiet) error {
	note, noteErr := line("note", quiet.Note, 0, maxNote)
	quiet.Note, quiet.Name = note, quiet.Reason.Name()
	mistakes := []error{noteErr}
	if quiet.Name == "" {
		mistakes = append(mistakes, invalid("quiet_reason_unknown", "reason", nil))
	}
	if quiet.Begin.Before(tx.Now) {
		quiet.Begin = tx.Now
	}
	quiet.Begin, quiet.End = moment(millis(quiet.Begin)), moment(millis(quiet.End))
	switch length := quiet.End.Sub(quiet.Begin); {
	case length <= 0:
		mistakes = append(mistakes, invalid("quiet_ends_before_it_begins", "end", nil))
	case length > playlists.MaxTemporaryQuiet:
		mistakes = append(mistakes, invalid("quiet_too_long", "end",
			map[string]any{"most": int(playlists.MaxTemporaryQuiet.Hours())}))
	case quiet.Begin.After(tx.Now.Add(maxLift)):
		mistakes = append(mistakes, invalid("moment_out_of_range", "begin", nil))
	}
	return errors.Join(append(mistakes, r.checkGrid(ctx, tx, "grid", quiet.Grid), r.checkOneOf(ctx, tx, quiet))...)
}

// checkOneOf refuses a terminal that does not stand in the grid for which somebody acts.
func (r *Rounds) checkOneOf(ctx context.Context, tx *store.Tx, quiet *TemporaryQuiet) error {
	if quiet.Terminal == "" {
		return nil
	}
	found, err := r.choose(ctx, tx, among([]playlists.TerminalID{quiet.Terminal}))
	if err != nil {
		return err
	}
	if len(found) == 0 || !grid.Contains(quiet.Grid, found[0].Grid) {
		return invalid("terminal_unknown", "terminal", nil)
	}
	return nil
}

// EndsAfter tells whether it goes on or is still to come at now. What was called off before it began does not.
func (q *TemporaryQuiet) EndsAfter(now time.Time) bool { return q.EndedBy == "" && q.End.After(now) }

// EndTemporaryQuiet ends it at once. What is over already stays as it is.
func (r *Rounds) EndTemporaryQuiet(ctx context.Context, id, by string) error {
	return r.change(ctx, func(tx *store.Tx, _ *book, q *roundssql.Queries) error {
		running, err := temporaryQuiet(ctx, q, tx.Now, math.MaxInt32)
		if err != nil {
			return err
		}
		for _, quiet := range running {
			if quiet.ID != id || !quiet.EndsAfter(tx.Now) {
				continue
			}
			before := quiet
			quiet.EndedBy, quiet.End = by, tx.Now
			if quiet.End.Before(quiet.Begin) {
				quiet.End = quiet.Begin
			}
			if err := q.EndTemporaryQuiet(ctx, roundssql.EndTemporaryQuietParams{
				ID: id, EndMs: millis(quiet.End), EndedBy: by,
			}); err != nil {
				return fmt.Errorf("end temporary quiet %s: %w", id, err)
			}
			if err := record(ctx, tx, q, quiet.change(ActEnded, by), &before, &quiet); err != nil {
				return err
			}
			return r.publish(ctx, tx, quiet.silences)
		}
		return notFound("quiet_unknown")
	})
}

func (q *TemporaryQuiet) change(act Act, by string) Change {
	return Change{By: by, Subject: SubjectTemporaryQuiet, ID: q.ID, Name: q.Name, Grid: q.Grid, Act: act}
}
