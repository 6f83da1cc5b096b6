package sheet

import (
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"
)

// maxSaid bounds what a program may say, in bytes.
const maxSaid = 256 << 10

// Machine is how probes see the machine.
type Machine struct {
	root string // before every path: "" but in tests
	uid  int    // who looks
	env  func(string) string
	run  func(ctx context.Context, name string, args ...string) (string, error)
}

// ThisMachine is the one that this process runs on.
func ThisMachine() Machine {
	return Machine{uid: os.Getuid(), env: os.Getenv, run: func(ctx context.Context, name string, args ...string) (string, error) {
		c := exec.CommandContext(ctx, name, args...)
		c.Env = append(os.Environ(), "LC_ALL=C")
		c.WaitDelay = time.Second
		said, err := c.Output()
		return string(said[:min(len(said), maxSaid)]), err
	}}
}

func (m Machine) path(parts ...string) string { return filepath.Join(m.root, filepath.Join(parts...)) }

func (m Machine) has(parts ...string) bool {
	_, err := os.Stat(m.path(parts...))
	return err == nil
}

// read returns a file's text without the white space around it, "" where there is none.
func (m Machine) read(parts ...string) string {
	text, err := os.ReadFile(m.path(parts...))
	if err != nil {
		return ""
	}
	return strings.TrimSpace(string(text[:min(len(text), maxSaid)]))
}

func (m Machine) list(pattern string) []string {
	paths, err := filepath.Glob(filepath.Join(m.root, pattern))
	if err != nil {
		return nil // a pattern of our own is never malformed
	}
	for i, path := range paths {
		paths[i] = strings.TrimPrefix(path, m.root)
	}
	return paths
}

// masked tells whether systemd is kept from ever reaching a unit.
func (m Machine) masked(unit string) bool {
	to, err := os.Readlink(m.path("/etc/systemd/system", unit))
	return err == nil && to == "/dev/null"
}
