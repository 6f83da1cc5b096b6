package access

import (
	"context"
	"crypto/rand"
	"crypto/subtle"
	"encoding/base64"
	"errors"
	"fmt"
	"strings"
	"time"
	"unicode/utf8"

	"golang.org/x/crypto/argon2"

	"dalaba/playlists"
)

// Cost of one argon2id hash: passes over memory, KiB of it, threads, and lengths in bytes.
const (
	argonTime    = 2
	argonMemory  = 19 * 1024
	argonThreads = 1
	saltSize     = 16
	hashSize     = 32
)

// hashesAtOnce bounds how many hashes are computed at the same time, so that strangers at the door cost 38 MiB and two
// threads at most.
const hashesAtOnce = 2

// hashPatience is how long one waits for a turn to compute a hash.
const hashPatience = 10 * time.Second

// Bounds on a password: characters at least, bytes at most.
const (
	minPassword = 10
	maxPassword = 200
)

// hasher computes password hashes, a few at a time.
type hasher struct{ turns chan struct{} }

func newHasher() hasher { return hasher{make(chan struct{}, hashesAtOnce)} }

// hash returns the PHC form of a new argon2id hash of password.
func (h hasher) hash(ctx context.Context, password string) (string, error) {
	salt := make([]byte, saltSize)
	rand.Read(salt)
	sum, err := h.sum(ctx, password, salt)
	if err != nil {
		return "", err
	}
	return phc(salt, sum), nil
}

// verify tells whether password is the one that encoded was made of, in a time that does not depend on how much of it
// is right.
func (h hasher) verify(ctx context.Context, password, encoded string) (bool, error) {
	salt, want, err := parsePHC(encoded)
	if err != nil {
		return false, err
	}
	got, err := h.sum(ctx, password, salt)
	if err != nil {
		return false, err
	}
	return subtle.ConstantTimeCompare(got, want) == 1, nil
}

func (h hasher) sum(ctx context.Context, password string, salt []byte) ([]byte, error) {
	patience := time.NewTimer(hashPatience)
	defer patience.Stop()
	select {
	case h.turns <- struct{}{}:
		defer func() { <-h.turns }()
	case <-patience.C:
		return nil, problem(playlists.Unavailable, "sign_in_busy")
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	return argon2.IDKey([]byte(password), salt, argonTime, argonMemory, argonThreads, hashSize), nil
}

// phcHead is what every hash of ours begins with; another head is another cost.
func phcHead() string {
	return fmt.Sprintf("$argon2id$v=%d$m=%d,t=%d,p=%d$", argon2.Version, argonMemory, argonTime, argonThreads)
}

func phc(salt, sum []byte) string {
	return phcHead() + base64.RawStdEncoding.EncodeToString(salt) + "$" + base64.RawStdEncoding.EncodeToString(sum)
}

func parsePHC(encoded string) (salt, sum []byte, err error) {
	rest, known := strings.CutPrefix(encoded, phcHead())
	first, second, found := strings.Cut(rest, "$")
	if !known || !found {
		return nil, nil, errors.New("password hash of an unknown form")
	}
	if salt, err = base64.RawStdEncoding.DecodeString(first); err == nil {
		sum, err = base64.RawStdEncoding.DecodeString(second)
	}
	if err != nil {
		return nil, nil, fmt.Errorf("password hash: %w", err)
	}
	return salt, sum, nil
}

// unknownHash returns a hash that no password has, so that an unknown name takes as long to refuse as a known one.
func unknownHash() string {
	random := make([]byte, saltSize+hashSize)
	rand.Read(random)
	return phc(random[:saltSize], random[saltSize:])
}

// generatePassword returns 60 random bits as three groups of four lower-case letters and digits, without 0, 1, 8, 9.
func generatePassword() string {
	text := strings.ToLower(rand.Text())
	return text[:4] + "-" + text[4:8] + "-" + text[8:12]
}

// checkPassword returns a Problem for a password that name must not have.
func checkPassword(field, name, password string) error {
	args := map[string]any{"least": minPassword}
	refuse := func(code string) error {
		return &playlists.Problem{Kind: playlists.Invalid, Code: code, Field: field, Args: args}
	}
	length := utf8.RuneCountInString(password)
	lower := strings.ToLower(password)
	switch {
	case !utf8.ValidString(password) || len(password) > maxPassword:
		return refuse("password_too_long")
	case length < minPassword:
		return refuse("password_too_short")
	case common(lower) || strings.ReplaceAll(lower, name, "") == "":
		return refuse("password_too_common")
	}
	return nil
}

// common tells whether a lower-case password is one that everybody tries first.
func common(lower string) bool {
	first, _ := utf8.DecodeRuneInString(lower)
	if strings.Trim(lower, string(first)) == "" {
		return true
	}
	for _, word := range strings.Fields(`
		0123456789 01234567890 1234567890 12345678910 123456789a 1234567890a a123456789 aa123456789 9876543210 0987654321
		1122334455 1357924680 1313131313 1212121212 0123456789a 123123123123 1234512345 1234554321 5201314520 1314520520
		qwertyuiop qwertyuiop123 asdfghjkl; asdfghjkl123 1q2w3e4r5t 1qaz2wsx3edc qazwsxedcrfv zaq12wsxcde3 qwer123456
		qwe123456789 abcdefghij abcd123456 abc1234567 abc123456789 aaa123456789 admin12345 admin123456 administrator
		admin@123456 password123 password1234 passw0rd123 p@ssw0rd123 woaini1314 woaini520 woaini1314520 woaini123456
		iloveyou123 dalaba1234 dalaba12345 dalaba123456 jiujiang123 guangbo123 guangbo123456 jiujiang2020 a1234567890`) {
		if lower == word {
			return true
		}
	}
	return false
}
