package api

import "time"

// causeCountShape is how many airings of a day ended for one cause.
type causeCountShape struct {
	Cause   string `json:"cause" doc:"A word of the domain, to ask for the airings with"`
	Reason  string `json:"reason" doc:"What people call it"`
	Count   int64  `json:"count"`
	Excused int64  `json:"excused" doc:"Those of count that were ordered"`
}

// reconcileRowShape is what was planned and what became of it, at a grid or a terminal.
// planned = played + partial + missed + unreported.
type reconcileRowShape struct {
	Grid        string            `json:"grid" doc:"Code; of a terminal, where it stood"`
	Parent      string            `json:"parent" doc:"Empty for the root"`
	Terminal    string            `json:"terminal" doc:"Empty for a grid"`
	Name        string            `json:"name"`
	GridPath    string            `json:"grid_path"`
	Level       int               `json:"level"`
	Counts      countsShape       `json:"counts"`
	OnTime      int64             `json:"on_time"`
	Late        int64             `json:"late"`
	Excused     int64             `json:"excused" doc:"Of partial and missed, what was ordered"`
	Due         int64             `json:"due" doc:"应播: planned − excused"`
	Unexplained int64             `json:"unexplained" doc:"Of unreported: the terminal has accounted for its time and said nothing of them"`
	Causes      []causeCountShape `json:"causes" doc:"Of partial and missed, the most frequent first"`
	// ReportedUntil is missing while the terminal has never accounted for anything, and for a grid.
	ReportedUntil *time.Time `json:"reported_until,omitempty"`
}

// reconciliationShape is one day, held against the plan.
type reconciliationShape struct {
	Day       string              `json:"day"`
	Now       time.Time           `json:"now"`
	Grids     []reconcileRowShape `json:"grids" doc:"Every grid that the person may see, parents before children"`
	Terminals []reconcileRowShape `json:"terminals" doc:"By grid and name"`
}
