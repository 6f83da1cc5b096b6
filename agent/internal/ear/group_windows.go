package ear

import "os/exec"

// together leaves c as it is: what is ended with its context is c, and what it started ends when nobody reads it any more.
func together(*exec.Cmd) {}
