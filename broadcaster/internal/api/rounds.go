package api

import (
	"context"
	"time"

	"dalaba/broadcaster/internal/access"
	"dalaba/broadcaster/internal/rounds"
	"dalaba/playlists"
	"dalaba/playlists/grid"
	"dalaba/playlists/timetable"
)

// nextShown is how many of a round's next firings its shape holds.
const nextShown = 3

type roundsShape struct {
	Rounds []roundShape `json:"rounds"`
}

type checkingRound struct {
	ID   string `query:"id" maxLength:"80" doc:"The round that is being changed; empty for a new one"`
	Body roundEditShape
}

// roundOf shapes x; f says how far it has come on its way to the terminals.
func (a *API) roundOf(x rounds.Round, f *floor, playlist string) roundShape {
	out := roundShape{
		ID: string(x.ID), Name: x.Name, Playlist: string(x.Playlist), PlaylistName: playlist,
		Targets:     texts(x.Targets),
		TargetNames: shapes(x.Targets, func(c playlists.GridCode) string { return f.names.Path(c) }),
		Timetable:   x.Timetable, Class: string(x.Class), LatenessMS: int64(x.Lateness), Owner: string(x.Owner), Paused: x.Paused,
		Next: []time.Time{}, Delivery: f.delivery(x.Targets),
	}
	if !x.Paused {
		out.Next = append(out.Next, timetable.Next(x.Timetable, a.Location, time.Now(), nextShown)...)
	}
	return out
}

// delivery counts the terminals at or below targets, each once.
func (f *floor) delivery(targets []playlists.GridCode) (d deliveryShape) {
	for _, t := range f.terminals {
		if !touches(targets, t.Grid) {
			continue
		}
		d.Terminals++
		if f.current(t.ID) {
			d.HaveProgramme++
		}
		if f.whole(t.ID) {
			d.HaveClips++
		}
		if !f.live[t.ID].Connected {
			d.NotConnected++
		}
	}
	return d
}

// touches tells whether a round for targets touches what is placed at code.
func touches(targets []playlists.GridCode, code playlists.GridCode) bool {
	for _, target := range targets {
		if grid.Contains(target, code) {
			return true
		}
	}
	return false
}

// playlistNames are the names of all playlists.
func (a *API) playlistNames(ctx context.Context) (map[playlists.PlaylistID]string, error) {
	all, err := a.Rounds.Playlists(ctx)
	if err != nil {
		return nil, err
	}
	names := make(map[playlists.PlaylistID]string, len(all))
	for _, x := range all {
		names[x.ID] = x.Name
	}
	return names, nil
}

// listRounds shows the rounds that belong to p's grid, and those from above that touch it.
func (a *API) listRounds(ctx context.Context, p access.Person, _ *none) (*answer[roundsShape], error) {
	all, err := a.Rounds.Rounds(ctx)
	if err != nil {
		return nil, err
	}
	f, err := a.readFloor(ctx)
	if err != nil {
		return nil, err
	}
	names, err := a.playlistNames(ctx)
	if err != nil {
		return nil, err
	}
	out := &answer[roundsShape]{Body: roundsShape{Rounds: []roundShape{}}}
	for _, x := range all {
		if a.may(p, access.ActSeeGrid, x.Owner) == nil || touches(x.Targets, p.Grid) || a.targetsBelow(p, x.Targets) {
			out.Body.Rounds = append(out.Body.Rounds, a.roundOf(x, &f, names[x.Playlist]))
		}
	}
	return out, nil
}

func (a *API) targetsBelow(p access.Person, targets []playlists.GridCode) bool {
	for _, t := range targets {
		if a.may(p, access.ActSeeGrid, t) == nil {
			return true
		}
	}
	return false
}

// roundFrom reads what a person wrote into x. Lists that say nothing are no lists, as they are kept.
func roundFrom(s roundEditShape, x rounds.Round) rounds.Round {
	x.Name, x.Playlist, x.Timetable = s.Name, playlists.PlaylistID(s.Playlist), s.Timetable
	x.Class, x.Lateness, x.Paused = playlists.Class(s.Class), playlists.Millis(s.LatenessMS), s.Paused
	x.Targets = shapes(s.Targets, func(c string) playlists.GridCode { return playlists.GridCode(c) })
	return x
}

// mayPlan tells whether p may play the playlist, at every target. A round belongs to the grid of the person who makes
// it. A playlist that does not exist is the room's to refuse.
func (a *API) mayPlan(ctx context.Context, p access.Person, x rounds.Round) error {
	if err := a.may(p, access.ActEditRound, x.Owner); err != nil {
		return err
	}
	if held, err := a.Rounds.Playlist(ctx, x.Playlist); err == nil && !usable(p, held.Owner) {
		return &playlists.Problem{Kind: playlists.Invalid, Code: "playlist_unknown", Field: "playlist"}
	}
	for _, t := range x.Targets {
		if err := a.may(p, access.ActEditRound, t); err != nil {
			return err
		}
	}
	return nil
}

func (a *API) makeRound(ctx context.Context, p access.Person, in *making[roundEditShape]) (*answer[roundShape], error) {
	x := roundFrom(in.Body, rounds.Round{Round: playlists.Round{Owner: p.Grid}, By: p.Display})
	if err := a.mayPlan(ctx, p, x); err != nil {
		return nil, err
	}
	return a.roundAnswer(ctx)(a.Rounds.CreateRound(ctx, x))
}

func (a *API) editRound(ctx context.Context, p access.Person, in *editing[roundEditShape]) (*answer[roundShape], error) {
	x, err := a.Rounds.Round(ctx, playlists.RoundID(in.ID))
	if err != nil {
		return nil, err
	}
	if x = roundFrom(in.Body, x); err == nil {
		err = a.mayPlan(ctx, p, x)
	}
	if err != nil {
		return nil, err
	}
	return a.roundAnswer(ctx)(a.Rounds.UpdateRound(ctx, x, p.Display))
}

// roundAnswer shapes what a room returned.
func (a *API) roundAnswer(ctx context.Context) func(rounds.Round, error) (*answer[roundShape], error) {
	return func(x rounds.Round, err error) (*answer[roundShape], error) {
		if err != nil {
			return nil, err
		}
		f, err := a.readFloor(ctx)
		if err != nil {
			return nil, err
		}
		names, err := a.playlistNames(ctx)
		if err != nil {
			return nil, err
		}
		a.feed.Changed(TopicRounds)
		return &answer[roundShape]{Body: a.roundOf(x, &f, names[x.Playlist])}, nil
	}
}

func (a *API) removeRound(ctx context.Context, p access.Person, in *byID) (*none, error) {
	x, err := a.Rounds.Round(ctx, playlists.RoundID(in.ID))
	if err != nil {
		return nil, err
	}
	if err := a.may(p, access.ActEditRound, x.Owner); err != nil {
		return nil, err
	}
	defer a.feed.Changed(TopicRounds)
	return &none{}, a.Rounds.RemoveRound(ctx, x.ID, p.Display)
}

func (a *API) checkRound(ctx context.Context, p access.Person, in *checkingRound) (*answer[previewShape], error) {
	x := roundFrom(in.Body, rounds.Round{Round: playlists.Round{Owner: p.Grid}, By: p.Display})
	if in.ID != "" {
		kept, err := a.Rounds.Round(ctx, playlists.RoundID(in.ID))
		if err != nil {
			return nil, err
		}
		x = roundFrom(in.Body, kept)
	}
	if err := a.mayPlan(ctx, p, x); err != nil {
		return nil, err
	}
	preview, err := a.Rounds.Check(ctx, x)
	if err != nil {
		return nil, err
	}
	l := callerOf(ctx).language
	out := &answer[previewShape]{Body: previewShape{
		Terminals: shapes(preview.Terminals, func(t rounds.Terminal) string { return t.Name }),
		Next:      shapes(preview.Firings, func(t time.Time) time.Time { return t }),
		Warnings:  shapes(preview.Warnings, func(w rounds.Warning) string { return sentence(l, w.Code, w.Args) }),
	}}
	for _, length := range preview.Lengths {
		out.Body.LengthMS = max(out.Body.LengthMS, int64(length.Length))
	}
	return out, nil
}
