package api

import (
	"context"
	"slices"
	"time"

	"dalaba/broadcaster/internal/access"
	"dalaba/broadcaster/internal/rounds"
	"dalaba/playlists"
)

// lateShown is how many terminals a sentence names.
const lateShown = 3

type checkingRound struct {
	ID   string `query:"id" maxLength:"80" doc:"The round that is being changed; empty for a new one"`
	Body roundEditShape
}

func (a *API) checkRound(ctx context.Context, p access.Person, in *checkingRound) (*answer[previewShape], error) {
	x, err := a.draftOf(ctx, p, in.ID, in.Body)
	if err != nil {
		return nil, err
	}
	preview, err := a.Rounds.Check(ctx, x)
	if err != nil {
		return nil, err
	}
	t, err := a.readTeller(ctx)
	if err != nil {
		return nil, err
	}
	out := &answer[previewShape]{Body: previewShape{
		Terminals: shapes(preview.Terminals, func(t rounds.Terminal) string { return t.Name }),
		Next:      shapes(preview.Firings, func(t time.Time) time.Time { return t }),
		Warnings:  shapes(preview.Warnings, t.warning),
	}}
	for _, length := range preview.Lengths {
		out.Body.LengthMS = max(out.Body.LengthMS, int64(length.Length))
	}
	out.Body.Late, err = a.late(ctx, &t, x)
	return out, err
}

// warning is the sentence of w, in which grids have names.
func (t *teller) warning(w rounds.Warning) string {
	if code, ok := w.Args["grid"].(string); ok {
		w.Args["grid"] = t.names.Path(playlists.GridCode(code))
	}
	return t.say(w.Code, w.Args)
}

// lateForRound tells who cannot hear in time that a round is paused or removed.
func (a *API) lateForRound(ctx context.Context, p access.Person, in *byID) (*answer[lateShape], error) {
	x, err := a.round(ctx, p, in.ID)
	if err != nil {
		return nil, err
	}
	t, err := a.readTeller(ctx)
	if err != nil {
		return nil, err
	}
	out := &answer[lateShape]{}
	out.Body, err = a.late(ctx, &t, x)
	return out, err
}

// late tells who cannot be told of a change of x before it falls due.
func (a *API) late(ctx context.Context, t *teller, x rounds.Round) (lateShape, error) {
	late, err := a.Rounds.Late(ctx, x)
	if err != nil {
		return lateShape{}, err
	}
	out := lateShape{Next: instant(late.Next), Terminals: shapes(late.Terminals, func(x rounds.Terminal) string {
		return t.place(x.Grid, x.ID)
	})}
	count := len(out.Terminals)
	if count == 0 {
		return out, nil
	}
	args := map[string]any{"count": count, "time": t.clock(late.Next), "names": t.list(out.Terminals[:min(count, lateShown)])}
	code := "late_for_round"
	if count > lateShown {
		code = "late_for_round_many"
	}
	out.Sentence = t.say(code, args)
	return out, nil
}

func (a *API) dryRunRound(ctx context.Context, p access.Person, in *checkingRound) (*answer[dryRunShape], error) {
	x, err := a.draftOf(ctx, p, in.ID, in.Body)
	if err != nil {
		return nil, err
	}
	t, err := a.readTeller(ctx)
	if err != nil {
		return nil, err
	}
	titles, err := a.announcementTitles(ctx)
	if err != nil {
		return nil, err
	}
	var run rounds.DryRun
	if err := a.dryRuns.alone(ctx, p.ID, func(ctx context.Context) (err error) {
		run, err = a.Rounds.DryRun(ctx, x)
		return err
	}); err != nil {
		return nil, err
	}
	return &answer[dryRunShape]{Body: dryRunShape{
		From: run.From.String(), Until: run.Until.String(), Unplanned: run.Unplanned,
		Outcomes: shapes(run.Outcomes, func(o rounds.Outcome) outcomeShape { return t.outcome(o, x.Volume, titles) }),
	}}, nil
}

func (t *teller) outcome(o rounds.Outcome, asked int, titles map[playlists.AnnouncementID]string) outcomeShape {
	out := outcomeShape{
		Terminals: shapes(o.Terminals, func(x rounds.Terminal) string { return t.place(x.Grid, x.ID) }),
		Contents:  []string{}, Dialects: []string{},
		Sounds: o.Sounds, Deferred: o.Deferred, Missed: o.Missed, Own: shapes(o.Own, t.fateOf),
		Moves: o.Moves, Displaces: o.Displaces, Frees: o.Frees, Alters: o.Alters, Others: shapes(o.Others, t.fateOf),
		Tied: o.Tied,
	}
	if o.Loudness.Held(asked) {
		out.Volume = t.warning(rounds.HeldWarning(asked, o.Loudness))
	}
	for _, e := range o.Entries {
		out.Contents = appendNew(out.Contents, t.content(titles[e.Announcement], e.Dialect))
		out.Dialects = appendNew(out.Dialects, string(e.Dialect))
	}
	return out
}

func (t *teller) fateOf(f rounds.Fate) fateShape {
	out := fateShape{
		Round: f.Name, Due: f.Due, Kind: string(f.Kind), Before: instant(f.Before), Start: instant(f.Start),
		Reason: t.fate(f.Due, f.Start, f.Cause, f.By),
	}
	if out.Kind == "" {
		out.Kind = "own"
	}
	return out
}

func appendNew(list []string, text string) []string {
	if slices.Contains(list, text) {
		return list
	}
	return append(list, text)
}
