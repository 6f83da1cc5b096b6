package access

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"dalaba/broadcaster/internal/access/accesssql"
	"dalaba/broadcaster/internal/store"
	"dalaba/playlists"
)

// SignIn returns the person whose name and password these are, or a Problem. from is the address that the try comes
// from, with or without port: tries are limited by it. An unknown name and a wrong password take the same time and give
// the same answer. Begin comes next.
func (a *Access) SignIn(ctx context.Context, name, password, from string) (Person, error) {
	name = canonical(name)
	row, now, err := a.personNamed(ctx, name)
	if err != nil {
		return Person{}, err
	}
	if row.ID == "" {
		row.Password = a.nobody
	}
	right, err := a.try(ctx, name, password, row.Password, from, now)
	if err != nil {
		return Person{}, err
	}
	if !right || row.ID == "" {
		return Person{}, problem(playlists.Unauthenticated, "sign_in_wrong")
	}
	return personOf(row), nil
}

// ChangePassword gives the person called id a password of the person's own choice. All the person's sessions end, this
// one too: Begin a new one with the Person that is returned. from is as for SignIn.
func (a *Access) ChangePassword(ctx context.Context, id, old, chosen, from string) (Person, error) {
	var row accesssql.Person
	var now time.Time
	err := a.db.Read(ctx, func(tx *store.Tx) (err error) {
		row, err = person(ctx, tx, id)
		now = tx.Now
		return err
	})
	if err != nil {
		return Person{}, err
	}
	right, err := a.try(ctx, row.Name, old, row.Password, from, now)
	if err != nil {
		return Person{}, err
	}
	if !right {
		return Person{}, &playlists.Problem{Kind: playlists.Invalid, Code: "old_password_wrong", Field: "old"}
	}
	if err := checkPassword("new", row.Name, chosen); err != nil {
		return Person{}, err
	}
	changed, err := a.setPassword(ctx, id, chosen, false)
	if err != nil {
		return Person{}, err
	}
	if row.PasswordGenerated {
		a.chosen(changed)
	}
	return changed, nil
}

// ResetPassword gives the person called id a generated password, for somebody who has forgotten the old one, and
// returns it. All the person's sessions end.
func (a *Access) ResetPassword(ctx context.Context, id string) (string, error) {
	password := generatePassword()
	_, err := a.setPassword(ctx, id, password, true)
	if err != nil {
		return "", err
	}
	return password, nil
}

// try counts a try of name from an address and tells whether password is the one of encoded.
func (a *Access) try(ctx context.Context, name, password, encoded, from string, now time.Time) (bool, error) {
	if len(name) > maxName*4 || len(password) > maxPassword {
		name, password = "", "" // nobody has these
	}
	if err := a.attempts.take(name, from, now); err != nil {
		return false, err
	}
	right, err := a.hasher.verify(ctx, password, encoded)
	if err != nil {
		return false, fmt.Errorf("verify password: %w", err)
	}
	if right {
		a.attempts.forget(name, from)
	}
	return right, nil
}

// personNamed returns the zero row for an unknown name.
func (a *Access) personNamed(ctx context.Context, name string) (row accesssql.Person, now time.Time, err error) {
	err = a.db.Read(ctx, func(tx *store.Tx) error {
		now = tx.Now
		row, err = accesssql.New(tx).PersonNamed(ctx, name)
		return err
	})
	if errors.Is(err, sql.ErrNoRows) {
		return accesssql.Person{}, now, nil
	}
	if err != nil {
		return row, now, fmt.Errorf("find person by name: %w", err)
	}
	return row, now, nil
}

func (a *Access) setPassword(ctx context.Context, id, password string, generated bool) (Person, error) {
	encoded, err := a.hasher.hash(ctx, password)
	if err != nil {
		return Person{}, err
	}
	var p Person
	err = a.db.Write(ctx, func(tx *store.Tx) error {
		change := accesssql.SetPasswordParams{ID: id, Password: encoded, PasswordGenerated: generated}
		if _, err := accesssql.New(tx).SetPassword(ctx, change); err != nil {
			return fmt.Errorf("set password: %w", err)
		}
		row, err := person(ctx, tx, id)
		p = personOf(row)
		return err
	})
	return p, err
}
