package playlists

// Timetable says when a round fires. Exactly one of Cron and Every is set; the other fields narrow its firings.
type Timetable struct {
	// Cron is a five-field expression (minute, hour, day of month, month, day of week) in the town's zone.
	Cron string `json:"cron,omitempty"`
	// Every fires at equal steps inside a window.
	Every *Every `json:"every,omitempty"`
	// Weekdays lists the days on which it fires, 1 for Monday to 7 for Sunday; none listed means every day.
	Weekdays []int `json:"weekdays,omitempty"`
	// From and Until are the first and the last day; a zero one does not bound.
	From  Date `json:"from,omitzero"`
	Until Date `json:"until,omitzero"`
	// Except lists days on which it does not fire.
	Except []Date `json:"except,omitempty"`
	// ExceptHolidays names sets of days on which it does not fire. OnlyHolidays names sets outside of which it does not;
	// with several, a day of any of them is enough.
	ExceptHolidays []string `json:"except_holidays,omitempty"`
	OnlyHolidays   []string `json:"only_holidays,omitempty"`
	// Lunar lists the lunar days on which it fires; none listed means every day.
	Lunar []LunarDay `json:"lunar,omitempty"`
	// Market narrows it to market days, or is nil.
	Market *Market `json:"market,omitempty"`
}

// Every fires at From, From + Minutes, … up to and including To. Where To is earlier than From the window runs past
// midnight, and all its firings belong to the date of From. From equal to To is one firing a day.
type Every struct {
	// Minutes is the step, 1 to 1440.
	Minutes int       `json:"minutes"`
	From    TimeOfDay `json:"from"`
	To      TimeOfDay `json:"to"`
}
