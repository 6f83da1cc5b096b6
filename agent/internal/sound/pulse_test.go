//go:build sync

package sound

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"
)

// Real processes on real sound servers: a PulseAudio server with a null sink for each horn, and the sinks' monitors
// recorded. What the recorders add to it is measured too: two of them listen to the same sink.
const (
	pulseHorns  = 4
	pulseLength = 30 * time.Second
	pulseLead   = 15 * time.Second // from the start of everything to the clip
)

// wall is a clock that all processes of this machine share: the time of day, from when the process began on monotonic.
func wall() func() time.Duration {
	began := time.Now()
	return func() time.Duration { return time.Duration(began.UnixNano()) + time.Since(began) }
}

// TestOneHorn is a horn if the environment says when its clip begins, and nothing else.
func TestOneHorn(t *testing.T) {
	text, ok := os.LookupEnv("HORN_BEGINS")
	if !ok {
		return
	}
	ns, err := strconv.ParseInt(text, 10, 64)
	if err != nil {
		t.Fatal(err)
	}
	now, begins, m := wall(), time.Duration(ns), NewMixer()
	d := NewDevice(0, now)
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan error, 1)
	go func() { done <- d.Run(ctx, m) }()
	tick := time.NewTicker(100 * time.Millisecond)
	defer tick.Stop()
	clip := pulses(pulseLength)
	var v *Voice
	for now() < begins+pulseLength+time.Second {
		select {
		case err := <-done: // a server that is slow to begin
			t.Log(err)
			go func() { done <- d.Run(ctx, m) }()
		case <-tick.C:
		}
		line, ok := d.Line()
		switch {
		case !ok:
		case v == nil && now() > begins-time.Second:
			if v, err = m.Place(&samples{list: clip}, int64(len(clip)), line.FrameAt(begins), 100); err != nil {
				t.Fatal(err)
			}
			go v.Feed(ctx)
		case v != nil:
			if late := v.Follow(line, Line{At: begins}, now()); late != 0 {
				t.Logf("gets back into step: %v", late)
			}
		}
	}
	line, _ := d.Line()
	t.Logf("keeps %v, drift %+.1f ppm, began %v late, left out %v", Length(d.ring.Load()), 1e6*line.Drift, Length(v.Start()-v.asked), Length(v.Skipped()))
	cancel()
	<-done
}

// recorder finds the pulses in what comes out of a sink, with their times on the clock of the recording.
type recorder struct {
	fit     lineFit
	middles []float64 // in frames of the recording
}

// listen reads frames until the end, and notes when they came.
func (r *recorder) listen(from io.Reader, now func() time.Duration, base time.Duration) error {
	in := bufio.NewReaderSize(from, 1<<16)
	room := make([]byte, 960)
	var n int64
	var sum, weight float64
	for {
		got, err := io.ReadFull(in, room)
		if got == 0 || err != nil {
			if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, os.ErrClosed) {
				return nil
			}
			return err
		}
		for i := 0; i+1 < got; i += 2 {
			s := float64(int16(uint16(room[i]) | uint16(room[i+1])<<8))
			if math.Abs(s) > 2 {
				sum, weight = sum+s*float64(n), weight+s
			} else {
				if weight > 8000 {
					r.middles = append(r.middles, sum/weight)
				}
				sum, weight = 0, 0
			}
			n++
		}
		r.fit.add(n, now()-base)
	}
}

// heard returns when the pulses came, by the tenth of a second since begins.
func (r *recorder) heard(base, begins time.Duration) map[int]time.Duration {
	line := r.fit.line(0)
	list := make(map[int]time.Duration)
	for _, middle := range r.middles {
		at := base + line.Time(int64(middle)) + time.Duration((middle-math.Floor(middle))/Rate*1e9) - begins
		list[int(math.Round(at.Seconds()*10))] = at
	}
	return list
}

// seconds tells how late the first pulse of each second was, in milliseconds.
func seconds(heard map[int]time.Duration) string {
	var text strings.Builder
	for tenth := 10; tenth < int(pulseLength/(100*time.Millisecond)); tenth += 10 {
		late := heard[tenth] - time.Duration(tenth)*100*time.Millisecond
		fmt.Fprintf(&text, "%.1f ", late.Seconds()*1000)
	}
	return text.String()
}

// start starts a program that is ended with the test.
func start(t *testing.T, out io.Writer, env []string, name string, args ...string) *exec.Cmd {
	t.Helper()
	c := exec.CommandContext(t.Context(), name, args...)
	c.Env, c.Stdout = append(os.Environ(), env...), out
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		c.Process.Kill()
		c.Wait()
	})
	return c
}

// serve starts a sound server in a folder of its own and returns the address of its socket.
func serve(t *testing.T) string {
	t.Helper()
	folder := t.TempDir()
	socket := filepath.Join(folder, "native")
	script := fmt.Sprintf("load-module module-native-protocol-unix socket=%s auth-anonymous=1\n"+
		"load-module module-null-sink sink_name=n rate=48000 channels=1 format=s16le\n", socket)
	path := filepath.Join(folder, "start.pa")
	if err := os.WriteFile(path, []byte(script), 0o600); err != nil {
		t.Fatal(err)
	}
	start(t, io.Discard, []string{"HOME=" + folder, "XDG_RUNTIME_DIR=" + folder}, "pulseaudio", "-n", "-F", path,
		"--exit-idle-time=-1", "--daemonize=no", "--use-pid-file=no", "--disallow-exit=1")
	await(t, "the sound server listens", func() bool {
		_, err := os.Stat(socket)
		return err == nil
	})
	return "unix:" + socket
}

func TestRealHornsSpeakAsOne(t *testing.T) {
	now := wall()
	base := now()
	begins := base + pulseLead
	// The last recorder listens to the first sink once more.
	recorders := make([]recorder, pulseHorns+1)
	done := make(chan error, len(recorders))
	var servers []string
	for range pulseHorns {
		servers = append(servers, serve(t))
	}
	for i := range recorders {
		out, in := io.Pipe()
		start(t, in, nil, "parec", "--server="+servers[i%pulseHorns], "--device=n.monitor", "--raw", "--rate=48000",
			"--channels=1", "--format=s16le", "--latency-msec=20")
		go func() { done <- recorders[i].listen(out, now, base) }()
		time.AfterFunc(time.Until(time.Unix(0, int64(begins+pulseLength+2*time.Second))), func() { in.Close() })
	}
	for _, server := range servers {
		start(t, os.Stdout, []string{"PULSE_SERVER=" + server, fmt.Sprintf("HORN_BEGINS=%d", int64(begins))},
			os.Args[0], "-test.run=^TestOneHorn$", "-test.v")
	}
	for range recorders {
		if err := <-done; err != nil {
			t.Fatal(err)
		}
	}
	var heard []map[int]time.Duration
	for i := range recorders {
		heard = append(heard, recorders[i].heard(base, begins))
		t.Logf("recorder %d: %d pulses; off the time, second by second: %s", i, len(heard[i]), seconds(heard[i]))
	}
	var skews, own []time.Duration
	for tenth := 1; tenth < int(pulseLength/(100*time.Millisecond))-1; tenth++ {
		var out []time.Duration
		for _, h := range heard[:pulseHorns] {
			if at, ok := h[tenth]; ok {
				out = append(out, at)
			}
		}
		if again, ok := heard[pulseHorns][tenth]; ok && len(out) == pulseHorns {
			own = append(own, (again - heard[0][tenth]).Abs())
			skews = append(skews, slices.Max(out)-slices.Min(out))
		}
	}
	if len(skews) < 100 {
		t.Fatalf("only %d pulses came out of every horn", len(skews))
	}
	slices.Sort(skews)
	slices.Sort(own)
	of := func(list []time.Duration, share float64) time.Duration { return list[int(share*float64(len(list)-1))] }
	t.Logf("skew of %d processes over %d pulses: median %v, p90 %v, p99 %v; two recorders of one sink: median %v, p99 %v",
		pulseHorns, len(skews), of(skews, 0.5), of(skews, 0.9), of(skews, 0.99), of(own, 0.5), of(own, 0.99))
	if of(skews, 0.5) > 5*time.Millisecond {
		t.Errorf("the median skew is %v", of(skews, 0.5))
	}
}
