//go:build (alone || sync) && linux

package sound

import (
	"fmt"
	"io"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"
)

// server is a PulseAudio server in a folder of its own, which has one sink and nothing else.
type server struct {
	folder, sink string
	process      *exec.Cmd
}

// nullSink is a sink that plays into nothing, at the clock's pace.
const nullSink = "load-module module-null-sink sink_name=n rate=48000 channels=1 format=s16le"

// serve starts a server.
func serve(t *testing.T, sink string) *server {
	t.Helper()
	s := &server{folder: t.TempDir(), sink: sink}
	s.start(t)
	return s
}

// start starts the server again.
func (s *server) start(t *testing.T) {
	t.Helper()
	script := fmt.Sprintf("load-module module-native-protocol-unix socket=%s auth-anonymous=1\n%s\n", s.socket(), s.sink)
	path := filepath.Join(s.folder, "start.pa")
	if err := os.WriteFile(path, []byte(script), 0o600); err != nil {
		t.Fatal(err)
	}
	s.process = start(t, io.Discard, []string{"HOME=" + s.folder, "XDG_RUNTIME_DIR=" + s.folder}, "pulseaudio", "-n", "-F", path,
		"--exit-idle-time=-1", "--daemonize=no", "--use-pid-file=no", "--disallow-exit=1")
	await(t, "the sound server listens", func() bool {
		c, err := net.Dial("unix", s.socket())
		if err == nil {
			c.Close()
		}
		return err == nil
	})
}

// kill ends the server as a crash does.
func (s *server) kill() {
	s.process.Process.Kill()
	s.process.Wait()
	os.Remove(s.socket())
}

func (s *server) socket() string { return filepath.Join(s.folder, "native") }

// address is what a client's environment says to find the server.
func (s *server) address() string { return "PULSE_SERVER=unix:" + s.socket() }

// start starts a program that is ended with the test.
func start(t *testing.T, out io.Writer, env []string, name string, args ...string) *exec.Cmd {
	t.Helper()
	c := exec.CommandContext(t.Context(), name, args...)
	c.Env, c.Stdout, c.WaitDelay = append(os.Environ(), env...), out, time.Second
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		c.Process.Kill()
		c.Wait()
	})
	return c
}
