package playlists

import (
	"encoding/json"
	"fmt"
	"time"
)

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
	// AlertVolume is the percent of an alert, whatever the rules say; zero means full.
	AlertVolume int `json:"alert_volume,omitempty"`
	// OutputDelay is how long sound is on its way from the terminal's output to the air, 0 to 5 s: what the terminal cannot
	// see itself. It sounds everything that much earlier.
	OutputDelay Millis `json:"output_delay_ms,omitempty"`
	// Temporary silences the terminal once, beside the rules of Quiet.
	Temporary []TemporaryQuiet `json:"temporary_quiet,omitempty"`
	// Mutes silence the terminal until they are lifted.
	Mutes []Mute `json:"mutes,omitempty"`
	// Holidays are the sets of days that timetables name.
	Holidays []HolidaySet `json:"holidays,omitempty"`
	// Cancelled are the airings that were called off one by one. They are desired state like the rounds: whoever comes
	// back after days has to know of them, so they travel here and not as events alone.
	Cancelled []Cancellation `json:"cancelled,omitempty"`
	// Limits bound what sounds in a day; zero ones do not.
	Limits Limits `json:"limits,omitzero"`
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

// MaxProgramme bounds a programme as it travels, in bytes. What is longer is refused before it is read.
const MaxProgramme = 8 << 20

// ReadProgramme reads the bytes that a programme travelled as. More than MaxProgramme of them are a TooLarge problem,
// and bytes that are no programme an Invalid one; whether it can be planned is timetable.Plan's to say.
func ReadProgramme(text []byte) (*Programme, error) {
	if len(text) > MaxProgramme {
		return nil, &Problem{
			Kind: TooLarge, Code: "programme_too_large", Args: map[string]any{"what": "bytes", "max": MaxProgramme},
			Err: fmt.Errorf("programme of %d bytes", len(text)),
		}
	}
	var p Programme
	if err := json.Unmarshal(text, &p); err != nil {
		return nil, &Problem{Kind: Invalid, Code: "programme_unreadable", Err: fmt.Errorf("read programme: %w", err)}
	}
	return &p, nil
}

// Clips returns every distinct clip that the programme names: the chimes of its playlists, and what its announcements
// say, in their order. Nothing else that came over the network may sound.
func (p *Programme) Clips() []Clip {
	seen := make(map[Digest]bool)
	var clips []Clip
	add := func(c Clip) {
		if !seen[c.Digest] {
			seen[c.Digest] = true
			clips = append(clips, c)
		}
	}
	for _, list := range p.Playlists {
		if list.Chime != nil {
			add(*list.Chime)
		}
	}
	for _, a := range p.Announcements {
		for _, c := range a.Variants {
			add(c)
		}
	}
	return clips
}
