package playlists

// Cancellation calls off one airing, beforehand.
type Cancellation struct {
	Airing AiringID `json:"airing"`
	// By names who did it, for people, and Grid the node for which he acted.
	By   string   `json:"by"`
	Grid GridCode `json:"grid,omitempty"`
}
