package journal

import (
	"bytes"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// written is a journal's only segment after a day's work.
func written(t *testing.T) (folder string, content []byte) {
	t.Helper()
	folder = t.TempDir()
	j := open(t, folder, "b")
	must(t, j.InForce(1, time.Time{}))
	must(t, j.Start(play("a", 0)))
	must(t, j.End(complete(play("a", 0))))
	must(t, j.Ack(1))
	must(t, j.Start(play("b", 1)))
	must(t, j.Mark("b", 3000, true))
	must(t, j.End(complete(play("b", 1))))
	must(t, j.Account(morning.Add(time.Hour)))
	closing(t, j)
	content, err := os.ReadFile(filepath.Join(folder, "00000001.log"))
	must(t, err)
	return folder, content
}

func TestAPowerCutAtAnyByteLeavesAJournal(t *testing.T) {
	_, content := written(t)
	for n := range len(content) + 1 {
		folder := t.TempDir()
		must(t, os.WriteFile(filepath.Join(folder, "00000001.log"), content[:n], 0o600))
		j, err := Open(Options{Folder: folder, Boot: "b", Process: "p", Log: slog.New(slog.DiscardHandler), unsynced: true})
		if err != nil {
			t.Fatalf("cut at byte %d: %v", n, err)
		}
		seen := map[string]int{}
		for _, r := range rowsOf(t, j) {
			if r.Play != nil {
				seen[r.Play.Event]++
			}
		}
		started := bytes.Count(content[:n], []byte("\n"))
		for event, times := range seen {
			if times != 1 {
				t.Fatalf("cut at byte %d (%d lines): play %s is there %d times", n, started, event, times)
			}
		}
		must(t, j.End(complete(play("after", 0))))
		rows := rowsOf(t, j)
		if last := rows[len(rows)-1]; last.Play == nil || last.Play.Event != "after" {
			t.Fatalf("cut at byte %d: what came after is not last: %+v", n, last)
		}
		closing(t, j)
		again := open(t, folder, "b")
		if diff := cmp.Diff(rows, rowsOf(t, again)); diff != "" {
			t.Fatalf("cut at byte %d: %s", n, diff)
		}
		closing(t, again)
	}
}

// TestAKillBetweenAnyTwoLinesLosesNoPlay looks at the plays behind each whole line: every START is, after recovery, in
// exactly one row, acknowledged or not.
func TestAKillBetweenAnyTwoLinesLosesNoPlay(t *testing.T) {
	_, content := written(t)
	lines := bytes.SplitAfter(content, []byte("\n"))
	for n := 1; n <= len(lines); n++ {
		text := bytes.Join(lines[:n], nil)
		folder := t.TempDir()
		must(t, os.WriteFile(filepath.Join(folder, "00000001.log"), text, 0o600))
		closing(t, open(t, folder, "b"))
		after, err := os.ReadFile(filepath.Join(folder, "00000001.log"))
		must(t, err)
		for _, event := range []string{"a", "b"} {
			starts := strings.Count(string(text), `{"start":{"event":"`+event+`"`)
			ends := strings.Count(string(after), `"play":{"event":"`+event+`"`)
			if starts != ends {
				t.Errorf("killed after line %d: play %s has %d starts and %d ends", n, event, starts, ends)
			}
		}
	}
}

func TestDamageInTheMiddleIsSkippedAndMarkedOnce(t *testing.T) {
	folder, content := written(t)
	at := bytes.Index(content, []byte(`"play":{"event":"a"`))
	content[at+20] ^= 0x40
	path := filepath.Join(folder, "00000001.log")
	must(t, os.WriteFile(path, content, 0o600))
	for range 2 {
		closing(t, open(t, folder, "b"))
	}
	after, err := os.ReadFile(path)
	must(t, err)
	if n := strings.Count(string(after), `{"damage":`); n != 1 {
		t.Errorf("%d marks of damage", n)
	}
	j := open(t, folder, "b")
	defer closing(t, j)
	if rows := rowsOf(t, j); len(rows) < 2 || rows[0].Seq < 2 {
		t.Errorf("%+v", rows)
	}
}

func TestAnAcknowledgementBeyondTheLastRowMovesTheSequenceOn(t *testing.T) {
	j := open(t, t.TempDir(), "b")
	defer closing(t, j)
	must(t, j.Ack(17))
	must(t, j.End(complete(play("e", 0))))
	if rows := rowsOf(t, j); len(rows) != 1 || rows[0].Seq != 18 {
		t.Errorf("%+v", rows)
	}
}

func TestANewDiskIsANewJournal(t *testing.T) {
	a, b := open(t, t.TempDir(), "b"), open(t, t.TempDir(), "b")
	defer closing(t, a)
	defer closing(t, b)
	if a.ID() == b.ID() || len(a.ID()) != 32 {
		t.Errorf("%q and %q", a.ID(), b.ID())
	}
}
