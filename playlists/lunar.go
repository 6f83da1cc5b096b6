package playlists

// LunarDay is a day of the lunar calendar 农历, in each year: 正月初一 is month 1, day 1.
type LunarDay struct {
	// Month is 1 to 12; zero means each month, leap months among them.
	Month int `json:"month,omitempty"`
	// Day is 1 to 30, or LastLunarDay. The 30th is no day of a month that has 29.
	Day int `json:"day"`
	// Leap means the leap month of that number, in years that have it, and only that; without it only the ordinary one.
	Leap bool `json:"leap,omitempty"`
}

// LastLunarDay is the last day of a lunar month, the 29th or the 30th: 除夕 is month 12, LastLunarDay.
const LastLunarDay = -1

// Market names market days 墟日: the days of each month whose number ends in one of Endings, 0 to 9.
type Market struct {
	Endings []int `json:"endings"`
	// Lunar means the number of the day in the lunar month.
	Lunar bool `json:"lunar,omitempty"`
}
