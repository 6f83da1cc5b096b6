package hearing

import (
	"context"
	"strings"
	"time"

	"dalaba/broadcaster/internal/hearing/hearingsql"
	"dalaba/broadcaster/internal/store"
	"dalaba/playlists"
	"dalaba/playlists/grid"
)

// RingTestName is what people call the ring test.
const RingTestName = "试响"

// announcementPrefix begins the id of what a place says; its grid code follows.
const announcementPrefix = string(playlists.RingTest) + ":"

// wordless is the dialect of a sound without words.
const wordless playlists.Dialect = "zxx"

// Ring is the ring test, as programmes need it.
type Ring struct {
	Name      string
	Owner     playlists.GridCode
	Timetable playlists.Timetable
	Since     time.Time
	// Said is what the terminals of a grid sound.
	Said map[playlists.GridCode]playlists.Announcement
}

// Ring returns the ring test, or nil while the town has none.
func (h *Hearing) Ring(ctx context.Context, tx *store.Tx) (*Ring, error) {
	s, err := schedule(ctx, hearingsql.New(tx))
	if err != nil || s == nil {
		return nil, err
	}
	r := &Ring{Name: RingTestName, Timetable: s.Timetable(), Since: s.Since}
	if r.Owner, err = h.land.Root(ctx, tx); err != nil {
		return nil, err
	}
	r.Said, err = h.said(ctx, tx)
	return r, err
}

// said returns what each grid says: its own name, or that of the nearest above it, as far as it has been rendered.
func (h *Hearing) said(ctx context.Context, tx *store.Tx) (map[playlists.GridCode]playlists.Announcement, error) {
	names, paths, err := h.names(ctx, tx)
	if err != nil {
		return nil, err
	}
	made, err := renderings(ctx, hearingsql.New(tx))
	if err != nil {
		return nil, err
	}
	clips := make(map[playlists.GridCode]playlists.Clip, len(names))
	if len(names) > 0 {
		known, err := h.recordings.Clips(ctx, tx)
		if err != nil {
			return nil, err
		}
		for _, n := range names {
			if x, rendered := made[n.Clip]; rendered {
				x.Dialect = known[n.Clip].Dialect
				clips[n.Grid] = x.Clip
			}
		}
	}
	plain, rendered := made[playlists.Digest{}]
	plain.Dialect = wordless
	said := make(map[playlists.GridCode]playlists.Announcement, len(paths))
	for code, path := range paths {
		clip, known := plain.Clip, rendered
		for _, above := range grid.Path(code) { // from the top down: the last is the nearest
			if own, named := clips[above]; named {
				clip, known = own, true
			}
		}
		if known {
			said[code] = playlists.Announcement{
				ID: playlists.AnnouncementID(announcementPrefix + string(code)), Title: TitleOf(path), Text: TitleOf(path),
				Variants: []playlists.Clip{clip},
			}
		}
	}
	return said, nil
}

// TitleOf is what the ring test of the place at a path is called: the register's content, and the deaf neighbour's words.
func TitleOf(path string) string { return RingTestName + ":" + strings.ReplaceAll(path, " / ", "") }

// Title returns what an announcement is called if it is a place's ring test, else "".
func (h *Hearing) Title(ctx context.Context, tx *store.Tx, id playlists.AnnouncementID) (string, error) {
	code, is := strings.CutPrefix(string(id), announcementPrefix)
	if !is {
		return "", nil
	}
	paths, err := h.land.Paths(ctx, tx)
	if err != nil {
		return "", err
	}
	return TitleOf(paths[playlists.GridCode(code)]), nil
}
