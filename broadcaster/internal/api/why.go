package api

import (
	"context"
	"slices"
	"strings"
	"time"

	"dalaba/broadcaster/internal/access"
	"dalaba/broadcaster/internal/rounds"
	"dalaba/broadcaster/internal/store"
	"dalaba/broadcaster/internal/territory"
	"dalaba/playlists"
	"dalaba/playlists/timetable"
)

type whyQuery struct {
	Terminal string    `query:"terminal" required:"true" maxLength:"80"`
	At       time.Time `query:"at" required:"true" doc:"An instant in the minute"`
}

// seen returns the terminal called id if p may see where it stands, or a grid with which it is shared.
func (a *API) seen(ctx context.Context, p access.Person, id string) (t territory.Terminal, err error) {
	err = a.Store.Read(ctx, func(tx *store.Tx) error {
		t, err = a.Territory.Terminal(ctx, tx, playlists.TerminalID(id))
		return err
	})
	if err != nil {
		return t, err
	}
	for _, code := range t.Shared {
		if a.may(p, access.ActSeeGrid, code) == nil {
			return t, nil
		}
	}
	return t, a.may(p, access.ActSeeGrid, t.Grid)
}

func (a *API) showWhy(ctx context.Context, p access.Person, in *whyQuery) (*answer[whyShape], error) {
	if _, err := a.date("at", playlists.DateOf(in.At.In(a.Location))); err != nil {
		return nil, err
	}
	placed, err := a.seen(ctx, p, in.Terminal)
	if err != nil {
		return nil, err
	}
	now := time.Now()
	if err := a.Ledger.CatchUp(ctx, now); err != nil {
		return nil, err
	}
	because, err := a.Rounds.Why(ctx, placed.ID, in.At)
	if err != nil {
		return nil, err
	}
	d, err := a.readDesk(ctx, p, now)
	if err != nil {
		return nil, err
	}
	if because.Programme != nil {
		d.limits = because.Programme.Limits
	}
	out := whyShape{
		Terminal: string(placed.ID), Name: placed.Name, GridPath: d.names.Path(placed.Grid),
		From: because.From, To: because.To, Verdict: string(because.Verdict), Rounds: []nameRef{},
		Lines: shapes(because.Lines, func(l rounds.Line) string { return d.line(l, placed, &because) }),
	}
	for _, l := range because.Lines {
		if ref := (nameRef{ID: string(l.Round), Name: named(l)}); l.Round != "" && !hasRef(out.Rounds, ref.ID) {
			out.Rounds = append(out.Rounds, ref)
		}
	}
	out.Before, out.After = d.beside(because.Before, &because), d.beside(because.After, &because)
	return &answer[whyShape]{Body: out}, nil
}

// named is the name of the round that l speaks of.
func named(l rounds.Line) string {
	name, _ := l.Args["round"].(string)
	return name
}

func hasRef(list []nameRef, id string) bool {
	for _, ref := range list {
		if ref.ID == id {
			return true
		}
	}
	return false
}

// beside is the slot of an airing next to the minute; nil for none.
func (d *desk) beside(x *timetable.Airing, because *rounds.Because) *slotShape {
	if x == nil {
		return nil
	}
	slot := d.planned(x, rounds.Contents(because.Programme, x.Entries))
	return &slot
}

// line is one sentence of an answer about a minute at placed.
func (d *desk) line(l rounds.Line, placed territory.Terminal, because *rounds.Because) string {
	args := make(map[string]any, len(l.Args)+3)
	for name, value := range l.Args {
		args[name] = value
	}
	args["place"], args["contents"] = d.nameOf(placed), d.asked(named(l), l.Contents)
	args["at"], args["because"] = d.clock(because.From), d.because(l.Cause, l.By)
	if l.By.Kind != "" {
		args["by"] = d.winner(l.By)
	}
	if args["by"] == "" {
		args["by"] = d.say("winner_person_unnamed", nil)
	}
	if args["because"] == "" {
		args["because"] = d.say("because_unknown", nil)
	}
	if day, ok := args["day"].(string); ok {
		args["day"] = d.day(day, d.now)
	}
	if l.Cause == playlists.CauseMuted && !l.By.Until.IsZero() { // it may last for weeks
		args["until"] = when(d.language, l.By.Until.In(d.zone), d.now)
	}
	code := l.Code
	switch {
	case code == "why_missed" && because.To.After(d.now):
		code = "why_will_miss"
	case code == "why_silent" && args["until"] != "":
		code = "why_silent_until"
	}
	return d.say(code, args)
}

// asked is what an airing of a round sounds, with the round's name where that is another.
func (t *teller) asked(round string, contents []rounds.Content) string {
	if len(contents) == 0 {
		return strings.TrimSpace(t.say("content", map[string]any{"title": round, "dialect": ""}))
	}
	list := t.list(t.contents(contents))
	if round == "" || !slices.ContainsFunc(contents, func(c rounds.Content) bool { return c.Title != round }) {
		return list
	}
	return t.say("content_of", map[string]any{"round": round, "contents": list})
}

// day is a day as people say it, with its year if that is not this one.
func (t *teller) day(text string, now time.Time) string {
	date, err := playlists.ParseDate(text)
	if err != nil {
		return text
	}
	at := date.Midnight(t.zone)
	form := map[language]string{chinese: "1月2日", english: "2 January"}[t.language]
	if at.Year() != now.In(t.zone).Year() {
		form = map[language]string{chinese: "2006年1月2日", english: "2 January 2006"}[t.language]
	}
	return at.Format(form)
}
