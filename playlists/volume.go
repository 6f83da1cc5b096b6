package playlists

// VolumeRule sets the volume for a span of every day. Rules of a higher node stand above those of a lower one, and
// those of the terminal itself, which name no grid, come last. Of several rules of one node that hold, the last wins.
type VolumeRule struct {
	From TimeOfDay `json:"from"`
	To   TimeOfDay `json:"to"`
	// Percent is 0 to 100 of the output's full scale.
	Percent int `json:"percent"`
	// Grid is the node that set it; empty for the terminal's own.
	Grid GridCode `json:"grid,omitempty"`
	// Floor is how far nodes below may lower it, and Cap how far they may raise it, in percent; zero does not bound.
	Floor int `json:"floor,omitempty"`
	Cap   int `json:"cap,omitempty"`
}
