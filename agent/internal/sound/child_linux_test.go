//go:build (alone || sync) && linux

package sound

import (
	"bufio"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"sync"
	"testing"
	"time"
)

// The library allows one context in a process, and a server that went away leaves it useless: what plays through it is a
// child, as in an agent, and is started again.
const (
	childEnv     = "DALABA_SOUND_CHILD" // the clip's length
	childSilence = time.Second
	// stairs are the samples of the child's clip: each is one higher than the one before, so that none can be lost, or come
	// twice, unnoticed.
	stairsFrom, stairsTo = 1000, 21_000
)

// stairs is a clip of that length.
func stairs(length time.Duration) []int16 {
	list := make([]int16, Frames(length))
	for i := range list {
		list[i] = int16(stairsFrom + i%(stairsTo-stairsFrom))
	}
	return list
}

// TestChild plays a clip after a silence, and then silence until the device fails, if the environment says so.
func TestChild(t *testing.T) {
	length, err := time.ParseDuration(os.Getenv(childEnv))
	if err != nil {
		return
	}
	m, now := NewMixer(), ticking()
	d := NewDevice(0, now)
	done := make(chan error, 1)
	go func() {
		err := error(ErrLate)
		for errors.Is(err, ErrLate) {
			err = d.Run(t.Context(), m)
		}
		done <- err
	}()
	await(t, "the device plays", func() bool { _, ok := d.Line(); return ok })
	line, _ := d.Line()
	from, began := d.Out(), now()
	clip := stairs(length)
	v, err := m.Place(&samples{list: clip}, int64(len(clip)), line.FrameAt(began+childSilence), 100)
	if err != nil {
		t.Fatal(err)
	}
	go v.Feed(t.Context())
	for d.Out() < v.End() && now() < began+2*(childSilence+length) {
		select {
		case err := <-done:
			t.Fatal(err)
		case <-time.After(devicePoll):
		}
	}
	fmt.Printf("\nplayed %d\n", Frames(time.Second)*(d.Out()-from)/Frames(now()-began))
	fmt.Printf("\nfault %v\n", errors.Is(<-done, ErrFault))
}

// child starts a child and returns what it says, line by line. Its clip is that long.
func child(t *testing.T, s *server, length time.Duration) <-chan string {
	t.Helper()
	out, in := io.Pipe()
	said := make(chan string)
	start(t, in, []string{s.address(), childEnv + "=" + length.String()}, os.Args[0], "-test.run=^TestChild$", "-test.v")
	go func() {
		lines := bufio.NewScanner(out)
		for lines.Scan() {
			if text := lines.Text(); strings.HasPrefix(text, "played") || strings.HasPrefix(text, "fault") {
				said <- text
			}
		}
	}()
	return said
}

// ear hears the stairs in what comes out of a server's sink.
type ear struct {
	mu           sync.Mutex // guards what follows
	first, last  int16
	heard, risen int64 // samples that were not silence, and those of them that were one higher than the one before
}

// listen has it hear the server until that ends.
func (e *ear) listen(t *testing.T, s *server) {
	t.Helper()
	out, in := io.Pipe()
	start(t, in, []string{s.address()}, "parec", "--device=n.monitor", "--raw", "--rate=48000", "--channels=1", "--format=s16le")
	go func() {
		r := bufio.NewReader(out)
		for {
			var b [2]byte
			if _, err := io.ReadFull(r, b[:]); err != nil {
				return
			}
			e.hear(int16(binary.LittleEndian.Uint16(b[:])))
		}
	}()
}

func (e *ear) hear(s int16) {
	if s == 0 {
		return
	}
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.heard == 0 {
		e.first = s
	}
	if s == e.last+1 || s == stairsFrom && e.last == stairsTo-1 {
		e.risen++
	}
	e.heard++
	e.last = s
}

// counts returns the first sample, how many came, and how many of them in order.
func (e *ear) counts() (first int16, heard, risen int64) {
	e.mu.Lock()
	defer e.mu.Unlock()
	return e.first, e.heard, e.risen
}

func TestTheDeviceGetsEverySampleAndIsMissedWhenItIsGone(t *testing.T) {
	t.Parallel()
	s := serve(t, nullSink)
	for _, round := range []struct {
		name   string
		length time.Duration
	}{{"at first", 5 * time.Second}, {"after the server has come back", time.Second}} {
		var e ear
		e.listen(t, s)
		said := child(t, s, round.length)
		var rate int
		if _, err := fmt.Sscanf(hear(t, said), "played %d", &rate); err != nil || rate < Rate*95/100 || rate > Rate*105/100 {
			t.Errorf("%s: %d frames a second came out, %v", round.name, rate, err)
		}
		// A sound server that the machine lets wait takes some back, and plays it again.
		most := Frames(round.length) * 98 / 100
		await(t, "the clip has come out", func() bool { _, heard, _ := e.counts(); return heard >= most })
		if first, heard, risen := e.counts(); first != stairsFrom || risen < most {
			t.Errorf("%s: the first sample is %d; %d came, %d of them in order", round.name, first, heard, risen)
		}
		s.kill()
		killed := time.Now()
		if text := hear(t, said); text != "fault true" {
			t.Errorf("%s: %q", round.name, text)
		}
		if took := time.Since(killed); took > 2*time.Second {
			t.Errorf("%s: noticed after %v that the server is gone", round.name, took)
		}
		s.start(t)
	}
}

// hear waits for what the child says next.
func hear(t *testing.T, said <-chan string) string {
	t.Helper()
	select {
	case text := <-said:
		return text
	case <-time.After(30 * time.Second):
		t.Fatal("the child says nothing")
		return ""
	}
}
