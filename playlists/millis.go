package playlists

import "time"

// Millis is a length of time in whole milliseconds, the unit in which durations travel and are kept.
type Millis int64

// MillisOf rounds d down to whole milliseconds.
func MillisOf(d time.Duration) Millis { return Millis(d / time.Millisecond) }

// Duration returns m as a time.Duration.
func (m Millis) Duration() time.Duration { return time.Duration(m) * time.Millisecond }
