package rounds

import (
	"fmt"

	"dalaba/playlists"
)

// Loudness is how loud the airings of a round that asks for a volume are in truth, in percent: floors and caps may hold
// them. It is zero for a round that asks for none, and where none sounds.
type Loudness struct{ Lowest, Highest int }

// add counts an airing of round that sounds at so many percent.
func (l *Loudness) add(round *Round, percent int) {
	if round.Volume == 0 {
		return
	}
	if *l == (Loudness{}) {
		*l = Loudness{Lowest: percent, Highest: percent}
	}
	l.Lowest, l.Highest = min(l.Lowest, percent), max(l.Highest, percent)
}

// Held tells whether it is not what was asked for everywhere.
func (l Loudness) Held(asked int) bool {
	return l != (Loudness{}) && l != Loudness{Lowest: asked, Highest: asked}
}

// bounds is the same for two terminals of one book at which a volume that round asks for is held alike. Where it asks for
// none they all are the same.
func (round *Round) bounds(p *playlists.Programme) string {
	if round.Volume == 0 {
		return ""
	}
	return fmt.Sprint(p.Volume[:len(p.Volume)-1]) // the last is the terminal's own, which bounds nothing
}

// HeldWarning tells that what asks for so many percent sounds as loud as is.
func HeldWarning(asked int, is Loudness) Warning {
	return Warning{Code: either(is.Lowest == is.Highest, "volume_held", "volume_held_between"), Args: map[string]any{
		"percent": asked, "lowest": is.Lowest, "highest": is.Highest,
	}}
}

// compare warns that the draft does not sound as loud as it asks.
func (l *lookout) compare() {
	if l.loudness.Held(l.draft.Volume) {
		l.Warnings = append(l.Warnings, HeldWarning(l.draft.Volume, l.loudness))
	}
}
