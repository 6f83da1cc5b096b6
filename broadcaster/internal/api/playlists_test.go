package api

import (
	"testing"

	"dalaba/broadcaster/internal/library"
)

// builtInChime is the id of the chime that comes with the software.
func (w *town) builtInChime(v *visitor) string {
	w.t.Helper()
	check(w.t, w.Library.EnsureChime(w.t.Context(), townCode))
	var list clipsShape
	v.must("GET", "/api/clips", nil, &list)
	for _, c := range list.Clips {
		if c.BuiltIn {
			return c.Digest
		}
	}
	w.t.Fatal("nobody sees it")
	return ""
}

func TestAPlaylistMayBeginWithTheTownsChimeAndWithOnesOwn(t *testing.T) {
	w := newTown(t)
	chen, long := w.signIn("chen"), w.signIn("long")
	bell, own := w.builtInChime(chen), chen.upload("叮咚")
	id := chen.playlist("早间")
	var list playlistsShape
	chen.must("GET", "/api/playlists", nil, &list)
	if list.Playlists[0].Chime != "" {
		t.Errorf("who asks for none has %q", list.Playlists[0].Chime)
	}
	edit := map[string]any{"name": "早间", "entries": list.Playlists[0].Entries}
	for _, chime := range []string{bell, own, ""} {
		var made playlistShape
		edit["chime"] = chime
		chen.must("PUT", "/api/playlists/"+id, edit, &made)
		if made.Chime != chime {
			t.Errorf("begins with %q, want %q", made.Chime, chime)
		}
		if chime == own {
			if status, code := chen.refused("DELETE", "/api/clips/"+own, nil); status != 409 || code != "recording_in_use" {
				t.Errorf("removed while it is used: %d %s", status, code)
			}
		}
	}
	if said := chen.said("/api/changes?subject=playlist&limit=1", chinese); said[0] != "陈社长把节目单《早间》改了:提示音。" {
		t.Errorf("history: %q", said)
	}
	chen.must("DELETE", "/api/clips/"+own, nil, nil)
	edit["chime"] = own
	if status, code := chen.refused("PUT", "/api/playlists/"+id, edit); status != 404 || code != "recording_unknown" {
		t.Errorf("what is gone: %d %s", status, code)
	}
	edit["chime"], edit["entries"] = chen.upload("我的"), []any{}
	if status, code := long.refused("POST", "/api/playlists", edit); status != 404 || code != "recording_unknown" {
		t.Errorf("another village's: %d %s", status, code)
	}
}

func TestTheBuiltInChimeStaysAndIsNoAnnouncement(t *testing.T) {
	w := newTown(t)
	admin := w.signIn("admin")
	bell := w.builtInChime(admin)
	if status, code := admin.refused("DELETE", "/api/clips/"+bell, nil); status != 409 || code != "recording_built_in" {
		t.Errorf("removed: %d %s", status, code)
	}
	if status, code := admin.refused("PUT", "/api/clips/"+bell, map[string]any{"title": "叮", "dialect": "yue"}); status != 409 || code != "recording_built_in" {
		t.Errorf("changed: %d %s", status, code)
	}
	said := map[string]any{"title": "叮", "text": "叮", "variants": []any{map[string]any{"dialect": library.NoDialect, "clip": bell}}}
	if status, code := admin.refused("POST", "/api/announcements", said); status != 422 || code != "recording_without_words" {
		t.Errorf("announced: %d %s", status, code)
	}
}
