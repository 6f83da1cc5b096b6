package api

import (
	"context"
	"time"

	"dalaba/broadcaster/internal/access"
	"dalaba/broadcaster/internal/rounds"
	"dalaba/playlists"
)

type cancellationQuery struct {
	ID       string    `path:"id" maxLength:"80"`
	Due      time.Time `query:"due" required:"true"`
	Terminal string    `query:"terminal" maxLength:"80"`
}

func (a *API) pauseRound(ctx context.Context, p access.Person, in *editing[pauseShape]) (*answer[roundShape], error) {
	x, err := a.round(ctx, p, in.ID)
	if err != nil {
		return nil, err
	}
	if err := a.Rounds.Pause(ctx, x.ID, in.Body.Paused, p.Display); err != nil {
		return nil, err
	}
	return a.roundAnswer(ctx, p)(a.Rounds.Round(ctx, x.ID))
}

// mayTake tells whether p may make a round of his own grid like the round called id: he must see it, and the room
// narrows it to what is his.
func (a *API) mayTake(ctx context.Context, p access.Person, id string) (playlists.RoundID, error) {
	if err := a.may(p, access.ActEditRound, p.Grid); err != nil {
		return "", err
	}
	x, err := a.Rounds.Round(ctx, playlists.RoundID(id))
	if err == nil && !a.maySeeRound(p, x) {
		err = a.may(p, access.ActSeeGrid, x.Owner)
	}
	return x.ID, err
}

func (a *API) copyRound(ctx context.Context, p access.Person, in *editing[copyShape]) (*answer[roundShape], error) {
	id, err := a.mayTake(ctx, p, in.ID)
	if err != nil {
		return nil, err
	}
	return a.roundAnswer(ctx, p)(a.Rounds.Copy(ctx, id, in.Body.Name, p.Grid, p.Display))
}

func (a *API) repeatRound(ctx context.Context, p access.Person, in *editing[repeatShape]) (*answer[roundShape], error) {
	id, err := a.mayTake(ctx, p, in.ID)
	if err != nil {
		return nil, err
	}
	return a.roundAnswer(ctx, p)(a.Rounds.Repeat(ctx, id, in.Body.At, p.Grid, p.Display))
}

func (a *API) moveAiring(ctx context.Context, p access.Person, in *editing[moveAiringShape]) (*answer[roundShape], error) {
	x, err := a.round(ctx, p, in.ID)
	if err != nil {
		return nil, err
	}
	return a.roundAnswer(ctx, p)(a.Rounds.Move(ctx, x.ID, in.Body.Due, in.Body.To, p.Display))
}

func (a *API) cancelAiring(ctx context.Context, p access.Person, in *editing[cancelShape]) (*none, error) {
	x, err := a.round(ctx, p, in.ID)
	if err != nil {
		return nil, err
	}
	defer a.feed.Changed(TopicRounds)
	return &none{}, a.Rounds.Cancel(ctx, rounds.Cancellation{
		Round: x.ID, Due: in.Body.Due, Terminal: playlists.TerminalID(in.Body.Terminal), Grid: x.Owner, By: p.Display,
	})
}

func (a *API) reinstateAiring(ctx context.Context, p access.Person, in *cancellationQuery) (*none, error) {
	x, err := a.round(ctx, p, in.ID)
	if err != nil {
		return nil, err
	}
	defer a.feed.Changed(TopicRounds)
	return &none{}, a.Rounds.Reinstate(ctx, rounds.Cancellation{
		Round: x.ID, Due: in.Due, Terminal: playlists.TerminalID(in.Terminal),
	}, p.Display)
}

// listCancellations shows what was called off of the rounds that p may see.
func (a *API) listCancellations(ctx context.Context, p access.Person, _ *none) (*answer[cancellationsShape], error) {
	now := time.Now()
	list, err := a.Rounds.Cancellations(ctx, a.today().Midnight(a.Location))
	if err != nil {
		return nil, err
	}
	all, err := a.Rounds.Rounds(ctx)
	if err != nil {
		return nil, err
	}
	known := make(map[playlists.RoundID]rounds.Round, len(all))
	for _, x := range all {
		known[x.ID] = x
	}
	out := &answer[cancellationsShape]{Body: cancellationsShape{Cancellations: []cancellationShape{}}}
	for _, c := range list {
		x, there := known[c.Round]
		if !there || !a.maySeeRound(p, x) {
			continue
		}
		out.Body.Cancellations = append(out.Body.Cancellations, cancellationShape{
			Round: string(c.Round), RoundName: x.Name, Due: c.Due, Terminal: string(c.Terminal), By: c.By, At: c.At,
			MayEdit: c.Due.After(now) && a.may(p, access.ActEditRound, x.Owner) == nil,
		})
	}
	return out, nil
}

// playNow plays something of p's at once, at grids of p's.
func (a *API) playNow(ctx context.Context, p access.Person, in *making[playNowShape]) (*answer[roundShape], error) {
	targets := shapes(in.Body.Targets, func(c string) playlists.GridCode { return playlists.GridCode(c) })
	for _, node := range append([]playlists.GridCode{p.Grid}, targets...) {
		if err := a.may(p, access.ActEditRound, node); err != nil {
			return nil, err
		}
	}
	now := rounds.PlayNow{
		Announcement: playlists.AnnouncementID(in.Body.Announcement), Playlist: playlists.PlaylistID(in.Body.Playlist),
		Targets: targets, Owner: p.Grid, By: p.Display,
	}
	err := a.mayPlay(ctx, p, now)
	if err == nil {
		now.Chime, err = a.Library.Chime(ctx)
	}
	if err != nil {
		return nil, err
	}
	return a.roundAnswer(ctx, p)(a.Rounds.PlayNow(ctx, now))
}

// mayPlay tells whether p may use what is to sound. What there is not is the room's to refuse.
func (a *API) mayPlay(ctx context.Context, p access.Person, now rounds.PlayNow) error {
	if x, err := a.Rounds.Announcement(ctx, now.Announcement); err == nil && !usable(p, x.Owner) {
		return &playlists.Problem{Kind: playlists.Invalid, Code: "announcement_unknown", Field: "announcement"}
	}
	if x, err := a.Rounds.Playlist(ctx, now.Playlist); err == nil && !usable(p, x.Owner) {
		return &playlists.Problem{Kind: playlists.Invalid, Code: "playlist_unknown", Field: "playlist"}
	}
	return nil
}
