package app

import (
	"context"
	"crypto/ed25519"
	"encoding/json"
	"flag"
	"fmt"
	"log/slog"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"dalaba/broadcaster/internal/ledger"
	"dalaba/broadcaster/internal/rounds"
	"dalaba/broadcaster/internal/store"
	"dalaba/broadcaster/internal/territory"
	"dalaba/playlists"
	"dalaba/playlists/timetable"
)

// desk is the rooms that answer the question why, with one horn, on a clock that the test sets.
type desk struct {
	*rapid.T
	ctx    context.Context
	rooms  *rooms
	now    time.Time
	zone   *time.Location
	clip   playlists.Clip
	secret ed25519.PrivateKey
	horn   playlists.TerminalID
	round  rounds.Round
	rows   []json.RawMessage
}

func (o *desk) Clips(context.Context, *store.Tx) (map[playlists.Digest]playlists.Clip, error) {
	return map[playlists.Digest]playlists.Clip{o.clip.Digest: o.clip}, nil
}

func (o *desk) PublisherKey() ed25519.PublicKey { return o.secret.Public().(ed25519.PublicKey) }

func (o *desk) Sign(message []byte) (ed25519.PublicKey, []byte, error) {
	return o.PublisherKey(), ed25519.Sign(o.secret, message), nil
}

func (o *desk) must(err error) {
	o.Helper()
	if err != nil {
		o.Fatal(err)
	}
}

const town = playlists.GridCode("440605124")

func newDesk(t *testing.T, r *rapid.T) (o *desk, shut func()) {
	zone, err := time.LoadLocation("Asia/Shanghai")
	o = &desk{
		T: r, ctx: t.Context(), zone: zone, now: time.Date(2026, 1, 23, 0, 0, 0, 0, zone),
		clip:   playlists.Clip{Digest: playlists.Digest{1}, Bytes: 1, Duration: 40_000, Dialect: "yue"},
		secret: ed25519.NewKeyFromSeed(make([]byte, ed25519.SeedSize)),
	}
	o.must(err)
	db, err := store.Open(o.ctx, store.Options{Path: filepath.Join(t.TempDir(), "dalaba.db"), Now: func() time.Time { return o.now }})
	o.must(err)
	o.must(migrate(o.ctx, db))
	log := slog.New(slog.DiscardHandler)
	o.rooms = &rooms{store: db, territory: territory.New()}
	o.rooms.rounds, err = rounds.New(rounds.Options{
		Store: db, Land: land{o.rooms.territory}, Recordings: o, Publisher: o, Facts: record{o.rooms}, Zone: zone, Log: log,
		Published: func(ids []playlists.TerminalID) { o.rooms.ledger.Republished(ids) },
	})
	o.must(err)
	o.rooms.ledger, err = ledger.New(ledger.Options{
		DB: db, Publications: publications{o.rooms}, Titles: titles{o.rooms}, Places: places{o.rooms.territory}, Log: log,
	})
	o.must(err)
	o.furnish()
	return o, func() { o.must(db.Close()) }
}

// furnish puts a horn into the town and plans a round of two entries for it, every ten minutes of the morning.
func (o *desk) furnish() {
	o.must(o.rooms.store.Write(o.ctx, func(tx *store.Tx) error {
		if _, err := o.rooms.territory.Found(o.ctx, tx, town, "九江镇"); err != nil {
			return err
		}
		made, err := o.rooms.territory.CreateTerminal(o.ctx, tx, territory.Terminal{
			Name: "1 号喇叭", Kind: playlists.KindSpeaker, Grid: town, Dialects: []playlists.Dialect{"yue"}, Volume: 80,
		})
		o.horn = made.ID
		return err
	}))
	a, err := o.rooms.rounds.CreateAnnouncement(o.ctx, rounds.Announcement{Owner: town, By: "关主任", Announcement: playlists.Announcement{
		Title: "勤洗手", Text: "勤洗手。", Variants: []playlists.Clip{o.clip},
	}})
	o.must(err)
	list, err := o.rooms.rounds.CreatePlaylist(o.ctx, rounds.Playlist{Owner: town, By: "关主任", Playlist: playlists.Playlist{
		Name: "早间", Entries: []playlists.PlaylistEntry{{Announcement: a.ID, Dialects: playlists.DialectOwn, Repeats: 2, Gap: 1000}},
	}})
	o.must(err)
	o.round, err = o.rooms.rounds.CreateRound(o.ctx, rounds.Round{Targets: []playlists.GridCode{town}, By: "关主任", Round: playlists.Round{
		Name: "早间", Playlist: list.ID, Owner: town, Class: playlists.ClassAnnouncement,
		Timetable: playlists.Timetable{Every: &playlists.Every{
			Minutes: 10, From: playlists.NewTimeOfDay(6, 0, 0), To: playlists.NewTimeOfDay(9, 0, 0),
		}},
	}})
	o.must(err)
}

// edit changes the round at a moment of the morning, if at all.
func (o *desk) edit() {
	o.now = o.now.Add(6*time.Hour + time.Duration(rapid.IntRange(0, 180*60).Draw(o.T, "edited at"))*time.Second)
	o.must(o.rooms.ledger.CatchUp(o.ctx, o.now))
	var err error
	switch rapid.IntRange(0, 3).Draw(o.T, "edit") {
	case 1:
		o.must(o.rooms.rounds.Pause(o.ctx, o.round.ID, true, "李四"))
	case 2:
		o.must(o.rooms.rounds.RemoveRound(o.ctx, o.round.ID, "李四"))
	case 3:
		o.round.Timetable.Every.Minutes = 7
		_, err = o.rooms.rounds.UpdateRound(o.ctx, o.round, "李四")
	}
	o.must(err)
}

// report tells what became of the airings that were due under any revision, of most of them.
func (o *desk) report() {
	var history []rounds.Published
	day := playlists.DateOf(o.now.In(o.zone))
	o.must(o.rooms.store.Read(o.ctx, func(tx *store.Tx) (err error) {
		history, err = o.rooms.rounds.Revisions(o.ctx, tx, o.horn, day.Midnight(o.zone), o.now.Add(time.Hour))
		return err
	}))
	held := history[rapid.IntRange(0, len(history)-1).Draw(o.T, "held")]
	due, err := timetable.Due(held.Programme, day)
	o.must(err)
	for _, a := range due {
		if a.Due.After(o.now) {
			continue
		}
		late := time.Duration(rapid.SampledFrom([]int{0, 0, 1, 90, 400}).Draw(o.T, "late")) * time.Second
		switch rapid.IntRange(0, 4).Draw(o.T, "what became") {
		case 1:
			o.play(&a, 1, late, 2)
		case 2:
			o.play(&a, 1, 0, rapid.IntRange(0, 1).Draw(o.T, "entries"))
			o.play(&a, 2, late+time.Minute, 2)
		case 3:
			o.play(&a, 1, late, 1)
			o.row(playlists.Report{Miss: o.miss(&a, playlists.CausePowerOff)})
		case 4:
			o.row(playlists.Report{Miss: o.miss(&a, playlists.CauseClipAbsent)})
		}
	}
	if rapid.Bool().Draw(o.T, "accounts") {
		o.row(playlists.Report{Accounted: &playlists.Accounted{
			Through: o.now.Add(-time.Hour), Revisions: []uint64{held.Revision},
		}})
	}
	_, err = o.rooms.ledger.Ingest(o.ctx, o.horn, "journal", o.rows)
	o.must(err)
}

func (o *desk) miss(a *timetable.Airing, cause playlists.Cause) *playlists.Miss {
	return &playlists.Miss{Airing: a.ID, Round: a.Round.ID, Due: a.Due, Revision: 1, Cause: cause}
}

// play reports an attempt that begins late and sounds complete entries to their ends; the next is cut after 20 s.
func (o *desk) play(a *timetable.Airing, attempt int, late time.Duration, complete int) {
	for i := 0; i <= min(complete, len(a.Entries)-1); i++ {
		begin := a.Due.Add(late + a.Entries[i].At.Duration())
		p := &playlists.Play{
			Event: fmt.Sprint(len(o.rows)), Airing: a.ID, Round: a.Round.ID, Due: a.Due, Revision: 1, Attempt: attempt, Entry: i,
			Entries: len(a.Entries), Announcement: a.Entries[i].Announcement, Dialect: "yue", Clip: a.Entries[i].Clip,
			Begin: begin, End: begin.Add(40 * time.Second), Sounded: 40_000, Volume: 80, Result: playlists.ResultComplete,
		}
		if i == complete {
			p.End, p.Sounded, p.Result, p.Cause = begin.Add(20*time.Second), 20_000, playlists.ResultCut, playlists.CauseDeviceError
		}
		o.row(playlists.Report{Play: p})
	}
}

func (o *desk) row(r playlists.Report) {
	r.Seq = uint64(len(o.rows) + 1)
	text, err := json.Marshal(r)
	o.must(err)
	o.rows = append(o.rows, text)
}

func TestWhyNeverContradictsTheLedger(t *testing.T) {
	if err := flag.Set("rapid.checks", "25"); err != nil { // each opens every room, and takes a second
		t.Fatal(err)
	}
	rapid.Check(t, func(r *rapid.T) {
		o, shut := newDesk(t, r)
		defer shut()
		o.edit()
		o.now = o.now.Add(time.Duration(rapid.IntRange(0, 120).Draw(r, "later")) * time.Minute)
		o.report()
		o.must(o.rooms.ledger.CatchUp(o.ctx, o.now))
		begin := playlists.DateOf(o.now.In(o.zone)).Midnight(o.zone)
		var airings []ledger.Airing
		var facts []timetable.Fact
		o.must(o.rooms.store.Read(o.ctx, func(tx *store.Tx) (err error) {
			if facts, err = o.rooms.ledger.Facts(o.ctx, tx, o.horn, begin, begin.AddDate(0, 0, 1)); err != nil {
				return err
			}
			airings, err = o.rooms.ledger.AiringsOf(o.ctx, tx, o.horn, begin, begin.AddDate(0, 0, 1))
			return err
		}))
		for range 10 {
			at := begin.Add(6*time.Hour + time.Duration(rapid.IntRange(0, 200).Draw(r, "minute"))*time.Minute)
			because, err := o.rooms.rounds.Why(o.ctx, o.horn, at)
			o.must(err)
			if because.To.After(o.now) {
				if len(because.Unreported) > 0 {
					r.Fatalf("%v lies ahead, and is unreported: %+v", at, because.Lines)
				}
				continue
			}
			o.check(because, airings, facts)
		}
	})
}

// check holds the answer about a minute that has passed against the ledger.
func (o *desk) check(b rounds.Because, airings []ledger.Airing, facts []timetable.Fact) {
	sounded := make(map[playlists.AiringID]bool)
	for _, f := range facts {
		if f.Kind == timetable.FactSounded && f.Begin.Before(b.To) && f.End.After(b.From) {
			sounded[f.Airing] = true
		}
	}
	has := func(list []timetable.Airing, id playlists.AiringID) *timetable.Airing {
		if i := slices.IndexFunc(list, func(a timetable.Airing) bool { return a.ID == id }); i >= 0 {
			return &list[i]
		}
		return nil
	}
	for _, a := range airings {
		due := a.Planned && !a.Due.Before(b.From) && a.Due.Before(b.To)
		sounds, absent, unreported := has(b.Sounds, a.ID), has(b.Absent, a.ID), has(b.Unreported, a.ID)
		wrong := (sounds != nil) != sounded[a.ID] || sounds != nil && (absent != nil || unreported != nil) ||
			due && sounds == nil && absent == nil && unreported == nil || unreported != nil && a.Outcome != playlists.OutcomeUnreported
		for _, told := range []*timetable.Airing{sounds, absent} {
			if told != nil {
				wrong = wrong || told.Cause != a.Cause || a.Outcome == playlists.OutcomeUnreported ||
					(told.State == timetable.StateDone) != (a.Outcome == playlists.OutcomePlayed) ||
					told.Start.IsZero() != (a.Outcome == playlists.OutcomeMissed)
			}
		}
		if wrong {
			o.Fatalf("of %v %+v, of which the ledger has %+v:\n%+v", b.From, a.Due, a, b)
		}
	}
	for _, list := range [][]timetable.Airing{b.Sounds, b.Absent, b.Unreported} {
		for _, a := range list {
			if !slices.ContainsFunc(airings, func(known ledger.Airing) bool { return known.ID == a.ID }) {
				o.Fatalf("of %v: the ledger does not know the airing due at %v: %+v", b.From, a.Due, b.Lines)
			}
		}
	}
	if (b.Verdict == timetable.VerdictSounds) != (len(sounded) > 0) || len(b.Lines) == 0 {
		o.Fatalf("%s, and %d airings sounded: %+v", b.Verdict, len(sounded), b.Lines)
	}
}
