//go:build unix

package ear

import (
	"errors"
	"os"
	"strconv"
	"strings"
	"syscall"
	"testing"
)

// lives tells whether any of these processes is still there, other than as one that nobody has asked how it ended.
func lives(list []int) bool {
	for _, n := range list {
		if errors.Is(syscall.Kill(n, 0), syscall.ESRCH) {
			continue
		}
		if stat, err := os.ReadFile("/proc/" + strconv.Itoa(n) + "/stat"); err == nil && strings.Contains(string(stat), ") Z ") {
			continue
		}
		return true
	}
	return false
}

func TestItListensOnlyWhileItIsWanted(t *testing.T) {
	e, file, end := begin(t, "family")
	if _, err := os.Stat(file); err == nil {
		t.Fatal("it listens unasked")
	}
	for range 2 {
		e.Want(true)
		await(t, "the program and its child run", func() bool { return len(numbers(t, file)) == 2 })
		await(t, "it hears", e.Hears)
		e.Want(false)
		await(t, "both are gone", func() bool { return !lives(numbers(t, file)) })
		await(t, "nothing is held", func() bool { return e.Heard(0) == Heard{} })
		os.Remove(file)
	}
	e.Want(true)
	await(t, "they run again", func() bool { return len(numbers(t, file)) == 2 })
	end()
	await(t, "both are gone", func() bool { return !lives(numbers(t, file)) })
}
