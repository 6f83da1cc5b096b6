package api

import "time"

// complaintShape is what somebody complained about.
type complaintShape struct {
	ID           string     `json:"id"`
	Grid         string     `json:"grid"`
	GridPath     string     `json:"grid_path"`
	Terminal     string     `json:"terminal"`
	TerminalName string     `json:"terminal_name"`
	Lat          *float64   `json:"lat,omitempty" doc:"WGS-84"`
	Lon          *float64   `json:"lon,omitempty"`
	At           time.Time  `json:"at" doc:"The minute that is complained about"`
	Words        string     `json:"words"`
	Caller       string     `json:"caller"`
	By           string     `json:"by"`
	Created      time.Time  `json:"created"`
	Reply        string     `json:"reply"`
	Closed       *time.Time `json:"closed,omitempty"`
	ClosedBy     string     `json:"closed_by"`
	Outcome      string     `json:"outcome" doc:"What was done, in a person's words"`
}

type newComplaintShape struct {
	Grid     string    `json:"grid" maxLength:"18"`
	Terminal string    `json:"terminal,omitempty" maxLength:"80"`
	Lat      *float64  `json:"lat,omitempty"`
	Lon      *float64  `json:"lon,omitempty"`
	At       time.Time `json:"at"`
	Words    string    `json:"words" maxLength:"4000"`
	Caller   string    `json:"caller,omitempty" maxLength:"200"`
}

type complaintsShape struct {
	Complaints []complaintShape `json:"complaints" doc:"Open ones first, then the latest"`
	Next       string           `json:"next" doc:"What to ask for the next page with; empty after the last"`
}

// findingShape is something that sounded near the place and the minute.
type findingShape struct {
	Terminal     string    `json:"terminal"`
	TerminalName string    `json:"terminal_name"`
	GridPath     string    `json:"grid_path"`
	Round        string    `json:"round"`
	RoundName    string    `json:"round_name"`
	Owner        string    `json:"owner" doc:"Grid code of whose plan it was"`
	OwnerName    string    `json:"owner_name"`
	By           string    `json:"by" doc:"Who made that plan"`
	Announcement string    `json:"announcement" doc:"Title"`
	Dialect      string    `json:"dialect" doc:"As the town calls it"`
	Begin        time.Time `json:"begin" doc:"In the year 1 where it was due and did not sound, and so is end"`
	End          time.Time `json:"end"`
	Volume       int       `json:"volume" doc:"Percent"`
	Metres       *float64  `json:"metres,omitempty" doc:"From the point of the complaint, where both are known"`
	AtTheMinute  bool      `json:"at_the_minute"`
	Extra        bool      `json:"extra"`
	Sentence     string    `json:"sentence"`
}

// remedyShape is something that can be offered.
type remedyShape struct {
	Kind      string `json:"kind" enum:"later,lower,shorter,quiet"`
	Round     string `json:"round"`
	RoundName string `json:"round_name"`
	Playlist  string `json:"playlist"`
	Grid      string `json:"grid"`
	Terminal  string `json:"terminal"`
	Above     bool   `json:"above" doc:"It is a superior's plan: to be passed on"`
	MayApply  bool   `json:"may_apply" doc:"This person may do it"`
	Sentence  string `json:"sentence"`
	// Of later: the time of day that the round begins at, and a better one.
	Start   string `json:"start,omitempty" example:"06:10"`
	Instead string `json:"instead,omitempty" example:"07:00"`
	// Of lower: a volume rule for these hours.
	From          string `json:"from,omitempty"`
	To            string `json:"to,omitempty"`
	Volume        int    `json:"volume,omitempty"`
	VolumeInstead int    `json:"volume_instead,omitempty"`
	// Of shorter.
	LengthMS       int64 `json:"length_ms,omitempty"`
	Repeats        int   `json:"repeats,omitempty"`
	RepeatsInstead int   `json:"repeats_instead,omitempty" doc:"Absent where something is to be taken out"`
}

// caseShape is a complaint with all that is known of it.
type caseShape struct {
	Complaint  complaintShape `json:"complaint"`
	Findings   []findingShape `json:"findings"`
	More       int            `json:"more" doc:"How many more findings there are"`
	Unreported []string       `json:"unreported" doc:"Names of terminals that have not told yet"`
	Remedies   []remedyShape  `json:"remedies"`
	Since      []changeShape  `json:"since" doc:"What was changed since, at what sounded or in its grid: the latest 100"`
	ClosedWith []changeShape  `json:"closed_with" doc:"The changes with which it was closed"`
	Draft      string         `json:"draft" doc:"A reply that the facts allow"`
}

type replyShape struct {
	Reply string `json:"reply" maxLength:"4000"`
}

type closeComplaintShape struct {
	Reply   string  `json:"reply" maxLength:"4000"`
	Outcome string  `json:"outcome" maxLength:"1000"`
	Changes []int64 `json:"changes" maxItems:"100"`
}
