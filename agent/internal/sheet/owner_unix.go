//go:build unix

package sheet

import (
	"os"
	"path/filepath"
	"syscall"
)

// foreign returns a file of the data folder, of the first two levels, that does not belong to the agent's account, or "".
func (s *Sheet) foreign() string {
	if s.o.Account.Name == "" {
		return ""
	}
	paths := []string{s.o.Data}
	for _, pattern := range []string{"*", "*/*"} {
		more, err := filepath.Glob(filepath.Join(s.o.Data, pattern))
		if err == nil {
			paths = append(paths, more...)
		}
	}
	for _, path := range paths {
		found, err := os.Lstat(path)
		if err != nil {
			continue // gone meanwhile, or not ours to see: writing shows it
		}
		if of, ok := found.Sys().(*syscall.Stat_t); ok && int(of.Uid) != s.o.Account.UID {
			return path
		}
	}
	return ""
}
