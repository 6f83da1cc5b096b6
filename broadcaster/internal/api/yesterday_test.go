package api

import (
	"crypto/rand"
	"encoding/json"
	"regexp"
	"sync/atomic"
	"testing"
	"time"

	"dalaba/broadcaster/internal/ledger"
	"dalaba/broadcaster/internal/store"
	"dalaba/playlists"
)

// coded finds what must never be on a screen: a code of a sentence, a place that was not filled, a word of the wire.
var coded = regexp.MustCompile(`\{|_`)

// yesterday is a town that was set up in the first minutes of the day before, so that it has a past.
type yesterday struct {
	*town
	day  playlists.Date
	past atomic.Bool
	seq  map[playlists.TerminalID]uint64
}

func newYesterday(t testing.TB) *yesterday {
	t.Helper()
	y := &yesterday{seq: make(map[playlists.TerminalID]uint64)}
	y.past.Store(true)
	zone, err := time.LoadLocation("Asia/Shanghai")
	check(t, err)
	y.day = playlists.DateOf(time.Now().In(zone)).AddDays(-1)
	begin := y.day.Midnight(zone).Add(time.Minute)
	since := time.Now()
	y.town = newTownAt(t, func() time.Time {
		if y.past.Load() {
			return begin.Add(time.Since(since))
		}
		return time.Now()
	})
	return y
}

// arrive lets the rooms come to the present.
func (y *yesterday) arrive() { y.past.Store(false) }

// at is a moment of yesterday.
func (y *yesterday) at(hour, minute int) time.Time {
	return playlists.NewTimeOfDay(hour, minute, 0).On(y.day, y.Location)
}

// reports delivers what a terminal says, as the next rows of its journal.
func (y *yesterday) reports(terminal playlists.TerminalID, list ...playlists.Report) {
	y.t.Helper()
	var rows []json.RawMessage
	for _, r := range list {
		y.seq[terminal]++
		r.Seq = y.seq[terminal]
		text, err := json.Marshal(r)
		check(y.t, err)
		rows = append(rows, text)
	}
	if _, err := y.Ledger.Ingest(y.t.Context(), terminal, "journal of "+string(terminal), rows); err != nil {
		y.t.Fatal(err)
	}
	y.read(func(tx *store.Tx) error {
		var reason, content string
		if err := tx.QueryRow("SELECT reason, content FROM quarantine LIMIT 1").Scan(&reason, &content); err == nil {
			y.t.Fatalf("not believed: %s: %s", reason, content)
		}
		return nil
	})
}

// asked is what the terminal's programme asked for in an airing of the round that was due at due.
func (y *yesterday) asked(terminal playlists.TerminalID, due time.Time, round string) (said ledger.Content) {
	y.t.Helper()
	y.read(func(tx *store.Tx) error {
		list, err := y.Ledger.AiringsOf(y.t.Context(), tx, terminal, due, due.Add(time.Minute))
		for _, x := range list {
			if string(x.Round) == round {
				said = x.Contents[0]
			}
		}
		return err
	})
	return said
}

func (w *town) read(do func(*store.Tx) error) {
	w.t.Helper()
	check(w.t, w.Store.Read(w.t.Context(), do))
}

// play is a play of an airing's only entry that began late after due; with a cause it was cut.
func (y *yesterday) play(terminal playlists.TerminalID, round string, due time.Time, late time.Duration, cause playlists.Cause) playlists.Report {
	y.t.Helper()
	return y.playOf(y.asked(terminal, due, round), terminal, round, due, late, cause)
}

func (y *yesterday) playOf(said ledger.Content, terminal playlists.TerminalID, round string, due time.Time, late time.Duration, cause playlists.Cause) playlists.Report {
	begin := due.Add(late)
	p := &playlists.Play{
		Event: rand.Text(), Airing: playlists.NewAiringID(playlists.RoundID(round), due, terminal), Round: playlists.RoundID(round), Due: due, Revision: 1,
		Attempt: 1, Entry: 0, Entries: 1, Announcement: said.Announcement, Dialect: said.Dialect, Clip: said.Clip, Boot: "boot", Process: "process",
		Begin: begin, End: begin.Add(time.Second), Mono: 1000, Sounded: 1000, Clock: playlists.ClockTrusted, Volume: 70,
		Result: playlists.ResultComplete, Evidence: playlists.EvidencePlayer, Output: "file",
	}
	if cause != "" {
		p.Result, p.Cause, p.Sounded = playlists.ResultCut, cause, 300
	}
	return playlists.Report{Play: p}
}

func (y *yesterday) miss(terminal playlists.TerminalID, round string, due time.Time, cause playlists.Cause, by string) playlists.Report {
	return playlists.Report{Miss: &playlists.Miss{
		Airing: playlists.NewAiringID(playlists.RoundID(round), due, terminal), Round: playlists.RoundID(round), Due: due, Revision: 1,
		Cause: cause, By: by,
	}}
}

func accounted(through time.Time, revisions ...uint64) playlists.Report {
	return playlists.Report{Accounted: &playlists.Accounted{Through: through, Revisions: revisions}}
}
