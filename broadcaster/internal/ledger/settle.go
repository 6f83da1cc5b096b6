package ledger

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"time"

	"dalaba/broadcaster/internal/ledger/ledgersql"
	"dalaba/broadcaster/internal/store"
	"dalaba/playlists"
)

// airingKey names an airing of the settler's terminal.
type airingKey struct {
	due   int64 // by dueMillis
	round playlists.RoundID
}

// dueMillis is what a column keeps of when an airing fell due. Its id is made of whole seconds, and so is its key.
func dueMillis(due time.Time) int64 { return due.Unix() * 1000 }

// settler brings airings of one terminal into agreement with what was reported about them. It lives in one transaction,
// whose context it carries.
type settler struct {
	ctx        context.Context
	tx         *store.Tx
	ledger     *Ledger
	terminal   playlists.TerminalID
	statements *statements
	q          *ledgersql.Queries
	names      *names
}

func (l *Ledger) newSettler(ctx context.Context, tx *store.Tx, terminal playlists.TerminalID) *settler {
	s := newStatements(tx.Tx)
	return &settler{
		ctx: ctx, tx: tx, ledger: l, terminal: terminal,
		statements: s, q: ledgersql.New(s), names: l.newNames(ctx, tx, terminal),
	}
}

func (s *settler) close() error { return s.statements.close() }

// settle judges the airing k anew and writes down how it stands; news is what has just been stored about it. An airing
// that is not known yet is made known as one that was not planned; the plan may come later.
func (s *settler) settle(k airingKey, news testimony) error {
	known, err := s.q.AiringAt(s.ctx, ledgersql.AiringAtParams{Due: k.due, Terminal: string(s.terminal), Round: string(k.round)})
	missing := errors.Is(err, sql.ErrNoRows)
	if err != nil && !missing {
		return fmt.Errorf("read airing: %w", err)
	}
	t := news
	t.sort()
	if known.Reported { // then what has just been stored is not all
		if t, err = s.testimony(k); err != nil {
			return err
		}
	}
	w := want{due: time.UnixMilli(k.due).UTC()}
	if known.Planned {
		w.planned, w.revision, w.clips = true, uint64(known.Revision), strings.Fields(known.Clips)
		w.pieces = known.Class == string(playlists.ClassBackground)
	}
	v := judge(w, t)
	if v.outcome == playlists.OutcomeUnreported {
		if err := s.accounts(w.due, &t); err != nil {
			return err
		}
		v = judge(w, t)
	}
	if missing {
		return s.insertUnplanned(k, t, v)
	}
	err = s.q.SettleAiring(s.ctx, ledgersql.SettleAiringParams{
		Due: k.due, Terminal: string(s.terminal), Round: string(k.round), Outcome: string(v.outcome), Timing: string(v.timing),
		Cause: string(v.reason.cause), ByWhom: v.reason.by, ByKind: string(v.reason.kind), ByGrid: string(v.reason.grid),
		Excused: known.Planned && v.excused(playlists.GridCode(known.Owner)), Began: millis(v.began), Unexplained: v.unexplained,
		Reported: !t.silent(),
	})
	if err != nil {
		return fmt.Errorf("settle airing: %w", err)
	}
	return nil
}

// accounts completes t with the terminal's account of the moment due.
func (s *settler) accounts(due time.Time, t *testimony) error {
	accounts, err := s.q.AccountedOver(s.ctx, ledgersql.AccountedOverParams{Terminal: string(s.terminal), Through: due.UnixMilli()})
	if err != nil {
		return fmt.Errorf("read accounts: %w", err)
	}
	for _, revisions := range accounts {
		t.accounted = true
		if err := json.Unmarshal([]byte(revisions), &t.revisions); err != nil {
			return fmt.Errorf("read accounted revisions: %w", err)
		}
	}
	return nil
}

// testimony reads the plays and the miss of the airing k.
func (s *settler) testimony(k airingKey) (testimony, error) {
	var t testimony
	plays, err := s.q.PlaysOf(s.ctx, ledgersql.PlaysOfParams{Due: k.due, Terminal: string(s.terminal), Round: string(k.round)})
	if err != nil {
		return t, fmt.Errorf("read plays: %w", err)
	}
	for _, p := range plays {
		t.plays = append(t.plays, sounding{
			process: p.Process, attempt: p.Attempt, entry: p.Entry, entries: p.Entries, revision: uint64(p.Revision), clip: p.Clip,
			began: instant(p.Began - p.Lead), sounded: playlists.Millis(p.Sounded),
			complete: p.Result == string(playlists.ResultComplete),
			reason:   reasonOf(p.Cause, p.ByWhom, p.ByKind, p.ByGrid),
		})
	}
	misses, err := s.q.MissOf(s.ctx, ledgersql.MissOfParams{Due: k.due, Terminal: string(s.terminal), Round: string(k.round)})
	if err != nil {
		return t, fmt.Errorf("read misses: %w", err)
	}
	for _, m := range misses {
		miss := reasonOf(m.Cause, m.ByWhom, m.ByKind, m.ByGrid)
		t.miss = &miss
	}
	return t, nil
}

func (s *settler) insertUnplanned(k airingKey, t testimony, v verdict) error {
	round, err := s.names.round(k.round)
	if err != nil {
		return err
	}
	here, err := s.names.place()
	if err != nil {
		return err
	}
	path, err := s.names.path(here.grid)
	if err != nil {
		return err
	}
	var entries int64
	for _, p := range t.plays {
		entries = max(entries, p.entries)
	}
	due := time.UnixMilli(k.due).UTC()
	return s.insert(ledgersql.InsertAiringParams{
		Due: k.due, Round: string(k.round), ID: playlists.NewAiringID(k.round, due, s.terminal).String(), RoundName: round,
		TerminalName: here.name, Grid: string(here.grid), GridPath: path, Entries: entries, Contents: "[]",
		Reported: !t.silent(),
	}, v)
}

// insert writes a, as v has it. An airing that was planned already stays as it is, one that was not becomes planned.
func (s *settler) insert(a ledgersql.InsertAiringParams, v verdict) error {
	a.Terminal = string(s.terminal)
	a.Outcome, a.Timing, a.Cause, a.ByWhom = string(v.outcome), string(v.timing), string(v.reason.cause), v.reason.by
	a.ByKind, a.ByGrid = string(v.reason.kind), string(v.reason.grid)
	a.Began, a.Unexplained = millis(v.began), v.unexplained
	if err := s.q.InsertAiring(s.ctx, a); err != nil {
		return fmt.Errorf("write airing: %w", err)
	}
	return nil
}

// Content is one entry of a planned airing as it was named when the airing fell due.
type Content struct {
	Announcement playlists.AnnouncementID `json:"announcement"`
	Title        string                   `json:"title"`
	Dialect      playlists.Dialect        `json:"dialect"`
	// At is when it begins, counted from the airing's start; zero where that was not kept.
	At       playlists.Millis `json:"at_ms,omitempty"`
	Duration playlists.Millis `json:"duration_ms"`
	Clip     playlists.Digest `json:"-"` // in a column of its own, which settle reads without the rest
}

// Length is how long an airing of contents sounds if nothing comes between.
func Length(contents []Content) playlists.Millis {
	var sum, end playlists.Millis
	for _, c := range contents {
		sum += c.Duration
		end = max(end, c.At+c.Duration)
	}
	return max(sum, end)
}

func readContents(text, clips string) ([]Content, error) {
	var contents []Content
	if err := json.Unmarshal([]byte(text), &contents); err != nil {
		return nil, fmt.Errorf("read what was planned: %w", err)
	}
	digests := strings.Fields(clips)
	if len(digests) != len(contents) {
		return nil, fmt.Errorf("read what was planned: %d entries with %d clips", len(contents), len(digests))
	}
	for i, d := range digests {
		var err error
		if contents[i].Clip, err = playlists.ParseDigest(d); err != nil {
			return nil, fmt.Errorf("read what was planned: %w", err)
		}
	}
	return contents, nil
}
