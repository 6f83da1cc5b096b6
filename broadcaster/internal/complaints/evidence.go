package complaints

import (
	"cmp"
	"slices"
	"time"

	"dalaba/playlists"
)

// forgetful is how long before the window something may have fallen due and still sound in it, as far as a terminal that
// has not told can be guessed at.
const forgetful = time.Duration(playlists.DefaultLateness) * time.Millisecond

// evidence is all that is known of a complaint at the moment now. What follows from it is decided here and in the files
// of what it decides, by nothing but it.
type evidence struct {
	complaint Complaint
	steps     []Step
	now       time.Time
	zone      *time.Location
	// stand are the terminals that stand now.
	stand  map[playlists.TerminalID]Terminal
	sounds []Sound
	// present are the programmes that are in force now at those terminals that were meant and have one.
	present map[playlists.TerminalID]*playlists.Programme
	makers  map[playlists.RoundID]Maker
	names   map[playlists.GridCode]string
	changes []ChangeNote // after the minute complained of, newest first
	// things are those of which the findings were made.
	things map[thing]bool
}

// decide returns the case that findings make, which were heard and explained.
func (e *evidence) decide(findings []Finding) Case {
	c := Case{Complaint: e.complaint, ClosedWith: e.complaint.closedWith, Steps: e.steps}
	if len(findings) > maxFindings {
		findings, c.More = findings[:maxFindings], len(findings)-maxFindings
	}
	for i := range findings {
		findings[i].OwnerName = e.names[findings[i].Owner]
		findings[i].Line = e.found(&findings[i])
	}
	c.Findings = findings
	c.Nothing = !slices.ContainsFunc(findings, func(f Finding) bool { return f.Sounded() })
	for _, s := range e.unreported() {
		c.Unreported = append(c.Unreported, s.Terminal)
		c.UnreportedNames = append(c.UnreportedNames, s.TerminalName)
	}
	c.Since = e.since()
	c.Remedies = e.remedies(findings)
	c.Draft = e.draft(&c)
	return c
}

// unreported returns one airing of each terminal that might have sounded then and has not told, by name.
func (e *evidence) unreported() []Sound {
	from, to := e.complaint.window()
	var all []Sound
	for _, s := range e.sounds {
		known := slices.ContainsFunc(all, func(other Sound) bool { return other.Terminal == s.Terminal })
		due := s.Due.After(from.Add(-forgetful)) && s.Due.Before(to)
		if s.Planned && s.Outcome == playlists.OutcomeUnreported && due && !known && e.complaint.hears(e.placed(&s)) {
			all = append(all, s)
		}
	}
	slices.SortFunc(all, func(a, b Sound) int {
		return cmp.Or(cmp.Compare(a.TerminalName, b.TerminalName), cmp.Compare(a.Terminal, b.Terminal))
	})
	return all
}

// placed is the terminal of s in the grid where it stood then, and otherwise as it stands now.
func (e *evidence) placed(s *Sound) Terminal {
	now := e.stand[s.Terminal]
	return Terminal{ID: s.Terminal, Name: s.TerminalName, Grid: s.Grid, Shared: now.Shared, Lat: now.Lat, Lon: now.Lon}
}

// clock writes the town's time of day.
func (e *evidence) clock(at time.Time) string { return at.In(e.zone).Format("15:04") }

// found says of f what an official wants to know.
func (e *evidence) found(f *Finding) Line {
	args := e.saying(f)
	args["by"], args["due"], args["cause"], args["winner"] = f.By, e.clock(f.Due), string(f.Cause), f.CauseBy
	switch {
	case !f.Sounded() && f.Outcome == playlists.OutcomeUnreported:
		return Line{"complaint_found_unreported", args}
	case !f.Sounded():
		return Line{"complaint_found_missed", args}
	case f.Talk:
		return Line{"complaint_found_talk", args}
	case f.Class == playlists.ClassAlert:
		return Line{"complaint_found_alert", args}
	case f.Extra || f.OwnerName == "":
		return Line{"complaint_found_extra", args}
	}
	return Line{"complaint_found_planned", args}
}

// saying fills the places of a sentence about f. What ends in the middle of a minute ends with it.
func (e *evidence) saying(f *Finding) map[string]any {
	args := map[string]any{
		"terminal": f.TerminalName, "place": f.GridPath, "titles": f.Announcement, "volume": f.Volume, "round": f.RoundName,
		"owner": f.OwnerName,
	}
	if f.Sounded() {
		args["begin"], args["end"] = e.clock(f.Begin), e.clock(f.End.Add(time.Minute-1))
	}
	return args
}
