package shelf

import (
	"bytes"
	"crypto/sha256"
	"errors"
	"fmt"
	"net/http"
	"os"
	"strings"
	"testing"
	"time"

	"dalaba/playlists"
)

func TestWhatTheProgrammeNamesIsFetched(t *testing.T) {
	s := newTown(t)
	a, b := s.offer("a", 100_000), s.offer("b", 10)
	s.start("")
	s.shelf.Want([]Wanted{a, b})
	if s.shelf.Whole(a.Digest) {
		t.Error("whole before it was fetched")
	}
	s.shelf.Admit("ticket")
	s.awaitWhole(a, b)
	if st := s.shelf.Status(); st.Wanted != 2 || st.Whole != 2 || len(st.Problems) != 0 {
		t.Errorf("%+v", st)
	}
	file, err := s.shelf.Open(b.Digest)
	if err != nil {
		t.Fatal(err)
	}
	file.Close()
	if s.shelf.Whole(playlists.Digest{1}) {
		t.Error("what nobody names is whole")
	}
}

func TestAFetchGoesOnWhereItBrokeOff(t *testing.T) {
	s := newTown(t)
	a := s.offer("a", 200_000)
	s.answer = func(w http.ResponseWriter, r *http.Request, content []byte) bool {
		if r.Header.Get("Range") != "" {
			return false
		}
		w.Header().Set("Content-Length", fmt.Sprint(len(content)))
		w.Write(content[:70_000])
		panic(http.ErrAbortHandler)
	}
	s.start("ticket")
	s.shelf.Want([]Wanted{a})
	s.awaitWhole(a)
	ranges := s.ranges()
	if len(ranges) != 2 || ranges[0] != "" || !strings.HasPrefix(ranges[1], "bytes=") || ranges[1] == "bytes=0-" {
		t.Errorf("asked for %q", ranges)
	}
}

func TestABroadcasterThatKnowsNoRangesIsUnderstood(t *testing.T) {
	s := newTown(t)
	a := s.offer("a", 200_000)
	broken := false
	s.answer = func(w http.ResponseWriter, r *http.Request, content []byte) bool {
		w.Header().Set("Content-Length", fmt.Sprint(len(content)))
		if !broken {
			broken = true
			w.Write(content[:70_000])
			panic(http.ErrAbortHandler)
		}
		w.Write(content)
		return true
	}
	s.start("ticket")
	s.shelf.Want([]Wanted{a})
	s.awaitWhole(a)
}

func TestWrongBytesAreNotKeptAndAreReported(t *testing.T) {
	s := newTown(t)
	a := s.offer("a", 1000)
	s.answer = func(w http.ResponseWriter, r *http.Request, content []byte) bool {
		w.Write(bytes.Repeat([]byte("x"), len(content)))
		return true
	}
	s.start("ticket")
	s.shelf.Want([]Wanted{a})
	await(t, "it is reported", func() bool { return len(s.shelf.Status().Problems) == 1 })
	if s.shelf.Whole(a.Digest) {
		t.Error("it is whole")
	}
	if problem := s.shelf.Status().Problems[0]; !strings.Contains(problem, "《a》") {
		t.Errorf("%q names nothing", problem)
	}
	s.mu.Lock()
	s.answer = nil
	s.mu.Unlock()
	s.awaitWhole(a)
	await(t, "the report goes", func() bool { return len(s.shelf.Status().Problems) == 0 })
}

func TestOneThatCannotBeFetchedDoesNotHoldUpTheOthers(t *testing.T) {
	s := newTown(t)
	gone := Wanted{Clip: playlists.Clip{Digest: playlists.Digest{7}, Bytes: 10}, Title: "gone"}
	absurd := Wanted{Clip: playlists.Clip{Digest: playlists.Digest{8}, Bytes: maxClip + 1}, Title: "absurd"}
	a := s.offer("a", 1000)
	s.start("ticket")
	s.shelf.Want([]Wanted{gone, absurd, a})
	s.awaitWhole(a)
	if st := s.shelf.Status(); st.Wanted != 3 || st.Whole != 1 || len(st.Problems) != 2 {
		t.Errorf("%+v", st)
	}
}

func TestWhatRotsOnDiskIsFetchedAgain(t *testing.T) {
	for _, c := range []struct {
		name  string
		spoil func(path string) error
	}{
		{"gone", os.Remove},
		{"shorter", func(path string) error { return os.Truncate(path, 10) }},
		{"altered", func(path string) error {
			return errors.Join(os.WriteFile(path, bytes.Repeat([]byte("y"), 1000), 0o600), os.Chtimes(path, time.Now(), time.Now().Add(time.Hour)))
		}},
	} {
		for _, restart := range []bool{false, true} {
			s := newTown(t)
			a := s.offer("a", 1000)
			s.start("ticket")
			s.shelf.Want([]Wanted{a})
			s.awaitWhole(a)
			if restart {
				s.stop()
			}
			if err := c.spoil(s.path(a)); err != nil {
				t.Fatal(err)
			}
			if restart {
				s.start("ticket")
				s.shelf.Want([]Wanted{a})
			} else {
				s.shelf.Whole(a.Digest) // the player is about to sound it
			}
			await(t, c.name+" is fetched again", func() bool { return len(s.ranges()) == 2 && s.shelf.Whole(a.Digest) })
			content, err := os.ReadFile(s.path(a))
			if err != nil || sha256.Sum256(content) != a.Digest {
				t.Errorf("%s: what is there is not it: %v", c.name, err)
			}
			s.stop()
		}
	}
}

func TestWhatThePlayerDoubtsIsReadAgain(t *testing.T) {
	s := newTown(t)
	a, b := s.offer("a", 1000), s.offer("b", 1000)
	s.start("ticket")
	s.shelf.Want([]Wanted{a, b})
	s.awaitWhole(a, b)
	found, err := os.Stat(s.path(a))
	if err != nil {
		t.Fatal(err)
	}
	// A disk that rots does not say when.
	if err := errors.Join(os.WriteFile(s.path(a), bytes.Repeat([]byte("y"), 1000), 0o600), os.Chtimes(s.path(a), found.ModTime(), found.ModTime())); err != nil {
		t.Fatal(err)
	}
	if !s.shelf.Whole(a.Digest) {
		t.Fatal("it could be seen without reading it")
	}
	for _, w := range []Wanted{a, b} {
		if s.shelf.Doubt(w.Digest); s.shelf.Whole(w.Digest) && len(s.ranges()) < 3 {
			t.Errorf("%s is whole and was not read again", w.Title)
		}
	}
	s.shelf.Doubt(playlists.Digest{})
	s.awaitWhole(a, b)
	if content, err := os.ReadFile(s.path(a)); err != nil || sha256.Sum256(content) != a.Digest || len(s.ranges()) != 3 {
		t.Errorf("after %d fetches, what is there is not it: %v", len(s.ranges()), err)
	}
	s.stop()
}

func TestWhatIsWholeIsNotFetchedAfterARestart(t *testing.T) {
	s := newTown(t)
	a := s.offer("a", 1000)
	s.start("ticket")
	s.shelf.Want([]Wanted{a})
	s.awaitWhole(a)
	s.stop()
	s.start("")
	s.shelf.Want([]Wanted{a})
	if !s.shelf.Whole(a.Digest) || len(s.ranges()) != 1 {
		t.Errorf("whole %v, asked %q", s.shelf.Whole(a.Digest), s.ranges())
	}
}

func TestAFullDiskIsMadeRoomOnAndElseReported(t *testing.T) {
	s := newTown(t)
	a, b := s.offer("a", 1000), s.offer("b", 1000)
	s.start("ticket")
	s.shelf.Want([]Wanted{a})
	s.awaitWhole(a)
	s.mu.Lock()
	s.free = 10
	s.mu.Unlock()
	s.shelf.Want([]Wanted{b})
	await(t, "it is reported", func() bool { return len(s.shelf.Status().Problems) > 0 })
	if s.store.Has(a.Digest) {
		t.Error("what nobody names is kept on a full disk")
	}
	if s.shelf.Whole(b.Digest) {
		t.Error("it was fetched all the same")
	}
	s.mu.Lock()
	s.free = 1 << 40
	s.mu.Unlock()
	s.awaitWhole(b)
}

func TestATicketThatIsNotTakenWaitsForAnother(t *testing.T) {
	s := newTown(t)
	a := s.offer("a", 1000)
	s.start("old")
	s.shelf.Want([]Wanted{a})
	await(t, "it is turned away", func() bool { return len(s.ranges()) > 0 })
	s.shelf.Admit("ticket")
	s.awaitWhole(a)
}
