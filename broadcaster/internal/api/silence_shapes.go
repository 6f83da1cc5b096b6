package api

import "time"

// temporaryQuietShape is quiet that was ordered for once.
type temporaryQuietShape struct {
	ID           string    `json:"id"`
	Grid         string    `json:"grid"`
	GridName     string    `json:"grid_name"`
	Terminal     string    `json:"terminal" doc:"The one that falls silent; empty for all at or below the grid"`
	TerminalName string    `json:"terminal_name"`
	Reason       string    `json:"reason" enum:"funeral,illness,exam,other"`
	Note         string    `json:"note"`
	Begin        time.Time `json:"begin"`
	End          time.Time `json:"end"`
	By           string    `json:"by"`
	Created      time.Time `json:"created"`
	EndedBy      string    `json:"ended_by" doc:"Who ended it early; then end is when"`
	MayEnd       bool      `json:"may_end" doc:"It goes on or is to come, and this person ordered it, or may lift quiet there"`
}

type newTemporaryQuietShape struct {
	Grid     string    `json:"grid" maxLength:"18"`
	Terminal string    `json:"terminal,omitempty" maxLength:"80"`
	Reason   string    `json:"reason" enum:"funeral,illness,exam,other"`
	Note     string    `json:"note,omitempty" maxLength:"200"`
	Begin    time.Time `json:"begin" doc:"Now, if it is not later"`
	End      time.Time `json:"end" doc:"At most 72 hours after begin"`
}

type temporaryQuietListShape struct {
	Quiet []temporaryQuietShape `json:"quiet" doc:"What goes on, is to come, or ended in the last 30 days; the latest first"`
}

// muteShape is the silence of one terminal, but for alerts.
type muteShape struct {
	ID       string    `json:"id"`
	By       string    `json:"by"`
	Grid     string    `json:"grid" doc:"For which it was ordered: who may mute there may lift it, or, where the terminal has moved away, who may mute it"`
	GridName string    `json:"grid_name"`
	Reason   string    `json:"reason"`
	From     time.Time `json:"from"`
	Until    time.Time `json:"until" doc:"When it ends by itself"`
	Open     bool      `json:"open" doc:"It was ordered until somebody lifts it"`
	MayLift  bool      `json:"may_lift"`
}

type newMuteShape struct {
	Reason string     `json:"reason" minLength:"1" maxLength:"200"`
	Until  *time.Time `json:"until,omitempty" doc:"At most 30 days ahead; missing for until somebody lifts it, which is at most as long"`
}

// quietPlaceShape is a point around which it is to be quiet on some days.
type quietPlaceShape struct {
	ID       string    `json:"id"`
	Grid     string    `json:"grid"`
	GridName string    `json:"grid_name"`
	Name     string    `json:"name"`
	Lat      float64   `json:"lat" doc:"WGS-84"`
	Lon      float64   `json:"lon"`
	RadiusM  float64   `json:"radius_m"`
	From     string    `json:"from" example:"08:00"`
	To       string    `json:"to" example:"12:00"`
	FirstDay string    `json:"first_day" doc:"2026-01-23; empty for no first day"`
	LastDay  string    `json:"last_day"`
	By       string    `json:"by"`
	Created  time.Time `json:"created"`
	MayEdit  bool      `json:"may_edit"`
	// MayRemove is narrower: to end quiet for good is an administrator's act, but for a slip of one's own.
	MayRemove bool `json:"may_remove"`
}

type quietPlaceEditShape struct {
	Grid     string  `json:"grid" maxLength:"18"`
	Name     string  `json:"name" maxLength:"80"`
	Lat      float64 `json:"lat"`
	Lon      float64 `json:"lon"`
	RadiusM  float64 `json:"radius_m"`
	From     string  `json:"from" maxLength:"8"`
	To       string  `json:"to" maxLength:"8"`
	FirstDay string  `json:"first_day,omitempty" maxLength:"10"`
	LastDay  string  `json:"last_day,omitempty" maxLength:"10"`
}

type quietPlacesShape struct {
	Places []quietPlaceShape `json:"places"`
}

// reachedShape is whom a quiet place silences.
type reachedShape struct {
	Silenced []string      `json:"silenced" doc:"Names of the terminals within reach"`
	Unplaced []string      `json:"unplaced" doc:"Names of those of which nobody has said where they stand; the place does not silence them"`
	Beyond   []beyondShape `json:"beyond" doc:"Terminals of other grids within reach: they stay loud"`
}

// beyondShape is a neighbour's terminal: who wants it silent too speaks with them.
type beyondShape struct {
	Name     string `json:"name"`
	GridName string `json:"grid_name"`
}

// savedPlaceShape is a place, and whom it silences.
type savedPlaceShape struct {
	Place   quietPlaceShape `json:"place"`
	Reached reachedShape    `json:"reached"`
}

// volumeRuleShape is how loud a grid's terminals are in some hours of the day.
type volumeRuleShape struct {
	ID       string `json:"id"`
	Grid     string `json:"grid"`
	GridName string `json:"grid_name"`
	From     string `json:"from" example:"06:00"`
	To       string `json:"to" example:"08:00"`
	Percent  int    `json:"percent"`
	Floor    int    `json:"floor" doc:"Nobody below may go under it; zero for none"`
	Cap      int    `json:"cap" doc:"Nobody below may go over it, nor a terminal by its own volume"`
	By       string `json:"by"`
	MayEdit  bool   `json:"may_edit"`
}

type volumeEditShape struct {
	Grid    string `json:"grid" maxLength:"18"`
	From    string `json:"from" maxLength:"8"`
	To      string `json:"to" maxLength:"8"`
	Percent int    `json:"percent" minimum:"0" maximum:"100"`
	Floor   int    `json:"floor" minimum:"0" maximum:"100"`
	Cap     int    `json:"cap" minimum:"0" maximum:"100" doc:"Zero for just the percent; to let those below be louder, name a higher one"`
}

type volumeListShape struct {
	Volume []volumeRuleShape `json:"volume"`
}

// limitsShape is how much may sound in a day at a terminal that does not move.
type limitsShape struct {
	Minutes        int  `json:"minutes" minimum:"0" doc:"Of announcements a day; zero for no limit"`
	Plays          int  `json:"plays" minimum:"0" doc:"Of one announcement a day; zero for no limit"`
	OfferedMinutes int  `json:"offered_minutes" readOnly:"true" doc:"What is usual"`
	OfferedPlays   int  `json:"offered_plays" readOnly:"true"`
	MayEdit        bool `json:"may_edit" readOnly:"true"`
}

type limitsEditShape struct {
	Minutes int `json:"minutes" minimum:"0"`
	Plays   int `json:"plays" minimum:"0"`
}

// holidaysShape is a named list of days.
type holidaysShape struct {
	Name    string   `json:"name"`
	Days    []string `json:"days" doc:"2026-01-23, in order"`
	By      string   `json:"by"`
	UsedBy  []string `json:"used_by" doc:"Names of the rounds whose timetables name it"`
	MayEdit bool     `json:"may_edit"`
}

type holidaysEditShape struct {
	Days []string `json:"days" maxItems:"1000"`
}

type holidaysListShape struct {
	Holidays []holidaysShape `json:"holidays"`
}
