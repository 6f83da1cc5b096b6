package playlists

import "time"

// Mute 静音 is one terminal's silence that a person ordered, until it is lifted: nothing but an alert sounds. It is desired
// state, like a round, so that a terminal that was away learns of it.
type Mute struct {
	From time.Time `json:"from"`
	// Until is when it ends by itself; it always does.
	Until time.Time `json:"until"`
	// By is who ordered it, for people, and Grid in the name of which node; Reason is his.
	By     string   `json:"by"`
	Grid   GridCode `json:"grid"`
	Reason string   `json:"reason"`
}

// MaxMute bounds how long a mute holds: one that is forgotten must not silence a horn for ever.
const MaxMute = 30 * 24 * time.Hour
