//go:build !linux && !windows

package app

import (
	"errors"
	"os"
)

func thisMachine() machine { return processClock() }

func lockFile(*os.File) error { return nil }

func diskFree(string) (int64, error) { return 0, errors.ErrUnsupported }
