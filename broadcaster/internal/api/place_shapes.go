package api

import (
	"encoding/json"
	"time"
)

// gridShape is a node of the grid tree.
type gridShape struct {
	Code       string `json:"code"`
	Parent     string `json:"parent" doc:"Empty for the root"`
	Name       string `json:"name"`
	Level      int    `json:"level" doc:"0 town, 1 village or community, 2 economic society, 3 household group"`
	Chief      string `json:"chief"`
	Households int64  `json:"households" doc:"At or below this node"`
	Invented   bool   `json:"invented" doc:"The geometry is made up, for a demo"`
}

// importedShape says what an import of the tree did.
type importedShape struct {
	Grids      int   `json:"grids"`
	Households int64 `json:"households"`
}

// soundingShape is what comes out of a terminal now.
type soundingShape struct {
	Terminal     string    `json:"terminal"`
	TerminalName string    `json:"terminal_name"`
	GridPath     string    `json:"grid_path"`
	Announcement string    `json:"announcement" doc:"Title"`
	Round        string    `json:"round" doc:"Name"`
	Dialect      string    `json:"dialect"`
	Begin        time.Time `json:"begin"`
	DurationMS   int64     `json:"duration_ms"`
}

// terminalShape is a terminal, as placed, enrolled and connected.
type terminalShape struct {
	ID       string   `json:"id"`
	Name     string   `json:"name"`
	Kind     string   `json:"kind" enum:"speaker,mobile,screen"`
	Grid     string   `json:"grid"`
	GridPath string   `json:"grid_path" example:"上西村 / 老龄社"`
	Dialects []string `json:"dialects" doc:"Best first"`
	Volume   int      `json:"volume" doc:"Percent"`
	// OutputDelayMS is applied by playing that much earlier.
	OutputDelayMS int64 `json:"output_delay_ms" doc:"How long its sound is on the way from the output to the air: 0 to 5000"`
	// Lat and Lon are missing where nobody has said where it stands, and for what moves.
	Lat    *float64 `json:"lat,omitempty" doc:"WGS-84"`
	Lon    *float64 `json:"lon,omitempty"`
	Shared []string `json:"shared" doc:"Codes of other grids whose rounds it sounds too"`

	Enrolment string `json:"enrolment" enum:"waiting,pending,approved" doc:"waiting: nobody has used its code; pending: compare the check digits and approve"`
	Check     string `json:"check" doc:"Six digits that the terminal shows too; while pending"`

	Connected    bool       `json:"connected"`
	Since        *time.Time `json:"since,omitempty" doc:"When it connected"`
	LastSeen     *time.Time `json:"last_seen,omitempty"`
	HasProgramme bool       `json:"has_programme" doc:"The current programme is in force there"`
	// SaidAt is when it last spoke of itself: what follows is as of then.
	SaidAt        *time.Time     `json:"said_at,omitempty" doc:"When it last said what follows; missing where it never has"`
	ClipsWanted   int            `json:"clips_wanted"`
	ClipsWhole    int            `json:"clips_whole"`
	Clock         string         `json:"clock" enum:",trusted,estimated,untrusted"`
	ClockErrorUS  int64          `json:"clock_error_us" doc:"At most so far off; 0 while it does not know the time"`
	ClockOffsetUS int64          `json:"clock_offset_us" doc:"How far the computer's own time of day is ahead; nothing goes by it"`
	RoundTripUS   int64          `json:"round_trip_us" doc:"0 while none was measured"`
	HardwareClock string         `json:"hardware_clock" enum:",none,unproved,runs" doc:"Whether it knows the time after a power cut without a network; runs: it was seen to"`
	DiskFree      int64          `json:"disk_free" doc:"Bytes left for recordings and records"`
	Output        string         `json:"output" doc:"device, file or empty"`
	Fault         string         `json:"fault" doc:"Why it does not sound, empty when it does"`
	FaultAdvice   string         `json:"fault_advice" doc:"What to do about it; may be empty"`
	Problems      []string       `json:"problems"`
	Sounding      *soundingShape `json:"sounding,omitempty"`
	Muted         bool           `json:"muted" doc:"Somebody has muted it"`
	// Verified, and who heard it last.
	Verified string     `json:"verified" enum:",yes,no" doc:"Whether somebody heard it within 14 days; empty for what makes no sound"`
	HeardAt  *time.Time `json:"heard_at,omitempty" doc:"When a person or a microphone last heard it; missing where none ever did"`
	HeardBy  string     `json:"heard_by" doc:"Who; empty for a microphone"`
	HeardHow string     `json:"heard_how" enum:",person,microphone"`
	Software string     `json:"software"`
}

type newTerminalShape struct {
	Name     string   `json:"name" minLength:"1" maxLength:"80"`
	Kind     string   `json:"kind" enum:"speaker,mobile,screen"`
	Grid     string   `json:"grid" maxLength:"18"`
	Dialects []string `json:"dialects" maxItems:"8"`
	Volume   int      `json:"volume" minimum:"0" maximum:"100"`
	// OutputDelayMS is none where it is left out.
	OutputDelayMS int64    `json:"output_delay_ms,omitempty" doc:"0 to 5000"`
	Lat           *float64 `json:"lat,omitempty"`
	Lon           *float64 `json:"lon,omitempty"`
	Shared        []string `json:"shared,omitempty" maxItems:"20"`
}

// outlineShape is where a grid lies.
type outlineShape struct {
	Code     string          `json:"code"`
	Level    int             `json:"level"`
	Name     string          `json:"name"`
	Geometry json.RawMessage `json:"geometry" doc:"GeoJSON, WGS-84"`
}

type outlinesShape struct {
	Outlines []outlineShape `json:"outlines" doc:"Parents before children"`
}

// enrolmentShape carries the one-time code, once.
type enrolmentShape struct {
	Terminal terminalShape `json:"terminal"`
	Code     string        `json:"code" doc:"One line to be copied to the terminal"`
	Expires  time.Time     `json:"expires"`
}

type approvalShape struct {
	Check string `json:"check" minLength:"6" maxLength:"6"`
}
