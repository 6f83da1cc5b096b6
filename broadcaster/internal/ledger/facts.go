package ledger

import (
	"context"
	"time"

	"dalaba/broadcaster/internal/ledger/ledgersql"
	"dalaba/broadcaster/internal/store"
	"dalaba/playlists"
	"dalaba/playlists/timetable"
)

// AiringsOf returns how every airing at terminal stands that was due from from up to, not including, to, in the order of
// due time, as far as CatchUp and the terminal's reports have come.
func (l *Ledger) AiringsOf(ctx context.Context, tx *store.Tx, terminal playlists.TerminalID, from, to time.Time) ([]Airing, error) {
	rows, err := ledgersql.New(tx).AiringsOf(ctx, ledgersql.AiringsOfParams{
		Terminal: string(terminal), Since: from.UnixMilli(), Until: to.UnixMilli(),
	})
	if err != nil {
		return nil, wrap("list airings", terminal, err)
	}
	list := make([]Airing, len(rows))
	for i, r := range rows {
		if list[i], err = airingOf(r); err != nil {
			return nil, wrap("list airings", terminal, err)
		}
	}
	return list, nil
}

// Facts returns what terminal reported of airings due from from up to, not including, to, for timetable.Plan: the attempts
// that sounded and what was given up, just as the terminal tells its own plan of them, and what its account says that it
// never received. Outages are not reported; the misses and the delays that come of them are. Of an announcement some of
// whose entries have sounded, and none was cut, the attempt sounds still, until it should have been over for as long as
// tellsWithin; then it is given up without a cause, for nobody knows. Where a plan with these facts still places an
// airing in time that has passed, nothing has been reported about it.
func (l *Ledger) Facts(ctx context.Context, tx *store.Tx, terminal playlists.TerminalID, from, to time.Time) ([]timetable.Fact, error) {
	q := ledgersql.New(tx)
	since, until := from.UnixMilli(), to.UnixMilli()
	plays, err := q.AttemptsOf(ctx, ledgersql.AttemptsOfParams{Terminal: string(terminal), Since: since, Until: until})
	if err != nil {
		return nil, wrap("read attempts", terminal, err)
	}
	begun, err := q.BegunOf(ctx, ledgersql.BegunOfParams{Terminal: string(terminal), Since: since, Until: until})
	if err != nil {
		return nil, wrap("read what has begun", terminal, err)
	}
	facts := soundedFacts(terminal, plays)
	if facts, err = goOn(facts, terminal, begun, tx.Now); err != nil {
		return nil, wrap("read what has begun", terminal, err)
	}
	misses, err := q.MissesOf(ctx, ledgersql.MissesOfParams{Terminal: string(terminal), Since: since, Until: until})
	if err != nil {
		return nil, wrap("read misses", terminal, err)
	}
	var last ledgersql.MissesOfRow
	for _, m := range misses {
		if m.Due == last.Due && m.Round == last.Round {
			continue // the first one counts, as in judge
		}
		last = m
		facts = append(facts, missedFact(terminal, m))
	}
	unreceived, err := q.UnreceivedOf(ctx, ledgersql.UnreceivedOfParams{Terminal: string(terminal), Since: since, Until: until})
	if err != nil {
		return nil, wrap("read what was not received", terminal, err)
	}
	for _, m := range unreceived {
		facts = append(facts, missedFact(terminal, ledgersql.MissesOfRow(m)))
	}
	return facts, nil
}

func missedFact(terminal playlists.TerminalID, m ledgersql.MissesOfRow) timetable.Fact {
	due := instant(m.Due)
	return timetable.Fact{
		Kind: timetable.FactMissed, Begin: due, Airing: playlists.NewAiringID(playlists.RoundID(m.Round), due, terminal),
		Cause: playlists.Cause(m.Cause), By: m.ByWhom, ByKind: timetable.WinnerKind(m.ByKind), Grid: playlists.GridCode(m.ByGrid),
	}
}

// soundedFacts makes a fact of each attempt. plays are sorted by attempt, and those of one as they were written.
func soundedFacts(terminal playlists.TerminalID, plays []ledgersql.AttemptsOfRow) []timetable.Fact {
	var facts []timetable.Fact
	for len(plays) > 0 {
		first, n := plays[0], 1
		for n < len(plays) && sameAttempt(first, plays[n]) {
			n++
		}
		facts = append(facts, soundedFact(terminal, plays[:n]))
		plays = plays[n:]
	}
	return facts
}

func sameAttempt(a, b ledgersql.AttemptsOfRow) bool {
	return a.Due == b.Due && a.Round == b.Round && a.Journal == b.Journal && a.Attempt == b.Attempt
}

// soundedFact tells of one attempt. Where it was cut its cause is the cut's, where it is whole what made it late. One that
// ended between two entries, or goes on, has none: what ended it stands in the programme, or among the misses.
func soundedFact(terminal playlists.TerminalID, plays []ledgersql.AttemptsOfRow) timetable.Fact {
	due := instant(plays[0].Due)
	f := timetable.Fact{
		Kind: timetable.FactSounded, Airing: playlists.NewAiringID(playlists.RoundID(plays[0].Round), due, terminal),
		Attempt: int(plays[0].Attempt), Begin: instant(plays[0].Began - plays[0].Lead),
	}
	complete := 0
	var late reason
	for _, p := range plays {
		if began := instant(p.Began - p.Lead); began.Before(f.Begin) {
			f.Begin = began
		}
		if ended := instant(p.Ended); ended.After(f.End) {
			f.End = ended
		}
		why := reasonOf(p.Cause, p.ByWhom, p.ByKind, p.ByGrid)
		if p.Result == string(playlists.ResultComplete) {
			complete++
			f.Entries = max(f.Entries, int(p.Entry)+1)
			late = firstReason(late, &why)
		} else {
			tell(&f, why)
		}
	}
	if f.Whole = complete >= int(plays[0].Entries); f.Whole {
		tell(&f, late)
	}
	return f
}

func tell(f *timetable.Fact, why reason) {
	f.Cause, f.By, f.ByKind, f.Grid = why.cause, why.by, why.kind, why.grid
}

// tellsWithin is how long after its foreseen end a terminal may be silent about an airing that it has begun, before
// nobody believes that it sounds still.
const tellsWithin = time.Minute

// goOn lets the last attempt at each airing of begun sound still, if none of its entries was cut.
func goOn(facts []timetable.Fact, terminal playlists.TerminalID, begun []ledgersql.BegunOfRow, now time.Time) ([]timetable.Fact, error) {
	for _, row := range begun {
		id := playlists.NewAiringID(playlists.RoundID(row.Round), instant(row.Due), terminal)
		var last *timetable.Fact
		for i := range facts {
			if f := &facts[i]; f.Airing == id && (last == nil || f.Begin.After(last.Begin)) {
				last = f
			}
		}
		if last == nil || last.Whole || last.Cause != "" {
			continue
		}
		contents, err := readContents(row.Contents, row.Clips)
		if err != nil {
			return nil, err
		}
		if now.Before(last.Begin.Add(Length(contents).Duration() + tellsWithin)) {
			last.End = time.Time{}
			continue
		}
		facts = append(facts, timetable.Fact{Kind: timetable.FactMissed, Begin: instant(row.Due), Airing: id})
	}
	return facts, nil
}
