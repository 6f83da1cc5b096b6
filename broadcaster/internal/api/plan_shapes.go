package api

import (
	"encoding/json"
	"time"
)

// fateShape is where an airing goes, or why it does not sound.
type fateShape struct {
	Round  string     `json:"round" doc:"Name"`
	Due    time.Time  `json:"due"`
	Kind   string     `json:"kind" enum:"own,moved,lost,gained,altered" doc:"own: an airing of the draft; the others are what becomes of another round's"`
	Before *time.Time `json:"before,omitempty" doc:"When it would begin without the draft"`
	Start  *time.Time `json:"start,omitempty" doc:"When it begins; missing when it does not sound"`
	Reason string     `json:"reason" doc:"A sentence"`
}

// outcomeShape is what a draft does at the terminals where it does the same.
type outcomeShape struct {
	Terminals []string    `json:"terminals" doc:"Names"`
	Contents  []string    `json:"contents" doc:"What its first airing sounds: 《title》 and dialect, in order"`
	Dialects  []string    `json:"dialects" doc:"Tags of these, each once"`
	Sounds    int         `json:"sounds"`
	Deferred  int         `json:"deferred"`
	Missed    int         `json:"missed"`
	Own       []fateShape `json:"own" doc:"The deferred and the missed ones; at most 100"`
	Moves     int         `json:"moves"`
	Displaces int         `json:"displaces"`
	Frees     int         `json:"frees"`
	Alters    int         `json:"alters"`
	Others    []fateShape `json:"others" doc:"Airings of other rounds; at most 100"`
	Tied      bool        `json:"tied"`
	Volume    string      `json:"volume" doc:"A sentence: that it does not sound as loud as it asks; empty when it does, or asks for nothing"`
}

// dryRunShape is what a draft would do in the next 14 days.
type dryRunShape struct {
	From      string         `json:"from" example:"2026-01-23"`
	Until     string         `json:"until" doc:"The last day"`
	Outcomes  []outcomeShape `json:"outcomes" doc:"The one with the most terminals first"`
	Unplanned int            `json:"unplanned" doc:"Terminals that were left out because there was too much to plan"`
}

// lateShape is who cannot get a change of a round before it matters.
type lateShape struct {
	Next      *time.Time `json:"next,omitempty" doc:"When the round falls due next"`
	Terminals []string   `json:"terminals" doc:"Names; they will do what they were told before"`
	Sentence  string     `json:"sentence" doc:"Empty when nobody is late"`
}

type pauseShape struct {
	Paused bool `json:"paused"`
}

type copyShape struct {
	Name string `json:"name" minLength:"1" maxLength:"80"`
}

type repeatShape struct {
	At time.Time `json:"at"`
}

// moveAiringShape puts one airing at another time.
type moveAiringShape struct {
	Due time.Time `json:"due" doc:"The airing that is meant"`
	To  time.Time `json:"to" doc:"When it is to be due instead"`
}

type playNowShape struct {
	Announcement string   `json:"announcement,omitempty" maxLength:"64" doc:"This or playlist"`
	Playlist     string   `json:"playlist,omitempty" maxLength:"64"`
	Targets      []string `json:"targets" maxItems:"2000" minItems:"1"`
}

// cancellationShape is one airing that was called off.
type cancellationShape struct {
	Round     string    `json:"round"`
	RoundName string    `json:"round_name"`
	Due       time.Time `json:"due"`
	Terminal  string    `json:"terminal" doc:"Empty for all that the round touches"`
	By        string    `json:"by"`
	At        time.Time `json:"at"`
	MayEdit   bool      `json:"may_edit"`
}

type cancellationsShape struct {
	Cancellations []cancellationShape `json:"cancellations"`
}

type cancelShape struct {
	Due      time.Time `json:"due"`
	Terminal string    `json:"terminal,omitempty" maxLength:"80"`
}

// whyShape is why a terminal sounds, or does not, in a minute.
type whyShape struct {
	Terminal string     `json:"terminal"`
	Name     string     `json:"name"`
	GridPath string     `json:"grid_path"`
	From     time.Time  `json:"from"`
	To       time.Time  `json:"to"`
	Verdict  string     `json:"verdict" enum:"sounds,voice,absent,idle,quiet,nothing,unreported"`
	Lines    []string   `json:"lines" doc:"Sentences, the most telling first; at least one"`
	Rounds   []nameRef  `json:"rounds" doc:"The rounds that the lines speak of, for links"`
	Before   *slotShape `json:"before,omitempty" doc:"The last airing of the day that begins earlier"`
	After    *slotShape `json:"after,omitempty" doc:"The first that begins later"`
}

// nameRef is something to go to.
type nameRef struct {
	ID   string `json:"id"`
	Name string `json:"name"`
}

// slotShape is one airing on a calendar or a timeline: planned, sounding, over or not to be. On a calendar of a grid it
// stands for the same firing at several terminals.
type slotShape struct {
	Airing    string     `json:"airing" doc:"Id; empty on a calendar of a grid"`
	Round     string     `json:"round"`
	RoundName string     `json:"round_name"`
	Class     string     `json:"class" enum:"announcement,background"`
	Owner     string     `json:"owner" doc:"Grid code"`
	OwnerName string     `json:"owner_name"`
	Due       time.Time  `json:"due"`
	Start     *time.Time `json:"start,omitempty" doc:"When it begins, or began; missing when it does not sound"`
	End       *time.Time `json:"end,omitempty"`
	State     string     `json:"state" doc:"Of several terminals, the first that any of them has, of: missed, partial, unreported, sounding, coming, played, cancelled" enum:"coming,sounding,played,partial,missed,unreported,cancelled"`
	Late      bool       `json:"late" doc:"It begins, or began, later than due"`
	Reason    string     `json:"reason" doc:"A sentence: why it is late or does not sound"`
	Contents  []string   `json:"contents" doc:"《title》 and dialect, in order"`
	Volume    int        `json:"volume" doc:"Percent; zero where that is not known"`
	Terminals int        `json:"terminals" doc:"How many it stands for"`
	Sounding  int        `json:"sounding" doc:"At how many of them it sounds, is to sound or has sounded"`
	MayEdit   bool       `json:"may_edit" doc:"This person may cancel or move it"`
	Movable   bool       `json:"movable" doc:"Its round can be put at another time as a whole: it fires once a day, or at equal steps"`
}

// silenceSpanShape is a stretch of a day in which nothing ordinary sounds.
type silenceSpanShape struct {
	Begin  time.Time `json:"begin"`
	End    time.Time `json:"end"`
	Kind   string    `json:"kind" enum:"quiet_rule,quiet_place,temporary_quiet,mute"`
	Reason string    `json:"reason" doc:"A sentence"`
}

// calendarDayShape is one day of a calendar.
type calendarDayShape struct {
	Day   string      `json:"day" example:"2026-01-23"`
	Begin time.Time   `json:"begin"`
	End   time.Time   `json:"end"`
	Slots []slotShape `json:"slots" doc:"By due time; at most 500"`
	More  int         `json:"more" doc:"Slots that were left out"`
	// Unplanned belongs to days with more to plan than a phone could show.
	Unplanned int                `json:"unplanned" doc:"Terminals that were left out because there was too much to plan"`
	Quiet     []silenceSpanShape `json:"quiet" doc:"What holds at the grid or terminal"`
}

// calendarShape is what is planned for a grid or a terminal on some days, and what became of it.
type calendarShape struct {
	Grid     string             `json:"grid"`
	Terminal string             `json:"terminal"`
	Name     string             `json:"name"`
	Now      time.Time          `json:"now"`
	Days     []calendarDayShape `json:"days"`
}

// timelineShape is one day of one terminal: the plan above, the ledger below.
type timelineShape struct {
	Terminal string             `json:"terminal"`
	Name     string             `json:"name"`
	GridPath string             `json:"grid_path"`
	Day      string             `json:"day"`
	Begin    time.Time          `json:"begin"`
	End      time.Time          `json:"end"`
	Now      time.Time          `json:"now"`
	Plan     []slotShape        `json:"plan"`
	Plays    []playShape        `json:"plays" doc:"In the order of begin"`
	Quiet    []silenceSpanShape `json:"quiet"`
	// ReportedUntil is missing while the terminal has never accounted for anything.
	ReportedUntil *time.Time `json:"reported_until,omitempty"`
	// Mutes and MayMute are of now, whatever the day.
	Mutes   []muteShape `json:"mutes" doc:"Those that hold now, the latest first"`
	MayMute bool        `json:"may_mute"`
}

// changeShape is one thing that a person did.
type changeShape struct {
	Seq      int64           `json:"seq"`
	At       time.Time       `json:"at"`
	By       string          `json:"by"`
	Subject  string          `json:"subject" enum:"announcement,playlist,round,quiet,temporary_quiet,quiet_place,volume,limits,holidays,cancellation,mute,ring_test,place_name"`
	ID       string          `json:"id"`
	Name     string          `json:"name"`
	Grid     string          `json:"grid"`
	GridName string          `json:"grid_name"`
	Act      string          `json:"act" enum:"made,changed,removed,paused,resumed,lifted,restored,ended,cancelled,reinstated"`
	Sentence string          `json:"sentence" doc:"Who did what"`
	Fields   []string        `json:"fields" doc:"Names of what differs between before and after"`
	Before   json.RawMessage `json:"before,omitempty"`
	After    json.RawMessage `json:"after,omitempty"`
}

type changesShape struct {
	Changes []changeShape `json:"changes"`
	Before  int64         `json:"before" doc:"What to ask for the next page with; zero after the last"`
}
