package journal

import (
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"testing"
	"time"

	"dalaba/playlists"
)

// fill writes plays, a minute apart, until the journal has begun n segments more.
func fill(t *testing.T, j *Journal, from time.Time, n int) (last time.Time, plays int) {
	t.Helper()
	goal := j.segments.last().number + n
	for at := from; ; at = at.Add(time.Minute) {
		if j.segments.last().number == goal {
			return at, plays
		}
		p := complete(play(fmt.Sprint(at.Unix()), 0))
		p.Begin, p.End, p.Airing = at, at.Add(time.Second), playlists.NewAiringID("r", at, "t")
		j.mu.Lock()
		err := j.rowLocked(playlists.Report{Play: &p}, false)
		j.mu.Unlock()
		must(t, err)
		must(t, j.Alive(at))
		plays++
	}
}

func segmentFiles(t *testing.T, folder string) int {
	t.Helper()
	list, err := filepath.Glob(filepath.Join(folder, "*.log"))
	must(t, err)
	return len(list)
}

func TestAcknowledgedSegmentsGoWhenTheyAreOfNoUseAnyMore(t *testing.T) {
	folder := t.TempDir()
	j := open(t, folder, "b")
	id := j.ID()
	at, plays := fill(t, j, morning, 2)
	if n := segmentFiles(t, folder); n != 3 {
		t.Fatalf("%d segments though nothing is acknowledged", n)
	}
	must(t, j.Ack(uint64(plays)))
	fill(t, j, at.Add(remember+time.Hour), 1)
	if n := segmentFiles(t, folder); n > 2 {
		t.Errorf("%d segments after all was acknowledged", n)
	}
	closing(t, j)
	j = open(t, folder, "b")
	defer closing(t, j)
	if j.ID() != id || j.Acked() != uint64(plays) {
		t.Errorf("id %s, acknowledged through %d: want %s and %d", j.ID(), j.Acked(), id, plays)
	}
	rows, err := j.Rows(5)
	must(t, err)
	if len(rows) != 5 || rows[0].Seq != uint64(plays)+1 {
		t.Errorf("%d rows, the first %+v", len(rows), rows[0])
	}
}

func TestAFullJournalGivesUpTheOldestAndSaysSo(t *testing.T) {
	folder := t.TempDir()
	j, err := Open(Options{Folder: folder, Boot: "b", Process: "p", MaxBytes: 1, Log: slog.New(slog.DiscardHandler), unsynced: true})
	must(t, err)
	fill(t, j, morning, 4)
	if n := segmentFiles(t, folder); n > 2 {
		t.Errorf("%d segments", n)
	}
	if size := j.segments.size(); size > j.max {
		t.Errorf("%d bytes, at most %d", size, j.max)
	}
	lost := j.Lost()
	rows, err := j.Rows(1)
	must(t, err)
	if lost == 0 || rows[0].Seq != lost+1 {
		t.Errorf("%d lost, and the first row is %d", lost, rows[0].Seq)
	}
	closing(t, j)
	j = open(t, folder, "b")
	defer closing(t, j)
	if j.Lost() != lost {
		t.Errorf("%d lost, after a restart %d", lost, j.Lost())
	}
}

func TestASegmentThatWasOnlyJustBegunIsBegunAgain(t *testing.T) {
	for _, text := range []string{"", "0000", "00000000 {}\n"} {
		folder := t.TempDir()
		j := open(t, folder, "b")
		id := j.ID()
		must(t, j.End(complete(play("e", 0))))
		closing(t, j)
		must(t, os.WriteFile(filepath.Join(folder, "00000002.log"), []byte(text), 0o600))
		j = open(t, folder, "b")
		if rows := rowsOf(t, j); j.ID() != id || len(rows) != 1 {
			t.Errorf("%q: id %s, want %s; %d rows", text, j.ID(), id, len(rows))
		}
		must(t, j.End(complete(play("f", 0))))
		closing(t, j)
		j = open(t, folder, "b")
		if rows := rowsOf(t, j); len(rows) != 2 || rows[1].Seq != 2 {
			t.Errorf("%q: %d rows", text, len(rows))
		}
		closing(t, j)
	}
}

func FuzzOpen(f *testing.F) {
	text, err := encode(nil, line{Head: &head{Journal: "j", Next: 5}})
	if err != nil {
		f.Fatal(err)
	}
	p := play("e", 0)
	if text, err = encode(text, line{Start: &p}); err != nil {
		f.Fatal(err)
	}
	f.Add(text)
	f.Add(text[:len(text)-3])
	f.Add([]byte("00000000 {}\nxx\n"))
	f.Fuzz(func(t *testing.T, content []byte) {
		folder := t.TempDir()
		must(t, os.WriteFile(filepath.Join(folder, "00000001.log"), content, 0o600))
		j := open(t, folder, "b")
		must(t, j.End(complete(play("after", 0))))
		rows := rowsOf(t, j)
		if len(rows) == 0 && j.Acked() < 1<<60 {
			t.Fatal("what was written is not there")
		}
		closing(t, j)
		closing(t, open(t, folder, "b"))
	})
}

func FuzzScan(f *testing.F) {
	text, err := encode(nil, line{Ack: new(uint64)})
	if err != nil {
		f.Fatal(err)
	}
	f.Add(text)
	f.Add(append(text[:len(text)-2:len(text)-2], text...))
	f.Add([]byte("00000000 {}\nxx\n\n"))
	f.Fuzz(func(t *testing.T, content []byte) {
		count := func(content []byte) (lines, good int, damaged []damage) {
			good, damaged = scan(content, func(line, int) bool { lines++; return true })
			return lines, good, damaged
		}
		lines, good, damaged := count(content)
		if good > len(content) || good > 0 && content[good-1] != '\n' {
			t.Fatalf("%d of %d bytes are good", good, len(content))
		}
		again, whole, same := count(content[:good])
		if again != lines || whole != good || len(same) != len(damaged) {
			t.Fatalf("%d lines in %d bytes; without the tail %d in %d", lines, good, again, whole)
		}
	})
}
