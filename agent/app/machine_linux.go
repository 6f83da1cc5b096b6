package app

import (
	"math"
	"os"
	"os/user"
	"strconv"
	"strings"
	"time"

	"golang.org/x/sys/unix"

	"dalaba/agent/internal/sheet"
)

func thisMachine() machine {
	var now unix.Timespec
	id, err := os.ReadFile("/proc/sys/kernel/random/boot_id")
	if err != nil || unix.ClockGettime(unix.CLOCK_BOOTTIME, &now) != nil {
		return processClock()
	}
	return machine{boot: strings.TrimSpace(string(id)), hardware: hardwareClock, mono: func() time.Duration {
		var now unix.Timespec
		// It was answered once, so it always is.
		_ = unix.ClockGettime(unix.CLOCK_BOOTTIME, &now)
		return time.Duration(now.Nano())
	}}
}

// hardwareClock reads the first hardware clock, which the system's own time was set from at its start, where there is one.
func hardwareClock() (int64, bool) {
	text, err := os.ReadFile("/sys/class/rtc/rtc0/since_epoch")
	if err != nil {
		return 0, false
	}
	seconds, err := strconv.ParseInt(strings.TrimSpace(string(text)), 10, 64)
	if err != nil || seconds <= 0 || seconds > math.MaxInt64/int64(time.Second) {
		return 0, false
	}
	return seconds * int64(time.Second), true
}

// lockFile holds file for this process alone, as long as it is open.
func lockFile(file *os.File) error {
	return unix.Flock(int(file.Fd()), unix.LOCK_EX|unix.LOCK_NB)
}

// fileOwner is the account that a file belongs to, as far as that can be found out.
func fileOwner(path string) sheet.Account {
	var s unix.Stat_t
	if err := unix.Stat(path, &s); err != nil {
		return sheet.Account{}
	}
	u, err := user.LookupId(strconv.Itoa(int(s.Uid)))
	if err != nil {
		return sheet.Account{}
	}
	return sheet.Account{Name: u.Username, Home: u.HomeDir, UID: int(s.Uid)}
}

// diskSpace tells how many bytes the disk of folder has left for us, and has in all.
func diskSpace(folder string) (free, total int64, err error) {
	var s unix.Statfs_t
	if err := unix.Statfs(folder, &s); err != nil {
		return 0, 0, err
	}
	return int64(s.Bavail) * int64(s.Bsize), int64(s.Blocks) * int64(s.Bsize), nil
}
