package rounds

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"dalaba/playlists"
)

// say is a line of a playlist.
func say(a playlists.AnnouncementID, rule playlists.DialectRule, repeats int, gap playlists.Millis) playlists.PlaylistEntry {
	return playlists.PlaylistEntry{Announcement: a, Dialects: rule, Repeats: repeats, Gap: gap}
}

func TestAPlaylistThatCannotSoundIsRefusedInWords(t *testing.T) {
	type entry = playlists.PlaylistEntry
	for _, test := range []struct {
		name    string
		entries func(both, none playlists.AnnouncementID) []entry
		want    []string
	}{
		{"as it should be", func(both, _ playlists.AnnouncementID) []entry {
			return []entry{say(both, playlists.DialectAll, 1, 0), say(both, playlists.DialectOwn, 20, 600_000), say(both, "yue", 2, 500)}
		}, nil},
		{"nothing in it", func(_, _ playlists.AnnouncementID) []entry { return nil }, []string{"playlist_empty entries"}},
		{"more than there can be", func(both, _ playlists.AnnouncementID) []entry {
			return make([]entry, playlists.MaxPlaylistEntries+1)
		}, []string{"playlist_too_long entries"}},
		{"an announcement that is not there", func(_, _ playlists.AnnouncementID) []entry {
			return []entry{say("nothing", playlists.DialectAll, 1, 0)}
		}, []string{"announcement_unknown entries[0].announcement"}},
		{"an announcement without a recording", func(both, none playlists.AnnouncementID) []entry {
			return []entry{say(both, playlists.DialectAll, 1, 0), say(none, playlists.DialectAll, 1, 0)}
		}, []string{"announcement_without_recording entries[1].announcement"}},
		{"a dialect in which it was not spoken", func(both, _ playlists.AnnouncementID) []entry {
			return []entry{say(both, "yue-x-jiujiang", 1, 0)}
		}, []string{"announcement_without_dialect entries[0].dialects"}},
		{"no dialect rule", func(both, _ playlists.AnnouncementID) []entry {
			return []entry{say(both, "", 1, 0)}
		}, []string{"announcement_without_dialect entries[0].dialects"}},
		{"no repeats", func(both, _ playlists.AnnouncementID) []entry {
			return []entry{say(both, playlists.DialectAll, 0, 0)}
		}, []string{"repeats_out_of_range entries[0].repeats"}},
		{"too many repeats", func(both, _ playlists.AnnouncementID) []entry {
			return []entry{say(both, playlists.DialectAll, 21, 0)}
		}, []string{"repeats_out_of_range entries[0].repeats"}},
		{"a gap before itself", func(both, _ playlists.AnnouncementID) []entry {
			return []entry{say(both, playlists.DialectAll, 1, -1)}
		}, []string{"gap_out_of_range entries[0].gap_ms"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			f := newFixture(t)
			both := must[Announcement](t)(f.CreateAnnouncement(t.Context(), hands()))
			mute := visits()
			mute.Variants = nil
			none := must[Announcement](t)(f.CreateAnnouncement(t.Context(), mute))
			p := Playlist{Owner: town, By: "关主任", Playlist: playlists.Playlist{Name: "早间", Entries: test.entries(both.ID, none.ID)}}
			made, err := f.CreatePlaylist(t.Context(), p)
			if diff := cmp.Diff(test.want, codes(err)); diff != "" {
				t.Errorf("problems (-want +got):\n%s", diff)
			}
			if err != nil {
				return
			}
			p.ID, p.Created = made.ID, f.clock().UTC()
			if diff := cmp.Diff(p, must[Playlist](t)(f.Playlist(t.Context(), made.ID))); diff != "" {
				t.Errorf("kept (-want +got):\n%s", diff)
			}
		})
	}
}
