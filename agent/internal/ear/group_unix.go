//go:build unix

package ear

import (
	"os/exec"
	"syscall"
)

// together has c and all that it starts ended with its context, by the system: nothing of it can refuse.
func together(c *exec.Cmd) {
	c.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	c.Cancel = func() error { return syscall.Kill(-c.Process.Pid, syscall.SIGKILL) }
}
