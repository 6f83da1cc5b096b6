package api

import (
	"context"
	"time"

	"dalaba/broadcaster/internal/access"
	"dalaba/broadcaster/internal/rounds"
	"dalaba/playlists"
)

// nextShown is how many of a round's next firings its shape holds.
const nextShown = 3

type roundsShape struct {
	Rounds []roundShape `json:"rounds"`
}

type roundsQuery struct {
	Over bool `query:"over" doc:"Rounds with one firing that are over too"`
}

// roundOf shapes x for p; f says how far it has come on its way to the terminals.
func (a *API) roundOf(p access.Person, x rounds.Round, f *floor, playlist string) roundShape {
	now := time.Now()
	return roundShape{
		ID: string(x.ID), Name: x.Name, Playlist: string(x.Playlist), PlaylistName: playlist,
		Targets:     texts(x.Targets),
		TargetNames: shapes(x.Targets, func(c playlists.GridCode) string { return f.names.Path(c) }),
		Timetable:   x.Timetable, Class: string(x.Class), LatenessMS: int64(x.Lateness), Owner: string(x.Owner), Paused: x.Paused,
		Mandatory: x.Mandatory, Unlimited: instant(x.Unlimited), UnlimitedFor: x.UnlimitedReason,
		QuotaStarts: x.Quota.Starts, SpacingMS: int64(x.Quota.Spacing), Volume: x.Volume,
		Once: x.Once(), Over: a.over(x, now), By: x.By, MayEdit: a.may(p, access.ActEditRound, x.Owner) == nil,
		Next: append([]time.Time{}, a.Rounds.Next(x, now, nextShown)...), Delivery: f.delivery(x.Targets),
	}
}

// over tells whether x will not fire any more, even if it is paused now.
func (a *API) over(x rounds.Round, now time.Time) bool {
	x.Paused = false
	return len(a.Rounds.Next(x, now, 1)) == 0
}

// delivery counts the terminals that a round for targets touches, each once.
func (f *floor) delivery(targets []playlists.GridCode) (d deliveryShape) {
	for _, t := range f.terminals {
		if !rounds.Touches(targets, t.Grid, t.Shared) {
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

// listRounds shows the rounds that belong to p's grid, and those from above that touch it. Those with one firing leave
// the list once they are over.
func (a *API) listRounds(ctx context.Context, p access.Person, in *roundsQuery) (*answer[roundsShape], error) {
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
	now := time.Now()
	for _, x := range all {
		if a.maySeeRound(p, x) && (in.Over || !x.Once() || !a.over(x, now)) {
			out.Body.Rounds = append(out.Body.Rounds, a.roundOf(p, x, &f, names[x.Playlist]))
		}
	}
	return out, nil
}

func (a *API) maySeeRound(p access.Person, x rounds.Round) bool {
	return a.may(p, access.ActSeeGrid, x.Owner) == nil || rounds.Touches(x.Targets, p.Grid, nil) || a.targetsBelow(p, x.Targets)
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
	x.Mandatory, x.Volume = s.Mandatory, s.Volume
	x.UnlimitedReason, x.Unlimited = s.UnlimitedFor, time.Time{}
	if s.Unlimited != nil {
		x.Unlimited = *s.Unlimited
	}
	x.Quota = rounds.Quota{Starts: s.QuotaStarts, Spacing: playlists.Millis(s.SpacingMS)}
	return x
}

// mayPlan tells whether p may play the playlist, at every target. A round belongs to the grid of the person who makes
// it. A playlist that does not exist is the room's to refuse.
func (a *API) mayPlan(ctx context.Context, p access.Person, x rounds.Round) error {
	if err := a.may(p, access.ActEditRound, x.Owner); err != nil {
		return err
	}
	for _, t := range x.Targets {
		if err := a.may(p, access.ActEditRound, t); err != nil {
			return err
		}
	}
	if held, err := a.Rounds.Playlist(ctx, x.Playlist); err == nil && !usable(p, held.Owner) {
		return &playlists.Problem{Kind: playlists.Invalid, Code: "playlist_unknown", Field: "playlist"}
	}
	return nil
}

// mayUnlimit tells whether p may let x sound beyond the daily limits for longer than kept, which it was before.
func (a *API) mayUnlimit(p access.Person, kept, x rounds.Round) error {
	if !x.Unlimited.Truncate(time.Millisecond).After(kept.Unlimited) {
		return nil
	}
	return a.may(p, access.ActUnlimit, x.Owner)
}

// draftOf reads a round that is not saved yet: what p wrote into the round called id, or into a new one of p's grid.
func (a *API) draftOf(ctx context.Context, p access.Person, id string, body roundEditShape) (rounds.Round, error) {
	kept := rounds.Round{Round: playlists.Round{Owner: p.Grid}, By: p.Display}
	if id != "" {
		var err error
		if kept, err = a.Rounds.Round(ctx, playlists.RoundID(id)); err != nil {
			return kept, err
		}
	}
	x := roundFrom(body, kept)
	if err := a.mayPlan(ctx, p, x); err != nil {
		return x, err
	}
	return x, a.mayUnlimit(p, kept, x)
}

func (a *API) makeRound(ctx context.Context, p access.Person, in *making[roundEditShape]) (*answer[roundShape], error) {
	x, err := a.draftOf(ctx, p, "", in.Body)
	if err != nil {
		return nil, err
	}
	return a.roundAnswer(ctx, p)(a.Rounds.CreateRound(ctx, x))
}

func (a *API) editRound(ctx context.Context, p access.Person, in *editing[roundEditShape]) (*answer[roundShape], error) {
	x, err := a.draftOf(ctx, p, in.ID, in.Body)
	if err != nil {
		return nil, err
	}
	return a.roundAnswer(ctx, p)(a.Rounds.UpdateRound(ctx, x, p.Display))
}

// round returns the round called id if p may change it.
func (a *API) round(ctx context.Context, p access.Person, id string) (rounds.Round, error) {
	x, err := a.Rounds.Round(ctx, playlists.RoundID(id))
	if err != nil {
		return x, err
	}
	return x, a.may(p, access.ActEditRound, x.Owner)
}

// roundAnswer shapes what a room returned.
func (a *API) roundAnswer(ctx context.Context, p access.Person) func(rounds.Round, error) (*answer[roundShape], error) {
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
		return &answer[roundShape]{Body: a.roundOf(p, x, &f, names[x.Playlist])}, nil
	}
}

func (a *API) removeRound(ctx context.Context, p access.Person, in *byID) (*none, error) {
	x, err := a.round(ctx, p, in.ID)
	if err != nil {
		return nil, err
	}
	defer a.feed.Changed(TopicRounds)
	return &none{}, a.Rounds.RemoveRound(ctx, x.ID, p.Display)
}
