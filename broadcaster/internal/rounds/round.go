package rounds

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"time"

	"dalaba/broadcaster/internal/rounds/roundssql"
	"dalaba/broadcaster/internal/store"
	"dalaba/playlists"
	"dalaba/playlists/grid"
)

// maxTargets bounds a round's targets.
const maxTargets = 2000

// Round is a round as it is kept. Since is the room's: it becomes now whenever the round comes to fire at other moments, so
// that no change makes it fire for the past. A terminal that it comes to touch only later has a since of its own.
type Round struct {
	playlists.Round
	// Targets are grids at or below Owner. The round touches every terminal at or below one of them.
	Targets []playlists.GridCode `json:"targets"`
	// Paused rounds are in no programme.
	Paused bool `json:"paused,omitempty"`
	// UnlimitedReason says why the daily limits do not hold for it until Unlimited.
	UnlimitedReason string `json:"unlimited_reason,omitempty"`
	// Quota is what it is to manage. It moves nothing; Check and DryRun tell what becomes of it.
	Quota Quota `json:"quota,omitzero"`
	// By names who made it, for people. It stays as it was made, as do Owner and Created.
	By      string    `json:"by"`
	Created time.Time `json:"created"`
	// Holidays are the sets that its timetable names, as they stand. What comes in is ignored.
	Holidays []playlists.HolidaySet `json:"-"`
}

// Rounds returns all of them, newest first.
func (r *Rounds) Rounds(ctx context.Context) ([]Round, error) {
	var all []Round
	err := r.look(ctx, func(_ *store.Tx, b *book) error {
		all = b.rounds
		return nil
	})
	return all, err
}

// Round returns one, or a NotFound problem.
func (r *Rounds) Round(ctx context.Context, id playlists.RoundID) (Round, error) {
	var found Round
	err := r.look(ctx, func(_ *store.Tx, b *book) error {
		round := b.round(id)
		if round == nil {
			return notFound("round_unknown")
		}
		found = *round
		return nil
	})
	return found, err
}

// CreateRound keeps a new round under a new id. A Lateness of zero becomes playlists.DefaultLateness.
func (r *Rounds) CreateRound(ctx context.Context, round Round) (Round, error) {
	err := r.change(ctx, func(tx *store.Tx, b *book, q *roundssql.Queries) error {
		return r.createRound(ctx, tx, b, q, &round)
	})
	return round, err
}

func (r *Rounds) createRound(ctx context.Context, tx *store.Tx, b *book, q *roundssql.Queries, round *Round) error {
	if err := r.keepNew(ctx, tx, b, q, round); err != nil {
		return err
	}
	return r.publish(ctx, tx, within(round.Targets))
}

// keepNew keeps a new round under a new id, and publishes nothing.
func (r *Rounds) keepNew(ctx context.Context, tx *store.Tx, b *book, q *roundssql.Queries, round *Round) error {
	round.ID, round.Created, round.Since = playlists.RoundID(newID()), tx.Now, tx.Now
	if err := r.checkRound(ctx, tx, b, round); err != nil {
		return err
	}
	if err := putRound(ctx, q, round); err != nil {
		return err
	}
	return record(ctx, tx, q, round.change(ActMade, round.By), nil, round)
}

// UpdateRound changes what is kept under round.ID, for by.
func (r *Rounds) UpdateRound(ctx context.Context, round Round, by string) (Round, error) {
	err := r.change(ctx, func(tx *store.Tx, b *book, q *roundssql.Queries) error {
		old := b.round(round.ID)
		if old == nil {
			return notFound("round_unknown")
		}
		round.Owner, round.By, round.Created, round.Since = old.Owner, old.By, old.Created, old.Since
		if err := r.checkRound(ctx, tx, b, &round); err != nil {
			return err
		}
		if firesAnew(old, &round) {
			round.Since = tx.Now
		}
		if err := putRound(ctx, q, &round); err != nil {
			return err
		}
		if err := r.joinTargets(ctx, tx, b, q, old, &round); err != nil {
			return err
		}
		if err := record(ctx, tx, q, round.change(actOn(old, &round), by), old, &round); err != nil {
			return err
		}
		return r.publish(ctx, tx, within(slices.Concat(old.Targets, round.Targets)))
	})
	return round, err
}

// Pause takes a round out of all programmes, or puts it back from now on, for by.
func (r *Rounds) Pause(ctx context.Context, id playlists.RoundID, paused bool, by string) error {
	return r.change(ctx, func(tx *store.Tx, b *book, q *roundssql.Queries) error {
		round := b.round(id)
		if round == nil {
			return notFound("round_unknown")
		}
		if round.Paused == paused {
			return nil
		}
		before := *round
		round.Paused = paused
		if !paused {
			round.Since = tx.Now
		}
		if err := putRound(ctx, q, round); err != nil {
			return err
		}
		if err := record(ctx, tx, q, round.change(actOn(&before, round), by), &before, round); err != nil {
			return err
		}
		return r.publish(ctx, tx, within(round.Targets))
	})
}

// RemoveRound forgets a round. What it made sound stays in the history of programmes and in the ledger.
func (r *Rounds) RemoveRound(ctx context.Context, id playlists.RoundID, by string) error {
	return r.change(ctx, func(tx *store.Tx, b *book, q *roundssql.Queries) error {
		round := b.round(id)
		if round == nil {
			return notFound("round_unknown")
		}
		if err := q.DeleteRound(ctx, string(id)); err != nil {
			return fmt.Errorf("delete round %s: %w", id, err)
		}
		if err := record(ctx, tx, q, round.change(ActRemoved, by), round, nil); err != nil {
			return err
		}
		return r.publish(ctx, tx, within(round.Targets))
	})
}

func (round *Round) change(act Act, by string) Change {
	return Change{By: by, Subject: SubjectRound, ID: string(round.ID), Name: round.Name, Grid: round.Owner, Act: act}
}

// actOn is what was done to a round that was old: that it was paused or resumed matters more than what else was changed.
func actOn(old, round *Round) Act {
	switch {
	case round.Paused && !old.Paused:
		return ActPaused
	case old.Paused && !round.Paused:
		return ActResumed
	}
	return ActChanged
}

// firesAnew tells whether round fires at other moments than old.
func firesAnew(old, round *Round) bool {
	return timetableText(old.Timetable) != timetableText(round.Timetable) || old.Paused && !round.Paused
}

// timetableText is the form in which a timetable is kept and compared.
func timetableText(t playlists.Timetable) string {
	text, err := json.Marshal(t)
	if err != nil {
		panic(err) // its types all have a text form
	}
	return string(text)
}

func putRound(ctx context.Context, q *roundssql.Queries, round *Round) error {
	id := string(round.ID)
	if err := q.PutRound(ctx, roundssql.PutRoundParams{
		ID: id, Name: round.Name, Playlist: string(round.Playlist), Timetable: timetableText(round.Timetable),
		Class: string(round.Class), LatenessMs: int64(round.Lateness), Owner: string(round.Owner), Paused: round.Paused,
		SinceMs: millis(round.Since), Mandatory: round.Mandatory, UnlimitedUntilMs: millis(round.Unlimited),
		UnlimitedReason: round.UnlimitedReason, QuotaStarts: int32(round.Quota.Starts), SpacingMs: int64(round.Quota.Spacing),
		MadeBy: round.By, MadeMs: millis(round.Created), Volume: int32(round.Volume),
	}); err != nil {
		return fmt.Errorf("keep round %s: %w", id, err)
	}
	if err := q.DeleteTargets(ctx, id); err != nil {
		return fmt.Errorf("replace targets of round %s: %w", id, err)
	}
	for _, target := range round.Targets {
		if err := q.InsertTarget(ctx, roundssql.InsertTargetParams{Round: id, Grid: string(target)}); err != nil {
			return fmt.Errorf("keep target of round %s: %w", id, err)
		}
	}
	return nil
}

// checkRound checks round against the book, and brings it into the form in which it is kept. It tells every mistake.
func (r *Rounds) checkRound(ctx context.Context, tx *store.Tx, b *book, round *Round) error {
	var mistakes []error
	name, err := line("name", round.Name, 1, maxName)
	round.Name, mistakes = name, append(mistakes, err)
	if b.playlist(round.Playlist) == nil {
		mistakes = append(mistakes, invalid("playlist_unknown", "playlist", nil))
	}
	if round.Class != playlists.ClassAnnouncement && round.Class != playlists.ClassBackground {
		mistakes = append(mistakes, invalid("class_unknown", "class", nil))
	}
	if round.Lateness == 0 {
		round.Lateness = playlists.DefaultLateness
	}
	if round.Lateness < 0 || round.Lateness > playlists.MaxLateness {
		mistakes = append(mistakes, invalid("lateness_out_of_range", "lateness_ms",
			map[string]any{"most": int(playlists.MaxLateness.Duration().Hours())}))
	}
	if round.Volume < 0 || round.Volume > 100 {
		mistakes = append(mistakes, invalid("volume_out_of_range", "volume", nil))
	}
	mistakes = append(mistakes, r.checkTimetable(b, round, tx.Now), r.checkTargets(ctx, tx, round),
		checkUnlimited(round, tx.Now), round.Quota.check(), checkSize(round))
	if err := errors.Join(mistakes...); err != nil {
		return err
	}
	return r.checkPart(ctx, tx, b, round)
}

// checkUnlimited asks for a reason and an end where the daily limits are not to hold.
func checkUnlimited(round *Round, now time.Time) error {
	round.Unlimited = moment(millis(round.Unlimited))
	if round.Unlimited.IsZero() {
		round.UnlimitedReason = ""
		return nil
	}
	reason, err := line("unlimited_reason", round.UnlimitedReason, 1, maxNote)
	round.UnlimitedReason = reason
	if round.Unlimited.After(now.Add(maxLift)) || !playlists.DateOf(round.Unlimited).Plannable() {
		return errors.Join(err, invalid("lift_end_out_of_range", "unlimited_until",
			map[string]any{"most": int(maxLift.Hours() / 24)}))
	}
	return err
}

// checkTargets sorts the targets and drops those that another one contains.
func (r *Rounds) checkTargets(ctx context.Context, tx *store.Tx, round *Round) error {
	if err := r.checkGrid(ctx, tx, "owner", round.Owner); err != nil {
		return err
	}
	if len(round.Targets) == 0 {
		return invalid("targets_missing", "targets", nil)
	}
	if len(round.Targets) > maxTargets {
		return invalid("too_many_targets", "targets", map[string]any{"most": maxTargets})
	}
	for i, target := range round.Targets {
		field := fmt.Sprintf("targets[%d]", i)
		if err := r.checkGrid(ctx, tx, field, target); err != nil {
			return err
		}
		if !grid.Contains(round.Owner, target) {
			return &playlists.Problem{
				Kind: playlists.Forbidden, Code: "target_outside_owner", Field: field, Args: map[string]any{"grid": string(target)},
			}
		}
	}
	// An ancestor's code is a prefix, so it sorts right before what it contains.
	sorted := slices.Sorted(slices.Values(round.Targets))
	round.Targets = sorted[:0]
	for _, target := range sorted {
		if n := len(round.Targets); n == 0 || !grid.Contains(round.Targets[n-1], target) {
			round.Targets = append(round.Targets, target)
		}
	}
	return nil
}
