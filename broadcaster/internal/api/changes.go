package api

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"maps"
	"slices"
	"strings"
	"time"

	"dalaba/broadcaster/internal/access"
	"dalaba/broadcaster/internal/rounds"
	"dalaba/playlists"
)

// Bounds on what one change shows.
const (
	maxChangeFields = 20
	// maxChangeBytes is how long before and after may be; longer ones are left out, as a phone shows neither.
	maxChangeBytes = 16 << 10
)

type changesQuery struct {
	Subject string `query:"subject" maxLength:"40"`
	ID      string `query:"id" maxLength:"80"`
	Grid    string `query:"grid" maxLength:"18" doc:"At or below; the person's own grid when empty"`
	Before  int64  `query:"before" minimum:"0" doc:"What the page before returned as before"`
	Limit   int    `query:"limit" minimum:"1" maximum:"200" default:"50"`
}

// listChanges shows what was changed at the grids that p may see. What belongs to no grid is the town's.
func (a *API) listChanges(ctx context.Context, p access.Person, in *changesQuery) (*answer[changesShape], error) {
	node := playlists.GridCode(in.Grid)
	if node == "" {
		node = p.Grid
	}
	if err := a.may(p, access.ActSeeGrid, node); err != nil {
		return nil, err
	}
	g, err := a.readGround(ctx)
	if err != nil {
		return nil, err
	}
	filter := rounds.ChangeFilter{
		Subject: rounds.Subject(in.Subject), ID: in.ID, Grid: node, BeforeSeq: in.Before, Most: in.Limit + 1,
	}
	if node == g.root {
		filter.Grid = ""
	}
	all, err := a.Rounds.Changes(ctx, filter)
	if err != nil {
		return nil, err
	}
	out := &answer[changesShape]{}
	if len(all) > in.Limit {
		all = all[:in.Limit]
		out.Body.Before = all[in.Limit-1].Seq
	}
	out.Body.Changes = shapes(all, func(c rounds.Change) changeShape { return a.changeOf(ctx, &g, c) })
	return out, nil
}

// changeOf shapes c in the language of ctx's caller.
func (a *API) changeOf(ctx context.Context, g *ground, c rounds.Change) changeShape {
	out := changeShape{
		Seq: c.Seq, At: c.At, By: c.By, Subject: string(c.Subject), ID: c.ID, Name: c.Name, Grid: string(c.Grid),
		GridName: g.names.Path(c.Grid), Act: string(c.Act), Fields: differing(c.Before, c.After),
	}
	out.Sentence = a.changeSentence(callerOf(ctx).language, g, c, out.Fields)
	if len(c.Before) <= maxChangeBytes && len(c.After) <= maxChangeBytes {
		out.Before, out.After = c.Before, c.After
	}
	return out
}

// unsaid are fields that change with others, or of themselves.
var unsaid = []string{"since", "by", "created", "at"}

// differing names the fields that differ between two things, in order, at most maxChangeFields. Where there was nothing,
// or is nothing, none does.
func differing(before, after json.RawMessage) []string {
	var was, is map[string]json.RawMessage
	if json.Unmarshal(before, &was) != nil || json.Unmarshal(after, &is) != nil {
		return []string{}
	}
	both := maps.Clone(was)
	maps.Copy(both, is)
	names := slices.DeleteFunc(slices.Sorted(maps.Keys(both)), func(name string) bool {
		return bytes.Equal(was[name], is[name]) || slices.Contains(unsaid, name)
	})
	return append([]string{}, names[:min(len(names), maxChangeFields)]...)
}

// changed is what a sentence about a change may need of the thing that was changed.
type changed struct {
	Terminal    playlists.TerminalID `json:"terminal"`
	Reason      string               `json:"reason"`
	Begin       time.Time            `json:"begin"`
	End         time.Time            `json:"end"`
	Due         time.Time            `json:"due"`
	LiftedUntil time.Time            `json:"lifted_until"`
	LiftReason  string               `json:"lift_reason"`
	Until       time.Time            `json:"until"`
}

// changeSentence says who did what.
func (a *API) changeSentence(l language, g *ground, c rounds.Change, fields []string) string {
	var x changed
	text := c.After
	if text == nil {
		text = c.Before
	}
	if json.Unmarshal(text, &x) != nil {
		x = changed{}
	}
	day := func(t time.Time) string { return dated(l, t.In(a.Location), time.Now()) }
	thing, act := "thing_"+string(c.Subject), "change_"+string(c.Act)
	if c.Subject == rounds.SubjectCancellation && x.Terminal != "" {
		thing += "_at"
	}
	if c.Subject == rounds.SubjectTemporaryQuiet && c.Act == rounds.ActMade {
		act = "change_ordered"
	}
	said := fieldNames(l, fields)
	if c.Act == rounds.ActChanged && said == "" {
		act = "change_touched"
	}
	by := c.By
	if by == "" {
		by = sentence(l, "change_by_nobody", nil)
	}
	args := map[string]any{"by": by, "fields": said, "reason": x.LiftReason, "from": day(x.Begin), "until": day(x.LiftedUntil)}
	if c.Subject == rounds.SubjectTemporaryQuiet {
		args["reason"], args["until"] = sentence(l, "quiet_for_"+x.Reason, nil), day(x.End)
	}
	if c.Subject == rounds.SubjectMute {
		args["reason"], args["until"] = x.Reason, day(x.Until)
		act = cmp.Or(map[rounds.Act]string{rounds.ActMade: "change_muted", rounds.ActEnded: "change_unmuted"}[c.Act], act)
	}
	args["thing"] = sentence(l, thing, map[string]any{
		"name": c.Name, "place": g.place(c.Grid, x.Terminal), "reason": args["reason"], "due": day(x.Due),
	})
	return sentence(l, act, args)
}

// fieldNames says what people call the fields, each once. What they have no word for is left out.
func fieldNames(l language, fields []string) string {
	var said []string
	for _, field := range fields {
		if p, known := changeSentences["field_"+field]; known {
			if name := p.in(l, nil); !slices.Contains(said, name) {
				said = append(said, name)
			}
		}
	}
	if l == english {
		return strings.Join(said, ", ")
	}
	return strings.Join(said, "、")
}
