package api

import "time"

// ringTestShape is when the town's ring test sounds, and what it says where.
type ringTestShape struct {
	On      bool       `json:"on"`
	Weekday int        `json:"weekday" doc:"1 for Monday to 7 for Sunday; 0 while it is off"`
	At      string     `json:"at" example:"10:00" doc:"Empty while it is off"`
	By      string     `json:"by" doc:"Who set it"`
	Next    *time.Time `json:"next,omitempty"`
	MayEdit bool       `json:"may_edit"`
	// Places are the grids in which loudspeakers stand, and those above them.
	Places []ringPlaceShape `json:"places" doc:"Parents before children"`
}

// ringPlaceShape is what one grid says.
type ringPlaceShape struct {
	Grid      string `json:"grid"`
	GridPath  string `json:"grid_path"`
	Level     int    `json:"level"`
	Terminals int    `json:"terminals" doc:"That stand there, not below"`
	Says      string `json:"says" doc:"In writing" example:"试响:上西村老龄社"`
	Clip      string `json:"clip" doc:"The recording of its own name; empty for none"`
	ClipTitle string `json:"clip_title"`
	From      string `json:"from" doc:"The place whose name it says; empty where it says none"`
	MayEdit   bool   `json:"may_edit"`
}

type ringTestEditShape struct {
	Weekday int    `json:"weekday" minimum:"1" maximum:"7"`
	At      string `json:"at" example:"10:00" maxLength:"8" doc:"08:00 to 18:00"`
}

type placeNameShape struct {
	Clip string `json:"clip" maxLength:"80" doc:"A recording of at most 10 s"`
}

// askedShape is something that sounded, of which one may say whether one heard it.
type askedShape struct {
	Airing       string    `json:"airing"`
	Terminal     string    `json:"terminal"`
	TerminalName string    `json:"terminal_name"`
	GridPath     string    `json:"grid_path"`
	Round        string    `json:"round"`
	Begin        time.Time `json:"begin"`
	Sounding     bool      `json:"sounding" doc:"It sounds now"`
	// Answer is the person's own.
	Answer *answeredShape `json:"answer,omitempty"`
}

type heardShape struct {
	Asked []askedShape `json:"asked" doc:"Of each terminal what sounded last, of one that was asked for all of the last 24 hours; latest first"`
}

// answeredShape is what one said.
type answeredShape struct {
	Heard bool      `json:"heard"`
	Note  string    `json:"note"`
	At    time.Time `json:"at"`
	Until time.Time `json:"until" doc:"So long it may be changed"`
	Task  string    `json:"task" doc:"The task for the electrician in which it stands; empty for none"`
}

type newAnswerShape struct {
	Terminal string `json:"terminal" maxLength:"80"`
	Heard    bool   `json:"heard"`
	Note     string `json:"note,omitempty" maxLength:"800"`
}

// repairShape is a task for the electrician.
type repairShape struct {
	ID           string              `json:"id"`
	Terminal     string              `json:"terminal"`
	TerminalName string              `json:"terminal_name"`
	GridPath     string              `json:"grid_path"`
	By           string              `json:"by" doc:"Who did not hear it first"`
	Opened       time.Time           `json:"opened"`
	Reports      []repairReportShape `json:"reports"`
	HeardAt      *time.Time          `json:"heard_at,omitempty" doc:"It was heard after the task was opened"`
	HeardBy      string              `json:"heard_by" doc:"Who heard it; empty for a microphone"`
	Done         *time.Time          `json:"done,omitempty"`
	DoneBy       string              `json:"done_by"`
	Outcome      string              `json:"outcome"`
	MayEnd       bool                `json:"may_end"`
}

// repairReportShape is who said what of what.
type repairReportShape struct {
	By    string    `json:"by"`
	Round string    `json:"round"`
	Due   time.Time `json:"due"`
	Note  string    `json:"note"`
	At    time.Time `json:"at"`
	Heard bool      `json:"heard" doc:"He thought better of it"`
}

type repairsShape struct {
	Repairs []repairShape `json:"repairs" doc:"Open ones first, of each the latest first; at most 200"`
}

type endRepairShape struct {
	Outcome string `json:"outcome" maxLength:"800" doc:"What was done, in one line"`
}
