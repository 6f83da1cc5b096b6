package hearing

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"dalaba/broadcaster/internal/hearing/hearingsql"
	"dalaba/broadcaster/internal/store"
	"dalaba/playlists"
)

const (
	// AskedFor is how long after it sounded people may say whether they heard an airing.
	AskedFor = 24 * time.Hour
	// ChangeableFor is how long after his first answer a person may change it.
	ChangeableFor = time.Hour
)

// Airing is an airing as the room needs it.
type Airing struct {
	ID        playlists.AiringID
	Round     playlists.RoundID
	RoundName string
	Due       time.Time
	// Began is when it began, as far as that is known; zero else.
	Began time.Time
	// Silent tells that it is known not to have sounded.
	Silent bool
}

// Answer is what a person says of an airing.
type Answer struct {
	Airing   playlists.AiringID
	Terminal playlists.TerminalID
	// Person is who answers, by id, and By what people call him.
	Person string
	By     string
	Heard  bool
	// Note may be empty.
	Note string

	// What follows is the room's to fill in. First is when he first answered, and At when he last did.
	Round     playlists.RoundID
	RoundName string
	Due       time.Time
	First, At time.Time
	// Task is what it opened, or stands in; empty for none.
	Task string
}

// Answer keeps a: one for each person and airing, which he may change for an hour. That he did not hear it stands in a task
// of the terminal's, which is opened if there is none. Whether somebody heard it is the ledger's to know at once.
func (h *Hearing) Answer(ctx context.Context, a Answer) (Answer, error) {
	var err error
	if a.Note, err = line("note", a.Note, 0); err != nil {
		return a, err
	}
	err = h.store.Write(ctx, func(tx *store.Tx) error {
		found, known, err := h.record.Airing(ctx, tx, a.Terminal, a.Airing, tx.Now.Add(-AskedFor-playlists.MaxLateness.Duration()))
		if err != nil {
			return err
		}
		if err := askable(found, known, tx.Now); err != nil {
			return err
		}
		a.Round, a.RoundName, a.Due, a.First, a.At = found.Round, found.RoundName, found.Due, tx.Now, tx.Now
		return h.keep(ctx, tx, &a)
	})
	return a, err
}

// askable refuses an airing that nobody is asked about.
func askable(a Airing, known bool, now time.Time) error {
	at := a.Began
	if at.IsZero() {
		at = a.Due
	}
	switch {
	case !known:
		return &playlists.Problem{Kind: playlists.NotFound, Code: "airing_not_told"}
	case a.Silent:
		return conflict("airing_silent", nil)
	case at.After(now):
		return conflict("airing_not_begun", nil)
	case at.Before(now.Add(-AskedFor)):
		return conflict("airing_too_long_ago", map[string]any{"hours": int(AskedFor.Hours())})
	}
	return nil
}

func (h *Hearing) keep(ctx context.Context, tx *store.Tx, a *Answer) error {
	q := hearingsql.New(tx)
	old, err := q.Answer(ctx, hearingsql.AnswerParams{Airing: a.Airing.String(), Person: a.Person})
	switch {
	case errors.Is(err, sql.ErrNoRows):
	case err != nil:
		return fmt.Errorf("read answer: %w", err)
	default:
		a.First, a.Task = moment(old.FirstMs), old.Task
		if tx.Now.Sub(a.First) > ChangeableFor {
			return conflict("answer_stands", nil)
		}
	}
	if !a.Heard && a.Task != "" {
		if err := h.stillOpen(ctx, tx, a); err != nil {
			return err
		}
	}
	if !a.Heard && a.Task == "" {
		if a.Task, err = h.task(ctx, tx, q, a); err != nil {
			return err
		}
	}
	if err := q.PutAnswer(ctx, hearingsql.PutAnswerParams{
		Airing: a.Airing.String(), Person: a.Person, PersonName: a.By, Terminal: string(a.Terminal), Round: string(a.Round),
		RoundName: a.RoundName, DueMs: millis(a.Due), Heard: a.Heard, Note: a.Note, FirstMs: millis(a.First), AtMs: millis(a.At),
		Task: a.Task,
	}); err != nil {
		return fmt.Errorf("keep answer: %w", err)
	}
	heard, err := q.CountHeard(ctx, a.Airing.String())
	if err != nil {
		return fmt.Errorf("count answers: %w", err)
	}
	return h.record.SetHeard(ctx, tx, a.Terminal, a.Round, a.Due, heard > 0)
}

// AnswersOf returns what a person answered from since on, by airing.
func (h *Hearing) AnswersOf(ctx context.Context, tx *store.Tx, person string, since time.Time) (map[playlists.AiringID]Answer, error) {
	rows, err := hearingsql.New(tx).AnswersOf(ctx, hearingsql.AnswersOfParams{Person: person, AtMs: millis(since)})
	if err != nil {
		return nil, fmt.Errorf("read answers: %w", err)
	}
	all := make(map[playlists.AiringID]Answer, len(rows))
	for _, row := range rows {
		a, err := answerOf(row)
		if err != nil {
			return nil, err
		}
		all[a.Airing] = a
	}
	return all, nil
}

func answerOf(row hearingsql.Answer) (Answer, error) {
	a := Answer{
		Terminal: playlists.TerminalID(row.Terminal), Person: row.Person, By: row.PersonName, Heard: row.Heard, Note: row.Note,
		Round: playlists.RoundID(row.Round), RoundName: row.RoundName, Due: moment(row.DueMs), First: moment(row.FirstMs),
		At: moment(row.AtMs), Task: row.Task,
	}
	if err := a.Airing.UnmarshalText([]byte(row.Airing)); err != nil {
		return a, fmt.Errorf("read answer: %w", err)
	}
	return a, nil
}
