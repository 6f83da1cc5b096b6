package api

import (
	"context"
	"time"

	"dalaba/broadcaster/internal/complaints"
	"dalaba/broadcaster/internal/ledger"
	"dalaba/broadcaster/internal/rounds"
	"dalaba/broadcaster/internal/store"
	"dalaba/broadcaster/internal/territory"
	"dalaba/playlists"
)

// sounding is the ledger's record of what sounded, for the complaints: of a town so small that one page holds it.
type sounding struct{ *ledger.Ledger }

func (s sounding) Sounds(ctx context.Context, tx *store.Tx, scope complaints.Scope) ([]complaints.Sound, error) {
	var all []complaints.Sound
	filters := []ledger.Filter{{Grid: scope.Grid}}
	for _, id := range scope.Terminals {
		filters = append(filters, ledger.Filter{Terminal: id})
	}
	places := make(map[playlists.AiringID]int)
	for _, f := range filters {
		f.Since, f.Until, f.Limit = scope.Since, scope.Until, ledger.MaxList
		airings, _, err := s.Airings(ctx, tx, f)
		if err != nil {
			return nil, err
		}
		for _, x := range airings {
			if _, known := places[x.ID]; known {
				continue
			}
			places[x.ID] = len(all)
			all = append(all, complaints.Sound{
				Terminal: x.Terminal, TerminalName: x.TerminalName, Grid: x.Grid, GridPath: x.GridPath, Round: x.Round,
				RoundName: x.RoundName, Class: x.Class, Due: x.Due, Planned: x.Planned, Outcome: x.Outcome, Cause: x.Cause, CauseBy: x.By,
			})
		}
		plays, _, err := s.Plays(ctx, tx, f)
		if err != nil {
			return nil, err
		}
		for _, x := range plays {
			sound := &all[places[x.Airing]]
			sound.Plays = append(sound.Plays, complaints.Play{
				Announcement: x.Announcement, Title: x.Title, Dialect: x.Dialect, Begin: x.Begin, End: x.End, Volume: x.Volume,
				Cut: x.Result == playlists.ResultCut,
			})
		}
	}
	return all, nil
}

// wills are the rounds, for the complaints.
type wills struct{ *rounds.Rounds }

func (w wills) Programme(ctx context.Context, tx *store.Tx, terminal playlists.TerminalID, at time.Time) (*playlists.Programme, error) {
	history, err := w.Revisions(ctx, tx, terminal, at, at.Add(time.Millisecond))
	if err != nil || len(history) == 0 {
		return nil, err
	}
	return history[0].Programme, nil
}

func (w wills) Makers(ctx context.Context, _ []playlists.RoundID) (map[playlists.RoundID]complaints.Maker, error) {
	standing, err := w.Rounds.Rounds(ctx)
	makers := make(map[playlists.RoundID]complaints.Maker, len(standing))
	for _, r := range standing {
		makers[r.ID] = complaints.Maker{Owner: r.Owner, By: r.By}
	}
	return makers, err
}

func (w wills) Changes(ctx context.Context, since time.Time) ([]complaints.ChangeNote, error) {
	list, err := w.Rounds.Changes(ctx, rounds.ChangeFilter{From: since})
	return shapes(list, func(c rounds.Change) complaints.ChangeNote {
		return complaints.ChangeNote{
			Seq: c.Seq, At: c.At, By: c.By, Subject: string(c.Subject), ID: c.ID, Name: c.Name, Grid: c.Grid, Act: string(c.Act),
		}
	}), err
}

// audience is the tree and who stands on it, for the complaints.
type audience struct{ *territory.Territory }

func (a audience) GridPath(ctx context.Context, tx *store.Tx, code playlists.GridCode) (string, error) {
	path, err := a.Path(ctx, tx, code)
	return path, ifAny(err)
}

func (a audience) Terminals(ctx context.Context, tx *store.Tx) ([]complaints.Terminal, error) {
	placed, err := a.Territory.Terminals(ctx, tx)
	return shapes(placed, func(t territory.Terminal) complaints.Terminal {
		return complaints.Terminal{ID: t.ID, Name: t.Name, Grid: t.Grid, Shared: t.Shared, Lat: t.Lat, Lon: t.Lon}
	}), err
}
