package rounds

import (
	"slices"
	"strings"

	"dalaba/playlists"
	"dalaba/playlists/grid"
)

// hornAbove chooses the terminals that stand above a target of round, at or below its owner, and that it does not touch.
// People who plan for a society often think that the village's horn sounds for it.
func hornAbove(round *Round) func(Terminal) bool {
	return func(t Terminal) bool {
		return grid.Contains(round.Owner, t.Grid) && !touches(round.Targets, t) && targetBelow(round, t) != ""
	}
}

// targetBelow returns the first target of round that lies below t, or "".
func targetBelow(round *Round, t Terminal) playlists.GridCode {
	i := slices.IndexFunc(round.Targets, func(target playlists.GridCode) bool { return grid.Contains(t.Grid, target) })
	if i < 0 {
		return ""
	}
	return round.Targets[i]
}

// offer warns that the terminals in above, which stand above a target, stay silent: they would have to be shared with it.
func (l *lookout) offer(above []Terminal) {
	if len(above) == 0 {
		return
	}
	var names []string
	for _, t := range above {
		names = append(names, t.Name)
	}
	l.warn("horn_above", map[string]any{
		"terminals": strings.Join(names[:min(len(names), maxUsers)], "、"), "count": len(above), "grid": string(targetBelow(l.draft, above[0])),
	})
}
