package app

import (
	"os"
	"strings"
	"time"

	"golang.org/x/sys/unix"
)

func thisMachine() machine {
	var now unix.Timespec
	id, err := os.ReadFile("/proc/sys/kernel/random/boot_id")
	if err != nil || unix.ClockGettime(unix.CLOCK_BOOTTIME, &now) != nil {
		return processClock()
	}
	return machine{boot: strings.TrimSpace(string(id)), mono: func() time.Duration {
		var now unix.Timespec
		// It was answered once, so it always is.
		_ = unix.ClockGettime(unix.CLOCK_BOOTTIME, &now)
		return time.Duration(now.Nano())
	}}
}

func diskFree(folder string) (int64, error) {
	var s unix.Statfs_t
	if err := unix.Statfs(folder, &s); err != nil {
		return 0, err
	}
	return int64(s.Bavail) * int64(s.Bsize), nil
}
