//go:build sync && linux

package sound

import (
	"fmt"
	"io"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"
)

// Real processes on real sound servers: a PulseAudio server with a null sink for each horn, and the sinks' monitors
// recorded, the first one twice, which tells what the recorders add. Each horn has a clock of its own and asks for the time.
const (
	pulseHorns  = 4
	pulseLength = 30 * time.Second
	pulseLead   = 20 * time.Second // from the start of everything to the clip
	// hold is for how long a process is stopped, and holdHorn and holdServer when.
	hold       = 300 * time.Millisecond
	holdHorn   = 8 * time.Second
	holdServer = 19 * time.Second
	// recordersWrong is the error of the recorders above which nothing has been measured.
	recordersWrong = 500 * time.Microsecond
)

// session is what was heard of one run.
type session struct {
	heard []map[int]time.Duration // for each sink how late each pulse was
	wrong time.Duration           // the recorders' own error
}

// record has play make every server's sink sound a clip that begins after pulseLead, and hears that. A run in which the
// recorders were wrong is not judged.
func record(t *testing.T, play func(servers []*server, now func() time.Duration, begins time.Duration)) session {
	t.Helper()
	now := wall()
	base := now()
	begins := base + pulseLead
	var servers []*server
	for range pulseHorns {
		servers = append(servers, serve(t, nullSink))
	}
	recorders := make([]recorder, len(servers)+1)
	done := make(chan error, len(recorders))
	for i := range recorders {
		out, in := io.Pipe()
		start(t, in, []string{servers[i%len(servers)].address()}, "parec", "--device=n.monitor", "--raw", "--rate=48000",
			"--channels=1", "--format=s16le", "--latency-msec=5")
		go func() { done <- recorders[i].listen(out, now, base) }()
		time.AfterFunc(begins+pulseLength+2*time.Second-base, func() { in.Close() })
	}
	play(servers, now, begins)
	for range recorders {
		if err := <-done; err != nil {
			t.Fatal(err)
		}
	}
	var s session
	for i := range recorders {
		heard, scatter := recorders[i].heard(begins - base)
		s.heard, s.wrong = append(s.heard, heard), max(s.wrong, scatter)
		t.Logf("recorder %d, half its reads within %v: %d pulses; late in ms, second by second: %s", i, scatter, len(heard), seconds(heard))
	}
	var apart []time.Duration
	for k, at := range s.heard[0] {
		if again, ok := s.heard[len(servers)][k]; ok {
			apart = append(apart, (at - again).Abs())
		}
	}
	if len(apart) == 0 {
		t.Fatal("the first sink is silent")
	}
	slices.Sort(apart)
	s.heard, s.wrong = s.heard[:len(servers)], max(s.wrong, part(apart, 0.99))
	if s.wrong > recordersWrong {
		t.Fatalf("not measured: the recorders are wrong by %v because the machine is busy; try again when it is not", s.wrong)
	}
	return s
}

// seconds tells how late the first pulse of each second was, in milliseconds.
func seconds(heard map[int]time.Duration) string {
	var text strings.Builder
	for k := 10; k < int(pulseLength/(100*time.Millisecond)); k += 10 {
		if late, ok := heard[k]; ok {
			fmt.Fprintf(&text, "%.2f ", late.Seconds()*1000)
		} else {
			text.WriteString("- ")
		}
	}
	return text.String()
}

// skews returns the skew over all sinks of each pulse in a stretch of the clip, in order of size.
func (s session) skews(from, to time.Duration) (list []time.Duration) {
	for k := int(from/(100*time.Millisecond)) + 1; k < int(to/(100*time.Millisecond)); k++ {
		least, most := time.Duration(math.MaxInt64), time.Duration(math.MinInt64)
		for _, h := range s.heard {
			late, ok := h[k]
			if !ok {
				late = math.MaxInt32 // a pulse that is missing is as bad as a late one
			}
			least, most = min(least, late), max(most, late)
		}
		list = append(list, most-least)
	}
	slices.Sort(list)
	return list
}

// recovery returns how long after at the skew came back within bound, for good until to.
func (s session) recovery(at, to, bound time.Duration) time.Duration {
	for back := to; back > at; back -= 100 * time.Millisecond {
		if list := s.skews(back-100*time.Millisecond, back+100*time.Millisecond); list[len(list)-1] > bound {
			return back - at
		}
	}
	return 0
}

func part(list []time.Duration, share float64) time.Duration {
	return list[int(share*float64(len(list)-1))]
}

// horns runs one horn on each server, and stops the first one, and the second one's server, for a moment if that is wanted.
func horns(t *testing.T, servers []*server, now func() time.Duration, begins time.Duration, disturb bool) {
	address := tellTime(t, now)
	var running sync.WaitGroup
	stop := func(p *os.Process, at time.Duration) {
		time.AfterFunc(begins+at-now(), func() {
			p.Signal(syscall.SIGSTOP)
			time.AfterFunc(hold, func() { p.Signal(syscall.SIGCONT) })
		})
	}
	for i, s := range servers {
		horn := start(t, os.Stdout, []string{s.address(), "HORN_CLOCK=" + address, fmt.Sprintf("HORN_BEGINS=%d", int64(begins))},
			os.Args[0], "-test.run=^TestOneHorn$", "-test.v")
		running.Go(func() { horn.Wait() })
		switch {
		case disturb && i == 0:
			stop(horn.Process, holdHorn)
		case disturb && i == 1:
			stop(s.process.Process, holdServer)
		}
	}
	running.Wait()
}

func TestRealHornsSpeakAsOne(t *testing.T) {
	s := record(t, func(servers []*server, now func() time.Duration, begins time.Duration) {
		horns(t, servers, now, begins, false)
	})
	report(t, "horns", s)
	if list := s.skews(0, pulseLength-time.Second); part(list, 0.99) > 2*time.Millisecond {
		t.Errorf("p99 is %v", part(list, 0.99))
	}
}

// report tells what was measured.
func report(t *testing.T, of string, s session) {
	t.Helper()
	list := s.skews(0, pulseLength-time.Second)
	t.Logf("skew of %d %s over %d pulses: median %v, p99 %v, max %v; the recorders' own error is %v",
		pulseHorns, of, len(list), part(list, 0.5), part(list, 0.99), part(list, 1), s.wrong)
}

func TestRealHornsGetBackIntoStep(t *testing.T) {
	s := record(t, func(servers []*server, now func() time.Duration, begins time.Duration) {
		horns(t, servers, now, begins, true)
	})
	const bound = 2 * time.Millisecond
	horn, server := s.recovery(holdHorn, holdServer-time.Second, bound), s.recovery(holdServer, pulseLength-time.Second, bound)
	t.Logf("within %v of one another again %v after a horn stood still for %v, and %v after a sound server did; the recorders' own error is %v",
		bound, horn, hold, server, s.wrong)
	if horn > 3*time.Second || server > 3*time.Second {
		t.Error("it takes too long to get back into step")
	}
}

// TestSnapcastOnTheSameWork measures what others do, where that is installed, to compare with.
func TestSnapcastOnTheSameWork(t *testing.T) {
	for _, name := range []string{"snapserver", "snapclient"} {
		if _, err := exec.LookPath(name); err != nil {
			t.Log(err)
			return
		}
	}
	s := record(t, func(servers []*server, now func() time.Duration, begins time.Duration) {
		folder := t.TempDir()
		pipe := filepath.Join(folder, "pipe")
		if err := syscall.Mkfifo(pipe, 0o600); err != nil {
			t.Fatal(err)
		}
		const port = "17941"
		start(t, io.Discard, []string{"HOME=" + folder}, "snapserver", "--server.datadir="+folder, "--http.enabled=false", "--tcp.enabled=false",
			"--stream.port="+port, "--stream.source=pipe://"+pipe+"?name=n&sampleformat=48000:16:1&codec=pcm")
		for i, server := range servers {
			start(t, io.Discard, []string{"HOME=" + folder, server.address()}, "snapclient", "--player", "pulse", "--host", "127.0.0.1", "--port", port,
				"--hostID", fmt.Sprint("client", i))
		}
		feed(t, pipe, now, begins)
	})
	report(t, "Snapcast clients", s)
}

// feed writes silence, and the clip when it begins, into a pipe as fast as it sounds.
func feed(t *testing.T, pipe string, now func() time.Duration, begins time.Duration) {
	t.Helper()
	f, err := os.OpenFile(pipe, os.O_RDWR, 0)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	clip, from := counted(pulseLength), now()
	first := Frames(begins - from)
	tick := time.NewTicker(10 * time.Millisecond)
	defer tick.Stop()
	for n := int64(0); n < first+int64(len(clip)); {
		<-tick.C
		var b []byte
		for due := Frames(now() - from); n < due; n++ {
			var s int16
			if k := n - first; k >= 0 && k < int64(len(clip)) {
				s = clip[k]
			}
			b = append(b, byte(s), byte(s>>8))
		}
		if _, err := f.Write(b); err != nil {
			t.Fatal(err)
		}
	}
}
