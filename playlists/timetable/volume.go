package timetable

import (
	"cmp"
	"fmt"
	"slices"
	"time"

	"dalaba/playlists"
)

// DefaultVolume is the percent that holds where no volume rule does.
const DefaultVolume = 100

// percent tells whether n is one.
func percent(n int) bool { return n >= 0 && n <= 100 }

// checkVolume refuses rules under which there is no volume, and puts the others into the order of the tree.
func (d *calendarDay) checkVolume() error {
	d.volumes = make([]*playlists.VolumeRule, len(d.Programme.Volume))
	for i := range d.Programme.Volume {
		v := &d.Programme.Volume[i]
		if !percent(v.Floor) || !percent(v.Cap) || v.Cap > 0 && v.Floor > v.Cap {
			return &playlists.Problem{
				Kind: playlists.Invalid, Code: "volume_range", Field: "volume", Args: map[string]any{"floor": v.Floor, "cap": v.Cap},
			}
		}
		d.volumes[i] = v
	}
	if !percent(d.Programme.AlertVolume) {
		return fmt.Errorf("alert volume of %d percent", d.Programme.AlertVolume)
	}
	slices.SortStableFunc(d.volumes, func(a, b *playlists.VolumeRule) int {
		return cmp.Or(cmp.Compare(depth(a.Grid), depth(b.Grid)), cmp.Compare(a.Grid, b.Grid))
	})
	return nil
}

// depth is how far down the tree grid lies; a terminal, which no grid names, lies below all.
func depth(grid playlists.GridCode) int { return cmp.Or(len(grid), 1_000) }

// volume returns the percent that holds for r, or for nil, at the instant at, and the rule that gave it, or nil. From the
// highest node down, each sets it within the bounds of those above and may narrow them; of several rules of one node the
// last wins. What r asks for takes the place of what they set: the bounds of its owner, and of nodes above him, hold for
// it, and those of nodes below do not. Where a bound decided, the rule is the one whose bound it was.
func (d *calendarDay) volume(at time.Time, r *playlists.Round) (percent int, by *playlists.VolumeRule) {
	percent = DefaultVolume
	asks := r != nil && r.Volume > 0 && d.PlanVersion >= firstChimed
	if asks {
		percent = r.Volume
	}
	if len(d.volumes) == 0 {
		return percent, nil
	}
	now := playlists.NewTimeOfDay(at.In(d.zone).Clock())
	low, high := bound{percent: 0}, bound{percent: 100}
	for i, v := range d.volumes {
		if !holds(v, now) || d.overruled(i, now) || asks && !bounds(v.Grid, r.Owner) {
			continue
		}
		if !asks {
			percent, by = within(low, high, min(max(v.Percent, 0), 100), v)
		}
		if v.Floor > low.percent {
			low = bound{min(v.Floor, high.percent), v}
		}
		if v.Cap > 0 && v.Cap < high.percent {
			high = bound{max(v.Cap, low.percent), v}
		}
	}
	if asks {
		return within(low, high, r.Volume, nil)
	}
	return percent, by
}

// bound is how far the volume may go, and by whose rule.
type bound struct {
	percent int
	rule    *playlists.VolumeRule
}

// within returns what becomes of wanted, which by asks for, or nil.
func within(low, high bound, wanted int, by *playlists.VolumeRule) (int, *playlists.VolumeRule) {
	switch {
	case wanted < low.percent:
		return low.percent, low.rule
	case wanted > high.percent:
		return high.percent, high.rule
	}
	return wanted, by
}

// bounds tells whether the bounds that a rule of node grid sets hold for what a round of owner asks for.
func bounds(grid, owner playlists.GridCode) bool {
	return grid != "" && (grid == owner || above(grid, owner))
}

// overruled tells whether a later rule of the same node holds too.
func (d *calendarDay) overruled(i int, now playlists.TimeOfDay) bool {
	for _, v := range d.volumes[i+1:] {
		if v.Grid != d.volumes[i].Grid {
			return false
		}
		if holds(v, now) {
			return true
		}
	}
	return false
}

func holds(v *playlists.VolumeRule, now playlists.TimeOfDay) bool {
	if pastMidnight(v.From, v.To) {
		return now >= v.From || now < v.To
	}
	return v.From <= now && now < v.To
}

// Volume returns the percent at which a talk, or anything but an alert, sounds at terminal p at the moment at, and the
// rule that gave it, or nil where none holds.
func Volume(p *playlists.Programme, at time.Time) (percent int, by *playlists.VolumeRule, err error) {
	d := &calendarDay{Programme: p}
	for _, step := range []func() error{d.openZone, d.checkVolume} {
		if err := step(); err != nil {
			return 0, nil, fmt.Errorf("volume of terminal %s: %w", p.Terminal, err)
		}
	}
	percent, by = d.volume(at, nil)
	return percent, by, nil
}
