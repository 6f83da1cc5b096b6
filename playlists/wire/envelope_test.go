package wire

import (
	"bytes"
	"crypto/ed25519"
	"encoding/hex"
	"encoding/json"
	"errors"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// key is a publisher made from a seed of one repeated byte.
type key byte

func (k key) private() ed25519.PrivateKey {
	return ed25519.NewKeyFromSeed(bytes.Repeat([]byte{byte(k)}, ed25519.SeedSize))
}

func (k key) public() ed25519.PublicKey { return k.private().Public().(ed25519.PublicKey) }

func (k key) Sign(message []byte) (ed25519.PublicKey, []byte, error) {
	return k.public(), ed25519.Sign(k.private(), message), nil
}

var signed = time.Date(2026, 1, 23, 0, 0, 0, 0, time.UTC)

// sealed is a small envelope by key 1 for terminal a, that holds for an hour.
func sealed(t testing.TB) Envelope {
	t.Helper()
	e, err := Seal(key(1), ContextProgramme, "a", 7, signed.Add(time.Hour), []byte("body"))
	if err != nil {
		t.Fatal(err)
	}
	return e
}

func TestOpenReturnsTheExactBytes(t *testing.T) {
	text, err := json.Marshal(sealed(t))
	if err != nil {
		t.Fatal(err)
	}
	var e Envelope
	if err := json.Unmarshal(text, &e); err != nil {
		t.Fatal(err)
	}
	trusted := []ed25519.PublicKey{key(2).public(), key(1).public()}
	for _, now := range []time.Time{signed, signed.Add(time.Hour - time.Millisecond), {}} {
		if body, err := e.Open(ContextProgramme, "a", trusted, now); err != nil || string(body) != "body" {
			t.Errorf("at %v: %q, %v", now, body, err)
		}
	}
	if body, err := e.Open(ContextProgramme, "a", trusted, time.Time{}); err != nil || string(body) != "body" {
		t.Errorf("without a clock: %q, %v", body, err)
	}
}

// The signature is what agents in the field check: its text can never change.
func TestTheSignedTextIsWhatItWas(t *testing.T) {
	const want = "64616c61626120656e76656c6f70652031" + // dalaba envelope 1
		"00000009" + "70726f6772616d6d65" + "00000001" + "61" + // programme, a
		"0000000000000007" + "0000019be85d7e80" + "0000000000000004" + "626f6479" // revision, expiry, body
	e := sealed(t)
	if got := hex.EncodeToString(e.signed()); got != want {
		t.Errorf("signed text is\n%s, want\n%s", got, want)
	}
}

func TestOpenRefusesWhatIsNotForIt(t *testing.T) {
	trusted := []ed25519.PublicKey{key(1).public()}
	for _, test := range []struct {
		name     string
		change   func(e *Envelope)
		context  Context
		audience string
		trusted  []ed25519.PublicKey
		now      time.Time
		want     error
	}{
		{"another context", nil, "event", "a", trusted, signed, ErrContext},
		{"relabelled to the context that is wanted", func(e *Envelope) { e.Context = "event" }, "event", "a", trusted, signed, ErrSignature},
		{"another terminal", nil, ContextProgramme, "b", trusted, signed, ErrAudience},
		{"relabelled to this terminal", func(e *Envelope) { e.Audience = "b" }, ContextProgramme, "b", trusted, signed, ErrSignature},
		{"an old one with a new revision", func(e *Envelope) { e.Revision++ }, ContextProgramme, "a", trusted, signed, ErrSignature},
		{"an old one with a new expiry", func(e *Envelope) { e.ExpiresMS += 1000 }, ContextProgramme, "a", trusted, signed, ErrSignature},
		{"expired", nil, ContextProgramme, "a", trusted, signed.Add(time.Hour), ErrExpired},
		{"another body", func(e *Envelope) { e.Body = []byte("b0dy") }, ContextProgramme, "a", trusted, signed, ErrSignature},
		{"bytes moved from body to audience", func(e *Envelope) { e.Audience, e.Body = "ab", []byte("ody") }, ContextProgramme, "ab", trusted, signed, ErrSignature},
		{"a key that is not trusted", nil, ContextProgramme, "a", []ed25519.PublicKey{key(2).public()}, signed, ErrKey},
		{"nobody is trusted", nil, ContextProgramme, "a", nil, signed, ErrKey},
		{"a trusted key put over another's signature", func(e *Envelope) { e.Key = key(2).public() }, ContextProgramme, "a", []ed25519.PublicKey{key(2).public()}, signed, ErrSignature},
		{"no key, and an empty one is trusted", func(e *Envelope) { e.Key = nil }, ContextProgramme, "a", []ed25519.PublicKey{nil, {}}, signed, ErrKey},
		{"a short key that is trusted", func(e *Envelope) { e.Key = []byte{1} }, ContextProgramme, "a", []ed25519.PublicKey{{1}}, signed, ErrKey},
		{"no signature", func(e *Envelope) { e.Signature = nil }, ContextProgramme, "a", trusted, signed, ErrSignature},
		{"a long signature", func(e *Envelope) { e.Signature = append(e.Signature, 0) }, ContextProgramme, "a", trusted, signed, ErrSignature},
	} {
		t.Run(test.name, func(t *testing.T) {
			e := sealed(t)
			if test.change != nil {
				test.change(&e)
			}
			if body, err := e.Open(test.context, test.audience, test.trusted, test.now); !errors.Is(err, test.want) || body != nil {
				t.Errorf("%q, %v, want %v", body, err, test.want)
			}
		})
	}
}

// Whatever one bit of an envelope becomes on its way, it is refused or it is still the same.
func TestAFlippedBitNeverOpensAsSomethingElse(t *testing.T) {
	e := sealed(t)
	text, err := json.Marshal(e)
	if err != nil {
		t.Fatal(err)
	}
	trusted := []ed25519.PublicKey{key(1).public()}
	for i := range text {
		for bit := range 8 {
			flipped := bytes.Clone(text)
			flipped[i] ^= 1 << bit
			var read Envelope
			if json.Unmarshal(flipped, &read) != nil {
				continue
			}
			body, err := read.Open(ContextProgramme, "a", trusted, signed)
			if err == nil && (string(body) != "body" || !cmp.Equal(read, e)) {
				t.Errorf("%s opens as %q", flipped, body)
			}
		}
	}
}

func TestSealSaysWhyItCouldNot(t *testing.T) {
	if _, err := Seal(noKey{}, ContextProgramme, "a", 1, signed, nil); !errors.Is(err, errNoKey) {
		t.Errorf("error %v, want one that wraps the signer's", err)
	}
}

type noKey struct{}

var errNoKey = errors.New("the publisher key cannot be read")

func (noKey) Sign([]byte) (ed25519.PublicKey, []byte, error) { return nil, nil, errNoKey }
