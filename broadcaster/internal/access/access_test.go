package access

import (
	"context"
	"log/slog"
	"path/filepath"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"go.uber.org/goleak"

	"dalaba/broadcaster/internal/access/accesssql"
	"dalaba/broadcaster/internal/store"
	"dalaba/playlists"
)

// tree is a small town that stands for the room next door.
type tree map[playlists.GridCode]bool

func (t tree) Has(_ context.Context, _ *store.Tx, code playlists.GridCode) (bool, error) {
	return t[code], nil
}

const (
	town     playlists.GridCode = "440605124"
	village  playlists.GridCode = "440605124001"
	society  playlists.GridCode = "440605124001001"
	group    playlists.GridCode = "440605124001001001"
	sideways playlists.GridCode = "440605124002"
)

// clock is a wall clock that tests move.
type clock struct {
	mu  sync.Mutex // guards now
	now time.Time
}

func (c *clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

func (c *clock) advance(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = c.now.Add(d)
}

// door is an Access on a folder of its own, which can be closed and opened again.
type door struct {
	*Access
	t      *testing.T
	db     *store.DB
	folder string
	clock  *clock
}

func newDoor(t *testing.T) *door {
	t.Helper()
	// Sessions take their deadlines from the machine's clock, so that the tests' clock begins there.
	d := &door{t: t, folder: t.TempDir(), clock: &clock{now: time.Now()}}
	d.open()
	t.Cleanup(d.close)
	return d
}

func (d *door) open() {
	d.t.Helper()
	db, err := store.Open(d.t.Context(), store.Options{Path: filepath.Join(d.folder, "dalaba.db"), Now: d.clock.Now})
	if err != nil {
		d.t.Fatal(err)
	}
	d.db = db
	if err := db.Migrate(d.t.Context(), "access", Migrations()); err != nil {
		d.t.Fatal(err)
	}
	d.Access, err = New(Options{
		DB: db, Grids: tree{town: true, village: true, society: true, group: true, sideways: true},
		KeyFile: d.keyFile(), Log: slog.New(slog.DiscardHandler),
	})
	if err != nil {
		d.t.Fatal(err)
	}
}

func (d *door) close() {
	if err := d.db.Close(); err != nil {
		d.t.Error(err)
	}
}

// restart closes everything and opens it again, as a broadcaster does that was killed.
func (d *door) restart() {
	d.t.Helper()
	d.close()
	d.open()
}

func (d *door) keyFile() string { return filepath.Join(d.folder, "publisher.key") }

// must runs f in a transaction that must succeed.
func (d *door) must(f func(tx *store.Tx) error) {
	d.t.Helper()
	if err := d.db.Write(d.t.Context(), f); err != nil {
		d.t.Fatal(err)
	}
}

// person makes somebody with the password goodPassword.
func (d *door) person(name string, role Role, code playlists.GridCode) Person {
	d.t.Helper()
	p, _, err := d.CreatePerson(d.t.Context(), Draft{Name: name, Display: name, Role: role, Grid: code, Password: goodPassword})
	if err != nil {
		d.t.Fatal(err)
	}
	return p
}

const goodPassword = "九江大喇叭每天六点半"

// code returns the Code of the Problem that err is, or what else it is.
func code(err error) string {
	if p := playlists.ProblemOf(err); p != nil {
		return p.Code
	}
	if err != nil {
		return "not a problem: " + err.Error()
	}
	return ""
}

func TestAnAccessWithoutItsPartsIsRefused(t *testing.T) {
	if _, err := New(Options{}); err == nil {
		t.Error("made of nothing")
	}
}

func TestAGridWhereSomebodysRoleStandsCannotVanish(t *testing.T) {
	d := newDoor(t)
	d.person("chief", RoleOfficial, village)
	d.must(func(tx *store.Tx) error {
		if err := d.MayVanish(t.Context(), tx, []playlists.GridCode{sideways, village}); code(err) != "grid_has_people" {
			t.Errorf("with the village: %v", err)
		}
		return d.MayVanish(t.Context(), tx, []playlists.GridCode{sideways, society})
	})
}

func TestRunRemovesSessionsThatHaveEndedAndLeavesNothingBehind(t *testing.T) {
	d := newDoor(t)
	put := func(token string, expires time.Time) {
		if err := (sessionStore{d.db}).CommitCtx(t.Context(), token, []byte{}, expires); err != nil {
			t.Fatal(err)
		}
	}
	put("ended", d.clock.Now().Add(-time.Second))
	put("open", d.clock.Now().Add(time.Hour))
	ignore := goleak.IgnoreCurrent()
	if err := d.sweep(t.Context()); err != nil {
		t.Fatal(err)
	}
	d.must(func(tx *store.Tx) error {
		var n int
		err := tx.QueryRow("SELECT COUNT(*) FROM sessions").Scan(&n)
		if n != 1 {
			t.Errorf("%d sessions are left", n)
		}
		return err
	})
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := d.Run(ctx); err != nil {
		t.Error(err)
	}
	goleak.VerifyNone(t, ignore)
}

func TestHashesWaitTheirTurnAndNotForEver(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := newHasher()
		for range hashesAtOnce {
			h.turns <- struct{}{}
		}
		if _, err := h.hash(t.Context(), goodPassword); code(err) != "sign_in_busy" {
			t.Errorf("with all turns taken: %v", err)
		}
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		if _, err := h.hash(ctx, goodPassword); err != context.Canceled {
			t.Errorf("with nobody waiting: %v", err)
		}
	})
}

// row reads a person as kept.
func (d *door) row(id string) (row accesssql.Person) {
	d.t.Helper()
	d.must(func(tx *store.Tx) (err error) {
		row, err = person(d.t.Context(), tx, id)
		return err
	})
	return row
}
