package api

import (
	"context"
	"slices"
	"time"

	"dalaba/broadcaster/internal/access"
	"dalaba/broadcaster/internal/hearing"
	"dalaba/broadcaster/internal/ledger"
	"dalaba/broadcaster/internal/store"
	"dalaba/broadcaster/internal/territory"
	"dalaba/playlists"
)

type heardQuery struct {
	Terminal string `query:"terminal" maxLength:"80" doc:"Only what sounded there"`
}

// verify says in the shape of a terminal who heard it last.
func (s *terminalShape) verify(c hearing.Confirmation, now time.Time) {
	if s.Kind == string(playlists.KindScreen) {
		return
	}
	s.Verified = "no"
	if c.Holds(now) {
		s.Verified = "yes"
	}
	if c.At.IsZero() {
		return
	}
	s.HeardAt, s.HeardBy, s.HeardHow = &c.At, c.By, "person"
	if c.Microphone {
		s.HeardHow = "microphone"
	}
}

// listHeard shows what sounded within a day at the terminals that p may see, with what he said of it.
func (a *API) listHeard(ctx context.Context, p access.Person, in *heardQuery) (*answer[heardShape], error) {
	now := time.Now()
	filter := ledger.Filter{Grid: p.Grid, Since: now.Add(-hearing.AskedFor), Until: now, Limit: ledger.MaxList}
	if in.Terminal != "" {
		t, err := a.seen(ctx, p, in.Terminal)
		if err != nil {
			return nil, err
		}
		filter.Grid, filter.Terminal = "", t.ID
	} else if err := a.may(p, access.ActSeeGrid, p.Grid); err != nil {
		return nil, err
	}
	if err := a.Ledger.CatchUp(ctx, now); err != nil {
		return nil, err
	}
	f, err := a.readFloor(ctx)
	if err != nil {
		return nil, err
	}
	var airings []ledger.Airing
	var answers map[playlists.AiringID]hearing.Answer
	if err := a.Store.Read(ctx, func(tx *store.Tx) error {
		if airings, _, err = a.Ledger.Airings(ctx, tx, filter); err != nil {
			return err
		}
		answers, err = a.Hearing.AnswersOf(ctx, tx, p.ID, now.Add(-2*hearing.AskedFor))
		return err
	}); err != nil {
		return nil, err
	}
	// What has moved since is asked about where it stands now.
	f.terminals = slices.DeleteFunc(f.terminals, func(t territory.Terminal) bool {
		return in.Terminal == "" && a.may(p, access.ActSeeGrid, t.Grid) != nil
	})
	out := &answer[heardShape]{Body: heardShape{Asked: f.asked(airings, in.Terminal == "")}}
	own := make(map[string]*answeredShape, len(answers))
	for id, said := range answers {
		own[id.String()] = answeredOf(said)
	}
	for i := range out.Body.Asked {
		out.Body.Asked[i].Answer = own[out.Body.Asked[i].Airing]
	}
	return out, nil
}

// asked lists those of airings that sounded or sound, at terminals that stand; only the latest of each terminal if lastOnly.
func (f *floor) asked(airings []ledger.Airing, lastOnly bool) []askedShape {
	standing := make(map[playlists.TerminalID]territory.Terminal, len(f.terminals))
	for _, t := range f.terminals {
		standing[t.ID] = t
	}
	has := make(map[playlists.TerminalID]bool)
	list := []askedShape{}
	for _, x := range airings {
		t, stands := standing[x.Terminal]
		live := f.live[x.Terminal]
		sounding := live.Connected && live.Status.Sounding != nil && live.Status.Sounding.Airing == x.ID
		begin := x.Began
		if sounding && begin.IsZero() {
			begin = live.Status.Sounding.Begin
		}
		if !stands || begin.IsZero() || lastOnly && has[t.ID] {
			continue
		}
		has[t.ID] = true
		list = append(list, askedShape{
			Airing: x.ID.String(), Terminal: string(t.ID), TerminalName: t.Name, GridPath: f.names.Path(t.Grid),
			Round: x.RoundName, Begin: begin, Sounding: sounding,
		})
	}
	slices.SortStableFunc(list, func(x, y askedShape) int { return y.Begin.Compare(x.Begin) })
	return list
}

func answeredOf(x hearing.Answer) *answeredShape {
	return &answeredShape{Heard: x.Heard, Note: x.Note, At: x.At, Until: x.First.Add(hearing.ChangeableFor), Task: x.Task}
}

// answerHeard keeps whether p heard an airing.
func (a *API) answerHeard(ctx context.Context, p access.Person, in *editing[newAnswerShape]) (*answer[answeredShape], error) {
	t, err := a.seen(ctx, p, in.Body.Terminal)
	if err != nil {
		return nil, err
	}
	asked := hearing.Answer{Terminal: t.ID, Person: p.ID, By: p.Display, Heard: in.Body.Heard, Note: in.Body.Note}
	if err := asked.Airing.UnmarshalText([]byte(in.ID)); err != nil {
		return nil, &playlists.Problem{Kind: playlists.NotFound, Code: "airing_not_told", Err: err}
	}
	if err := a.Ledger.CatchUp(ctx, time.Now()); err != nil {
		return nil, err
	}
	kept, err := a.Hearing.Answer(ctx, asked)
	if err != nil {
		return nil, err
	}
	a.feed.Changed(TopicHearing)
	a.feed.Changed(TopicTerminals)
	return &answer[answeredShape]{Body: *answeredOf(kept)}, nil
}
