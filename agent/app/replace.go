package app

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
)

// replaceFile gives the file at path new content, readable by its owner only. A power cut at any moment leaves the old
// content or the new.
func replaceFile(path string, content []byte) error {
	folder := filepath.Dir(path)
	file, err := os.CreateTemp(folder, filepath.Base(path)+".*.tmp") // made with mode 0600
	if err != nil {
		return fmt.Errorf("replace %s: %w", path, err)
	}
	_, err = file.Write(content)
	err = errors.Join(err, file.Sync(), file.Close())
	if err == nil {
		err = os.Rename(file.Name(), path)
	}
	if err != nil {
		return fmt.Errorf("replace %s: %w", path, errors.Join(err, os.Remove(file.Name())))
	}
	return syncFolder(folder)
}

// syncFolder makes names in folder survive a power cut. Windows neither can nor needs to.
func syncFolder(folder string) error {
	if runtime.GOOS == "windows" {
		return nil
	}
	d, err := os.Open(folder)
	if err != nil {
		return fmt.Errorf("sync %s: %w", folder, err)
	}
	return errors.Join(d.Sync(), d.Close())
}
