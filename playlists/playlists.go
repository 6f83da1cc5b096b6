// Package playlists is the language that the broadcaster and the agents speak: the nouns of the domain
// (Clip, Announcement, Playlist, Round, Programme, Airing, Play, Cause, …) and the text forms in which they
// travel and are kept. It holds no rules, no mathematics and no input or output; what decides lives one floor
// up (timetable, grid, clock, audio, clips, wire), and everything else in the house may import this package.
//
// Conventions that hold for every type here:
//   - an instant is a time.Time and travels as RFC 3339 in UTC; a civil date or time of day is a Date or a
//     TimeOfDay and belongs to the zone that the programme names;
//   - a length of time is Millis, in its JSON name too (…_ms);
//   - the zero value of an optional field means "not said", never "none".
package playlists
