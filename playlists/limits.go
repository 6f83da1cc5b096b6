package playlists

// Limits bound what sounds at one terminal in one day, so that a horn does not become a nuisance. Alerts stand apart,
// and a programme of a terminal that moves says nothing here.
type Limits struct {
	// Minutes is how long the terminal may sound in a day, chimes counted; zero means no limit.
	Minutes int `json:"minutes,omitempty"`
	// Plays is how often an announcement may sound in a day, each entry counted; zero means no limit.
	Plays int `json:"plays,omitempty"`
}

// The limits of a fixed horn for which nobody has set others.
const (
	DefaultLimitMinutes = 60
	DefaultLimitPlays   = 6
)
