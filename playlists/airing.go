package playlists

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"time"
)

// AiringID names one round's one firing at one terminal. It is computed, so both sides know it without asking:
// the first 16 bytes of SHA-256 over "round|due|terminal", due in UTC as RFC 3339. It is written as 32 hexadecimal
// digits. The zero AiringID names nothing.
type AiringID [16]byte

// NewAiringID computes the id of the airing of round that falls due at due at terminal. It does not allocate for ids
// of ordinary length.
func NewAiringID(round RoundID, due time.Time, terminal TerminalID) AiringID {
	var room [160]byte
	text := append(room[:0], round...)
	text = append(text, '|')
	text = due.UTC().AppendFormat(text, time.RFC3339)
	text = append(text, '|')
	text = append(text, terminal...)
	sum := sha256.Sum256(text)
	return AiringID(sum[:16])
}

// String writes id as 32 hexadecimal digits.
func (id AiringID) String() string { return hex.EncodeToString(id[:]) }

// IsZero tells whether id names nothing.
func (id AiringID) IsZero() bool { return id == AiringID{} }

// MarshalText writes id as String does.
func (id AiringID) MarshalText() ([]byte, error) { return []byte(id.String()), nil }

// UnmarshalText reads what MarshalText wrote.
func (id *AiringID) UnmarshalText(text []byte) error {
	var read AiringID
	if len(text) != hex.EncodedLen(len(read)) {
		return fmt.Errorf("airing id %.80q: want 32 hexadecimal digits", text)
	}
	if _, err := hex.Decode(read[:], text); err != nil {
		return fmt.Errorf("airing id %q: %w", text, err)
	}
	*id = read
	return nil
}

// Entry is one sounding that an airing asks for: an announcement in a dialect, once.
type Entry struct {
	Announcement AnnouncementID `json:"announcement"`
	Dialect      Dialect        `json:"dialect"`
	Clip         Digest         `json:"clip"`
	// At is when the entry begins, counted from the airing's start, which is that of its chime.
	At Millis `json:"at_ms"`
	// Duration is how long it sounds.
	Duration Millis `json:"duration_ms"`
}

// Outcome is how a planned airing stands or ended.
type Outcome string

// The outcomes. planned = played + partial + missed + unreported.
const (
	// OutcomePlayed: one attempt sounded every entry to its end.
	OutcomePlayed Outcome = "played"
	// OutcomePartial: something sounded, and no attempt was whole.
	OutcomePartial Outcome = "partial"
	// OutcomeMissed: nothing sounded.
	OutcomeMissed Outcome = "missed"
	// OutcomeUnreported: the terminal has not accounted for it yet.
	OutcomeUnreported Outcome = "unreported"
)

// OnTimeWithin is how far from its due time an airing may begin and still be on time.
const OnTimeWithin = 2 * time.Second
