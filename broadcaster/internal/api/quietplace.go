package api

import (
	"context"
	"errors"
	"time"

	"dalaba/broadcaster/internal/access"
	"dalaba/broadcaster/internal/rounds"
	"dalaba/broadcaster/internal/territory"
	"dalaba/playlists"
)

// slipWithin is how long who made a quiet place by mistake may take it away again.
const slipWithin = time.Hour

func (a *API) placeOf(p access.Person, names territory.Names, x rounds.QuietPlace) quietPlaceShape {
	return quietPlaceShape{
		ID: x.ID, Grid: string(x.Grid), GridName: names.Path(x.Grid), Name: x.Name, Lat: x.Lat, Lon: x.Lon, RadiusM: x.Radius,
		From: x.From.String(), To: x.To.String(), FirstDay: x.FirstDay.String(), LastDay: x.LastDay.String(),
		By: x.By, Created: x.Created, MayEdit: a.may(p, access.ActEditPlaces, x.Grid) == nil,
		MayRemove: a.mayRemovePlace(p, x) == nil,
	}
}

func reachedOf(names territory.Names, r rounds.Reached) reachedShape {
	name := func(t rounds.Terminal) string { return t.Name }
	return reachedShape{
		Silenced: shapes(r.Silenced, name), Unplaced: shapes(r.Unplaced, name),
		Beyond: shapes(r.Beyond, func(t rounds.Terminal) beyondShape {
			return beyondShape{Name: t.Name, GridName: names.Path(t.Grid)}
		}),
	}
}

// placeFrom reads what a person wrote into x.
func placeFrom(s quietPlaceEditShape, x rounds.QuietPlace) (rounds.QuietPlace, error) {
	var mistakes [4]error
	x.Name, x.Lat, x.Lon, x.Radius = s.Name, s.Lat, s.Lon, s.RadiusM
	x.From, mistakes[0] = timeOfDay("from", s.From)
	x.To, mistakes[1] = timeOfDay("to", s.To)
	x.FirstDay, mistakes[2] = dayOf("first_day", s.FirstDay)
	x.LastDay, mistakes[3] = dayOf("last_day", s.LastDay)
	return x, errors.Join(mistakes[:]...)
}

// dayOf reads a day; an empty text is no day.
func dayOf(field, text string) (playlists.Date, error) {
	if text == "" {
		return playlists.Date{}, nil
	}
	day, err := playlists.ParseDate(text)
	if err != nil {
		return day, unreadableDay(field, text, err)
	}
	return day, nil
}

func unreadableDay(field, text string, err error) error {
	return &playlists.Problem{Kind: playlists.Invalid, Code: "day_unreadable", Field: field, Args: map[string]any{"text": text}, Err: err}
}

// listQuietPlaces shows those that hold at p's grid, from above too, and those below it.
func (a *API) listQuietPlaces(ctx context.Context, p access.Person, _ *none) (*answer[quietPlacesShape], error) {
	all, err := a.Rounds.QuietPlaces(ctx)
	if err != nil {
		return nil, err
	}
	names, err := a.names(ctx)
	if err != nil {
		return nil, err
	}
	out := &answer[quietPlacesShape]{Body: quietPlacesShape{Places: []quietPlaceShape{}}}
	for _, x := range all {
		if a.concerns(p, x.Grid) {
			out.Body.Places = append(out.Body.Places, a.placeOf(p, names, x))
		}
	}
	return out, nil
}

// newPlace is what p wants a place to be, if p may have one there.
func (a *API) newPlace(p access.Person, s quietPlaceEditShape) (rounds.QuietPlace, error) {
	node := playlists.GridCode(s.Grid)
	if err := a.may(p, access.ActEditPlaces, node); err != nil {
		return rounds.QuietPlace{}, err
	}
	return placeFrom(s, rounds.QuietPlace{Grid: node, ByID: p.ID})
}

func (a *API) checkQuietPlace(ctx context.Context, p access.Person, in *making[quietPlaceEditShape]) (*answer[reachedShape], error) {
	x, err := a.newPlace(p, in.Body)
	if err != nil {
		return nil, err
	}
	reached, err := a.Rounds.PreviewQuietPlace(ctx, x)
	if err != nil {
		return nil, err
	}
	names, err := a.names(ctx)
	return &answer[reachedShape]{Body: reachedOf(names, reached)}, err
}

func (a *API) makeQuietPlace(ctx context.Context, p access.Person, in *making[quietPlaceEditShape]) (*answer[savedPlaceShape], error) {
	x, err := a.newPlace(p, in.Body)
	if err != nil {
		return nil, err
	}
	return a.savePlace(ctx, p, x)
}

func (a *API) editQuietPlace(ctx context.Context, p access.Person, in *editing[quietPlaceEditShape]) (*answer[savedPlaceShape], error) {
	kept, err := a.quietPlace(ctx, in.ID)
	if err != nil {
		return nil, err
	}
	if err := a.may(p, access.ActEditPlaces, kept.Grid); err != nil {
		return nil, err
	}
	if err := sameGrid(in.Body.Grid, kept.Grid); err != nil {
		return nil, err
	}
	x, err := placeFrom(in.Body, kept)
	if err != nil {
		return nil, err
	}
	if kept.ByID != p.ID && lessens(kept, x) && a.may(p, access.ActLiftQuiet, kept.Grid) != nil {
		return nil, &playlists.Problem{Kind: playlists.Forbidden, Code: "quiet_place_lessened", Args: map[string]any{"by": kept.By}}
	}
	return a.savePlace(ctx, p, x)
}

// lessens tells whether a place silences less than before: at another point, in a smaller circle, in fewer hours or on
// fewer days. What another has ordered cannot be undone so.
func lessens(before, after rounds.QuietPlace) bool {
	ends := func(x rounds.QuietPlace) playlists.TimeOfDay {
		if x.To <= x.From {
			return x.To + playlists.EndOfDay
		}
		return x.To
	}
	later := !after.FirstDay.IsZero() && after.FirstDay.Compare(before.FirstDay) > 0
	sooner := !after.LastDay.IsZero() && (before.LastDay.IsZero() || after.LastDay.Compare(before.LastDay) < 0)
	return after.Lat != before.Lat || after.Lon != before.Lon || after.Radius < before.Radius ||
		after.From > before.From || ends(after) < ends(before) || later || sooner
}

// sameGrid refuses to move what stays with the grid for which it was made.
func sameGrid(asked string, kept playlists.GridCode) error {
	if asked != string(kept) {
		return &playlists.Problem{Kind: playlists.Invalid, Code: "grid_stays", Field: "grid"}
	}
	return nil
}

func (a *API) savePlace(ctx context.Context, p access.Person, x rounds.QuietPlace) (*answer[savedPlaceShape], error) {
	x, reached, err := a.Rounds.SaveQuietPlace(ctx, x, p.Display)
	if err != nil {
		return nil, err
	}
	names, err := a.names(ctx)
	if err != nil {
		return nil, err
	}
	a.feed.Changed(TopicQuiet)
	return &answer[savedPlaceShape]{Body: savedPlaceShape{Place: a.placeOf(p, names, x), Reached: reachedOf(names, reached)}}, nil
}

func (a *API) quietPlace(ctx context.Context, id string) (rounds.QuietPlace, error) {
	all, err := a.Rounds.QuietPlaces(ctx)
	if err != nil {
		return rounds.QuietPlace{}, err
	}
	for _, x := range all {
		if x.ID == id {
			return x, nil
		}
	}
	return rounds.QuietPlace{}, &playlists.Problem{Kind: playlists.NotFound, Code: "quiet_place_unknown"}
}

// mayRemovePlace returns nil for who may end quiet for good, and for who made the place a moment ago.
func (a *API) mayRemovePlace(p access.Person, x rounds.QuietPlace) error {
	slip := x.ByID == p.ID && time.Since(x.Created) < slipWithin
	if slip && a.may(p, access.ActEditPlaces, x.Grid) == nil {
		return nil
	}
	return a.may(p, access.ActLiftQuiet, x.Grid)
}

func (a *API) removeQuietPlace(ctx context.Context, p access.Person, in *byID) (*none, error) {
	x, err := a.quietPlace(ctx, in.ID)
	if err != nil {
		return nil, err
	}
	if err := a.mayRemovePlace(p, x); err != nil {
		return nil, err
	}
	defer a.feed.Changed(TopicQuiet)
	return &none{}, a.Rounds.RemoveQuietPlace(ctx, x.ID, p.Display)
}
