package wire

import (
	"crypto/ed25519"
	"encoding/binary"
	"errors"
	"fmt"
	"time"
)

// Context is the word that says what an envelope holds, so that a signature made for one purpose serves no other.
type Context string

// ContextProgramme is the context of an envelope that holds a playlists.Programme as JSON.
const ContextProgramme Context = "programme"

// Envelope carries exact bytes, signed. What is inside must not be looked at before Open has returned it.
type Envelope struct {
	Context Context `json:"context"`
	// Audience is the one terminal that may believe it.
	Audience string `json:"audience"`
	// Revision orders the envelopes of one context and audience.
	Revision uint64 `json:"revision"`
	// ExpiresMS is when it stops holding, in Unix milliseconds of broadcaster time.
	ExpiresMS int64 `json:"expires_ms"`
	// Body is what was signed, byte for byte.
	Body []byte `json:"body"`
	// Key is the Ed25519 public key that made Signature.
	Key       []byte `json:"key"`
	Signature []byte `json:"signature"`
}

// Reasons for which Open refuses an envelope.
var (
	ErrContext   = errors.New("envelope is of another context")
	ErrAudience  = errors.New("envelope is for another terminal")
	ErrKey       = errors.New("envelope is signed by a key that is not trusted")
	ErrSignature = errors.New("envelope's signature is not valid")
	ErrExpired   = errors.New("envelope has expired")
)

// Signer signs bytes with the publisher key. It is the only way to that key.
type Signer interface {
	// Sign returns the publisher's public key and its signature over message.
	Sign(message []byte) (key ed25519.PublicKey, signature []byte, err error)
}

// Seal signs body for audience and returns it in its envelope. expires is rounded down to milliseconds.
func Seal(s Signer, context Context, audience string, revision uint64, expires time.Time, body []byte) (Envelope, error) {
	e := Envelope{Context: context, Audience: audience, Revision: revision, ExpiresMS: expires.UnixMilli(), Body: body}
	key, signature, err := s.Sign(e.signed())
	if err != nil {
		return Envelope{}, fmt.Errorf("sign %s for %s: %w", context, audience, err)
	}
	e.Key, e.Signature = key, signature
	return e, nil
}

// Open verifies e against what the reader expects and returns the exact bytes that were signed. A zero now skips the
// check of expiry, for a reader that does not know the time.
func (e *Envelope) Open(context Context, audience string, trusted []ed25519.PublicKey, now time.Time) ([]byte, error) {
	if e.Context != context {
		return nil, ErrContext
	}
	if e.Audience != audience {
		return nil, ErrAudience
	}
	key := ed25519.PublicKey(e.Key)
	if !contains(trusted, key) {
		return nil, ErrKey
	}
	if !ed25519.Verify(key, e.signed(), e.Signature) {
		return nil, ErrSignature
	}
	if !now.IsZero() && now.UnixMilli() >= e.ExpiresMS {
		return nil, ErrExpired
	}
	return e.Body, nil
}

func contains(trusted []ed25519.PublicKey, key ed25519.PublicKey) bool {
	if len(key) != ed25519.PublicKeySize {
		return false
	}
	for _, t := range trusted {
		if t.Equal(key) {
			return true
		}
	}
	return false
}

// signed is the unambiguous text that the signature covers: a fixed word, then each field with its length before it.
func (e *Envelope) signed() []byte {
	const word = "dalaba envelope 1"
	b := make([]byte, 0, len(word)+len(e.Context)+len(e.Audience)+len(e.Body)+40)
	b = append(b, word...)
	for _, field := range []string{string(e.Context), e.Audience} {
		b = binary.BigEndian.AppendUint32(b, uint32(len(field)))
		b = append(b, field...)
	}
	b = binary.BigEndian.AppendUint64(b, e.Revision)
	b = binary.BigEndian.AppendUint64(b, uint64(e.ExpiresMS))
	b = binary.BigEndian.AppendUint64(b, uint64(len(e.Body)))
	return append(b, e.Body...)
}
