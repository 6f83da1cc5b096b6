package app

import (
	"bufio"
	"bytes"
	"context"
	"fmt"
	"io"
	"log/slog"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"regexp"
	"strings"
	"syscall"
	"testing"
	"time"

	"golang.org/x/sys/unix"

	"dalaba/agent/internal/sound"
	"dalaba/playlists"
)

// onAFullDisk names the variable that makes this test's program an agent whose files cannot grow. It holds the data
// folder and the enrolment code.
const onAFullDisk = "AGENT_ON_A_FULL_DISK"

// agentOnAFullDisk runs until its input ends. Each line of that is how long a file may become, in bytes.
func agentOnAFullDisk(t *testing.T, folder, code string) {
	signal.Ignore(syscall.SIGXFSZ)
	made, err := New(Options{
		Data: folder, Enrolment: code, Output: OutputDevice, Version: "test", Say: t.Output(),
		Log: slog.New(slog.NewTextHandler(t.Output(), nil)),
	})
	if err != nil {
		t.Fatal(err)
	}
	made.output = sound.NewSimulated(sound.SimulatedOptions{Now: made.machine.mono})
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	done := make(chan error, 1)
	input := bufio.NewScanner(os.Stdin)
	for started := false; input.Scan(); {
		var limit unix.Rlimit
		if err := unix.Getrlimit(unix.RLIMIT_FSIZE, &limit); err != nil {
			t.Fatal(err)
		}
		if _, err := fmt.Sscan(input.Text(), &limit.Cur); err != nil {
			t.Fatal(err)
		}
		if err := unix.Setrlimit(unix.RLIMIT_FSIZE, &limit); err != nil {
			t.Fatal(err)
		}
		if !started {
			started = true
			go func() { done <- made.Run(ctx) }()
		}
	}
	cancel()
	if err := <-done; err != nil {
		t.Error(err)
	}
}

// startOnAFullDisk starts this test's program as such an agent. What is written into limit says how long files may become.
func startOnAFullDisk(t *testing.T, data, code string) (pid int, limit io.Writer) {
	t.Helper()
	agent := exec.Command(os.Args[0], "-test.run", "^"+t.Name()+"$", "-test.v")
	agent.Env = append(os.Environ(), onAFullDisk+"="+data+"\n"+code)
	var said bytes.Buffer
	agent.Stdout, agent.Stderr = &said, &said
	input, err := agent.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := agent.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		input.Close()
		if err := agent.Wait(); err != nil || t.Failed() {
			t.Errorf("%v\n%s", err, &said)
		}
	})
	return agent.Process.Pid, input
}

func TestOnAFullDiskRecordsGoOnAndOrdersHold(t *testing.T) {
	if folder, code, inside := strings.Cut(os.Getenv(onAFullDisk), "\n"); inside {
		agentOnAFullDisk(t, folder, code)
		return
	}
	b, data := newBroadcaster(t), filepath.Join(t.TempDir(), "data")
	small, big := b.offer(wavOf(noise(1))), b.offer(wavOf(noise(8)))
	pid, limit := startOnAFullDisk(t, data, b.code())
	says := func(problem string) bool {
		b.mu.Lock()
		defer b.mu.Unlock()
		return strings.Contains(strings.Join(b.status.Problems, "\n"), problem)
	}
	due := b.now().Truncate(time.Second).Add(4 * time.Second)
	publish := func(revision uint64) {
		p := b.programme(revision, small, due)
		p.Announcements = append(p.Announcements, playlists.Announcement{ID: "b", Title: "长通知", Text: "长", Variants: []playlists.Clip{big}})
		p.Playlists = append(p.Playlists, playlists.Playlist{ID: "q", Name: "q", Entries: []playlists.PlaylistEntry{
			{Announcement: "b", Dialects: playlists.DialectAll, Repeats: 1},
		}})
		b.publish(p)
	}

	fmt.Fprintln(limit, 256<<10)
	publish(1)
	await(t, "the console is told", 10*time.Second, func() bool {
		return says("磁盘空间不够,新录音下载不了;已有的照常播,记录照记。请清理磁盘")
	})
	await(t, "what fits sounds and is reported", 15*time.Second, func() bool { return len(b.plays()) == 1 })
	if play := b.plays()[0]; play.Result != playlists.ResultComplete {
		t.Errorf("%+v", play)
	}
	if parts, _ := filepath.Glob(filepath.Join(data, "clips", "*", "*.part")); len(parts) > 0 {
		t.Errorf("the room that records need is taken by %q", parts)
	}

	fill(t, pid, limit)
	publish(2)
	await(t, "the new programme is in force, and the console is told", 10*time.Second, func() bool {
		b.mu.Lock()
		revision := b.status.Revision
		b.mu.Unlock()
		return revision == 2 && says("断电后会忘记")
	})

	fmt.Fprintln(limit, 64<<20)
	await(t, "all is made good once there is room", 20*time.Second, func() bool {
		content, err := os.ReadFile(filepath.Join(data, "programme.json"))
		b.mu.Lock()
		whole := b.status.ClipsWhole == 2 && len(b.status.Problems) == 0
		b.mu.Unlock()
		return err == nil && bytes.Contains(content, []byte(`"revision":2`)) && whole
	})
}

// fill makes it so that the agent cannot write anything at all.
func fill(t *testing.T, pid int, limit io.Writer) {
	t.Helper()
	fmt.Fprintln(limit, 0)
	await(t, "nothing at all can be written", 5*time.Second, func() bool {
		limits, err := os.ReadFile(fmt.Sprintf("/proc/%d/limits", pid))
		return err == nil && regexp.MustCompile(`Max file size +0 `).Match(limits)
	})
}

func TestOnAFullDiskSilenceIsNotKeptWaiting(t *testing.T) {
	if folder, code, inside := strings.Cut(os.Getenv(onAFullDisk), "\n"); inside {
		agentOnAFullDisk(t, folder, code)
		return
	}
	b := newBroadcaster(t)
	clip := b.offer(wavOf(noise(20)))
	pid, limit := startOnAFullDisk(t, filepath.Join(t.TempDir(), "data"), b.code())
	fmt.Fprintln(limit, 64<<20)
	due := b.now().Truncate(time.Second).Add(4 * time.Second)
	b.publish(b.programme(1, clip, due))
	sounding(t, b, due)

	fill(t, pid, limit)
	ordered := b.now()
	p := b.programme(2, clip, due)
	p.Rounds = nil
	b.publish(p)
	await(t, "it is silent", 3*time.Second, func() bool {
		b.mu.Lock()
		defer b.mu.Unlock()
		return b.status.Sounding == nil
	})
	if n := len(b.plays()); n != 0 {
		t.Errorf("%d plays are reported that nobody could write down", n)
	}

	fmt.Fprintln(limit, 64<<20)
	await(t, "the cut is reported once there is room", 15*time.Second, func() bool { return len(b.plays()) == 1 })
	play := b.plays()[0]
	if late := play.End.Sub(ordered); play.Result != playlists.ResultCut || play.Cause != playlists.CauseCancelled || late > time.Second {
		t.Errorf("silent %v after it was ordered: %+v", late, play)
	}
}
