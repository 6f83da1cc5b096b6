package app

import (
	"bytes"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"log/slog"
	"path/filepath"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"dalaba/broadcaster/internal/complaints"
	"dalaba/broadcaster/internal/library"
	"dalaba/broadcaster/internal/rounds"
	"dalaba/broadcaster/internal/store"
	"dalaba/broadcaster/internal/territory"
	"dalaba/playlists"
)

// townHall is every room with a clock that a test sets, and a town with one horn that has a round at 06:30.
type townHall struct {
	*rooms
	testing.TB
	now   time.Time
	horn  territory.Terminal
	round rounds.Round
}

const hallTown = playlists.GridCode("440605104")

func newTownHall(t *testing.T) *townHall {
	zone := time.FixedZone("Asia/Shanghai", 8*60*60)
	h := &townHall{TB: t, now: time.Date(2026, 11, 22, 12, 0, 0, 0, zone)}
	clock := func() time.Time { return h.now }
	folder := t.TempDir()
	db, err := store.Open(t.Context(), store.Options{Path: filepath.Join(folder, "town.db"), Now: clock})
	h.must(err)
	t.Cleanup(func() { h.must(db.Close()) })
	h.rooms, err = build(t.Context(), Options{Data: folder, MaxUpload: 1 << 20, MaxClip: time.Minute, Logger: slog.New(slog.DiscardHandler)}, db, clock, zone)
	h.must(err)
	h.must(db.Write(t.Context(), func(tx *store.Tx) (err error) {
		if _, err := h.territory.Found(t.Context(), tx, hallTown, "九江镇"); err != nil {
			return err
		}
		if err := h.access.OpenKey(t.Context(), tx); err != nil {
			return err
		}
		h.horn, err = h.territory.CreateTerminal(t.Context(), tx, territory.Terminal{
			Name: "村口喇叭", Kind: playlists.KindSpeaker, Grid: hallTown, Dialects: []playlists.Dialect{"cmn"}, Volume: 80,
		})
		return err
	}))
	h.plan()
	return h
}

func (h *townHall) must(err error) {
	h.Helper()
	if err != nil {
		h.Fatal(err)
	}
}

// plan makes the round: one recording, three times.
func (h *townHall) plan() {
	h.Helper()
	recording, _, err := h.library.Upload(h.Context(), bytes.NewReader(square(48_000)), library.UploadMeta{
		Title: "口罩", Dialect: "cmn", Owner: hallTown, By: "小李",
	})
	h.must(err)
	announcement, err := h.rooms.rounds.CreateAnnouncement(h.Context(), rounds.Announcement{
		Owner: hallTown, By: "小李", Announcement: playlists.Announcement{
			Title: "口罩", Text: "戴口罩", Variants: []playlists.Clip{{Digest: recording.Digest, Dialect: "cmn"}},
		},
	})
	h.must(err)
	list, err := h.rooms.rounds.CreatePlaylist(h.Context(), rounds.Playlist{
		Owner: hallTown, By: "小李", Playlist: playlists.Playlist{Name: "早", Entries: []playlists.PlaylistEntry{
			{Announcement: announcement.ID, Dialects: playlists.DialectAll, Repeats: 3},
		}},
	})
	h.must(err)
	h.round, err = h.rooms.rounds.CreateRound(h.Context(), rounds.Round{
		Targets: []playlists.GridCode{hallTown}, By: "关主任", Round: playlists.Round{
			Name: "早间", Playlist: list.ID, Class: playlists.ClassAnnouncement, Owner: hallTown,
			Timetable: playlists.Timetable{Cron: "30 6 * * *"},
		},
	})
	h.must(err)
}

// square is a WAV of so many samples at 48 kHz.
func square(samples int) []byte {
	var b bytes.Buffer
	b.WriteString("RIFF")
	for _, field := range []any{
		uint32(36 + 2*samples), []byte("WAVEfmt "), uint32(16), uint16(1), uint16(1), uint32(48_000), uint32(96_000), uint16(2), uint16(16),
		[]byte("data"), uint32(2 * samples),
	} {
		binary.Write(&b, binary.LittleEndian, field) // into memory, which never fails
	}
	for i := range samples {
		binary.Write(&b, binary.LittleEndian, int16(8000-16000*(i/100%2)))
	}
	return b.Bytes()
}

// sound lets the horn report that it sounded what was due at due, at 80 percent.
func (h *townHall) sound(due time.Time) {
	h.Helper()
	h.must(h.ledger.CatchUp(h.Context(), h.now))
	heads, err := h.rooms.rounds.Heads(h.Context())
	h.must(err)
	var rows []json.RawMessage
	for entry := range 3 {
		begin := due.Add(time.Duration(entry) * time.Second)
		row, err := json.Marshal(playlists.Report{Seq: uint64(entry + 1), Play: &playlists.Play{
			Event: fmt.Sprint("e", entry), Airing: playlists.NewAiringID(h.round.ID, due, h.horn.ID), Round: h.round.ID, Due: due,
			Revision: heads[h.horn.ID], Attempt: 1, Entry: entry, Entries: 3, Dialect: "cmn", Boot: "b", Process: "p",
			Begin: begin, End: begin.Add(time.Second), Sounded: 1000, Clock: playlists.ClockTrusted, Volume: 80,
			Result: playlists.ResultComplete, Evidence: playlists.EvidencePlayer, Output: "file",
		}})
		h.must(err)
		rows = append(rows, row)
	}
	_, err = h.ledger.Ingest(h.Context(), h.horn.ID, "journal", rows)
	h.must(err)
}

func (h *townHall) show(id string) complaints.Case {
	h.Helper()
	c, err := h.complaints.Case(h.Context(), id)
	h.must(err)
	return c
}

func kinds(c complaints.Case) []complaints.RemedyKind {
	var all []complaints.RemedyKind
	for _, r := range c.Remedies {
		all = append(all, r.Kind)
	}
	return all
}

func TestAComplaintIsAnsweredFromLedgerAndRoundsAndWhatIsOfferedHelps(t *testing.T) {
	h := newTownHall(t)
	due := h.now.Add(18*time.Hour + 30*time.Minute).UTC() // 06:30 of the next day
	h.now = due.Add(time.Hour)
	made, err := h.complaints.Make(t.Context(), complaints.Complaint{Grid: hallTown, At: due, Words: "太吵", By: "关主任"})
	h.must(err)

	h.must(h.ledger.CatchUp(t.Context(), h.now))
	if c := h.show(made.ID); !c.Nothing || len(c.Unreported) != 1 || c.Unreported[0] != h.horn.ID {
		t.Errorf("before it told: %+v", c)
	}
	h.sound(due)
	c := h.show(made.ID)
	if len(c.Findings) != 1 || len(c.Unreported) > 0 {
		t.Fatalf("%+v", c)
	}
	f := c.Findings[0]
	if !f.AtTheMinute || f.By != "关主任" || f.OwnerName != "九江镇" || f.Volume != 80 || f.VolumeBy == nil || f.VolumeBy.Grid != "" {
		t.Errorf("%+v", f)
	}
	all := []complaints.RemedyKind{complaints.RemedyLater, complaints.RemedyLower, complaints.RemedyShorter, complaints.RemedyQuiet}
	if diff := cmp.Diff(all, kinds(c)); diff != "" {
		t.Fatal(diff)
	}

	lower := c.Remedies[1]
	h.now = h.now.Add(time.Minute)
	_, err = h.rooms.rounds.SaveVolume(t.Context(), rounds.VolumeRule{VolumeRule: playlists.VolumeRule{
		Grid: lower.Grid, From: lower.From, To: lower.To, Percent: lower.VolumeInstead, Cap: lower.VolumeInstead,
	}}, "关主任")
	h.must(err)
	if c = h.show(made.ID); len(c.Since) != 1 || len(c.Remedies) != 3 || c.Remedies[1].Kind == complaints.RemedyLower {
		t.Errorf("after it was lowered: %v, %v", c.Since, kinds(c))
	}
	_, err = h.complaints.Close(t.Context(), made.ID, "已经调低", "", []int64{c.Since[0].Seq}, "关主任")
	h.must(err)

	h.must(h.rooms.rounds.RemoveRound(t.Context(), h.round.ID, "小李"))
	c = h.show(made.ID)
	if f := c.Findings[0]; f.By != "关主任" || f.RoundName != "早间" || len(c.ClosedWith) != 1 || len(c.Since) != 2 {
		t.Errorf("after its round was removed: %+v", c)
	}
	if diff := cmp.Diff([]complaints.RemedyKind{complaints.RemedyQuiet}, kinds(c)); diff != "" {
		t.Error(diff)
	}
}
