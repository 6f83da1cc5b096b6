package timetable

import (
	"strings"
	"time"

	"dalaba/playlists"
)

// WinnerKind says what kept an airing from sounding when it was due.
type WinnerKind string

// The kinds of winner. The zero one is a machine's or a journal's word, which has a cause and perhaps a name alone.
const (
	ByRound          WinnerKind = "round"           // another airing, or an earlier one of the same round
	ByTalk           WinnerKind = "talk"            // somebody spoke
	ByAlert          WinnerKind = "alert"           // an alert: Level says of which
	ByDrill          WinnerKind = "drill"           // an alert's drill
	ByPlayNow        WinnerKind = "play_now"        // something that was played by hand
	ByPerson         WinnerKind = "person"          // somebody muted, stopped or cancelled
	ByQuietRule      WinnerKind = "quiet_rule"      // a rule of the tree
	ByQuietPlace     WinnerKind = "quiet_place"     // a place within whose reach the terminal stands
	ByTemporaryQuiet WinnerKind = "temporary_quiet" // somebody's quiet for a time
	ByDailyMinutes   WinnerKind = "daily_minutes"   // the terminal's minutes of the day
	ByDailyPlays     WinnerKind = "daily_plays"     // the plays of an announcement, which Name and Ref tell
)

// Winner is who or what stood first. It has what a sentence about it needs, in any language.
type Winner struct {
	Kind WinnerKind
	// Name is what people call it: a round, a reason, a speaker, an announcement's title.
	Name string
	// Grid is the node in whose name it stood first; how long its code is tells its level.
	Grid playlists.GridCode
	// Reason is what somebody gave as his, of a mute; empty for everything else.
	Reason string
	// Ref is the id of the round or announcement, for a link.
	Ref string
	// Level is an alert's, 1 the gravest; zero where there is none.
	Level int
	// Until is when its stretch ended, or ends; zero where that is not known.
	Until time.Time
}

// above tells whether a stands above b in the tree: an ancestor's code is a prefix.
func above(a, b playlists.GridCode) bool {
	return len(a) < len(b) && strings.HasPrefix(string(b), string(a))
}
