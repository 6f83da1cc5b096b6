package api

import (
	"context"

	"dalaba/broadcaster/internal/access"
	"dalaba/broadcaster/internal/rounds"
	"dalaba/playlists"
)

type playlistsShape struct {
	Playlists []playlistShape `json:"playlists"`
}

func playlistOf(x rounds.Playlist, titles map[playlists.AnnouncementID]string) playlistShape {
	out := playlistShape{
		ID: string(x.ID), Name: x.Name, Owner: string(x.Owner), UsedBy: texts(x.UsedBy),
		Entries: shapes(x.Entries, func(e playlists.PlaylistEntry) playlistEntryShape {
			return playlistEntryShape{
				Announcement: string(e.Announcement), Title: titles[e.Announcement], Dialects: string(e.Dialects),
				Repeats: e.Repeats, GapMS: int64(e.Gap),
			}
		}),
	}
	if x.Chime != nil {
		out.Chime, out.ChimeMS = x.Chime.Digest.String(), int64(x.Chime.Duration)
	}
	return out
}

// announcementTitles are the titles of all announcements.
func (a *API) announcementTitles(ctx context.Context) (map[playlists.AnnouncementID]string, error) {
	all, err := a.Rounds.Announcements(ctx)
	if err != nil {
		return nil, err
	}
	titles := make(map[playlists.AnnouncementID]string, len(all))
	for _, x := range all {
		titles[x.ID] = x.Title
	}
	return titles, nil
}

func (a *API) listPlaylists(ctx context.Context, p access.Person, _ *none) (*answer[playlistsShape], error) {
	all, err := a.Rounds.Playlists(ctx)
	if err != nil {
		return nil, err
	}
	titles, err := a.announcementTitles(ctx)
	if err != nil {
		return nil, err
	}
	out := &answer[playlistsShape]{Body: playlistsShape{Playlists: []playlistShape{}}}
	for _, x := range all {
		if usable(p, x.Owner) {
			out.Body.Playlists = append(out.Body.Playlists, playlistOf(x, titles))
		}
	}
	return out, nil
}

// playlistFrom reads what a person wrote into x, and tells whether p may use it.
func (a *API) playlistFrom(ctx context.Context, p access.Person, s playlistEditShape, x rounds.Playlist) (rounds.Playlist, error) {
	x.Name, x.Chime = s.Name, nil
	if s.Chime != "" {
		digest, err := clipID(s.Chime)
		if err == nil {
			_, err = a.usableClip(ctx, p, digest)
		}
		if err != nil {
			return x, err
		}
		x.Chime = &playlists.Clip{Digest: digest}
	}
	x.Entries = shapes(s.Entries, func(e playlistEntryShape) playlists.PlaylistEntry {
		return playlists.PlaylistEntry{
			Announcement: playlists.AnnouncementID(e.Announcement), Dialects: playlists.DialectRule(e.Dialects),
			Repeats: e.Repeats, Gap: playlists.Millis(e.GapMS),
		}
	})
	return x, a.usableEntries(ctx, p, x)
}

func (a *API) makePlaylist(ctx context.Context, p access.Person, in *making[playlistEditShape]) (*answer[playlistShape], error) {
	if err := a.may(p, access.ActEditPlaylist, p.Grid); err != nil {
		return nil, err
	}
	x, err := a.playlistFrom(ctx, p, in.Body, rounds.Playlist{Owner: p.Grid, By: p.Display})
	if err != nil {
		return nil, err
	}
	return a.playlistAnswer(ctx)(a.Rounds.CreatePlaylist(ctx, x))
}

func (a *API) editPlaylist(ctx context.Context, p access.Person, in *editing[playlistEditShape]) (*answer[playlistShape], error) {
	x, err := a.Rounds.Playlist(ctx, playlists.PlaylistID(in.ID))
	if err != nil {
		return nil, err
	}
	if err := a.may(p, access.ActEditPlaylist, x.Owner); err != nil {
		return nil, err
	}
	if err := a.mayChangeRounds(ctx, p, x.ID); err != nil {
		return nil, err
	}
	if x, err = a.playlistFrom(ctx, p, in.Body, x); err != nil {
		return nil, err
	}
	return a.playlistAnswer(ctx)(a.Rounds.UpdatePlaylist(ctx, x, p.Display))
}

// usableEntries tells whether p may use each announcement that x holds.
func (a *API) usableEntries(ctx context.Context, p access.Person, x rounds.Playlist) error {
	for _, e := range x.Entries {
		held, err := a.Rounds.Announcement(ctx, e.Announcement)
		if err == nil && !usable(p, held.Owner) {
			err = &playlists.Problem{Kind: playlists.NotFound, Code: "announcement_unknown"}
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// mayChangeRounds refuses a change of a playlist that rounds play which are not p's to change.
func (a *API) mayChangeRounds(ctx context.Context, p access.Person, id playlists.PlaylistID) error {
	all, err := a.Rounds.Rounds(ctx)
	if err != nil {
		return err
	}
	for _, x := range all {
		if x.Playlist == id && a.may(p, access.ActEditRound, x.Owner) != nil {
			return usedAbove(x.Name)
		}
	}
	return nil
}

// playlistAnswer shapes what a room returned.
func (a *API) playlistAnswer(ctx context.Context) func(rounds.Playlist, error) (*answer[playlistShape], error) {
	return func(x rounds.Playlist, err error) (*answer[playlistShape], error) {
		if err != nil {
			return nil, err
		}
		titles, err := a.announcementTitles(ctx)
		if err != nil {
			return nil, err
		}
		a.feed.Changed(TopicContent)
		return &answer[playlistShape]{Body: playlistOf(x, titles)}, nil
	}
}

func (a *API) removePlaylist(ctx context.Context, p access.Person, in *byID) (*none, error) {
	x, err := a.Rounds.Playlist(ctx, playlists.PlaylistID(in.ID))
	if err != nil {
		return nil, err
	}
	if err := a.may(p, access.ActEditPlaylist, x.Owner); err != nil {
		return nil, err
	}
	defer a.feed.Changed(TopicContent)
	return &none{}, a.Rounds.RemovePlaylist(ctx, x.ID, p.Display)
}
