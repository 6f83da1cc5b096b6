package rounds

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"math"
	"time"

	"dalaba/broadcaster/internal/rounds/roundssql"
	"dalaba/broadcaster/internal/store"
	"dalaba/playlists"
)

// Subject is what kind of thing was changed.
type Subject string

// The subjects.
const (
	SubjectAnnouncement   Subject = "announcement"
	SubjectPlaylist       Subject = "playlist"
	SubjectRound          Subject = "round"
	SubjectQuiet          Subject = "quiet"
	SubjectTemporaryQuiet Subject = "temporary_quiet"
	SubjectQuietPlace     Subject = "quiet_place"
	SubjectVolume         Subject = "volume"
	SubjectLimits         Subject = "limits"
	SubjectHolidays       Subject = "holidays"
	SubjectCancellation   Subject = "cancellation"
	SubjectMute           Subject = "mute"
	SubjectRingTest       Subject = "ring_test"
	SubjectPlaceName      Subject = "place_name"
)

// Act is what a person did.
type Act string

// The acts.
const (
	ActMade       Act = "made"
	ActChanged    Act = "changed"
	ActRemoved    Act = "removed"
	ActPaused     Act = "paused"
	ActResumed    Act = "resumed"
	ActLifted     Act = "lifted"     // a quiet rule rests for a time
	ActRestored   Act = "restored"   // a lifting was ended
	ActEnded      Act = "ended"      // temporary quiet, or a mute, was ended early
	ActCancelled  Act = "cancelled"  // an airing was called off
	ActReinstated Act = "reinstated" // and is to sound after all
)

// Change is one thing that a person did. Changes are kept for ever.
type Change struct {
	// Seq rises with every change.
	Seq int64
	At  time.Time
	By  string
	// Subject, ID and Name tell what was changed, Grid whose it is; Name and Grid are as they were then.
	Subject Subject
	ID      string
	Name    string
	Grid    playlists.GridCode
	Act     Act
	// Before and After are the thing as JSON; nil where there was none.
	Before, After json.RawMessage
}

// maxChanges bounds what Changes returns at once.
const maxChanges = 500

// ChangeFilter chooses changes. Its zero fields choose all.
type ChangeFilter struct {
	Subject Subject
	ID      string
	// Grid chooses what belongs to it or to a grid below it.
	Grid playlists.GridCode
	// From and To bound when it was done, half open.
	From, To time.Time
	// BeforeSeq continues a list: it is the Seq of the last change of the part before.
	BeforeSeq int64
	// Most is how many are returned at most, up to 500.
	Most int
}

// Changes returns what people did, newest first.
func (r *Rounds) Changes(ctx context.Context, f ChangeFilter) ([]Change, error) {
	var all []Change
	err := r.store.Read(ctx, func(tx *store.Tx) (err error) {
		all, err = changes(ctx, roundssql.New(tx.Tx), f)
		return err
	})
	return all, err
}

func changes(ctx context.Context, q *roundssql.Queries, f ChangeFilter) ([]Change, error) {
	to := int64(math.MaxInt64)
	if !f.To.IsZero() {
		to = millis(f.To)
	}
	most := cmp.Or(max(f.Most, 0), maxChanges)
	rows, err := q.Changes(ctx, roundssql.ChangesParams{
		BeforeSeq: cmp.Or(f.BeforeSeq, math.MaxInt64), FromMs: millis(f.From), ToMs: to, OfKind: string(f.Subject),
		OfID: f.ID, Within: string(f.Grid), Most: int32(min(most, maxChanges)),
	})
	if err != nil {
		return nil, fmt.Errorf("read changes: %w", err)
	}
	var all []Change
	for _, row := range rows {
		all = append(all, changeOf(row))
	}
	return all, nil
}

func changeOf(row roundssql.Change) Change {
	return Change{
		Seq: row.Seq, At: moment(row.AtMs), By: row.ActBy, Subject: Subject(row.Kind), ID: row.ID, Name: row.Name,
		Grid: playlists.GridCode(row.Grid), Act: Act(row.Act), Before: raw(row.Before), After: raw(row.After),
	}
}

func raw(text string) json.RawMessage {
	if text == "" {
		return nil
	}
	return json.RawMessage(text)
}

// record writes down what c tells was done to a thing that was before and is after, in the transaction that does it. A
// nil pointer was not, or is not. Where both say the same, nothing was done.
func record(ctx context.Context, tx *store.Tx, q *roundssql.Queries, c Change, before, after any) error {
	was, err := text(before)
	if err != nil {
		return fmt.Errorf("record change of %s %s: %w", c.Subject, c.ID, err)
	}
	is, err := text(after)
	if err != nil {
		return fmt.Errorf("record change of %s %s: %w", c.Subject, c.ID, err)
	}
	if was == is {
		return nil
	}
	if err := q.InsertChange(ctx, roundssql.InsertChangeParams{
		AtMs: tx.Now.UnixMilli(), ActBy: c.By, Kind: string(c.Subject), ID: c.ID, Name: c.Name, Grid: string(c.Grid),
		Act: string(c.Act), Before: was, After: is,
	}); err != nil {
		return fmt.Errorf("record change of %s %s: %w", c.Subject, c.ID, err)
	}
	return nil
}

func text(thing any) (string, error) {
	written, err := json.Marshal(thing)
	if string(written) == "null" {
		return "", err
	}
	return string(written), err
}
