package api

import (
	"context"
	"errors"
	"fmt"

	"dalaba/broadcaster/internal/access"
	"dalaba/broadcaster/internal/rounds"
	"dalaba/playlists"
)

func holidaysOf(x rounds.Holidays, mayEdit bool) holidaysShape {
	return holidaysShape{
		Name: x.Name, Days: shapes(x.Dates, playlists.Date.String), By: x.By, UsedBy: texts(x.UsedBy), MayEdit: mayEdit,
	}
}

// listHolidays shows them to everybody: any round may name them.
func (a *API) listHolidays(ctx context.Context, p access.Person, _ *none) (*answer[holidaysListShape], error) {
	all, err := a.Rounds.Holidays(ctx)
	if err != nil {
		return nil, err
	}
	mayEdit, err := a.mayEditTown(ctx, p, access.ActEditHolidays)
	return &answer[holidaysListShape]{Body: holidaysListShape{
		Holidays: shapes(all, func(x rounds.Holidays) holidaysShape { return holidaysOf(x, mayEdit) }),
	}}, err
}

func (a *API) saveHolidays(ctx context.Context, p access.Person, in *editing[holidaysEditShape]) (*answer[holidaysShape], error) {
	if err := a.mayInTown(ctx, p, access.ActEditHolidays); err != nil {
		return nil, err
	}
	set := playlists.HolidaySet{Name: in.ID}
	var mistakes []error
	for i, text := range in.Body.Days {
		day, err := playlists.ParseDate(text)
		if err != nil {
			mistakes = append(mistakes, unreadableDay(fmt.Sprintf("days[%d]", i), text, err))
		}
		set.Dates = append(set.Dates, day)
	}
	if err := errors.Join(mistakes...); err != nil {
		return nil, err
	}
	kept, err := a.Rounds.SaveHolidays(ctx, set, p.Display)
	if err != nil {
		return nil, err
	}
	a.feed.Changed(TopicRounds)
	return &answer[holidaysShape]{Body: holidaysOf(kept, true)}, nil
}

func (a *API) removeHolidays(ctx context.Context, p access.Person, in *byID) (*none, error) {
	if err := a.mayInTown(ctx, p, access.ActEditHolidays); err != nil {
		return nil, err
	}
	defer a.feed.Changed(TopicRounds)
	return &none{}, a.Rounds.RemoveHolidays(ctx, in.ID, p.Display)
}
