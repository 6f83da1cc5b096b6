package api

import (
	"context"
	"slices"
	"time"

	"dalaba/broadcaster/internal/access"
	"dalaba/broadcaster/internal/store"
	"dalaba/broadcaster/internal/territory"
	"dalaba/playlists"
	"dalaba/playlists/wire"
)

type terminalsShape struct {
	Terminals []terminalShape `json:"terminals"`
}

func (a *API) listTerminals(ctx context.Context, p access.Person, _ *none) (*answer[terminalsShape], error) {
	f, err := a.readFloor(ctx)
	if err != nil {
		return nil, err
	}
	out := &answer[terminalsShape]{Body: terminalsShape{Terminals: []terminalShape{}}}
	for _, t := range f.terminals {
		if a.may(p, access.ActSeeGrid, t.Grid) == nil {
			out.Body.Terminals = append(out.Body.Terminals, f.shape(t))
		}
	}
	return out, nil
}

// oneTerminal answers about one terminal, to those who may ask about its days.
func (a *API) oneTerminal(ctx context.Context, p access.Person, in *byID) (*answer[terminalShape], error) {
	t, err := a.seen(ctx, p, in.ID)
	if err != nil {
		return nil, err
	}
	f, err := a.readFloor(ctx)
	if err != nil {
		return nil, err
	}
	return &answer[terminalShape]{Body: f.shape(t)}, nil
}

// terminalFrom reads what a person wrote into t.
func terminalFrom(s newTerminalShape, t territory.Terminal) territory.Terminal {
	t.Name, t.Kind, t.Grid, t.Volume = s.Name, playlists.TerminalKind(s.Kind), playlists.GridCode(s.Grid), s.Volume
	t.OutputDelay = playlists.Millis(s.OutputDelayMS)
	t.Dialects = shapes(s.Dialects, func(d string) playlists.Dialect { return playlists.Dialect(d) })
	t.Lat, t.Lon = s.Lat, s.Lon
	t.Shared = shapes(s.Shared, func(c string) playlists.GridCode { return playlists.GridCode(c) })
	return t
}

// mayPlace tells whether p may place what was kept as is asked: where it is to stand, and with whom it is to be shared
// that it was not. That gives those there a voice, so it takes the right at both ends.
func (a *API) mayPlace(p access.Person, kept, asked territory.Terminal) error {
	if err := a.may(p, access.ActManageTerminals, asked.Grid); err != nil {
		return err
	}
	for _, code := range asked.Shared {
		if slices.Contains(kept.Shared, code) {
			continue
		}
		if err := a.may(p, access.ActManageTerminals, code); err != nil {
			return err
		}
	}
	return nil
}

func (a *API) makeTerminal(ctx context.Context, p access.Person, in *making[newTerminalShape]) (*answer[enrolmentShape], error) {
	asked := terminalFrom(in.Body, territory.Terminal{})
	if err := a.mayPlace(p, territory.Terminal{}, asked); err != nil {
		return nil, err
	}
	return a.withCode(ctx, func(tx *store.Tx) (territory.Terminal, error) {
		t, err := a.Territory.CreateTerminal(ctx, tx, asked)
		if err != nil {
			return t, err
		}
		return t, a.Rounds.TerminalChanged(ctx, tx, t.ID)
	})
}

func (a *API) renewCode(ctx context.Context, p access.Person, in *byID) (*answer[enrolmentShape], error) {
	return a.withCode(ctx, func(tx *store.Tx) (territory.Terminal, error) {
		return a.terminal(ctx, tx, p, in.ID)
	})
}

// withCode makes a one-time code for the terminal that find finds, in find's transaction.
func (a *API) withCode(ctx context.Context, find func(*store.Tx) (territory.Terminal, error)) (*answer[enrolmentShape], error) {
	out := &answer[enrolmentShape]{}
	var t territory.Terminal
	key := a.Access.PublisherKey()
	if key == nil {
		return nil, &playlists.Problem{Kind: playlists.Unavailable, Code: "publisher_key_missing"}
	}
	err := a.Store.Write(ctx, func(tx *store.Tx) (err error) {
		if t, err = find(tx); err != nil {
			return err
		}
		secret, expires, err := a.Access.NewCode(ctx, tx, t.ID)
		out.Body.Code = wire.EnrolmentCode{Address: a.Address, Fingerprint: wire.Fingerprint(key), Secret: secret}.String()
		out.Body.Expires = expires
		return err
	})
	if err != nil {
		return nil, err
	}
	shown, err := a.showTerminal(ctx, t)
	out.Body.Terminal = shown.Body
	return out, err
}

// terminal returns the terminal called id if p may manage it.
func (a *API) terminal(ctx context.Context, tx *store.Tx, p access.Person, id string) (territory.Terminal, error) {
	t, err := a.Territory.Terminal(ctx, tx, playlists.TerminalID(id))
	if err != nil {
		return t, err
	}
	return t, a.may(p, access.ActManageTerminals, t.Grid)
}

// showTerminal is the answer to what changed t.
func (a *API) showTerminal(ctx context.Context, t territory.Terminal) (*answer[terminalShape], error) {
	a.feed.Changed(TopicTerminals)
	f, err := a.readFloor(ctx)
	if err != nil {
		return &answer[terminalShape]{}, err
	}
	return &answer[terminalShape]{Body: f.shape(t)}, nil
}

func (a *API) editTerminal(ctx context.Context, p access.Person, in *editing[newTerminalShape]) (*answer[terminalShape], error) {
	var t territory.Terminal
	err := a.Store.Write(ctx, func(tx *store.Tx) (err error) {
		if t, err = a.terminal(ctx, tx, p, in.ID); err != nil {
			return err
		}
		asked := terminalFrom(in.Body, t)
		if err := a.mayPlace(p, t, asked); err != nil {
			return err
		}
		if t, err = a.Territory.UpdateTerminal(ctx, tx, asked); err != nil {
			return err
		}
		return a.Rounds.TerminalChanged(ctx, tx, t.ID)
	})
	if err != nil {
		return nil, err
	}
	return a.showTerminal(ctx, t)
}

func (a *API) approveTerminal(ctx context.Context, p access.Person, in *editing[approvalShape]) (*answer[terminalShape], error) {
	var t territory.Terminal
	err := a.Store.Write(ctx, func(tx *store.Tx) (err error) {
		if t, err = a.terminal(ctx, tx, p, in.ID); err != nil {
			return err
		}
		return a.Access.Approve(ctx, tx, t.ID, in.Body.Check)
	})
	if err != nil {
		return nil, err
	}
	// A connection that was opened with an older key ends here; the terminal comes back with the new one.
	a.Hub.Drop(t.ID)
	return a.showTerminal(ctx, t)
}

func (a *API) removeTerminal(ctx context.Context, p access.Person, in *byID) (*none, error) {
	// What fell due until now is still planned.
	if err := a.Ledger.CatchUp(ctx, time.Now()); err != nil {
		return nil, err
	}
	err := a.Store.Write(ctx, func(tx *store.Tx) error {
		t, err := a.terminal(ctx, tx, p, in.ID)
		if err != nil {
			return err
		}
		if err := a.Territory.RemoveTerminal(ctx, tx, t.ID); err != nil {
			return err
		}
		if err := a.Access.Forget(ctx, tx, t.ID); err != nil {
			return err
		}
		return a.Rounds.TerminalRemoved(ctx, tx, t.ID)
	})
	if err != nil {
		return nil, err
	}
	a.feed.Changed(TopicTerminals)
	return &none{}, nil
}
