// Package access is the door of the broadcaster: it knows who may come in and what for. It keeps the people and what
// their roles allow, their sessions, the terminals' keys from enrolment to proof, and the publisher key, with which it
// signs for the other rooms and which nobody else can reach.
//
// A person has one role at one node of the grid tree. It reaches down the tree, never up or sideways; what no role
// names is denied (Acts is the whole table, Allow asks it). A terminal has one key, which it makes itself: NewCode
// gives a secret that serves once, Enrol brings the key, Approve is a person's word that it is the right one, and
// Prove asks for it on every connection.
//
// Secrets are kept as hashes only: passwords as argon2id, session tokens and enrolment secrets as SHA-256.
package access

import (
	"context"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"sync/atomic"
	"time"

	"github.com/alexedwards/scs/v2"

	"dalaba/broadcaster/internal/access/accesssql"
	"dalaba/broadcaster/internal/store"
	"dalaba/playlists"
)

//go:embed migrations/*.sql
var migrations embed.FS

// Migrations are the files that make this room's tables.
func Migrations() fs.FS {
	files, err := fs.Sub(migrations, "migrations")
	if err != nil {
		panic(err) // the name above is no path: cannot happen
	}
	return files
}

// grids knows the tree.
type grids interface {
	// Has tells whether code stands in the tree.
	Has(ctx context.Context, tx *store.Tx, code playlists.GridCode) (bool, error)
}

// Options are what Access needs.
type Options struct {
	DB *store.DB
	// Grids is asked whether a person's grid exists.
	Grids grids
	// KeyFile is the path of the publisher key; its folder must exist.
	KeyFile string
	// SecureCookie keeps the session's cookie to HTTPS.
	SecureCookie bool
	// Chosen is called after somebody has chosen a password in the place of a generated one; nil means that nobody
	// wants to know.
	Chosen func(Person)
	Log    *slog.Logger
}

// Access is the room. It is safe for concurrent use.
type Access struct {
	db       *store.DB
	grids    grids
	chosen   func(Person)
	keyFile  string
	log      *slog.Logger
	sessions *scs.SessionManager
	hasher   hasher
	attempts attempts
	nobody   string                       // the password hash of an unknown name
	key      atomic.Pointer[publisherKey] // nil while there is none
}

// New returns Access; it opens nothing. OpenKey comes next, once the tables are there.
func New(o Options) (*Access, error) {
	if o.DB == nil || o.Grids == nil || o.KeyFile == "" || o.Log == nil {
		return nil, errors.New("new access: a database, grids, a key file and a log are needed")
	}
	a := &Access{
		db: o.DB, grids: o.Grids, keyFile: o.KeyFile, chosen: o.Chosen, log: o.Log,
		hasher: newHasher(), nobody: unknownHash(),
	}
	if a.chosen == nil {
		a.chosen = func(Person) {}
	}
	a.sessions = newSessions(o.DB, o.SecureCookie, o.Log)
	return a, nil
}

// sweepEvery is how often sessions that have ended are removed.
const sweepEvery = time.Hour

// Run removes sessions that have ended, from time to time, until ctx is done.
func (a *Access) Run(ctx context.Context) error {
	tick := time.NewTicker(sweepEvery)
	defer tick.Stop()
	for {
		if err := a.sweep(ctx); err != nil && ctx.Err() == nil {
			a.log.Error("remove ended sessions", "err", err)
		}
		select {
		case <-ctx.Done():
			return nil
		case <-tick.C:
		}
	}
}

func (a *Access) sweep(ctx context.Context) error {
	return a.db.Write(ctx, func(tx *store.Tx) error {
		_, err := accesssql.New(tx).DeleteSessionsBefore(ctx, tx.Now.UnixMilli())
		return err
	})
}

// MayVanish returns a Problem when somebody's role stands at one of the grids in gone.
func (a *Access) MayVanish(ctx context.Context, tx *store.Tx, gone []playlists.GridCode) error {
	rows, err := accesssql.New(tx).People(ctx)
	if err != nil {
		return fmt.Errorf("list people: %w", err)
	}
	at := make(map[string]bool, len(gone))
	for _, code := range gone {
		at[string(code)] = true
	}
	for _, row := range rows {
		if at[row.Grid] {
			return &playlists.Problem{
				Kind: playlists.Conflict, Code: "grid_has_people",
				Args: map[string]any{"grid": row.Grid, "name": row.Display},
			}
		}
	}
	return nil
}

// hash is the form in which a secret is kept: its SHA-256 in hexadecimal digits.
func hash(secret string) string {
	sum := sha256.Sum256([]byte(secret))
	return hex.EncodeToString(sum[:])
}
