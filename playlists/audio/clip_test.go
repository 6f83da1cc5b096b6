package audio

import (
	"bytes"
	"errors"
	"io"
	"testing"
)

func TestAClipReadsBackFromAnyFrame(t *testing.T) {
	in := pcm(Rate, tone(333, 0.8, Rate, 3*readFrames+5))
	_, clip, err := render(t, in.file(), Limits{})
	if err != nil {
		t.Fatal(err)
	}
	all := frames(t, clip)
	c, err := OpenClip(bytes.NewReader(clip), int64(len(clip)))
	if err != nil {
		t.Fatal(err)
	}
	if c.Frames() != int64(len(in.sound)) || c.Duration() != 256 {
		t.Fatalf("%d frames, %d ms", c.Frames(), c.Duration())
	}
	room := make([]float32, readFrames+1)
	for at := int64(0); at <= c.Frames()+1; at += 1021 {
		n, err := c.ReadFrames(room, at)
		want := min(len(room), len(all)-int(at))
		if n != want || (n < len(room)) != errors.Is(err, io.EOF) {
			t.Fatalf("at %d: %d frames, %v; want %d", at, n, err, want)
		}
		for i := range n {
			if room[i] != all[int(at)+i] {
				t.Fatalf("frame %d differs", int(at)+i)
			}
		}
	}
	if _, err := c.ReadFrames(room, -1); err == nil {
		t.Error("frame −1 was read")
	}
	if n := testing.AllocsPerRun(10, func() { _, _ = c.ReadFrames(room, 7) }); n != 0 {
		t.Errorf("a read allocates %v times", n)
	}
}

func TestOnlyClipsOpenAsClips(t *testing.T) {
	good := pcm(Rate, tone(333, 0.8, Rate, 500)).file()
	for name, file := range map[string][]byte{
		"nothing":        nil,
		"only a header":  good[:clipHeader],
		"cut off":        good[:len(good)-2],
		"half a frame":   good[:len(good)-1],
		"longer":         append(bytes.Clone(good), 0, 0),
		"another rate":   pcm(44_100, make([]float64, 500)).file(),
		"24 bits":        recording{layout: layout{format: formatPCM, channels: 1, rate: Rate, bits: 24}, sound: make([]float64, 500)}.file(),
		"something else": bytes.Repeat([]byte("x"), 500),
	} {
		if _, err := OpenClip(bytes.NewReader(file), int64(len(file))); err == nil {
			t.Errorf("%s was opened", name)
		}
	}
	c, err := OpenClip(bytes.NewReader(good), int64(len(good)))
	if err != nil {
		t.Fatal(err)
	}
	c.r = bytes.NewReader(good[:200]) // the disk has lost the rest
	if _, err := c.ReadFrames(make([]float32, 500), 0); err == nil || errors.Is(err, io.EOF) && err == io.EOF {
		t.Errorf("what is not there was read: %v", err)
	}
}
