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

// checkVolume refuses rules under which there is no volume, and puts the others into the order of the tree.
func (d *calendarDay) checkVolume() error {
	percent := func(n int) bool { return n >= 0 && n <= 100 }
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

// volume returns the percent that holds at the instant at, and the rule that gave it, or nil. From the highest node
// down, each sets it within the bounds of those above and may narrow them; of several rules of one node the last wins.
// Where a bound decided, the rule is the one whose bound it was.
func (d *calendarDay) volume(at time.Time) (percent int, by *playlists.VolumeRule) {
	percent = DefaultVolume
	if len(d.volumes) == 0 {
		return percent, nil
	}
	now := playlists.NewTimeOfDay(at.In(d.zone).Clock())
	low, high := bound{percent: 0}, bound{percent: 100}
	for i, v := range d.volumes {
		if !holds(v, now) || d.overruled(i, now) {
			continue
		}
		switch wanted := min(max(v.Percent, 0), 100); {
		case wanted < low.percent:
			percent, by = low.percent, low.rule
		case wanted > high.percent:
			percent, by = high.percent, high.rule
		default:
			percent, by = wanted, v
		}
		if v.Floor > low.percent {
			low = bound{min(v.Floor, high.percent), v}
		}
		if v.Cap > 0 && v.Cap < high.percent {
			high = bound{max(v.Cap, low.percent), v}
		}
	}
	return percent, by
}

// bound is how far the volume may go, and by whose rule.
type bound struct {
	percent int
	rule    *playlists.VolumeRule
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
	percent, by = d.volume(at)
	return percent, by, nil
}
