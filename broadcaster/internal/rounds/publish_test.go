package rounds

import (
	"context"
	"crypto/ed25519"
	"encoding/json"
	"errors"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"dalaba/broadcaster/internal/store"
	"dalaba/playlists"
	"dalaba/playlists/wire"
)

type ids = []playlists.TerminalID

// read opens the terminal's programme as an agent does; nil means that there is none.
func (f *fixture) read(terminal playlists.TerminalID) *playlists.Programme {
	f.t.Helper()
	e, found, err := f.Programme(f.t.Context(), terminal)
	f.ok(err)
	if !found {
		return nil
	}
	body, err := e.Open(wire.ContextProgramme, string(terminal), []ed25519.PublicKey{f.PublisherKey()}, f.clock())
	f.ok(err)
	var p playlists.Programme
	f.ok(json.Unmarshal(body, &p))
	if p.Revision != e.Revision || p.Expires.UnixMilli() != e.ExpiresMS {
		f.t.Errorf("programme says revision %d until %v, its envelope %d until %d", p.Revision, p.Expires, e.Revision, e.ExpiresMS)
	}
	return &p
}

func (f *fixture) revision(terminal playlists.TerminalID) uint64 {
	f.t.Helper()
	if p := f.read(terminal); p != nil {
		return p.Revision
	}
	return 0
}

func TestASavedRoundTouchesTheTerminalsAtOrBelowItsTargets(t *testing.T) {
	for _, test := range []struct {
		name    string
		targets []playlists.GridCode
		want    ids
	}{
		{"one society", []playlists.GridCode{laoling}, ids{"laoling"}},
		{"a village with its societies", []playlists.GridCode{shangxi}, ids{"laoling", "shangxi", "xianfeng"}},
		{"two societies", []playlists.GridCode{laoling, xianfeng}, ids{"laoling", "xianfeng"}},
		{"a society and its village", []playlists.GridCode{laoling, shangxi}, ids{"laoling", "shangxi", "xianfeng"}},
		{"the town", []playlists.GridCode{town}, ids{"laoling", "rulin", "shangxi", "xianfeng"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			f := newFixture(t)
			list := f.list()
			if told := f.told(); told != nil {
				t.Fatalf("without a round %v have news", told)
			}
			round := must[Round](t)(f.CreateRound(t.Context(), daily("晨播", list.ID, 7, 30, test.targets...)))
			if diff := cmp.Diff(test.want, f.told()); diff != "" {
				t.Errorf("terminals that have news (-want +got):\n%s", diff)
			}
			for _, terminal := range f.terminals {
				p := f.read(terminal.ID)
				if has := p != nil && len(p.Rounds) == 1 && p.Rounds[0].ID == round.ID; has != slices.Contains(test.want, terminal.ID) {
					t.Errorf("%s has the round: %v", terminal.ID, has)
				}
			}
		})
	}
}

func TestOnlyNewContentMakesARevision(t *testing.T) {
	f := newFixture(t)
	list := f.list()
	round := must[Round](t)(f.CreateRound(t.Context(), daily("晨播", list.ID, 7, 30, laoling)))
	f.told()
	f.pass(time.Minute)
	must[Round](t)(f.UpdateRound(t.Context(), round, "李四"))
	must[Playlist](t)(f.UpdatePlaylist(t.Context(), list, "李四"))
	if told := f.told(); told != nil || f.revision("laoling") != 1 {
		t.Errorf("saving the same made revision %d for %v", f.revision("laoling"), told)
	}
	round.Name = "早播"
	must[Round](t)(f.UpdateRound(t.Context(), round, "李四"))
	if told := f.told(); !slices.Equal(told, ids{"laoling"}) || f.revision("laoling") != 2 {
		t.Errorf("a new name made revision %d for %v", f.revision("laoling"), told)
	}
	if p := f.read("laoling"); !p.Rounds[0].Since.Equal(round.Since) {
		t.Errorf("a new name moved the round's beginning from %v to %v", round.Since, p.Rounds[0].Since)
	}
}

func TestAChangeReachesWhoWasTouchedBefore(t *testing.T) {
	for _, test := range []struct {
		name   string
		change func(ctx context.Context, f *fixture, round Round) error
		want   ids
		rounds map[playlists.TerminalID]int
	}{
		{"other targets", func(ctx context.Context, f *fixture, round Round) error {
			round.Targets = []playlists.GridCode{xianfeng, rulin}
			_, err := f.UpdateRound(ctx, round, "李四")
			return err
		}, ids{"laoling", "rulin", "shangxi"}, map[playlists.TerminalID]int{"rulin": 1}},
		{"a pause", func(ctx context.Context, f *fixture, round Round) error {
			return f.Pause(ctx, round.ID, true, "李四")
		}, ids{"laoling", "shangxi", "xianfeng"}, nil},
		{"a removal", func(ctx context.Context, f *fixture, round Round) error {
			return f.RemoveRound(ctx, round.ID, "李四")
		}, ids{"laoling", "shangxi", "xianfeng"}, nil},
		{"another text", func(ctx context.Context, f *fixture, _ Round) error {
			all, err := f.Announcements(ctx)
			if err != nil {
				return err
			}
			all[0].Text = "饭前便后要洗手。"
			_, err = f.UpdateAnnouncement(ctx, all[0], "李四")
			return err
		}, ids{"laoling", "shangxi", "xianfeng"}, map[playlists.TerminalID]int{"laoling": 1, "shangxi": 1, "xianfeng": 1}},
	} {
		t.Run(test.name, func(t *testing.T) {
			f := newFixture(t)
			round := must[Round](t)(f.CreateRound(t.Context(), daily("晨播", f.list().ID, 7, 30, shangxi)))
			f.told()
			f.pass(time.Minute)
			f.ok(test.change(t.Context(), f, round))
			if diff := cmp.Diff(test.want, f.told()); diff != "" {
				t.Errorf("terminals that have news (-want +got):\n%s", diff)
			}
			for _, terminal := range test.want {
				if n := len(f.read(terminal).Rounds); n != test.rounds[terminal] {
					t.Errorf("%s has %d rounds, want %d", terminal, n, test.rounds[terminal])
				}
			}
		})
	}
}

func TestARoundNeverFiresForThePast(t *testing.T) {
	for _, test := range []struct {
		name   string
		change func(*Round)
		anew   bool
	}{
		{"timetable", func(r *Round) { r.Timetable.Every.To += 3600 }, true},
		{"targets", func(r *Round) { r.Targets = []playlists.GridCode{laoling, rulin} }, false}, // joined_test.go
		{"class", func(r *Round) { r.Class = playlists.ClassBackground }, false},
		{"lateness", func(r *Round) { r.Lateness = 60_000 }, false},
	} {
		t.Run(test.name, func(t *testing.T) {
			f := newFixture(t)
			round := must[Round](t)(f.CreateRound(t.Context(), daily("晨播", f.list().ID, 7, 30, laoling)))
			f.pass(time.Hour)
			test.change(&round)
			changed := must[Round](t)(f.UpdateRound(t.Context(), round, "李四"))
			if anew := changed.Since.Equal(f.clock()); anew != test.anew || !anew && !changed.Since.Equal(round.Since) {
				t.Errorf("round begins at %v, saved at %v, changed at %v", changed.Since, round.Since, f.clock())
			}
		})
	}
	f := newFixture(t)
	round := must[Round](t)(f.CreateRound(t.Context(), daily("晨播", f.list().ID, 7, 30, laoling)))
	f.ok(f.Pause(t.Context(), round.ID, true, "李四"))
	f.pass(time.Hour)
	f.ok(f.Pause(t.Context(), round.ID, false, "李四"))
	if p := f.read("laoling"); !p.Rounds[0].Since.Equal(f.clock()) {
		t.Errorf("a round that was paused begins at %v, want %v", p.Rounds[0].Since, f.clock())
	}
}

func TestWithoutAKeySavingWorksAndRunPublishesLater(t *testing.T) {
	f := newFixture(t)
	secret := f.secret
	f.setKey(nil)
	must[Round](t)(f.CreateRound(t.Context(), daily("晨播", f.list().ID, 7, 30, laoling)))
	if waiting := must[ids](t)(f.Unpublished(t.Context())); f.told() != nil || !slices.Equal(waiting, ids{"laoling"}) {
		t.Fatalf("without a key %v wait to be published", waiting)
	}
	f.setKey(secret)
	ctx, stop := context.WithCancel(t.Context())
	done := make(chan error)
	go func() { done <- f.Run(ctx) }()
	deadline := time.After(10 * time.Second)
	for len(must[ids](t)(f.Unpublished(t.Context()))) > 0 {
		select {
		case <-deadline:
			t.Fatal("Run published nothing")
		case <-time.After(time.Millisecond):
		}
	}
	stop()
	f.ok(<-done)
	if p := f.read("laoling"); p == nil || len(p.Rounds) != 1 {
		t.Errorf("published %+v", p)
	}
}

func TestAProgrammeIsSignedAnewOnceADay(t *testing.T) {
	f := newFixture(t)
	must[Round](t)(f.CreateRound(t.Context(), daily("晨播", f.list().ID, 7, 30, laoling)))
	f.ok(f.refresh(t.Context()))
	f.told()
	f.pass(reissueAfter - time.Minute)
	f.ok(f.refresh(t.Context()))
	if told := f.told(); told != nil {
		t.Errorf("before a day was over %v were signed anew", told)
	}
	f.pass(time.Minute)
	f.ok(f.refresh(t.Context()))
	if told := f.told(); len(told) != 4 || f.revision("laoling") != 2 {
		t.Errorf("after a day %v were signed anew", told)
	}
	if p := f.read("laoling"); !p.Expires.Equal(f.clock().Add(playlists.ProgrammeLife)) {
		t.Errorf("signed at %v it expires at %v", f.clock(), p.Expires)
	}
}

func TestEnsureAbovePassesWhatTheTerminalHolds(t *testing.T) {
	f := newFixture(t)
	must[Round](t)(f.CreateRound(t.Context(), daily("晨播", f.list().ID, 7, 30, laoling)))
	for _, test := range []struct {
		held, want uint64
	}{{0, 1}, {1, 1}, {41, 42}, {7, 42}} {
		f.ok(f.EnsureAbove(t.Context(), "laoling", test.held))
		if got := f.revision("laoling"); got != test.want {
			t.Errorf("held %d: revision %d, want %d", test.held, got, test.want)
		}
	}
	f.ok(f.EnsureAbove(t.Context(), "rulin", 3))
	if got := f.revision("rulin"); got != 4 {
		t.Errorf("a terminal without a programme that held 3 has revision %d", got)
	}
	f.ok(f.EnsureAbove(t.Context(), "nobody", 3))
	if err := f.EnsureAbove(t.Context(), "laoling", 1<<63); err == nil {
		t.Error("a revision beyond bounds was believed")
	}
}

func TestTwoRoomsChangeTogetherOrNotAtAll(t *testing.T) {
	f := newFixture(t)
	must[Round](t)(f.CreateRound(t.Context(), daily("晨播", f.list().ID, 7, 30, laoling)))
	f.ok(f.store.Write(t.Context(), func(tx *store.Tx) error {
		_, err := tx.Exec("CREATE TABLE rooms (id TEXT)")
		return err
	}))
	f.told()
	f.terminals[0].Volume = 30
	other := errors.New("the other room's change broke")
	move := func(then error) error {
		return f.store.Write(t.Context(), func(tx *store.Tx) error {
			if _, err := tx.Exec("INSERT INTO rooms VALUES ('x')"); err != nil {
				return err
			}
			return errors.Join(f.TerminalChanged(t.Context(), tx, "laoling"), then)
		})
	}
	if err := move(other); !errors.Is(err, other) || f.revision("laoling") != 1 || f.told() != nil {
		t.Fatalf("after %v there is revision %d", err, f.revision("laoling"))
	}
	f.ok(move(nil))
	if p := f.read("laoling"); p.Revision != 2 || p.Volume[0].Percent != 30 || !slices.Equal(f.told(), ids{"laoling"}) {
		t.Errorf("after the change: %+v", p)
	}
	f.ok(f.store.Write(t.Context(), func(tx *store.Tx) error { return f.TerminalRemoved(t.Context(), tx, "laoling", "nobody") }))
	if p := f.read("laoling"); p.Revision != 3 || len(p.Rounds) != 0 || len(p.Announcements) != 0 || !slices.Contains(f.told(), "laoling") {
		t.Errorf("a removed terminal has %+v", p)
	}
}
