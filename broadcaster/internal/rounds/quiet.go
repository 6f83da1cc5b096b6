package rounds

import (
	"cmp"
	"context"
	"fmt"
	"time"

	"dalaba/broadcaster/internal/rounds/roundssql"
	"dalaba/broadcaster/internal/store"
	"dalaba/playlists"
)

// The root's night, in which nothing sounds from the first start on.
const (
	nightFrom = 22 * 60 * 60
	nightTo   = 6 * 60 * 60
)

// Bounds on what is listed and lifted.
const (
	maxActs = 1000
	maxLift = 366 * 24 * time.Hour
)

// Quiet is a quiet rule as it is kept.
type Quiet struct {
	ID string `json:"id"`
	playlists.QuietRule
	// Night marks the root's night, which can be lifted and never removed.
	Night bool `json:"night,omitempty"`
	// Note says what it is for. It travels as the rule's Name.
	Note string `json:"note,omitempty"`
	// LiftReason and LiftedBy belong to LiftedUntil; they are empty while the rule stands.
	LiftReason string `json:"lift_reason,omitempty"`
	LiftedBy   string `json:"lifted_by,omitempty"`
}

// rule is the rule as a terminal's programme has it.
func (q *Quiet) rule() playlists.QuietRule {
	rule := q.QuietRule
	rule.Name = q.Note
	return rule
}

func (q *Quiet) change(act Act, by string) Change {
	return Change{
		By: by, Subject: SubjectQuiet, ID: q.ID, Name: q.From.String() + "–" + q.To.String(), Grid: q.Grid, Act: act,
	}
}

// QuietAct is one thing that a person did to a quiet rule. Acts are kept for ever.
type QuietAct struct {
	Quiet string
	At    time.Time
	// Act is made, lifted, restored or removed.
	Act  string
	Grid playlists.GridCode
	From playlists.TimeOfDay
	To   playlists.TimeOfDay
	// Until and Reason belong to a lifting.
	Until  time.Time
	Reason string
	By     string
}

// Quiet returns every quiet rule, by grid and time.
func (r *Rounds) Quiet(ctx context.Context) ([]Quiet, error) {
	var all []Quiet
	err := r.look(ctx, func(_ *store.Tx, b *book) error {
		all = b.quiet
		return nil
	})
	return all, err
}

// QuietActs returns the latest acts, newest first, at most 1,000.
func (r *Rounds) QuietActs(ctx context.Context) ([]QuietAct, error) {
	var acts []QuietAct
	err := r.store.Read(ctx, func(tx *store.Tx) error {
		rows, err := roundssql.New(tx.Tx).QuietActs(ctx, maxActs)
		for _, row := range rows {
			acts = append(acts, QuietAct{
				Quiet: row.Quiet, At: moment(row.AtMs), Act: row.Act, Grid: playlists.GridCode(row.Grid),
				From: playlists.TimeOfDay(row.FromS), To: playlists.TimeOfDay(row.ToS),
				Until: moment(row.UntilMs), Reason: row.Reason, By: row.ActBy,
			})
		}
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("read quiet acts: %w", err)
	}
	return acts, nil
}

// EnsureNight makes the root's night, 22:00 to 06:00, unless the root has it. It publishes nothing when there is
// nothing to make.
func (r *Rounds) EnsureNight(ctx context.Context, tx *store.Tx, root playlists.GridCode) error {
	b, err := r.open(ctx, tx)
	if err != nil {
		return err
	}
	for _, have := range b.quiet {
		if have.Night && have.Grid == root {
			return nil
		}
	}
	return r.addQuiet(ctx, tx, &Quiet{Night: true, QuietRule: playlists.QuietRule{Grid: root, From: nightFrom, To: nightTo}}, "")
}

// AddQuiet silences code and everything below it from from to to of every day; where to is not later than from the span
// runs past midnight.
func (r *Rounds) AddQuiet(ctx context.Context, code playlists.GridCode, from, to playlists.TimeOfDay, note, by string) (Quiet, error) {
	rule := Quiet{QuietRule: playlists.QuietRule{Grid: code, From: from, To: to}}
	err := r.change(ctx, func(tx *store.Tx, b *book, _ *roundssql.Queries) error {
		var err error
		if rule.Note, err = line("note", note, 0, maxNote); err != nil {
			return err
		}
		if err := checkSpan(from, to); err != nil {
			return err
		}
		if err := r.checkGrid(ctx, tx, "grid", code); err != nil {
			return err
		}
		has := count(b.quiet, func(x *Quiet) bool { return x.Grid == code && !x.Night })
		if err := checkRoom("quiet_too_many", has, maxQuietOf); err != nil {
			return err
		}
		return r.addQuiet(ctx, tx, &rule, by)
	})
	return rule, err
}

// checkSpan refuses a span that is none, or reaches beyond the day.
func checkSpan(from, to playlists.TimeOfDay) error {
	if from < 0 || from >= playlists.EndOfDay || to < 0 || to > playlists.EndOfDay || from == to {
		return invalid("quiet_span_impossible", "to", nil)
	}
	return nil
}

func (r *Rounds) addQuiet(ctx context.Context, tx *store.Tx, rule *Quiet, by string) error {
	rule.ID = newID()
	q := roundssql.New(tx.Tx)
	if err := q.InsertQuietRule(ctx, roundssql.InsertQuietRuleParams{
		ID: rule.ID, Grid: string(rule.Grid), FromS: int32(rule.From), ToS: int32(rule.To),
		Night: rule.Night, Note: rule.Note, MadeMs: tx.Now.UnixMilli(),
	}); err != nil {
		return fmt.Errorf("keep quiet rule: %w", err)
	}
	return r.afterQuiet(ctx, tx, q, nil, rule, ActMade, by)
}

// Lift lets the rule rest until until. That is an administrator's act, with a reason, and it is recorded.
func (r *Rounds) Lift(ctx context.Context, id string, until time.Time, reason, by string) error {
	return r.change(ctx, func(tx *store.Tx, b *book, q *roundssql.Queries) error {
		rule := b.quietRule(id)
		if rule == nil {
			return notFound("quiet_unknown")
		}
		before := *rule
		var err error
		if rule.LiftReason, err = line("reason", reason, 1, maxNote); err != nil {
			return err
		}
		if !until.After(tx.Now) || until.After(tx.Now.Add(maxLift)) {
			return invalid("lift_end_out_of_range", "until", map[string]any{"most": int(maxLift.Hours() / 24)})
		}
		rule.LiftedUntil, rule.LiftedBy = moment(millis(until)), by
		return r.setLift(ctx, tx, q, &before, rule, ActLifted, by)
	})
}

// Restore ends a lifting at once.
func (r *Rounds) Restore(ctx context.Context, id, by string) error {
	return r.change(ctx, func(tx *store.Tx, b *book, q *roundssql.Queries) error {
		rule := b.quietRule(id)
		if rule == nil {
			return notFound("quiet_unknown")
		}
		if rule.LiftedUntil.IsZero() {
			return nil
		}
		before := *rule
		rule.LiftedUntil, rule.LiftReason, rule.LiftedBy = time.Time{}, "", ""
		return r.setLift(ctx, tx, q, &before, rule, ActRestored, by)
	})
}

func (r *Rounds) setLift(ctx context.Context, tx *store.Tx, q *roundssql.Queries, before, rule *Quiet, act Act, by string) error {
	if err := q.LiftQuietRule(ctx, roundssql.LiftQuietRuleParams{
		ID: rule.ID, LiftedUntilMs: millis(rule.LiftedUntil), LiftReason: rule.LiftReason, LiftedBy: rule.LiftedBy,
	}); err != nil {
		return fmt.Errorf("keep lifting of quiet rule %s: %w", rule.ID, err)
	}
	return r.afterQuiet(ctx, tx, q, before, rule, act, by)
}

// RemoveQuiet ends a quiet rule for good. The root's night cannot be removed.
func (r *Rounds) RemoveQuiet(ctx context.Context, id, by string) error {
	return r.change(ctx, func(tx *store.Tx, b *book, q *roundssql.Queries) error {
		rule := b.quietRule(id)
		if rule == nil {
			return notFound("quiet_unknown")
		}
		if rule.Night {
			return &playlists.Problem{Kind: playlists.Conflict, Code: "night_stays"}
		}
		if err := q.DeleteQuietRule(ctx, id); err != nil {
			return fmt.Errorf("delete quiet rule %s: %w", id, err)
		}
		return r.afterQuiet(ctx, tx, q, rule, nil, ActRemoved, by)
	})
}

// afterQuiet records the act and publishes what it changed; before or after is nil where there was, or is, none.
func (r *Rounds) afterQuiet(ctx context.Context, tx *store.Tx, q *roundssql.Queries, before, after *Quiet, act Act, by string) error {
	rule := cmp.Or(after, before)
	if err := record(ctx, tx, q, rule.change(act, by), before, after); err != nil {
		return err
	}
	if err := q.InsertQuietAct(ctx, roundssql.InsertQuietActParams{
		Quiet: rule.ID, AtMs: tx.Now.UnixMilli(), Act: string(act), Grid: string(rule.Grid), FromS: int32(rule.From),
		ToS: int32(rule.To), UntilMs: millis(rule.LiftedUntil), Reason: rule.LiftReason, ActBy: by,
	}); err != nil {
		return fmt.Errorf("record quiet act: %w", err)
	}
	return r.publish(ctx, tx, below(rule.Grid))
}
