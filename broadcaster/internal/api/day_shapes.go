package api

import "time"

// countsShape is how the airings of a day ended. planned = played + partial + missed + unreported.
type countsShape struct {
	Planned    int64 `json:"planned"`
	Played     int64 `json:"played"`
	Partial    int64 `json:"partial"`
	Missed     int64 `json:"missed"`
	Unreported int64 `json:"unreported"`
	Extra      int64 `json:"extra" doc:"Plays that were not planned; beside the sum, not in it"`
}

// gridDayShape is one grid's day.
type gridDayShape struct {
	Code       string      `json:"code"`
	Parent     string      `json:"parent"`
	Name       string      `json:"name"`
	Level      int         `json:"level"`
	Households int64       `json:"households"`
	Touched    int64       `json:"touched" doc:"Households of grids whose own loudspeaker sounded something to its end (按辖区)"`
	Terminals  int         `json:"terminals" doc:"At or below this grid"`
	Plays      int64       `json:"plays" doc:"Plays to the end, at or below this grid"`
	Counts     countsShape `json:"counts"`
}

// terminalDayShape is one terminal's day.
type terminalDayShape struct {
	Terminal string      `json:"terminal"`
	Name     string      `json:"name"`
	GridPath string      `json:"grid_path"`
	Counts   countsShape `json:"counts"`
	// ReportedUntil is missing while the terminal has never accounted for anything.
	ReportedUntil *time.Time `json:"reported_until,omitempty" doc:"It has accounted for all that was due before"`
}

// upcomingShape is an airing that is still to come.
type upcomingShape struct {
	Start     time.Time `json:"start" doc:"When it begins"`
	Round     string    `json:"round"`
	Terminals []string  `json:"terminals" doc:"Names"`
}

// dayShape is all that the home page shows.
type dayShape struct {
	Day           string             `json:"day" example:"2026-01-23"`
	Now           time.Time          `json:"now"`
	Sounding      []soundingShape    `json:"sounding"`
	Upcoming      []upcomingShape    `json:"upcoming" doc:"The next few, soonest first"`
	Grids         []gridDayShape     `json:"grids" doc:"Every grid that the person may see, parents before children"`
	Terminals     []terminalDayShape `json:"terminals"`
	CompleteUntil *time.Time         `json:"complete_until,omitempty" doc:"Nothing due before it is unreported; missing when nothing is unreported at all"`
	CompleteFor   int                `json:"complete_for" doc:"Terminals that have told all, of complete_of"`
	CompleteOf    int                `json:"complete_of" doc:"Terminals that had something planned"`
}

// airingShape is one planned airing and how it ended.
type airingShape struct {
	ID       string     `json:"id"`
	Due      time.Time  `json:"due"`
	Round    string     `json:"round"`
	Terminal string     `json:"terminal"`
	Name     string     `json:"name" doc:"Of the terminal"`
	GridPath string     `json:"grid_path"`
	Planned  bool       `json:"planned" doc:"False for what sounded without having been planned"`
	Outcome  string     `json:"outcome" enum:"played,partial,missed,unreported"`
	OnTime   bool       `json:"on_time"`
	Begin    *time.Time `json:"begin,omitempty"`
	Cause    string     `json:"cause" doc:"A word of the domain; reason is its sentence"`
	Reason   string     `json:"reason"`
}

// playShape is one sounding.
type playShape struct {
	Event        string    `json:"event"`
	Airing       string    `json:"airing"`
	Terminal     string    `json:"terminal"`
	Name         string    `json:"name" doc:"Of the terminal"`
	GridPath     string    `json:"grid_path"`
	Round        string    `json:"round"`
	Announcement string    `json:"announcement" doc:"Title"`
	Dialect      string    `json:"dialect"`
	Begin        time.Time `json:"begin"`
	End          time.Time `json:"end"`
	LeadMS       int64     `json:"lead_ms" doc:"How long the chime before it had sounded when it began"`
	SoundedMS    int64     `json:"sounded_ms"`
	Volume       int       `json:"volume" doc:"Percent"`
	Attempt      int       `json:"attempt"`
	Result       string    `json:"result" enum:"complete,cut"`
	Reason       string    `json:"reason"`
	Evidence     int       `json:"evidence" minimum:"0" maximum:"4"`
	Clock        string    `json:"clock"`
	ClockErrorMS int64     `json:"clock_error_ms"`
	Output       string    `json:"output"`
	Extra        bool      `json:"extra" doc:"It was not planned"`
}
