package playlists

// HolidaySet is a list of days that has a name: the public holidays as published, the working days that make up for
// them, a school's terms. Such days are announced, not computable, so they travel.
type HolidaySet struct {
	Name  string `json:"name"`
	Dates []Date `json:"dates"`
}
