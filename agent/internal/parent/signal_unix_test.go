//go:build unix

package parent

import (
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"syscall"
	"testing"
	"time"
)

func TestNoChildOutlivesItsParent(t *testing.T) {
	for _, test := range []struct {
		name   string
		signal syscall.Signal
		status int
	}{
		{"told to end", syscall.SIGTERM, 0},
		{"interrupted", syscall.SIGINT, 0},
		{"killed", syscall.SIGKILL, -1},
	} {
		t.Run(test.name, func(t *testing.T) {
			folder := t.TempDir()
			parent := exec.Command(os.Args[0], "parent", "stays", folder)
			parent.Stdout, parent.Stderr = t.Output(), t.Output()
			parent.WaitDelay = 2 * time.Second
			if err := parent.Start(); err != nil {
				t.Fatal(err)
			}
			pidIn(t, filepath.Join(folder, "pid-00"), 5*time.Second)
			if err := parent.Process.Signal(test.signal); err != nil {
				t.Fatal(err)
			}
			told := time.Now()
			// Both write to our pipe: Wait returns when the last of them is gone.
			if err := parent.Wait(); errors.Is(err, exec.ErrWaitDelay) {
				t.Fatal("the child lives on")
			}
			t.Logf("both have ended after %v", time.Since(told).Round(time.Millisecond))
			if status := parent.ProcessState.ExitCode(); status != test.status {
				t.Errorf("status %d, want %d", status, test.status)
			}
			if _, err := os.Stat(filepath.Join(folder, "clean")); err != nil {
				t.Error("the child had no time to end by itself")
			}
		})
	}
}
