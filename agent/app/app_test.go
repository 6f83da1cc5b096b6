package app

import (
	"bytes"
	"context"
	"log/slog"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"go.uber.org/goleak"

	"dalaba/agent/internal/journal"
	"dalaba/playlists"
)

// TestMain lets the test binary be the microphone of an agent.
func TestMain(m *testing.M) {
	if len(os.Args) == 3 && os.Args[1] == "microphone" {
		microphone(os.Args[2])
		return
	}
	goleak.VerifyTestMain(m)
}

// agent is an agent that runs in this process, in a folder of its own.
type agent struct {
	t      *testing.T
	folder string
	said   *lines
	// microphone is the command of one near the horn, or nil.
	microphone []string
	stop       func() error
}

// lines collects what is written, for several goroutines.
type lines struct {
	mu   sync.Mutex // guards text
	text bytes.Buffer
}

func (l *lines) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.Write(p)
}

func (l *lines) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.String()
}

func newAgent(t *testing.T) *agent {
	return &agent{t: t, folder: t.TempDir(), said: &lines{}}
}

func (a *agent) options(code string) Options {
	return Options{
		Data: filepath.Join(a.folder, "data"), Enrolment: code, Output: OutputFile,
		Files: filepath.Join(a.folder, "sound"), PerFile: time.Hour, Keep: 3, Version: "test",
		Microphone: a.microphone, Say: a.said, Log: slog.New(slog.NewTextHandler(a.t.Output(), nil)),
	}
}

// run starts the agent; stop, or the test's end, ends it.
func (a *agent) run(code string) {
	a.t.Helper()
	made, err := New(a.options(code))
	if err != nil {
		a.t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan error, 1)
	go func() { done <- made.Run(ctx) }()
	var once sync.Once
	a.stop = func() (err error) {
		once.Do(func() {
			cancel()
			err = <-done
		})
		return err
	}
	a.t.Cleanup(func() { a.stop() })
}

// await polls until ok.
func await(t testing.TB, what string, within time.Duration, ok func() bool) {
	t.Helper()
	deadline := time.After(within)
	tick := time.NewTicker(20 * time.Millisecond)
	defer tick.Stop()
	for !ok() {
		select {
		case <-deadline:
			t.Fatalf("not within %v: %s", within, what)
		case <-tick.C:
		}
	}
}

func TestAProgrammeBecomesSoundAtItsMomentAndAReport(t *testing.T) {
	b, a := newBroadcaster(t), newAgent(t)
	samples := noise(1.5)
	clip := b.offer(wavOf(samples))
	a.run(b.code())
	due := b.now().Truncate(time.Second).Add(4 * time.Second)
	b.publish(b.programme(1, clip, due))

	await(t, "the play is reported", 12*time.Second, func() bool { return len(b.plays()) == 1 })
	play := b.plays()[0]
	if play.Result != playlists.ResultComplete || play.Evidence != playlists.EvidenceLevel || play.Cause != "" {
		t.Errorf("play %+v", play)
	}
	if !play.Due.Equal(due) || play.Airing != playlists.NewAiringID("r", due, theTerminal) {
		t.Errorf("due %v, airing %v", play.Due, play.Airing)
	}
	if play.Sounded != 1500 || play.Output != "file" || play.Clock != playlists.ClockTrusted {
		t.Errorf("sounded %d on %q, clock %s", play.Sounded, play.Output, play.Clock)
	}
	at, ok := heard(t, filepath.Join(a.folder, "sound"), samples)
	if !ok {
		t.Fatal("the clip is not in the sound files")
	}
	t.Logf("heard %v after due", at.Sub(due))
	if off := at.Sub(due).Abs(); off > 50*time.Millisecond {
		t.Errorf("heard %v away from its time", off)
	}
	if off := play.Begin.Sub(at).Abs(); off > 5*time.Millisecond {
		t.Errorf("reported %v away from where it is heard", off)
	}
	await(t, "status tells of the clip", 3*time.Second, func() bool {
		b.mu.Lock()
		defer b.mu.Unlock()
		return b.status.ClipsWanted == 1 && b.status.ClipsWhole == 1 && b.status.Sounding == nil && b.status.Revision == 1
	})
	if err := a.stop(); err != nil {
		t.Error(err)
	}
}

func TestABreakLosesNothingAndDoublesNothing(t *testing.T) {
	b, a := newBroadcaster(t), newAgent(t)
	clip := b.offer(wavOf(noise(1)))
	a.run(b.code())
	due := b.now().Truncate(time.Second).Add(3 * time.Second)
	b.publish(b.programme(1, clip, due))
	b.mu.Lock()
	b.deaf = true
	b.mu.Unlock()
	await(t, "the play arrives", 10*time.Second, func() bool { return len(b.plays()) == 1 })
	b.mu.Lock()
	b.deaf = false
	var journal string
	var seq uint64
	for id, rows := range b.journals {
		for _, r := range rows {
			if r.Play != nil {
				journal, seq = id, r.Seq
			}
		}
	}
	clear(b.journals[journal])
	b.mu.Unlock()
	b.hangUp()
	await(t, "it comes again after the break and is acknowledged", 10*time.Second, func() bool {
		b.mu.Lock()
		defer b.mu.Unlock()
		return b.acked[journal] >= seq
	})
	if n := len(b.plays()); n != 1 {
		t.Errorf("%d plays", n)
	}
}

func TestAnAgentThatDiesInMidPlayReportsItOnceAsCut(t *testing.T) {
	b, a := newBroadcaster(t), newAgent(t)
	clip := b.offer(wavOf(noise(2)))
	a.run(b.code())
	due := b.now().Truncate(time.Second).Add(3 * time.Second)
	p := b.programme(1, clip, due)
	p.Rounds[0].Lateness = 1 // too late for another attempt
	b.publish(p)
	await(t, "it sounds", 10*time.Second, func() bool {
		b.mu.Lock()
		defer b.mu.Unlock()
		return b.status.Sounding != nil && b.now().Sub(due) > 500*time.Millisecond
	})
	// What a killed agent leaves is what lies in its folder at that moment.
	dead := newAgent(t)
	if err := os.CopyFS(dead.folder, os.DirFS(a.folder)); err != nil {
		t.Fatal(err)
	}
	if err := a.stop(); err != nil {
		t.Error(err)
	}
	b.mu.Lock()
	clear(b.journals)
	b.mu.Unlock()
	dead.run("")
	await(t, "the cut is reported", 10*time.Second, func() bool { return len(b.plays()) > 0 })
	play := b.plays()[0]
	if len(b.plays()) != 1 || play.Result != playlists.ResultCut || play.Cause != playlists.CauseAgentDown || play.Sounded <= 0 {
		t.Errorf("%d plays, the first %+v", len(b.plays()), play)
	}
	if err := dead.stop(); err != nil {
		t.Error(err)
	}
	j, err := journal.Open(journal.Options{Folder: filepath.Join(dead.folder, "data", "journal"), Boot: thisMachine().boot, Process: "x", Log: slog.New(slog.DiscardHandler)})
	if err != nil {
		t.Fatal(err)
	}
	defer j.Close()
	cuts := 0
	for _, f := range j.Facts(time.Time{}) {
		if f.Cause == playlists.CauseAgentDown && !f.Airing.IsZero() && f.Kind == "sounded" {
			cuts++
		}
	}
	if cuts != 1 {
		t.Errorf("%d cuts in the journal", cuts)
	}
}
