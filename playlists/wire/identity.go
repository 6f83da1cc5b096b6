package wire

import (
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/base32"
	"encoding/binary"
	"errors"
	"fmt"
	"net/url"
	"strings"

	"dalaba/playlists"
)

// HelloProof is the text that a terminal signs to prove its key on a connection.
func HelloProof(nonce []byte, terminal playlists.TerminalID) []byte {
	text := append([]byte("dalaba hello 1"), 0)
	text = binary.BigEndian.AppendUint32(text, uint32(len(nonce)))
	text = append(text, nonce...)
	return append(text, terminal...)
}

// EnrolRequest is what an agent sends with its one-time secret.
type EnrolRequest struct {
	Secret string `json:"secret"`
	// Key is the terminal's new Ed25519 public key.
	Key []byte `json:"key"`
}

// EnrolReply tells the agent who it is.
type EnrolReply struct {
	Terminal playlists.TerminalID `json:"terminal"`
	// Publisher is the key that signs the terminal's programmes, bound to Grid.
	Publisher playlists.Publisher `json:"publisher"`
}

// CheckString is six digits that the installer compares: the agent shows them, and so does the console beside the
// button that approves the terminal.
func CheckString(terminal playlists.TerminalID, key ed25519.PublicKey) string {
	sum := sha256.Sum256(append([]byte("dalaba check 1\x00"+string(terminal)+"\x00"), key...))
	return fmt.Sprintf("%06d", binary.BigEndian.Uint64(sum[:8])%1_000_000)
}

// EnrolmentCode is what a person carries from the console to a terminal: where the broadcaster is, what its publisher
// key looks like, and a secret that serves once.
type EnrolmentCode struct {
	// Address is the broadcaster's base URL, such as https://gb.example.org.
	Address string
	// Fingerprint is that of the publisher key.
	Fingerprint string
	Secret      string
}

var fingerprints = base32.StdEncoding.WithPadding(base32.NoPadding)

// Fingerprint is the first 16 bytes of the SHA-256 of key, in 26 letters and digits.
func Fingerprint(key ed25519.PublicKey) string {
	sum := sha256.Sum256(key)
	return fingerprints.EncodeToString(sum[:16])
}

// ErrCode means that a text is no enrolment code.
var ErrCode = errors.New("not an enrolment code: copy the whole line that the console shows")

// String writes the code as one line: the address, a hash sign, and fingerprint and secret with a dot between them.
func (c EnrolmentCode) String() string {
	return strings.TrimSuffix(c.Address, "/") + "/#" + c.Fingerprint + "." + c.Secret
}

// Bounds on an enrolment code, in bytes.
const (
	maxAddress       = 256
	maxSecret        = 64
	fingerprintChars = 26
)

// ParseEnrolmentCode reads what String wrote, with spaces around it or not. It returns ErrCode for anything else: an
// address that is more than scheme, host and path, or a secret with spaces, is a line that was copied wrong.
func ParseEnrolmentCode(s string) (EnrolmentCode, error) {
	address, rest, found := strings.Cut(strings.TrimSpace(s), "/#")
	fingerprint, secret, dotted := strings.Cut(rest, ".")
	if !found || !dotted || len(address) > maxAddress || len(fingerprint) != fingerprintChars || secret == "" || len(secret) > maxSecret {
		return EnrolmentCode{}, ErrCode
	}
	u, err := url.Parse(address)
	if err != nil || (u.Scheme != "http" && u.Scheme != "https") || u.Hostname() == "" || u.User != nil ||
		u.RawQuery != "" || u.ForceQuery || u.Fragment != "" {
		return EnrolmentCode{}, ErrCode
	}
	if _, err := fingerprints.DecodeString(fingerprint); err != nil {
		return EnrolmentCode{}, ErrCode
	}
	if strings.ContainsFunc(secret, func(r rune) bool { return r <= ' ' || r > '~' }) {
		return EnrolmentCode{}, ErrCode
	}
	return EnrolmentCode{Address: strings.TrimRight(address, "/"), Fingerprint: fingerprint, Secret: secret}, nil
}
