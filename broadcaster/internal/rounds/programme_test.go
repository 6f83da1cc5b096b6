package rounds

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"dalaba/broadcaster/internal/store"
	"dalaba/playlists"
	"dalaba/playlists/timetable"
)

func TestAProgrammeHoldsWhatItsTerminalNeedsAndNothingElse(t *testing.T) {
	f := newFixture(t)
	list := f.list()
	f.terminals[slices.IndexFunc(f.terminals, func(x Terminal) bool { return x.ID == "laoling" })].OutputDelay = 180
	other := must[Announcement](t)(f.CreateAnnouncement(t.Context(), visits()))
	far := must[Playlist](t)(f.CreatePlaylist(t.Context(), Playlist{Owner: town, Playlist: playlists.Playlist{
		Name: "别处", Entries: []playlists.PlaylistEntry{{Announcement: other.ID, Dialects: playlists.DialectOwn, Repeats: 2, Gap: 500}},
	}}))
	round := must[Round](t)(f.CreateRound(t.Context(), daily("晨播", list.ID, 7, 30, laoling)))
	must[Round](t)(f.CreateRound(t.Context(), daily("儒林", far.ID, 8, 0, rulin)))
	must[Quiet](t)(f.AddQuiet(t.Context(), laoling, playlists.NewTimeOfDay(12, 0, 0), playlists.NewTimeOfDay(14, 0, 0), "午休", "关主任"))

	key := f.PublisherKey()
	want := &playlists.Programme{
		Terminal: "laoling", Revision: 2, PlanVersion: timetable.Version, Zone: "Asia/Shanghai", Name: "老龄社喇叭", Grid: laoling,
		Dialects: []playlists.Dialect{yue, cmn}, Rounds: []playlists.Round{round.Round}, Playlists: []playlists.Playlist{list.Playlist},
		Announcements: []playlists.Announcement{{
			ID: list.Entries[0].Announcement, Title: "勤洗手", Text: "勤洗手、戴口罩。",
			Variants: []playlists.Clip{f.clips[sound("hands cmn")], f.clips[sound("hands yue")]},
		}},
		Quiet:  []playlists.QuietRule{{Grid: laoling, From: 12 * 3600, To: 14 * 3600, Name: "午休"}},
		Volume: []playlists.VolumeRule{{From: 0, To: playlists.EndOfDay, Percent: 80}}, OutputDelay: 180,
		Publishers: []playlists.Publisher{{Key: key, Grid: town}},
		Signed:     f.clock().UTC(), Expires: f.clock().UTC().Add(playlists.ProgrammeLife),
	}
	if diff := cmp.Diff(want, f.read("laoling")); diff != "" {
		t.Errorf("programme (-want +got):\n%s", diff)
	}
}

func TestAnotherOutputDelayIsPublishedAtOnceAndTheSameOneIsNoNews(t *testing.T) {
	f := newFixture(t)
	must[Round](t)(f.CreateRound(t.Context(), daily("晨播", f.list().ID, 7, 30, laoling)))
	f.told()
	change := func() {
		f.ok(f.store.Write(t.Context(), func(tx *store.Tx) error { return f.TerminalChanged(t.Context(), tx, "laoling") }))
	}
	f.terminals[slices.IndexFunc(f.terminals, func(x Terminal) bool { return x.ID == "laoling" })].OutputDelay = 320
	change()
	if p := f.read("laoling"); p.Revision != 2 || p.OutputDelay != 320 || !slices.Equal(f.told(), ids{"laoling"}) {
		t.Errorf("revision %d has a delay of %d ms", p.Revision, p.OutputDelay)
	}
	change()
	if p := f.read("laoling"); p.Revision != 2 || f.told() != nil {
		t.Errorf("the same delay made revision %d", p.Revision)
	}
}

func TestARoundThatIsOverLeavesItsProgrammes(t *testing.T) {
	f := newFixture(t)
	round := daily("晨播", f.list().ID, 7, 30, laoling)
	round.Timetable.Until = playlists.Date{Year: 2026, Month: 1, Day: 24}
	must[Round](t)(f.CreateRound(t.Context(), round))
	for _, test := range []struct{ days, want int }{{0, 1}, {3, 1}, {1, 0}} {
		f.pass(time.Duration(test.days) * 24 * time.Hour)
		f.ok(f.refresh(t.Context()))
		if p := f.read("laoling"); len(p.Rounds) != test.want || len(p.Playlists) != test.want || len(p.Announcements) != test.want {
			t.Errorf("on %v there are %d rounds, want %d", f.clock(), len(p.Rounds), test.want)
		}
	}
}

func TestAProgrammeThatNoAgentWouldTakeIsNotSaved(t *testing.T) {
	f := newFixture(t)
	list := f.list()
	every := daily("每分钟", list.ID, 0, 0, laoling)
	every.Timetable.Every.To = playlists.NewTimeOfDay(23, 59, 0)
	for i := range 2 {
		if _, err := f.CreateRound(t.Context(), every); err != nil && i < 1 {
			t.Fatal(err)
		} else if i == 1 && !slices.Equal(codes(err), []string{"firings_too_many"}) {
			t.Errorf("2,880 airings a day: %v", err)
		}
	}
	if n := len(must[[]Round](t)(f.Rounds.Rounds(t.Context()))); n != 1 {
		t.Errorf("%d rounds are kept", n)
	}
}

func BenchmarkSaveRoundThatTouches300Terminals(b *testing.B) {
	f := newFixture(b)
	f.terminals = nil
	for i := range 300 {
		f.terminals = append(f.terminals, Terminal{
			ID: playlists.TerminalID(fmt.Sprintf("t%03d", i)), Name: "喇叭", Grid: laoling, Dialects: []playlists.Dialect{yue, cmn}, Volume: 80,
		})
	}
	list := f.list()
	var round Round
	for i := range 20 {
		round = must[Round](b)(f.CreateRound(b.Context(), daily("晨播", list.ID, 7, i, town)))
	}
	for n := 0; b.Loop(); n++ {
		round.Lateness = playlists.Millis(60_000 + n)
		must[Round](b)(f.UpdateRound(b.Context(), round, "李四"))
	}
}
