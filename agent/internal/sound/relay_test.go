package sound

import (
	"context"
	"log/slog"
	"os"
	"path/filepath"
	"testing"
	"time"
)

// program is a command that runs the test binary as a program with that task and file. See TestMain.
func program(task, file string) []string { return []string{os.Args[0], "relay", task, file} }

// TestMain lets the test binary be the programs that a relay runs.
func TestMain(m *testing.M) {
	if len(os.Args) == 4 && os.Args[1] == "relay" {
		switch file := os.Args[3]; os.Args[2] {
		case "on":
			os.WriteFile(file, nil, 0o600)
		case "off":
			os.Remove(file)
		case "hang":
			select {}
		default:
			os.Exit(1)
		}
		os.Exit(0)
	}
	os.Exit(m.Run())
}

// await polls until ok.
func await(t *testing.T, what string, ok func() bool) {
	t.Helper()
	deadline := time.After(10 * time.Second)
	tick := time.NewTicker(5 * time.Millisecond)
	defer tick.Stop()
	for !ok() {
		select {
		case <-deadline:
			t.Fatalf("never: %s", what)
		case <-tick.C:
		}
	}
}

func TestARelayIsSwitchedAsWantedAndOffAtTheEnd(t *testing.T) {
	file := filepath.Join(t.TempDir(), "a file; with $(odd) names")
	if err := os.WriteFile(file, nil, 0o600); err != nil { // the last process left it on
		t.Fatal(err)
	}
	r, err := NewRelay(RelayOptions{On: program("on", file), Off: program("off", file), Log: slog.New(slog.DiscardHandler)})
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan error, 1)
	go func() { done <- r.Run(ctx) }()
	is := func() bool {
		_, err := os.Stat(file)
		return err == nil
	}
	await(t, "it is off at first", func() bool { return !is() })
	r.Want(true)
	await(t, "it is on", is)
	r.Want(false)
	await(t, "it is off", func() bool { return !is() })
	r.Want(true)
	await(t, "it is on again", is)
	cancel()
	if err := <-done; err != nil || is() || r.Problem() != "" {
		t.Errorf("%v, on: %v, %q", err, is(), r.Problem())
	}
}

func TestARelayThatFailsIsAProblem(t *testing.T) {
	r, err := NewRelay(RelayOptions{On: program("fail", ""), Off: program("fail", ""), Log: slog.New(slog.DiscardHandler)})
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan error, 1)
	go func() { done <- r.Run(ctx) }()
	r.Want(true)
	r.Want(false)
	await(t, "it is a problem", func() bool { return r.Problem() != "" })
	cancel()
	if err := <-done; err != nil {
		t.Error(err)
	}
}

func TestARelayCommandThatHangsIsEnded(t *testing.T) {
	r, err := NewRelay(RelayOptions{On: program("on", ""), Off: program("hang", ""), Log: slog.New(slog.DiscardHandler)})
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	began := time.Now()
	if err := r.Run(ctx); err != nil || r.Problem() == "" || time.Since(began) > relayWithin+3*time.Second {
		t.Errorf("%v, %q, after %v", err, r.Problem(), time.Since(began))
	}
}

func TestRelayOptionsAreChecked(t *testing.T) {
	one := []string{"x"}
	for _, o := range []RelayOptions{{}, {On: one}, {Off: one}, {On: one, Off: one, Lead: -1}, {On: one, Off: one, Hold: time.Hour}} {
		if _, err := NewRelay(o); err == nil {
			t.Errorf("%+v: no error", o)
		}
	}
}
