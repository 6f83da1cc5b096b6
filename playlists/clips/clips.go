// Package clips keeps recordings in a folder, each under the SHA-256 of its bytes. It is used on both sides: the
// broadcaster Puts what it rendered, an agent fetches what a programme names with PutExpected.
//
// On disk, for a digest abcd…:
//
//	ab/abcd….wav   a whole clip; its bytes had this digest and were synced before it got this name
//	ab/abcd….part  the beginning of a clip that is being fetched; PutExpected goes on at its end
//	put-….tmp      what Put was writing; New removes those that it finds
//
// The name .wav is the only truth and appears by rename, so that a power cut at any moment leaves either no clip or a
// whole one. Nothing is kept in memory but which digests are being written; a folder belongs to one Store. Disks rot
// all the same: Verify reads a clip again and removes it if it has changed, so that it can be fetched again.
package clips

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"

	"dalaba/playlists"
)

// The errors that callers tell apart. A clip that is not there is fs.ErrNotExist.
var (
	// ErrCorrupt: the bytes were not those that the digest names. They have been removed.
	ErrCorrupt = errors.New("clip is corrupt")
	// ErrFull: there is no room on the disk.
	ErrFull = errors.New("disk is full")
	// ErrBusy: the same clip is being written already.
	ErrBusy = errors.New("clip is being written")
)

const (
	wholeSuffix = ".wav"
	partSuffix  = ".part"
	tempPrefix  = "put-"
	tempSuffix  = ".tmp"
)

// Options say where a Store lies.
type Options struct {
	// Folder is made if it is missing.
	Folder string
}

// Store is a folder of clips. It is safe for concurrent use.
type Store struct {
	folder string
	disk   disk

	mu      sync.Mutex // guards writing
	writing map[playlists.Digest]bool
}

// Stored is a whole clip in the store.
type Stored struct {
	Digest playlists.Digest
	Bytes  int64
}

// New opens the store and clears away what an earlier run left half put. Parts stay.
func New(o Options) (*Store, error) { return open(o, disk{}) }

func open(o Options, d disk) (*Store, error) {
	if o.Folder == "" {
		return nil, errors.New("open clips: no folder")
	}
	s := &Store{folder: o.Folder, disk: d, writing: make(map[playlists.Digest]bool)}
	if err := d.makeFolder(o.Folder); err != nil {
		return nil, fmt.Errorf("open clips: %w", err)
	}
	left, err := filepath.Glob(filepath.Join(globSafe(o.Folder), tempPrefix+"*"+tempSuffix))
	if err != nil {
		return nil, fmt.Errorf("open clips: %w", err)
	}
	for _, path := range left {
		if err := d.remove(path); err != nil {
			return nil, fmt.Errorf("open clips: %w", err)
		}
	}
	return s, nil
}

// Open opens clip d for reading. The caller closes it; removing the clip meanwhile does not disturb the reader.
func (s *Store) Open(d playlists.Digest) (*os.File, error) {
	f, err := os.Open(s.path(d, wholeSuffix))
	if err != nil {
		return nil, fmt.Errorf("open clip: %w", err)
	}
	return f, nil
}

// Stat describes clip d.
func (s *Store) Stat(d playlists.Digest) (Stored, error) {
	found, err := os.Stat(s.path(d, wholeSuffix))
	if err != nil {
		return Stored{}, fmt.Errorf("look up clip: %w", err)
	}
	return Stored{Digest: d, Bytes: found.Size()}, nil
}

// Has tells whether clip d is there, whole.
func (s *Store) Has(d playlists.Digest) bool {
	_, err := s.Stat(d)
	return err == nil
}

// PartSize returns how many bytes of clip d have been fetched so far, while it is not whole.
func (s *Store) PartSize(d playlists.Digest) int64 {
	found, err := os.Stat(s.path(d, partSuffix))
	if err != nil {
		return 0
	}
	return found.Size()
}

// Verify reads clip d again. If its bytes have changed it is removed, and the error is ErrCorrupt.
func (s *Store) Verify(ctx context.Context, d playlists.Digest) error {
	f, err := s.Open(d)
	if err != nil {
		return fmt.Errorf("verify: %w", err)
	}
	sum := sha256.New()
	_, err = copyTo(ctx, sum, f)
	if err := errors.Join(err, f.Close()); err != nil {
		return fmt.Errorf("verify clip %s: %w", d, err)
	}
	if digestOf(sum) != d {
		return fmt.Errorf("verify clip %s: %w", d, errors.Join(ErrCorrupt, s.disk.remove(s.path(d, wholeSuffix))))
	}
	return nil
}

// List returns every whole clip, in the order of their digests.
func (s *Store) List() ([]Stored, error) {
	folders, err := os.ReadDir(s.folder)
	if err != nil {
		return nil, fmt.Errorf("list clips: %w", err)
	}
	var list []Stored
	for _, folder := range folders {
		if !folder.IsDir() {
			continue
		}
		files, err := os.ReadDir(filepath.Join(s.folder, folder.Name()))
		if err != nil {
			return nil, fmt.Errorf("list clips: %w", err)
		}
		for _, file := range files {
			name, whole := strings.CutSuffix(file.Name(), wholeSuffix)
			d, err := playlists.ParseDigest(name)
			if !whole || err != nil {
				continue
			}
			if found, err := s.Stat(d); err == nil { // removed meanwhile, else
				list = append(list, found)
			}
		}
	}
	return list, nil
}

// Remove forgets clip d and what has been fetched of it. That it is not there is no error.
func (s *Store) Remove(d playlists.Digest) error {
	if !s.begin(d) {
		return fmt.Errorf("remove clip %s: %w", d, ErrBusy)
	}
	defer s.done(d)
	for _, suffix := range []string{partSuffix, wholeSuffix} {
		if err := s.disk.remove(s.path(d, suffix)); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return fmt.Errorf("remove clip: %w", err)
		}
	}
	return nil
}

// path is made of hexadecimal digits only, so no digest leads out of the folder.
func (s *Store) path(d playlists.Digest, suffix string) string {
	name := d.String()
	return filepath.Join(s.folder, name[:2], name+suffix)
}

func (s *Store) begin(d playlists.Digest) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.writing[d] {
		return false
	}
	s.writing[d] = true
	return true
}

func (s *Store) done(d playlists.Digest) {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.writing, d)
}

// globSafe escapes what Glob would take for a pattern.
func globSafe(path string) string {
	return strings.NewReplacer(`*`, `[*]`, `?`, `[?]`, `[`, `[[]`).Replace(path)
}
