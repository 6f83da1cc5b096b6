package player

import (
	"context"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"log/slog"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"dalaba/agent/internal/journal"
	"dalaba/agent/internal/sound"
	"dalaba/playlists"
	"dalaba/playlists/timetable"
)

// stage is a player with a real journal and a real file output, in synctest's time: it begins on 1 January 2000 at
// 00:00 UTC. Only the programme, the clips' folder and the clock are set by hand.
type stage struct {
	t       *testing.T
	folder  string
	boot    string
	began   time.Time
	output  *breakable
	journal *journal.Journal
	player  *Player
	end     func()
	ends    error         // what Run is to return
	over    chan struct{} // closed when it has

	mu        sync.Mutex // guards what follows
	programme *playlists.Programme
	changed   chan struct{}
	untrusted bool
	skipped   time.Duration // what the machine's clock has run ahead of synctest's
	step      time.Duration // by how much the broadcaster's time was set
	quick     bool          // the next process has an output that writes nothing
	wait      time.Duration // how long opening a clip takes
	ppm       float64       // by how many millionths the machine's clock is fast
	amplifier amplifier
	ear       ear
	device    *simulated // or nil for a file
}

func newStage(t *testing.T) *stage {
	s := &stage{t: t, folder: t.TempDir(), boot: "b", began: time.Now(), changed: make(chan struct{}, 1)}
	s.start()
	return s
}

// start opens the journal and starts a player, as a new process would.
func (s *stage) start() {
	s.t.Helper()
	log := slog.New(slog.NewTextHandler(s.t.Output(), nil))
	file, err := sound.NewFile(sound.FileOptions{
		Folder: filepath.Join(s.folder, "sound"), PerFile: time.Hour, Keep: 100, Log: log,
		Now: s.mono, UTC: func(at time.Duration) time.Time { return s.began.Add(at - time.Hour).UTC() },
	})
	if err != nil {
		s.t.Fatal(err)
	}
	s.output = &breakable{Output: file}
	switch {
	case s.quick:
		s.output.Output = &quick{now: s.mono}
	case s.device != nil:
		s.output.Output = s.device
	}
	s.journal, err = journal.Open(journal.Options{Folder: filepath.Join(s.folder, "journal"), Boot: s.boot, Process: "p", Log: log})
	if err != nil {
		s.t.Fatal(err)
	}
	s.player, err = New(Options{
		Journal: s.journal, Output: s.output, Amplifier: s.amplifier, Ear: s.ear, Clips: s, Keeper: s, Now: s.now, Boot: s.boot, Process: "p",
		Changed: func() {}, Log: log,
	})
	if err != nil {
		s.t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan error, 1)
	over := make(chan struct{})
	s.over = over
	go func() {
		defer close(over)
		done <- s.player.Run(ctx)
	}()
	s.end = func() {
		cancel()
		if err := errors.Join(<-done, s.journal.Close()); !errors.Is(err, s.ends) {
			s.t.Errorf("the player ended with %v, want %v", err, s.ends)
		}
	}
}

func (s *stage) mono() time.Duration { return s.now().Mono }

func (s *stage) monoLocked() time.Duration {
	since := time.Since(s.began) + s.skipped
	return since + time.Duration(float64(since)*s.ppm/1e6) + time.Hour
}

func (s *stage) now() Reading {
	s.mu.Lock()
	defer s.mu.Unlock()
	r := Reading{Time: time.Now().Add(s.skipped + s.step), Mono: s.monoLocked(), State: playlists.ClockTrusted, Bound: time.Millisecond}
	r.Rate = 1/(1+s.ppm/1e6) - 1
	if s.untrusted {
		r.Time, r.State = time.Time{}, playlists.ClockUntrusted
	}
	return r
}

func (s *stage) trust(trusted bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.untrusted = !trusted
}

// Held makes the stage a keeper.
func (s *stage) Held() (*playlists.Programme, time.Time) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.programme == nil {
		return nil, time.Time{}
	}
	return s.programme, s.programme.Expires
}

func (s *stage) Changed() <-chan struct{} { return s.changed }

func (s *stage) publish(p *playlists.Programme) {
	s.mu.Lock()
	s.programme = p
	s.mu.Unlock()
	s.changed <- struct{}{}
}

// Whole makes the stage a shelf.
func (s *stage) Whole(d playlists.Digest) bool {
	_, err := os.Stat(filepath.Join(s.folder, d.String()))
	return err == nil
}

// Doubt loses the clip.
func (s *stage) Doubt(d playlists.Digest) {
	if err := os.Remove(filepath.Join(s.folder, d.String())); err != nil {
		s.t.Error(err)
	}
}

func (s *stage) Open(d playlists.Digest) (*os.File, error) {
	s.mu.Lock()
	wait := s.wait
	s.mu.Unlock()
	time.Sleep(wait)
	return os.Open(filepath.Join(s.folder, d.String()))
}

// clip puts a clip of that length on the shelf, whose every frame is level.
func (s *stage) clip(length time.Duration, level int16) playlists.Clip {
	s.t.Helper()
	frames := int(sound.Frames(length))
	le := binary.LittleEndian
	size := uint32(2 * frames)
	text := append(le.AppendUint32([]byte("RIFF"), 36+size), "WAVEfmt \x10\x00\x00\x00\x01\x00\x01\x00"...)
	text = le.AppendUint32(le.AppendUint32(text, sound.Rate), 2*sound.Rate)
	text = le.AppendUint32(append(text, "\x02\x00\x10\x00data"...), size)
	for range frames {
		text = le.AppendUint16(text, uint16(level))
	}
	c := playlists.Clip{Digest: sha256.Sum256(text), Bytes: int64(len(text)), Dialect: "cmn", Duration: playlists.MillisOf(length)}
	s.shelve(c.Digest, text)
	return c
}

func (s *stage) shelve(d playlists.Digest, text []byte) {
	s.t.Helper()
	if err := os.WriteFile(filepath.Join(s.folder, d.String()), text, 0o600); err != nil {
		s.t.Fatal(err)
	}
}

// round is a programme of one round that sounds the clips, each once, a second apart, every day at at.
func round(revision uint64, at playlists.TimeOfDay, clips ...playlists.Clip) *playlists.Programme {
	p := &playlists.Programme{
		Terminal: "t", Revision: revision, PlanVersion: timetable.Version, Zone: "UTC", Dialects: []playlists.Dialect{"cmn"},
		Expires: time.Date(2000, 2, 4, 0, 0, 0, 0, time.UTC), Playlists: []playlists.Playlist{{ID: "p"}},
		Rounds: []playlists.Round{{
			ID: "r", Name: "早上", Playlist: "p", Class: playlists.ClassAnnouncement, Lateness: playlists.DefaultLateness,
			Timetable: playlists.Timetable{Every: &playlists.Every{Minutes: 1440, From: at, To: at}},
		}},
	}
	for i, c := range clips {
		id := playlists.AnnouncementID(rune('a' + i))
		p.Announcements = append(p.Announcements, playlists.Announcement{ID: id, Variants: []playlists.Clip{c}})
		p.Playlists[0].Entries = append(p.Playlists[0].Entries, playlists.PlaylistEntry{
			Announcement: id, Dialects: playlists.DialectAll, Repeats: 1, Gap: 1000,
		})
	}
	return p
}

// until sleeps until the clock of the day shows at.
func (s *stage) until(at time.Duration) {
	time.Sleep(time.Until(s.began.Add(at)))
	synctest.Wait()
}

func (s *stage) rows() (plays []playlists.Play, misses []playlists.Miss, accounted []playlists.Accounted) {
	s.t.Helper()
	rows, err := s.journal.Rows(10_000)
	if err != nil {
		s.t.Fatal(err)
	}
	for _, r := range rows {
		switch {
		case r.Play != nil:
			plays = append(plays, *r.Play)
		case r.Miss != nil:
			misses = append(misses, *r.Miss)
		case r.Accounted != nil:
			accounted = append(accounted, *r.Accounted)
		}
	}
	return plays, misses, accounted
}

// heard returns the spans of sound in the files, as times of the day, to the millisecond.
func (s *stage) heard() []string {
	s.t.Helper()
	files, err := filepath.Glob(filepath.Join(s.folder, "sound", "*.wav"))
	if err != nil {
		s.t.Fatal(err)
	}
	const show = "15:04:05.000"
	var spans []string
	for _, path := range files {
		content, err := os.ReadFile(path)
		if err != nil {
			s.t.Fatal(err)
		}
		first, err := time.Parse("20060102T150405.000000Z.wav", filepath.Base(path))
		if err != nil {
			s.t.Fatal(err)
		}
		body := content[44:]
		at := func(i int) string { return first.Add(sound.Length(int64(i))).Round(time.Millisecond).Format(show) }
		sounds := func(i int) bool { return i >= 0 && 2*i+1 < len(body) && (body[2*i] != 0 || body[2*i+1] != 0) }
		begin := 0
		for i := range len(body)/2 + 1 {
			switch {
			case sounds(i) && !sounds(i-1):
				begin = i
			case !sounds(i) && sounds(i-1):
				spans = append(spans, at(begin)+"–"+at(i))
			}
		}
	}
	return spans
}
