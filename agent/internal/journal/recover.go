package journal

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"dalaba/playlists"
)

// recover reads what is there, mends it, and makes the journal ready for the process that o names.
func (j *Journal) recover(o Options) error {
	found, good, err := j.replay()
	if err != nil {
		return err
	}
	// A power cut in the middle of beginning a segment leaves one without a whole line.
	if n := len(j.segments.list); n > 0 && good == 0 {
		if err := j.segments.dropLast(); err != nil {
			return err
		}
		if n > 1 {
			good = j.segments.last().size
		}
	}
	if len(j.segments.list) > 0 {
		if err := j.segments.resume(good); err != nil {
			return err
		}
	}
	if j.state.id == "" {
		j.state.id = newID()
		if err := j.turnLocked(); err != nil {
			return err
		}
	}
	for _, d := range found {
		if j.state.damaged[d] {
			continue
		}
		j.log.Warn("journal is damaged: a line was skipped", "segment", d.Segment, "offset", d.Offset, "bytes", d.Bytes)
		if err := j.addLocked(line{Damage: &d}, true); err != nil {
			return err
		}
	}
	switch j.state.boot {
	case "":
	case o.Boot:
		j.died = playlists.CauseAgentDown
	default:
		j.died = playlists.CausePowerOff
	}
	j.slept, j.slumber = j.state.alive, j.died
	if !j.state.told && j.died != "" {
		// The agent has run since then and never learned the time: when it ran and when it did not, nobody knows.
		j.slumber = playlists.CauseClockUntrusted
	}
	if err := j.closePlays(); err != nil {
		return err
	}
	if err := j.closeOutages(); err != nil {
		return err
	}
	return j.addLocked(line{Boot: &boot{Boot: o.Boot, Process: o.Process}}, true)
}

// replay reads all segments into the state. It returns the damage and how many bytes of the last segment are good.
func (j *Journal) replay() (found []damage, good int64, err error) {
	for i := range j.segments.list {
		g := &j.segments.list[i]
		data, err := j.segments.read(g.number)
		if err != nil {
			return nil, 0, err
		}
		g.first = j.state.next
		n, bad := scan(data, func(l line, _ int) bool {
			if l.Head != nil {
				g.first = max(g.first, l.Head.Next)
			}
			j.noteLocked(g, l)
			return true
		})
		last := i == len(j.segments.list)-1
		if rest := len(data) - n; rest > 0 && last {
			j.log.Warn("journal had a torn tail", "segment", g.number, "bytes", rest)
		} else if rest > 0 {
			bad = append(bad, damage{Offset: n, Bytes: rest})
		}
		for _, d := range bad {
			d.Segment = g.number
			found = append(found, d)
		}
		g.size, good = int64(n), int64(n)
		if !last {
			g.size = int64(len(data))
		}
	}
	return found, good, nil
}

// closePlays ends the plays that the process before left open. What sounded is what its last mark knew.
func (j *Journal) closePlays() error {
	open := slices.SortedFunc(maps.Values(j.state.open), func(a, b *openPlay) int {
		return strings.Compare(a.play.Event, b.play.Event)
	})
	for _, o := range open {
		p := o.play
		p.Result, p.Cause, p.By = playlists.ResultCut, j.died, ""
		p.Sounded, p.End = o.sounded, p.Begin.Add(o.sounded.Duration())
		if p.Evidence = playlists.EvidencePlanned; o.carried {
			p.Evidence = playlists.EvidenceLevel
		}
		if err := j.rowLocked(playlists.Report{Play: &p}, true); err != nil {
			return fmt.Errorf("close play %s: %w", p.Event, err)
		}
	}
	return nil
}

// closeOutages ends the outages that the process before left open, at the moment when it was last alive: what came
// after that is another story.
func (j *Journal) closeOutages() error {
	for _, o := range j.state.outages {
		if !o.End.IsZero() {
			continue
		}
		if o.End = o.Begin; j.slept.After(o.Begin) {
			o.End = j.slept
		}
		if err := j.addLocked(line{Outage: &o}, true); err != nil {
			return fmt.Errorf("close outage: %w", err)
		}
	}
	return nil
}
