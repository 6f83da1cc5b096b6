package hearing

import (
	"bytes"
	"context"
	"errors"
	"io/fs"
	"log/slog"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"dalaba/broadcaster/internal/store"
	"dalaba/playlists"
	"dalaba/playlists/audio"
	"dalaba/playlists/clips"
)

// The town of these tests: a village with two societies.
const (
	town     = playlists.GridCode("440605104")
	shangxi  = town + "201"
	laoling  = shangxi + "001"
	xianfeng = shangxi + "002"
	horn     = playlists.TerminalID("horn")
)

// fixture is a room on a real database and a real shelf, with neighbours that a test can change.
type fixture struct {
	*Hearing
	t     testing.TB
	now   time.Time
	shelf *clips.Store
	known map[playlists.Digest]playlists.Clip
	// airings are the ledger's, heard what it was told, and picked what microphones heard.
	airings map[playlists.AiringID]Airing
	heard   map[playlists.RoundID]bool
	picked  map[playlists.TerminalID]time.Time
	// changed are the nodes whose programmes were made anew.
	changed []playlists.GridCode
}

func (f *fixture) Root(context.Context, *store.Tx) (playlists.GridCode, error) { return town, nil }

func (f *fixture) Paths(context.Context, *store.Tx) (map[playlists.GridCode]string, error) {
	return map[playlists.GridCode]string{
		town: "九江镇", shangxi: "上西村", laoling: "上西村 / 老龄社", xianfeng: "上西村 / 先锋社",
	}, nil
}

func (f *fixture) Terminal(_ context.Context, _ *store.Tx, id playlists.TerminalID) (Terminal, error) {
	if id != horn {
		return Terminal{}, &playlists.Problem{Kind: playlists.NotFound, Code: "terminal_unknown"}
	}
	return Terminal{ID: horn, Name: "老龄社喇叭", Grid: laoling, GridPath: "上西村 / 老龄社"}, nil
}

func (f *fixture) Clips(context.Context, *store.Tx) (map[playlists.Digest]playlists.Clip, error) {
	return f.known, nil
}

func (f *fixture) RingTestChanged(_ context.Context, _ *store.Tx, node playlists.GridCode, _ string, _, _ any) error {
	f.changed = append(f.changed, node)
	return nil
}

func (f *fixture) PlaceNamed(_ context.Context, _ *store.Tx, node playlists.GridCode, _ string, _, _ playlists.Digest) error {
	f.changed = append(f.changed, node)
	return nil
}

func (f *fixture) Airing(_ context.Context, _ *store.Tx, _ playlists.TerminalID, id playlists.AiringID, since time.Time) (Airing, bool, error) {
	a, known := f.airings[id]
	return a, known && !a.Due.Before(since), nil
}

func (f *fixture) SetHeard(_ context.Context, _ *store.Tx, _ playlists.TerminalID, round playlists.RoundID, _ time.Time, heard bool) error {
	f.heard[round] = heard
	return nil
}

func (f *fixture) HeardByMicrophone(context.Context, *store.Tx) (map[playlists.TerminalID]time.Time, error) {
	return f.picked, nil
}

func newFixture(t testing.TB) *fixture {
	t.Helper()
	f := &fixture{
		t: t, now: time.Date(2026, 11, 24, 2, 0, 0, 0, time.UTC), known: make(map[playlists.Digest]playlists.Clip),
		airings: make(map[playlists.AiringID]Airing), heard: make(map[playlists.RoundID]bool),
		picked: make(map[playlists.TerminalID]time.Time),
	}
	folder := t.TempDir()
	db, err := store.Open(t.Context(), store.Options{Path: filepath.Join(folder, "town.db"), Now: func() time.Time { return f.now }})
	f.ok(err)
	t.Cleanup(func() { f.ok(db.Close()) })
	f.ok(db.Migrate(t.Context(), "hearing", Migrations()))
	f.shelf, err = clips.New(clips.Options{Folder: filepath.Join(folder, "clips")})
	f.ok(err)
	f.Hearing, err = New(Options{
		Store: db, Clips: f.shelf, Land: f, Recordings: f, Plans: f, Record: f, Log: slog.New(slog.DiscardHandler),
	})
	f.ok(err)
	return f
}

func (f *fixture) ok(err error) {
	f.t.Helper()
	if err != nil {
		f.t.Fatal(err)
	}
}

// refused fails the test unless err is the Problem with this code.
func (f *fixture) refused(code string, err error) {
	f.t.Helper()
	if p := playlists.ProblemOf(err); p == nil || p.Code != code {
		f.t.Errorf("%v, not %s", err, code)
	}
}

// record puts a recording of so many frames on the shelf, as the library would.
func (f *fixture) record(frames int) playlists.Digest {
	f.t.Helper()
	sound := make([]float32, frames)
	for i := range sound {
		sound[i] = 0.1 * float32(i%(100+frames%7)) / 100
	}
	file, err := audio.ClipOf(sound)
	f.ok(err)
	stored, err := f.shelf.Put(f.t.Context(), bytes.NewReader(file))
	f.ok(err)
	f.known[stored.Digest] = playlists.Clip{
		Digest: stored.Digest, Bytes: stored.Bytes, Duration: playlists.Millis(frames * 1000 / audio.Rate), Dialect: "yue",
	}
	return stored.Digest
}

// ring is the ring test as it stands, or nil.
func (f *fixture) ring() (ring *Ring) {
	f.t.Helper()
	f.ok(f.store.Read(f.t.Context(), func(tx *store.Tx) (err error) {
		ring, err = f.Ring(f.t.Context(), tx)
		return err
	}))
	return ring
}

func (f *fixture) users(digest playlists.Digest) (names string) {
	f.t.Helper()
	f.ok(f.store.Read(f.t.Context(), func(tx *store.Tx) error {
		all, err := f.Users(f.t.Context(), tx, digest)
		names = strings.Join(all, ",")
		return err
	}))
	return names
}

func TestTheRingTestSoundsOnceAWeekByDayOrNotAtAll(t *testing.T) {
	f := newFixture(t)
	if f.ring() != nil {
		t.Error("there is one before anybody set it")
	}
	for _, test := range []struct {
		name, code string
		weekday    int
		at         playlists.TimeOfDay
	}{
		{"no day", "weekday_unknown", 0, playlists.NewTimeOfDay(10, 0, 0)},
		{"no day of the week", "weekday_unknown", 8, playlists.NewTimeOfDay(10, 0, 0)},
		{"before eight", "ring_test_out_of_hours", 3, playlists.NewTimeOfDay(7, 59, 0)},
		{"after six", "ring_test_out_of_hours", 3, playlists.NewTimeOfDay(18, 1, 0)},
		{"between minutes", "ring_test_out_of_hours", 3, playlists.NewTimeOfDay(10, 0, 30)},
	} {
		t.Run(test.name, func(t *testing.T) {
			f.refused(test.code, f.SetSchedule(t.Context(), &Schedule{Weekday: test.weekday, At: test.at}, "关主任"))
		})
	}
	f.ok(f.SetSchedule(t.Context(), &Schedule{Weekday: 3, At: playlists.NewTimeOfDay(10, 5, 0)}, "关主任"))
	ring := f.ring()
	if ring.Timetable.Cron != "5 10 * * *" || len(ring.Timetable.Weekdays) != 1 || ring.Timetable.Weekdays[0] != 3 || !ring.Since.Equal(f.now) {
		t.Errorf("%+v", ring)
	}
	said := ring.Said[laoling]
	if said.Text != "试响:上西村老龄社" || said.ID != "ring-test:440605104201001" || said.Variants[0].Dialect != "zxx" {
		t.Errorf("%+v", said)
	}
	f.ok(f.SetSchedule(t.Context(), nil, "关主任"))
	if f.ring() != nil || len(f.changed) != 2 {
		t.Errorf("after its end: %+v, programmes made anew at %v", f.ring(), f.changed)
	}
}

func TestSettingTheSameAgainChangesNothing(t *testing.T) {
	f := newFixture(t)
	s := &Schedule{Weekday: 3, At: playlists.NewTimeOfDay(10, 0, 0)}
	f.ok(f.SetSchedule(t.Context(), s, "关主任"))
	since := f.ring().Since
	f.now = f.now.Add(time.Hour)
	f.ok(f.SetSchedule(t.Context(), s, "小李"))
	if !f.ring().Since.Equal(since) || len(f.changed) != 1 {
		t.Errorf("since %v, made anew %v", f.ring().Since, f.changed)
	}
}

func TestAPlaceSaysItsOwnNameElseTheNearestAboveElseNone(t *testing.T) {
	f := newFixture(t)
	f.ok(f.SetSchedule(t.Context(), &Schedule{Weekday: 3, At: playlists.NewTimeOfDay(10, 0, 0)}, "关主任"))
	village, society := f.record(2*audio.Rate), f.record(3*audio.Rate)
	f.ok(f.SetName(t.Context(), shangxi, village, "关主任"))
	f.ok(f.SetName(t.Context(), laoling, society, "关主任"))
	clip := func(code playlists.GridCode) playlists.Clip { return f.ring().Said[code].Variants[0] }
	if clip(town) == clip(shangxi) || clip(shangxi) != clip(xianfeng) || clip(laoling) == clip(shangxi) {
		t.Errorf("town %v, village %v, societies %v and %v", clip(town), clip(shangxi), clip(laoling), clip(xianfeng))
	}
	if d := clip(laoling).Duration; d%1000 != 0 || d != clip(shangxi).Duration+1000 || clip(laoling).Dialect != "yue" {
		t.Errorf("%v and %v", clip(laoling), clip(shangxi))
	}
	if names := f.users(society); names != "试响:上西村老龄社" {
		t.Errorf("the recording is used by %q", names)
	}
	if names := f.users(clip(laoling).Digest); names != "试响:上西村老龄社" {
		t.Errorf("its ring test is used by %q", names)
	}
	f.ok(f.SetName(t.Context(), laoling, playlists.Digest{}, "关主任"))
	if clip(laoling) != clip(shangxi) || f.users(society) != "" {
		t.Errorf("without its name it says %v; the recording is used by %q", clip(laoling), f.users(society))
	}
}

func TestANameIsARecordingOfAtMostTenSeconds(t *testing.T) {
	f := newFixture(t)
	f.refused("place_name_too_long", f.SetName(t.Context(), laoling, f.record(11*audio.Rate), "关主任"))
	f.refused("recording_unknown", f.SetName(t.Context(), laoling, playlists.Digest{1}, "关主任"))
	f.refused("grid_unknown", f.SetName(t.Context(), town+"999", f.record(audio.Rate), "关主任"))
}

func TestARingTestWhoseFileIsLostIsMadeAgainTheSame(t *testing.T) {
	f := newFixture(t)
	f.ok(f.SetSchedule(t.Context(), &Schedule{Weekday: 3, At: playlists.NewTimeOfDay(10, 0, 0)}, "关主任"))
	f.ok(f.SetName(t.Context(), laoling, f.record(audio.Rate), "关主任"))
	clip := f.ring().Said[laoling].Variants[0].Digest
	f.ok(f.shelf.Remove(clip))
	f.ok(f.Recover(t.Context()))
	if !f.shelf.Has(clip) || f.ring().Said[laoling].Variants[0].Digest != clip {
		t.Error("it is not there, or another")
	}
	file, err := f.Open(t.Context(), laoling)
	f.ok(err)
	f.ok(file.Close())
	if _, err := f.Open(t.Context(), town+"999"); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("a place that is not there: %v", err)
	}
}

func TestARingTestHasItsChirp(t *testing.T) {
	name := make([]float32, audio.Rate)
	file, err := render(name)
	if err != nil {
		t.Fatal(err)
	}
	sound, err := audio.SoundOf(bytes.NewReader(file), int64(len(file)), 30*audio.Rate)
	if err != nil {
		t.Fatal(err)
	}
	chirp := audio.Chirp()
	best, energy := 0.0, 0.0
	for _, v := range chirp {
		energy += float64(v) * float64(v)
	}
	for at := 0; at+len(chirp) <= len(sound); at += 12 {
		sum := 0.0
		for i := 0; i < len(chirp); i += 4 {
			sum += float64(chirp[i]) * float64(sound[at+i])
		}
		best = max(best, 4*sum/energy)
	}
	if best < 0.9 {
		t.Errorf("the best match is %.2f of the chirp", best)
	}
}
