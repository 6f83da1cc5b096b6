package ledger

import (
	"cmp"
	"context"
	"database/sql"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"math"
	"time"

	"dalaba/broadcaster/internal/ledger/ledgersql"
	"dalaba/broadcaster/internal/store"
	"dalaba/playlists"
	"dalaba/playlists/timetable"
)

// MaxList bounds the rows of one list.
const MaxList = 500

// Filter says which airings or plays are wanted: those due from Since up to, not including, Until.
type Filter struct {
	Since, Until time.Time
	// Terminal, Grid (at or below it) and Round narrow the list where they are not empty.
	Terminal playlists.TerminalID
	Grid     playlists.GridCode
	Round    playlists.RoundID
	// Outcome and Cause, where they are not empty, and Planned and Excused, where they are not nil, narrow a list of
	// airings as Counts counts them, which are planned ones, but for Extra.
	Outcome playlists.Outcome
	Cause   playlists.Cause
	Planned *bool
	Excused *bool
	// Limit is how many, 1 to MaxList.
	Limit int
	// Cursor is what the page before returned, or "".
	Cursor string
}

// Airing is an airing as the ledger has it, with the names of the time when it was written.
type Airing struct {
	ID           playlists.AiringID
	Due          time.Time
	Terminal     playlists.TerminalID
	TerminalName string
	Grid         playlists.GridCode
	GridPath     string
	Round        playlists.RoundID
	RoundName    string
	// Owner is the grid that owns the round, empty where that was not kept.
	Owner playlists.GridCode
	// Planned is false for what was reported without having been planned; then Revision, Class and Contents are empty.
	Planned  bool
	Revision uint64
	Class    playlists.Class
	// Entries counts what it asks for; Contents says what that is.
	Entries  int
	Contents []Content

	Outcome playlists.Outcome
	Timing  Timing
	// Cause says why it was missed, partial or late; By names who or what, for people, ByKind says what that is and ByGrid
	// in the name of which node it was, both empty where nobody knows.
	Cause  playlists.Cause
	By     string
	ByKind timetable.WinnerKind
	ByGrid playlists.GridCode
	// Excused: its silence was ordered.
	Excused bool
	// Began is when the attempt that counts began, zero when nothing sounded.
	Began time.Time
	// Unexplained: the terminal accounted for its time and had its programme, but said nothing of it.
	Unexplained bool
}

// Play is a play as the ledger has it.
type Play struct {
	playlists.Play
	Terminal     playlists.TerminalID
	TerminalName string
	Grid         playlists.GridCode
	GridPath     string
	RoundName    string
	Title        string
	// Planned tells whether its airing was; else it is extra.
	Planned bool
}

// bounds are a Filter ready for a query. Codes are digits, and ":" comes after the last of them.
type bounds struct {
	since, until  int64
	grid, gridEnd string
	cursor        cursor
	most          int32
}

// cursor is the key of the last row of a page; the list goes back in time from there.
type cursor struct {
	Due      int64  `json:"d"`
	Terminal string `json:"t"`
	Round    string `json:"r"`
	Attempt  int64  `json:"a,omitempty"`
	Entry    int64  `json:"n,omitempty"`
	Event    string `json:"e,omitempty"`
}

func (c cursor) String() string {
	text, err := json.Marshal(c)
	if err != nil {
		panic(err) // numbers and strings can always be written
	}
	return base64.RawURLEncoding.EncodeToString(text)
}

func (f *Filter) bounds() (bounds, error) {
	b := bounds{
		since: f.Since.UnixMilli(), until: f.Until.UnixMilli(), grid: string(f.Grid), gridEnd: string(f.Grid) + ":",
		cursor: cursor{Due: math.MaxInt64}, most: int32(min(max(f.Limit, 1), MaxList)) + 1,
	}
	if f.Cursor == "" {
		return b, nil
	}
	text, err := base64.RawURLEncoding.DecodeString(f.Cursor)
	if err == nil {
		err = json.Unmarshal(text, &b.cursor)
	}
	if err != nil {
		return bounds{}, &playlists.Problem{Kind: playlists.Invalid, Code: "cursor_unknown", Field: "cursor", Err: err}
	}
	return b, nil
}

// Airings lists airings, the latest due first, and returns the cursor of the next page, "" after the last.
func (l *Ledger) Airings(ctx context.Context, tx *store.Tx, f Filter) (list []Airing, next string, err error) {
	b, err := f.bounds()
	if err != nil {
		return nil, "", err
	}
	rows, err := ledgersql.New(tx).ListAirings(ctx, ledgersql.ListAiringsParams{
		Since: b.since, Until: b.until, Terminal: string(f.Terminal), Round: string(f.Round), Grid: b.grid, GridEnd: b.gridEnd,
		Outcome: string(f.Outcome), Cause: string(f.Cause), Planned: either(f.Planned), Excused: either(f.Excused),
		CursorDue: b.cursor.Due, CursorTerminal: b.cursor.Terminal, CursorRound: b.cursor.Round, Most: b.most,
	})
	if err != nil {
		return nil, "", fmt.Errorf("list airings: %w", err)
	}
	if n := int(b.most) - 1; len(rows) > n {
		rows = rows[:n]
		last := rows[n-1]
		next = cursor{Due: last.Due, Terminal: last.Terminal, Round: last.Round}.String()
	}
	list = make([]Airing, len(rows))
	for i, r := range rows {
		if list[i], err = airingOf(r); err != nil {
			return nil, "", fmt.Errorf("list airings: %w", err)
		}
	}
	return list, next, nil
}

// either is what a query asks for: yes, no, or, for nil, no matter.
func either(b *bool) sql.NullBool {
	if b == nil {
		return sql.NullBool{}
	}
	return sql.NullBool{Bool: *b, Valid: true}
}

// Winner is who or what stood first at a.
func (a *Airing) Winner() timetable.Winner {
	return timetable.Winner{Kind: a.ByKind, Name: a.By, Grid: a.ByGrid}
}

// End is how a ended, as Firings counts it.
func (a *Airing) End() End {
	return End{
		Airings: 1, Outcome: a.Outcome, Timing: a.Timing, Cause: a.Cause, By: a.By, ByKind: a.ByKind, ByGrid: a.ByGrid, Began: a.Began,
	}
}

func airingOf(r ledgersql.Airing) (Airing, error) {
	a := Airing{
		Due: instant(r.Due), Terminal: playlists.TerminalID(r.Terminal), TerminalName: r.TerminalName,
		Grid: playlists.GridCode(r.Grid), GridPath: r.GridPath, Round: playlists.RoundID(r.Round), RoundName: r.RoundName,
		Planned: r.Planned, Revision: uint64(r.Revision), Class: playlists.Class(r.Class), Entries: int(r.Entries),
		Outcome: playlists.Outcome(r.Outcome), Timing: Timing(r.Timing), Cause: playlists.Cause(r.Cause), By: r.ByWhom,
		ByKind: timetable.WinnerKind(r.ByKind), ByGrid: playlists.GridCode(r.ByGrid), Excused: r.Excused,
		Owner: playlists.GridCode(r.Owner), Began: instant(r.Began), Unexplained: r.Unexplained,
	}
	if err := a.ID.UnmarshalText([]byte(r.ID)); err != nil {
		return Airing{}, err
	}
	var err error
	a.Contents, err = readContents(r.Contents, r.Clips)
	return a, err
}

// Winner is who or what cut or delayed p.
func (p *Play) Winner() timetable.Winner {
	return timetable.Winner{Kind: timetable.WinnerKind(p.ByKind), Name: p.By, Grid: p.ByGrid}
}

// Plays lists plays, the latest due first, and returns the cursor of the next page, "" after the last.
func (l *Ledger) Plays(ctx context.Context, tx *store.Tx, f Filter) (list []Play, next string, err error) {
	b, err := f.bounds()
	if err != nil {
		return nil, "", err
	}
	rows, err := ledgersql.New(tx).ListPlays(ctx, ledgersql.ListPlaysParams{
		Since: b.since, Until: b.until, Terminal: string(f.Terminal), Round: string(f.Round), Grid: b.grid, GridEnd: b.gridEnd,
		CursorDue: b.cursor.Due, CursorTerminal: b.cursor.Terminal, CursorRound: b.cursor.Round,
		CursorAttempt: b.cursor.Attempt, CursorEntry: b.cursor.Entry, CursorEvent: b.cursor.Event, Most: b.most,
	})
	if err != nil {
		return nil, "", fmt.Errorf("list plays: %w", err)
	}
	if n := int(b.most) - 1; len(rows) > n {
		rows = rows[:n]
		p := rows[n-1].Play
		next = cursor{p.Due, p.Terminal, p.Round, p.Attempt, p.Entry, p.Event}.String()
	}
	list = make([]Play, len(rows))
	for i, r := range rows {
		if list[i], err = playOf(r); err != nil {
			return nil, "", fmt.Errorf("list plays: %w", err)
		}
	}
	return list, next, nil
}

func playOf(r ledgersql.ListPlaysRow) (Play, error) {
	p := r.Play
	play := Play{
		Play: playlists.Play{
			Event: p.Event, Round: playlists.RoundID(p.Round), Due: instant(p.Due), Revision: uint64(p.Revision),
			Attempt: int(p.Attempt), Lead: playlists.Millis(p.Lead), Entry: int(p.Entry), Entries: int(p.Entries),
			Announcement: playlists.AnnouncementID(p.Announcement), Dialect: playlists.Dialect(p.Dialect),
			Boot: p.Boot, Process: p.Process, Begin: instant(p.Began), End: instant(p.Ended), Mono: playlists.Millis(p.Mono),
			Sounded: playlists.Millis(p.Sounded), Clock: playlists.ClockState(p.Clock), ClockError: playlists.Millis(p.ClockError),
			Volume: int(p.Volume), Result: playlists.Result(p.Result), Cause: playlists.Cause(p.Cause), By: p.ByWhom,
			ByKind: p.ByKind, ByGrid: playlists.GridCode(p.ByGrid), Evidence: evidence(p, r.Heard), Output: p.Output,
		},
		Terminal: playlists.TerminalID(p.Terminal), TerminalName: r.TerminalName, Grid: playlists.GridCode(p.Grid),
		GridPath: r.GridPath, RoundName: r.RoundName, Title: p.Title, Planned: r.Planned,
	}
	if err := play.Airing.UnmarshalText([]byte(r.ID)); err != nil {
		return Play{}, err
	}
	var err error
	play.Clip, err = playlists.ParseDigest(p.Clip)
	return play, err
}

func compare(a, b playlists.GridCode) int { return cmp.Compare(a, b) }
