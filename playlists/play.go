package playlists

import "time"

// ClockState is how far a terminal's time can be believed.
type ClockState string

// The clock states.
const (
	ClockTrusted   ClockState = "trusted"
	ClockEstimated ClockState = "estimated"
	ClockUntrusted ClockState = "untrusted"
)

// Result is how one play ended.
type Result string

// The results.
const (
	// ResultComplete: it sounded from its first frame to its last.
	ResultComplete Result = "complete"
	// ResultCut: it began and did not reach its end.
	ResultCut Result = "cut"
)

// Evidence grades how sure it is that a play was heard. Grades 1 and 2 see neither amplifier nor cable nor horn.
type Evidence int

// The grades of evidence.
const (
	EvidencePlanned Evidence = 0 // nothing but the plan
	EvidencePlayer  Evidence = 1 // the player ran to the end
	EvidenceLevel   Evidence = 2 // our own output carried level
	EvidencePerson  Evidence = 3 // a person heard it
	EvidenceMic     Evidence = 4 // a microphone near the horn heard it
)

// Play is one sounding of one entry at one terminal, as the agent that made it wrote it down. It carries no terminal:
// that is the connection's over which it came.
type Play struct {
	// Event is drawn when the play starts and names it for ever.
	Event string `json:"event"`
	// Airing, Round, Due and Revision say what it was an attempt at, and under which programme.
	Airing   AiringID  `json:"airing"`
	Round    RoundID   `json:"round"`
	Due      time.Time `json:"due"`
	Revision uint64    `json:"revision"`
	// Attempt counts from 1. Entry is the index of the entry among the Entries that the airing asks for.
	Attempt int `json:"attempt"`
	// Lead is how long the attempt had gone on already when this entry began, if it is its first: the chime, which passes in
	// silence where its recording is not here, and the breath behind it. The attempt began at Begin less Lead.
	Lead    Millis `json:"lead_ms,omitempty"`
	Entry   int    `json:"entry"`
	Entries int    `json:"entries"`

	Announcement AnnouncementID `json:"announcement"`
	Dialect      Dialect        `json:"dialect"`
	Clip         Digest         `json:"clip"`

	// Boot names the run of the machine and Process the run of the agent in which it sounded.
	Boot    string `json:"boot"`
	Process string `json:"process"`
	// Begin and End are in broadcaster time as the terminal knew it. Mono is the monotonic clock at Begin, counted
	// from the machine's start, so that the record can be re-based when the clock was wrong.
	Begin time.Time `json:"begin"`
	End   time.Time `json:"end"`
	Mono  Millis    `json:"mono_ms"`
	// Sounded is how much came out, by the monotonic clock. For a play whose end nobody saw it is what is known.
	Sounded    Millis     `json:"sounded_ms"`
	Clock      ClockState `json:"clock"`
	ClockError Millis     `json:"clock_error_ms"`
	// Volume is in percent.
	Volume int    `json:"volume"`
	Result Result `json:"result"`
	// Cause says why it was cut, or why its airing began late; empty otherwise.
	Cause Cause `json:"cause,omitempty"`
	// By names who or what cut or delayed it, for people; empty otherwise. ByKind says what that is, in the words of the
	// timetable's winners, and ByGrid in the name of which node; both are empty where nobody knows.
	By       string   `json:"by,omitempty"`
	ByKind   string   `json:"by_kind,omitempty"`
	ByGrid   GridCode `json:"by_grid,omitempty"`
	Evidence Evidence `json:"evidence"`
	// Output is the kind of output it went to: device, file or simulated.
	Output string `json:"output"`
}

// Miss is the agent's word that an airing will not sound at all any more.
type Miss struct {
	Airing   AiringID  `json:"airing"`
	Round    RoundID   `json:"round"`
	Due      time.Time `json:"due"`
	Revision uint64    `json:"revision"`
	Cause    Cause     `json:"cause"`
	// By names who or what stood first, for people; empty otherwise. ByKind and ByGrid are as in Play.
	By     string   `json:"by,omitempty"`
	ByKind string   `json:"by_kind,omitempty"`
	ByGrid GridCode `json:"by_grid,omitempty"`
}

// Accounted is the agent's word that every airing due before Through has been reported, under the programmes that it
// had: an airing of any other revision below Through did not reach it.
type Accounted struct {
	Through   time.Time `json:"through"`
	Revisions []uint64  `json:"revisions"`
}

// Report is one row of a terminal's journal on its way to the ledger: exactly one of Play, Miss and Accounted is set.
type Report struct {
	// Seq rises by one in a journal; (journal, sequence) is what is acknowledged.
	Seq       uint64     `json:"seq"`
	Play      *Play      `json:"play,omitempty"`
	Miss      *Miss      `json:"miss,omitempty"`
	Accounted *Accounted `json:"accounted,omitempty"`
}
