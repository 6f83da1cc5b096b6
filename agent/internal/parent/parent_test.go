package parent

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"os/signal"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"go.uber.org/goleak"
)

// TestMain makes the test's own program the child, and the parent of one, when it is started as such.
func TestMain(m *testing.M) {
	if len(os.Args) < 2 {
		goleak.VerifyTestMain(m)
	}
	switch os.Args[1] {
	case "child":
		child(os.Args[2], os.Args[3])
	case "parent":
		ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
		defer stop()
		p, err := New(Options{
			Program: os.Args[0], Arguments: append([]string{"child"}, os.Args[2:]...), Out: os.Stdout, Problems: os.Stderr,
			Log: slog.New(slog.NewTextHandler(os.Stderr, nil)),
		})
		if err == nil {
			err = p.Run(ctx)
		}
		if err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(9)
		}
	default:
		goleak.VerifyTestMain(m)
	}
}

// child writes its number into folder, one file a life, and then does what kind says.
func child(kind, folder string) {
	ctx := Orphaned(context.Background())
	lives, _ := filepath.Glob(filepath.Join(folder, "pid-*"))
	path := filepath.Join(folder, fmt.Sprintf("pid-%02d", len(lives)))
	if err := os.WriteFile(path+".new", []byte(strconv.Itoa(os.Getpid())), 0o600); err != nil {
		panic(err)
	}
	if err := os.Rename(path+".new", path); err != nil {
		panic(err)
	}
	switch {
	case kind == "panic" && len(lives) == 0:
		panic("as it was told")
	case kind == "again" && len(lives) == 0:
		os.Exit(StatusAgain)
	case kind == "mend":
		os.Exit(StatusMend)
	case kind == "done":
		os.Exit(StatusDone)
	}
	<-ctx.Done()
	if err := os.WriteFile(filepath.Join(folder, "clean"), nil, 0o600); err != nil {
		panic(err)
	}
}

// house is a parent in this process.
type house struct {
	t      *testing.T
	folder string
	stop   context.CancelFunc
	ended  chan error
}

func keep(t *testing.T, kind string) *house {
	t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	h := &house{t: t, folder: t.TempDir(), stop: cancel, ended: make(chan error, 1)}
	p, err := New(Options{
		Program: os.Args[0], Arguments: []string{"child", kind, h.folder}, Out: t.Output(), Problems: t.Output(),
		Log: slog.New(slog.NewTextHandler(t.Output(), nil)),
	})
	if err != nil {
		t.Fatal(err)
	}
	go func() { h.ended <- p.Run(ctx) }()
	t.Cleanup(cancel)
	return h
}

// pid waits for the n-th child, counted from 0.
func (h *house) pid(n int, within time.Duration) *os.Process {
	h.t.Helper()
	return pidIn(h.t, filepath.Join(h.folder, fmt.Sprintf("pid-%02d", n)), within)
}

func pidIn(t *testing.T, path string, within time.Duration) *os.Process {
	t.Helper()
	var text []byte
	await(t, path, within, func() (ok bool) {
		var err error
		text, err = os.ReadFile(path)
		return err == nil
	})
	pid, err := strconv.Atoi(string(text))
	if err != nil {
		t.Fatal(err)
	}
	process, err := os.FindProcess(pid)
	if err != nil {
		t.Fatal(err)
	}
	return process
}

func (h *house) end() error {
	h.t.Helper()
	h.stop()
	return h.wait()
}

func (h *house) wait() error {
	h.t.Helper()
	select {
	case err := <-h.ended:
		return err
	case <-time.After(20 * time.Second):
		h.t.Fatal("the parent does not end")
		return nil
	}
}

func (h *house) clean() bool {
	_, err := os.Stat(filepath.Join(h.folder, "clean"))
	return err == nil
}

// await polls until ok.
func await(t *testing.T, what string, within time.Duration, ok func() bool) {
	t.Helper()
	deadline := time.After(within)
	tick := time.NewTicker(10 * time.Millisecond)
	defer tick.Stop()
	for !ok() {
		select {
		case <-deadline:
			t.Fatalf("not within %v: %s", within, what)
		case <-tick.C:
		}
	}
}

func TestAChildThatDiesIsStartedAgainWithinTwoSeconds(t *testing.T) {
	for _, kind := range []string{"killed", "panic", "again"} {
		t.Run(kind, func(t *testing.T) {
			h := keep(t, kind)
			first := h.pid(0, 5*time.Second)
			if kind == "killed" {
				if err := first.Kill(); err != nil {
					t.Fatal(err)
				}
			}
			died := time.Now()
			h.pid(1, 2*time.Second)
			t.Logf("another one runs after %v", time.Since(died).Round(time.Millisecond))
			if err := h.end(); err != nil {
				t.Error(err)
			}
			if !h.clean() {
				t.Error("the second child was not let end by itself")
			}
		})
	}
}

func TestAChildThatWantsNoOtherIsTheLast(t *testing.T) {
	h := keep(t, "done")
	if err := h.wait(); err != nil {
		t.Errorf("done: %v", err)
	}
	h = keep(t, "mend")
	var ended Ended
	if err := h.wait(); !errors.As(err, &ended) || ended.Status != StatusMend {
		t.Errorf("one for a person to mend: %v", err)
	}
	if lives, _ := filepath.Glob(filepath.Join(h.folder, "pid-*")); len(lives) != 1 {
		t.Errorf("it lived %d times", len(lives))
	}
}

func TestAParentWithNothingToStartGoesOnTrying(t *testing.T) {
	var log strings.Builder
	p, err := New(Options{Program: filepath.Join(t.TempDir(), "absent"), Log: slog.New(slog.NewTextHandler(&log, nil))})
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(context.Background(), 1500*time.Millisecond)
	defer cancel()
	if err := p.Run(ctx); err != nil || strings.Count(log.String(), "started again") != 2 {
		t.Errorf("%v after %s", err, &log)
	}
}

func TestNewWantsAProgram(t *testing.T) {
	if _, err := New(Options{Log: slog.New(slog.DiscardHandler)}); err == nil {
		t.Error("nothing is kept running")
	}
}
