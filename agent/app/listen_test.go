package app

import (
	"encoding/binary"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"dalaba/agent/internal/sound"
	"dalaba/playlists"
	"dalaba/playlists/audio"
)

// microphone is a program that records, in real time: silence, in which task may be a chirp after so long.
func microphone(task string) {
	var recorded []float32
	if after, err := time.ParseDuration(task); err == nil {
		recorded = append(make([]float32, sound.Frames(after)), audio.Chirp()...)
	} else if task != "silence" {
		os.Exit(1)
	}
	const piece = sound.Rate / 50
	tick := time.NewTicker(sound.Length(piece))
	for at := 0; ; at += piece {
		frames := make([]float32, piece)
		copy(frames, recorded[min(at, len(recorded)):])
		<-tick.C
		if _, err := os.Stdout.Write(bytesOf(frames)); err != nil {
			return
		}
	}
}

func bytesOf(frames []float32) (text []byte) {
	for _, v := range sixteen(frames) {
		text = binary.LittleEndian.AppendUint16(text, uint16(v))
	}
	return text
}

func sixteen(frames []float32) []int16 {
	list := make([]int16, len(frames))
	for i, v := range frames {
		list[i] = int16(v * 32767)
	}
	return list
}

// ringTest offers a ring test and publishes it for a few seconds from now.
func (b *broadcaster) ringTest(revision uint64) {
	clip := b.offer(wavOf(sixteen(audio.RingTest(nil))))
	p := b.programme(revision, clip, b.now().Truncate(time.Second).Add(4*time.Second))
	p.Rounds[0].ID = playlists.RingTest
	b.publish(p)
}

// says tells whether the terminal's status has a problem with these words.
func (b *broadcaster) says(words string) bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	return slices.ContainsFunc(b.status.Problems, func(p string) bool { return strings.Contains(p, words) })
}

const (
	notHeard = "电脑放了音,旁边的麦克风没听到"
	noSound  = "麦克风没有声音"
)

func TestARingTestIsHeardByTheMicrophoneOrTheConsoleIsTold(t *testing.T) {
	for _, test := range []struct {
		name     string
		task     string // of the microphone
		evidence playlists.Evidence
		problem  string
	}{
		{"heard", "3s", playlists.EvidenceMic, ""},
		{"not heard", "silence", playlists.EvidenceLevel, notHeard},
		{"without a microphone that works", "broken", playlists.EvidenceLevel, noSound},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			b, a := newBroadcaster(t), newAgent(t)
			a.microphone = []string{os.Args[0], "microphone", test.task}
			a.run(b.code())
			b.ringTest(1)
			await(t, "the play is reported", 20*time.Second, func() bool { return len(b.plays()) == 1 })
			if play := b.plays()[0]; play.Result != playlists.ResultComplete || play.Evidence != test.evidence {
				t.Errorf("%+v", play)
			}
			if test.problem != "" {
				await(t, "the console is told", 5*time.Second, func() bool { return b.says(test.problem) })
			} else if b.says(notHeard) || b.says(noSound) {
				t.Errorf("%q", b.status.Problems)
			}
		})
	}
}

func TestATestSaysWhatTheMicrophoneHeard(t *testing.T) {
	for _, test := range []struct {
		name, task string
		want       []string
	}{
		{"heard", "2500ms", []string{"麦克风听到了", "分贝", "“声音晚到多少毫秒”可以填", "没有减掉"}},
		{"not heard", "silence", []string{"麦克风没听到", "请查功放和线"}},
		{"no sound", "broken", []string{"麦克风没有声音"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			a := newAgent(t)
			a.microphone = []string{os.Args[0], "microphone", test.task}
			made, err := New(a.options(""))
			if err != nil {
				t.Fatal(err)
			}
			made.output = sound.NewSimulated(sound.SimulatedOptions{Now: made.machine.mono})
			if err := made.Test(t.Context(), 30); err != nil {
				t.Fatal(err)
			}
			for _, want := range test.want {
				if !strings.Contains(a.said.String(), want) {
					t.Errorf("it does not say %q: %s", want, a.said)
				}
			}
		})
	}
}
