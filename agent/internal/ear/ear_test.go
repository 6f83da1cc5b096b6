package ear

import (
	"context"
	"encoding/binary"
	"log/slog"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"go.uber.org/goleak"

	"dalaba/playlists/audio"
)

// chirpAfter is how long the microphone of the tests is silent before its chirp.
const chirpAfter = 700 * time.Millisecond

// TestMain lets the test binary be a microphone.
func TestMain(m *testing.M) {
	if len(os.Args) == 4 && os.Args[1] == "microphone" {
		microphone(os.Args[2], os.Args[3])
		os.Exit(0)
	}
	goleak.VerifyTestMain(m)
}

// microphone does a task; file is where it leaves its number and that of its child.
func microphone(task, file string) {
	note, err := os.OpenFile(file, os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	if err != nil {
		os.Exit(1)
	}
	note.WriteString(strconv.Itoa(os.Getpid()) + "\n")
	switch task {
	case "chirp":
		record(append(make([]float32, audio.Rate*7/10), audio.Chirp()...))
	case "silence":
		record(nil)
	case "nothing":
		select {}
	case "complains":
		os.Stderr.WriteString("no such device\n")
		os.Exit(1)
	case "floods":
		for text := []byte(strings.Repeat("y\n", 1<<15)); ; {
			if _, err := os.Stdout.Write(text); err != nil {
				os.Exit(1)
			}
		}
	case "ends":
		os.Stdout.Write(make([]byte, 1000))
	case "family":
		child := exec.Command(os.Args[0], "microphone", "silence", file)
		child.Stdout = os.Stdout
		child.Start()
		select {}
	}
}

// record writes a sound in real time, in pieces of 20 ms that are cut where no frame ends, and then silence for ever.
func record(sound []float32) {
	tick := time.NewTicker(20 * time.Millisecond)
	os.Stdout.Write([]byte{0})
	for at := 0; ; at += audio.Rate / 50 {
		var piece []byte
		for i := range audio.Rate / 50 {
			var v float32
			if at+i < len(sound) {
				v = sound[at+i]
			}
			piece = binary.LittleEndian.AppendUint16(piece, uint16(int16(v*32767)))
		}
		// One byte was written ahead: the first of a silent frame.
		if _, err := os.Stdout.Write(append(piece[1:], 0)); err != nil {
			return
		}
		<-tick.C
	}
}

// begin runs an ear whose microphone does task; what it returns ends it.
func begin(t *testing.T, task string) (e *Ear, file string, end func()) {
	t.Helper()
	file = filepath.Join(t.TempDir(), "a file; with $(odd) names")
	began := time.Now()
	e, err := New(Options{
		Command: []string{os.Args[0], "microphone", task, file}, Now: func() time.Duration { return time.Since(began) },
		Log: slog.New(slog.NewTextHandler(t.Output(), nil)),
	})
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan error, 1)
	go func() { done <- e.Run(ctx) }()
	ended := false
	end = func() {
		if ended {
			return
		}
		ended = true
		cancel()
		if err := <-done; err != nil {
			t.Error(err)
		}
	}
	t.Cleanup(end)
	return e, file, end
}

// numbers are those of the processes that have left theirs in file.
func numbers(t *testing.T, file string) (list []int) {
	t.Helper()
	text, err := os.ReadFile(file)
	if err != nil && !os.IsNotExist(err) {
		t.Fatal(err)
	}
	for word := range strings.FieldsSeq(string(text)) {
		n, err := strconv.Atoi(word)
		if err != nil {
			t.Fatal(err)
		}
		list = append(list, n)
	}
	return list
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

func TestAChirpIsHeardWhenItCame(t *testing.T) {
	e, _, _ := begin(t, "chirp")
	e.Want(true)
	since := e.o.Now()
	await(t, "it is heard", func() bool { return e.Heard(since).Chirp })
	h := e.Heard(since)
	if came := h.At - since; came < chirpAfter-40*time.Millisecond || came > chirpAfter+500*time.Millisecond {
		t.Errorf("it came after %v, want %v, less the piece that it is ahead, and what a program takes to start", came, chirpAfter)
	}
	if !h.Listened || math.Abs(h.Level-audio.RMS(audio.Chirp())) > 2 || h.Piece > 100*time.Millisecond || e.Problem() != "" {
		t.Errorf("%+v, %q", h, e.Problem())
	}
	if later := e.Heard(h.At + 200*time.Millisecond); later.Chirp {
		t.Errorf("half a chirp is one: %+v", later)
	}
}

func TestSilenceIsListenedToAndIsNoChirp(t *testing.T) {
	e, _, _ := begin(t, "silence")
	if h := e.Heard(0); h != (Heard{}) {
		t.Errorf("before it was wanted: %+v", h)
	}
	e.Want(true)
	await(t, "it listens", func() bool { return e.Heard(0).Listened })
	if h := e.Heard(0); h.Chirp || h.Level > -100 || e.Problem() != "" {
		t.Errorf("%+v, %q", h, e.Problem())
	}
}

func TestAMicrophoneThatGivesNothingIsAProblem(t *testing.T) {
	for _, task := range []string{"nothing", "complains", "ends"} {
		t.Run(task, func(t *testing.T) {
			e, file, _ := begin(t, task)
			e.Want(true)
			await(t, "it was started", func() bool { return len(numbers(t, file)) > 0 })
			if h := e.Heard(0); h.Listened || h.Chirp {
				t.Errorf("%+v", h)
			}
			if task == "nothing" {
				e.Want(false) // that nothing came is known when it is over
			}
			await(t, "it is a problem", func() bool { return e.Problem() != "" })
		})
	}
	e, err := New(Options{
		Command: []string{filepath.Join(t.TempDir(), "missing")}, Now: func() time.Duration { return 0 }, Log: slog.New(slog.DiscardHandler),
	})
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan error, 1)
	go func() { done <- e.Run(ctx) }()
	e.Want(true)
	await(t, "it is a problem", func() bool { return e.Problem() != "" })
	cancel()
	if err := <-done; err != nil {
		t.Error(err)
	}
}

func TestWhatGivesMoreThanTimeAllowsIsNoMicrophone(t *testing.T) {
	e, _, _ := begin(t, "floods")
	e.Want(true)
	await(t, "it is a problem", func() bool { return e.Problem() != "" })
	if h := e.Heard(0); h.Listened || h.Chirp || e.Hears() {
		t.Errorf("%+v", h)
	}
}

func TestOptionsAreChecked(t *testing.T) {
	now, log := func() time.Duration { return 0 }, slog.New(slog.DiscardHandler)
	for _, o := range []Options{{}, {Command: []string{"x"}, Now: now}, {Command: []string{"x"}, Log: log}, {Now: now, Log: log}} {
		if _, err := New(o); err == nil {
			t.Errorf("%+v: no error", o)
		}
	}
}
