package rounds

import (
	"context"
	"slices"
	"time"

	"dalaba/broadcaster/internal/rounds/roundssql"
	"dalaba/broadcaster/internal/store"
	"dalaba/playlists"
	"dalaba/playlists/grid"
	"dalaba/playlists/timetable"
)

// playNowLead is how far ahead something that is played at once falls due: its programmes reach the connected terminals
// before. Those that connect within playNowLateness still play it.
const (
	playNowLead     = 10 * time.Second
	playNowLateness = playlists.Millis(10 * 60 * 1000)
)

// PlayNow is something that is to sound at once.
type PlayNow struct {
	// Announcement or Playlist is what sounds; exactly one is named. An announcement sounds once in each dialect.
	Announcement playlists.AnnouncementID
	Playlist     playlists.PlaylistID
	// Targets are grids at or below Owner.
	Targets []playlists.GridCode
	Owner   playlists.GridCode
	By      string
	// Chime is what a playlist begins with that has to be made for Announcement; nil for nothing.
	Chime *playlists.Clip
}

// PlayNow makes a round with one firing, a few seconds from now. What would sound nowhere is refused, see checkHeard.
func (r *Rounds) PlayNow(ctx context.Context, p PlayNow) (Round, error) {
	var round Round
	err := r.change(ctx, func(tx *store.Tx, b *book, q *roundssql.Queries) error {
		list, err := b.listOf(ctx, tx, q, p)
		if err != nil {
			return err
		}
		due := tx.Now.Add(playNowLead).Truncate(time.Second)
		round = Round{
			Round: playlists.Round{
				Name: list.Name, Playlist: list.ID, Owner: p.Owner, Class: playlists.ClassAnnouncement,
				Lateness: playNowLateness, Timetable: r.once(due),
			},
			Targets: p.Targets, By: p.By,
		}
		if err := r.createRound(ctx, tx, b, q, &round); err != nil {
			return err
		}
		return r.checkHeard(ctx, tx, b, &round, due)
	})
	return round, err
}

// listOf returns the playlist that p means; of an announcement it is one that says nothing else, made if there is none.
func (b *book) listOf(ctx context.Context, tx *store.Tx, q *roundssql.Queries, p PlayNow) (*Playlist, error) {
	if p.Announcement == "" {
		if list := b.playlist(p.Playlist); list != nil {
			return list, nil
		}
		return nil, invalid("playlist_unknown", "playlist", nil)
	}
	a := b.announcement(p.Announcement)
	if a == nil {
		return nil, invalid("announcement_unknown", "announcement", nil)
	}
	once := []playlists.PlaylistEntry{{Announcement: a.ID, Dialects: playlists.DialectAll, Repeats: 1}}
	for i := range b.playlists {
		if list := &b.playlists[i]; list.Owner == p.Owner && list.Name == a.Title && slices.Equal(list.Entries, once) {
			return list, nil
		}
	}
	list := Playlist{
		Playlist: playlists.Playlist{ID: playlists.PlaylistID(newID()), Name: a.Title, Entries: once, Chime: p.Chime},
		Owner:    p.Owner, By: p.By, Created: tx.Now,
	}
	if err := putPlaylist(ctx, b, q, &list); err != nil {
		return nil, err
	}
	b.playlistAt[list.ID] = len(b.playlists)
	b.playlists = append(b.playlists, list)
	return b.playlist(list.ID), record(ctx, tx, q, list.change(ActMade, p.By), nil, &list)
}

// once is a timetable that fires at at, rounded down to the second, and at no other moment.
func (r *Rounds) once(at time.Time) playlists.Timetable {
	local := at.In(r.zone)
	moment, day := playlists.NewTimeOfDay(local.Clock()), playlists.DateOf(local)
	return playlists.Timetable{Every: &playlists.Every{Minutes: 1, From: moment, To: moment}, From: day, Until: day}
}

// Once tells whether the round fires on one day only, once: it was played by hand, repeated or moved.
func (round *Round) Once() bool {
	t := &round.Timetable
	return t.Every != nil && t.Every.From == t.Every.To && !t.From.IsZero() && t.From == t.Until
}

// Repeat makes a round that sounds what the round id does, once more, at at. It belongs to owner and speaks to that part
// of the round's targets that lies at or below owner.
func (r *Rounds) Repeat(ctx context.Context, id playlists.RoundID, at time.Time, owner playlists.GridCode, by string) (Round, error) {
	return r.copyRound(ctx, id, owner, by, func(now time.Time, copied *Round) error {
		return r.onceAt(now, copied, "at", at)
	})
}

// onceAt makes round one that fires at at only, which must lie ahead. Nothing is asked of it in a day.
func (r *Rounds) onceAt(now time.Time, round *Round, field string, at time.Time) error {
	if !at.After(now) || at.After(now.Add(maxLift)) {
		return invalid("moment_out_of_range", field, nil)
	}
	round.Timetable, round.Quota = r.once(at), Quota{}
	return nil
}

// Copy makes a round like the round id, under another name and paused, that belongs to owner and speaks to that part of
// the round's targets that lies at or below owner.
func (r *Rounds) Copy(ctx context.Context, id playlists.RoundID, name string, owner playlists.GridCode, by string) (Round, error) {
	return r.copyRound(ctx, id, owner, by, func(_ time.Time, copied *Round) error {
		copied.Name, copied.Paused = name, true
		return nil
	})
}

func (r *Rounds) copyRound(ctx context.Context, id playlists.RoundID, owner playlists.GridCode, by string, alter func(now time.Time, copied *Round) error) (Round, error) {
	var copied Round
	err := r.change(ctx, func(tx *store.Tx, b *book, q *roundssql.Queries) error {
		round := b.round(id)
		if round == nil {
			return notFound("round_unknown")
		}
		copied = *round
		copied.Owner, copied.By, copied.Paused = owner, by, false
		copied.Unlimited, copied.UnlimitedReason = time.Time{}, "" // that was granted to the other one
		copied.Targets = narrow(round.Targets, owner)
		if err := alter(tx.Now, &copied); err != nil {
			return err
		}
		if err := r.createRound(ctx, tx, b, q, &copied); err != nil || copied.Paused {
			return err
		}
		due := timetable.Next(copied.Timetable, r.zone, tx.Now, 1)
		if len(due) == 0 {
			return nil
		}
		return r.checkHeard(ctx, tx, b, &copied, due[0])
	})
	return copied, err
}

// narrow returns the part of targets that lies at or below owner.
func narrow(targets []playlists.GridCode, owner playlists.GridCode) []playlists.GridCode {
	var part []playlists.GridCode
	for _, target := range targets {
		switch {
		case grid.Contains(owner, target):
			part = append(part, target)
		case grid.Contains(target, owner):
			part = append(part, owner)
		}
	}
	return part
}
