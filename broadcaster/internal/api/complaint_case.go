package api

import (
	"cmp"
	"context"
	"maps"
	"strings"
	"time"

	"dalaba/broadcaster/internal/access"
	"dalaba/broadcaster/internal/complaints"
	"dalaba/broadcaster/internal/rounds"
	"dalaba/playlists"
	"dalaba/playlists/timetable"
)

// sinceShown is how many changes since a complaint are shown: the latest, as many as it may be closed with.
const sinceShown = 100

func complaintOf(x complaints.Complaint) complaintShape {
	return complaintShape{
		ID: x.ID, Grid: string(x.Grid), GridPath: x.GridPath, Terminal: string(x.Terminal), TerminalName: x.TerminalName,
		Lat: x.Lat, Lon: x.Lon, At: x.At, Words: x.Words, Caller: x.Caller, By: x.By, Created: x.Created,
		Reply: x.Reply, Closed: instant(x.Closed), ClosedBy: x.ClosedBy, Outcome: x.Outcome,
	}
}

// caseOf shapes what is known of a complaint for p.
func (a *API) caseOf(ctx context.Context, p access.Person, c *complaints.Case) (caseShape, error) {
	t, err := a.readTeller(ctx)
	if err != nil {
		return caseShape{}, err
	}
	out := caseShape{
		Complaint: complaintOf(c.Complaint), Findings: shapes(c.Findings, t.finding), More: c.More,
		Unreported: texts(c.UnreportedNames),
		Remedies: shapes(c.Remedies, func(r complaints.Remedy) remedyShape {
			return t.remedy(&r, a.mayApply(ctx, p, &r))
		}),
		Draft: strings.Join(shapes(c.Draft.Lines, t.lineOf), "\n"),
	}
	if out.Since, err = a.noted(ctx, p, &t.ground, c.Since[:min(len(c.Since), sinceShown)]); err != nil {
		return out, err
	}
	out.ClosedWith, err = a.noted(ctx, p, &t.ground, c.ClosedWith)
	return out, err
}

func (t *teller) finding(f complaints.Finding) findingShape {
	var dialects []string
	for _, tag := range f.Dialects {
		if name := t.dialects[tag]; name != "" {
			dialects = append(dialects, name)
		}
	}
	out := findingShape{
		Terminal: string(f.Terminal), TerminalName: f.TerminalName, GridPath: f.GridPath, Round: string(f.Round),
		RoundName: f.RoundName, Owner: string(f.Owner), OwnerName: f.OwnerName, By: f.By, Announcement: f.Announcement,
		Dialect: t.list(dialects), Begin: f.Begin, End: f.End, Volume: f.Volume, AtTheMinute: f.AtTheMinute, Extra: f.Extra,
		Sentence: t.lineOf(f.Line),
	}
	if f.Metres >= 0 {
		out.Metres = &f.Metres
	}
	return out
}

func (t *teller) remedy(r *complaints.Remedy, mayApply bool) remedyShape {
	out := remedyShape{
		Kind: string(r.Kind), Round: string(r.Round), RoundName: r.RoundName, Playlist: string(r.Playlist), Grid: string(r.Grid),
		Terminal: string(r.Terminal), Above: r.Above, MayApply: mayApply, Sentence: t.lineOf(r.Line),
	}
	switch r.Kind {
	case complaints.RemedyLater:
		out.Start, out.Instead = r.Start.String(), r.Instead.String()
	case complaints.RemedyLower:
		out.From, out.To, out.Volume, out.VolumeInstead = r.From.String(), r.To.String(), r.Volume, r.VolumeInstead
	case complaints.RemedyShorter:
		out.LengthMS, out.Repeats, out.RepeatsInstead = int64(r.Length), r.Repeats, r.RepeatsInstead
	}
	return out
}

// mayApply tells whether p may do himself what is offered. What is a superior's is passed on, whoever looks at it.
func (a *API) mayApply(ctx context.Context, p access.Person, r *complaints.Remedy) bool {
	if r.Above {
		return false
	}
	switch r.Kind {
	case complaints.RemedyLater:
		return a.may(p, access.ActEditRound, r.Grid) == nil
	case complaints.RemedyLower:
		return a.may(p, access.ActEditVolume, r.Grid) == nil
	case complaints.RemedyShorter:
		list, err := a.Rounds.Playlist(ctx, r.Playlist)
		return err == nil && a.may(p, access.ActEditPlaylist, list.Owner) == nil && a.mayChangeRounds(ctx, p, list.ID) == nil
	case complaints.RemedyQuiet:
		return a.may(p, access.ActOrderQuiet, r.Grid) == nil
	}
	return false
}

// noted shapes changes that the complaints noted, in their order. What a change was made of is shown where it concerns p.
func (a *API) noted(ctx context.Context, p access.Person, g *ground, notes []complaints.ChangeNote) ([]changeShape, error) {
	out := make([]changeShape, 0, len(notes))
	for _, n := range notes {
		c := rounds.Change{
			Seq: n.Seq, At: n.At, By: n.By, Subject: rounds.Subject(n.Subject), ID: n.ID, Name: n.Name, Grid: n.Grid,
			Act: rounds.Act(n.Act),
		}
		kept, err := a.Rounds.Changes(ctx, rounds.ChangeFilter{Subject: c.Subject, ID: c.ID, BeforeSeq: c.Seq + 1, Most: 1})
		if err != nil {
			return nil, err
		}
		if len(kept) > 0 && kept[0].Seq == c.Seq {
			c = kept[0]
		}
		shape := a.changeOf(ctx, g, c)
		if !a.concerns(p, cmp.Or(c.Grid, g.root)) {
			shape.Before, shape.After = nil, nil
		}
		out = append(out, shape)
	}
	return out, nil
}

// lineOf is a sentence of the complaints room in the person's language.
func (t *teller) lineOf(l complaints.Line) string {
	args := maps.Clone(l.Args)
	if cause, ok := args["cause"].(string); ok {
		by, _ := args["winner"].(string)
		args["cause"] = cmp.Or(t.because(playlists.Cause(cause), timetable.Winner{Name: by}), t.say("because_unknown", nil))
	}
	if day, ok := args["date"].(string); ok {
		args["date"] = t.day(day, time.Now())
	}
	for name, unknown := range map[string]string{"by": "complaint_by_unknown", "titles": "complaint_untitled"} {
		if args[name] == "" {
			args[name] = t.say(unknown, nil)
		}
	}
	return t.say(l.Code, args)
}
