package clips

import (
	"errors"
	"fmt"
	"os"
	"runtime"
	"syscall"
)

const (
	folderMode = 0o700
	fileMode   = 0o600
)

// disk is every call that changes the folder. Each is announced to step first, by name and path, so that a test can let
// exactly one of them fail.
type disk struct {
	step func(call, path string) error // or nil
}

func (d disk) announce(call, path string) error {
	if d.step == nil {
		return nil
	}
	return d.step(call, path)
}

func (d disk) makeFolder(path string) error {
	if err := d.announce("mkdir", path); err != nil {
		return err
	}
	return full(os.MkdirAll(path, folderMode))
}

func (d disk) createTemp(folder string) (*file, error) {
	if err := d.announce("create", folder); err != nil {
		return nil, err
	}
	f, err := os.CreateTemp(folder, tempPrefix+"*"+tempSuffix)
	if err != nil {
		return nil, full(err)
	}
	return &file{File: f, disk: d, path: f.Name()}, nil
}

func (d disk) open(path string) (*file, error) {
	if err := d.announce("open", path); err != nil {
		return nil, err
	}
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, fileMode)
	if err != nil {
		return nil, full(err)
	}
	return &file{File: f, disk: d, path: path}, nil
}

func (d disk) rename(from, to string) error {
	if err := d.announce("rename", from+"\n"+to); err != nil {
		return err
	}
	return full(os.Rename(from, to))
}

func (d disk) remove(path string) error {
	if err := d.announce("remove", path); err != nil {
		return err
	}
	return os.Remove(path)
}

// syncFolder makes a rename in the folder survive a power cut. Windows does so by itself, and cannot sync a folder.
func (d disk) syncFolder(path string) error {
	if err := d.announce("sync folder", path); err != nil {
		return err
	}
	if runtime.GOOS == "windows" {
		return nil
	}
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	return full(errors.Join(f.Sync(), f.Close()))
}

// file is a file being written.
type file struct {
	*os.File
	disk disk
	path string
}

// Write writes all of p, or says why not.
func (f *file) Write(p []byte) (int, error) {
	if err := f.disk.announce("write", f.path); err != nil {
		return 0, err
	}
	n, err := f.File.Write(p)
	return n, full(err)
}

// cut drops what lies behind the first size bytes, of which there must be that many.
func (f *file) cut(size int64) error {
	if err := f.disk.announce("truncate", f.path); err != nil {
		return err
	}
	had, err := f.Stat()
	if err != nil {
		return err
	}
	if size < 0 || size > had.Size() {
		return fmt.Errorf("cannot go on at %d: %d bytes are there", size, had.Size())
	}
	return full(f.Truncate(size))
}

// finish closes the file; with sync what was written is on the disk afterwards.
func (f *file) finish(sync bool) error {
	var err error
	if sync {
		if err = f.disk.announce("sync", f.path); err == nil {
			err = full(f.Sync())
		}
	}
	return errors.Join(err, f.Close())
}

// full marks err as ErrFull if the disk's want of room is its cause.
func full(err error) error {
	if IsFull(err) {
		return errors.Join(ErrFull, err)
	}
	return err
}

// IsFull tells whether err, of whatever writes, means that there is no room: on the disk, for this account, or for a file
// of that size.
func IsFull(err error) bool {
	const windowsDiskFull = syscall.Errno(112)
	return errors.Is(err, ErrFull) || errors.Is(err, syscall.ENOSPC) || errors.Is(err, syscall.EDQUOT) || errors.Is(err, syscall.EFBIG) ||
		runtime.GOOS == "windows" && errors.Is(err, windowsDiskFull)
}
