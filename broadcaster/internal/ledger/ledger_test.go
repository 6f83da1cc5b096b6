package ledger

import (
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"path/filepath"
	"testing"
	"time"

	"dalaba/broadcaster/internal/store"
	"dalaba/playlists"
)

const (
	village = playlists.GridCode("440605124001")
	society = playlists.GridCode("440605124001002")
	horn    = playlists.TerminalID("horn")
	washing = playlists.RoundID("washing")
)

// day and sunrise belong to the town's zone; a test's clock stands at noon unless it is set.
var (
	shanghai = time.FixedZone("Asia/Shanghai", 8*60*60)
	day      = playlists.Date{Year: 2026, Month: 11, Day: 23}
)

func at(hour, minute int) time.Time {
	return playlists.NewTimeOfDay(hour, minute, 0).On(day, shanghai).UTC()
}

// town is the other rooms, small and real: what was published, what things are called, where terminals stand.
type town struct {
	published map[playlists.TerminalID][]Published
	titles    map[playlists.AnnouncementID]string
}

func (t *town) Terminals(context.Context, *store.Tx) ([]playlists.TerminalID, error) {
	var list []playlists.TerminalID
	for id := range t.published {
		list = append(list, id)
	}
	return list, nil
}

func (t *town) Revisions(_ context.Context, _ *store.Tx, terminal playlists.TerminalID, from, to time.Time) ([]Published, error) {
	var list []Published
	for i, p := range t.published[terminal] {
		ends := i+1 < len(t.published[terminal]) && !t.published[terminal][i+1].From.After(from)
		if p.From.Before(to) && !ends {
			list = append(list, p)
		}
	}
	return list, nil
}

func (t *town) AnnouncementTitle(_ context.Context, _ *store.Tx, id playlists.AnnouncementID) (string, error) {
	return t.titles[id], nil
}

func (t *town) RoundName(_ context.Context, _ *store.Tx, id playlists.RoundID) (string, error) {
	if id == washing {
		return "早晚播", nil
	}
	return "", nil
}

func (t *town) Terminal(_ context.Context, _ *store.Tx, id playlists.TerminalID) (string, playlists.GridCode, error) {
	return "老龄社喇叭", society, nil
}

func (t *town) GridPath(_ context.Context, _ *store.Tx, code playlists.GridCode) (string, error) {
	return fmt.Sprintf("九江镇/%d", len(code)), nil
}

// publish makes revision the programme of terminal from from on: one round at the minutes given, of two recordings.
func (t *town) publish(terminal playlists.TerminalID, revision uint64, from time.Time, clip byte, minutes int, first, last playlists.TimeOfDay) {
	t.published[terminal] = append(t.published[terminal], Published{Revision: revision, From: from, Programme: &playlists.Programme{
		Terminal: terminal, Revision: revision, Zone: "Asia/Shanghai", Name: "老龄社喇叭", Grid: society,
		Dialects: []playlists.Dialect{"yue", "cmn"},
		Announcements: []playlists.Announcement{{ID: "hands", Title: "勤洗手", Text: "勤洗手、戴口罩", Variants: []playlists.Clip{
			{Digest: playlists.Digest{clip, 1}, Bytes: 1, Duration: 5000, Dialect: "yue"},
			{Digest: playlists.Digest{clip, 2}, Bytes: 1, Duration: 4000, Dialect: "cmn"},
		}}},
		Playlists: []playlists.Playlist{{ID: "list", Name: "早晚", Entries: []playlists.PlaylistEntry{
			{Announcement: "hands", Dialects: playlists.DialectAll, Repeats: 1},
		}}},
		Rounds: []playlists.Round{{
			ID: washing, Name: "早晚播", Playlist: "list", Class: playlists.ClassAnnouncement,
			Lateness: playlists.DefaultLateness, Owner: village,
			Timetable: playlists.Timetable{Every: &playlists.Every{Minutes: minutes, From: first, To: last}},
		}},
	}})
}

// desk is a ledger on a database on disk, with a clock that the test sets.
type desk struct {
	testing.TB
	*Ledger
	town    *town
	path    string
	db      *store.DB
	now     time.Time
	changes int
	// seq is the last sequence that send gave to a row of the journal "j".
	seq uint64
}

func newDesk(t testing.TB) *desk {
	d := &desk{
		TB: t, path: filepath.Join(t.TempDir(), "ledger.db"), now: at(12, 0),
		town: &town{published: make(map[playlists.TerminalID][]Published), titles: map[playlists.AnnouncementID]string{"hands": "勤洗手"}},
	}
	d.open()
	t.Cleanup(func() { d.must(d.db.Close()) })
	return d
}

func (d *desk) must(err error) {
	d.Helper()
	if err != nil {
		d.Fatal(err)
	}
}

func (d *desk) open() {
	db, err := store.Open(d.Context(), store.Options{Path: d.path, Now: func() time.Time { return d.now }})
	d.must(err)
	d.must(db.Migrate(d.Context(), "ledger", Migrations()))
	d.db = db
	d.Ledger, err = New(Options{
		DB: db, Publications: d.town, Titles: d.town, Places: d.town, Log: slog.New(slog.DiscardHandler),
		OnChange: func(playlists.TerminalID) { d.changes++ },
	})
	d.must(err)
}

// reopen is what a restart of the broadcaster is to the ledger.
func (d *desk) reopen() {
	d.must(d.db.Close())
	d.open()
}

// empty makes the ledger as new.
func (d *desk) empty() {
	d.Helper()
	d.must(d.db.Write(d.Context(), func(tx *store.Tx) error {
		for _, table := range []string{"journals", "airings", "plays", "misses", "accounted", "quarantine", "horizons"} {
			if _, err := tx.Exec("DELETE FROM " + table); err != nil {
				return err
			}
		}
		return nil
	}))
	d.seq = 0
	d.Republished([]playlists.TerminalID{horn})
}

// send delivers reports as the next rows of the journal "j".
func (d *desk) send(reports ...playlists.Report) uint64 {
	d.Helper()
	for i := range reports {
		d.seq++
		reports[i].Seq = d.seq
	}
	return d.deliver("j", contents(reports...)...)
}

func (d *desk) deliver(journal string, rows ...json.RawMessage) uint64 {
	d.Helper()
	through, err := d.Ingest(d.Context(), horn, journal, rows)
	d.must(err)
	return through
}

func contents(reports ...playlists.Report) []json.RawMessage {
	list := make([]json.RawMessage, len(reports))
	for i, r := range reports {
		text, err := json.Marshal(r)
		if err != nil {
			panic(err)
		}
		list[i] = text
	}
	return list
}

// figures are those of the only terminal, after catching up.
func (d *desk) figures() Counts {
	d.Helper()
	d.must(d.CatchUp(d.Context(), d.now))
	var f Figures
	d.must(d.db.Read(d.Context(), func(tx *store.Tx) (err error) {
		f, err = d.Day(d.Context(), tx, day, shanghai)
		return err
	}))
	if len(f.Terminals) == 0 {
		return Counts{}
	}
	return f.Terminals[0].Counts
}

func (d *desk) airings() []Airing {
	d.Helper()
	var list []Airing
	d.must(d.db.Read(d.Context(), func(tx *store.Tx) (err error) {
		list, _, err = d.Airings(d.Context(), tx, Filter{Since: day.Midnight(shanghai), Until: day.AddDays(1).Midnight(shanghai), Limit: MaxList})
		return err
	}))
	return list
}

func (d *desk) plays() []Play {
	d.Helper()
	list, _ := d.page(Filter{Since: day.Midnight(shanghai), Until: day.AddDays(1).Midnight(shanghai), Limit: MaxList})
	return list
}

func (d *desk) page(f Filter) (list []Play, next string) {
	d.Helper()
	d.must(d.db.Read(d.Context(), func(tx *store.Tx) (err error) {
		list, next, err = d.Plays(d.Context(), tx, f)
		return err
	}))
	return list, next
}

func (d *desk) quarantined() int {
	d.Helper()
	var n int
	d.must(d.db.Read(d.Context(), func(tx *store.Tx) error {
		return tx.QueryRow("SELECT COUNT(*) FROM quarantine").Scan(&n)
	}))
	return n
}

// play is the report of a complete play of entry, begun late after due.
func play(due time.Time, attempt, entry int, late time.Duration) playlists.Report {
	begin := due.Add(late + time.Duration(entry)*5*time.Second)
	return playlists.Report{Play: &playlists.Play{
		Event:  fmt.Sprintf("e-%d-%d-%d", due.Unix(), attempt, entry),
		Airing: playlists.NewAiringID(washing, due, horn), Round: washing, Due: due, Revision: 1,
		Attempt: attempt, Entry: entry, Entries: 2,
		Announcement: "hands", Dialect: []playlists.Dialect{"yue", "cmn"}[entry], Clip: playlists.Digest{1, byte(entry + 1)},
		Boot: "boot", Process: "process", Begin: begin, End: begin.Add(4 * time.Second), Mono: 1000, Sounded: 4000,
		Clock: playlists.ClockTrusted, Volume: 80, Result: playlists.ResultComplete,
		Evidence: playlists.EvidencePlayer, Output: "file",
	}}
}

// both is a whole attempt.
func both(due time.Time, attempt int, late time.Duration) []playlists.Report {
	return []playlists.Report{play(due, attempt, 0, late), play(due, attempt, 1, late)}
}

func cut(due time.Time, attempt, entry int, late time.Duration, cause playlists.Cause) playlists.Report {
	r := play(due, attempt, entry, late)
	r.Play.Result, r.Play.Cause, r.Play.Sounded = playlists.ResultCut, cause, 1500
	return r
}

func missed(due time.Time, cause playlists.Cause) playlists.Report {
	return playlists.Report{Miss: &playlists.Miss{
		Airing: playlists.NewAiringID(washing, due, horn), Round: washing, Due: due, Revision: 1, Cause: cause,
	}}
}

func accounted(through time.Time, revisions ...uint64) playlists.Report {
	return playlists.Report{Accounted: &playlists.Accounted{Through: through, Revisions: revisions}}
}
