package hearing

import (
	"context"
	"fmt"
	"time"

	"dalaba/broadcaster/internal/hearing/hearingsql"
	"dalaba/broadcaster/internal/store"
	"dalaba/playlists"
)

// The ring test begins within these times of day: nobody is to be woken by a test.
const (
	earliest = playlists.TimeOfDay(8 * 60 * 60)
	latest   = playlists.TimeOfDay(18 * 60 * 60)
)

// Schedule is when a town's ring test sounds: once a week.
type Schedule struct {
	// Weekday is 1 for Monday to 7 for Sunday.
	Weekday int `json:"weekday"`
	// At is a whole minute, 08:00 to 18:00.
	At playlists.TimeOfDay `json:"time"`
	// Since is when it came to be so: it does not sound for moments before.
	Since time.Time `json:"-"`
	// By set it.
	By string `json:"-"`
}

func (s *Schedule) check() error {
	if s.Weekday < 1 || s.Weekday > 7 {
		return invalid("weekday_unknown", "weekday", nil)
	}
	if s.At < earliest || s.At > latest || s.At%60 != 0 {
		return invalid("ring_test_out_of_hours", "at", map[string]any{"from": earliest.String(), "to": latest.String()})
	}
	return nil
}

// Timetable is when it fires, as rounds say it.
func (s *Schedule) Timetable() playlists.Timetable {
	minutes := int(s.At) / 60
	return playlists.Timetable{Cron: fmt.Sprintf("%d %d * * *", minutes%60, minutes/60), Weekdays: []int{s.Weekday}}
}

// Schedule returns when the ring test sounds, or nil while it does not.
func (h *Hearing) Schedule(ctx context.Context) (*Schedule, error) {
	var s *Schedule
	err := h.store.Read(ctx, func(tx *store.Tx) (err error) {
		s, err = schedule(ctx, hearingsql.New(tx))
		return err
	})
	return s, err
}

func schedule(ctx context.Context, q *hearingsql.Queries) (*Schedule, error) {
	rows, err := q.Schedule(ctx)
	if err != nil {
		return nil, fmt.Errorf("read ring test: %w", err)
	}
	for _, row := range rows {
		return &Schedule{
			Weekday: int(row.Weekday), At: playlists.TimeOfDay(row.AtS), Since: moment(row.SinceMs), By: row.SetBy,
		}, nil
	}
	return nil, nil
}

// SetSchedule says when the ring test sounds from now on, for by. A nil s ends it.
func (h *Hearing) SetSchedule(ctx context.Context, s *Schedule, by string) error {
	if s != nil {
		if err := s.check(); err != nil {
			return err
		}
		if err := h.ensure(ctx, playlists.Digest{}); err != nil {
			return err
		}
	}
	return h.store.Write(ctx, func(tx *store.Tx) error {
		q := hearingsql.New(tx)
		before, err := schedule(ctx, q)
		if err != nil {
			return err
		}
		if before != nil && s != nil && before.Weekday == s.Weekday && before.At == s.At {
			return nil
		}
		root, err := h.land.Root(ctx, tx)
		if err != nil {
			return err
		}
		if s == nil {
			err = q.DeleteSchedule(ctx)
		} else {
			err = q.PutSchedule(ctx, hearingsql.PutScheduleParams{
				Town: string(root), Weekday: int32(s.Weekday), AtS: int32(s.At), SinceMs: millis(tx.Now), SetBy: by, SetMs: millis(tx.Now),
			})
		}
		if err != nil {
			return fmt.Errorf("keep ring test: %w", err)
		}
		return h.plans.RingTestChanged(ctx, tx, root, by, before, s)
	})
}
