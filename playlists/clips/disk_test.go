package clips

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

// plug pulls out at the call numbered at: that call and all later ones fail. It remembers which files hold bytes that were
// not synced, for these are what a power cut takes.
type plug struct {
	at, calls int
	once      bool // only that one call fails
	dirty     map[string]bool
	name      string
}

var errCut = errors.New("power cut")

func (p *plug) step(call, path string) error {
	p.calls++
	if p.calls == p.at {
		p.name = call
	}
	if p.calls == p.at || p.calls > p.at && !p.once {
		return errCut
	}
	switch call {
	case "write", "truncate":
		p.dirty[path] = true
	case "sync":
		delete(p.dirty, path)
	case "rename":
		from, to, _ := strings.Cut(path, "\n")
		if p.dirty[from] {
			p.dirty[to] = true
		}
		delete(p.dirty, from)
	}
	return nil
}

// lose overwrites what was never synced.
func (p *plug) lose(t *testing.T) {
	t.Helper()
	for path := range p.dirty {
		size := 0
		if found, err := os.Stat(path); err == nil {
			size = int(found.Size())
		}
		if err := os.WriteFile(path, make([]byte, size), 0o600); err != nil {
			t.Fatal(err)
		}
	}
}

// TestNothingHalfIsEverFoundAfterAFailure lets each call that changes the disk fail, once alone and once as a power cut,
// while one clip is put and another is fetched in two goes.
func TestNothingHalfIsEverFoundAfterAFailure(t *testing.T) {
	fetched := bytes.Repeat([]byte("另一段"), 30_000)
	d, size, half := digest(fetched), int64(len(fetched)), int64(len(fetched)/2)
	work := func(s *Store) error {
		_, err := s.Put(t.Context(), bytes.NewReader(sound))
		if s.PartSize(d) == 0 && !s.Has(d) {
			_ = s.PutExpected(t.Context(), d, size, bytes.NewReader(fetched[:half]), 0)
		}
		begin := s.PartSize(d)
		return errors.Join(err, s.PutExpected(t.Context(), d, size, bytes.NewReader(fetched[begin:]), begin))
	}
	for _, once := range []bool{true, false} {
		for at, more := 1, true; more; at++ {
			folder := filepath.Join(t.TempDir(), "clips")
			p := &plug{at: at, once: once, dirty: make(map[string]bool)}
			s, err := open(Options{Folder: folder}, disk{step: p.step})
			if err == nil {
				err = work(s)
			}
			more = p.calls >= at
			name := fmt.Sprintf("call %d (%s), alone %v", at, p.name, once)
			if more && !once && !errors.Is(err, errCut) {
				t.Fatalf("%s: the failure was not told: %v", name, err)
			}
			if !once {
				p.lose(t)
			}
			recover, err := New(Options{Folder: folder})
			if err != nil {
				t.Fatalf("%s: %v", name, err)
			}
			list, err := recover.List()
			if err != nil {
				t.Fatal(err)
			}
			for _, clip := range list {
				if err := recover.Verify(t.Context(), clip.Digest); err != nil {
					t.Fatalf("%s: %v", name, err)
				}
			}
			// What was lost shows as corrupt at most once.
			err = work(recover)
			if errors.Is(err, ErrCorrupt) {
				err = work(recover)
			}
			if err != nil {
				t.Fatalf("%s: afterwards: %v", name, err)
			}
			recover.mustHold(t, sound)
			recover.mustHold(t, fetched)
			if left, err := filepath.Glob(filepath.Join(folder, "put-*")); err != nil || len(left) != 0 {
				t.Fatalf("%s: left over: %v %v", name, left, err)
			}
		}
	}
}

func TestAFullDiskIsRecognised(t *testing.T) {
	for _, call := range []string{"write", "create", "open", "rename"} {
		s, err := open(Options{Folder: t.TempDir()}, disk{step: func(step, path string) error {
			if step == call {
				return full(&os.PathError{Op: step, Path: path, Err: syscall.ENOSPC})
			}
			return nil
		}})
		if err != nil {
			t.Fatal(err)
		}
		_, put := s.Put(t.Context(), bytes.NewReader(sound))
		fetch := s.PutExpected(t.Context(), digest(sound[1:]), int64(len(sound)-1), bytes.NewReader(sound[1:]), 0)
		if !errors.Is(put, ErrFull) && !errors.Is(fetch, ErrFull) {
			t.Errorf("full at %s: put says %v, fetch says %v", call, put, fetch)
		}
	}
	if full(nil) != nil || errors.Is(full(os.ErrPermission), ErrFull) {
		t.Error("something else was taken for a full disk")
	}
}
