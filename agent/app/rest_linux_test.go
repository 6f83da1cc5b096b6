package app

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"
)

// What an agent may take of a village PC.
const (
	maxBinaryMB = 15.0
	maxRestMB   = 30.0
	maxRestCPU  = 3.0 // percent of one core
)

// BenchmarkAgentAtRest builds the agent as it ships and watches it being connected, with a programme in force and its
// output running, while nothing sounds.
func BenchmarkAgentAtRest(b *testing.B) {
	folder := b.TempDir()
	binary := filepath.Join(folder, "agent")
	build := exec.Command("go", "build", "-trimpath", "-ldflags", "-s -w", "-o", binary, "dalaba/agent")
	build.Env = append(os.Environ(), "CGO_ENABLED=0")
	if out, err := build.CombinedOutput(); err != nil {
		b.Fatalf("%v\n%s", err, out)
	}
	built, err := os.Stat(binary)
	if err != nil {
		b.Fatal(err)
	}
	town := newBroadcaster(b)
	clip := town.offer(wavOf(noise(30)))
	town.publish(town.programme(1, clip, town.now().Add(12*time.Hour)))
	settings := fmt.Sprintf("data: data\nenrolment: %q\nsound:\n  output: file\n  file:\n    folder: sound\n", town.code())
	path := filepath.Join(folder, "agent.yaml")
	if err := os.WriteFile(path, []byte(settings), 0o600); err != nil {
		b.Fatal(err)
	}
	agent := exec.Command(binary, "run", "-config", path)
	var log bytes.Buffer
	agent.Stderr = &log
	if err := agent.Start(); err != nil {
		b.Fatal(err)
	}
	defer func() {
		agent.Process.Signal(syscall.SIGTERM)
		if err := agent.Wait(); err != nil {
			b.Errorf("%v\n%s", err, &log)
		}
	}()
	await(b, "it has its clip", 20*time.Second, func() bool {
		town.mu.Lock()
		defer town.mu.Unlock()
		return town.status.ClipsWhole == 1
	})
	const warm, watch = 25 * time.Second, 30 * time.Second // the clock is asked more often at first
	for range b.N {
		pause(b, warm)
		before := cpuSeconds(b, agent.Process.Pid)
		pause(b, watch)
		cpu := 100 * (cpuSeconds(b, agent.Process.Pid) - before) / watch.Seconds()
		rss, size := residentMB(b, agent.Process.Pid), float64(built.Size())/1e6
		b.ReportMetric(cpu, "cpu-%")
		b.ReportMetric(rss, "rss-MB")
		b.ReportMetric(size, "binary-MB")
		b.ReportMetric(0, "ns/op")
		if cpu > maxRestCPU || rss > maxRestMB || size > maxBinaryMB {
			b.Errorf("%.1f %% of a core, %.1f MB resident, %.1f MB binary: want at most %v, %v, %v", cpu, rss, size, maxRestCPU, maxRestMB, maxBinaryMB)
		}
	}
}

// pause waits for a span of real time, which is what is measured.
func pause(b *testing.B, d time.Duration) {
	b.Helper()
	select {
	case <-time.After(d):
	case <-b.Context().Done():
		b.Fatal("ended early")
	}
}

func cpuSeconds(b *testing.B, pid int) float64 {
	b.Helper()
	text, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
	if err != nil {
		b.Fatal(err)
	}
	fields := strings.Fields(string(text[bytes.LastIndexByte(text, ')')+1:]))
	user, _ := strconv.ParseFloat(fields[11], 64)
	system, _ := strconv.ParseFloat(fields[12], 64)
	return (user + system) / 100 // in ticks of 10 ms
}

func residentMB(b *testing.B, pid int) float64 {
	b.Helper()
	text, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
	if err != nil {
		b.Fatal(err)
	}
	for line := range strings.Lines(string(text)) {
		if rest, ok := strings.CutPrefix(line, "VmRSS:"); ok {
			kb, _ := strconv.ParseFloat(strings.Fields(rest)[0], 64)
			return kb / 1e3
		}
	}
	b.Fatal("no VmRSS")
	return 0
}
