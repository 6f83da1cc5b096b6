package app

import (
	"bytes"
	"fmt"
	"os"
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
	town := newBroadcaster(b)
	clip := town.offer(wavOf(noise(30)))
	town.publish(town.programme(1, clip, town.now().Add(12*time.Hour)))
	agent := startProcess(b, town)
	defer func() {
		if status, _ := agent.end(syscall.SIGTERM); status != 0 {
			b.Errorf("status %d\n%s", status, &agent.said)
		}
	}()
	built, err := os.Stat(agent.Path)
	if err != nil {
		b.Fatal(err)
	}
	await(b, "it has its clip", 20*time.Second, func() bool {
		town.mu.Lock()
		defer town.mu.Unlock()
		return town.status.ClipsWhole == 1
	})
	const warm, watch = 25 * time.Second, 30 * time.Second // the clock is asked more often at first
	for range b.N {
		pause(b, warm)
		parent, child := agent.Process.Pid, agent.child()
		before := cpuSeconds(b, parent) + cpuSeconds(b, child)
		pause(b, watch)
		cpu := 100 * (cpuSeconds(b, parent) + cpuSeconds(b, child) - before) / watch.Seconds()
		rss, size := residentMB(b, parent)+residentMB(b, child), float64(built.Size())/1e6
		b.Logf("parent %.1f MB, child %.1f MB", residentMB(b, parent), residentMB(b, child))
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
