package rounds

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"dalaba/broadcaster/internal/store"
	"dalaba/playlists"
)

func TestAnAnnouncementThatCannotBeIsRefusedInWords(t *testing.T) {
	for _, test := range []struct {
		name   string
		change func(*Announcement)
		want   []string
	}{
		{"as it should be", func(*Announcement) {}, nil},
		{"without a recording, for screens", func(a *Announcement) { a.Variants = nil }, nil},
		{"without a text or a title", func(a *Announcement) { a.Text, a.Title = " \n", "" }, []string{"text_missing title", "text_missing text"}},
		{"a title of two lines", func(a *Announcement) { a.Title = "一\n二" }, []string{"text_unreadable title"}},
		{"a text that is not UTF-8", func(a *Announcement) { a.Text = "\xcc\xd4" }, []string{"text_unreadable text"}},
		{"a long title of long characters", func(a *Announcement) { a.Title = strings.Repeat("洗", 80) }, nil},
		{"a title that is too long", func(a *Announcement) { a.Title = strings.Repeat("洗", 81) }, []string{"text_too_long title"}},
		{"a recording that is not there", func(a *Announcement) { a.Variants[1].Digest = sound("nothing") }, []string{"recording_unknown variants[1]"}},
		{"a recording in another dialect", func(a *Announcement) { a.Variants[0].Dialect = "yue-x-jiujiang" }, []string{"recording_in_another_dialect variants[0]"}},
		{"two recordings in one dialect", func(a *Announcement) {
			a.Variants[1] = playlists.Clip{Digest: sound("visits cmn"), Dialect: cmn}
		}, []string{"dialect_twice variants[1]"}},
		{"more recordings than there can be", func(a *Announcement) { a.Variants = make([]playlists.Clip, 21) }, []string{"too_many_variants variants"}},
		{"ends before it begins", func(a *Announcement) {
			a.ValidFrom = time.Date(2026, 2, 2, 0, 0, 0, 0, time.UTC)
			a.ValidUntil = a.ValidFrom
		}, []string{"validity_ends_before_it_begins valid_until"}},
		{"a year that cannot be written", func(a *Announcement) {
			a.ValidUntil = time.Date(99999, 1, 1, 0, 0, 0, 0, time.UTC)
		}, []string{"moment_out_of_range valid_until"}},
		{"a grid that is not there", func(a *Announcement) { a.Owner = "110000000" }, []string{"grid_unknown owner"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			f := newFixture(t)
			a := hands()
			test.change(&a)
			_, err := f.CreateAnnouncement(t.Context(), a)
			if diff := cmp.Diff(test.want, codes(err)); diff != "" {
				t.Errorf("problems (-want +got):\n%s", diff)
			}
		})
	}
}

func TestAnAnnouncementIsKeptAsItWasSaid(t *testing.T) {
	f := newFixture(t)
	a := hands()
	a.Title, a.Text = " 勤洗手 ", "第一行\r\n第二行 "
	a.ValidUntil = time.Date(2026, 3, 1, 0, 0, 0, 999_999, shanghai(t))
	made := must[Announcement](t)(f.CreateAnnouncement(t.Context(), a))
	want := Announcement{Owner: town, By: "关主任", Created: f.clock().UTC(), Announcement: playlists.Announcement{
		ID: made.ID, Title: "勤洗手", Text: "第一行\n第二行",
		Variants:   []playlists.Clip{f.clips[sound("hands cmn")], f.clips[sound("hands yue")]},
		ValidUntil: time.Date(2026, 2, 28, 16, 0, 0, 0, time.UTC),
	}}
	if diff := cmp.Diff(want, made); diff != "" {
		t.Errorf("made (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff(want, must[Announcement](t)(f.Announcement(t.Context(), made.ID))); diff != "" {
		t.Errorf("kept (-want +got):\n%s", diff)
	}
	f.pass(time.Hour)
	want.Title, want.Variants = "洗手", want.Variants[1:]
	edit := want
	edit.Owner, edit.By, edit.Created = rulin, "别人", time.Time{}
	must[Announcement](t)(f.UpdateAnnouncement(t.Context(), edit, "李四"))
	if diff := cmp.Diff([]Announcement{want}, must[[]Announcement](t)(f.Announcements(t.Context()))); diff != "" {
		t.Errorf("changed (-want +got):\n%s", diff)
	}
	f.ok(f.RemoveAnnouncement(t.Context(), made.ID, "李四"))
	_, err := f.Announcement(t.Context(), made.ID)
	if diff := cmp.Diff([]string{"announcement_unknown"}, codes(err)); diff != "" {
		t.Errorf("removed (-want +got):\n%s", diff)
	}
}

func TestWhatIsUsedStays(t *testing.T) {
	f := newFixture(t)
	list := f.list()
	round := must[Round](t)(f.CreateRound(t.Context(), daily("晨播", list.ID, 7, 30, laoling)))
	a := must[Announcement](t)(f.Announcement(t.Context(), list.Entries[0].Announcement))
	if diff := cmp.Diff([]string{"早间"}, a.UsedBy); diff != "" {
		t.Errorf("announcement is used by (-want +got):\n%s", diff)
	}
	if all := must[[]Playlist](t)(f.Playlists(t.Context())); len(all) != 1 || !slices.Equal(all[0].UsedBy, []string{"晨播"}) {
		t.Errorf("playlists: %+v", all)
	}
	silent := a
	silent.Variants = nil
	_, silence := f.UpdateAnnouncement(t.Context(), silent, "李四")
	for _, test := range []struct {
		name string
		err  error
		want string
	}{
		{"the announcement of a playlist", f.RemoveAnnouncement(t.Context(), a.ID, "李四"), "announcement_in_use"},
		{"the playlist of a round", f.RemovePlaylist(t.Context(), list.ID, "李四"), "playlist_in_use"},
		{"the last recording of a playlist's announcement", silence, "playlist_would_be_silent variants"},
	} {
		if diff := cmp.Diff([]string{test.want}, codes(test.err)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", test.name, diff)
		}
	}
	if p := playlists.ProblemOf(f.RemovePlaylist(t.Context(), list.ID, "李四")); p == nil || p.Args["users"] != "晨播" {
		t.Errorf("the playlist is used: %v", p)
	}
	f.ok(f.store.Read(t.Context(), func(tx *store.Tx) error {
		if diff := cmp.Diff([]string{"grid_in_use"}, codes(f.MayVanish(t.Context(), tx, []playlists.GridCode{laoling}))); diff != "" {
			t.Errorf("the grid of a round (-want +got):\n%s", diff)
		}
		if diff := cmp.Diff([]string{"勤洗手"}, must[[]string](t)(f.Users(t.Context(), tx, sound("hands yue")))); diff != "" {
			t.Errorf("the recording of an announcement (-want +got):\n%s", diff)
		}
		return f.MayVanish(t.Context(), tx, []playlists.GridCode{rulin})
	}))
	f.ok(f.RemoveRound(t.Context(), round.ID, "李四"))
	f.ok(f.RemovePlaylist(t.Context(), list.ID, "李四"))
	f.ok(f.RemoveAnnouncement(t.Context(), a.ID, "李四"))
}

func TestARecordingsNewDialectIsTakenOverOrRefused(t *testing.T) {
	f := newFixture(t)
	must[Round](t)(f.CreateRound(t.Context(), daily("晨播", f.list().ID, 7, 30, laoling)))
	f.told()
	redub := func(dialect playlists.Dialect) error {
		clip := f.clips[sound("hands yue")]
		before := clip
		clip.Dialect = dialect
		f.clips[clip.Digest] = clip
		err := f.store.Write(t.Context(), func(tx *store.Tx) error { return f.ClipChanged(t.Context(), tx, clip.Digest) })
		if err != nil {
			f.clips[clip.Digest] = before
		}
		return err
	}
	if diff := cmp.Diff([]string{"dialect_twice variants[1]"}, codes(redub(cmn))); diff != "" {
		t.Errorf("a dialect that is there (-want +got):\n%s", diff)
	}
	f.ok(redub("yue-x-jiujiang"))
	if p := f.read("laoling"); p.Revision != 2 || p.Announcements[0].Variants[1].Dialect != "yue-x-jiujiang" {
		t.Errorf("programme has %+v", p.Announcements[0].Variants)
	}
}
