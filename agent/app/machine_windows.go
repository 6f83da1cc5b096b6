package app

import (
	"fmt"
	"os"
	"time"

	"golang.org/x/sys/windows"

	"dalaba/agent/internal/sheet"
)

// bootGrain is how far the moment of the machine's start, worked out twice, may differ: its wall clock is set now and
// then.
const bootGrain = 10 * time.Minute

func thisMachine() machine {
	up, now := windows.DurationSinceBoot(), time.Now()
	return machine{
		boot: fmt.Sprintf("start-%d", now.Add(-up).Round(bootGrain).Unix()),
		mono: func() time.Duration { return up + time.Since(now) },
		// Windows sets its time from the hardware clock at its start, and shows no other.
		hardware: func() (int64, bool) { return time.Now().UnixNano(), true },
	}
}

// lockFile holds file for this process alone, as long as it is open.
func lockFile(file *os.File) error {
	const flags = windows.LOCKFILE_EXCLUSIVE_LOCK | windows.LOCKFILE_FAIL_IMMEDIATELY
	return windows.LockFileEx(windows.Handle(file.Fd()), flags, 0, 1, 0, &windows.Overlapped{})
}

// fileOwner is not asked on Windows: a service runs as the system.
func fileOwner(string) sheet.Account { return sheet.Account{} }

// diskSpace tells how many bytes the disk of folder has left for us, and has in all.
func diskSpace(folder string) (free, total int64, err error) {
	name, err := windows.UTF16PtrFromString(folder)
	if err != nil {
		return 0, 0, err
	}
	var left, all uint64
	if err := windows.GetDiskFreeSpaceEx(name, &left, &all, nil); err != nil {
		return 0, 0, err
	}
	return int64(left), int64(all), nil
}
