package app

import (
	"context"
	"time"

	"dalaba/broadcaster/internal/complaints"
	"dalaba/broadcaster/internal/ledger"
	"dalaba/broadcaster/internal/rounds"
	"dalaba/broadcaster/internal/store"
	"dalaba/playlists"
)

// Bounds on what is read for one complaint: pages of the ledger's lists, and parts of the list of changes.
const (
	maxPages = 100
	maxParts = 4
)

// sounding is the ledger's record of what sounded, for complaints.
type sounding struct{ *ledger.Ledger }

// Sounds returns the airings of scope with their plays.
func (s sounding) Sounds(ctx context.Context, tx *store.Tx, scope complaints.Scope) ([]complaints.Sound, error) {
	filters := []ledger.Filter{{Grid: scope.Grid}}
	for _, id := range scope.Terminals {
		filters = append(filters, ledger.Filter{Terminal: id})
	}
	h := heard{places: make(map[playlists.AiringID]int), plays: make(map[soundedPlay]bool)}
	for _, f := range filters {
		f.Since, f.Until, f.Limit = scope.Since, scope.Until, ledger.MaxList
		airings, err := everyPage(ctx, tx, f, s.Airings)
		if err != nil {
			return nil, err
		}
		for i := range airings {
			h.airing(&airings[i])
		}
		plays, err := everyPage(ctx, tx, f, s.Plays)
		if err != nil {
			return nil, err
		}
		for i := range plays {
			h.play(&plays[i])
		}
	}
	return h.sounds, nil
}

// everyPage reads a list of the ledger to its end. One that is too long to read is a Problem.
func everyPage[T any](
	ctx context.Context, tx *store.Tx, f ledger.Filter, list func(context.Context, *store.Tx, ledger.Filter) ([]T, string, error),
) ([]T, error) {
	var all []T
	for range maxPages {
		page, next, err := list(ctx, tx, f)
		if err != nil {
			return nil, err
		}
		all = append(all, page...)
		if next == "" {
			return all, nil
		}
		f.Cursor = next
	}
	return nil, &playlists.Problem{Kind: playlists.TooLarge, Code: "too_many_airings"}
}

// heard brings airings and their plays together. Where terminals were moved, lists overlap.
type heard struct {
	sounds []complaints.Sound
	places map[playlists.AiringID]int // in sounds
	plays  map[soundedPlay]bool
}

// soundedPlay names a play: its airing, and the keys that the ledger has for it there.
type soundedPlay struct {
	airing         playlists.AiringID
	attempt, entry int
	event          string
}

func (h *heard) airing(a *ledger.Airing) {
	h.add(a.ID, complaints.Sound{
		Terminal: a.Terminal, TerminalName: a.TerminalName, Grid: a.Grid, GridPath: a.GridPath, Round: a.Round,
		RoundName: a.RoundName, Class: a.Class, Due: a.Due, Planned: a.Planned, Outcome: a.Outcome, Cause: a.Cause, CauseBy: a.By,
	})
}

func (h *heard) play(p *ledger.Play) {
	key := soundedPlay{p.Airing, p.Attempt, p.Entry, p.Event}
	if h.plays[key] {
		return
	}
	h.plays[key] = true
	h.add(p.Airing, complaints.Sound{ // its airing fell due where the terminal had stood before
		Terminal: p.Terminal, TerminalName: p.TerminalName, Grid: p.Grid, GridPath: p.GridPath, Round: p.Round,
		RoundName: p.RoundName, Due: p.Due, Planned: p.Planned, Cause: p.Cause, CauseBy: p.By,
	})
	s := &h.sounds[h.places[p.Airing]]
	s.Plays = append(s.Plays, complaints.Play{
		Announcement: p.Announcement, Title: p.Title, Dialect: p.Dialect, Begin: p.Begin.Add(-p.Lead.Duration()), End: p.End, Volume: p.Volume,
		Cut: p.Result == playlists.ResultCut,
	})
}

// add adds s, unless its airing is there already.
func (h *heard) add(id playlists.AiringID, s complaints.Sound) {
	if _, known := h.places[id]; !known {
		h.places[id] = len(h.sounds)
		h.sounds = append(h.sounds, s)
	}
}

// wills are whose will it was that something sounded, for complaints.
type wills struct{ *rounds.Rounds }

// Programme returns what was in force at terminal at the moment at, or nil.
func (w wills) Programme(ctx context.Context, tx *store.Tx, terminal playlists.TerminalID, at time.Time) (*playlists.Programme, error) {
	history, err := w.Revisions(ctx, tx, terminal, at, at.Add(time.Millisecond))
	if err != nil || len(history) == 0 {
		return nil, err
	}
	return history[0].Programme, nil
}

// Makers says whose the rounds are, or were.
func (w wills) Makers(ctx context.Context, ids []playlists.RoundID) (map[playlists.RoundID]complaints.Maker, error) {
	makers := make(map[playlists.RoundID]complaints.Maker, len(ids))
	standing, err := w.Rounds.Rounds(ctx)
	if err != nil {
		return nil, err
	}
	for _, r := range standing {
		makers[r.ID] = complaints.Maker{Owner: r.Owner, By: r.By}
	}
	for _, id := range ids {
		if _, stands := makers[id]; stands || id == "" {
			continue
		}
		done, err := w.Rounds.Changes(ctx, rounds.ChangeFilter{Subject: rounds.SubjectRound, ID: string(id)})
		if err != nil {
			return nil, err
		}
		if len(done) > 0 {
			first := done[len(done)-1]
			m := complaints.Maker{Owner: first.Grid}
			if first.Act == rounds.ActMade {
				m.By = first.By
			}
			makers[id] = m
		}
	}
	return makers, nil
}

// Changes returns what people changed from since on, newest first: the latest 2,000.
func (w wills) Changes(ctx context.Context, since time.Time) ([]complaints.ChangeNote, error) {
	var all []complaints.ChangeNote
	f := rounds.ChangeFilter{From: since}
	for range maxParts {
		part, err := w.Rounds.Changes(ctx, f)
		if err != nil {
			return nil, err
		}
		for _, c := range part {
			all = append(all, complaints.ChangeNote{
				Seq: c.Seq, At: c.At, By: c.By, Subject: string(c.Subject), ID: c.ID, Name: c.Name, Grid: c.Grid, Act: string(c.Act),
			})
		}
		if len(part) == 0 {
			break
		}
		f.BeforeSeq = part[len(part)-1].Seq
	}
	return all, nil
}

// audience is the tree and who stands on it, for complaints.
type audience struct{ places }

// Has tells whether code stands in the tree.
func (a audience) Has(ctx context.Context, tx *store.Tx, code playlists.GridCode) (bool, error) {
	return a.Territory.Has(ctx, tx, code)
}

// Terminals returns every terminal.
func (a audience) Terminals(ctx context.Context, tx *store.Tx) ([]complaints.Terminal, error) {
	placed, err := a.Territory.Terminals(ctx, tx)
	all := make([]complaints.Terminal, 0, len(placed))
	for _, t := range placed {
		all = append(all, complaints.Terminal{
			ID: t.ID, Name: t.Name, Grid: t.Grid, Shared: t.Shared, Lat: t.Lat, Lon: t.Lon,
		})
	}
	return all, err
}
