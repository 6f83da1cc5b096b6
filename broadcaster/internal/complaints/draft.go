package complaints

import (
	"slices"
	"strings"
	"time"

	"dalaba/playlists"
	"dalaba/playlists/grid"
)

// Draft is a reply that the facts allow, sentence by sentence, in codes, so that it is written in the language that is
// asked for.
type Draft struct {
	Lines []Line
}

// Bounds on a draft: it is read on a phone.
const (
	maxTold    = 3 // things that sounded
	maxNamed   = 3 // terminals in one sentence
	maxChanged = 3 // changes
)

func (d *Draft) say(code string, args map[string]any) {
	d.Lines = append(d.Lines, Line{"complaint_reply_" + code, args})
}

// draft writes the reply to c from what is in it.
func (e *evidence) draft(c *Case) Draft {
	var d Draft
	e.greet(&d)
	e.tell(&d, c)
	if !c.Nothing {
		d.say("sorry", nil)
	}
	e.promise(&d, c)
	d.say("thanks", nil)
	return d
}

func (e *evidence) greet(d *Draft) {
	at := e.complaint.At.In(e.zone)
	args := map[string]any{
		"month": int(at.Month()), "day": at.Day(), "date": at.Format(time.DateOnly), "time": e.clock(at),
		"place": e.complaint.GridPath, "caller": e.complaint.Caller,
	}
	d.say(either(e.complaint.Caller == "", "greeting", "greeting_caller"), args)
}

// tell says what sounded, or that nothing did, and what is not known yet.
func (e *evidence) tell(d *Draft, c *Case) {
	from, to := e.complaint.window()
	args := map[string]any{"from": e.clock(from), "to": e.clock(to), "time": e.clock(e.complaint.At)}
	switch told := e.told(c.Findings); {
	case c.Nothing && len(c.Unreported) > 0:
		d.say("nothing_yet", args)
	case c.Nothing:
		d.say("nothing", args)
	default:
		if !told[0].AtTheMinute {
			d.say("not_then", args)
		}
		for i := range told[:min(len(told), maxTold)] {
			e.tellOf(d, &told[i])
		}
		if more := len(told) - maxTold; more > 0 {
			d.say("more", map[string]any{"count": more})
		}
	}
	if len(c.Unreported) > 0 {
		d.say("unreported", map[string]any{"terminals": names(c.UnreportedNames)})
	}
}

// told returns what was meant, once for each thing that sounded alike at several terminals: with all their names, the
// loudest volume, and from the first begin to the last end.
func (e *evidence) told(findings []Finding) []Finding {
	type alike struct {
		round  playlists.RoundID
		due    int64
		class  playlists.Class
		titles string
	}
	places := make(map[alike]int)
	var all []Finding
	var terminals [][]string
	for _, f := range e.meant(findings) {
		key := alike{f.Round, millis(f.Due), f.Class, f.Announcement}
		i, known := places[key]
		if !known {
			i = len(all)
			places[key] = i
			all, terminals = append(all, f), append(terminals, nil)
		}
		one := &all[i]
		one.Volume = max(one.Volume, f.Volume)
		if f.Begin.Before(one.Begin) {
			one.Begin = f.Begin
		}
		if f.End.After(one.End) {
			one.End = f.End
		}
		if !slices.Contains(terminals[i], f.TerminalName) {
			terminals[i] = append(terminals[i], f.TerminalName)
		}
	}
	for i := range all {
		all[i].TerminalName = names(terminals[i])
	}
	return all
}

// tellOf says one thing that sounded.
func (e *evidence) tellOf(d *Draft, f *Finding) {
	args := e.saying(f)
	code := "planned"
	switch {
	case f.Talk:
		code = "talk"
	case f.Class == playlists.ClassAlert:
		code = "alert"
	case f.Extra || f.OwnerName == "":
		code = "extra"
	}
	d.say(code, args)
	if code == "planned" && f.Cause == playlists.CausePreempted && f.CauseBy != "" && f.Begin.Sub(f.Due) >= time.Minute {
		d.say("deferred", map[string]any{"due": e.clock(f.Due), "begin": e.clock(f.Begin), "winner": f.CauseBy})
	}
}

// promise says what was changed, by what was chosen when the complaint was closed or else by what people did
// after it was written down and touches it, and to whom
// it is passed on.
func (e *evidence) promise(d *Draft, c *Case) {
	changes := c.ClosedWith
	if c.Closed.IsZero() {
		changes = slices.DeleteFunc(slices.Clone(c.Since), func(n ChangeNote) bool {
			return n.By == "" || n.At.Before(c.Created) // nobody did it for this caller
		})
	}
	before := len(d.Lines)
	for i := range changes {
		code := changed(&changes[i])
		said := slices.ContainsFunc(d.Lines, func(l Line) bool {
			return l.Code == "complaint_reply_"+code && l.Args["name"] == changes[i].Name
		})
		if code != "" && !said && len(d.Lines)-before < maxChanged {
			d.say(code, map[string]any{"name": changes[i].Name})
		}
	}
	if c.Nothing {
		return
	}
	owners := make(map[string]bool)
	for _, f := range e.meant(c.Findings) {
		if f.OwnerName != "" && !grid.Contains(e.complaint.Grid, f.Owner) && !owners[f.OwnerName] && len(owners) < maxNamed {
			owners[f.OwnerName] = true
			d.say("above", map[string]any{"owner": f.OwnerName})
		}
	}
	if len(d.Lines) == before {
		d.say("considering", nil)
	}
}

// changed is the sentence for a change that may help, or "" for one that does not.
func changed(n *ChangeNote) string {
	switch n.Subject {
	case subjectRound:
		switch n.Act {
		case actChanged:
			return "changed_round"
		case actPaused:
			return "changed_paused"
		case actRemoved:
			return "changed_removed"
		}
	case subjectCancellation:
		if n.Act == actCancelled {
			return "changed_cancelled"
		}
	case subjectPlaylist, subjectAnnouncement:
		if n.Act == actChanged {
			return "changed_content"
		}
	case subjectVolume:
		if n.Act == actMade || n.Act == actChanged {
			return "changed_volume"
		}
	case subjectQuiet, subjectTemporary, subjectPlace:
		if n.Act == actMade || n.Act == actChanged {
			return "changed_quiet"
		}
	case subjectLimits:
		return "changed_limits"
	}
	return ""
}

// names lists what there is room for.
func names(all []string) string {
	list := strings.Join(all[:min(len(all), maxNamed)], "、")
	if len(all) > maxNamed {
		list += "…"
	}
	return list
}

func either(yes bool, a, b string) string {
	if yes {
		return a
	}
	return b
}
