package audio

import (
	"math"
	"slices"

	"dalaba/playlists"
)

// Note is something about a recording that its author should know.
type Note string

// The notes.
const (
	// NoteSilent: nothing in it is loud enough to be heard.
	NoteSilent Note = "silent"
	// NoteQuiet: it sounds, but was recorded so softly that it will hardly be understood outdoors.
	NoteQuiet Note = "quiet"
	// NoteClipped: it was recorded too loud, and is distorted.
	NoteClipped Note = "clipped"
	// NoteOffset: it had a constant offset, which comes of bad recording equipment and takes loudness away.
	NoteOffset Note = "offset"
	// NoteShort: it is shorter than a second.
	NoteShort Note = "short"
	// NoteTruncated: the file ends before its header says that it does.
	NoteTruncated Note = "truncated"
	// NoteDamaged: parts of the file cannot be read and are silent.
	NoteDamaged Note = "damaged"
	// NoteLateBegin, NoteEarlyEnd and NotePause: nothing is heard for long at its begin, at its end, or in between.
	NoteLateBegin Note = "late_begin"
	NoteEarlyEnd  Note = "early_end"
	NotePause     Note = "pause"
)

// Where notes begin.
const (
	silentBelow   = -50.0 // dBFS of the peak
	quietBelow    = -24.0 // dBFS of the peak, where the level is left as it is
	softBelow     = -3.0  // LU below the target
	clippedAbove  = 0.001 // share of the frames
	offsetAbove   = 0.02  // of full scale
	shortBelowSec = 1

	lateBegin = playlists.Millis(3_000)
	earlyEnd  = playlists.Millis(5_000)
	longPause = playlists.Millis(8_000)
)

// notes lists what should be said of r, in the order of the constants. target is what it was to be brought to, or 0.
func notes(r Rendition, target float64, flaws []Note) []Note {
	var list []Note
	say := func(when bool, n Note) {
		if when {
			list = append(list, n)
		}
	}
	silent := r.Source.Peak < silentBelow
	soft := r.Source.Peak < quietBelow
	if target != 0 {
		soft = r.Level.Loudness < target+softBelow
	}
	say(silent, NoteSilent)
	say(!silent && soft, NoteQuiet)
	say(max(r.Source.Clipped, r.Level.Clipped) > clippedAbove, NoteClipped)
	say(math.Abs(r.Source.DC) > offsetAbove, NoteOffset)
	say(r.Frames < shortBelowSec*Rate, NoteShort)
	say(slices.Contains(flaws, NoteTruncated), NoteTruncated)
	say(slices.Contains(flaws, NoteDamaged), NoteDamaged)
	say(!silent && r.Silences.Begin > lateBegin, NoteLateBegin)
	say(!silent && r.Silences.End > earlyEnd, NoteEarlyEnd)
	say(!silent && r.Silences.Longest > longPause, NotePause)
	return list
}
