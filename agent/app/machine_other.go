//go:build !linux && !windows

package app

import "errors"

func thisMachine() machine { return processClock() }

func diskFree(string) (int64, error) { return 0, errors.ErrUnsupported }
