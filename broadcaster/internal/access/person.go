package access

import (
	"context"
	"crypto/rand"
	"database/sql"
	"errors"
	"fmt"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"dalaba/broadcaster/internal/access/accesssql"
	"dalaba/broadcaster/internal/store"
	"dalaba/playlists"
	"dalaba/playlists/grid"
)

// Role is what a person is. It holds at one grid and below it.
type Role string

// The roles.
const (
	RoleAdministrator Role = "administrator"
	RoleOfficial      Role = "official"
)

// Person is somebody who may sign in.
type Person struct {
	// ID names the person for ever; it is drawn at random.
	ID string
	// Name is what is typed to sign in, in lower case; Display is what people are shown.
	Name, Display string
	Role          Role
	// Grid is the node at and below which Role holds.
	Grid    playlists.GridCode
	Created time.Time
	// Generated tells that the person has not chosen a password yet.
	Generated bool

	password int64 // number of the password in force
}

// Draft is a person to be made.
type Draft struct {
	Name, Display string
	Role          Role
	Grid          playlists.GridCode
	// Password may be empty: then one is generated.
	Password string
}

// FirstName is the name with which the first administrator signs in.
const FirstName = "admin"

// Bounds on names, in characters.
const (
	maxName    = 32
	maxDisplay = 40
)

// FirstAdministrator makes an administrator called FirstName at root, where there is nobody yet, and returns the
// generated password: it is shown once and kept nowhere.
func (a *Access) FirstAdministrator(ctx context.Context, tx *store.Tx, root playlists.GridCode) (password string, made bool, err error) {
	n, err := accesssql.New(tx).CountPeople(ctx)
	if err != nil {
		return "", false, fmt.Errorf("count people: %w", err)
	}
	if n > 0 {
		return "", false, nil
	}
	password = generatePassword()
	encoded, err := a.hasher.hash(ctx, password)
	if err != nil {
		return "", false, err
	}
	first := Draft{Name: FirstName, Display: "管理员", Role: RoleAdministrator, Grid: root}
	if _, err := insertPerson(ctx, tx, first, encoded, true); err != nil {
		return "", false, err
	}
	return password, true, nil
}

// People returns everybody, by grid and name.
func (a *Access) People(ctx context.Context) ([]Person, error) {
	var people []Person
	err := a.db.Read(ctx, func(tx *store.Tx) error {
		rows, err := accesssql.New(tx).People(ctx)
		for _, row := range rows {
			people = append(people, personOf(row))
		}
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("list people: %w", err)
	}
	return people, nil
}

// Person returns the person called id, or a Problem.
func (a *Access) Person(ctx context.Context, id string) (Person, error) {
	var p Person
	err := a.db.Read(ctx, func(tx *store.Tx) error {
		row, err := person(ctx, tx, id)
		p = personOf(row)
		return err
	})
	return p, err
}

// CreatePerson makes a person and returns the password if one was generated: it is shown once and kept nowhere. What
// is wrong with d comes back as a Problem. Whether somebody may do this at d.Grid is asked before.
func (a *Access) CreatePerson(ctx context.Context, d Draft) (Person, string, error) {
	d.Name, d.Display = canonical(d.Name), strings.TrimSpace(d.Display)
	if err := d.check(); err != nil {
		return Person{}, "", err
	}
	password, generated := d.Password, ""
	if password == "" {
		generated = generatePassword()
		password = generated
	} else if err := checkPassword("password", d.Name, password); err != nil {
		return Person{}, "", err
	}
	encoded, err := a.hasher.hash(ctx, password)
	if err != nil {
		return Person{}, "", err
	}
	var made Person
	err = a.db.Write(ctx, func(tx *store.Tx) error {
		known, err := a.grids.Has(ctx, tx, d.Grid)
		if err != nil {
			return err
		}
		if !known {
			return &playlists.Problem{Kind: playlists.Invalid, Code: "grid_unknown", Field: "grid", Args: map[string]any{"grid": string(d.Grid)}}
		}
		made, err = insertPerson(ctx, tx, d, encoded, generated != "")
		return err
	})
	if err != nil {
		return Person{}, "", err
	}
	return made, generated, nil
}

// RemovePerson removes a person, whose sessions end at once. Somebody must remain who can manage people at that
// person's grid.
func (a *Access) RemovePerson(ctx context.Context, id string) error {
	return a.db.Write(ctx, func(tx *store.Tx) error {
		q := accesssql.New(tx)
		row, err := person(ctx, tx, id)
		if err != nil {
			return err
		}
		rest, err := q.People(ctx)
		if err != nil {
			return fmt.Errorf("list people: %w", err)
		}
		managed := false
		for _, r := range rest {
			managed = managed || r.ID != id && allow(personOf(r), ActManagePeople, playlists.GridCode(row.Grid)) == nil
		}
		if !managed {
			return problem(playlists.Conflict, "last_administrator")
		}
		if err := q.DeletePerson(ctx, id); err != nil {
			return fmt.Errorf("remove person: %w", err)
		}
		return nil
	})
}

// check expects canonical names.
func (d Draft) check() error {
	refuse := func(code, field string, args map[string]any) error {
		return &playlists.Problem{Kind: playlists.Invalid, Code: code, Field: field, Args: args}
	}
	switch {
	case !goodName(d.Name):
		return refuse("person_name_bad", "name", map[string]any{"most": maxName})
	case !goodDisplay(d.Display):
		return refuse("person_display_bad", "display", map[string]any{"most": maxDisplay})
	case d.Role != RoleAdministrator && d.Role != RoleOfficial:
		return refuse("person_role_bad", "role", nil)
	case grid.Check(d.Grid) != nil:
		return refuse("grid_unknown", "grid", map[string]any{"grid": string(d.Grid)})
	}
	return nil
}

// canonical is the form in which names are kept and compared.
func canonical(name string) string { return strings.ToLower(strings.TrimSpace(name)) }

func goodName(name string) bool {
	for _, c := range name {
		if !unicode.IsLetter(c) && !unicode.IsDigit(c) && !strings.ContainsRune("._-@+", c) {
			return false
		}
	}
	return name != "" && utf8.RuneCountInString(name) <= maxName
}

func goodDisplay(display string) bool {
	for _, c := range display {
		if !unicode.IsPrint(c) || c == utf8.RuneError {
			return false
		}
	}
	return display != "" && utf8.RuneCountInString(display) <= maxDisplay
}

func insertPerson(ctx context.Context, tx *store.Tx, d Draft, encoded string, generated bool) (Person, error) {
	q := accesssql.New(tx)
	_, err := q.PersonNamed(ctx, d.Name)
	if err == nil {
		return Person{}, &playlists.Problem{Kind: playlists.Conflict, Code: "person_name_taken", Field: "name", Args: map[string]any{"name": d.Name}}
	}
	if !errors.Is(err, sql.ErrNoRows) {
		return Person{}, fmt.Errorf("find person by name: %w", err)
	}
	row := accesssql.Person{
		ID: strings.ToLower(rand.Text()), Name: d.Name, Display: d.Display, Role: string(d.Role), Grid: string(d.Grid),
		Password: encoded, PasswordNumber: 1, PasswordGenerated: generated, CreatedMs: tx.Now.UnixMilli(),
	}
	err = q.InsertPerson(ctx, accesssql.InsertPersonParams{
		ID: row.ID, Name: row.Name, Display: row.Display, Role: row.Role, Grid: row.Grid,
		Password: row.Password, PasswordGenerated: row.PasswordGenerated, CreatedMs: row.CreatedMs,
	})
	if err != nil {
		return Person{}, fmt.Errorf("add person: %w", err)
	}
	return personOf(row), nil
}

// person returns the row of the person called id, or a Problem.
func person(ctx context.Context, tx *store.Tx, id string) (accesssql.Person, error) {
	row, err := accesssql.New(tx).Person(ctx, id)
	if errors.Is(err, sql.ErrNoRows) {
		return row, problem(playlists.NotFound, "person_unknown")
	}
	if err != nil {
		return row, fmt.Errorf("find person: %w", err)
	}
	return row, nil
}

func personOf(row accesssql.Person) Person {
	return Person{
		ID: row.ID, Name: row.Name, Display: row.Display, Role: Role(row.Role), Grid: playlists.GridCode(row.Grid),
		Created: time.UnixMilli(row.CreatedMs).UTC(), Generated: row.PasswordGenerated, password: row.PasswordNumber,
	}
}
