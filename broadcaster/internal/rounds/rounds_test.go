package rounds

import (
	"context"
	"crypto/ed25519"
	"crypto/sha256"
	"errors"
	"fmt"
	"log/slog"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"
	_ "time/tzdata"

	"dalaba/broadcaster/internal/store"
	"dalaba/playlists"
	"dalaba/playlists/timetable"
)

// The town of these tests: two villages, the first with two societies.
const (
	town     = playlists.GridCode("440605104")
	shangxi  = town + "201"
	rulin    = town + "001"
	laoling  = shangxi + "001"
	xianfeng = shangxi + "002"
	group    = laoling + "001"
)

const (
	cmn = playlists.Dialect("cmn")
	yue = playlists.Dialect("yue")
)

// sound is the digest of a recording with this name.
func sound(name string) playlists.Digest { return sha256.Sum256([]byte(name)) }

// fixture is a room on a real database, with a land, a library and a key that a test can change.
type fixture struct {
	*Rounds
	t testing.TB

	mu        sync.Mutex // guards all below
	now       time.Time
	terminals []Terminal
	clips     map[playlists.Digest]playlists.Clip
	secret    ed25519.PrivateKey // or nil
	published []playlists.TerminalID
	away      []playlists.TerminalID // out of reach
	known     []timetable.Fact
	accounts  []Account
	ring      *RingTest // or nil
}

func (f *fixture) RingTest(context.Context, *store.Tx) (*RingTest, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.ring, nil
}

func (f *fixture) Reach(terminal playlists.TerminalID) bool {
	return !slices.Contains(f.away, terminal)
}

func (f *fixture) Facts(context.Context, *store.Tx, playlists.TerminalID, time.Time, time.Time) ([]timetable.Fact, error) {
	return f.known, nil
}

func (f *fixture) Accounts(context.Context, *store.Tx, playlists.TerminalID, time.Time, time.Time) ([]Account, error) {
	return f.accounts, nil
}

func (f *fixture) Root(context.Context, *store.Tx) (playlists.GridCode, error) { return town, nil }

func (f *fixture) Has(_ context.Context, _ *store.Tx, code playlists.GridCode) (bool, error) {
	return slices.Contains([]playlists.GridCode{town, shangxi, rulin, laoling, xianfeng, group}, code), nil
}

func (f *fixture) Terminals(context.Context, *store.Tx) ([]Terminal, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	return slices.Clone(f.terminals), nil
}

func (f *fixture) Clips(context.Context, *store.Tx) (map[playlists.Digest]playlists.Clip, error) {
	return f.clips, nil
}

func (f *fixture) PublisherKey() ed25519.PublicKey {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.secret == nil {
		return nil
	}
	return f.secret.Public().(ed25519.PublicKey)
}

func (f *fixture) Sign(message []byte) (ed25519.PublicKey, []byte, error) {
	key := f.PublisherKey()
	if key == nil {
		return nil, nil, errors.New("no key")
	}
	return key, ed25519.Sign(f.secret, message), nil
}

func (f *fixture) setKey(secret ed25519.PrivateKey) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.secret = secret
}

// pass lets time pass.
func (f *fixture) pass(d time.Duration) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.now = f.now.Add(d)
}

func (f *fixture) clock() time.Time {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.now
}

// told returns the terminals that Published was called with since the last call, in order.
func (f *fixture) told() []playlists.TerminalID {
	f.mu.Lock()
	defer f.mu.Unlock()
	told := f.published
	f.published = nil
	slices.Sort(told)
	return told
}

func shanghai(t testing.TB) *time.Location {
	t.Helper()
	zone, err := time.LoadLocation("Asia/Shanghai")
	if err != nil {
		t.Fatal(err)
	}
	return zone
}

func newFixture(t testing.TB) *fixture {
	t.Helper()
	f := &fixture{
		t: t, now: time.Date(2026, 1, 23, 7, 0, 0, 0, shanghai(t)),
		terminals: []Terminal{
			{ID: "laoling", Name: "老龄社喇叭", Grid: laoling, Dialects: []playlists.Dialect{yue, cmn}, Volume: 80},
			{ID: "rulin", Name: "儒林喇叭", Grid: rulin, Dialects: []playlists.Dialect{cmn}, Volume: 60},
			{ID: "shangxi", Name: "上西村喇叭", Grid: shangxi, Dialects: []playlists.Dialect{yue, cmn}, Volume: 80},
			{ID: "xianfeng", Name: "先锋社喇叭", Grid: xianfeng, Dialects: []playlists.Dialect{yue}, Volume: 80},
		},
		clips:  make(map[playlists.Digest]playlists.Clip),
		secret: ed25519.NewKeyFromSeed(make([]byte, ed25519.SeedSize)),
	}
	for name, dialect := range map[string]playlists.Dialect{"hands cmn": cmn, "hands yue": yue, "visits cmn": cmn} {
		f.clips[sound(name)] = playlists.Clip{Digest: sound(name), Bytes: 960_044, Duration: 10_000, Dialect: dialect}
	}
	db, err := store.Open(t.Context(), store.Options{Path: filepath.Join(t.TempDir(), "dalaba.db"), Now: f.clock})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := db.Close(); err != nil {
			t.Error(err)
		}
	})
	if err := db.Migrate(t.Context(), "rounds", Migrations()); err != nil {
		t.Fatal(err)
	}
	f.Rounds, err = New(Options{
		Store: db, Land: f, Recordings: f, Publisher: f, Reach: f, Ring: f, Facts: f, Zone: shanghai(t), Log: slog.New(slog.DiscardHandler),
		Published: func(ids []playlists.TerminalID) {
			f.mu.Lock()
			defer f.mu.Unlock()
			f.published = append(f.published, ids...)
		},
	})
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// must fails the test that must not meet an error.
func must[V any](t testing.TB) func(V, error) V {
	return func(v V, err error) V {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
}

func (f *fixture) ok(err error) {
	f.t.Helper()
	if err != nil {
		f.t.Fatal(err)
	}
}

// hands is an announcement in both dialects, and visits one in Mandarin.
func hands() Announcement {
	return Announcement{Owner: town, By: "关主任", Announcement: playlists.Announcement{
		Title: "勤洗手", Text: "勤洗手、戴口罩。",
		Variants: []playlists.Clip{{Digest: sound("hands cmn"), Dialect: cmn}, {Digest: sound("hands yue"), Dialect: yue}},
	}}
}

func visits() Announcement {
	return Announcement{Owner: town, By: "关主任", Announcement: playlists.Announcement{
		Title: "不串门", Text: "少聚集、不串门。", Variants: []playlists.Clip{{Digest: sound("visits cmn"), Dialect: cmn}},
	}}
}

// list keeps a playlist of one announcement, and the announcement.
func (f *fixture) list() Playlist {
	f.t.Helper()
	a := must[Announcement](f.t)(f.CreateAnnouncement(f.t.Context(), hands()))
	return must[Playlist](f.t)(f.CreatePlaylist(f.t.Context(), Playlist{Owner: town, By: "关主任", Playlist: playlists.Playlist{
		Name: "早间", Entries: []playlists.PlaylistEntry{{Announcement: a.ID, Dialects: playlists.DialectAll, Repeats: 1}},
	}}))
}

// daily is a round of the town at hour:minute for targets.
func daily(name string, list playlists.PlaylistID, hour, minute int, targets ...playlists.GridCode) Round {
	at := playlists.NewTimeOfDay(hour, minute, 0)
	return Round{Targets: targets, By: "关主任", Round: playlists.Round{
		Name: name, Playlist: list, Owner: town, Class: playlists.ClassAnnouncement,
		Timetable: playlists.Timetable{Every: &playlists.Every{Minutes: 1, From: at, To: at}},
	}}
}

// codes are the Codes of the Problems in err, each with its Field behind a blank.
func codes(err error) []string {
	if joined, ok := err.(interface{ Unwrap() []error }); ok {
		var all []string
		for _, e := range joined.Unwrap() {
			all = append(all, codes(e)...)
		}
		return all
	}
	if p := playlists.ProblemOf(err); p != nil {
		return []string{strings.TrimSpace(p.Code + " " + p.Field)}
	}
	if err != nil {
		return []string{fmt.Sprintf("not a problem: %v", err)}
	}
	return nil
}
