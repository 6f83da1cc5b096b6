//go:build !linux && !windows

package app

import (
	"errors"
	"os"

	"dalaba/agent/internal/sheet"
)

func fileOwner(string) sheet.Account { return sheet.Account{} }

func thisMachine() machine { return processClock() }

func lockFile(*os.File) error { return nil }

func diskSpace(string) (free, total int64, err error) { return 0, 0, errors.ErrUnsupported }
