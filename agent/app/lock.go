package app

import (
	"errors"
	"fmt"
	"os"
)

// ErrRunning means that another agent works in the same data folder.
var ErrRunning = errors.New("已经有一个程序在用这个数据文件夹 (another agent works in this data folder)")

// lock makes the data folder, if it is missing, and holds it for this process until the file that it returns is closed.
func (a *Agent) lock() (*os.File, error) {
	if err := os.MkdirAll(a.o.Data, 0o700); err != nil {
		return nil, fmt.Errorf("make data folder: %w", err)
	}
	file, err := os.OpenFile(a.path("lock"), os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return nil, fmt.Errorf("lock data folder: %w", err)
	}
	if err := lockFile(file); err != nil {
		return nil, fmt.Errorf("%w: %w", ErrRunning, errors.Join(err, file.Close()))
	}
	return file, nil
}
