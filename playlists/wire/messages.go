package wire

import (
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"dalaba/playlists"
)

// Message is one of the message types of this package.
type Message interface{ kind() string }

// Challenge is the broadcaster's first word.
type Challenge struct {
	Version int `json:"version"`
	// Nonce is 32 random bytes that the Hello's signature must cover.
	Nonce []byte `json:"nonce"`
}

// Hello is the agent's first word.
type Hello struct {
	Version  int                  `json:"version"`
	Terminal playlists.TerminalID `json:"terminal"`
	// Signature proves the terminal's key over HelloProof(nonce, terminal).
	Signature []byte `json:"signature"`
	// Boot names the run of the machine and Process the run of the agent.
	Boot    string `json:"boot"`
	Process string `json:"process"`
	// Software is the agent's version, for people.
	Software string `json:"software"`
	// PlanVersion is the highest version of the planning rules that the agent knows.
	PlanVersion int `json:"plan_version"`
	// Revision is that of the programme it holds, zero for none.
	Revision uint64 `json:"revision"`
	// Journal is the id of its journal.
	Journal string `json:"journal"`
}

// Welcome tells the agent that it is known.
type Welcome struct {
	Version int `json:"version"`
	// Ticket lets the bearer fetch clips while the connection lasts.
	Ticket string `json:"ticket"`
	// AckedThrough is the highest sequence of the Hello's journal that is stored for good, zero for none.
	AckedThrough uint64 `json:"acked_through"`
}

// Refusal says why the broadcaster is about to close the connection.
type Refusal struct {
	// Code is a word for programs; Text is a sentence for the person who installs.
	Code RefusalCode `json:"code"`
	Text string      `json:"text"`
}

// RefusalCode says why an agent was turned away.
type RefusalCode string

// The refusal codes.
const (
	RefusedUnknown  RefusalCode = "unknown_terminal" // no such terminal
	RefusedPending  RefusalCode = "pending"          // a person has not approved it yet
	RefusedKey      RefusalCode = "bad_proof"        // the signature does not fit its key
	RefusedVersion  RefusalCode = "version"          // the two sides have no version in common
	RefusedReplaced RefusalCode = "replaced"         // the same terminal connected again
	RefusedProtocol RefusalCode = "protocol"         // something other than the conversation above
	RefusedClosing  RefusalCode = "closing"          // the broadcaster is going down
)

// Programme carries the terminal's programme.
type Programme struct {
	Envelope Envelope `json:"envelope"`
}

// ProgrammeResult answers Programme.
type ProgrammeResult struct {
	Revision uint64 `json:"revision"`
	// InForce tells whether the programme was accepted; Reason says why it was not.
	InForce bool   `json:"in_force"`
	Reason  string `json:"reason,omitempty"`
}

// Status is how the terminal is now. Each replaces the last.
type Status struct {
	// Revision is that of the programme in force, zero for none.
	Revision uint64 `json:"revision"`
	// Sounding is what comes out now, nil for silence.
	Sounding *Sounding `json:"sounding,omitempty"`
	// ClipsWanted and ClipsWhole count the clips that the programme names and those that are here, whole.
	ClipsWanted int `json:"clips_wanted"`
	ClipsWhole  int `json:"clips_whole"`
	// Clock is the state of the terminal's clock, with its error bound and the last round trip.
	Clock       playlists.ClockState `json:"clock"`
	ClockError  playlists.Millis     `json:"clock_error_ms"`
	RoundTripUS int64                `json:"round_trip_us"`
	// ClockErrorUS is the error bound once more, to the microsecond, and ClockOffsetUS by how much the machine's own time
	// of day is ahead of broadcaster time: nothing goes by it, but people look at it.
	ClockErrorUS  int64 `json:"clock_error_us,omitempty"`
	ClockOffsetUS int64 `json:"clock_offset_us,omitempty"`
	// HardwareClock tells whether the terminal would know the time after a power cut without a network; empty means that
	// it has not said.
	HardwareClock HardwareClock `json:"hardware_clock,omitempty"`
	// Volume is in percent.
	Volume int `json:"volume"`
	// Output is the kind of output; Fault is empty, or why it does not sound.
	Output string          `json:"output"`
	Fault  playlists.Cause `json:"fault,omitempty"`
	// DiskFree is the space left for clips and records, in bytes.
	DiskFree int64 `json:"disk_free"`
	// Problems are sentences about things that a person should know, such as a clip that was refused.
	Problems []string `json:"problems,omitempty"`
}

// HardwareClock is what is known of a machine's hardware clock.
type HardwareClock string

// The kinds. One that was never seen to run through a power cut is not believed after one.
const (
	HardwareNone     HardwareClock = "none"
	HardwareUnproved HardwareClock = "unproved"
	HardwareRuns     HardwareClock = "runs"
)

// Sounding is one entry that comes out of a terminal now.
type Sounding struct {
	Event        string                   `json:"event"`
	Airing       playlists.AiringID       `json:"airing"`
	Round        playlists.RoundID        `json:"round"`
	Announcement playlists.AnnouncementID `json:"announcement"`
	Dialect      playlists.Dialect        `json:"dialect"`
	Begin        time.Time                `json:"begin"`
	Duration     playlists.Millis         `json:"duration_ms"`
}

// Reports carries rows of a journal, in the order of their sequence, at most MaxReports.
type Reports struct {
	Journal string             `json:"journal"`
	Rows    []playlists.Report `json:"rows"`
}

// ReportsAck tells that every row up to Through is stored for good.
type ReportsAck struct {
	Journal string `json:"journal"`
	Through uint64 `json:"through"`
}

// TimeRequest asks what time it is. T1 is the agent's monotonic clock in nanoseconds when it wrote the request.
type TimeRequest struct {
	T1 int64 `json:"t1"`
}

// TimeReply answers TimeRequest: T2 when the request was read and T3 when the reply was written, both broadcaster
// time in Unix nanoseconds, taken from a clock that does not step.
type TimeReply struct {
	T1 int64 `json:"t1"`
	T2 int64 `json:"t2"`
	T3 int64 `json:"t3"`
}

func (Challenge) kind() string       { return "challenge" }
func (Hello) kind() string           { return "hello" }
func (Welcome) kind() string         { return "welcome" }
func (Refusal) kind() string         { return "refusal" }
func (Programme) kind() string       { return "programme" }
func (ProgrammeResult) kind() string { return "programme_result" }
func (Status) kind() string          { return "status" }
func (Reports) kind() string         { return "reports" }
func (ReportsAck) kind() string      { return "reports_ack" }
func (TimeRequest) kind() string     { return "time_request" }
func (TimeReply) kind() string       { return "time_reply" }

// ErrUnknownType means that the other side sent a message which this version does not know: ignore it.
var ErrUnknownType = errors.New("unknown message type")

// Encode returns m as the text of one websocket message.
func Encode(m Message) ([]byte, error) {
	body, err := json.Marshal(m)
	if err != nil {
		return nil, fmt.Errorf("encode %s: %w", m.kind(), err)
	}
	text := append([]byte(`{"type":"`), m.kind()...)
	text = append(text, '"')
	if len(body) > 2 {
		text = append(text, ',')
	}
	return append(text, body[1:]...), nil
}

// Decode reads the text of one websocket message. It returns ErrUnknownType for a type that this version does not
// know, and another error for text that is no message at all.
func Decode(text []byte) (Message, error) {
	var head struct {
		Type string `json:"type"`
	}
	if err := json.Unmarshal(text, &head); err != nil {
		return nil, fmt.Errorf("decode message: %w", err)
	}
	switch head.Type {
	case "challenge":
		return decode[Challenge](text)
	case "hello":
		return decode[Hello](text)
	case "welcome":
		return decode[Welcome](text)
	case "refusal":
		return decode[Refusal](text)
	case "programme":
		return decode[Programme](text)
	case "programme_result":
		return decode[ProgrammeResult](text)
	case "status":
		return decode[Status](text)
	case "reports":
		return decode[Reports](text)
	case "reports_ack":
		return decode[ReportsAck](text)
	case "time_request":
		return decode[TimeRequest](text)
	case "time_reply":
		return decode[TimeReply](text)
	}
	return nil, fmt.Errorf("message of type %.40q: %w", head.Type, ErrUnknownType)
}

func decode[M Message](text []byte) (Message, error) {
	var m M
	if err := json.Unmarshal(text, &m); err != nil {
		return nil, fmt.Errorf("decode %s: %w", m.kind(), err)
	}
	return m, nil
}
