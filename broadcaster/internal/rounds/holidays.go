package rounds

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"dalaba/broadcaster/internal/rounds/roundssql"
	"dalaba/broadcaster/internal/store"
	"dalaba/playlists"
	"dalaba/playlists/timetable"
)

// Holidays is a named set of days as it is kept: what the state council publishes, a school's terms.
type Holidays struct {
	playlists.HolidaySet
	// By names who made it. It stays as it was made, as does Created.
	By      string    `json:"by"`
	Created time.Time `json:"created"`
	// UsedBy names the rounds whose timetables name it.
	UsedBy []string `json:"-"`
}

// Holidays returns every set, by name.
func (r *Rounds) Holidays(ctx context.Context) ([]Holidays, error) {
	var all []Holidays
	err := r.look(ctx, func(_ *store.Tx, b *book) error {
		all = b.holidays
		return nil
	})
	return all, err
}

func (b *book) readHolidays(ctx context.Context, q *roundssql.Queries) error {
	rows, err := q.Holidays(ctx)
	if err != nil {
		return fmt.Errorf("read holidays: %w", err)
	}
	for _, row := range rows {
		set := Holidays{HolidaySet: playlists.HolidaySet{Name: row.Name}, By: row.MadeBy, Created: moment(row.MadeMs)}
		if err := json.Unmarshal([]byte(row.Dates), &set.Dates); err != nil {
			return fmt.Errorf("read holidays %s: %w", row.Name, err)
		}
		b.holidays = append(b.holidays, set)
	}
	return nil
}

// holidaySet returns the book's set, or nil.
func (b *book) holidaySet(name string) *Holidays {
	for i := range b.holidays {
		if b.holidays[i].Name == name {
			return &b.holidays[i]
		}
	}
	return nil
}

// useHolidays gives round the sets that its timetable names, in the order of their names.
func (b *book) useHolidays(round *Round) {
	round.Holidays = nil
	for i := range b.holidays {
		if set := &b.holidays[i]; round.namesHolidays(set.Name) {
			round.Holidays = append(round.Holidays, set.HolidaySet)
			set.UsedBy = appendNew(set.UsedBy, round.Name)
		}
	}
}

func (round *Round) namesHolidays(name string) bool {
	return slices.Contains(round.Timetable.ExceptHolidays, name) || slices.Contains(round.Timetable.OnlyHolidays, name)
}

// SaveHolidays keeps set under its name. Rounds that name it fire by its new days from now on.
func (r *Rounds) SaveHolidays(ctx context.Context, set playlists.HolidaySet, by string) (Holidays, error) {
	kept := Holidays{HolidaySet: set, By: by}
	err := r.change(ctx, func(tx *store.Tx, b *book, q *roundssql.Queries) error {
		kept.Created = tx.Now
		act := ActMade
		old := b.holidaySet(set.Name)
		if old != nil {
			act = ActChanged
			kept.By, kept.Created, kept.UsedBy = old.By, old.Created, old.UsedBy
		} else if len(b.holidays) >= timetable.MaxHolidays {
			return invalid("holidays_too_many", "name", map[string]any{"max": timetable.MaxHolidays})
		}
		if err := checkHolidays(&kept); err != nil {
			return err
		}
		if old != nil && slices.Equal(old.Dates, kept.Dates) {
			return nil
		}
		dates, err := json.Marshal(kept.Dates)
		if err != nil {
			return fmt.Errorf("write holidays %s: %w", kept.Name, err)
		}
		if err := q.PutHolidays(ctx, roundssql.PutHolidaysParams{
			Name: kept.Name, Dates: string(dates), MadeBy: kept.By, MadeMs: millis(kept.Created),
		}); err != nil {
			return fmt.Errorf("keep holidays %s: %w", kept.Name, err)
		}
		if err := record(ctx, tx, q, kept.change(act, by), old, &kept); err != nil {
			return err
		}
		return r.turnHolidays(ctx, tx, b, q, kept.Name)
	})
	return kept, err
}

// turnHolidays publishes the rounds that name the set. They do not fire for the past.
func (r *Rounds) turnHolidays(ctx context.Context, tx *store.Tx, b *book, q *roundssql.Queries, name string) error {
	var targets []playlists.GridCode
	for i := range b.rounds {
		round := &b.rounds[i]
		if !round.namesHolidays(name) {
			continue
		}
		targets = append(targets, round.Targets...)
		if err := q.SetRoundSince(ctx, roundssql.SetRoundSinceParams{ID: string(round.ID), SinceMs: millis(tx.Now)}); err != nil {
			return fmt.Errorf("keep round %s: %w", round.ID, err)
		}
	}
	if len(targets) == 0 {
		return nil
	}
	return r.publish(ctx, tx, within(targets))
}

// checkHolidays sorts the days and leaves out what is named twice.
func checkHolidays(set *Holidays) error {
	name, err := line("name", set.Name, 1, maxName)
	if err != nil {
		return err
	}
	set.Name = name
	set.Dates = slices.Clone(set.Dates)
	slices.SortFunc(set.Dates, playlists.Date.Compare)
	set.Dates = slices.Compact(set.Dates)
	if len(set.Dates) == 0 {
		return invalid("holidays_empty", "days", nil)
	}
	if len(set.Dates) > timetable.MaxExcept {
		return invalid("holidays_too_long", "days", map[string]any{"name": set.Name, "max": timetable.MaxExcept})
	}
	for _, day := range set.Dates {
		if !day.Plannable() {
			return invalid("moment_out_of_range", "days", nil)
		}
	}
	return nil
}

// RemoveHolidays forgets a set that no timetable names.
func (r *Rounds) RemoveHolidays(ctx context.Context, name, by string) error {
	return r.change(ctx, func(tx *store.Tx, b *book, q *roundssql.Queries) error {
		set := b.holidaySet(name)
		if set == nil {
			return notFound("holidays_unknown")
		}
		if len(set.UsedBy) > 0 {
			return inUse("holidays_in_use", set.UsedBy)
		}
		if err := q.DeleteHolidays(ctx, name); err != nil {
			return fmt.Errorf("delete holidays %s: %w", name, err)
		}
		return record(ctx, tx, q, set.change(ActRemoved, by), set, nil)
	})
}

func (set *Holidays) change(act Act, by string) Change {
	return Change{By: by, Subject: SubjectHolidays, ID: set.Name, Name: set.Name, Act: act}
}
