package access

import (
	"context"
	"crypto/ed25519"
	"crypto/rand"
	"database/sql"
	"encoding/base32"
	"encoding/hex"
	"errors"
	"fmt"
	"strings"
	"time"

	"dalaba/broadcaster/internal/access/accesssql"
	"dalaba/broadcaster/internal/store"
	"dalaba/playlists"
	"dalaba/playlists/wire"
)

// EnrolmentState is how far a terminal has come.
type EnrolmentState string

// The states.
const (
	// EnrolmentWaiting: no agent has used the terminal's code.
	EnrolmentWaiting EnrolmentState = "waiting"
	// EnrolmentPending: a key was brought that nobody has approved. An older key holds until then.
	EnrolmentPending EnrolmentState = "pending"
	// EnrolmentApproved: the terminal has a key, and no other waits.
	EnrolmentApproved EnrolmentState = "approved"
)

// Enrolment is where a terminal stands.
type Enrolment struct {
	State EnrolmentState
	// Check is the six digits of the key that waits for approval, which the terminal shows too.
	Check string
	// CodeExpires is when the code that is out stops serving, zero when there is none that serves.
	CodeExpires time.Time
}

// Reasons for which Prove turns a terminal away.
var (
	ErrUnknownTerminal = errors.New("no terminal with a key goes by this id")
	ErrPending         = errors.New("the terminal's key is not approved yet")
	ErrBadProof        = errors.New("the signature is not that of the terminal's key")
)

// codeLifetime is how long a code serves.
const codeLifetime = 7 * 24 * time.Hour

// secretSize is that of a code's secret, in bytes.
const secretSize = 20

// NewCode makes the one-time secret with which terminal enrols, and returns when it stops serving. What an earlier
// secret opened is closed: a key that it brought and that nobody has approved is forgotten; one that is approved holds.
func (a *Access) NewCode(ctx context.Context, tx *store.Tx, terminal playlists.TerminalID) (secret string, expires time.Time, err error) {
	random := make([]byte, secretSize)
	rand.Read(random)
	secret = base32.StdEncoding.EncodeToString(random)
	expires = tx.Now.Add(codeLifetime)
	err = accesssql.New(tx).PutSecret(ctx, accesssql.PutSecretParams{
		Terminal: string(terminal), Secret: hash(secret), SecretExpiresMs: expires.UnixMilli(),
	})
	if err != nil {
		return "", time.Time{}, fmt.Errorf("keep enrolment code: %w", err)
	}
	return secret, expires, nil
}

// Enrol brings the key of the terminal that secret is for, and returns which that is. The key counts once a person has
// approved it. The same secret with the same key gives the same answer, for an agent that did not hear the first one;
// with another key it is a Problem, as is a secret that is unknown or too old.
func (a *Access) Enrol(ctx context.Context, secret string, key ed25519.PublicKey) (playlists.TerminalID, error) {
	if len(key) != ed25519.PublicKeySize {
		return "", problem(playlists.Invalid, "enrolment_key_bad")
	}
	secret = hash(strings.ToUpper(strings.TrimSpace(secret)))
	brought := hex.EncodeToString(key)
	// A stranger's guess must not make the writer wait, so that the first look is a reader's.
	var terminal playlists.TerminalID
	look := func(tx *store.Tx) (fresh bool, err error) {
		row, err := bySecret(ctx, tx, secret)
		terminal = playlists.TerminalID(row.Terminal)
		switch {
		case err != nil:
			return false, err
		case row.SecretUsed && (row.PendingKey == brought || row.ApprovedKey == brought):
			return false, nil
		case row.SecretUsed:
			return false, problem(playlists.Invalid, "enrolment_code_used")
		case tx.Now.UnixMilli() >= row.SecretExpiresMs:
			return false, problem(playlists.Invalid, "enrolment_code_expired")
		}
		return true, nil
	}
	fresh := false
	err := a.db.Read(ctx, func(tx *store.Tx) (err error) {
		fresh, err = look(tx)
		return err
	})
	if err != nil || !fresh {
		return terminal, err
	}
	err = a.db.Write(ctx, func(tx *store.Tx) error {
		if fresh, err := look(tx); err != nil || !fresh {
			return err
		}
		return accesssql.New(tx).UseSecret(ctx, accesssql.UseSecretParams{Terminal: string(terminal), PendingKey: brought})
	})
	if err != nil {
		return "", fmt.Errorf("enrol: %w", err)
	}
	return terminal, nil
}

// Approve lets the key that waits at terminal count, if check is its check string: a Problem otherwise.
func (a *Access) Approve(ctx context.Context, tx *store.Tx, terminal playlists.TerminalID, check string) error {
	row, err := enrolment(ctx, tx, terminal)
	if err != nil {
		return err
	}
	if row.PendingKey == "" {
		return problem(playlists.Conflict, "nothing_to_approve")
	}
	e, err := enrolmentOf(row, tx.Now)
	if err != nil {
		return err
	}
	if strings.TrimSpace(check) != e.Check {
		return &playlists.Problem{Kind: playlists.Invalid, Code: "check_digits_wrong", Field: "check"}
	}
	if err := accesssql.New(tx).ApproveKey(ctx, string(terminal)); err != nil {
		return fmt.Errorf("approve key of %s: %w", terminal, err)
	}
	return nil
}

// Enrolments returns where each terminal stands that ever had a code.
func (a *Access) Enrolments(ctx context.Context, tx *store.Tx) (map[playlists.TerminalID]Enrolment, error) {
	rows, err := accesssql.New(tx).Enrolments(ctx)
	if err != nil {
		return nil, fmt.Errorf("list enrolments: %w", err)
	}
	all := make(map[playlists.TerminalID]Enrolment, len(rows))
	for _, row := range rows {
		if all[playlists.TerminalID(row.Terminal)], err = enrolmentOf(row, tx.Now); err != nil {
			return nil, err
		}
	}
	return all, nil
}

// Prove returns nil if signature over wire.HelloProof(nonce, terminal) is that of terminal's approved key. Else it
// returns ErrUnknownTerminal, ErrPending (the signature is that of a key which waits for approval), ErrBadProof, or the
// database's error. Whoever calls it draws nonce, anew for each connection.
func (a *Access) Prove(ctx context.Context, terminal playlists.TerminalID, nonce, signature []byte) error {
	var row accesssql.Enrolment
	err := a.db.Read(ctx, func(tx *store.Tx) (err error) {
		row, err = enrolment(ctx, tx, terminal)
		return err
	})
	if playlists.ProblemOf(err) != nil {
		return ErrUnknownTerminal
	}
	if err != nil {
		return err
	}
	if row.ApprovedKey == "" && row.PendingKey == "" {
		return ErrUnknownTerminal
	}
	text := wire.HelloProof(nonce, terminal)
	if signedBy(row.ApprovedKey, text, signature) {
		return nil
	}
	if signedBy(row.PendingKey, text, signature) {
		return ErrPending
	}
	return ErrBadProof
}

// Forget closes what opens terminal's codes, because it was removed. An approved key stays: with it the terminal comes
// to hear that it has nothing more to do, and to report what it did before.
func (a *Access) Forget(ctx context.Context, tx *store.Tx, terminal playlists.TerminalID) error {
	q := accesssql.New(tx)
	if err := errors.Join(q.RetireEnrolment(ctx, string(terminal)), q.DeleteEnrolment(ctx, string(terminal))); err != nil {
		return fmt.Errorf("forget codes of %s: %w", terminal, err)
	}
	return nil
}

// signedBy takes the key as it is kept; "" is no key.
func signedBy(kept string, text, signature []byte) bool {
	key, err := hex.DecodeString(kept)
	return err == nil && len(key) == ed25519.PublicKeySize && ed25519.Verify(key, text, signature)
}

func bySecret(ctx context.Context, tx *store.Tx, hashed string) (accesssql.Enrolment, error) {
	row, err := accesssql.New(tx).EnrolmentBySecret(ctx, hashed)
	if errors.Is(err, sql.ErrNoRows) {
		return row, problem(playlists.Invalid, "enrolment_code_unknown")
	}
	return row, err
}

func enrolment(ctx context.Context, tx *store.Tx, terminal playlists.TerminalID) (accesssql.Enrolment, error) {
	row, err := accesssql.New(tx).Enrolment(ctx, string(terminal))
	if errors.Is(err, sql.ErrNoRows) {
		return row, problem(playlists.Conflict, "nothing_to_approve")
	}
	if err != nil {
		return row, fmt.Errorf("find enrolment of %s: %w", terminal, err)
	}
	return row, nil
}

func enrolmentOf(row accesssql.Enrolment, now time.Time) (Enrolment, error) {
	e := Enrolment{State: EnrolmentWaiting}
	if !row.SecretUsed && now.UnixMilli() < row.SecretExpiresMs {
		e.CodeExpires = time.UnixMilli(row.SecretExpiresMs).UTC()
	}
	switch {
	case row.PendingKey != "":
		key, err := hex.DecodeString(row.PendingKey)
		if err != nil {
			return e, fmt.Errorf("read key of %s: %w", row.Terminal, err)
		}
		e.State = EnrolmentPending
		e.Check = wire.CheckString(playlists.TerminalID(row.Terminal), key)
	case row.ApprovedKey != "":
		e.State = EnrolmentApproved
	}
	return e, nil
}
