package api

import (
	"context"
	"net/http"
	"slices"
	"strings"
	"time"

	"dalaba/broadcaster/internal/access"
	"dalaba/broadcaster/internal/hearing"
	"dalaba/broadcaster/internal/rounds"
	"dalaba/broadcaster/internal/store"
	"dalaba/broadcaster/internal/territory"
	"dalaba/playlists"
	"dalaba/playlists/grid"
)

// root is the root of the tree.
func (a *API) root(ctx context.Context) (playlists.GridCode, error) {
	var root territory.Grid
	err := a.Store.Read(ctx, func(tx *store.Tx) (err error) {
		root, err = a.Territory.Root(ctx, tx)
		return err
	})
	return root.Code, err
}

func (a *API) showRingTest(ctx context.Context, p access.Person, _ *none) (*answer[ringTestShape], error) {
	if err := a.may(p, access.ActSeeGrid, p.Grid); err != nil {
		return nil, err
	}
	root, err := a.root(ctx)
	if err != nil {
		return nil, err
	}
	s, err := a.Hearing.Schedule(ctx)
	if err != nil {
		return nil, err
	}
	out := &answer[ringTestShape]{Body: ringTestShape{MayEdit: a.may(p, access.ActRingTest, root) == nil}}
	if s != nil {
		out.Body.On, out.Body.Weekday, out.Body.At, out.Body.By = true, s.Weekday, s.At.String(), s.By
		for _, next := range a.Rounds.Next(rounds.Round{Round: playlists.Round{Timetable: s.Timetable()}}, time.Now(), 1) {
			out.Body.Next = &next
		}
	}
	out.Body.Places, err = a.ringPlaces(ctx, p)
	return out, err
}

// ringPlaces are the grids that p may see in which something stands that sounds, and those above them.
func (a *API) ringPlaces(ctx context.Context, p access.Person) ([]ringPlaceShape, error) {
	named, err := a.Hearing.Names(ctx)
	if err != nil {
		return nil, err
	}
	titles, err := a.clipTitles(ctx)
	if err != nil {
		return nil, err
	}
	var placed []territory.Terminal
	var names territory.Names
	if err := a.Store.Read(ctx, func(tx *store.Tx) (err error) {
		if placed, err = a.Territory.Terminals(ctx, tx); err != nil {
			return err
		}
		names, err = a.Territory.Names(ctx, tx)
		return err
	}); err != nil {
		return nil, err
	}
	own := make(map[playlists.GridCode]playlists.Digest, len(named))
	shown := make(map[playlists.GridCode]bool)
	for _, n := range named {
		own[n.Grid], shown[n.Grid] = n.Clip, true
	}
	stand := make(map[playlists.GridCode]int)
	for _, t := range placed {
		if t.Kind == playlists.KindScreen {
			continue
		}
		stand[t.Grid]++
		for _, code := range grid.Path(t.Grid) {
			shown[code] = true
		}
	}
	list := []ringPlaceShape{}
	for code := range shown {
		if a.may(p, access.ActSeeGrid, code) != nil {
			continue
		}
		x := ringPlaceShape{
			Grid: string(code), GridPath: names.Path(code), Level: grid.Level(code), Terminals: stand[code],
			Says: hearing.TitleOf(names.Path(code)), MayEdit: a.may(p, access.ActRingTest, code) == nil,
		}
		for _, above := range grid.Path(code) {
			if _, has := own[above]; has {
				x.From = names.Path(above)
			}
		}
		if clip, has := own[code]; has {
			x.Clip, x.ClipTitle = clip.String(), titles[clip]
		}
		list = append(list, x)
	}
	slices.SortFunc(list, func(x, y ringPlaceShape) int { return strings.Compare(x.Grid, y.Grid) })
	return list, nil
}

func (a *API) setRingTest(ctx context.Context, p access.Person, in *making[ringTestEditShape]) (*answer[ringTestShape], error) {
	at, err := playlists.ParseTimeOfDay(in.Body.At)
	if err != nil {
		return nil, &playlists.Problem{Kind: playlists.Invalid, Code: "request_shape", Field: "at", Err: err}
	}
	return a.changeRingTest(ctx, p, &hearing.Schedule{Weekday: in.Body.Weekday, At: at})
}

func (a *API) endRingTest(ctx context.Context, p access.Person, _ *none) (*answer[ringTestShape], error) {
	return a.changeRingTest(ctx, p, nil)
}

func (a *API) changeRingTest(ctx context.Context, p access.Person, s *hearing.Schedule) (*answer[ringTestShape], error) {
	root, err := a.root(ctx)
	if err != nil {
		return nil, err
	}
	if err := a.may(p, access.ActRingTest, root); err != nil {
		return nil, err
	}
	// What fell due until now is still planned.
	if err := a.Ledger.CatchUp(ctx, time.Now()); err != nil {
		return nil, err
	}
	if err := a.Hearing.SetSchedule(ctx, s, p.Display); err != nil {
		return nil, err
	}
	a.feed.Changed(TopicHearing)
	return a.showRingTest(ctx, p, nil)
}

// namePlace makes a recording that p may use the name of a place.
func (a *API) namePlace(ctx context.Context, p access.Person, in *editing[placeNameShape]) (*answer[ringTestShape], error) {
	digest, err := clipID(in.Body.Clip)
	if err != nil {
		return nil, err
	}
	if _, err := a.usableClip(ctx, p, digest); err != nil {
		return nil, err
	}
	return a.changeName(ctx, p, playlists.GridCode(in.ID), digest)
}

func (a *API) unnamePlace(ctx context.Context, p access.Person, in *byID) (*answer[ringTestShape], error) {
	return a.changeName(ctx, p, playlists.GridCode(in.ID), playlists.Digest{})
}

func (a *API) changeName(ctx context.Context, p access.Person, node playlists.GridCode, clip playlists.Digest) (*answer[ringTestShape], error) {
	if err := a.may(p, access.ActRingTest, node); err != nil {
		return nil, err
	}
	if err := a.Hearing.SetName(ctx, node, clip, p.Display); err != nil {
		return nil, err
	}
	a.feed.Changed(TopicHearing)
	return a.showRingTest(ctx, p, nil)
}

// hearRingTest gives what a place sounds in the ring test.
func (a *API) hearRingTest(w http.ResponseWriter, r *http.Request, p access.Person) error {
	node := playlists.GridCode(r.PathValue("id"))
	if err := a.may(p, access.ActSeeGrid, node); err != nil {
		return err
	}
	file, err := a.Hearing.Open(r.Context(), node)
	if err != nil {
		return err
	}
	defer file.Close()
	w.Header().Set("Content-Type", "audio/wav")
	w.Header().Set("Cache-Control", "private, no-cache")
	http.ServeContent(w, r, "", time.Time{}, file)
	return nil
}
