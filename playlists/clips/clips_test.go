package clips

import (
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/google/go-cmp/cmp"

	"dalaba/playlists"
)

// sound is bytes that take several writes to keep.
var sound = bytes.Repeat([]byte("喇叭响了"), 20_000)

func digest(b []byte) playlists.Digest { return sha256.Sum256(b) }

func openTest(t *testing.T) *Store {
	t.Helper()
	s, err := New(Options{Folder: filepath.Join(t.TempDir(), "clips [1]")})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func (s *Store) mustHold(t *testing.T, want []byte) {
	t.Helper()
	f, err := s.Open(digest(want))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	got, err := io.ReadAll(f)
	if err != nil || !bytes.Equal(got, want) {
		t.Fatalf("read %d bytes, %v: not the %d bytes that were put", len(got), err, len(want))
	}
}

func TestPutKeepsWhatItReadUnderItsDigest(t *testing.T) {
	s := openTest(t)
	for range 2 { // the same again changes nothing
		got, err := s.Put(t.Context(), bytes.NewReader(sound))
		if err != nil {
			t.Fatal(err)
		}
		want := Stored{Digest: digest(sound), Bytes: int64(len(sound))}
		if got != want {
			t.Fatalf("put %v, want %v", got, want)
		}
		list, err := s.List()
		if diff := cmp.Diff([]Stored{want}, list); err != nil || diff != "" {
			t.Fatal(err, diff)
		}
	}
	s.mustHold(t, sound)
}

func TestPutReplacesARottenClip(t *testing.T) {
	s := openTest(t)
	made, err := s.Put(t.Context(), bytes.NewReader(sound))
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(s.path(made.Digest, wholeSuffix), sound[1:], 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Put(t.Context(), bytes.NewReader(sound)); err != nil {
		t.Fatal(err)
	}
	s.mustHold(t, sound)
}

func TestAFetchGoesOnWhereItBroke(t *testing.T) {
	s := openTest(t)
	d, size := digest(sound), int64(len(sound))
	broken := errors.New("the line broke")
	err := s.PutExpected(t.Context(), d, size, io.MultiReader(bytes.NewReader(sound[:100_000]), iotest.ErrReader(broken)), 0)
	if !errors.Is(err, broken) || s.PartSize(d) != 100_000 || s.Has(d) {
		t.Fatalf("after a break: %v, part of %d", err, s.PartSize(d))
	}
	err = s.PutExpected(t.Context(), d, size, bytes.NewReader(sound[100_000:150_000]), 100_000)
	if !errors.Is(err, io.ErrUnexpectedEOF) || s.PartSize(d) != 150_000 {
		t.Fatalf("after an early end: %v, part of %d", err, s.PartSize(d))
	}
	if err := s.PutExpected(t.Context(), d, size, bytes.NewReader(sound[200_000:]), 200_000); err == nil {
		t.Fatal("a gap was taken")
	}
	// A server that ignores ranges makes the caller start again in the middle of what is there.
	if err := s.PutExpected(t.Context(), d, size, bytes.NewReader(sound[120_000:]), 120_000); err != nil {
		t.Fatal(err)
	}
	s.mustHold(t, sound)
	if s.PartSize(d) != 0 {
		t.Fatal("the part is still there")
	}
	if err := s.PutExpected(t.Context(), d, size, iotest.ErrReader(broken), 0); err != nil {
		t.Fatalf("a clip that is there was fetched again: %v", err)
	}
}

func TestWrongBytesAreNeverKept(t *testing.T) {
	d, size := digest(sound), int64(len(sound))
	altered := bytes.Clone(sound)
	altered[70_000] ^= 1
	for _, test := range []struct {
		name string
		in   []byte
		size int64
	}{
		{"one bit altered", altered, size},
		{"longer than announced", append(bytes.Clone(sound), 0), size},
		{"announced shorter", sound, size - 1},
		{"right up to a wrong size", sound[:1000], 1000},
	} {
		t.Run(test.name, func(t *testing.T) {
			s := openTest(t)
			err := s.PutExpected(t.Context(), d, test.size, bytes.NewReader(test.in), 0)
			if !errors.Is(err, ErrCorrupt) || s.Has(d) || s.PartSize(d) != 0 {
				t.Fatalf("%v, has %v, part of %d", err, s.Has(d), s.PartSize(d))
			}
		})
	}
}

func TestVerifyRemovesWhatHasChanged(t *testing.T) {
	s := openTest(t)
	made, err := s.Put(t.Context(), bytes.NewReader(sound))
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Verify(t.Context(), made.Digest); err != nil {
		t.Fatal(err)
	}
	if err := os.Truncate(s.path(made.Digest, wholeSuffix), 5); err != nil {
		t.Fatal(err)
	}
	if err := s.Verify(t.Context(), made.Digest); !errors.Is(err, ErrCorrupt) || s.Has(made.Digest) {
		t.Fatalf("a truncated clip: %v, still there: %v", err, s.Has(made.Digest))
	}
	if err := s.Verify(t.Context(), made.Digest); !errors.Is(err, fs.ErrNotExist) {
		t.Fatalf("an absent clip: %v", err)
	}
}

func TestRemoveForgetsWholeAndPart(t *testing.T) {
	s := openTest(t)
	made, err := s.Put(t.Context(), bytes.NewReader(sound))
	if err != nil {
		t.Fatal(err)
	}
	other := digest([]byte("another"))
	if err := s.PutExpected(t.Context(), other, 7, strings.NewReader("ano"), 0); err == nil {
		t.Fatal("half a clip was taken for a whole")
	}
	for range 2 {
		for _, d := range []playlists.Digest{made.Digest, other} {
			if err := s.Remove(d); err != nil || s.Has(d) || s.PartSize(d) != 0 {
				t.Fatalf("%v, has %v, part of %d", err, s.Has(d), s.PartSize(d))
			}
		}
	}
}

func TestOneClipIsWrittenOnceAtATime(t *testing.T) {
	s := openTest(t)
	d := digest(sound)
	asked := make(chan error, 1)
	reader := readerFunc(func([]byte) (int, error) {
		asked <- s.PutExpected(context.Background(), d, 1, strings.NewReader("x"), 0)
		return 0, io.EOF
	})
	if err := s.PutExpected(t.Context(), d, int64(len(sound)), reader, 0); !errors.Is(err, io.ErrUnexpectedEOF) {
		t.Fatal(err)
	}
	if err := <-asked; !errors.Is(err, ErrBusy) {
		t.Fatalf("the second writer got %v", err)
	}
}

type readerFunc func([]byte) (int, error)

func (f readerFunc) Read(p []byte) (int, error) { return f(p) }

func TestACancelledPutLeavesNothing(t *testing.T) {
	s := openTest(t)
	ctx, cancel := context.WithCancel(t.Context())
	reader := readerFunc(func(p []byte) (int, error) { cancel(); return len(p), nil })
	if _, err := s.Put(ctx, reader); !errors.Is(err, context.Canceled) {
		t.Fatal(err)
	}
	left, err := os.ReadDir(s.folder)
	if err != nil || len(left) != 0 {
		t.Fatal(err, left)
	}
}

func TestListIgnoresStrangers(t *testing.T) {
	s := openTest(t)
	for _, name := range []string{"README", "ab/notes.wav", "ab/" + strings.Repeat("AB", 32) + ".wav"} {
		path := filepath.Join(s.folder, name)
		if err := errors.Join(os.MkdirAll(filepath.Dir(path), 0o700), os.WriteFile(path, nil, 0o600)); err != nil {
			t.Fatal(err)
		}
	}
	if list, err := s.List(); err != nil || len(list) != 0 {
		t.Fatal(err, list)
	}
}
