package rounds

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"dalaba/broadcaster/internal/rounds/roundssql"
	"dalaba/broadcaster/internal/store"
	"dalaba/playlists"
)

// book is everything that rounds keep but the history, as one transaction sees it, in an order that does not depend on
// chance: newest first, then by id. A town's book is small, so every check reads it whole and no rule about it is
// written in SQL.
type book struct {
	announcements []Announcement
	playlists     []Playlist
	rounds        []Round
	quiet         []Quiet
	temporary     []TemporaryQuiet // what programmes still hold
	mutes         []Mute           // what programmes still hold
	places        []QuietPlace
	volume        []VolumeRule
	limits        playlists.Limits
	holidays      []Holidays
	cancelled     []Cancellation // what programmes still hold
	clips         map[playlists.Digest]playlists.Clip
	joined        joined    // what programmes still hold
	ring          *RingTest // or nil
	// today is the town's, and kept the first instant of the earliest day that programmes still tell of.
	today playlists.Date
	kept  time.Time

	announcementAt map[playlists.AnnouncementID]int
	playlistAt     map[playlists.PlaylistID]int
}

func (r *Rounds) open(ctx context.Context, tx *store.Tx) (*book, error) {
	clips, err := r.recordings.Clips(ctx, tx)
	if err != nil {
		return nil, fmt.Errorf("read recordings: %w", err)
	}
	b := &book{
		clips:          clips,
		today:          playlists.DateOf(tx.Now.In(r.zone)),
		announcementAt: make(map[playlists.AnnouncementID]int),
		playlistAt:     make(map[playlists.PlaylistID]int),
	}
	b.kept = b.today.AddDays(-daysKept).Midnight(r.zone)
	q := roundssql.New(tx.Tx)
	for _, read := range []func(context.Context, *roundssql.Queries) error{
		b.readAnnouncements, b.readPlaylists, b.readHolidays, b.readRounds, b.readQuiet, b.readTemporary, b.readMutes, b.readPlaces,
		b.readVolume, b.readLimits, b.readCancelled, b.readJoined,
	} {
		if err := read(ctx, q); err != nil {
			return nil, err
		}
	}
	return b, r.readRing(ctx, tx, b)
}

func (b *book) readAnnouncements(ctx context.Context, q *roundssql.Queries) error {
	rows, err := q.Announcements(ctx)
	if err != nil {
		return fmt.Errorf("read announcements: %w", err)
	}
	variants, err := q.Variants(ctx)
	if err != nil {
		return fmt.Errorf("read variants: %w", err)
	}
	clips := make(map[string][]playlists.Clip)
	for _, v := range variants {
		digest, err := playlists.ParseDigest(v.Digest)
		if err != nil {
			return fmt.Errorf("read variants of announcement %s: %w", v.Announcement, err)
		}
		if clip, ok := b.clips[digest]; ok {
			clips[v.Announcement] = append(clips[v.Announcement], clip)
		}
	}
	for i, row := range rows {
		b.announcementAt[playlists.AnnouncementID(row.ID)] = i
		b.announcements = append(b.announcements, Announcement{
			Announcement: playlists.Announcement{
				ID: playlists.AnnouncementID(row.ID), Title: row.Title, Text: row.Text, Variants: clips[row.ID],
				ValidFrom: moment(row.ValidFromMs), ValidUntil: moment(row.ValidUntilMs),
			},
			Owner: playlists.GridCode(row.Owner), By: row.MadeBy, Created: moment(row.MadeMs),
		})
	}
	return nil
}

func (b *book) readPlaylists(ctx context.Context, q *roundssql.Queries) error {
	rows, err := q.Playlists(ctx)
	if err != nil {
		return fmt.Errorf("read playlists: %w", err)
	}
	lines, err := q.Entries(ctx)
	if err != nil {
		return fmt.Errorf("read playlist entries: %w", err)
	}
	entries := make(map[string][]playlists.PlaylistEntry)
	for _, e := range lines {
		entries[e.Playlist] = append(entries[e.Playlist], playlists.PlaylistEntry{
			Announcement: playlists.AnnouncementID(e.Announcement), Dialects: playlists.DialectRule(e.Dialects),
			Repeats: int(e.Repeats), Gap: playlists.Millis(e.GapMs),
		})
	}
	for i, row := range rows {
		p := Playlist{
			Playlist: playlists.Playlist{ID: playlists.PlaylistID(row.ID), Name: row.Name, Entries: entries[row.ID]},
			Owner:    playlists.GridCode(row.Owner), By: row.MadeBy, Created: moment(row.MadeMs),
		}
		if p.Chime, err = b.chime(row.Chime); err != nil {
			return fmt.Errorf("read chime of playlist %s: %w", row.ID, err)
		}
		b.playlistAt[p.ID] = i
		b.playlists = append(b.playlists, p)
		for _, e := range p.Entries {
			if a := b.announcement(e.Announcement); a != nil {
				a.UsedBy = appendNew(a.UsedBy, p.Name)
			}
		}
	}
	return nil
}

func (b *book) readRounds(ctx context.Context, q *roundssql.Queries) error {
	rows, err := q.Rounds(ctx)
	if err != nil {
		return fmt.Errorf("read rounds: %w", err)
	}
	marks, err := q.Targets(ctx)
	if err != nil {
		return fmt.Errorf("read targets: %w", err)
	}
	targets := make(map[string][]playlists.GridCode)
	for _, m := range marks {
		targets[m.Round] = append(targets[m.Round], playlists.GridCode(m.Grid))
	}
	for _, row := range rows {
		round := Round{
			Round: playlists.Round{
				ID: playlists.RoundID(row.ID), Name: row.Name, Playlist: playlists.PlaylistID(row.Playlist),
				Class: playlists.Class(row.Class), Lateness: playlists.Millis(row.LatenessMs),
				Owner: playlists.GridCode(row.Owner), Since: moment(row.SinceMs),
				Mandatory: row.Mandatory, Unlimited: moment(row.UnlimitedUntilMs), Volume: int(row.Volume),
			},
			Targets: targets[row.ID], Paused: row.Paused, UnlimitedReason: row.UnlimitedReason,
			Quota: Quota{Starts: int(row.QuotaStarts), Spacing: playlists.Millis(row.SpacingMs)},
			By:    row.MadeBy, Created: moment(row.MadeMs),
		}
		if err := json.Unmarshal([]byte(row.Timetable), &round.Timetable); err != nil {
			return fmt.Errorf("read timetable of round %s: %w", row.ID, err)
		}
		b.useHolidays(&round)
		b.rounds = append(b.rounds, round)
		if p := b.playlist(round.Playlist); p != nil {
			p.UsedBy = appendNew(p.UsedBy, round.Name)
		}
	}
	return nil
}

func (b *book) readQuiet(ctx context.Context, q *roundssql.Queries) error {
	rows, err := q.QuietRules(ctx)
	if err != nil {
		return fmt.Errorf("read quiet rules: %w", err)
	}
	for _, row := range rows {
		b.quiet = append(b.quiet, Quiet{
			ID: row.ID,
			QuietRule: playlists.QuietRule{
				Grid: playlists.GridCode(row.Grid), From: playlists.TimeOfDay(row.FromS), To: playlists.TimeOfDay(row.ToS),
				LiftedUntil: moment(row.LiftedUntilMs),
			},
			Night: row.Night, Note: row.Note, LiftReason: row.LiftReason, LiftedBy: row.LiftedBy,
		})
	}
	return nil
}

// announcement returns the book's announcement, or nil.
func (b *book) announcement(id playlists.AnnouncementID) *Announcement {
	if i, ok := b.announcementAt[id]; ok {
		return &b.announcements[i]
	}
	return nil
}

// playlist returns the book's playlist, or nil.
func (b *book) playlist(id playlists.PlaylistID) *Playlist {
	if i, ok := b.playlistAt[id]; ok {
		return &b.playlists[i]
	}
	return nil
}

// round returns the book's round, or nil.
func (b *book) round(id playlists.RoundID) *Round {
	for i := range b.rounds {
		if b.rounds[i].ID == id {
			return &b.rounds[i]
		}
	}
	return nil
}

// quietRule returns the book's quiet rule, or nil.
func (b *book) quietRule(id string) *Quiet {
	for i := range b.quiet {
		if b.quiet[i].ID == id {
			return &b.quiet[i]
		}
	}
	return nil
}

// targetsOfPlaylist are the grids that rounds with the playlist speak to.
func (b *book) targetsOfPlaylist(id playlists.PlaylistID) []playlists.GridCode {
	var targets []playlists.GridCode
	for _, round := range b.rounds {
		if round.Playlist == id {
			targets = append(targets, round.Targets...)
		}
	}
	return targets
}

// targetsOfAnnouncement are the grids that rounds with the announcement speak to.
func (b *book) targetsOfAnnouncement(id playlists.AnnouncementID) []playlists.GridCode {
	var targets []playlists.GridCode
	for _, p := range b.playlists {
		for _, e := range p.Entries {
			if e.Announcement == id {
				targets = append(targets, b.targetsOfPlaylist(p.ID)...)
				break
			}
		}
	}
	return targets
}

func appendNew(names []string, name string) []string {
	if slices.Contains(names, name) {
		return names
	}
	return append(names, name)
}

// change runs f on the book in the one write transaction.
func (r *Rounds) change(ctx context.Context, f func(tx *store.Tx, b *book, q *roundssql.Queries) error) error {
	return r.store.Write(ctx, func(tx *store.Tx) error {
		b, err := r.open(ctx, tx)
		if err != nil {
			return err
		}
		return f(tx, b, roundssql.New(tx.Tx))
	})
}

// look runs f on the book as it stands.
func (r *Rounds) look(ctx context.Context, f func(tx *store.Tx, b *book) error) error {
	return r.store.Read(ctx, func(tx *store.Tx) error {
		b, err := r.open(ctx, tx)
		if err != nil {
			return err
		}
		return f(tx, b)
	})
}
