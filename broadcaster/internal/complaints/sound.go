package complaints

import (
	"time"

	"dalaba/playlists"
)

// Scope is where and when something may have sounded: airings due from Since up to, not including, Until, at terminals
// that stood at or below Grid then, and besides at Terminals.
type Scope struct {
	Since, Until time.Time
	Grid         playlists.GridCode
	Terminals    []playlists.TerminalID
}

// Sound is one airing, with the names of the time when it was written down. A live talk is one too.
type Sound struct {
	Terminal     playlists.TerminalID
	TerminalName string
	Grid         playlists.GridCode
	GridPath     string
	Round        playlists.RoundID
	RoundName    string
	// Class is empty where nobody knows it: of what was not planned.
	Class   playlists.Class
	Due     time.Time
	Planned bool
	Outcome playlists.Outcome
	// Cause says why it was missed, partial or late; CauseBy names who or what, for people.
	Cause   playlists.Cause
	CauseBy string
	// Plays are what sounded of it, in any order.
	Plays []Play
}

// Play is one sounding of one recording, or a talk.
type Play struct {
	Announcement playlists.AnnouncementID
	Title        string
	Dialect      playlists.Dialect
	Begin, End   time.Time
	// Volume is in percent.
	Volume int
	// Cut tells that it was broken off: what comes behind it is another attempt.
	Cut bool
}

// Maker is whose plan a round is: its owner, and the person who made it, "" where that is not known any more.
type Maker struct {
	Owner playlists.GridCode
	By    string
}

// Line is a sentence in a code, for which the edge has words, and what fills their places. Times of day are the town's, as
// 06:30, and days as 2026-01-23.
type Line struct {
	Code string
	Args map[string]any
}
