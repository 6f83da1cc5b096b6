package journal

import (
	"errors"
	"log/slog"
	"os"
	"os/exec"
	"os/signal"
	"syscall"
	"testing"

	"golang.org/x/sys/unix"

	"dalaba/playlists/clips"
)

// fullDisk makes this process one whose files cannot grow beyond size bytes.
func fullDisk(t *testing.T, size uint64) {
	t.Helper()
	var limit unix.Rlimit
	must(t, unix.Getrlimit(unix.RLIMIT_FSIZE, &limit))
	limit.Cur = min(size, limit.Max)
	must(t, unix.Setrlimit(unix.RLIMIT_FSIZE, &limit))
}

// TestAFullDiskIsWrittenToOnceRoomHasBeenMade runs itself in a process of its own, which cannot write any more.
func TestAFullDiskIsWrittenToOnceRoomHasBeenMade(t *testing.T) {
	const inside = "JOURNAL_ON_A_FULL_DISK"
	if os.Getenv(inside) == "" {
		again := exec.Command(os.Args[0], "-test.run", "^"+t.Name()+"$", "-test.v")
		again.Env = append(os.Environ(), inside+"=1")
		if said, err := again.CombinedOutput(); err != nil {
			t.Fatalf("%v\n%s", err, said)
		}
		return
	}
	signal.Ignore(syscall.SIGXFSZ)
	folder, reserves := t.TempDir(), 1
	var told error
	o := Options{Folder: folder, Boot: "a", Process: "p", Log: slog.New(slog.DiscardHandler), Room: func(err error) bool {
		told = err
		if reserves == 0 {
			return false
		}
		reserves--
		fullDisk(t, 1<<20)
		return true
	}}
	j, err := Open(o)
	must(t, err)
	fullDisk(t, uint64(j.segments.last().size)+10)
	must(t, j.Start(play("e0", 0)))
	if !clips.IsFull(told) || reserves != 0 {
		t.Errorf("told %v, %d reserves left", told, reserves)
	}
	must(t, j.End(complete(play("e0", 0))))

	fullDisk(t, uint64(j.segments.last().size)+10)
	if err := j.Start(play("e1", 1)); !errors.Is(err, syscall.EFBIG) {
		t.Errorf("written on a full disk: %v", err)
	}
	fullDisk(t, 1<<20)
	must(t, j.Start(play("e1", 1)))
	closing(t, j)
	j = open(t, folder, "a")
	defer closing(t, j)
	if rows := rowsOf(t, j); len(rows) != 2 || rows[0].Play.Event != "e0" || rows[1].Play.Event != "e1" {
		t.Errorf("after all that %+v", rows)
	}
}
