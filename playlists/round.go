package playlists

import "time"

// RoundID names a round for ever; it is drawn at random when the round is made.
type RoundID string

// RingTest 试响 is the one round that is drawn for nobody: once a week each horn says its own name, and who is near says
// whether he heard it.
const RingTest RoundID = "ring-test"

// Class ranks what sounds: alert above live above announcement above background.
type Class string

// The classes, highest first.
const (
	ClassAlert        Class = "alert"
	ClassLive         Class = "live"
	ClassAnnouncement Class = "announcement"
	ClassBackground   Class = "background"
)

// DefaultLateness is how late an airing may begin where its round says nothing.
const DefaultLateness = Millis(30 * 60 * 1000)

// MaxLateness bounds a round's lateness: an airing never outlives its day anyway.
const MaxLateness = Millis(12 * 60 * 60 * 1000)

// Round is a playlist on a timetable, as the terminals that it touches need to know it. Which terminals those are is
// the broadcaster's business: a programme holds only rounds that touch its terminal.
type Round struct {
	ID        RoundID    `json:"id"`
	Name      string     `json:"name"`
	Playlist  PlaylistID `json:"playlist"`
	Timetable Timetable  `json:"timetable"`
	// Class is ClassAnnouncement or ClassBackground, never ClassAlert or ClassLive.
	Class Class `json:"class"`
	// Lateness is how long after its due time an airing may still begin.
	Lateness Millis `json:"lateness_ms"`
	// Owner is the grid whose round this is; a higher grid's goes first.
	Owner GridCode `json:"owner"`
	// Since is when this timetable came to be: the round does not fire for moments before it.
	Since time.Time `json:"since"`
	// Mandatory 必播 is whether it sounds in quiet that a node below Owner has added.
	Mandatory bool `json:"mandatory,omitempty"`
	// Volume is the percent that is asked for instead of the hour's, within the floors and caps that hold; zero for the hour's.
	Volume int `json:"volume,omitempty"`
	// Unlimited is the instant until which the daily limits do not hold for it; zero when they hold.
	Unlimited time.Time `json:"unlimited_until,omitzero"`
}
