// Package wire is what the broadcaster and an agent say to each other: the messages of their websocket, its version
// with a dated history, and the signed envelope in which programmes travel. It opens no sockets and keeps nothing.
//
// A conversation: the agent connects to SocketPath, the broadcaster sends a Challenge, the agent answers with a Hello
// that proves its key, the broadcaster answers with Welcome or Refusal. From then on the broadcaster sends Programme,
// ReportsAck and TimeReply; the agent sends ProgrammeResult, Status, Reports and TimeRequest, in any order. Each
// message is one websocket text message holding a JSON object: {"type": "…", …}. Unknown fields and unknown types are
// ignored, so that either side may be newer; the number and name of a type are never reused.
package wire

// Version is the version of this protocol that this code speaks.
//
//   - 1 (2026-11-23): challenge, hello, welcome, refusal, clock exchange, programme, status, reports. Status has told of the
//     hardware clock since the same day, and of the clock's offset since the next.
const Version = 1

// Paths under the broadcaster's address.
const (
	// SocketPath is where agents open their websocket.
	SocketPath = "/agent/socket"
	// EnrolPath takes an EnrolRequest by POST and answers with an EnrolReply.
	EnrolPath = "/agent/enrol"
	// ClipPath, followed by a digest, serves a clip's bytes, ranges too, to the bearer of a Welcome's ticket.
	ClipPath = "/agent/clips/"
)

// Subprotocol is the websocket subprotocol that both sides must name.
const Subprotocol = "dalaba"

// MaxMessage bounds one websocket message in bytes, either way. A programme is the largest.
const MaxMessage = 16 << 20

// MaxReports bounds the rows in one Reports message.
const MaxReports = 500
