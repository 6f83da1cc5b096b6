package playlists

import "time"

// ProgrammeLife is how long after signing a programme holds. It is reissued daily, so that only a terminal that has
// not reached the broadcaster for that long falls silent.
const ProgrammeLife = 35 * 24 * time.Hour

// Programme is everything that one terminal must do. It is desired state: the agent makes it true. It travels as the
// exact bytes that were signed.
type Programme struct {
	Terminal TerminalID `json:"terminal"`
	// Revision rises with every programme made for the terminal; an agent refuses one that is not higher than its own.
	Revision uint64 `json:"revision"`
	// PlanVersion is the version of the planning rules that the broadcaster planned with (timetable.Version).
	PlanVersion int `json:"plan_version"`
	// Zone is the IANA name of the zone of every civil time in the programme.
	Zone string `json:"zone"`
	// Name is what people call the terminal, and Grid where it belongs.
	Name string   `json:"name"`
	Grid GridCode `json:"grid"`
	// Dialects are the terminal's, best first.
	Dialects []Dialect `json:"dialects"`

	Rounds        []Round        `json:"rounds"`
	Playlists     []Playlist     `json:"playlists"`
	Announcements []Announcement `json:"announcements"`
	Quiet         []QuietRule    `json:"quiet"`
	Volume        []VolumeRule   `json:"volume"`
	// Publishers are the keys whose signatures the terminal believes from now on. A programme signed by one of the
	// keys that it believes today may change the list.
	Publishers []Publisher `json:"publishers"`

	// Signed is when the programme was made and Expires when it stops holding.
	Signed  time.Time `json:"signed"`
	Expires time.Time `json:"expires"`
}

// Publisher is a key that may sign programmes and events for a grid and everything below it.
type Publisher struct {
	// Key is an Ed25519 public key, 32 bytes.
	Key  []byte   `json:"key"`
	Grid GridCode `json:"grid"`
}

// QuietRule silences a span of every day. Rules add up: none can shorten another. Where To is not later than From the
// span runs past midnight.
type QuietRule struct {
	// Grid is the node that ordered it.
	Grid GridCode  `json:"grid"`
	From TimeOfDay `json:"from"`
	To   TimeOfDay `json:"to"`
	// LiftedUntil is the instant until which an administrator has lifted the rule; zero when it stands.
	LiftedUntil time.Time `json:"lifted_until,omitzero"`
}

// VolumeRule sets the volume for a span of every day; of several that hold, the last wins.
type VolumeRule struct {
	From TimeOfDay `json:"from"`
	To   TimeOfDay `json:"to"`
	// Percent is 0 to 100 of the output's full scale.
	Percent int `json:"percent"`
}

// Clips returns every distinct clip that the programme names, in the order of its announcements. Nothing else that
// came over the network may sound.
func (p *Programme) Clips() []Clip {
	seen := make(map[Digest]bool)
	var clips []Clip
	for _, a := range p.Announcements {
		for _, c := range a.Variants {
			if !seen[c.Digest] {
				seen[c.Digest] = true
				clips = append(clips, c)
			}
		}
	}
	return clips
}
