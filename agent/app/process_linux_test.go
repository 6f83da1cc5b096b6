package app

import (
	"bytes"
	"fmt"
	"log/slog"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"dalaba/agent/internal/journal"
	"dalaba/playlists"
)

// process is the agent as it ships, as processes of its own.
type process struct {
	*exec.Cmd
	t      testing.TB
	folder string
	said   bytes.Buffer
}

// startProcess builds the agent and runs it against town, playing into files.
func startProcess(t testing.TB, town *broadcaster) *process {
	t.Helper()
	p := &process{t: t, folder: t.TempDir()}
	binary := filepath.Join(p.folder, "agent")
	build := exec.Command("go", "build", "-trimpath", "-ldflags", "-s -w", "-o", binary, "dalaba/agent")
	build.Env = append(os.Environ(), "CGO_ENABLED=0")
	if out, err := build.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	settings := fmt.Sprintf("data: data\nenrolment: %q\nsound:\n  output: file\n  file:\n    folder: sound\n", town.code())
	path := filepath.Join(p.folder, "agent.yaml")
	if err := os.WriteFile(path, []byte(settings), 0o600); err != nil {
		t.Fatal(err)
	}
	p.Cmd = exec.Command(binary, "run", "-config", path)
	p.Stderr, p.WaitDelay = &p.said, 15*time.Second
	if err := p.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if p.ProcessState == nil {
			p.end(syscall.SIGKILL)
		}
		if t.Failed() {
			t.Logf("%s", &p.said)
		}
	})
	return p
}

// child is the id of the process that plays, 0 while there is none. Any of the parent's threads may have started it.
func (p *process) child() int {
	lists, err := filepath.Glob(fmt.Sprintf("/proc/%d/task/*/children", p.Process.Pid))
	if err != nil {
		p.t.Fatal(err)
	}
	for _, path := range lists {
		text, err := os.ReadFile(path)
		if err != nil {
			continue // the thread has ended
		}
		if id, err := strconv.Atoi(strings.TrimSpace(string(text))); err == nil {
			return id
		}
	}
	return 0
}

// end signals the parent and waits until neither it nor its child holds our pipe any more.
func (p *process) end(s syscall.Signal) (status int, took time.Duration) {
	p.t.Helper()
	began := time.Now()
	if err := p.Process.Signal(s); err != nil {
		p.t.Error(err)
	}
	_ = p.Wait() // the status tells
	return p.ProcessState.ExitCode(), time.Since(began)
}

// plays are those in the journal that it left: whole, or a cut with its cause.
func (p *process) plays() (whole int, cuts []playlists.Cause) {
	p.t.Helper()
	j, err := journal.Open(journal.Options{
		Folder: filepath.Join(p.folder, "data", "journal"), Boot: thisMachine().boot, Process: "x", Log: slog.New(slog.DiscardHandler),
	})
	if err != nil {
		p.t.Fatal(err)
	}
	defer j.Close()
	for _, f := range j.Facts(time.Time{}) {
		switch {
		case f.Airing.IsZero() || f.Kind != "sounded":
		case f.Whole:
			whole++
		default:
			cuts = append(cuts, f.Cause)
		}
	}
	return whole, cuts
}

// sounding waits until the town hears that something has sounded for a while.
func sounding(t testing.TB, town *broadcaster, from time.Time) {
	t.Helper()
	await(t, "it sounds", 20*time.Second, func() bool {
		town.mu.Lock()
		defer town.mu.Unlock()
		return town.status.Sounding != nil && town.now().Sub(from) > time.Second
	})
}

func TestTheAgentPlaysOnAfterItWasKilledAndEndsCleanly(t *testing.T) {
	town := newBroadcaster(t)
	clip := town.offer(wavOf(noise(5)))
	p := startProcess(t, town)
	due := town.now().Truncate(time.Second).Add(4 * time.Second)
	published := town.programme(1, clip, due)
	town.publish(published)
	sounding(t, town, due)
	first := p.child()
	killed := time.Now()
	if err := syscall.Kill(first, syscall.SIGKILL); err != nil {
		t.Fatal(err)
	}
	await(t, "another one runs", 2*time.Second, func() bool { id := p.child(); return id != 0 && id != first })
	t.Logf("another one runs after %v", time.Since(killed).Round(time.Millisecond))
	await(t, "the cut and the whole attempt after it are reported", 20*time.Second, func() bool { return len(town.plays()) == 2 })

	due = town.now().Truncate(time.Second).Add(4 * time.Second)
	town.publish(town.programme(2, clip, due))
	sounding(t, town, due)
	status, took := p.end(syscall.SIGTERM)
	t.Logf("ended with status %d after %v", status, took.Round(time.Millisecond))
	if status != 0 || took > 5*time.Second {
		t.Errorf("ended with status %d after %v", status, took)
	}
	whole, cuts := p.plays()
	if whole != 1 || len(cuts) != 2 || cuts[0] != playlists.CauseAgentDown || cuts[1] != playlists.CauseAgentDown {
		t.Errorf("%d whole, cut by %q", whole, cuts)
	}
}

func TestTwoAgentsDoNotShareADataFolder(t *testing.T) {
	town := newBroadcaster(t)
	p := startProcess(t, town)
	await(t, "it is enrolled", 10*time.Second, func() bool {
		_, err := os.Stat(filepath.Join(p.folder, "data", "identity.json"))
		return err == nil
	})
	other := exec.Command(p.Args[0], p.Args[1:]...)
	said, err := other.CombinedOutput()
	if other.ProcessState.ExitCode() != 1 || !strings.Contains(string(said), "已经有一个程序在用这个数据文件夹") {
		t.Errorf("%v: %s", err, said)
	}
	if status, _ := p.end(syscall.SIGTERM); status != 0 {
		t.Errorf("the first one ended with status %d", status)
	}
}
