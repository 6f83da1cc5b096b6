package api

import (
	"context"
	"slices"
	"time"

	"dalaba/broadcaster/internal/access"
	"dalaba/broadcaster/internal/rounds"
	"dalaba/playlists"
	"dalaba/playlists/grid"
)

type announcementsShape struct {
	Announcements []announcementShape `json:"announcements"`
}

// announcementOf shapes x; titles are the recordings'.
func announcementOf(x rounds.Announcement, titles map[playlists.Digest]string) announcementShape {
	return announcementShape{
		ID: string(x.ID), Title: x.Title, Text: x.Text, Owner: string(x.Owner), UsedBy: texts(x.UsedBy),
		ValidFrom: instant(x.ValidFrom), ValidUntil: instant(x.ValidUntil),
		Variants: shapes(x.Variants, func(c playlists.Clip) variantShape {
			return variantShape{
				Dialect: string(c.Dialect), Clip: c.Digest.String(), Title: titles[c.Digest], DurationMS: int64(c.Duration),
			}
		}),
	}
}

// usable tells whether p may use what belongs to owner: what is p's own or below, and what stands above p.
func usable(p access.Person, owner playlists.GridCode) bool {
	return grid.Contains(owner, p.Grid) || grid.Contains(p.Grid, owner)
}

func (a *API) listAnnouncements(ctx context.Context, p access.Person, _ *none) (*answer[announcementsShape], error) {
	all, err := a.Rounds.Announcements(ctx)
	if err != nil {
		return nil, err
	}
	titles, err := a.clipTitles(ctx)
	if err != nil {
		return nil, err
	}
	out := &answer[announcementsShape]{Body: announcementsShape{Announcements: []announcementShape{}}}
	for _, x := range all {
		if usable(p, x.Owner) {
			out.Body.Announcements = append(out.Body.Announcements, announcementOf(x, titles))
		}
	}
	return out, nil
}

// announcementFrom reads what a person wrote into x.
func announcementFrom(s announcementEditShape, x rounds.Announcement) (rounds.Announcement, error) {
	x.Title, x.Text, x.Variants = s.Title, s.Text, nil
	x.ValidFrom, x.ValidUntil = moment(s.ValidFrom), moment(s.ValidUntil)
	for _, v := range s.Variants {
		digest, err := playlists.ParseDigest(v.Clip)
		if err != nil {
			return x, &playlists.Problem{Kind: playlists.Invalid, Code: "clip_unknown", Field: "variants", Err: err}
		}
		x.Variants = append(x.Variants, playlists.Clip{Digest: digest, Dialect: playlists.Dialect(v.Dialect)})
	}
	return x, nil
}

func moment(t *time.Time) time.Time {
	if t == nil {
		return time.Time{}
	}
	return *t
}

func (a *API) makeAnnouncement(ctx context.Context, p access.Person, in *making[announcementEditShape]) (*answer[announcementShape], error) {
	if err := a.may(p, access.ActEditAnnouncement, p.Grid); err != nil {
		return nil, err
	}
	x, err := announcementFrom(in.Body, rounds.Announcement{Owner: p.Grid, By: p.Display})
	if err == nil {
		err = a.usableVariants(ctx, p, x)
	}
	if err != nil {
		return nil, err
	}
	return a.announcementAnswer(ctx)(a.Rounds.CreateAnnouncement(ctx, x))
}

func (a *API) editAnnouncement(ctx context.Context, p access.Person, in *editing[announcementEditShape]) (*answer[announcementShape], error) {
	x, err := a.Rounds.Announcement(ctx, playlists.AnnouncementID(in.ID))
	if err != nil {
		return nil, err
	}
	if err := a.may(p, access.ActEditAnnouncement, x.Owner); err != nil {
		return nil, err
	}
	if err := a.mayChangePlaylists(ctx, p, x.ID); err != nil {
		return nil, err
	}
	if x, err = announcementFrom(in.Body, x); err == nil {
		err = a.usableVariants(ctx, p, x)
	}
	if err != nil {
		return nil, err
	}
	return a.announcementAnswer(ctx)(a.Rounds.UpdateAnnouncement(ctx, x, p.Display))
}

// usableVariants tells whether p may use each of x's recordings.
func (a *API) usableVariants(ctx context.Context, p access.Person, x rounds.Announcement) error {
	for _, c := range x.Variants {
		r, err := a.usableClip(ctx, p, c.Digest)
		if err == nil && r.BuiltIn {
			err = &playlists.Problem{Kind: playlists.Invalid, Code: "recording_without_words", Field: "variants"}
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// mayChangePlaylists refuses a change of an announcement that playlists hold which are not p's to change.
func (a *API) mayChangePlaylists(ctx context.Context, p access.Person, id playlists.AnnouncementID) error {
	all, err := a.Rounds.Playlists(ctx)
	if err != nil {
		return err
	}
	for _, x := range all {
		holds := slices.ContainsFunc(x.Entries, func(e playlists.PlaylistEntry) bool { return e.Announcement == id })
		if holds && a.may(p, access.ActEditPlaylist, x.Owner) != nil {
			return usedAbove(x.Name)
		}
	}
	return nil
}

// announcementAnswer shapes what a room returned.
func (a *API) announcementAnswer(ctx context.Context) func(rounds.Announcement, error) (*answer[announcementShape], error) {
	return func(x rounds.Announcement, err error) (*answer[announcementShape], error) {
		if err != nil {
			return nil, err
		}
		titles, err := a.clipTitles(ctx)
		if err != nil {
			return nil, err
		}
		a.feed.Changed(TopicContent)
		return &answer[announcementShape]{Body: announcementOf(x, titles)}, nil
	}
}

func (a *API) removeAnnouncement(ctx context.Context, p access.Person, in *byID) (*none, error) {
	x, err := a.Rounds.Announcement(ctx, playlists.AnnouncementID(in.ID))
	if err != nil {
		return nil, err
	}
	if err := a.may(p, access.ActEditAnnouncement, x.Owner); err != nil {
		return nil, err
	}
	defer a.feed.Changed(TopicContent)
	return &none{}, a.Rounds.RemoveAnnouncement(ctx, x.ID, p.Display)
}
