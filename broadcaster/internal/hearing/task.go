package hearing

import (
	"cmp"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"dalaba/broadcaster/internal/hearing/hearingsql"
	"dalaba/broadcaster/internal/store"
	"dalaba/playlists"
)

// maxTasks bounds what Tasks returns at once.
const maxTasks = 200

// Task is a terminal that the electrician is to look at, because somebody did not hear it.
type Task struct {
	// ID names it for ever.
	ID       string
	Terminal playlists.TerminalID
	// TerminalName and GridPath are what people called both when it was opened.
	TerminalName string
	Grid         playlists.GridCode
	GridPath     string
	By           string
	Opened       time.Time
	// Done is zero while it is open; DoneBy did what Outcome says.
	Done    time.Time
	DoneBy  string
	Outcome string
	// Reports are who said so, of what, in order; a person may have thought better of it since.
	Reports []Answer
	// Heard is that the terminal was heard after it was opened, or nil. It ends nothing.
	Heard *Confirmation
}

// TaskFilter chooses tasks.
type TaskFilter struct {
	// Grid chooses those of it and of what lies below it.
	Grid playlists.GridCode
	// Open chooses those that are not done, and Terminal, where it is not empty, those of one terminal.
	Open     bool
	Terminal playlists.TerminalID
	// Most is how many are returned at most, up to 200, which 0 stands for.
	Most int
}

// task returns the terminal's open task, and opens one for a if there is none.
func (h *Hearing) task(ctx context.Context, tx *store.Tx, q *hearingsql.Queries, a *Answer) (string, error) {
	open, err := q.OpenTaskOf(ctx, string(a.Terminal))
	if err != nil {
		return "", fmt.Errorf("look for a task: %w", err)
	}
	if len(open) > 0 {
		return open[0], nil
	}
	t, err := h.land.Terminal(ctx, tx, a.Terminal)
	if err != nil {
		return "", err
	}
	id := newID()
	if err := q.InsertTask(ctx, hearingsql.InsertTaskParams{
		ID: id, Terminal: string(t.ID), TerminalName: t.Name, Grid: string(t.Grid), GridPath: t.GridPath, OpenedBy: a.By,
		OpenedMs: millis(tx.Now),
	}); err != nil {
		return "", fmt.Errorf("open task: %w", err)
	}
	return id, nil
}

// stillOpen takes a out of a task that is done: what is said after the electrician was there is for him to see again.
func (h *Hearing) stillOpen(ctx context.Context, tx *store.Tx, a *Answer) error {
	t, err := h.find(ctx, tx, a.Task)
	if err == nil && !t.Done.IsZero() {
		a.Task = ""
	}
	return err
}

// Tasks returns tasks, open ones first, and of each the latest first.
func (h *Hearing) Tasks(ctx context.Context, f TaskFilter) ([]Task, error) {
	var all []Task
	err := h.store.Read(ctx, func(tx *store.Tx) error {
		rows, err := hearingsql.New(tx).Tasks(ctx, hearingsql.TasksParams{
			Grid: string(f.Grid), GridEnd: string(f.Grid) + ":", // codes are digits, and ":" comes after the last of them
			OnlyOpen: f.Open, Terminal: string(f.Terminal), Most: int32(min(cmp.Or(max(f.Most, 0), maxTasks), maxTasks)),
		})
		if err != nil {
			return fmt.Errorf("list tasks: %w", err)
		}
		for _, row := range rows {
			all = append(all, taskOf(row))
		}
		return h.complete(ctx, tx, all)
	})
	return all, err
}

// Task returns the task called id, or a NotFound problem.
func (h *Hearing) Task(ctx context.Context, id string) (Task, error) {
	var t Task
	err := h.store.Read(ctx, func(tx *store.Tx) (err error) {
		t, err = h.find(ctx, tx, id)
		return err
	})
	return t, err
}

func (h *Hearing) find(ctx context.Context, tx *store.Tx, id string) (Task, error) {
	row, err := hearingsql.New(tx).Task(ctx, id)
	if errors.Is(err, sql.ErrNoRows) {
		return Task{}, &playlists.Problem{Kind: playlists.NotFound, Code: "task_unknown"}
	}
	if err != nil {
		return Task{}, fmt.Errorf("find task %s: %w", id, err)
	}
	found := []Task{taskOf(row)}
	err = h.complete(ctx, tx, found)
	return found[0], err
}

// EndTask says that by did what outcome says, in one line. What is done already stays as it is.
func (h *Hearing) EndTask(ctx context.Context, id, outcome, by string) (Task, error) {
	outcome, err := line("outcome", outcome, 1)
	if err != nil {
		return Task{}, err
	}
	var t Task
	err = h.store.Write(ctx, func(tx *store.Tx) (err error) {
		if t, err = h.find(ctx, tx, id); err != nil {
			return err
		}
		if !t.Done.IsZero() {
			return conflict("task_done", map[string]any{"by": t.DoneBy})
		}
		t.Done, t.DoneBy, t.Outcome = tx.Now, by, outcome
		return hearingsql.New(tx).EndTask(ctx, hearingsql.EndTaskParams{ID: id, DoneMs: millis(tx.Now), DoneBy: by, Outcome: outcome})
	})
	return t, err
}

// complete adds who reported the tasks, and who heard the terminals since.
func (h *Hearing) complete(ctx context.Context, tx *store.Tx, tasks []Task) error {
	if len(tasks) == 0 {
		return nil
	}
	heard, err := h.Confirmed(ctx, tx)
	if err != nil {
		return err
	}
	q := hearingsql.New(tx)
	for i := range tasks {
		t := &tasks[i]
		if c := heard[t.Terminal]; c.At.After(t.Opened) && t.Done.IsZero() {
			t.Heard = &c
		}
		rows, err := q.ReportsOf(ctx, t.ID)
		if err != nil {
			return fmt.Errorf("read reports of task %s: %w", t.ID, err)
		}
		for _, row := range rows {
			a, err := answerOf(row)
			if err != nil {
				return err
			}
			t.Reports = append(t.Reports, a)
		}
	}
	return nil
}

func taskOf(row hearingsql.Task) Task {
	return Task{
		ID: row.ID, Terminal: playlists.TerminalID(row.Terminal), TerminalName: row.TerminalName,
		Grid: playlists.GridCode(row.Grid), GridPath: row.GridPath, By: row.OpenedBy, Opened: moment(row.OpenedMs),
		Done: moment(row.DoneMs), DoneBy: row.DoneBy, Outcome: row.Outcome,
	}
}
