package library

import (
	"bytes"
	"context"
	"encoding/binary"
	"log/slog"
	"math"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"dalaba/broadcaster/internal/store"
	"dalaba/playlists"
	"dalaba/playlists/clips"
)

// fixture is a library on a real database and folder, with a list of dialects and of users that a test can change.
type fixture struct {
	*Library
	t       testing.TB
	now     time.Time
	uploads string

	users   map[playlists.Digest][]string
	refused error // what ClipChanged answers
}

func (f *fixture) HasDialect(_ context.Context, _ *store.Tx, tag playlists.Dialect) (bool, error) {
	return tag == "cmn" || tag == "yue", nil
}

func (f *fixture) Users(_ context.Context, _ *store.Tx, digest playlists.Digest) ([]string, error) {
	return f.users[digest], nil
}

func (f *fixture) ClipChanged(context.Context, *store.Tx, playlists.Digest) error { return f.refused }

// maxTestUpload bounds the uploads of these tests.
const maxTestUpload = 1 << 20

func newFixture(t testing.TB) *fixture {
	t.Helper()
	folder := t.TempDir()
	f := &fixture{
		t: t, now: time.Date(2026, 1, 23, 7, 0, 0, 0, time.UTC), uploads: filepath.Join(folder, "uploads"),
		users: make(map[playlists.Digest][]string),
	}
	db, err := store.Open(t.Context(), store.Options{Path: filepath.Join(folder, "dalaba.db"), Now: func() time.Time { return f.now }})
	f.ok(err)
	t.Cleanup(func() { f.ok(db.Close()) })
	f.ok(db.Migrate(t.Context(), "library", Migrations()))
	shelf, err := clips.New(clips.Options{Folder: filepath.Join(folder, "clips")})
	f.ok(err)
	f.Library, err = New(Options{
		Store: db, Clips: shelf, Folder: f.uploads, Dialects: f, Users: f, MaxUpload: maxTestUpload, FFmpeg: FFmpegNever, Log: slog.New(slog.DiscardHandler),
	})
	f.ok(err)
	return f
}

func (f *fixture) ok(err error) {
	f.t.Helper()
	if err != nil {
		f.t.Fatal(err)
	}
}

// wantEmpty fails when an upload left something behind.
func (f *fixture) wantEmpty() {
	f.t.Helper()
	left, err := os.ReadDir(f.uploads)
	f.ok(err)
	if len(left) > 0 {
		f.t.Errorf("the upload folder holds %v", left)
	}
}

// tone is a WAV file of half scale at hz, one channel, 16 bits.
func tone(hz float64, length time.Duration) []byte {
	const rate = 16_000
	frames := int(length.Seconds() * rate)
	var b bytes.Buffer
	b.WriteString("RIFF")
	for _, v := range []any{
		uint32(36 + 2*frames),
		[]byte("WAVEfmt "), uint32(16), uint16(1), uint16(1), uint32(rate), uint32(2 * rate), uint16(2), uint16(16),
		[]byte("data"), uint32(2 * frames),
	} {
		binary.Write(&b, binary.LittleEndian, v) // into memory: never fails
	}
	for i := range frames {
		binary.Write(&b, binary.LittleEndian, int16(math.MaxInt16/2*math.Sin(2*math.Pi*hz*float64(i)/rate)))
	}
	return b.Bytes()
}

// silence is a WAV file in which there is nothing to hear.
func silence(length time.Duration) []byte {
	file := tone(440, length)
	clear(file[44:])
	return file
}

func meta(title string) UploadMeta { return UploadMeta{Title: title, Dialect: "yue", By: "关主任"} }

// code is the Code of the Problem that err is, or wraps.
func code(err error) string {
	if p := playlists.ProblemOf(err); p != nil {
		return p.Code
	}
	if err != nil {
		return "not a problem: " + err.Error()
	}
	return ""
}

func TestRecoveryClearsWhatACrashLeftAndTellsWhatIsMissing(t *testing.T) {
	f := newFixture(t)
	sound := tone(440, time.Second)
	lost, _, err := f.Upload(t.Context(), bytes.NewReader(sound), meta("勤洗手"))
	f.ok(err)
	kept, _, err := f.Upload(t.Context(), bytes.NewReader(tone(880, time.Second)), meta("不串门"))
	f.ok(err)
	f.ok(os.WriteFile(filepath.Join(f.uploads, "upload-1"), sound, 0o600))
	orphan, err := f.clips.Put(t.Context(), bytes.NewReader([]byte("nobody's")))
	f.ok(err)
	f.ok(f.clips.Remove(lost.Digest))

	f.ok(f.Recover(t.Context()))
	f.wantEmpty()
	if f.clips.Has(orphan.Digest) || !f.clips.Has(kept.Digest) {
		t.Errorf("the orphan stays: %v, the other one: %v", f.clips.Has(orphan.Digest), f.clips.Has(kept.Digest))
	}
	missing, err := f.Missing(t.Context())
	f.ok(err)
	if !slices.EqualFunc(missing, []Recording{lost}, func(a, b Recording) bool { return a.Digest == b.Digest }) {
		t.Errorf("missing: %+v", missing)
	}
	_, known, err := f.Upload(t.Context(), bytes.NewReader(sound), meta("又一次"))
	f.ok(err)
	if missing, err := f.Missing(t.Context()); !known || len(missing) > 0 || err != nil {
		t.Errorf("uploaded again: known %v, missing %v, %v", known, missing, err)
	}
}

func TestRecoveryKeepsWhatOthersMadeAndUse(t *testing.T) {
	f := newFixture(t)
	used, err := f.clips.Put(t.Context(), bytes.NewReader(tone(440, time.Second)))
	f.ok(err)
	unused, err := f.clips.Put(t.Context(), bytes.NewReader(tone(880, time.Second)))
	f.ok(err)
	f.users[used.Digest] = []string{"试响"}
	f.ok(f.Recover(t.Context()))
	if !f.clips.Has(used.Digest) || f.clips.Has(unused.Digest) {
		t.Errorf("what is used is there: %v, what is not: %v", f.clips.Has(used.Digest), f.clips.Has(unused.Digest))
	}
}
