package journal

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"time"
)

const (
	// segmentBytes is the size at which a new segment begins.
	segmentBytes = 1 << 20
	// maxSegment bounds what is read of one file.
	maxSegment = segmentBytes + 2*maxLine
	// segmentName is a segment's file name.
	segmentName = "%08d.log"
)

// segment is one file of the journal.
type segment struct {
	number int
	size   int64
	// first and next bound the sequences of its rows, half open.
	first, next uint64
	// newest is the latest moment that it speaks of.
	newest time.Time
}

// segments is the files of a journal in a folder, of which the last is written to.
type segments struct {
	folder string
	synced bool      // wait for the disk
	list   []segment // in order; never empty once one was begun
	file   *os.File  // the last of list, or nil
}

// openSegments lists the segments in folder, which it makes if it is missing.
func openSegments(folder string, synced bool) (*segments, error) {
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return nil, err
	}
	entries, err := os.ReadDir(folder)
	if err != nil {
		return nil, err
	}
	s := &segments{folder: folder, synced: synced}
	for _, e := range entries {
		var number int
		if _, err := fmt.Sscanf(e.Name(), segmentName, &number); err != nil || fmt.Sprintf(segmentName, number) != e.Name() {
			continue
		}
		s.list = append(s.list, segment{number: number})
	}
	slices.SortFunc(s.list, func(a, b segment) int { return a.number - b.number })
	return s, nil
}

func (s *segments) path(number int) string {
	return filepath.Join(s.folder, fmt.Sprintf(segmentName, number))
}

// read returns a segment's bytes.
func (s *segments) read(number int) ([]byte, error) {
	file, err := os.Open(s.path(number))
	if err != nil {
		return nil, err
	}
	defer file.Close()
	return io.ReadAll(io.LimitReader(file, maxSegment))
}

// resume opens the last segment for writing and cuts it off after size bytes.
func (s *segments) resume(size int64) error {
	last := s.last()
	file, err := os.OpenFile(s.path(last.number), os.O_RDWR, 0o600)
	if err != nil {
		return err
	}
	s.file, last.size = file, size
	return s.cut()
}

// cut takes off what lies behind the last segment's whole lines.
func (s *segments) cut() error {
	if err := s.file.Truncate(s.last().size); err != nil {
		return err
	}
	_, err := s.file.Seek(s.last().size, io.SeekStart)
	return err
}

// begin makes a new segment the last one, with text as its beginning.
func (s *segments) begin(text []byte, next uint64) error {
	number := 1
	if len(s.list) > 0 {
		number = s.last().number + 1
	}
	file, err := os.OpenFile(s.path(number), os.O_CREATE|os.O_EXCL|os.O_RDWR, 0o600)
	if err != nil {
		return err
	}
	_, err = file.Write(text)
	if err == nil && s.synced {
		err = errors.Join(file.Sync(), syncFolder(s.folder))
	}
	if err != nil {
		return errors.Join(err, file.Close(), os.Remove(s.path(number)))
	}
	if s.file != nil {
		if err := s.file.Close(); err != nil {
			return errors.Join(err, file.Close())
		}
	}
	s.file = file
	s.list = append(s.list, segment{number: number, size: int64(len(text)), first: next, next: next})
	return nil
}

// write appends text to the last segment, all of it or nothing.
func (s *segments) write(text []byte, sync bool) error {
	_, err := s.file.Write(text)
	if err == nil && sync && s.synced {
		err = s.file.Sync()
	}
	if err != nil {
		return errors.Join(err, s.cut())
	}
	s.last().size += int64(len(text))
	return nil
}

func (s *segments) last() *segment { return &s.list[len(s.list)-1] }

// size is that of all segments together, in bytes.
func (s *segments) size() int64 {
	var size int64
	for _, g := range s.list {
		size += g.size
	}
	return size
}

// drop removes the oldest segment, which must not be the last.
func (s *segments) drop() error {
	if err := os.Remove(s.path(s.list[0].number)); err != nil && !errors.Is(err, os.ErrNotExist) {
		return err
	}
	s.list = s.list[1:]
	return nil
}

// dropLast removes the last segment, which must not be open.
func (s *segments) dropLast() error {
	if err := os.Remove(s.path(s.last().number)); err != nil {
		return err
	}
	s.list = s.list[:len(s.list)-1]
	return nil
}

func (s *segments) close() error {
	if s.file == nil {
		return nil
	}
	if !s.synced {
		return s.file.Close()
	}
	return errors.Join(s.file.Sync(), s.file.Close())
}

// syncFolder makes names in folder survive a power cut. Systems that cannot do it for a folder do not need it.
func syncFolder(folder string) error {
	d, err := os.Open(folder)
	if err != nil {
		return err
	}
	if err := d.Sync(); err != nil && !errors.Is(err, errors.ErrUnsupported) && !errors.Is(err, os.ErrPermission) && !errors.Is(err, os.ErrInvalid) {
		return errors.Join(err, d.Close())
	}
	return d.Close()
}
