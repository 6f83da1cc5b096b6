package playlists

// PlaylistID names a playlist for ever; it is drawn at random when the playlist is made.
type PlaylistID string

// DialectRule says which of an announcement's dialects sound at a terminal: DialectAll, DialectOwn, or the tag of
// the one dialect that shall.
type DialectRule string

const (
	// DialectAll is each of the terminal's dialects that the announcement has, in the terminal's order.
	DialectAll DialectRule = "all"
	// DialectOwn is the first of the terminal's dialects that the announcement has, else the announcement's first.
	DialectOwn DialectRule = "own"
)

// Playlist is an ordered list of announcements to be sounded in one go.
type Playlist struct {
	ID      PlaylistID      `json:"id"`
	Name    string          `json:"name"`
	Entries []PlaylistEntry `json:"entries"`
	// Chime is what sounds once before the first entry, and wakes amplifier and listener; nil for nothing. It is no entry:
	// nobody is counted as having heard it.
	Chime *Clip `json:"chime,omitempty"`
}

// PlaylistEntry is one line of a playlist.
type PlaylistEntry struct {
	Announcement AnnouncementID `json:"announcement"`
	Dialects     DialectRule    `json:"dialects"`
	// Repeats is how often the line sounds, at least 1; with several dialects all of them sound before the next repeat.
	Repeats int `json:"repeats"`
	// Gap is the silence after each sounding but the airing's last.
	Gap Millis `json:"gap_ms"`
}

// Bounds on a playlist, so that one line cannot make a terminal sound all day.
const (
	MaxPlaylistEntries = 100
	MaxRepeats         = 20
	MaxGap             = Millis(10 * 60 * 1000)
	MaxChime           = Millis(15 * 1000)
)
