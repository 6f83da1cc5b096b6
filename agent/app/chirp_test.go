package app

import (
	"errors"
	"os"
	"strings"
	"sync"
	"testing"
	"time"

	"dalaba/agent/internal/sound"
)

func TestATestSaysWhereItSoundedAndThatItDid(t *testing.T) {
	a := newAgent(t)
	o := a.options("")
	made, err := New(o)
	if err != nil {
		t.Fatal(err)
	}
	if err := made.Test(t.Context(), 40); err != nil {
		t.Fatal(err)
	}
	said := a.said.String()
	if !strings.Contains(said, o.Files) || !strings.Contains(said, "喇叭不会响") || !strings.Contains(said, "写进文件了") {
		t.Errorf("said %q", said)
	}
	chirp := sound.NewChirp()
	frames := make([]int16, chirp.Frames())
	if _, err := chirp.ReadFrames(frames); err == nil {
		t.Fatal("a chirp without an end")
	}
	for i, f := range frames {
		frames[i] = int16(int32(f) * 40 / 100)
	}
	if _, found := heard(t, o.Files, frames[sound.Rate/2:]); !found {
		t.Error("the chirp is not in the sound files")
	}
}

func TestATestOfADeviceThatDoesNotPlayFails(t *testing.T) {
	for _, unplug := range []bool{false, true} {
		a := newAgent(t)
		made, err := New(a.options(""))
		if err != nil {
			t.Fatal(err)
		}
		var once sync.Once
		var device *sound.Simulated
		device = sound.NewSimulated(sound.SimulatedOptions{Now: made.machine.mono, Put: func(first int64, _ time.Duration, _ []int16) {
			if unplug && first > sound.Rate/2 {
				once.Do(func() { device.Unplug() })
			}
		}})
		made.output = device
		err = made.Test(t.Context(), 30)
		if errors.Is(err, ErrSilent) != unplug || strings.Contains(a.said.String(), "电脑已放音") == unplug {
			t.Errorf("unplugged %v: %v, said %q", unplug, err, a.said)
		}
	}
}

func TestATestSaysThatTheAmplifierCannotBeSwitched(t *testing.T) {
	program, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	good, bad := []string{program, "-test.run=^$"}, []string{program, "-no-such-flag"}
	for _, c := range []struct {
		name  string
		relay Relay
		want  error
	}{
		{"it can", Relay{On: good, Off: good}, nil},
		{"on cannot", Relay{On: bad, Off: good}, ErrAmplifier},
		{"off cannot", Relay{On: good, Off: bad}, ErrAmplifier},
	} {
		a := newAgent(t)
		o := a.options("")
		c.relay.Lead = time.Second
		o.Relay = c.relay
		made, err := New(o)
		if err != nil {
			t.Fatal(err)
		}
		if err := made.Test(t.Context(), 30); !errors.Is(err, c.want) {
			t.Errorf("%s: %v, want %v", c.name, err, c.want)
		}
	}
}
