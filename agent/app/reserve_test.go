package app

import (
	"errors"
	"log/slog"
	"os"
	"path/filepath"
	"syscall"
	"testing"
)

func TestAReserveIsSpentOnceAndLaidInAgain(t *testing.T) {
	free, told := int64(1<<30), 0
	r := &reserve{
		file: filepath.Join(t.TempDir(), "reserve"), free: func() (int64, error) { return free, nil }, least: 1 << 20,
		log: slog.New(slog.DiscardHandler), changed: func() { told++ },
	}
	full := &os.PathError{Op: "write", Path: "journal", Err: syscall.ENOSPC}
	held := func() bool {
		found, err := os.Stat(r.file)
		return err == nil && found.Size() == reserveBytes
	}
	if r.spend(full) {
		t.Error("spent before there was one")
	}
	if err := r.hold(); err != nil || !held() {
		t.Fatal(err)
	}
	if r.spend(errors.New("another reason")) || !held() {
		t.Error("spent on something else")
	}
	if !r.spend(full) || held() || r.problem() == "" {
		t.Errorf("spent: still there %v, said %q", held(), r.problem())
	}
	if r.spend(full) {
		t.Error("spent twice")
	}
	free = 1<<20 + reserveBytes - 1
	if err := r.hold(); err != nil || held() {
		t.Errorf("laid in without room: %v", err)
	}
	free++
	if err := r.hold(); err != nil || !held() || r.problem() != "" {
		t.Errorf("not laid in again: %v, %q", err, r.problem())
	}
	if told != 2 {
		t.Errorf("told %d times", told)
	}
	if err := os.Truncate(r.file, 5); err != nil {
		t.Fatal(err)
	}
	if err := r.hold(); err != nil || !held() {
		t.Errorf("a broken one is left as it is: %v", err)
	}
}
