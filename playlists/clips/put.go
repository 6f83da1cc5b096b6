package clips

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"hash"
	"io"
	"path/filepath"

	"dalaba/playlists"
)

// Put keeps what r gives, to its end, and returns its digest. What is there already is not kept twice.
func (s *Store) Put(ctx context.Context, r io.Reader) (Stored, error) {
	f, err := s.disk.createTemp(s.folder)
	if err != nil {
		return Stored{}, fmt.Errorf("put clip: %w", err)
	}
	sum := sha256.New()
	n, err := copyTo(ctx, io.MultiWriter(f, sum), r)
	if err = errors.Join(err, f.finish(err == nil)); err != nil {
		return Stored{}, fmt.Errorf("put clip: %w", errors.Join(err, s.disk.remove(f.path)))
	}
	made := Stored{Digest: digestOf(sum), Bytes: n}
	if s.Verify(ctx, made.Digest) == nil { // what has rotted is replaced
		if err := s.disk.remove(f.path); err != nil {
			return Stored{}, fmt.Errorf("put clip: %w", err)
		}
		return made, nil
	}
	if err := s.adopt(f.path, made.Digest); err != nil {
		return Stored{}, fmt.Errorf("put clip: %w", errors.Join(err, s.disk.remove(f.path)))
	}
	return made, nil
}

// PutExpected writes what r gives behind the first offset bytes of clip d, which is size bytes long, and keeps the clip
// once it is whole. Begin at PartSize, or at 0 to start again; an offset below PartSize drops the rest of the part.
//
// Three things can happen: the clip is whole and its bytes are those of d: nil. r ended or failed too early: an error (of
// r, or io.ErrUnexpectedEOF), and the part is kept for the next attempt. The bytes are not those of d: ErrCorrupt, and
// nothing is kept. When the clip is there already, r is not read.
func (s *Store) PutExpected(ctx context.Context, d playlists.Digest, size int64, r io.Reader, offset int64) error {
	if !s.begin(d) {
		return fmt.Errorf("put clip %s: %w", d, ErrBusy)
	}
	defer s.done(d)
	if s.Has(d) {
		return nil
	}
	part := s.path(d, partSuffix)
	sum, err := s.extend(ctx, part, size, r, offset)
	if err != nil {
		return fmt.Errorf("put clip %s: %w", d, err)
	}
	if sum != d {
		return fmt.Errorf("put clip %s: %w", d, errors.Join(ErrCorrupt, s.disk.remove(part)))
	}
	if err := s.adopt(part, d); err != nil {
		return fmt.Errorf("put clip %s: %w", d, err)
	}
	return nil
}

// extend writes r into the part from offset on, and returns the digest of the whole: the zero Digest when r gave more than
// size bytes in all. Anything less is an error.
func (s *Store) extend(ctx context.Context, part string, size int64, r io.Reader, offset int64) (playlists.Digest, error) {
	if err := s.disk.makeFolder(filepath.Dir(part)); err != nil {
		return playlists.Digest{}, err
	}
	f, err := s.disk.open(part)
	if err != nil {
		return playlists.Digest{}, err
	}
	sum := sha256.New()
	err = func() error {
		if err := f.cut(offset); err != nil {
			return err
		}
		if _, err := copyTo(ctx, sum, f); err != nil {
			return err
		}
		n, err := copyTo(ctx, io.MultiWriter(f, sum), io.LimitReader(r, size-offset+1))
		if err == nil && offset+n < size {
			err = io.ErrUnexpectedEOF
		}
		if offset+n > size {
			sum = nil
		}
		return err
	}()
	// Without a sync the part of a failed attempt may be rubbish after a power cut; then the digest shows it.
	if err := errors.Join(err, f.finish(err == nil)); err != nil {
		return playlists.Digest{}, err
	}
	if sum == nil {
		return playlists.Digest{}, nil
	}
	return digestOf(sum), nil
}

// adopt gives the synced file at path the name of clip d, for good.
func (s *Store) adopt(path string, d playlists.Digest) error {
	to := s.path(d, wholeSuffix)
	if err := s.disk.makeFolder(filepath.Dir(to)); err != nil {
		return err
	}
	if err := s.disk.rename(path, to); err != nil {
		return err
	}
	return errors.Join(s.disk.syncFolder(filepath.Dir(to)), s.disk.syncFolder(s.folder))
}

func digestOf(sum hash.Hash) playlists.Digest { return playlists.Digest(sum.Sum(nil)) }

// copyTo copies until r ends or ctx does.
func copyTo(ctx context.Context, w io.Writer, r io.Reader) (int64, error) {
	room := make([]byte, 64<<10)
	var total int64
	for {
		if err := ctx.Err(); err != nil {
			return total, err
		}
		n, err := r.Read(room)
		if n > 0 {
			if _, err := w.Write(room[:n]); err != nil {
				return total, err
			}
			total += int64(n)
		}
		if errors.Is(err, io.EOF) {
			return total, nil
		}
		if err != nil {
			return total, err
		}
	}
}
