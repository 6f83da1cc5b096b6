package access

import (
	"crypto/ed25519"
	"errors"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"dalaba/broadcaster/internal/store"
	"dalaba/playlists"
	"dalaba/playlists/wire"
)

const horn playlists.TerminalID = "horn"

func newKey(t *testing.T) ed25519.PrivateKey {
	t.Helper()
	_, private, err := ed25519.GenerateKey(nil)
	if err != nil {
		t.Fatal(err)
	}
	return private
}

func public(private ed25519.PrivateKey) ed25519.PublicKey {
	return private.Public().(ed25519.PublicKey)
}

func (d *door) code(terminal playlists.TerminalID) (secret string) {
	d.t.Helper()
	d.must(func(tx *store.Tx) (err error) {
		secret, _, err = d.NewCode(d.t.Context(), tx, terminal)
		return err
	})
	return secret
}

func (d *door) enrol(secret string, private ed25519.PrivateKey) error {
	terminal, err := d.Enrol(d.t.Context(), secret, public(private))
	if err == nil && terminal != horn {
		d.t.Errorf("enrolled as %q", terminal)
	}
	return err
}

func (d *door) approve(terminal playlists.TerminalID, check string) error {
	return d.db.Write(d.t.Context(), func(tx *store.Tx) error { return d.Approve(d.t.Context(), tx, terminal, check) })
}

// stand returns where the horn stands.
func (d *door) stand() (e Enrolment) {
	d.t.Helper()
	d.must(func(tx *store.Tx) error {
		all, err := d.Enrolments(d.t.Context(), tx)
		e = all[horn]
		return err
	})
	return e
}

// prove signs a nonce for the horn with a key.
func (d *door) prove(private ed25519.PrivateKey) error {
	nonce := []byte("thirty-two bytes, drawn at random")
	return d.Prove(d.t.Context(), horn, nonce, ed25519.Sign(private, wire.HelloProof(nonce, horn)))
}

func TestATerminalEnrolsIsApprovedAndProvesItsKey(t *testing.T) {
	d := newDoor(t)
	key := newKey(t)
	if err := d.prove(key); !errors.Is(err, ErrUnknownTerminal) {
		t.Errorf("before there is a code: %v", err)
	}
	secret := d.code(horn)
	if e := d.stand(); e.State != EnrolmentWaiting || e.Check != "" || !e.CodeExpires.Equal(d.clock.Now().Add(codeLifetime).Truncate(1e6)) {
		t.Errorf("with a code: %+v", e)
	}
	if err := d.prove(key); !errors.Is(err, ErrUnknownTerminal) {
		t.Errorf("before it enrolled: %v", err)
	}
	if err := d.approve(horn, "000000"); code(err) != "nothing_to_approve" {
		t.Errorf("approved nothing: %v", err)
	}
	if err := d.enrol(" "+strings.ToLower(secret)+"\n", key); err != nil {
		t.Fatal(err)
	}
	check := wire.CheckString(horn, public(key))
	if e := d.stand(); e.State != EnrolmentPending || e.Check != check || !e.CodeExpires.IsZero() {
		t.Errorf("with a key: %+v", e)
	}
	if err := d.prove(key); !errors.Is(err, ErrPending) {
		t.Errorf("before it is approved: %v", err)
	}
	if err := d.prove(newKey(t)); !errors.Is(err, ErrBadProof) {
		t.Errorf("another key before it is approved: %v", err)
	}
	for _, wrong := range []string{"", "12345", "x" + check[1:], wire.CheckString("siren", public(key)), check + "0"} {
		if err := d.approve(horn, wrong); code(err) != "check_digits_wrong" {
			t.Errorf("approved with %q: %v", wrong, err)
		}
	}
	if err := d.approve(horn, " "+check); err != nil {
		t.Fatal(err)
	}
	d.restart()
	if e := d.stand(); e != (Enrolment{State: EnrolmentApproved}) {
		t.Errorf("approved: %+v", e)
	}
	if err := d.prove(key); err != nil {
		t.Errorf("approved: %v", err)
	}
}

func TestAProofIsOfOneNonceOneTerminalAndOneKey(t *testing.T) {
	d := newDoor(t)
	key := newKey(t)
	if err := d.enrol(d.code(horn), key); err != nil {
		t.Fatal(err)
	}
	if err := d.approve(horn, d.stand().Check); err != nil {
		t.Fatal(err)
	}
	nonce, other := []byte("nonce"), []byte("other nonce")
	good := ed25519.Sign(key, wire.HelloProof(nonce, horn))
	for _, test := range []struct {
		name      string
		terminal  playlists.TerminalID
		nonce     []byte
		signature []byte
		want      error
	}{
		{"good", horn, nonce, good, nil},
		{"replayed to another nonce", horn, other, good, ErrBadProof},
		{"of another terminal's hello", horn, nonce, ed25519.Sign(key, wire.HelloProof(nonce, "siren")), ErrBadProof},
		{"of another key", horn, nonce, ed25519.Sign(newKey(t), wire.HelloProof(nonce, horn)), ErrBadProof},
		{"for another terminal", "siren", nonce, good, ErrUnknownTerminal},
		{"cut", horn, nonce, good[:63], ErrBadProof},
		{"empty", horn, nonce, nil, ErrBadProof},
	} {
		if err := d.Prove(t.Context(), test.terminal, test.nonce, test.signature); !errors.Is(err, test.want) {
			t.Errorf("%s: %v, want %v", test.name, err, test.want)
		}
	}
}

func TestACodeServesOnceForSevenDays(t *testing.T) {
	d := newDoor(t)
	key := newKey(t)
	if err := d.enrol("", key); code(err) != "enrolment_code_unknown" {
		t.Errorf("without a code: %v", err)
	}
	first := d.code(horn)
	second := d.code(horn)
	if err := d.enrol(first, key); code(err) != "enrolment_code_unknown" {
		t.Errorf("a code that was replaced: %v", err)
	}
	if _, err := d.Enrol(t.Context(), second, []byte("short")); code(err) != "enrolment_key_bad" {
		t.Errorf("with half a key: %v", err)
	}
	for range 2 { // the agent may not have heard the first answer
		if err := d.enrol(second, key); err != nil {
			t.Errorf("the same key again: %v", err)
		}
	}
	if err := d.enrol(second, newKey(t)); code(err) != "enrolment_code_used" {
		t.Errorf("another key with a used code: %v", err)
	}
	if err := d.approve(horn, d.stand().Check); err != nil {
		t.Fatal(err)
	}
	if err := d.enrol(second, key); err != nil || d.stand().State != EnrolmentApproved {
		t.Errorf("the same key after approval: %v, %+v", err, d.stand())
	}
	late := d.code(horn)
	d.clock.advance(codeLifetime)
	if err := d.enrol(late, newKey(t)); code(err) != "enrolment_code_expired" {
		t.Errorf("after seven days: %v", err)
	}
	if e := d.stand(); e != (Enrolment{State: EnrolmentApproved}) {
		t.Errorf("after seven days: %+v", e)
	}
}

func TestANewKeyReplacesTheOldOneOnlyOnceApproved(t *testing.T) {
	d := newDoor(t)
	old, next := newKey(t), newKey(t)
	if err := d.enrol(d.code(horn), old); err != nil {
		t.Fatal(err)
	}
	if err := d.approve(horn, d.stand().Check); err != nil {
		t.Fatal(err)
	}
	secret := d.code(horn)
	if e := d.stand(); e.State != EnrolmentApproved || e.CodeExpires.IsZero() {
		t.Errorf("with a code for a second key: %+v", e)
	}
	if err := d.enrol(secret, next); err != nil {
		t.Fatal(err)
	}
	if err := d.prove(old); err != nil {
		t.Errorf("the old key while the new one waits: %v", err)
	}
	if err := d.prove(next); !errors.Is(err, ErrPending) {
		t.Errorf("the new key while it waits: %v", err)
	}
	// A new code forgets the key that waits.
	secret = d.code(horn)
	if err := d.prove(next); !errors.Is(err, ErrBadProof) || d.stand().State != EnrolmentApproved {
		t.Errorf("the key that was forgotten: %v", err)
	}
	if err := d.enrol(secret, next); err != nil {
		t.Fatal(err)
	}
	if err := d.approve(horn, d.stand().Check); err != nil {
		t.Fatal(err)
	}
	if err := d.prove(next); err != nil {
		t.Errorf("the new key: %v", err)
	}
	if err := d.prove(old); !errors.Is(err, ErrBadProof) {
		t.Errorf("the old key: %v", err)
	}
	secret = d.code(horn)
	d.must(func(tx *store.Tx) error { return d.Forget(t.Context(), tx, horn) })
	if err := d.enrol(secret, old); err == nil {
		t.Error("a removed terminal enrolled")
	}
	if err := d.prove(next); err != nil {
		t.Errorf("a removed terminal cannot hear that it has nothing more to do: %v", err)
	}
}

func TestOfManyKeysWithOneCodeOneWins(t *testing.T) {
	d := newDoor(t)
	secret := d.code(horn)
	var won atomic.Int32
	var wait sync.WaitGroup
	for range 8 {
		key := newKey(t)
		wait.Go(func() {
			switch err := d.enrol(secret, key); code(err) {
			case "":
				won.Add(1)
			case "enrolment_code_used":
			default:
				t.Error(err)
			}
		})
	}
	wait.Wait()
	if won.Load() != 1 {
		t.Errorf("%d keys won", won.Load())
	}
}

func TestOnlyTheHashOfASecretIsKept(t *testing.T) {
	d := newDoor(t)
	secret := d.code(horn)
	if len(secret) != 32 {
		t.Errorf("secret of %d characters", len(secret))
	}
	d.must(func(tx *store.Tx) error {
		row, err := enrolment(t.Context(), tx, horn)
		if row.Secret == secret || len(row.Secret) != 64 {
			t.Errorf("kept as %q", row.Secret)
		}
		return err
	})
}
