package api

import (
	"context"
	"time"

	"dalaba/broadcaster/internal/access"
	"dalaba/broadcaster/internal/rounds"
	"dalaba/playlists"
)

// temporaryShown is how long temporary quiet is still shown after it has ended.
const temporaryShown = 30 * 24 * time.Hour

func (a *API) temporaryOf(p access.Person, g *ground, q rounds.TemporaryQuiet) temporaryQuietShape {
	return temporaryQuietShape{
		ID: q.ID, Grid: string(q.Grid), GridName: g.names.Path(q.Grid),
		Terminal: string(q.Terminal), TerminalName: g.terminals[q.Terminal].Name,
		Reason: string(q.Reason), Note: q.Note, Begin: q.Begin, End: q.End, By: q.By, Created: q.Created, EndedBy: q.EndedBy,
		MayEnd: q.EndsAfter(time.Now()) && a.mayEndTemporary(p, q) == nil,
	}
}

// concernedBy tells whether q silences something that p may see, or silences p's grid from above. What silences one
// terminal matters to those who may see that terminal.
func (a *API) concernedBy(p access.Person, g *ground, q rounds.TemporaryQuiet) bool {
	if q.Terminal == "" {
		return a.concerns(p, q.Grid)
	}
	node := q.Grid
	if t, placed := g.terminals[q.Terminal]; placed {
		node = t.Grid
	}
	return a.may(p, access.ActSeeGrid, node) == nil
}

func (a *API) listTemporaryQuiet(ctx context.Context, p access.Person, _ *none) (*answer[temporaryQuietListShape], error) {
	all, err := a.Rounds.TemporaryQuiet(ctx, time.Now().Add(-temporaryShown))
	if err != nil {
		return nil, err
	}
	g, err := a.readGround(ctx)
	if err != nil {
		return nil, err
	}
	out := &answer[temporaryQuietListShape]{Body: temporaryQuietListShape{Quiet: []temporaryQuietShape{}}}
	for _, q := range all {
		if a.concernedBy(p, &g, q) {
			out.Body.Quiet = append(out.Body.Quiet, a.temporaryOf(p, &g, q))
		}
	}
	return out, nil
}

// makeTemporaryQuiet takes the right at the grid for which p acts, and at the terminal's own.
func (a *API) makeTemporaryQuiet(ctx context.Context, p access.Person, in *making[newTemporaryQuietShape]) (*answer[temporaryQuietShape], error) {
	node := playlists.GridCode(in.Body.Grid)
	if err := a.may(p, access.ActOrderQuiet, node); err != nil {
		return nil, err
	}
	g, err := a.readGround(ctx)
	if err != nil {
		return nil, err
	}
	if t, placed := g.terminals[playlists.TerminalID(in.Body.Terminal)]; placed {
		if err := a.may(p, access.ActOrderQuiet, t.Grid); err != nil {
			return nil, err
		}
	}
	q, err := a.Rounds.AddTemporaryQuiet(ctx, rounds.TemporaryQuiet{
		TemporaryQuiet: playlists.TemporaryQuiet{Grid: node, Begin: in.Body.Begin, End: in.Body.End},
		Terminal:       playlists.TerminalID(in.Body.Terminal), Reason: rounds.QuietReason(in.Body.Reason), Note: in.Body.Note,
		By: p.Display, ByID: p.ID,
	})
	if err != nil {
		return nil, err
	}
	a.feed.Changed(TopicQuiet)
	return &answer[temporaryQuietShape]{Body: a.temporaryOf(p, &g, q)}, nil
}

// mayEndTemporary returns nil for who ordered it, as long as he may order it there, and for who may lift quiet there: to
// shorten what another has ordered is an administrator's act.
func (a *API) mayEndTemporary(p access.Person, q rounds.TemporaryQuiet) error {
	if q.ByID == p.ID && a.may(p, access.ActOrderQuiet, q.Grid) == nil {
		return nil
	}
	return a.may(p, access.ActLiftQuiet, q.Grid)
}

func (a *API) endTemporaryQuiet(ctx context.Context, p access.Person, in *byID) (*none, error) {
	running, err := a.Rounds.TemporaryQuiet(ctx, time.Now())
	if err != nil {
		return nil, err
	}
	for _, q := range running {
		if q.ID != in.ID {
			continue
		}
		if err := a.mayEndTemporary(p, q); err != nil {
			return nil, err
		}
		defer a.feed.Changed(TopicQuiet)
		return &none{}, a.Rounds.EndTemporaryQuiet(ctx, q.ID, p.Display)
	}
	return nil, &playlists.Problem{Kind: playlists.NotFound, Code: "quiet_unknown"}
}

// silencesNamed is how many places a person is told of that are in temporary quiet; the others are counted.
const silencesNamed = 3

// silentNow says where temporary quiet is in force that concerns p.
func (a *API) silentNow(ctx context.Context, p access.Person, l language) ([]string, error) {
	now := time.Now()
	running, err := a.Rounds.TemporaryQuiet(ctx, now)
	if err != nil || len(running) == 0 {
		return nil, err
	}
	g, err := a.readGround(ctx)
	if err != nil {
		return nil, err
	}
	var said []string
	more := 0
	for _, q := range running {
		switch {
		case q.Begin.After(now) || !q.End.After(now) || !a.concernedBy(p, &g, q):
		case len(said) == silencesNamed:
			more++
		default:
			said = append(said, sentence(l, "notice_silent", map[string]any{
				"place": g.place(q.Grid, q.Terminal), "reason": sentence(l, "quiet_for_"+string(q.Reason), nil),
				"until": when(l, q.End.In(a.Location), now),
			}))
		}
	}
	if more > 0 {
		said = append(said, sentence(l, "notice_silent_more", map[string]any{"count": more}))
	}
	return said, nil
}
