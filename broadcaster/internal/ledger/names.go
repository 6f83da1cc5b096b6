package ledger

import (
	"context"
	"fmt"

	"dalaba/broadcaster/internal/store"
	"dalaba/playlists"
)

// names copies in what things are called at the moment of a transaction. It asks for each name once; it lives as long
// as the transaction, and holds no more names than the transaction has rows.
type names struct {
	ctx           context.Context
	tx            *store.Tx
	ledger        *Ledger
	terminal      playlists.TerminalID
	announcements map[playlists.AnnouncementID]string
	rounds        map[playlists.RoundID]string
	paths         map[playlists.GridCode]string
	here          *place // or nil, before it was asked for
}

// place is where a terminal stands.
type place struct {
	name string
	grid playlists.GridCode
}

func (l *Ledger) newNames(ctx context.Context, tx *store.Tx, terminal playlists.TerminalID) *names {
	return &names{
		ctx: ctx, tx: tx, ledger: l, terminal: terminal,
		announcements: make(map[playlists.AnnouncementID]string),
		rounds:        make(map[playlists.RoundID]string),
		paths:         make(map[playlists.GridCode]string),
	}
}

func (n *names) announcement(id playlists.AnnouncementID) (string, error) {
	return remember(n.announcements, id, func() (string, error) { return n.ledger.titles.AnnouncementTitle(n.ctx, n.tx, id) })
}

func (n *names) round(id playlists.RoundID) (string, error) {
	return remember(n.rounds, id, func() (string, error) { return n.ledger.titles.RoundName(n.ctx, n.tx, id) })
}

func (n *names) path(code playlists.GridCode) (string, error) {
	return remember(n.paths, code, func() (string, error) { return n.ledger.places.GridPath(n.ctx, n.tx, code) })
}

func (n *names) place() (place, error) {
	if n.here == nil {
		name, grid, err := n.ledger.places.Terminal(n.ctx, n.tx, n.terminal)
		if err != nil {
			return place{}, fmt.Errorf("find terminal %s: %w", n.terminal, err)
		}
		n.here = &place{name: name, grid: grid}
	}
	return *n.here, nil
}

func remember[ID ~string](known map[ID]string, id ID, ask func() (string, error)) (string, error) {
	if name, ok := known[id]; ok {
		return name, nil
	}
	name, err := ask()
	if err != nil {
		return "", fmt.Errorf("find the name of %q: %w", string(id), err)
	}
	known[id] = name
	return name, nil
}
