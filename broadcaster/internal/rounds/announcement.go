package rounds

import (
	"context"
	"errors"
	"fmt"
	"time"

	"dalaba/broadcaster/internal/rounds/roundssql"
	"dalaba/broadcaster/internal/store"
	"dalaba/playlists"
	"dalaba/playlists/timetable"
)

// maxVariants bounds an announcement's recordings.
const maxVariants = timetable.MaxVariants

// Announcement is an announcement as it is kept. Of a variant that comes in, only Digest and Dialect are read, and the
// recording must have been spoken in that dialect; a variant that goes out is the library's clip.
type Announcement struct {
	playlists.Announcement
	// Owner is the grid whose announcement this is. It stays as it was made, as do By and Created.
	Owner playlists.GridCode `json:"owner"`
	// By names who made it, for people.
	By      string    `json:"by"`
	Created time.Time `json:"created"`
	// UsedBy names the playlists that hold it. What comes in is ignored.
	UsedBy []string `json:"-"`
}

// Announcements returns all of them, newest first.
func (r *Rounds) Announcements(ctx context.Context) ([]Announcement, error) {
	var all []Announcement
	err := r.look(ctx, func(_ *store.Tx, b *book) error {
		all = b.announcements
		return nil
	})
	return all, err
}

// Announcement returns one, or a NotFound problem.
func (r *Rounds) Announcement(ctx context.Context, id playlists.AnnouncementID) (Announcement, error) {
	var found Announcement
	err := r.look(ctx, func(_ *store.Tx, b *book) error {
		a := b.announcement(id)
		if a == nil {
			return notFound("announcement_unknown")
		}
		found = *a
		return nil
	})
	return found, err
}

// CreateAnnouncement keeps a new announcement under a new id.
func (r *Rounds) CreateAnnouncement(ctx context.Context, a Announcement) (Announcement, error) {
	err := r.change(ctx, func(tx *store.Tx, b *book, q *roundssql.Queries) error {
		a.ID, a.Created, a.UsedBy = playlists.AnnouncementID(newID()), tx.Now, nil
		if err := r.checkGrid(ctx, tx, "owner", a.Owner); err != nil {
			return err
		}
		if err := r.putAnnouncement(ctx, b, q, &a); err != nil {
			return err
		}
		return record(ctx, tx, q, a.change(ActMade, a.By), nil, &a)
	})
	return a, err
}

// UpdateAnnouncement changes what is kept under a.ID, for by. A playlist that holds it must still have something to sound.
func (r *Rounds) UpdateAnnouncement(ctx context.Context, a Announcement, by string) (Announcement, error) {
	err := r.change(ctx, func(tx *store.Tx, b *book, q *roundssql.Queries) error {
		old := b.announcement(a.ID)
		if old == nil {
			return notFound("announcement_unknown")
		}
		a.Owner, a.By, a.Created, a.UsedBy = old.Owner, old.By, old.Created, old.UsedBy
		if err := r.putAnnouncement(ctx, b, q, &a); err != nil {
			return err
		}
		if err := record(ctx, tx, q, a.change(ActChanged, by), old, &a); err != nil {
			return err
		}
		if err := b.checkGrowth(a.Owner, func() { *old = a }); err != nil {
			return err
		}
		return r.publish(ctx, tx, within(b.targetsOfAnnouncement(a.ID)))
	})
	return a, err
}

// RemoveAnnouncement forgets an announcement that no playlist holds.
func (r *Rounds) RemoveAnnouncement(ctx context.Context, id playlists.AnnouncementID, by string) error {
	return r.change(ctx, func(tx *store.Tx, b *book, q *roundssql.Queries) error {
		a := b.announcement(id)
		if a == nil {
			return notFound("announcement_unknown")
		}
		if len(a.UsedBy) > 0 {
			return inUse("announcement_in_use", a.UsedBy)
		}
		if err := q.DeleteAnnouncement(ctx, string(id)); err != nil {
			return fmt.Errorf("delete announcement %s: %w", id, err)
		}
		return record(ctx, tx, q, a.change(ActRemoved, by), a, nil)
	})
}

func (a *Announcement) change(act Act, by string) Change {
	return Change{By: by, Subject: SubjectAnnouncement, ID: string(a.ID), Name: a.Title, Grid: a.Owner, Act: act}
}

// Users names the announcements that have the recording as a variant, and the playlists that have it as their chime, for the
// library, which must keep it then.
func (r *Rounds) Users(ctx context.Context, tx *store.Tx, digest playlists.Digest) ([]string, error) {
	b, err := r.open(ctx, tx)
	if err != nil {
		return nil, err
	}
	var users []string
	for _, a := range b.announcements {
		for _, v := range a.Variants {
			if v.Digest == digest {
				users = appendNew(users, a.Title)
			}
		}
	}
	for i := range b.playlists {
		if p := &b.playlists[i]; p.chimes(digest) {
			users = appendNew(users, p.Name)
		}
	}
	return users, nil
}

// ClipChanged takes over what the library changed about a recording, in the library's transaction. It refuses a dialect
// that an announcement already has, or that would leave a playlist with nothing to sound.
func (r *Rounds) ClipChanged(ctx context.Context, tx *store.Tx, digest playlists.Digest) error {
	b, err := r.open(ctx, tx)
	if err != nil {
		return err
	}
	var targets []playlists.GridCode
	for i := range b.announcements {
		a := &b.announcements[i]
		if !a.has(digest) {
			continue
		}
		if err := b.checkVariants(a); err != nil {
			return err
		}
		if err := b.checkUsers(a); err != nil {
			return err
		}
		targets = append(targets, b.targetsOfAnnouncement(a.ID)...)
	}
	for i := range b.playlists {
		if p := &b.playlists[i]; p.chimes(digest) {
			targets = append(targets, b.targetsOfPlaylist(p.ID)...)
		}
	}
	if len(targets) == 0 {
		return nil
	}
	return r.publish(ctx, tx, within(targets))
}

func (a *Announcement) has(digest playlists.Digest) bool {
	for _, v := range a.Variants {
		if v.Digest == digest {
			return true
		}
	}
	return false
}

func (r *Rounds) putAnnouncement(ctx context.Context, b *book, q *roundssql.Queries, a *Announcement) error {
	title, titleErr := line("title", a.Title, 1, maxName)
	text, textErr := prose("text", a.Text, 1, maxText)
	if err := errors.Join(titleErr, textErr, checkValidity(a), b.checkVariants(a)); err != nil {
		return err
	}
	a.Title, a.Text = title, text
	if err := b.checkUsers(a); err != nil {
		return err
	}
	id := string(a.ID)
	if err := q.PutAnnouncement(ctx, roundssql.PutAnnouncementParams{
		ID: id, Title: a.Title, Text: a.Text, ValidFromMs: millis(a.ValidFrom), ValidUntilMs: millis(a.ValidUntil),
		Owner: string(a.Owner), MadeBy: a.By, MadeMs: millis(a.Created),
	}); err != nil {
		return fmt.Errorf("keep announcement %s: %w", id, err)
	}
	if err := q.DeleteVariants(ctx, id); err != nil {
		return fmt.Errorf("replace variants of announcement %s: %w", id, err)
	}
	for i, v := range a.Variants {
		if err := q.InsertVariant(ctx, roundssql.InsertVariantParams{
			Announcement: id, Position: int32(i), Digest: v.Digest.String(),
		}); err != nil {
			return fmt.Errorf("keep variant of announcement %s: %w", id, err)
		}
	}
	return nil
}

// checkValidity rounds the window to the milliseconds that are kept.
func checkValidity(a *Announcement) error {
	for _, bound := range []struct {
		field string
		at    *time.Time
	}{{"valid_from", &a.ValidFrom}, {"valid_until", &a.ValidUntil}} {
		if !bound.at.IsZero() && !playlists.DateOf(bound.at.UTC()).Plannable() {
			return invalid("moment_out_of_range", bound.field, nil)
		}
		*bound.at = moment(millis(*bound.at))
	}
	if !a.ValidUntil.IsZero() && !a.ValidUntil.After(a.ValidFrom) {
		return invalid("validity_ends_before_it_begins", "valid_until", nil)
	}
	return nil
}

// checkVariants replaces a's variants by the library's clips. A dialect may occur once.
func (b *book) checkVariants(a *Announcement) error {
	if len(a.Variants) > maxVariants {
		return invalid("too_many_variants", "variants", map[string]any{"most": maxVariants})
	}
	taken := make(map[playlists.Dialect]bool)
	clips := make([]playlists.Clip, len(a.Variants))
	for i, v := range a.Variants {
		field := fmt.Sprintf("variants[%d]", i)
		clip, known := b.clips[v.Digest]
		if !known {
			return invalid("recording_unknown", field, nil)
		}
		if clip.Dialect != v.Dialect {
			return invalid("recording_in_another_dialect", field,
				map[string]any{"dialect": string(v.Dialect), "is": string(clip.Dialect)})
		}
		if taken[clip.Dialect] {
			return invalid("dialect_twice", field, map[string]any{"dialect": string(clip.Dialect), "announcement": a.Title})
		}
		taken[clip.Dialect] = true
		clips[i] = clip
	}
	a.Variants = clips
	return nil
}

// checkUsers refuses an announcement that would leave a playlist which holds it with nothing to sound.
func (b *book) checkUsers(a *Announcement) error {
	for _, p := range b.playlists {
		for _, e := range p.Entries {
			if e.Announcement == a.ID && !sounds(&a.Announcement, e.Dialects) {
				return &playlists.Problem{
					Kind: playlists.Conflict, Code: "playlist_would_be_silent", Field: "variants",
					Args: map[string]any{"playlist": p.Name, "announcement": a.Title},
				}
			}
		}
	}
	return nil
}

// sounds tells whether an entry with the dialect rule has a recording of a to sound somewhere.
func sounds(a *playlists.Announcement, rule playlists.DialectRule) bool {
	if rule == playlists.DialectAll || rule == playlists.DialectOwn {
		return len(a.Variants) > 0
	}
	_, has := a.Variant(playlists.Dialect(rule))
	return has
}
