package complaints

import (
	"context"
	"encoding/json"
	"errors"
	"log/slog"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"dalaba/broadcaster/internal/store"
	"dalaba/playlists"
	"dalaba/playlists/grid"
)

// The town of these tests: two villages, the first with two societies.
const (
	town     = playlists.GridCode("440605104")
	shangxi  = town + "201"
	rulin    = town + "001"
	laoling  = shangxi + "001"
	xianfeng = shangxi + "002"
)

var (
	shanghai = time.FixedZone("Asia/Shanghai", 8*60*60)
	day      = playlists.Date{Year: 2026, Month: 11, Day: 23}
)

// at is a time of the day of these tests.
func at(hour, minute, second int) time.Time {
	return playlists.NewTimeOfDay(hour, minute, second).On(day, shanghai).UTC()
}

// others are the other rooms, small and real.
type others struct {
	terminals  []Terminal
	sounds     []Sound
	scope      Scope // that was asked for last
	programmes map[playlists.TerminalID]*playlists.Programme
	makers     map[playlists.RoundID]Maker
	changes    []ChangeNote
	outlines   map[playlists.GridCode]string
}

func (o *others) Outline(_ context.Context, _ *store.Tx, code playlists.GridCode) (json.RawMessage, error) {
	if o.outlines[code] == "" {
		return nil, nil
	}
	return json.RawMessage(o.outlines[code]), nil
}

func (o *others) Has(_ context.Context, _ *store.Tx, code playlists.GridCode) (bool, error) {
	return slices.Contains([]playlists.GridCode{town, shangxi, rulin, laoling, xianfeng}, code), nil
}

func (o *others) GridPath(_ context.Context, _ *store.Tx, code playlists.GridCode) (string, error) {
	return namesOfTown()[code], nil
}

func namesOfTown() map[playlists.GridCode]string {
	return map[playlists.GridCode]string{
		town: "九江镇", shangxi: "上西村", rulin: "儒林", laoling: "上西村 / 老龄社", xianfeng: "上西村 / 先锋社",
	}
}

func (o *others) Terminals(context.Context, *store.Tx) ([]Terminal, error) { return o.terminals, nil }

func (o *others) Sounds(_ context.Context, _ *store.Tx, s Scope) ([]Sound, error) {
	o.scope = s
	var all []Sound
	for _, sound := range o.sounds {
		in := grid.Contains(s.Grid, sound.Grid) || slices.Contains(s.Terminals, sound.Terminal)
		if in && !sound.Due.Before(s.Since) && sound.Due.Before(s.Until) {
			all = append(all, sound)
		}
	}
	return all, nil
}

func (o *others) Programme(_ context.Context, _ *store.Tx, terminal playlists.TerminalID, _ time.Time) (*playlists.Programme, error) {
	return o.programmes[terminal], nil
}

func (o *others) Makers(context.Context, []playlists.RoundID) (map[playlists.RoundID]Maker, error) {
	return o.makers, nil
}

func (o *others) Changes(_ context.Context, since time.Time) ([]ChangeNote, error) {
	return slices.DeleteFunc(slices.Clone(o.changes), func(n ChangeNote) bool { return n.At.Before(since) }), nil
}

// desk is the room on a database on disk, with a clock that a test sets.
type desk struct {
	testing.TB
	*Complaints
	*others
	now time.Time
}

func newDesk(t testing.TB) *desk {
	d := &desk{TB: t, now: at(12, 0, 0), others: &others{
		terminals: []Terminal{
			{ID: "laoling", Name: "老龄社喇叭", Grid: laoling},
			{ID: "village", Name: "村口喇叭", Grid: shangxi},
			{ID: "rulin", Name: "儒林喇叭", Grid: rulin},
		},
		programmes: make(map[playlists.TerminalID]*playlists.Programme),
	}}
	db, err := store.Open(t.Context(), store.Options{
		Path: filepath.Join(t.TempDir(), "complaints.db"), Now: func() time.Time { return d.now },
	})
	d.must(err)
	t.Cleanup(func() { d.must(db.Close()) })
	d.must(db.Migrate(t.Context(), "complaints", Migrations()))
	d.Complaints, err = New(Options{
		Store: db, Ledger: d.others, Rounds: d.others, Land: d.others, Zone: shanghai, Log: slog.New(slog.DiscardHandler),
	})
	d.must(err)
	return d
}

func (d *desk) must(err error) {
	d.Helper()
	if err != nil {
		d.Fatal(err)
	}
}

// complain writes down a complaint of laoling at 06:32.
func (d *desk) complain() Complaint {
	d.Helper()
	made, err := d.Make(d.Context(), Complaint{Grid: laoling, At: at(6, 32, 20), Words: "一大早吵醒孩子", By: "关主任"})
	d.must(err)
	return made
}

// refused tells whether err says that something cannot be done, with code at field.
func (d *desk) refused(err error, code, field string) {
	d.Helper()
	for _, p := range problemsIn(err) {
		if p.Code == code && p.Field == field {
			return
		}
	}
	d.Errorf("%v, want %s at %q", err, code, field)
}

func problemsIn(err error) []*playlists.Problem {
	var joined interface{ Unwrap() []error }
	if errors.As(err, &joined) {
		var all []*playlists.Problem
		for _, e := range joined.Unwrap() {
			all = append(all, problemsIn(e)...)
		}
		return all
	}
	if p := playlists.ProblemOf(err); p != nil {
		return []*playlists.Problem{p}
	}
	return nil
}

func TestNewWantsEverything(t *testing.T) {
	if _, err := New(Options{Zone: shanghai}); err == nil {
		t.Error("made without a database")
	}
}
