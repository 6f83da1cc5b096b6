package app

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"dalaba/broadcaster/internal/access"
	"dalaba/broadcaster/internal/store"
	"dalaba/broadcaster/internal/territory"
	"dalaba/playlists"
)

// Names in the data folder.
const (
	databaseFile = "dalaba.db"
	keyFile      = "publisher.key"
)

// FirstPasswordFile is where, in the data folder, the first administrator's generated password is written.
const FirstPasswordFile = "first-administrator.txt"

// found makes what every town has from its first start: a root, its night, its daily limits, a publisher key, an
// administrator, and a chime.
func found(ctx context.Context, o Options, r *rooms) error {
	var password string
	var town playlists.GridCode
	err := r.store.Write(ctx, func(tx *store.Tx) error {
		isNew, err := r.territory.Found(ctx, tx, playlists.GridCode(o.TownCode), o.Town)
		if err != nil {
			return err
		}
		root, err := r.territory.Root(ctx, tx)
		if err != nil {
			return err
		}
		town = root.Code
		if err := r.access.OpenKey(ctx, tx); err != nil {
			return err
		}
		if err := r.rounds.EnsureNight(ctx, tx, root.Code); err != nil {
			return err
		}
		if isNew {
			if err := r.rounds.FoundLimits(ctx, tx, root.Code); err != nil {
				return err
			}
		}
		generated, made, err := r.access.FirstAdministrator(ctx, tx, root.Code)
		if err != nil || !made {
			return err
		}
		password = generated
		return writeFirstPassword(o.Data, generated)
	})
	if err != nil {
		return fmt.Errorf("first start: %w", err)
	}
	if password != "" {
		o.Logger.Info("first administrator made; name and password are in the file",
			"file", filepath.Join(o.Data, FirstPasswordFile))
	}
	if err := r.hearing.Recover(ctx); err != nil {
		return err
	}
	if err := r.library.Recover(ctx); err != nil {
		return err
	}
	if err := r.library.EnsureChime(ctx, town); err != nil {
		o.Logger.Error("there is no chime that comes with the software", "error", err)
	}
	return nil
}

// writeFirstPassword writes the file before its password counts, so that a crash never leaves a town without a way in.
func writeFirstPassword(folder, password string) error {
	text := fmt.Sprintf("name: %s\npassword: %s\n", access.FirstName, password)
	if err := os.WriteFile(filepath.Join(folder, FirstPasswordFile), []byte(text), 0o600); err != nil {
		return fmt.Errorf("write the first administrator's password: %w", err)
	}
	return nil
}

// forgetFirstPassword removes the file once the first administrator has chosen a password.
func forgetFirstPassword(o Options, p access.Person) {
	if p.Name != access.FirstName {
		return
	}
	if err := os.Remove(filepath.Join(o.Data, FirstPasswordFile)); err != nil && !errors.Is(err, fs.ErrNotExist) {
		o.Logger.Warn("the file with the first password is still there", "error", err)
	}
}

// ResetPassword gives the person who signs in as name a generated password and returns it, for somebody who has
// forgotten the old one and sits at the broadcaster's machine. It works while the broadcaster runs.
func ResetPassword(ctx context.Context, o Options, name string) (password string, err error) {
	db, err := store.Open(ctx, store.Options{Path: filepath.Join(o.Data, databaseFile)})
	if err != nil {
		return "", err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	if err := db.Migrate(ctx, "access", access.Migrations()); err != nil {
		return "", err
	}
	people, err := access.New(access.Options{
		DB: db, Grids: territory.New(), KeyFile: filepath.Join(o.Data, keyFile), Log: o.Logger,
	})
	if err != nil {
		return "", err
	}
	all, err := people.People(ctx)
	if err != nil {
		return "", err
	}
	for _, p := range all {
		if p.Name == strings.ToLower(name) {
			return people.ResetPassword(ctx, p.ID)
		}
	}
	return "", fmt.Errorf("nobody signs in as %q", name)
}
