package ledger

import (
	"cmp"
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"dalaba/broadcaster/internal/ledger/ledgersql"
	"dalaba/broadcaster/internal/store"
	"dalaba/playlists"
	"dalaba/playlists/timetable"
)

// AckedThrough returns the highest sequence of journal that is stored for good, zero for a journal that is not known.
// It returns ErrJournal for one that is another terminal's.
func (l *Ledger) AckedThrough(ctx context.Context, terminal playlists.TerminalID, journal string) (uint64, error) {
	var acked uint64
	err := l.db.Read(ctx, func(tx *store.Tx) (err error) {
		acked, err = ackedThrough(ctx, ledgersql.New(tx), terminal, journal)
		return err
	})
	if err != nil {
		return 0, wrap("read journal", terminal, err)
	}
	return acked, nil
}

func ackedThrough(ctx context.Context, q *ledgersql.Queries, terminal playlists.TerminalID, journal string) (uint64, error) {
	known, err := q.JournalOf(ctx, journal)
	switch {
	case errors.Is(err, sql.ErrNoRows):
		return 0, nil
	case err != nil:
		return 0, err
	case known.Terminal != string(terminal):
		return 0, fmt.Errorf("%w: %s", ErrJournal, known.Terminal)
	}
	return uint64(known.Acked), nil
}

// Ingest stores rows of journal, each the JSON of one playlists.Report, and returns through which sequence the journal
// is stored for good. Three things may happen to a row. 1. Its sequence is above all that are stored: it is stored, in
// quarantine if it cannot be believed. 2. It is not: it was delivered before, and nothing happens. 3. Something goes
// wrong: then nothing of this call is stored, and the error says why. A sequence that is left out is one that the
// terminal has lost, and never comes; that is written down too. So a terminal's rows must be handed over in the order in
// which it sent them, and after an error none that it sent later, before it has been told again through which sequence
// its journal is stored. Ingest returns ErrJournal for a journal that is another terminal's or has no usable id.
func (l *Ledger) Ingest(ctx context.Context, terminal playlists.TerminalID, journal string, contents []json.RawMessage) (uint64, error) {
	if journal == "" || !plain(journal, maxWord) || strings.ToValidUTF8(journal, "") != journal {
		return 0, wrap("store reports", terminal, ErrJournal)
	}
	rows := make([]row, len(contents)) // read before the transaction, which keeps others from writing
	for i, content := range contents {
		rows[i] = readRow(content)
	}
	var b *batch
	err := l.db.Write(ctx, func(tx *store.Tx) (err error) {
		b = l.newBatch(ctx, tx, terminal, journal)
		defer func() { err = errors.Join(err, b.close()) }()
		return b.store(rows)
	})
	if err != nil {
		return 0, wrap("store reports", terminal, err)
	}
	if b.bad > 0 || b.lost > 0 {
		l.log.Warn("reports not as they should be", "terminal", terminal, "journal", journal, "quarantined", b.bad,
			"lost", b.lost, "acked", b.acked)
	}
	return b.acked, nil
}

// batch is one Ingest at work in its transaction.
type batch struct {
	*settler
	journal string
	// acked is the last sequence that has been stored; bad counts the rows put into quarantine, lost those that will
	// never come.
	acked uint64
	bad   int
	lost  uint64
	// touched are the airings of which something new is known, in the order of their first row, and news is what.
	touched []airingKey
	news    map[airingKey]*testimony
	// through is the latest moment for which the terminal accounted, zero for none.
	through time.Time
}

func (l *Ledger) newBatch(ctx context.Context, tx *store.Tx, terminal playlists.TerminalID, journal string) *batch {
	return &batch{settler: l.newSettler(ctx, tx, terminal), journal: journal, news: make(map[airingKey]*testimony)}
}

func (b *batch) store(rows []row) error {
	before, err := ackedThrough(b.ctx, b.q, b.terminal, b.journal)
	if err != nil {
		return err
	}
	b.acked = before
	number(rows, before)
	slices.SortStableFunc(rows, func(a, b row) int { return cmp.Compare(a.Seq, b.Seq) })
	for i := range rows {
		if rows[i].Seq <= b.acked {
			continue
		}
		if err := b.miss(rows[i].Seq); err != nil {
			return fmt.Errorf("rows before %d: %w", rows[i].Seq, err)
		}
		if err := b.add(&rows[i]); err != nil {
			return fmt.Errorf("row %d: %w", rows[i].Seq, err)
		}
		b.acked = rows[i].Seq
	}
	if b.acked == before {
		return nil
	}
	if err := b.settleTouched(); err != nil {
		return err
	}
	b.ledger.changed(b.tx, b.terminal)
	return b.q.SetJournal(b.ctx, ledgersql.SetJournalParams{
		Journal: b.journal, Terminal: string(b.terminal), Acked: int64(b.acked),
	})
}

// miss writes down which sequences are left out before seq. Of a journal that was not known before nothing is missed:
// what came before may have been stored by a broadcaster that is no more.
func (b *batch) miss(seq uint64) error {
	if b.acked == 0 || seq == b.acked+1 {
		return nil
	}
	b.lost += seq - b.acked - 1
	return b.quarantine(b.acked+1, "lost", fmt.Sprintf("%d to %d", b.acked+1, seq-1))
}

func (b *batch) quarantine(seq uint64, reason, content string) error {
	return b.q.InsertQuarantine(b.ctx, ledgersql.InsertQuarantineParams{
		Journal: b.journal, Seq: int64(seq), Terminal: string(b.terminal), Arrived: b.tx.Now.UnixMilli(),
		Reason: reason, Content: content,
	})
}

func (b *batch) add(r *row) error {
	if reason := r.check(b.terminal, b.tx.Now); reason != "" {
		b.bad++
		return b.quarantine(r.Seq, reason, r.kept())
	}
	switch {
	case r.Play != nil:
		return b.addPlay(r.Seq, r.Play)
	case r.Miss != nil:
		news := b.touch(r.Miss.Round, r.Miss.Due)
		if news.miss == nil {
			news.miss = &reason{cause: r.Miss.Cause, by: r.Miss.By, kind: timetable.WinnerKind(r.Miss.ByKind), grid: r.Miss.ByGrid}
		}
		return b.q.InsertMiss(b.ctx, ledgersql.InsertMissParams{
			Due: dueMillis(r.Miss.Due), Terminal: string(b.terminal), Round: string(r.Miss.Round), Journal: b.journal,
			Seq: int64(r.Seq), Revision: int64(r.Miss.Revision), Cause: string(r.Miss.Cause), ByWhom: r.Miss.By,
			ByKind: r.Miss.ByKind, ByGrid: string(r.Miss.ByGrid),
		})
	}
	return b.addAccounted(r.Seq, r.Accounted)
}

// touch returns the news of an airing.
func (b *batch) touch(round playlists.RoundID, due time.Time) *testimony {
	k := airingKey{due: dueMillis(due), round: round}
	if b.news[k] == nil {
		b.news[k] = new(testimony)
		b.touched = append(b.touched, k)
	}
	return b.news[k]
}

func (b *batch) addPlay(seq uint64, p *playlists.Play) error {
	title, err := b.names.announcement(p.Announcement)
	if err != nil {
		return err
	}
	here, err := b.names.place()
	if err != nil {
		return err
	}
	clip := p.Clip.String()
	news := b.touch(p.Round, p.Due)
	news.plays = append(news.plays, sounding{
		process: p.Process, attempt: int64(p.Attempt), entry: int64(p.Entry), entries: int64(p.Entries), revision: p.Revision, clip: clip,
		began: p.Begin.Add(-p.Lead.Duration()).Truncate(time.Millisecond), sounded: p.Sounded, complete: p.Result == playlists.ResultComplete,
		reason: reason{cause: p.Cause, by: p.By, kind: timetable.WinnerKind(p.ByKind), grid: p.ByGrid},
	})
	return b.q.InsertPlay(b.ctx, ledgersql.InsertPlayParams{
		Due: dueMillis(p.Due), Terminal: string(b.terminal), Round: string(p.Round), Attempt: int64(p.Attempt),
		Entry: int64(p.Entry), Event: p.Event, Journal: b.journal, Seq: int64(seq), Entries: int64(p.Entries),
		Revision: int64(p.Revision), Announcement: string(p.Announcement), Title: title, Dialect: string(p.Dialect),
		Clip: clip, Grid: string(here.grid), Boot: p.Boot, Process: p.Process, Began: p.Begin.UnixMilli(),
		Ended: p.End.UnixMilli(), Mono: int64(p.Mono), Sounded: int64(p.Sounded), Clock: string(p.Clock),
		ClockError: int64(p.ClockError), Volume: int64(p.Volume), Result: string(p.Result), Cause: string(p.Cause),
		ByWhom: p.By, ByKind: p.ByKind, ByGrid: string(p.ByGrid), Evidence: int64(p.Evidence), Output: p.Output,
		Lead: int64(p.Lead),
	})
}

func (b *batch) addAccounted(seq uint64, a *playlists.Accounted) error {
	revisions, err := json.Marshal(a.Revisions)
	if err != nil {
		return fmt.Errorf("encode revisions: %w", err)
	}
	if a.Through.After(b.through) {
		b.through = a.Through
	}
	return b.q.InsertAccounted(b.ctx, ledgersql.InsertAccountedParams{
		Terminal: string(b.terminal), Through: a.Through.UnixMilli(), Journal: b.journal, Seq: int64(seq),
		Revisions: string(revisions),
	})
}

// settleTouched settles every airing of which something new is known: those with a row, and those still open before
// the moment for which the terminal has accounted now.
func (b *batch) settleTouched() error {
	for _, k := range b.touched {
		if err := b.settle(k, *b.news[k]); err != nil {
			return err
		}
	}
	if b.through.IsZero() {
		return nil
	}
	through := b.through.UnixMilli()
	if err := b.q.SetAccounted(b.ctx, ledgersql.SetAccountedParams{Terminal: string(b.terminal), Accounted: through}); err != nil {
		return fmt.Errorf("move horizon: %w", err)
	}
	open, err := b.q.OpenAirings(b.ctx, ledgersql.OpenAiringsParams{Terminal: string(b.terminal), Due: through})
	if err != nil {
		return fmt.Errorf("list open airings: %w", err)
	}
	for _, a := range open {
		if err := b.settle(airingKey{due: a.Due, round: playlists.RoundID(a.Round)}, testimony{}); err != nil {
			return err
		}
	}
	return nil
}
