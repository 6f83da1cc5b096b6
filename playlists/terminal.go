package playlists

// TerminalID names a terminal for ever; it is drawn at random when the terminal is created.
type TerminalID string

// TerminalKind is what a terminal is.
type TerminalKind string

// The kinds of terminal.
const (
	// KindSpeaker is a fixed horn or column.
	KindSpeaker TerminalKind = "speaker"
	// KindMobile is a speaker that moves: a tricycle or a vehicle.
	KindMobile TerminalKind = "mobile"
	// KindScreen is an LED screen.
	KindScreen TerminalKind = "screen"
)
