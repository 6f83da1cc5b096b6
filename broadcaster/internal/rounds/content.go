package rounds

import (
	"slices"

	"dalaba/playlists"
)

// Content is an announcement in one dialect, as an airing sounds it.
type Content struct {
	Announcement playlists.AnnouncementID
	Title        string
	Dialect      playlists.Dialect
}

// Contents returns what entries say, each thing once, in the order in which it first sounds, with the titles that p has.
func Contents(p *playlists.Programme, entries []playlists.Entry) []Content {
	var list []Content
	for _, e := range entries {
		c := Content{Announcement: e.Announcement, Dialect: e.Dialect}
		for i := range p.Announcements {
			if p.Announcements[i].ID == e.Announcement {
				c.Title = p.Announcements[i].Title
			}
		}
		if !slices.Contains(list, c) {
			list = append(list, c)
		}
	}
	return list
}
