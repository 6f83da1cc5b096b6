package playlists

import "time"

// QuietRule silences a span of every day. Rules add up: none can shorten another. Where To is not later than From the
// span runs past midnight.
type QuietRule struct {
	// Grid is the node that ordered it. To an announcement that is marked mandatory by a node above Grid it yields; the
	// root has none above, so its night yields to alerts alone.
	Grid GridCode  `json:"grid"`
	From TimeOfDay `json:"from"`
	To   TimeOfDay `json:"to"`
	// LiftedUntil is the instant until which an administrator has lifted the rule; zero when it stands.
	LiftedUntil time.Time `json:"lifted_until,omitzero"`
	// Name is what people call it, so that who is silenced learns by what: a reason, an exam, a school.
	Name string `json:"name,omitempty"`
	// Place tells that it comes from a quiet place within whose reach the terminal stands.
	Place bool `json:"place,omitempty"`
	// FirstDay and LastDay are the first and the last day on which the span begins; a zero one does not bound.
	FirstDay Date `json:"first_day,omitzero"`
	LastDay  Date `json:"last_day,omitzero"`
}

// MaxTemporaryQuiet is the longest that somebody can silence a terminal without making a rule of it.
const MaxTemporaryQuiet = 72 * time.Hour

// TemporaryQuiet silences a terminal once, from Begin to End, half open, for at most MaxTemporaryQuiet.
type TemporaryQuiet struct {
	// Grid is the node whose chief ordered it; to whom it yields is as with a QuietRule.
	Grid GridCode `json:"grid"`
	// Name is the reason, for people.
	Name  string    `json:"name"`
	Begin time.Time `json:"begin"`
	End   time.Time `json:"end"`
}
