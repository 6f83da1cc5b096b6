//go:build sync

package app

import (
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"dalaba/playlists"
)

// air is how long the sound is on its way from the output to the microphone.
const air = 200 * time.Millisecond

// server starts a PulseAudio server with a sink that is the amplifier, and another one, which hears what the first plays
// after a while: the monitor of that is the microphone. It returns what clients must know of the server.
func server(t *testing.T) (environment string) {
	t.Helper()
	folder := t.TempDir()
	socket := filepath.Join(folder, "native")
	script := fmt.Sprintf("load-module module-native-protocol-unix socket=%s auth-anonymous=1\n"+
		"load-module module-null-sink sink_name=n rate=48000 channels=1 format=s16le\n"+
		"load-module module-null-sink sink_name=air rate=48000 channels=1 format=s16le\n"+
		"load-module module-loopback source=n.monitor sink=air latency_msec=%d rate=48000 channels=1\nset-default-sink n\n",
		socket, air.Milliseconds())
	path := filepath.Join(folder, "start.pa")
	if err := os.WriteFile(path, []byte(script), 0o600); err != nil {
		t.Fatal(err)
	}
	c := exec.CommandContext(t.Context(), "pulseaudio", "-n", "-F", path, "--exit-idle-time=-1", "--daemonize=no", "--use-pid-file=no")
	c.Env, c.Stdout, c.WaitDelay = append(os.Environ(), "HOME="+folder, "XDG_RUNTIME_DIR="+folder), io.Discard, time.Second
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		c.Process.Kill()
		c.Wait()
	})
	await(t, "the sound server listens", 10*time.Second, func() bool {
		_, err := os.Stat(socket)
		return err == nil
	})
	return "PULSE_SERVER=unix:" + socket
}

// startHorn builds the agent and runs it against town on a sound server, with that server's monitor as its microphone. It
// returns a command of the same agent, and what that says.
func startHorn(t *testing.T, town *broadcaster, environment string) (command func(...string) string) {
	t.Helper()
	folder := t.TempDir()
	binary := filepath.Join(folder, "agent")
	if out, err := exec.Command("go", "build", "-o", binary, "dalaba/agent").CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	path := filepath.Join(folder, "agent.yaml")
	settings := fmt.Sprintf("data: data\nenrolment: %q\nsound:\n  output: device\nmicrophone:\n"+
		"  command: parec --device=air.monitor --raw --rate=48000 --channels=1 --format=s16le --latency-msec=50\n", town.code())
	if err := os.WriteFile(path, []byte(settings), 0o600); err != nil {
		t.Fatal(err)
	}
	run := exec.Command(binary, "run", "-config", path)
	run.Env, run.Stderr, run.WaitDelay = append(os.Environ(), environment), t.Output(), 15*time.Second
	if err := run.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		run.Process.Signal(os.Interrupt)
		run.Wait()
	})
	return func(args ...string) string {
		c := exec.Command(binary, append(args, "-config", path)...)
		c.Env = run.Env
		out, err := c.CombinedOutput()
		t.Logf("agent %s: %v\n%s", strings.Join(args, " "), err, out)
		return string(out)
	}
}

// mute mutes the sink, or lets it sound again.
func mute(t *testing.T, environment string, muted int) {
	t.Helper()
	c := exec.Command("pactl", "set-sink-mute", "n", fmt.Sprint(muted))
	c.Env = append(os.Environ(), environment)
	if out, err := c.CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
}

// ring publishes a ring test and returns the play of it.
func (b *broadcaster) ring(t *testing.T) (last playlists.Play) {
	t.Helper()
	before := len(b.plays())
	b.ringTest(uint64(before + 1))
	await(t, "the play is reported", 40*time.Second, func() bool { return len(b.plays()) > before })
	for _, p := range b.plays() {
		if p.Begin.After(last.Begin) {
			last = p
		}
	}
	return last
}

func TestRealHornsAreHeardByARealMicrophone(t *testing.T) {
	town, environment := newBroadcaster(t), server(t)
	command := startHorn(t, town, environment)
	for _, test := range []struct {
		name     string
		muted    int
		evidence playlists.Evidence
	}{
		{"it sounds", 0, playlists.EvidenceMic},
		{"it is muted", 1, playlists.EvidenceLevel},
		{"it sounds again", 0, playlists.EvidenceMic},
	} {
		mute(t, environment, test.muted)
		var last playlists.Play
		// On a machine that is too busy the chirp may come in pieces: then it is sounded once more.
		for last = town.ring(t); last.Evidence != test.evidence && last.Sounded < 5000; last = town.ring(t) {
			t.Logf("%s: once more, %d ms sounded", test.name, last.Sounded)
		}
		t.Logf("%s: %s, evidence %d, sounded %d ms", test.name, last.Result, last.Evidence, last.Sounded)
		if last.Result != playlists.ResultComplete || last.Evidence != test.evidence {
			t.Errorf("%s: %+v", test.name, last)
		}
		await(t, "the console is told, or told no more", 5*time.Second, func() bool { return town.says(notHeard) == (test.muted == 1) })
	}
	// Where the machine is too busy to look at the output's pace, a test fails, and is made again.
	tested := func() (said string) {
		for range 3 {
			if said = command("test", "-volume", "30"); strings.Contains(said, "电脑已放音") {
				break
			}
		}
		return said
	}
	said := tested()
	late := regexp.MustCompile(`可以填 (\d+)`).FindStringSubmatch(said)
	if late == nil {
		t.Fatal("the microphone heard nothing")
	}
	if ms, err := time.ParseDuration(late[1] + "ms"); err != nil || (ms-air).Abs() > 100*time.Millisecond {
		t.Errorf("it was heard %s ms late, want about %v", late[1], air)
	}
	mute(t, environment, 1)
	if said := tested(); !strings.Contains(said, "麦克风没听到") {
		t.Error("the microphone heard a muted horn")
	}
	if said := command("check"); !strings.Contains(said, "用 parec 录音") {
		t.Error("the sheet does not speak of the microphone")
	}
}
