package rounds

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"dalaba/broadcaster/internal/store"
	"dalaba/playlists"
)

// bell puts a recording of so many milliseconds into the library.
func (f *fixture) bell(length playlists.Millis) playlists.Clip {
	clip := playlists.Clip{Digest: sound("bell"), Bytes: 96_044, Duration: length, Dialect: "zxx"}
	f.clips[clip.Digest] = clip
	return clip
}

func TestAChimeIsTheLibrarysClipAndTravelsWithItsPlaylist(t *testing.T) {
	f := newFixture(t)
	bell := f.bell(15_000)
	list := f.list()
	must[Round](t)(f.CreateRound(t.Context(), daily("早间", list.ID, 7, 30, laoling)))
	f.told()
	list.Chime = &playlists.Clip{Digest: bell.Digest}
	list = must[Playlist](t)(f.UpdatePlaylist(t.Context(), list, "李四"))
	if diff := cmp.Diff(&bell, list.Chime); diff != "" {
		t.Errorf("kept (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff(ids{"laoling"}, f.told()); diff != "" {
		t.Errorf("terminals that have news (-want +got):\n%s", diff)
	}
	p := f.read("laoling")
	if diff := cmp.Diff(&bell, p.Playlists[0].Chime); diff != "" {
		t.Errorf("travels (-want +got):\n%s", diff)
	}
	if !slices.Contains(p.Clips(), bell) {
		t.Error("it is not among what the terminal has to fetch")
	}
	users := func() (users []string) {
		f.ok(f.store.Read(t.Context(), func(tx *store.Tx) (err error) {
			users, err = f.Users(t.Context(), tx, bell.Digest)
			return err
		}))
		return users
	}
	if diff := cmp.Diff([]string{"早间"}, users()); diff != "" {
		t.Errorf("is used by (-want +got):\n%s", diff)
	}
	list.Chime = nil
	must[Playlist](t)(f.UpdatePlaylist(t.Context(), list, "李四"))
	if p := f.read("laoling"); p.Playlists[0].Chime != nil || users() != nil {
		t.Errorf("taken out: %+v, used by %v", p.Playlists[0].Chime, users())
	}
}

func TestAChimeThatCannotBeIsRefused(t *testing.T) {
	for _, test := range []struct {
		name   string
		length playlists.Millis // zero for no recording
		want   []string
	}{
		{"15 seconds", 15_000, nil},
		{"longer", 15_001, []string{"chime_too_long chime"}},
		{"no such recording", 0, []string{"recording_unknown chime"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			f := newFixture(t)
			if test.length > 0 {
				f.bell(test.length)
			}
			list := f.list()
			list.Chime = &playlists.Clip{Digest: sound("bell")}
			_, err := f.CreatePlaylist(t.Context(), list)
			if diff := cmp.Diff(test.want, codes(err)); diff != "" {
				t.Errorf("problems (-want +got):\n%s", diff)
			}
		})
	}
}

func TestTheLengthOfAnAiringCountsItsChime(t *testing.T) {
	f := newFixture(t)
	f.bell(2_500)
	list := f.list()
	length := func() playlists.Millis {
		return must[Preview](t)(f.Check(t.Context(), daily("早间", list.ID, 7, 30, rulin))).Lengths[0].Length
	}
	without := length()
	list.Chime = &playlists.Clip{Digest: sound("bell")}
	must[Playlist](t)(f.UpdatePlaylist(t.Context(), list, "李四"))
	if with := length(); with < without+2_500 {
		t.Errorf("%d ms without it, %d with it", without, with)
	}
}

func TestAnAnnouncementThatIsPlayedNowBeginsWithTheChime(t *testing.T) {
	f := newFixture(t)
	bell := f.bell(2_500)
	now := PlayNow{
		Announcement: f.list().Entries[0].Announcement, Targets: []playlists.GridCode{laoling}, Owner: town, By: "李四", Chime: &bell,
	}
	round := must[Round](t)(f.PlayNow(t.Context(), now))
	if list := must[Playlist](t)(f.Playlist(t.Context(), round.Playlist)); list.Chime == nil || *list.Chime != bell {
		t.Errorf("made %+v", list)
	}
}
