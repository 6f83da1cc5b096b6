package rounds

import (
	"context"
	"errors"
	"fmt"
	"time"

	"dalaba/broadcaster/internal/rounds/roundssql"
	"dalaba/broadcaster/internal/store"
	"dalaba/playlists"
)

// Playlist is a playlist as it is kept. Of a Chime that comes in only Digest is read; one that goes out is the library's clip.
type Playlist struct {
	playlists.Playlist
	// Owner is the grid whose playlist this is. It stays as it was made, as do By and Created.
	Owner playlists.GridCode `json:"owner"`
	// By names who made it, for people.
	By      string    `json:"by"`
	Created time.Time `json:"created"`
	// UsedBy names the rounds that play it. What comes in is ignored.
	UsedBy []string `json:"-"`
}

// Playlists returns all of them, newest first.
func (r *Rounds) Playlists(ctx context.Context) ([]Playlist, error) {
	var all []Playlist
	err := r.look(ctx, func(_ *store.Tx, b *book) error {
		all = b.playlists
		return nil
	})
	return all, err
}

// Playlist returns one, or a NotFound problem.
func (r *Rounds) Playlist(ctx context.Context, id playlists.PlaylistID) (Playlist, error) {
	var found Playlist
	err := r.look(ctx, func(_ *store.Tx, b *book) error {
		p := b.playlist(id)
		if p == nil {
			return notFound("playlist_unknown")
		}
		found = *p
		return nil
	})
	return found, err
}

// CreatePlaylist keeps a new playlist under a new id. Each entry must have something to sound.
func (r *Rounds) CreatePlaylist(ctx context.Context, p Playlist) (Playlist, error) {
	err := r.change(ctx, func(tx *store.Tx, b *book, q *roundssql.Queries) error {
		p.ID, p.Created, p.UsedBy = playlists.PlaylistID(newID()), tx.Now, nil
		if err := r.checkGrid(ctx, tx, "owner", p.Owner); err != nil {
			return err
		}
		if err := putPlaylist(ctx, b, q, &p); err != nil {
			return err
		}
		return record(ctx, tx, q, p.change(ActMade, p.By), nil, &p)
	})
	return p, err
}

// UpdatePlaylist changes what is kept under p.ID, for by.
func (r *Rounds) UpdatePlaylist(ctx context.Context, p Playlist, by string) (Playlist, error) {
	err := r.change(ctx, func(tx *store.Tx, b *book, q *roundssql.Queries) error {
		old := b.playlist(p.ID)
		if old == nil {
			return notFound("playlist_unknown")
		}
		p.Owner, p.By, p.Created, p.UsedBy = old.Owner, old.By, old.Created, old.UsedBy
		if err := putPlaylist(ctx, b, q, &p); err != nil {
			return err
		}
		if err := record(ctx, tx, q, p.change(ActChanged, by), old, &p); err != nil {
			return err
		}
		if err := b.checkGrowth(p.Owner, func() { *old = p }); err != nil {
			return err
		}
		return r.publish(ctx, tx, within(b.targetsOfPlaylist(p.ID)))
	})
	return p, err
}

// RemovePlaylist forgets a playlist that no round plays.
func (r *Rounds) RemovePlaylist(ctx context.Context, id playlists.PlaylistID, by string) error {
	return r.change(ctx, func(tx *store.Tx, b *book, q *roundssql.Queries) error {
		p := b.playlist(id)
		if p == nil {
			return notFound("playlist_unknown")
		}
		if len(p.UsedBy) > 0 {
			return inUse("playlist_in_use", p.UsedBy)
		}
		if err := q.DeletePlaylist(ctx, string(id)); err != nil {
			return fmt.Errorf("delete playlist %s: %w", id, err)
		}
		return record(ctx, tx, q, p.change(ActRemoved, by), p, nil)
	})
}

func (p *Playlist) change(act Act, by string) Change {
	return Change{By: by, Subject: SubjectPlaylist, ID: string(p.ID), Name: p.Name, Grid: p.Owner, Act: act}
}

func putPlaylist(ctx context.Context, b *book, q *roundssql.Queries, p *Playlist) error {
	name, nameErr := line("name", p.Name, 1, maxName)
	if err := errors.Join(nameErr, b.checkEntries(p.Entries), b.checkChime(p)); err != nil {
		return err
	}
	p.Name = name
	id := string(p.ID)
	if err := q.PutPlaylist(ctx, roundssql.PutPlaylistParams{
		ID: id, Name: p.Name, Owner: string(p.Owner), MadeBy: p.By, MadeMs: millis(p.Created), Chime: chimeText(p.Chime),
	}); err != nil {
		return fmt.Errorf("keep playlist %s: %w", id, err)
	}
	if err := q.DeleteEntries(ctx, id); err != nil {
		return fmt.Errorf("replace entries of playlist %s: %w", id, err)
	}
	for i, e := range p.Entries {
		if err := q.InsertEntry(ctx, roundssql.InsertEntryParams{
			Playlist: id, Position: int32(i), Announcement: string(e.Announcement), Dialects: string(e.Dialects),
			Repeats: int32(e.Repeats), GapMs: int64(e.Gap),
		}); err != nil {
			return fmt.Errorf("keep entry of playlist %s: %w", id, err)
		}
	}
	return nil
}

func (b *book) checkEntries(entries []playlists.PlaylistEntry) error {
	if len(entries) == 0 {
		return invalid("playlist_empty", "entries", nil)
	}
	if len(entries) > playlists.MaxPlaylistEntries {
		return invalid("playlist_too_long", "entries", map[string]any{"most": playlists.MaxPlaylistEntries})
	}
	for i, e := range entries {
		field := fmt.Sprintf("entries[%d].", i)
		a := b.announcement(e.Announcement)
		switch {
		case a == nil:
			return invalid("announcement_unknown", field+"announcement", nil)
		case len(a.Variants) == 0:
			return invalid("announcement_without_recording", field+"announcement", map[string]any{"announcement": a.Title})
		case !sounds(&a.Announcement, e.Dialects):
			return invalid("announcement_without_dialect", field+"dialects",
				map[string]any{"announcement": a.Title, "dialect": string(e.Dialects)})
		case e.Repeats < 1 || e.Repeats > playlists.MaxRepeats:
			return invalid("repeats_out_of_range", field+"repeats", map[string]any{"most": playlists.MaxRepeats})
		case e.Gap < 0 || e.Gap > playlists.MaxGap:
			return invalid("gap_out_of_range", field+"gap_ms", map[string]any{"most": int(playlists.MaxGap.Duration().Minutes())})
		}
	}
	return nil
}
