package playlists

import "time"

// AnnouncementID names an announcement for ever; it is drawn at random when the announcement is made.
type AnnouncementID string

// Announcement is one message to the public: a text, and a recording for each dialect in which it was spoken.
type Announcement struct {
	ID    AnnouncementID `json:"id"`
	Title string         `json:"title"`
	// Text is what is said, in writing. There always is one: it is the register's content and the screen's words.
	Text string `json:"text"`
	// Variants holds at most one clip for a dialect, in the order in which the announcement offers them.
	Variants []Clip `json:"variants"`
	// ValidFrom and ValidUntil bound when it may sound, half open; a zero one does not bound.
	ValidFrom  time.Time `json:"valid_from,omitzero"`
	ValidUntil time.Time `json:"valid_until,omitzero"`
}

// Variant returns the announcement's clip in dialect d, and whether it has one.
func (a *Announcement) Variant(d Dialect) (Clip, bool) {
	for _, c := range a.Variants {
		if c.Dialect == d {
			return c, true
		}
	}
	return Clip{}, false
}
